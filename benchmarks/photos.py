"""What it costs to take in 20 phone photos: medians in random order, with a control.

    PYTHONPATH=. .venv/bin/python benchmarks/photos.py [--photos DIR] [--rounds N]

The bare work is decoding each photo whole, its SHA-256 and an fsynced copy. Intake, which also reads EXIF, makes a
thumbnail and commits the facts, must take at most 1.25 times that on one core; the ratio on two is reported. The
photos are those in DIR, made 20 different ones by a comment. Making the workspace counts as intake.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import itertools
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pillow_heif
from measure import measure, report
from PIL import Image

from inspector.services import photos, workspaces

COUNT = 20
LIMIT = 1.25
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "photos" / "phones"


def distinct(data: bytes, number: int) -> bytes:
    """The same photo with other bytes: a JPEG's comment segment, or an ISO media file's free box."""
    remark = b"photo %d" % number
    if data.startswith(b"\xff\xd8"):
        return data[:2] + b"\xff\xfe" + (len(remark) + 2).to_bytes(2, "big") + remark + data[2:]
    return data + (len(remark) + 8).to_bytes(4, "big") + b"free" + remark


def bare(files: Sequence[Path]) -> None:
    """Decode, hash, copy."""
    with TemporaryDirectory() as folder:
        for file in files:
            data = file.read_bytes()
            Image.open(io.BytesIO(data)).load()
            copy = Path(folder, hashlib.sha256(data).hexdigest())
            with copy.open("wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())


def intake(files: Sequence[Path]) -> None:
    """Into a new workspace."""
    with TemporaryDirectory() as folder, workspaces.create(Path(folder, "w")) as workspace:
        taken = photos.take_files(workspace, files, now=datetime.now(UTC))
        assert not any(one.error for one in taken)
        assert len({one.photo.sha256 for one in taken if one.photo}) == COUNT


@contextmanager
def cores(count: int) -> Iterator[None]:
    """Only `count` cores for this process, where the system can."""
    if sys.platform != "linux":
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(before)[:count])
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def on(count: int, call: Callable[[Sequence[Path]], None], files: Sequence[Path]) -> None:
    """`call` on `count` cores."""
    with cores(count):
        call(files)


def main() -> int:
    """Prints the figures; 1 if the limit is missed, 2 without photos."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--photos", type=Path, default=SHARED)
    arguments.add_argument("--rounds", type=int, default=9)
    given = arguments.parse_args()
    originals = sorted(given.photos.glob("*.*")) if given.photos.is_dir() else []
    if not originals:
        print(f"no photos in {given.photos}: --photos DIR", file=sys.stderr)
        return 2
    pillow_heif.register_heif_opener()
    with TemporaryDirectory() as folder:
        files = []
        for number, original in zip(range(COUNT), itertools.cycle(originals), strict=False):
            file = Path(folder, f"{number:02d}{original.suffix}")
            file.write_bytes(distinct(original.read_bytes(), number))
            files.append(file)
        size = sum(file.stat().st_size for file in files)
        print(f"{COUNT} photos of {len(originals)} kinds, {size / 1e6:.0f} MB, {given.rounds} rounds")
        taken = measure(
            {
                "bare": partial(on, 1, bare, files),
                "control": partial(on, 1, bare, files),
                "one": partial(on, 1, intake, files),
                "two": partial(on, 2, intake, files),
            },
            rounds=given.rounds,
        )
    reference = "decode + SHA-256 + fsynced copy, one core"
    report("the same again (control)", taken["control"], reference, taken["bare"], 1.1)
    kept = report("intake of 20 photos, one core", taken["one"], reference, taken["bare"], LIMIT)
    report("intake of 20 photos, two cores", taken["two"], reference, taken["bare"], LIMIT)
    return int(not kept)


if __name__ == "__main__":
    sys.exit(main())
