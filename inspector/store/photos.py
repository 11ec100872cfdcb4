"""Photos that came in: the facts of each original, and the tray of each day.

Both are facts of this laptop and no projection: what a person corrected (a wrong clock, a typed time) stands here
until a sheet is signed, and cannot be read out of the ledger again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from sqlite3 import Connection, Row
from typing import Any

import msgspec

from inspector.model.photo import Photo

_FACTS = """
    photo.sha256, photo.bytes, photo.name, photo.format, photo.width, photo.height, photo.taken_at,
    photo.taken_source, photo.shift_seconds, photo.latitude, photo.longitude, photo.camera, photo.warnings"""


def create(db: Connection) -> None:
    """The tables of schema step 1; published, so frozen."""
    db.execute("""
        CREATE TABLE photo (
            sha256 TEXT PRIMARY KEY, bytes INTEGER NOT NULL, name TEXT NOT NULL, format TEXT NOT NULL,
            width INTEGER NOT NULL, height INTEGER NOT NULL, taken_at TEXT NOT NULL, taken_source TEXT NOT NULL,
            shift_seconds INTEGER NOT NULL, latitude INTEGER, longitude INTEGER, camera TEXT NOT NULL,
            warnings TEXT NOT NULL) WITHOUT ROWID, STRICT""")
    db.execute("""
        CREATE TABLE tray (
            day TEXT NOT NULL, photo TEXT NOT NULL,
            PRIMARY KEY (day, photo)) WITHOUT ROWID, STRICT""")


def keep(db: Connection, photo: Photo) -> None:
    """Keeps the facts of a photo. One that is here already stays as it is: a person may have corrected it."""
    db.execute(
        """
        INSERT INTO photo (sha256, bytes, name, format, width, height, taken_at, taken_source, shift_seconds,
                           latitude, longitude, camera, warnings)
        VALUES (:sha256, :bytes, :name, :format, :width, :height, :taken_at, :taken_source, :shift_seconds,
                :latitude, :longitude, :camera, :warnings)
            ON CONFLICT (sha256) DO NOTHING""",
        {
            **msgspec.structs.asdict(photo),
            "taken_source": photo.taken_source.value,
            "warnings": json.dumps(photo.warnings),
        },
    )


def facts(db: Connection, photos: Iterable[str]) -> dict[str, Photo]:
    """What is known of these originals, by hash; those that never came in here are left out."""
    rows = db.execute(
        f"SELECT {_FACTS} FROM photo WHERE sha256 IN (SELECT value FROM json_each(:photos))",
        {"photos": json.dumps(list(photos))},
    ).fetchall()
    return {photo.sha256: photo for photo in map(_photo, rows)}


def lay_out(db: Connection, photo: str, *, day: date) -> None:
    """Puts a photo into the tray of the day on which it came in; once, however often it comes."""
    db.execute(
        "INSERT INTO tray (day, photo) VALUES (:day, :photo) ON CONFLICT (day, photo) DO NOTHING",
        {"day": day.isoformat(), "photo": photo},
    )


def tray(db: Connection, *, day: date) -> list[Photo]:
    """The photos that came in on `day`, by their (corrected) time; those without a time come last, by name."""
    rows = db.execute(
        f"""
        SELECT {_FACTS} FROM tray JOIN photo ON photo.sha256 = tray.photo WHERE tray.day = :day
         ORDER BY photo.taken_at = '', strftime('%s', photo.taken_at) + photo.shift_seconds, photo.name,
                  photo.sha256""",
        {"day": day.isoformat()},
    ).fetchall()
    return [_photo(row) for row in rows]


def days(db: Connection) -> list[tuple[date, int]]:
    """The days on which photos came in and how many, the latest first."""
    rows = db.execute("SELECT day, count(*) FROM tray GROUP BY day ORDER BY day DESC").fetchall()
    return [(date.fromisoformat(day), count) for day, count in rows]


def names(db: Connection) -> set[tuple[str, int]]:
    """Name and size in bytes of every file that came in: what a folder holds besides is new."""
    return {(name, size) for name, size in db.execute("SELECT name, bytes FROM photo").fetchall()}


def shift(db: Connection, photos: Iterable[str], *, seconds: int) -> None:
    """Sets what is added to the times of these photos; the times themselves stay."""
    db.execute(
        """
        UPDATE photo SET shift_seconds = :seconds
         WHERE taken_at <> '' AND sha256 IN (SELECT value FROM json_each(:photos))""",
        {"seconds": seconds, "photos": json.dumps(list(photos))},
    )


def _photo(row: Row | tuple[Any, ...]) -> Photo:
    facts = dict(zip(Photo.__struct_fields__, row, strict=True))
    return msgspec.convert({**facts, "warnings": json.loads(facts["warnings"])}, Photo)
