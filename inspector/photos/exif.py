"""What a camera wrote beside a picture (EXIF 2.32, in a TIFF 6.0 structure): the few facts that evidence needs.

Read here and not by Pillow because Pillow drops what it cannot read without a word, and here it must be said.
Nothing in the bytes can make this raise: what is broken becomes a problem, what is left is used.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from datetime import datetime, timedelta, timezone
from fractions import Fraction

import msgspec

from inspector.model.photo import EXIF_BROKEN, POSITION_UNREADABLE, TIME_UNREADABLE

_MAKE, _MODEL, _ORIENTATION, _EXIF_IFD, _GPS_IFD = 0x010F, 0x0110, 0x0112, 0x8769, 0x8825
_TIME_ORIGINAL, _OFFSET_TIME, _OFFSET_ORIGINAL = 0x9003, 0x9010, 0x9011
_LATITUDE_REF, _LATITUDE, _LONGITUDE_REF, _LONGITUDE = 1, 2, 3, 4

_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8}
_ASCII, _SHORT, _LONG, _RATIONAL = 2, 3, 4, 5
_MAX_TEXT = 64
_TIME = re.compile(r"(\d{4})[:/-](\d\d)[:/-](\d\d)[ T](\d\d):(\d\d):(\d\d)")
_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)")


class Exif(msgspec.Struct, frozen=True, kw_only=True):
    """`taken_at` is naive (the camera's clock), `zone` the offset that the camera wrote, if it did.
    Position in 1e-7 degrees. `problems` are keys of model.photo."""

    orientation: int = 1
    taken_at: datetime | None = None
    zone: timezone | None = None
    latitude: int | None = None
    longitude: int | None = None
    camera: str = ""
    problems: tuple[str, ...] = ()


def read(data: bytes) -> Exif:
    """The facts in an EXIF block, with or without its `Exif\\0\\0` prefix. Never raises."""
    tiff = _Tiff(data.removeprefix(b"Exif\0\0"))
    main = tiff.directory(tiff.first)
    camera = tiff.directory(tiff.pointer(main, _EXIF_IFD))
    gps = tiff.directory(tiff.pointer(main, _GPS_IFD))
    orientation = tiff.whole(main, _ORIENTATION)
    problems = []
    taken_at, readable = _time(tiff.text(camera, _TIME_ORIGINAL))
    if not readable:
        problems.append(TIME_UNREADABLE)
    position, readable = _position(tiff, gps)
    if not readable:
        problems.append(POSITION_UNREADABLE)
    if tiff.broken:
        problems.insert(0, EXIF_BROKEN)
    return Exif(
        orientation=orientation if 1 <= orientation <= 8 else 1,
        taken_at=taken_at,
        zone=_zone(tiff.text(camera, _OFFSET_ORIGINAL) or tiff.text(camera, _OFFSET_TIME)),
        latitude=position[0] if position else None,
        longitude=position[1] if position else None,
        camera=_named(tiff.text(main, _MAKE), tiff.text(main, _MODEL)),
        problems=tuple(problems),
    )


class _Entry(msgspec.Struct, frozen=True):
    kind: int
    count: int
    raw: bytes


class _Tiff:
    """A TIFF structure that is read without trust; `broken` becomes true when something asked for is not there."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._order = {b"II*\0": "<", b"MM\0*": ">"}.get(data[:4], "")
        self.broken = not self._order
        self.first = self._unpack("I", 4) if self._order else 0

    def directory(self, offset: int) -> dict[int, _Entry]:
        """The entries of the directory at `offset` (0: there is none)."""
        if not offset or not self._order:
            return {}
        entries: dict[int, _Entry] = {}
        for index in range(self._unpack("H", offset)):
            at = offset + 2 + 12 * index
            if at + 12 > len(self._data):
                self.broken = True
                break
            tag, kind, count = struct.unpack_from(self._order + "HHI", self._data, at)
            size = _SIZES.get(kind, 0) * count
            start = at + 8 if size <= 4 else self._unpack("I", at + 8)
            if start + size <= len(self._data):
                entries.setdefault(tag, _Entry(kind, count, self._data[start : start + size]))
            else:
                self.broken = True
        return entries

    def pointer(self, entries: dict[int, _Entry], tag: int) -> int:
        """Where the directory lies that `tag` points to; 0 if there is none."""
        if tag in entries and not self.whole(entries, tag):
            self.broken = True
        return self.whole(entries, tag)

    def whole(self, entries: dict[int, _Entry], tag: int) -> int:
        """A whole number; 0 if it is absent or of another type."""
        entry = entries.get(tag)
        if entry and entry.count and entry.kind in (_SHORT, _LONG):
            code = "H" if entry.kind == _SHORT else "I"
            return int(struct.unpack_from(self._order + code, entry.raw)[0])
        return 0

    def text(self, entries: dict[int, _Entry], tag: int) -> str:
        """A text up to its first NUL, without control characters; empty if it is absent or of another type."""
        entry = entries.get(tag)
        if not entry or entry.kind != _ASCII:
            return ""
        return clean(entry.raw.split(b"\0")[0].decode("utf-8", "ignore"))[:_MAX_TEXT]

    def rationals(self, entries: dict[int, _Entry], tag: int) -> list[tuple[int, int]]:
        """Numerators and denominators; empty if they are absent or of another type."""
        entry = entries.get(tag)
        if not entry or entry.kind != _RATIONAL:
            return []
        numbers = struct.unpack(f"{self._order}{2 * entry.count}I", entry.raw)
        return list(zip(numbers[::2], numbers[1::2], strict=True))

    def _unpack(self, code: str, at: int) -> int:
        try:
            return int(struct.unpack_from(self._order + code, self._data, at)[0])
        except struct.error:
            self.broken = True
            return 0


def clean(text: str) -> str:
    """`text` without control characters and lone surrogates, trimmed: it is kept as canonical JSON."""
    return "".join(each for each in text if unicodedata.category(each) not in ("Cc", "Cs")).strip()


def _time(text: str) -> tuple[datetime | None, bool]:
    if not text.strip(" :0"):
        return None, True
    match = _TIME.match(text)
    if not match:
        return None, False
    year, month, day, hour, minute, second = map(int, match.groups())
    try:
        return datetime(year, month, day, hour, minute, second), True  # noqa: DTZ001  the camera's own clock
    except ValueError:
        return None, False


def _zone(text: str) -> timezone | None:
    match = _OFFSET.fullmatch(text)
    if not match:
        return None
    sign, hours, minutes = match.groups()
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    if int(minutes) > 59 or offset > timedelta(hours=14):
        return None
    return timezone(-offset if sign == "-" else offset)


def _position(tiff: _Tiff, gps: dict[int, _Entry]) -> tuple[tuple[int, int] | None, bool]:
    """The position, and whether what stands there could be read. A camera without a fix leaves it out, writes
    0/0 or writes 0° 0′ 0″ twice: that is no position, and no problem."""
    if _LATITUDE not in gps and _LONGITUDE not in gps:
        return None, True
    latitude, longitude = tiff.rationals(gps, _LATITUDE), tiff.rationals(gps, _LONGITUDE)
    if latitude and longitude and not any(numerator for numerator, _ in latitude + longitude):
        return None, True
    north = _degrees(latitude, tiff.text(gps, _LATITUDE_REF), positive="N", negative="S", limit=90)
    east = _degrees(longitude, tiff.text(gps, _LONGITUDE_REF), positive="E", negative="W", limit=180)
    if north is None or east is None:
        return None, False
    return (north, east), True


def _degrees(
    parts: list[tuple[int, int]], ref: str, *, positive: str, negative: str, limit: int
) -> int | None:
    if len(parts) != 3 or not all(denominator for _, denominator in parts):
        return None
    degrees, minutes, seconds = (Fraction(numerator, denominator) for numerator, denominator in parts)
    value = degrees + minutes / 60 + seconds / 3600
    if value > limit or ref.upper()[:1] not in (positive, negative) or not ref:
        return None
    return round(value * 10**7) * (-1 if ref.upper()[:1] == negative else 1)


def _named(make: str, model: str) -> str:
    if not make or model.casefold().startswith(make.casefold()):
        return model
    return f"{make} {model}".strip()
