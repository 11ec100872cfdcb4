"""A photo comes in: its bytes are decoded whole once, and what they say about themselves is written down."""

from __future__ import annotations

from datetime import tzinfo
from pathlib import PurePath

import msgspec

from inspector.model.canonical import sha256
from inspector.model.photo import EXIF_MISSING, TIME_UNREADABLE, Photo, TimeSource
from inspector.photos import exif, names, picture, rendition

_MAX_NAME = 120


class Seen(msgspec.Struct, frozen=True):
    """A photo that was looked at: its facts, and its thumbnail as a by-product of decoding it."""

    photo: Photo
    thumbnail: bytes


def examine(data: bytes, *, name: str, zone: tzinfo | None = None) -> Photo:
    """The facts of a photo out of its bytes and its file name: see `seen`."""
    return seen(data, name=name, zone=zone).photo


def seen(data: bytes, *, name: str, zone: tzinfo | None = None) -> Seen:
    """The facts and the thumbnail of a photo. A camera's clock without offset is taken to be in `zone` (None: this
    machine's own), and `taken_source` says so.

    Raises BadInput: `photo-too-large`, `photo-too-many-pixels`, `photo-not-an-image`, `photo-damaged`,
    `photo-truncated`; Environment: `photo-memory`. Broken EXIF beside a readable picture is a warning."""
    name = file_name(name)
    image = picture.opened(data, name=name)
    width, height = image.size
    kind = (image.format or "").lower()
    image = picture.decoded(image, data, name=name, long_side_px=rendition.THUMBNAIL_PX)
    block = picture.exif_block(image)
    facts = exif.read(block) if block else exif.Exif(problems=(EXIF_MISSING,))
    taken_at, source, warnings = _time(facts, name, zone)
    photo = Photo(
        sha256=sha256(data),
        bytes=len(data),
        name=name,
        format=kind,
        width=height if facts.orientation >= 5 else width,
        height=width if facts.orientation >= 5 else height,
        taken_at=taken_at,
        taken_source=source,
        latitude=facts.latitude,
        longitude=facts.longitude,
        camera=facts.camera,
        warnings=warnings,
    )
    return Seen(photo, rendition.small(image, facts.orientation))


def file_name(path: str) -> str:
    """The last part of a path as it is kept and shown: no control characters, at most 120 characters."""
    return exif.clean(PurePath(path.replace("\\", "/")).name)[-_MAX_NAME:]


def _time(facts: exif.Exif, name: str, zone: tzinfo | None) -> tuple[str, TimeSource, tuple[str, ...]]:
    warnings = facts.problems
    if facts.taken_at:
        moment = names.in_zone(facts.taken_at, facts.zone or zone)
        if moment:
            source = TimeSource.EXIF if facts.zone else TimeSource.EXIF_LOCAL
            return moment.isoformat(), source, warnings
        warnings = (*warnings, TIME_UNREADABLE)
    saved = names.saved_at(name, zone=zone)
    return (saved.isoformat(), TimeSource.FILENAME, warnings) if saved else ("", TimeSource.NONE, warnings)
