"""Questions over many entities at once, for the lists of the window: one statement each."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator

import msgspec

from inspector.store.findings import OPEN


class LastVisit(msgspec.Struct, frozen=True, kw_only=True):
    """The latest signed visit to a site; `begins` RFC 3339, `score` in tenths, None for a 补查."""

    site: str
    inspection: str
    begins: str
    score: int | None


class FoundBrief(msgspec.Struct, frozen=True, kw_only=True):
    """A finding in a few words. `photo` is the hash of its first photo, else empty."""

    id: str
    site: str
    item: str
    severity: str
    lead_unit: str
    photo: str


def last_visits(db: sqlite3.Connection, *, sites: Collection[str] | None = None) -> dict[str, LastVisit]:
    """The latest signed visit of every site that was visited, or of these, by site; a 补查 counts as a visit."""
    these = "" if sites is None else "AND site IN (SELECT value FROM json_each(:sites))"
    rows = db.execute(
        f"""
        SELECT site, entity, begins, score, max(unixepoch(begins)) FROM document
         WHERE current {these} GROUP BY site ORDER BY site""",
        {"sites": msgspec.json.encode(sorted(sites or ())).decode()},
    ).fetchall()
    return {
        site: LastVisit(site=site, inspection=entity, begins=begins, score=score)
        for site, entity, begins, score, _ in rows
    }


def open_dues(db: sqlite3.Connection) -> list[tuple[str, int]]:
    """When the findings that are still open are due (each a date or an instant), and how many then; without those that
    are not served yet or have no date."""
    return db.execute(f"""
        SELECT due, count(*) FROM finding WHERE due <> '' AND state IN {OPEN}
         GROUP BY due ORDER BY due""").fetchall()


def open_findings(db: sqlite3.Connection) -> int:
    """How many findings are open."""
    row = db.execute(f"SELECT count(*) FROM finding WHERE state IN {OPEN}").fetchone()
    return int(row[0])


def reported(db: sqlite3.Connection) -> int:
    """How many findings are reported as rectified and wait for a re-inspection."""
    row = db.execute("SELECT count(*) FROM finding WHERE state = 'reported'").fetchone()
    return int(row[0])


def found_between(db: sqlite3.Connection, begin: int, end: int) -> list[FoundBrief]:
    """The findings of visits that ended between two instants (seconds since 1970, `end` excluded), severe ones first;
    withdrawn ones are left out."""
    rows = db.execute(
        """
        SELECT finding.id, finding.site, finding.item, finding.severity, finding.lead_unit, entity.shown
          FROM finding JOIN entity ON entity.id = finding.id
         WHERE finding.state <> 'withdrawn' AND unixepoch(finding.found_on) >= :begin
           AND unixepoch(finding.found_on) < :end
           AND finding.found_on >= date(:begin, 'unixepoch', '-1 day')  -- by the index: local days, wherever that is
           AND finding.found_on < date(:end, 'unixepoch', '+2 days')
         ORDER BY finding.severity <> 'major', finding.found_on DESC, finding.id""",
        {"begin": begin, "end": end},
    ).fetchall()
    return [
        FoundBrief(id=id_, site=site, item=item, severity=severity, lead_unit=lead, photo=_first(shown))
        for id_, site, item, severity, lead, shown in rows
    ]


class FindingListed(msgspec.Struct, frozen=True, kw_only=True):
    """A finding as a long list needs it. `contested`: an objection or a transfer waits for an answer; `estimated`: its
    due date needs a year whose holidays are not known."""

    id: str
    state: str
    due: str
    site: str
    item: str
    severity: str
    lead_unit: str
    found_on: str
    text: str
    place: str
    photo: str
    contested: bool
    inspection: str
    helping: tuple[str, ...]
    estimated: bool


def findings_listed(db: sqlite3.Connection, *, closed: bool) -> Iterator[FindingListed]:
    """The open findings, with `closed` all of them, the latest found first, one by one: 100,000 at once would be 60 MB
    of what is not kept."""
    which = "" if closed else f"WHERE finding.state IN {OPEN}"
    rows = db.execute(f"""
        SELECT finding.id, finding.state, finding.due, finding.site, finding.item, finding.severity,
               finding.lead_unit, finding.found_on, finding.inspection, entity.shown
          FROM finding JOIN entity ON entity.id = finding.id {which}
         ORDER BY finding.found_on DESC, finding.id""")
    yield from map(_listed, rows)


def findings_urgent(db: sqlite3.Connection, *, most: int) -> list[FindingListed]:
    """The open findings that are due first, those without a date behind them, at most so many: what a screen shows
    before it has read all of them. 60 out of 100,000 take 40 to 60 ms (measured)."""
    rows = db.execute(
        f"""
        SELECT finding.id, finding.state, finding.due, finding.site, finding.item, finding.severity,
               finding.lead_unit, finding.found_on, finding.inspection, entity.shown
          FROM (SELECT id FROM finding WHERE state IN {OPEN}
                 ORDER BY due = '', due, id LIMIT :most) AS page
               JOIN finding ON finding.id = page.id JOIN entity ON entity.id = page.id
         ORDER BY finding.due = '', finding.due, finding.id""",
        {"most": most},
    ).fetchall()
    return [_listed(row) for row in rows]


def _listed(row: tuple[str, str, str, str, str, str, str, str, str, bytes]) -> FindingListed:
    try:
        said = msgspec.json.decode(row[9], type=_Said)
    except msgspec.ValidationError:  # written by a foreign program
        said = _Said()
    return FindingListed(
        id=row[0],
        state=row[1],
        due=row[2],
        site=row[3],
        item=row[4],
        severity=row[5],
        lead_unit=row[6],
        found_on=row[7],
        text=said.description,
        place=said.place,
        photo=said.photos[0].sha256 if said.photos else "",
        contested=any(one is not None and one.state == "open" for one in (said.objection, said.transfer)),
        inspection=row[8],
        helping=said.helping_units,
        estimated=said.due_estimated,
    )


def teams(db: sqlite3.Connection) -> dict[str, str]:
    """The team that made each inspection, by inspection."""
    return dict(
        db.execute("""
            SELECT entity, CAST(document AS TEXT) ->> 'team' FROM document WHERE current
             ORDER BY entity""").fetchall()
    )


def visits_between(db: sqlite3.Connection, begin: int, end: int) -> list[tuple[str, str, int | None, str]]:
    """The signed visits that began between two instants: (site, when it ended, score in tenths, inspection)."""
    return db.execute(
        """
        SELECT site, ends, score, entity FROM document
         WHERE current AND unixepoch(begins) >= :begin AND unixepoch(begins) < :end
         ORDER BY begins, entity""",
        {"begin": begin, "end": end},
    ).fetchall()


def photos_of_site(db: sqlite3.Connection, site: str, *, most: int) -> list[str]:
    """The latest photos of a site's findings, by their hashes."""
    rows = db.execute(
        """
        SELECT entity.shown FROM finding JOIN entity ON entity.id = finding.id
         WHERE finding.site = :site ORDER BY finding.found_on DESC, finding.id LIMIT :most""",
        {"site": site, "most": most},
    ).fetchall()
    return [photo for (shown,) in rows if (photo := _first(shown))]


