from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.exchange.desk import Laptop, plug_in


def test_two_laptops_meet_on_a_stick(run: Run, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    with closing(Laptop(tmp_path / "one")) as one:
        one.write("site:GJ-001", name="南门口公厕", photos=(b"photo",))
    with closing(Laptop(tmp_path / "other")):
        pass
    put = run("sync", stick, "--workspace", tmp_path / "one")
    assert put.status == 0 and "可以拔出" in put.err
    asked = run("sync", stick, "--workspace", tmp_path / "other", "--json")
    assert asked.status == 1 and asked.json["strangers"][0]["records"] == 1
    taken = run("sync", stick, "--accept", "--workspace", tmp_path / "other", "--json")
    assert taken.status == 0
    assert taken.json["taken"] == {"batches": 1, "records": 1, "blobs": 1} and taken.json["complete"]


def test_a_new_laptop_begins_with_the_bundle_of_the_office(run: Run, tmp_path: Path) -> None:
    with closing(Laptop(tmp_path / "office")) as office:
        office.write("site:GJ-001", name="南门口公厕", photos=(b"photo",))
    secret = tmp_path / "secret.txt"
    secret.write_text("example1\n")
    sealed = f"sync={secret}"
    file = tmp_path / "office.zip"
    written = run(
        "bundle", "write", file, "--passphrase-file", sealed, "--workspace", tmp_path / "office", "--json"
    )
    assert written.status == 0 and written.json["batches"] == 1
    plain = run("bundle", "write", tmp_path / "plain.zip", "--workspace", tmp_path / "office", "--json")
    assert plain.status == 2 and plain.json["error"]["key"] == "cli-passphrase-missing"
    assert (
        run("bundle", "write", tmp_path / "p.zip", "--plain", "--workspace", tmp_path / "office").status == 0
    )
    closed = run("init", "--from", file, "--workspace", tmp_path / "new", "--json")
    assert closed.status == 2 and closed.json["error"]["key"] == "remote-sealed"
    begun = run(
        "init", "--from", file, "--passphrase-file", sealed, "--workspace", tmp_path / "new", "--json"
    )
    assert begun.status == 0 and begun.json["ledger"] == "330199"
    again = run(
        "bundle", "read", file, "--passphrase-file", sealed, "--workspace", tmp_path / "new", "--json"
    )
    assert again.status == 0 and again.json["bundles"][0]["taken"]["batches"] == 0


def test_a_stick_that_is_not_there_is_told_in_words(run: Run, tmp_path: Path) -> None:
    with closing(Laptop(tmp_path / "one")):
        pass
    gone = run("sync", tmp_path / "nowhere", "--workspace", tmp_path / "one", "--json")
    assert gone.status == 2 and gone.json["error"]["key"] == "remote-missing"


def test_every_laptop_is_listed_by_its_name(run: Run, tmp_path: Path) -> None:
    with closing(Laptop(tmp_path / "one")) as one:
        one.write("inspection:AAAAAAAAAAAAAAAA", n=1)
    assert run("device", "name", " 03 号机 ", "--workspace", tmp_path / "one").status == 0
    listed = run("device", "list", "--workspace", tmp_path / "one", "--json")
    (own,) = listed.json["devices"]
    assert (own["label"], own["lacks"]) == ("03 号机", 1)
    assert listed.json["overview"]["inspections_here"] == 1
    assert "03 号机" in run("device", "list", "--workspace", tmp_path / "one").out


def test_a_new_stick_is_sealed_unless_one_says_no_and_is_ejected_when_all_is_there(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = plug_in(tmp_path, monkeypatch)
    with closing(Laptop(tmp_path / "one")) as one:
        one.write("site:GJ-001", name="南门口公厕")
    at = ("--workspace", tmp_path / "one", "--json")
    asked = run("sync", stick, *at)
    assert asked.status == 2 and asked.json["error"]["key"] == "remote-new"
    assert not list(stick.iterdir()), "nothing is written before one has said"
    done = run("sync", stick, "--plain", "--eject", *at)
    assert done.status == 0 and done.json["complete"]
    again = run("sync", stick, "--eject", *at)
    assert again.status == 2 and again.json["error"]["key"] == "stick-gone", "it is out"


def test_an_edition_is_declined_until_a_newer_one_comes(run: Run, here: Path) -> None:
    assert run("form", "decline", "GC", "--json").json["error"]["key"] == "form-not-published"
    assert run("form", "publish", "GC", "--json").status == 0
    assert run("form", "decline", "GC", "--json").json == {"declined": "GC"}
    assert run("form", "offered", "--json").json == {"offered": []}
