"""What is proven about a signed document, and what is not, line by line: for whoever has to answer for it.

Proven is what follows from hashes and signatures alone. A time is a claim of somebody's clock, a photo's time of a
camera or of a file's name; what a page says is as true as the people who signed it.
"""

from __future__ import annotations

from collections.abc import Iterator
from sqlite3 import Connection

import msgspec

from inspector.model.errors import BadInput, Refused
from inspector.model.inspection import Choice, Content, Evidence
from inspector.model.notice import Document, Received
from inspector.model.photo import TimeSource
from inspector.model.verdict import Line, Signature, Verdict
from inspector.services import copies, receipts, verification
from inspector.store import blobs, inspections, notices
from inspector.store.workspace import Workspace


class Audit(msgspec.Struct, frozen=True, kw_only=True):
    """The answer about one document: `wrong` is what is wrong with it, `proven` what follows from hashes and signatures
    alone, `claimed` what somebody says. Each line names its text."""

    entity: str
    number: str
    title: str
    wrong: tuple[Line, ...]
    proven: tuple[Line, ...]
    claimed: tuple[Line, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong: the file is as it was signed, by all who had to, with certificates that held."""
        return not self.wrong


class _Subject(msgspec.Struct, frozen=True, kw_only=True):
    """The document that is looked at: the blob of its PDF, and what it says."""

    entity: str
    sheet: str
    content: Content | Document


def of(workspace: Workspace, which: str) -> Audit:
    """The audit of a signed document by its entity, printed number or the 16 hex of its hash. It takes a second or two.
    Raises BadInput `audit-unknown`, `inspection-ambiguous`, `notice-ambiguous`; Refused `audit-not-signed`; Damaged
    `blob-damaged`, Environment `blob-missing`."""
    subject = _subject(workspace, which)
    verdict = _verdict(workspace, subject)
    content = subject.content
    wrong = list(_wrong(verdict, content))
    with workspace.reading() as db:
        written = _written(db, subject)
        proven = [
            *([] if _changed(verdict) else [_file(verdict)]),
            *_signatures(verdict),
            *(_counterpart(content) if isinstance(content, Content) else ()),
            *(_ledger(db, workspace, written) if written else ()),
            *_later(db, subject),
        ]
    photos = _photos(content)
    here = blobs.names(workspace)
    missing = sum(photo.sha256 not in here for photo in photos)
    if photos:
        proven.append(Line(key="audit-photos", values={"count": len(photos), "here": len(photos) - missing}))
    claimed = [
        *(_photo(number, photo, photo.sha256 in here) for number, photo in enumerate(photos, 1)),
        *_held(workspace, subject),
        *_unproven(verdict, content),
    ]
    return Audit(
        entity=subject.entity,
        number=content.number,
        title=content.heading,
        wrong=tuple(wrong),
        proven=tuple(proven),
        claimed=tuple(claimed),
    )


def _subject(workspace: Workspace, which: str) -> _Subject:
    with workspace.reading() as db:
        try:
            # A number may be that of an earlier document of the inspection.
            row = next((row for row in inspections.numbered(db, which)), None) or inspections.one(db, which)
            return _Subject(entity=row.id, sheet=row.sheet, content=inspections.document(db, row))
        except BadInput as error:
            if error.key != "inspection-unknown":
                raise
        try:
            paper = notices.one(db, which)
        except BadInput as error:
            if error.key != "notice-unknown":
                raise
            raise BadInput("audit-unknown", document=which) from error
        if not paper.sheet:
            raise Refused("audit-not-signed", document=which)
        return _Subject(entity=paper.id, sheet=paper.sheet, content=notices.document(db, paper))


def _verdict(workspace: Workspace, subject: _Subject) -> Verdict:
    file = blobs.path(workspace, subject.sheet)
    blobs.read(workspace, subject.sheet)  # a damaged or missing file is told as what it is
    return verification.in_workspace(workspace, file)


def _changed(verdict: Verdict) -> bool:
    """Whether the file is not as it was signed by all."""
    return not (verdict.intact and verdict.complete and verdict.data_matches) or verdict.appended


def _file(verdict: Verdict) -> Line:
    return Line(key="audit-file", values={"digits": verdict.file_sha256[:16]})


def _wrong(verdict: Verdict, content: Content | Document) -> Iterator[Line]:
    """What is wrong with the file, or with what the counterpart was shown."""
    if _changed(verdict):
        yield Line(key="audit-file-not-whole", values={"digits": verdict.file_sha256[:16]})
    yield from verdict.problems
    if isinstance(content, Content):
        act = content.counterpart
        if act is not None and act.choice is not Choice.NOT_NEEDED and act.shown != content.shown():
            yield Line(key="audit-counterpart-other")


def _signatures(verdict: Verdict) -> Iterator[Line]:
    """Who signed in which order: each signature covers the file with all that stand before it."""
    for place, signer in enumerate(verdict.signers, 1):
        values: dict[str, str | int] = {
            "place": place,
            "name": signer.name,
            "digits": signer.certificate_sha256[:16],
        }
        yield Line(key="audit-signer-first" if place == 1 else "audit-signer-then", values=values)
        yield Line(key=_standing(signer), values={"name": signer.name})


def _standing(signer: Signature) -> str:
    if signer.trusted:
        return "audit-signer-enrolled-later" if signer.by_public_key else "audit-signer-enrolled"
    return "audit-signer-listed" if signer.known else "audit-signer-stranger"


def _counterpart(content: Content) -> Iterator[Line]:
    act = content.counterpart
    if act is None or act.choice is Choice.NOT_NEEDED:
        yield Line(key="audit-counterpart-none")
        return
    values: dict[str, str | int] = {"name": act.name, "position": act.position, "at": _minute(act.at)}
    yield Line(key=f"audit-counterpart-{act.choice.value}", values=values)
    if act.shown == content.shown():
        yield Line(key="audit-counterpart-same")


class _Written(msgspec.Struct, frozen=True):
    """The batch that brought the document into the ledger."""

    batch: str
    device: str
    seq: int
    wall: str


def _written(db: Connection, subject: _Subject) -> _Written | None:
    row = db.execute(
        "SELECT batch.hash, batch.device, batch.seq, batch.header FROM record_blob"
        " JOIN record ON record.entity = record_blob.entity JOIN batch ON batch.hash = record.batch"
        " WHERE record_blob.blob = :sheet AND record_blob.entity = :entity"
        " AND instr(record.body, :sheet) ORDER BY record.instant, batch.hash LIMIT 1",
        {"sheet": subject.sheet, "entity": subject.entity},
    ).fetchone()
    if row is None:
        return None
    return _Written(row[0], row[1], row[2], msgspec.json.decode(row[3], type=_Header).wall)


def _ledger(db: Connection, workspace: Workspace, written: _Written) -> Iterator[Line]:
    """Which device wrote it, how much of its chain stands on it, who else's record stands on it."""
    (after,) = db.execute(
        "SELECT count(*) FROM batch WHERE device = ? AND seq > ?", (written.device, written.seq)
    ).fetchone()
    labels = {seen.device: seen.label for seen in receipts.others(workspace)}
    labels[workspace.device.id] = receipts.label(db)
    values: dict[str, str | int] = {
        "device": labels.get(written.device) or written.device[:8],
        "seq": written.seq,
        "after": after,
        "digits": written.batch[:16],
    }
    yield Line(key="audit-ledger", values=values)
    other = db.execute(
        "SELECT batch.device, batch.header FROM record JOIN batch ON batch.hash = record.batch"
        " WHERE record.entity IN (SELECT entity FROM record WHERE batch = :batch)"
        " AND instr(record.parents, :batch) AND batch.device <> :device"
        " ORDER BY record.instant, batch.hash LIMIT 1",
        {"batch": written.batch, "device": written.device},
    ).fetchone()
    if other:
        at = msgspec.json.decode(other[1], type=_Header).wall
        name = labels.get(other[0]) or other[0][:8]
        yield Line(key="audit-known-elsewhere", values={"device": name, "at": _minute(at)})


def _later(db: Connection, subject: _Subject) -> Iterator[Line]:
    """What replaced the document, and what it replaced; a document that was voided."""
    content = subject.content
    if not isinstance(content, Content):
        row = notices.one(db, subject.entity)
        if row.void:
            values: dict[str, str | int] = {"reason": row.void, "at": _minute(row.voided)}
            yield Line(key="audit-void", values=values)
        return
    if content.corrects:
        yield Line(
            key="audit-corrects", values={"number": content.corrects.number, "why": content.corrects.why}
        )
    documents = [inspections.document(db, row) for row in inspections.documents_of(db, subject.entity)]
    later = [one for one in documents if one.corrects and one.corrects.number == content.number]
    for one in later:
        assert one.corrects is not None
        values = {"number": one.number, "at": _minute(one.made), "why": one.corrects.why}
        yield Line(key="audit-corrected", values=values)
    if not later:
        yield Line(key="audit-not-corrected")


def _photos(content: Content | Document) -> tuple[Evidence, ...]:
    found = {photo.sha256: photo for photo in content.evidence()}
    return tuple(found.values())


def _photo(number: int, photo: Evidence, here: bool) -> Line:
    """A photo's time is what its source says: nobody has witnessed it."""
    source = TimeSource(photo.taken_source) if photo.taken_source in set(TimeSource) else TimeSource.NONE
    at = photo.shifted or photo.taken_at
    if not at:
        source = TimeSource.NONE
    return Line(
        key=f"audit-photo-{source.value.replace('_', '-')}" if here else "audit-photo-missing",
        values={"n": number, "digits": photo.sha256[:8], "at": _minute(at)},
    )


def _held(workspace: Workspace, subject: _Subject) -> Iterator[Line]:
    """Which other laptops said, signed, that they hold it."""
    if not isinstance(subject.content, Content):
        return
    standing = copies.of_inspection(workspace, subject.entity)
    if standing.copy is copies.Copy.SECOND:
        for name in standing.where:
            yield Line(key="audit-held", values={"device": name})
    else:
        yield Line(key="audit-held-nowhere")


def _unproven(verdict: Verdict, content: Content | Document) -> Iterator[Line]:
    yield Line(key="audit-times", values={"times": _listed(_minute(one.time) for one in verdict.signers)})
    if any(not signer.trusted for signer in verdict.signers):
        yield Line(key="audit-identity")
    yield Line(key="audit-pages")
    act = content.counterpart if isinstance(content, Content) else _received(content)
    if act is not None:
        yield Line(key="audit-counterpart-identity")
    yield Line(key="audit-facts")


def _received(content: Document) -> Received | None:
    return getattr(content, "received", None)


class _Header(msgspec.Struct):
    wall: str


def _minute(text: str) -> str:
    return text[:16].replace("T", " ")


def _listed(parts: Iterator[str]) -> str:
    return ", ".join(parts)