class FindingHit(msgspec.Struct, frozen=True, kw_only=True):
    """A finding that a search met."""

    id: str
    item: str
    text: str
    place: str
    site_name: str
    state: str
    due: str


class DocumentHit(msgspec.Struct, frozen=True, kw_only=True):
    """A document that a search met; `made` RFC 3339."""

    inspection: str
    number: str
    made: str
    site_name: str


def search_findings(db: sqlite3.Connection, word: str, *, most: int) -> list[FindingHit]:
    """The latest findings in whose item, words, place or site's name `word` stands. LIKE over all rows: 55 ms for
    100,000 findings when nothing fits (measured); a full-text index finds no two characters."""
    rows = db.execute(
        """
        SELECT finding.id, finding.item, found.shown ->> 'description', found.shown ->> 'place',
               site.shown ->> 'name', finding.state, finding.due
          FROM finding JOIN entity AS found ON found.id = finding.id
               LEFT JOIN entity AS site ON site.id = finding.site
         WHERE finding.item LIKE :like OR found.shown ->> 'description' LIKE :like
               OR found.shown ->> 'place' LIKE :like OR site.shown ->> 'name' LIKE :like
         ORDER BY finding.found_on DESC, finding.id LIMIT :most""",
        {"like": f"%{word}%", "most": most},
    ).fetchall()
    return [
        FindingHit(
            id=id_, item=item, text=text or "", place=place or "", site_name=name or "", state=state, due=due
        )
        for id_, item, text, place, name, state, due in rows
    ]


def search_documents(db: sqlite3.Connection, word: str, *, most: int) -> list[DocumentHit]:
    """The latest documents whose number or site's name holds `word`, or whose content's hash begins with it."""
    rows = db.execute(
        """
        SELECT document.entity, document.number, document.made, site.shown ->> 'name'
          FROM document LEFT JOIN entity AS site ON site.id = document.site
         WHERE document.number LIKE :like OR document.content LIKE :first OR site.shown ->> 'name' LIKE :like
         ORDER BY document.begins DESC, document.entity, document.batch LIMIT :most""",
        {"like": f"%{word}%", "first": f"{word}%" if len(word) >= 4 else "-", "most": most},
    ).fetchall()
    return [
        DocumentHit(inspection=entity, number=number, made=made, site_name=name or "")
        for entity, number, made, name in rows
    ]


class _Shot(msgspec.Struct):
    sha256: str = ""


class _Asked(msgspec.Struct):
    state: str = ""


class _Said(msgspec.Struct):
    description: str = ""
    place: str = ""
    photos: tuple[_Shot, ...] = ()
    objection: _Asked | None = None
    transfer: _Asked | None = None
    helping_units: tuple[str, ...] = ()
    due_estimated: bool = False


class _Shown(msgspec.Struct):
    photos: tuple[_Shot, ...] = ()


def _first(shown: bytes) -> str:
    try:
        photos = msgspec.json.decode(shown, type=_Shown).photos
    except msgspec.ValidationError:
        return ""
    return photos[0].sha256 if photos else ""
