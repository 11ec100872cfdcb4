from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from inspector.model.errors import BadInput, Refused
from inspector.services import bundles, check
from inspector.services.sync import Sealing
from tests.exchange.desk import NOW, Laptop, everybody, laptops

PHOTO = b"\xff\xd8 a photo"


def test_a_bundle_brings_everything_and_is_not_changed_by_reading(
    pair: tuple[Laptop, Laptop], tmp_path: Path
) -> None:
    one, other = pair
    one.write("site:GJ-001", name="南门口公厕", photos=(PHOTO,))
    file = tmp_path / "bundle.zip"
    assert bundles.write(one.workspace, file, now=NOW).blobs == 1
    before = file.read_bytes()
    (done,) = bundles.read(other.workspace, [file], now=NOW, accept=everybody)
    assert done.taken.records == 1 and done.read_only and not done.broken
    assert one.state() == other.state()
    assert file.read_bytes() == before


def test_a_bundle_for_a_device_holds_only_what_that_device_lacks(
    pair: tuple[Laptop, Laptop], tmp_path: Path, stick: Path
) -> None:
    one, other = pair
    one.write("site:GJ-001", name="南门口公厕", photos=(PHOTO,))
    one.sync(stick)
    other.sync(stick)
    one.sync(stick)
    one.write("site:GJ-002", name="北门公厕", photos=(b"another",))
    written = bundles.write(
        one.workspace, tmp_path / "new.zip", now=NOW, device=other.workspace.device.id[:8]
    )
    assert (written.batches, written.blobs) == (1, 1)
    bundles.read(other.workspace, [tmp_path / "new.zip"], now=NOW)
    assert one.state() == other.state()
    with pytest.raises(BadInput) as unknown:
        bundles.write(one.workspace, tmp_path / "none.zip", now=NOW, device="ffff")
    assert unknown.value.key == "device-unknown"


def test_a_large_bundle_is_several_files_each_complete_in_itself(
    pair: tuple[Laptop, Laptop], tmp_path: Path
) -> None:
    one, other = pair
    for number in range(6):
        one.write(f"site:GJ-{number:03}", name="公厕", photos=(b"%d" % number * 40_000,))
    written = bundles.write(one.workspace, tmp_path / "b.zip", now=NOW, most_bytes=100_000)
    names = [Path(name).name for name in written.files]
    assert names == ["b.zip", "b-2.zip", "b-3.zip"]
    for name in reversed(written.files):
        assert Path(name).stat().st_size < 100_000
        with laptops(tmp_path / Path(name).stem, 1) as (alone,):
            bundles.read(alone.workspace, [Path(name)], now=NOW, accept=everybody)
            assert check.check(alone.workspace, deep=True) == []
    bundles.read(other.workspace, [Path(name) for name in reversed(written.files)], now=NOW, accept=everybody)
    assert one.state() == other.state()


def test_a_sealed_bundle_tells_nothing_without_its_passphrase(
    pair: tuple[Laptop, Laptop], tmp_path: Path
) -> None:
    one, other = pair
    one.write("site:GJ-001", name="南门口公厕", photos=(PHOTO,))
    file = tmp_path / "sealed.zip"
    bundles.write(one.workspace, file, now=NOW, how=Sealing(passphrase="example1"))
    assert PHOTO not in file.read_bytes() and "南门口公厕".encode() not in file.read_bytes()
    for passphrase, key in (("", "remote-sealed"), ("another1", "remote-passphrase-wrong")):
        with pytest.raises(Refused) as refused:
            bundles.read(
                other.workspace, [file], now=NOW, accept=everybody, how=Sealing(passphrase=passphrase)
            )
        assert refused.value.key == key
    bundles.read(other.workspace, [file], now=NOW, accept=everybody, how=Sealing(passphrase="example1"))
    assert one.state() == other.state()


def test_a_new_laptop_begins_with_the_bundle_of_the_office(
    pair: tuple[Laptop, Laptop], tmp_path: Path
) -> None:
    one, _ = pair
    one.write("site:GJ-001", name="南门口公厕", photos=(PHOTO,))
    bundles.write(one.workspace, tmp_path / "office.zip", now=NOW)
    with bundles.begin(tmp_path / "new", [tmp_path / "office.zip"], now=NOW) as new:
        assert new.ledger == one.workspace.ledger
        assert check.check(new, deep=True) == []
    with pytest.raises(BadInput):
        bundles.begin(tmp_path / "newer", [tmp_path / "office.zip.gone"], now=NOW)
    assert not (tmp_path / "newer").exists()


def test_a_bundle_that_was_written_is_never_overwritten(pair: tuple[Laptop, Laptop], tmp_path: Path) -> None:
    one, _ = pair
    bundles.write(one.workspace, tmp_path / "b.zip", now=NOW)
    before = (tmp_path / "b.zip").read_bytes()
    with pytest.raises(Refused):
        bundles.write(one.workspace, tmp_path / "b.zip", now=NOW)
    assert (tmp_path / "b.zip").read_bytes() == before
    assert sorted(file.name for file in tmp_path.iterdir() if file.is_file()) == ["b.zip"]


def test_a_cut_bundle_changes_nothing_and_says_so(pair: tuple[Laptop, Laptop], tmp_path: Path) -> None:
    one, other = pair
    one.write("site:GJ-001", name="南门口公厕", photos=(PHOTO,))
    file = tmp_path / "b.zip"
    bundles.write(one.workspace, file, now=NOW)
    before = other.state()
    whole = file.read_bytes()
    for keep in range(0, len(whole), 97):
        file.write_bytes(whole[:keep])
        with pytest.raises(BadInput) as cut:
            bundles.read(other.workspace, [file], now=NOW, accept=everybody)
        assert cut.value.key == "bundle-unreadable"
    assert other.state() == before


def test_a_compressed_entry_does_not_count(pair: tuple[Laptop, Laptop], tmp_path: Path) -> None:
    one, other = pair
    one.write("site:GJ-001", name="南门口公厕")
    bundles.write(one.workspace, tmp_path / "b.zip", now=NOW)
    with (
        zipfile.ZipFile(tmp_path / "b.zip") as stored,
        zipfile.ZipFile(tmp_path / "c.zip", "x", zipfile.ZIP_DEFLATED) as deflated,
    ):
        for info in stored.infolist():
            deflated.writestr(info.filename, stored.read(info))
    before = other.state()
    with pytest.raises(BadInput):
        bundles.read(other.workspace, [tmp_path / "c.zip"], now=NOW, accept=everybody)
    assert other.state() == before
    (done,) = bundles.read(other.workspace, [tmp_path / "b.zip"], now=NOW, accept=everybody)
    assert done.taken.records == 1
