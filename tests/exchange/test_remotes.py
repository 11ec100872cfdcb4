"""One contract for every storage: a folder, and with --long an object store on this machine."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from inspector.exchange.objects import Objects
from inspector.exchange.remote import Folder, Remote
from inspector.model.errors import BadInput, Environment
from inspector.services import remotes, sync
from tests.exchange.desk import NOW, Laptop, everybody

BATCHES = "devices/" + "0" * 32 + "/1-1-0123456789abcdef-5.batches"
BLOB = "blobs/2c/2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824-5"


@pytest.fixture
def store(long: bool, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of an empty bucket of an object store on this machine."""
    if not long:
        pytest.skip("the object store takes seconds to start: --long")
    boto3 = pytest.importorskip("boto3")
    server = pytest.importorskip("moto.server").ThreadedMotoServer(port=0)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    for name, value in (
        ("AWS_ACCESS_KEY_ID", "key"),
        ("AWS_SECRET_ACCESS_KEY", "secret"),
        ("AWS_DEFAULT_REGION", "us-east-1"),
        ("AWS_ENDPOINT_URL", endpoint),
    ):
        monkeypatch.setenv(name, value)
    boto3.client("s3", endpoint_url=endpoint).create_bucket(Bucket="inspector")
    yield f"s3://inspector/{secrets.token_hex(4)}"  # moto's servers of one process share their buckets
    server.stop()


@pytest.fixture(params=["folder", "objects"])
def remote(request: pytest.FixtureRequest, tmp_path: Path) -> Remote:
    if request.param == "folder":
        return Folder(tmp_path, device="a" * 32)
    return Objects(request.getfixturevalue("store"))


def test_what_was_written_is_listed_and_read(remote: Remote) -> None:
    assert list(remote.list()) == []
    assert remote.read(BLOB) is None
    remote.write(BLOB, b"hello")
    remote.write(BATCHES, b"lines")
    assert sorted(remote.list()) == [(BLOB, 5), (BATCHES, 5)]
    assert (remote.read(BLOB), remote.read(BATCHES)) == (b"hello", b"lines")


def test_a_broken_file_is_put_right(remote: Remote) -> None:
    remote.write(BLOB, b"hell")
    remote.write(BLOB, b"hello")
    assert remote.read(BLOB) == b"hello"


def test_older_files_go_when_the_newer_stands_there(remote: Remote) -> None:
    first, second = (f"devices/{'0' * 32}/seen-{n}-5.json" for n in (1, 2))
    remote.write(first, b"first")
    remote.write(second, b"secnd", instead_of=(first, first))
    assert list(remote.list()) == [(second, 5)]


def test_it_can_be_written_until_it_says_otherwise(remote: Remote) -> None:
    assert remote.free() != 0
    assert list(remote.list()) == []
    remote.close()


def test_several_write_at_once(remote: Remote) -> None:
    errors: list[BaseException] = []

    def write(number: int) -> None:
        try:
            for _ in range(5):
                remote.write(BLOB, b"hello")
                remote.write(f"devices/{number:032x}/seen-1-5.json", b"hello")
        except BaseException as error:  # noqa: BLE001 (the end of a thread)
            errors.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(list(remote.list())) == 5


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    remote = Folder(tmp_path / "pulled", device="a" * 32)
    calls: list[Any] = [
        lambda: list(remote.list()),
        lambda: remote.read(BLOB),
        lambda: remote.write(BLOB, b""),
    ]
    for call in [*calls, remote.free]:
        with pytest.raises(Environment) as gone:
            call()
        assert gone.value.key == "remote-gone"
    assert not (tmp_path / "pulled").exists()


def test_laptops_meet_in_an_object_store(store: str, pair: tuple[Laptop, Laptop]) -> None:
    one, other = pair
    one.write("site:GJ-001", name="南门口公厕", photos=(b"photo",))
    for laptop in (one, other, one):
        done = sync.run(laptop.workspace, sync.reached(laptop.workspace, store), now=NOW, accept=everybody)
        assert done.complete and done.failure is None
    assert one.state() == other.state()
    assert sync.run(one.workspace, sync.reached(one.workspace, store), now=NOW).put_files == 0


