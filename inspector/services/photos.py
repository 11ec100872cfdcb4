"""Photos: in from a phone, a card or the clipboard; out as pictures for paper and screen; their times put right.

An original lies on the disk under its hash before anybody hears that it came in. Everything else (renditions,
thumbnails) can be made again from it and lies in the workspace's cache.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
import stat
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path

import msgspec

from inspector.model.errors import BadInput, Environment, InspectorError
from inspector.model.inspection import Evidence, rendition_key
from inspector.model.photo import Photo
from inspector.photos import intake, picture, rendition
from inspector.store import blobs
from inspector.store import photos as store
from inspector.store.workspace import Workspace

_log = logging.getLogger(__name__)

SUFFIXES = frozenset((".jpg", ".jpeg", ".png", ".heic", ".heif", ".webp", ".bmp"))
_AT_ONCE = 2
"""Photos decoded at the same time: Pillow lets go of the interpreter, and two bound the memory."""
_DIGEST_BYTES = 32
_FIRST_YEAR, _LAST_YEAR = 1900, 2200


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one file: its `photo`, or the `error` why it did not come in."""

    file: Path
    photo: Photo | None = None
    error: InspectorError | None = None


def take_bytes(workspace: Workspace, data: bytes, *, name: str, now: datetime | None = None) -> Photo:
    """A photo that came without a file (pasted). When this returns, its original is on the disk. It lies in the tray
    of the day of `now`; None: in no tray, since it is placed already.
    Raises what `photos.intake.seen` raises, and Environment (disk full, read-only)."""
    return _keep(workspace, _take(workspace, data, name), now)


def take_file(workspace: Workspace, file: Path, *, now: datetime | None = None) -> Photo:
    """The same for a file. Raises also Environment `photo-unreadable`."""
    return _keep(workspace, _take_file(workspace, file), now)


def take_files(
    workspace: Workspace,
    files: Sequence[Path],
    *,
    now: datetime | None,
    report: Callable[[int, int], None] | None = None,
) -> tuple[Taken, ...]:
    """What became of each file, in the order given, a folder standing for the pictures in it: one that fails does not
    hold up the others; `now` as above. `report` hears after each how many of how many are done; what it raises stops
    the rest, and what came in until then stays in the tray."""
    files = [each for file in files for each in _pictures(file)]
    done: list[Taken] = []
    with _pool() as pool:
        waiting = [pool.submit(_take_file, workspace, file) for file in files]
        for file, coming in zip(files, waiting, strict=True):
            try:
                done.append(Taken(file=file, photo=_keep(workspace, coming.result(), now)))
            except InspectorError as error:
                _log.info("a photo did not come in: %s", error.key)
                done.append(Taken(file=file, error=error))
            if report:
                report(len(done), len(files))
    return tuple(done)


def _pictures(file: Path) -> list[Path]:
    """The pictures of a folder by name; a file is itself. A folder without any, or that cannot be read, is told as a
    file would be."""
    try:
        if file.is_dir():
            return sorted(one for one in file.iterdir() if one.suffix.lower() in SUFFIXES) or [file]
    except OSError as error:
        _log.info("a folder did not open: %s", type(error).__name__)
    return [file]


def peek(data: bytes, *, name: str) -> bytes:
    """A small JPEG of a picture that does not come in, for a preview. Raises what `photos.intake.seen` raises."""
    return intake.seen(data, name=intake.file_name(name)).thumbnail


def facts(workspace: Workspace, photos: Collection[str]) -> dict[str, Photo]:
    """What is known of these originals, by hash; those that never came in here are left out."""
    with workspace.reading() as db:
        return store.facts(db, photos)


def tray(workspace: Workspace, *, day: date) -> list[Photo]:
    """The photos that came in on `day`, by their (corrected) time; those without a time come last."""
    with workspace.reading() as db:
        return store.tray(db, day=day)


def shift(workspace: Workspace, photos: Collection[str], *, seconds: int) -> dict[str, Photo]:
    """Puts right the clock of the phone that took these photos: `seconds` are added to their times wherever they are
    shown, and the times themselves stay beside. 0 takes the correction back. The photos afterwards, by hash.
    Raises BadInput `photo-unknown`, `photo-shift-impossible` (no year between 1900 and 2200)."""
    with workspace.transaction() as db:
        for photo in _known(store.facts(db, photos), photos):
            try:
                moment = msgspec.structs.replace(photo, shift_seconds=seconds).moment
            except OverflowError:
                possible = False
            else:
                possible = moment is None or _FIRST_YEAR <= moment.year <= _LAST_YEAR
            if seconds and not possible:
                raise BadInput("photo-shift-impossible", name=photo.name, taken=photo.taken_at[:10])
        store.shift(db, photos, seconds=seconds)
        return store.facts(db, photos)


