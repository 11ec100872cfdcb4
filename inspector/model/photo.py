"""A photo (照片) as evidence: what its bytes say about themselves, and what is odd about it at a visit.

The original is a blob and never changes; `Photo` holds the facts read from it once, each with its source. A time
that comes from a file name is when the file was *saved*, and is never called the time of shooting.
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

MAX_BYTES = 50_000_000
MAX_PIXELS = 200_000_000
MAX_AT_AN_INSPECTION = 120
SAID_FROM = 100
"""Source of the four limits: docs/decisions.md (Numbers, files)."""

VISIT_MARGIN = timedelta(minutes=30)
FAR_FROM_SITE_M = 500
"""A photo whose position is further from the site than this is flagged. The threshold is the project's own."""

_METRES_PER_DEGREE = 111_320


class TimeSource(StrEnum):
    """Where a photo's time comes from."""

    EXIF = "exif"
    """The camera's clock, with the offset that the camera wrote."""
    EXIF_LOCAL = "exif_local"
    """The camera's clock; the camera wrote no offset, that of this laptop is assumed."""
    FILENAME = "filename"
    """When the file was saved, by its name (a messenger's or a camera's)."""
    TYPED = "typed"
    """Typed by a person."""
    NONE = "none"


TIME_PHRASES = {
    TimeSource.EXIF: "photo-time-exif",
    TimeSource.EXIF_LOCAL: "photo-time-exif-local",
    TimeSource.FILENAME: "photo-time-filename",
    TimeSource.TYPED: "photo-time-typed",
    TimeSource.NONE: "photo-time-none",
}
"""The phrase with which a time of each source is shown and printed; its placeholder is {time}."""

BEFORE_VISIT = "photo-before-visit"
AFTER_VISIT = "photo-after-visit"
SAVED_AFTER_VISIT = "photo-saved-after-visit"
USED_BEFORE = "photo-used-before"
FAR_FROM_SITE = "photo-far-from-site"
"""What `flags` says; each is the key of a phrase without placeholders."""

EXIF_MISSING = "photo-exif-missing"
EXIF_BROKEN = "photo-exif-broken"
TIME_UNREADABLE = "photo-time-unreadable"
POSITION_UNREADABLE = "photo-position-unreadable"
"""What `Photo.warnings` says; each is the key of a phrase without placeholders."""


class Photo(msgspec.Struct, frozen=True, kw_only=True):
    """The facts of one original: its hash, its size in bytes, the name of the file it came as, and the picture's
    width and height in pixels as it is looked at (upright).

    `taken_at` is RFC 3339 with offset, to the second, or empty; it is never corrected. `shift_seconds` is what a
    person adds to it because the phone's clock was wrong. Position in 1e-7 degrees (WGS-84), both or neither.
    `warnings` are keys: what could not be read although the picture could."""

    sha256: str
    bytes: int
    name: str
    format: str
    width: int
    height: int
    taken_at: str = ""
    taken_source: TimeSource = TimeSource.NONE
    shift_seconds: int = 0
    latitude: int | None = None
    longitude: int | None = None
    camera: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def moment(self) -> datetime | None:
        """The photo's instant, the shift included; None if no time is known."""
        if not self.taken_at:
            return None
        return datetime.fromisoformat(self.taken_at) + timedelta(seconds=self.shift_seconds)

    @property
    def position(self) -> tuple[int, int] | None:
        """Latitude and longitude in 1e-7 degrees, if the camera wrote them."""
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude

    @property
    def shifted(self) -> str:
        """The time after the correction (RFC 3339), empty when nothing was corrected."""
        moment = self.moment
        return moment.isoformat() if moment and self.shift_seconds else ""


def flags(
    photo: Photo,
    *,
    begin: datetime | None,
    end: datetime | None,
    used_before: bool = False,
    site: tuple[int, int] | None = None,
) -> tuple[str, ...]:
    """What is odd about `photo` at a visit from `begin` to `end` (with offset; None: not known) to a site at
    `site` (latitude, longitude in 1e-7 degrees). Nothing here refuses a photo.

    A file saved long after the visit may still have been shot there, which its flag says."""
    found: list[str] = []
    moment = photo.moment
    if moment and begin and moment < begin - VISIT_MARGIN:
        found.append(BEFORE_VISIT)
    elif moment and end and moment > end + VISIT_MARGIN:
        found.append(SAVED_AFTER_VISIT if photo.taken_source is TimeSource.FILENAME else AFTER_VISIT)
    if used_before:
        found.append(USED_BEFORE)
    if photo.position and site and distance_m(photo.position, site) > FAR_FROM_SITE_M:
        found.append(FAR_FROM_SITE)
    return tuple(found)


def distance_m(one: tuple[int, int], other: tuple[int, int]) -> int:
    """Metres between two positions (latitude, longitude in 1e-7 degrees) on a sphere, good to 1 % for what lies in
    one county."""
    south_north = (one[0] - other[0]) / 1e7
    west_east = math.remainder((one[1] - other[1]) / 1e7, 360)
    middle = math.radians((one[0] + other[0]) / 2e7)
    return round(_METRES_PER_DEGREE * math.hypot(south_north, west_east * math.cos(middle)))


def turned_point(x: int, y: int, degrees: int) -> tuple[int, int]:
    """Where the point (x, y) of the upright picture, in 1/10000 of its width and height, lies after the picture was
    turned clockwise by 0, 90, 180 or 270 degrees. Turning back: `360 - degrees`."""
    for _ in range(degrees % 360 // 90):
        x, y = 10_000 - y, x
    return x, y
