from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from inspector.ledger.keys import Device, Mark, this_machine
from inspector.ledger.record import Record, device_of, read_line, seal
from inspector.model.errors import Damaged
from tests.histories import WALLS


@pytest.fixture
def device(tmp_path: Path) -> Iterator[Device]:
    made = Device.create(tmp_path / "devices", workspace="W", path=tmp_path / "w")
    yield made
    made.close()


def loaded(tmp_path: Path) -> Device:
    again = Device.load(tmp_path / "devices", workspace="W")
    assert again is not None
    return again


def test_a_device_signs_what_others_accept(device: Device) -> None:
    records = (Record("site", "site:A", (), {}),)
    batch = seal(device, ledger="demo", seq=1, prev="", wall=WALLS[0], person=None, records=records)
    assert read_line(batch.line, "demo").header.device == device.id == device_of(device.public)


def test_the_same_device_comes_back(device: Device, tmp_path: Path) -> None:
    device.raise_mark(7, "ab" * 32)
    device.settle()
    again = loaded(tmp_path)
    assert (again.id, again.workspace, again.machine) == (device.id, str(tmp_path / "w"), this_machine())
    assert again.mark == Mark(7, "ab" * 32)
    again.close()


def test_another_workspace_has_no_device_yet(device: Device, tmp_path: Path) -> None:
    assert Device.load(tmp_path / "devices", workspace="V") is None
    assert Device.load(tmp_path / "nowhere", workspace="W") is None


def test_the_mark_begins_at_nothing_and_rises(device: Device) -> None:
    assert device.mark == Mark(0, "")
    for seq in (1, 2, 2**53):
        device.raise_mark(seq, f"{seq:064x}")
        assert device.mark == Mark(seq, f"{seq:064x}")


@pytest.mark.parametrize("content", [b"x", b"0000000000000007 zz\n", b"\0" * 82, b"7" * 200, b"\xff" * 82])
def test_a_mark_that_cannot_be_read_is_none(device: Device, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "devices" / "W.mark").write_bytes(content)
    assert device.mark is None


def test_a_new_device_of_the_same_workspace_begins_anew(device: Device, tmp_path: Path) -> None:
    device.raise_mark(3, "ab" * 32)
    fresh = Device.create(tmp_path / "devices", workspace="W", path=tmp_path / "w")
    assert fresh.id != device.id
    assert fresh.mark == Mark(0, "")
    fresh.close()


def test_a_moved_workspace_keeps_its_device(device: Device, tmp_path: Path) -> None:
    device.move_to(tmp_path / "elsewhere")
    again = loaded(tmp_path)
    assert (again.id, again.workspace) == (device.id, str(tmp_path / "elsewhere"))
    again.close()


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
def test_nobody_else_on_the_machine_can_read_the_key(device: Device, tmp_path: Path) -> None:
    for name in ("W.json", "W.mark"):
        assert stat.S_IMODE((tmp_path / "devices" / name).stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "devices").stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[]",
        b'{"key":"%%%","machine":"","workspace":""}',
        b'{"key":"QUJD","machine":"","workspace":""}',
    ],
)
def test_a_damaged_key_file_is_told_and_not_replaced(device: Device, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "devices" / "W.json").write_bytes(content)
    with pytest.raises(Damaged) as damaged:
        loaded(tmp_path)
    assert damaged.value.key == "device-key-unreadable"
    assert (tmp_path / "devices" / "W.json").read_bytes() == content


def test_a_machine_is_known_again_and_tells_nothing() -> None:
    assert this_machine() == this_machine()
    assert len(this_machine()) == 32