def test_a_store_that_does_not_answer_is_told(store: str, pair: tuple[Laptop, Laptop]) -> None:
    with pytest.raises(Environment) as gone:
        sync.run(pair[0].workspace, sync.reached(pair[0].workspace, "s3://no-such-bucket/x"), now=NOW)
    assert gone.value.key in ("remote-gone", "remote-read-only")


def test_a_scanner_that_holds_a_new_file_for_a_moment_costs_a_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = iter([True, True])
    replace = Path.replace

    def held(self: Path, target: Path) -> Path:
        if next(refused, False):
            raise PermissionError(13, "held by a scanner")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", held)
    remote = Folder(tmp_path, device="a" * 32)
    remote.write(BLOB, b"hello")
    assert list(remote.list()) == [(BLOB, 5)]


def test_two_laptops_on_one_share_at_the_same_moment_need_no_lock(
    pair: tuple[Laptop, Laptop], tmp_path: Path
) -> None:
    share = tmp_path / "share"
    share.mkdir()
    errors: list[BaseException] = []

    def work(laptop: Laptop, name: str) -> None:
        try:
            for number in range(6):
                laptop.write(f"site:{name}-{number}", name="公厕", photos=(f"{name}{number}".encode(),))
                laptop.write("site:both", name=name)
                assert laptop.sync(share).failure is None
        except BaseException as error:  # noqa: BLE001 (the end of a thread)
            errors.append(error)

    threads = [threading.Thread(target=work, args=given) for given in zip(pair, ("A", "B"), strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    for laptop in (*pair, *pair):
        assert laptop.sync(share).complete
    assert pair[0].state() == pair[1].state()


def test_what_a_killed_laptop_left_half_is_cleared_away_by_itself_alone(tmp_path: Path) -> None:
    mine, theirs = (Folder(tmp_path, device=letter * 32) for letter in "ab")
    mine.write(BLOB, b"hello")
    half = tmp_path / "blobs" / "2c" / ".aaaaaaaa-01234567.part"
    half.write_bytes(b"hel")
    assert list(theirs.list()) == [(BLOB, 5)] and half.exists()
    assert list(mine.list()) == [(BLOB, 5)] and not half.exists()


@pytest.mark.parametrize(
    "address", ["s3://key:secret@bucket/x", "s3://bucket:secret/x", "s3://bucket/x?key=secret", "s3://"]
)
def test_no_key_can_stand_in_an_address(address: str, pair: tuple[Laptop, Laptop]) -> None:
    with pytest.raises(BadInput) as refused:
        sync.reached(pair[0].workspace, address)
    assert refused.value.key == "s3-address-invalid"
    assert "key" not in str(refused.value.values) or "@" not in str(refused.value.values)


def test_a_share_that_does_not_answer_keeps_nobody_waiting(
    pair: tuple[Laptop, Laptop], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    share, other = tmp_path / "share", tmp_path / "other"
    share.mkdir()
    other.mkdir()
    answers, asked = threading.Event(), []
    is_dir = Path.is_dir

    def slow(path: Path) -> bool:
        if path == share:
            asked.append(path)
            answers.wait(30)
        return is_dir(path)

    monkeypatch.setattr(Path, "is_dir", slow)
    monkeypatch.setattr("inspector.services.remotes._SECONDS", 0.3)
    for _ in range(2):
        offers = remotes.offered(pair[0].workspace, "x", also=(str(share), str(other)))
        assert [one.state for one in offers] == [remotes.State.AWAY, remotes.State.NEW]
    assert len(asked) == 1, "one question at a time"
    answers.set()
    remotes._ASKED[share].join()
    assert remotes.look(pair[0].workspace, share, name="share").state is remotes.State.NEW
