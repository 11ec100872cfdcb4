from __future__ import annotations

from pathlib import Path

import pytest

from inspector.exchange import layout
from inspector.model.errors import Damaged, Refused
from inspector.services import bundles, sealing, sync
from inspector.services.sync import Sealing
from inspector.store import sealkey
from tests.exchange.desk import LEDGER, NOW, Laptop, files

PHOTO = b"\xff\xd8 a photo"
SEALED = Sealing(sealed=True)


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The keys of this test alone."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "keys"))


def forget() -> None:
    """As on a laptop to which the ledger's key has not come."""
    sealkey._file(LEDGER).unlink()


def test_a_stick_sealed_with_the_key_of_the_ledger_opens_without_a_passphrase(
    pair: tuple[Laptop, Laptop], stick: Path
) -> None:
    one, other = pair
    sealing.make(one.workspace, now=NOW)
    one.write("site:GJ-001", name="南门口公厕", photos=(PHOTO,))
    assert one.sync(stick, how=SEALED).complete
    assert other.sync(stick).complete
    assert one.state() == other.state()
    for file in files(stick):
        assert PHOTO not in file.read_bytes() and "南门口公厕".encode() not in file.read_bytes()
    forget()
    with pytest.raises(Refused) as closed:
        other.sync(stick)
    assert closed.value.key == "remote-sealed"


def test_the_key_comes_with_a_bundle_that_a_passphrase_opens(
    pair: tuple[Laptop, Laptop], tmp_path: Path, stick: Path
) -> None:
    one, _ = pair
    recipient = sealing.make(one.workspace, now=NOW)
    bundles.write(one.workspace, tmp_path / "office.zip", now=NOW, how=Sealing(passphrase="example1"))
    one.sync(stick, how=SEALED)
    forget()
    with bundles.begin(
        tmp_path / "new", [tmp_path / "office.zip"], now=NOW, how=Sealing(passphrase="example1")
    ) as new:
        key = sealing.key(new)
        assert key is not None and key.recipient == recipient
        assert sync.run(new, sync.reached(new, stick), now=NOW).complete


def test_the_key_is_made_once_and_nothing_is_sealed_without_one(
    pair: tuple[Laptop, Laptop], stick: Path
) -> None:
    one, _ = pair
    with pytest.raises(Refused) as missing:
        one.sync(stick, how=SEALED)
    assert missing.value.key == "seal-key-missing" and files(stick) == []
    sealing.make(one.workspace, now=NOW)
    with pytest.raises(Refused) as made:
        sealing.make(one.workspace, now=NOW)
    assert made.value.key == "seal-key-made"


def test_a_sealed_stick_that_lost_its_marker_is_not_gone_on_with_in_plain(
    pair: tuple[Laptop, Laptop], stick: Path
) -> None:
    one, _ = pair
    sealing.make(one.workspace, now=NOW)
    one.sync(stick, how=SEALED)
    for damage in (b"", b"{}"):
        (stick / layout.MARKER).write_bytes(damage)
        with pytest.raises(Damaged) as lost:
            one.sync(stick)
        assert lost.value.key == "remote-marker-lost"


def test_a_plain_file_cannot_creep_into_a_sealed_stick(
    pair: tuple[Laptop, Laptop], stick: Path, tmp_path: Path
) -> None:
    one, other = pair
    sealing.make(one.workspace, now=NOW)
    one.sync(stick, how=SEALED)
    plain = tmp_path / "plain"
    plain.mkdir()
    one.write("site:GJ-001", name="南门口公厕")
    one.sync(plain)
    for file in files(plain / "devices"):
        (stick / file.relative_to(plain)).write_bytes(file.read_bytes())
    other.sync(stick)
    assert other.shown("site:GJ-001") == {}
