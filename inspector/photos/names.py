"""When a file was saved, by the name that a messenger or a camera gave it. A hint, never the time of shooting.

Source of the patterns: names seen in public files. 13 digits are milliseconds since 1970.
This is one of the four modules in which Chinese stands in code.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo
from pathlib import PurePath

_INSTANTS = (
    re.compile(r"(?<![0-9A-Za-z])mmexport(\d{13})(?![0-9A-Za-z])"),
    re.compile(r"(?<![0-9A-Za-z])wx_camera_(\d{13})(?![0-9A-Za-z])"),
    re.compile(r"(\d{13})(?: ?[(（]\d{1,3}[)）])?\Z"),
)
"""Milliseconds since 1970. The third, bare digits, must be the whole name: 13 digits within a hash are no time."""

_CLOCKS = (
    re.compile(r"(?<![0-9A-Za-z])微信(?:图片|截图)_(\d{8})(\d{6})(?![0-9A-Za-z])"),
    re.compile(r"(?<![0-9A-Za-z])IMG_(\d{8})_(\d{6})(?:\d{3})?(?![0-9A-Za-z])"),
)
"""Date and time by the clock of the machine that saved the file, in its zone."""

_FIRST, _LAST = 2005, 2099
"""Years in which a file may have been saved; other digits are no time."""


def saved_at(name: str, *, zone: tzinfo | None) -> datetime | None:
    """The moment in the file name, with offset, to the second; None if there is none. Clock times are taken to be
    in `zone`; None is this machine's own zone."""
    stem = PurePath(name).stem
    for pattern in _INSTANTS:
        if match := pattern.match(stem) if pattern is _INSTANTS[-1] else pattern.search(stem):
            instant = datetime.fromtimestamp(int(match[1]) // 1000, UTC)
            return in_zone(instant, zone) if _FIRST <= instant.year <= _LAST else None
    for pattern in _CLOCKS:
        if match := pattern.search(stem):
            try:
                clock = datetime.strptime(match[1] + match[2], "%Y%m%d%H%M%S")  # noqa: DTZ007  zone follows
            except ValueError:
                return None
            return in_zone(clock, zone) if _FIRST <= clock.year <= _LAST else None
    return None


def in_zone(moment: datetime, zone: tzinfo | None) -> datetime | None:
    """`moment` with the offset that `zone` has then: an instant is converted, a clock time is taken to be there.
    None where the machine cannot say it (years near 1 or 9999)."""
    try:
        if moment.tzinfo is None and zone is not None:
            moment = moment.replace(tzinfo=zone)
        moment = moment.astimezone(zone)
    except (OverflowError, ValueError, OSError):
        return None
    offset = moment.utcoffset()
    return moment if offset is not None and not offset.seconds % 60 else None
