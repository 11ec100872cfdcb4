from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from inspector.cli.main import main
from inspector.exchange import layout, seal
from inspector.exchange.remote import Folder
from inspector.model.errors import BadInput, Environment
from inspector.services import draft_rounds, drafts, inspections, sync, travelling, workspaces
from inspector.services.sync import Sealing
from inspector.store import blobs, check
from inspector.store.workspace import Workspace
from tests.county import NOW, County
from tests.exchange.desk import Pulled, everybody, plug_in
from tests.photos.made import quarters, saved

PASSPHRASE = "example1"


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Workspace]:
    """Another laptop of the example's ledger."""

    with workspaces.create(tmp_path / "other", ledger=workspaces.DEMO) as made:
        yield made


@pytest.fixture(scope="session")
def _sealed() -> bytes:
    """The marker of a sealed stick, made once a test run: it takes a second."""
    return seal.marker_bytes(workspaces.DEMO, seal.Seal.new(), passphrase=PASSPHRASE)


@pytest.fixture
def stick(stick: Path, _sealed: bytes) -> Path:
    """An empty sealed stick."""
    (stick / layout.MARKER).write_bytes(_sealed)
    return stick


class PulledBeforeReceipt(Pulled):
    """A stick that is pulled when everything but the receipt is written."""

    def write(self, name: str, data: bytes, *, instead_of: tuple[str, ...] = ()) -> None:
        if "/seen-" in name:
            raise Environment("remote-gone", where=self.where, reason="pulled")
        super().write(name, data, instead_of=instead_of)


def synced(workspace: Workspace, stick: Path) -> sync.Synced:
    done = sync.run(
        workspace,
        sync.reached(workspace, stick),
        now=NOW,
        accept=everybody,
        how=Sealing(passphrase=PASSPHRASE),
    )
    assert done.complete and not done.broken
    return done


def test_the_draft_of_a_laptop_that_died_goes_on_with_its_photos_on_another(
    county: County, other: Workspace, stick: Path
) -> None:
    draft, photo = county.passed(), saved(quarters())
    finding = county.found(draft, "GC-05", photo)
    synced(county.workspace, stick)
    synced(other, stick)
    (offered,) = travelling.every(other)
    assert (offered.draft, offered.site, offered.findings, offered.missing) == (draft, "site:GC-001", 1, 0)
    taken = travelling.take_over(other, draft, now=NOW)
    assert taken.missing == 0 and travelling.every(other) == []
    before, after = drafts.read(county.workspace, draft), drafts.read(other, taken.draft)
    assert after.answers == before.answers and after.header == before.header and after.team == before.team
    (found,) = after.findings
    assert (found.description, found.photos) == (finding.description, finding.photos)
    assert found.id != finding.id and after.about.inspection != before.about.inspection
    assert blobs.read(other, found.photos[0].sha256) == photo
    assert check.damage(other, deep=True) == []
    check.tidy(other, fresh_seconds=0)
    assert check.damage(other, deep=True) == []


def test_a_draft_that_was_signed_or_thrown_away_is_no_longer_offered(
    county: County, other: Workspace, stick: Path
) -> None:
    draft = county.draft()
    synced(county.workspace, stick)
    synced(other, stick)
    assert [one.draft for one in travelling.every(other)] == [draft]
    drafts.discard(county.workspace, draft)
    synced(county.workspace, stick)
    assert not list((stick / "drafts").rglob("*.age"))
    synced(other, stick)
    assert travelling.every(other) == []
    with pytest.raises(BadInput):
        travelling.take_over(other, draft, now=NOW)


def test_a_draft_whose_receipt_did_not_come_along_is_offered_all_the_same(
    county: County, other: Workspace, stick: Path
) -> None:
    synced(county.workspace, stick)
    synced(other, stick)
    draft = county.draft()
    remote = PulledBeforeReceipt(Folder(stick, device=county.workspace.device.id), after=100)
    done = sync.run(county.workspace, remote, now=NOW, how=Sealing(passphrase=PASSPHRASE))
    assert done.failure is not None and list((stick / "drafts").rglob("*.age"))
    synced(other, stick)
    assert [one.draft for one in travelling.every(other)] == [draft]


def test_only_the_newest_state_of_a_draft_lies_on_the_stick(
    county: County, other: Workspace, stick: Path
) -> None:
    draft = county.draft()
    synced(county.workspace, stick)
    assert synced(county.workspace, stick).put_files == 0
    drafts.jot(county.workspace, draft, "东门有积水", now=NOW)
    synced(county.workspace, stick)
    assert len(list((stick / "drafts").rglob("*.age"))) == 1
    synced(other, stick)
    taken = travelling.take_over(other, draft, now=NOW)
    assert [one.text for one in drafts.read(other, taken.draft).jottings] == ["东门有积水"]


def test_between_two_syncs_drafts_go_to_the_stick_that_is_in_and_nothing_else_does(
    county: County, other: Workspace, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = county.draft()
    root = plug_in(stick.parent, monkeypatch)
    stick = stick.rename(root / "文明巡检")
    assert draft_rounds.go(county.workspace, now=NOW) == 0, "nobody has synced with it yet"
    assert [file.name for file in stick.iterdir()] == [layout.MARKER]
    synced(county.workspace, stick)
    photo = saved(quarters())
    county.found(draft, "GC-05", photo)
    county.signed(county.passed("GC-002"))
    assert draft_rounds.go(county.workspace, now=NOW) == 3, "the photo, the draft, what this laptop says"
    assert draft_rounds.go(county.workspace, now=NOW) == 0
    synced(other, stick)
    (offered,) = travelling.every(other)
    assert (offered.findings, offered.missing) == (1, 0)
    assert inspections.every(other) == [], "what was signed goes with a sync"
    seal._UNLOCKED.clear()  # as after a restart: the passphrase would have to be asked for
    county.found(draft, "GC-06", None)
    assert draft_rounds.go(county.workspace, now=NOW) == 0


def test_nobody_reads_a_draft_without_the_passphrase(county: County, stick: Path) -> None:
    draft = county.draft()
    drafts.jot(county.workspace, draft, "东门有积水", now=NOW)
    synced(county.workspace, stick)
    for file in stick.rglob("*"):
        assert not file.is_file() or "东门有积水".encode() not in file.read_bytes()


def test_a_draft_is_taken_over_from_the_command_line(
    county: County, other: Workspace, stick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = county.draft()
    synced(county.workspace, stick)
    synced(other, stick)
    path = other.path
    other.close()
    assert main(["draft", "list", "--json", "--workspace", str(path)]) == 0
    (row,) = json.loads(capsys.readouterr().out)["drafts"]
    assert (row["id"], row["site"]) == (draft, "site:GC-001")
    assert main(["draft", "take", draft, "--json", "--workspace", str(path)]) == 0
    assert json.loads(capsys.readouterr().out)["missing"] == 0
    assert main(["draft", "list", "--json", "--workspace", str(path)]) == 0
    assert json.loads(capsys.readouterr().out)["drafts"] == []