def paper(workspace: Workspace, photo: Evidence) -> bytes:
    """The JPEG that is printed for `photo`: upright, turned and marked as the draft says, no metadata, ≤ 300 KB.
    Raises Environment `blob-missing`, Damaged `blob-damaged`."""
    key = rendition_key(photo)
    return _cached(
        workspace,
        _rendition_file(key),
        lambda: rendition.rendition(
            blobs.read(workspace, photo.sha256), name=photo.sha256, turned=photo.turned, marks=photo.marks
        ),
    )


def paper_of(workspace: Workspace, photo: str) -> bytes:
    """The same for a photo that is neither turned nor marked (the picture of a signed paper)."""
    return _cached(
        workspace,
        _rendition_file(photo),
        lambda: rendition.rendition(blobs.read(workspace, photo), name=photo),
    )


def thumbnail(
    workspace: Workspace, photo: str, *, turned: int = 0, side_px: int = rendition.THUMBNAIL_PX
) -> bytes:
    """A JPEG for lists, upright, then turned clockwise by hand (0, 90, 180, 270), unmarked, at most `side_px` long.
    A small one is made from the one that was kept when the photo came in: 5 ms instead of 100.
    Raises like `paper`."""
    kept = rendition.THUMBNAIL_PX
    from_kept = side_px <= kept and (turned, side_px) != (0, kept)
    return _cached(
        workspace,
        _thumbnail_file(photo, turned, side_px),
        lambda: rendition.thumbnail(
            thumbnail(workspace, photo) if from_kept else blobs.read(workspace, photo),
            name=photo,
            turned=turned,
            long_side_px=side_px,
        ),
    )


def screen(workspace: Workspace, photo: str) -> bytes:
    """A JPEG to look at closely, upright, at most 2,560 pixels long; not kept. Raises like `paper`."""
    return rendition.screen(blobs.read(workspace, photo), name=photo)


@contextmanager
def _pool() -> Iterator[ThreadPoolExecutor]:
    pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="photos")
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _take_file(workspace: Workspace, file: Path) -> Photo:
    name = intake.file_name(file.name)
    try:
        state = file.stat()
        if not stat.S_ISREG(state.st_mode):  # a pipe would be waited for without end
            raise BadInput("photo-not-an-image", name=name)
        picture.check_size(state.st_size, name=name)
        data = file.read_bytes()
    except OSError as error:
        raise Environment("photo-unreadable", name=name, reason=error.strerror or str(error)) from error
    return _take(workspace, data, name)


def _take(workspace: Workspace, data: bytes, name: str) -> Photo:
    """Everything but the database: any thread may do it."""
    seen = intake.seen(data, name=name)
    blobs.put(workspace, data)
    _cache(workspace, _thumbnail_file(seen.photo.sha256, 0, rendition.THUMBNAIL_PX), seen.thumbnail)
    return seen.photo


def _keep(workspace: Workspace, photo: Photo, now: datetime | None) -> Photo:
    with workspace.transaction() as db:
        store.keep(db, photo)
        if now:
            store.lay_out(db, photo.sha256, day=now.date())
        return store.facts(db, [photo.sha256])[photo.sha256]


def _known(found: dict[str, Photo], wanted: Collection[str]) -> list[Photo]:
    for photo in wanted:
        if photo not in found:
            raise BadInput("photo-unknown", photo=photo[:16])
    return list(found.values())


def _rendition_file(key: str) -> Path:
    return Path("paper", key[:2], f"{key}.jpg")


def _thumbnail_file(photo: str, turned: int, side_px: int) -> Path:
    return Path("thumbnails", photo[:2], f"{photo}-{turned}-{side_px}.jpg")


def _cached(workspace: Workspace, name: Path, make: Callable[[], bytes]) -> bytes:
    """What the cache keeps under `name`, else what `make` makes. The digest behind the picture (which a viewer
    ignores) tells a whole file from one that a power cut left: a torn rendition must not be printed and signed."""
    try:
        kept = (workspace.path / "cache" / name).read_bytes()
    except OSError:
        kept = b""
    data, digest = kept[:-_DIGEST_BYTES], kept[-_DIGEST_BYTES:]
    if data and hashlib.sha256(data).digest() == digest:
        return data
    data = make()
    _cache(workspace, name, data)
    return data


def _cache(workspace: Workspace, name: Path, data: bytes) -> None:
    """Keeps `data` if it can: a full disk costs time here, never a photo."""
    file = workspace.path / "cache" / name
    part = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data + hashlib.sha256(data).digest())
        part.replace(file)
    except OSError as error:
        _log.info("not cached: %s", error.strerror)
        with suppress(OSError):
            part.unlink(missing_ok=True)
