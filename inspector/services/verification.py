"""Whether a document is genuine: by itself, and beside what this workspace's ledger knows of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import msgspec

from inspector.documents.verifier import verify_apart
from inspector.model.person import Person
from inspector.model.verdict import CLAIMS, NOT_TRUSTED, Line, Signature, Verdict

if TYPE_CHECKING:
    from inspector.store.inspections import Row
    from inspector.store.notices import Row as Paper
    from inspector.store.workspace import Workspace


def verify_file(path: Path, *, trust: Path | None = None) -> Verdict:
    """What the file says by itself, without a workspace; `trust` is a PEM file of an office's root and of the
    certificates that it issued. It takes about a second, in a child process that is stopped after ten.
    Raises BadInput for what is no document of ours, unreadable or over a limit (documents/verifier.py)."""
    return verify_apart(path, trust)


def in_workspace(workspace: Workspace, path: Path, *, trust: Path | None = None) -> Verdict:
    """The same beside the ledger: another file under a known number and another key under a known name are problems;
    a later document of the same inspection is named (有更正). Without `trust` the office's root that this laptop has
    pinned says whom it vouches for. Raises like `verify_file`."""
    # Not for `verify_file`, which is to start fast.
    from inspector.store import inspections, notices, people

    verdict = verify_apart(path, trust) if trust is not None else _by_the_pinned_root(workspace, path)
    if not verdict.number:
        return verdict
    if verdict.ledger != workspace.ledger:
        other = Line(key="verify-ledger-other", values={"ledger": verdict.ledger})
        return msgspec.structs.replace(verdict, notes=(*verdict.notes, other))
    with workspace.reading() as db:
        papers = notices.numbered(db, verdict.number)
        numbered = {row.sheet for row in inspections.numbered(db, verdict.number)}
        numbered |= {row.sheet for row in papers}
        documents = inspections.documents_of(db, verdict.entity)
        everybody = people.every(db)
    signers = tuple(_recognised(signer, everybody) for signer in verdict.signers)
    return msgspec.structs.replace(
        verdict,
        signers=signers,
        problems=(
            *verdict.problems,
            *_other_file(verdict, numbered),
            *_other_keys(signers, everybody),
        ),
        notes=(*_beside(verdict, numbered, documents), *_voided(papers), *verdict.notes),
    )


def _by_the_pinned_root(workspace: Workspace, path: Path) -> Verdict:
    """Whom the pinned root vouches for is proved; all others are what they are without it: not everybody is enrolled
    yet, and nobody has asked for that."""
    from inspector.services import office, statements

    if statements.pinned(workspace) is None:
        return verify_apart(path, None)
    with TemporaryDirectory(prefix="inspector-") as folder:
        pem = Path(folder, "root.pem")
        pem.write_bytes(office.trust_file(workspace))
        judged = verify_apart(path, pem)
    signers = tuple(msgspec.structs.replace(one, trusted=one.trusted or None) for one in judged.signers)
    problems = tuple(line for line in judged.problems if line.key != NOT_TRUSTED)
    return msgspec.structs.replace(
        judged,
        signers=signers,
        trusted=judged.trusted or None,
        problems=problems,
        notes=judged.notes if problems or not judged.number else CLAIMS,
    )


def _other_file(verdict: Verdict, numbered: Set[str]) -> Iterator[Line]:
    if numbered and verdict.file_sha256 not in numbered:
        yield Line(key="verify-ledger-differs", values={"number": verdict.number})


def _voided(papers: Sequence[Paper]) -> Iterator[Line]:
    """A document that was voided is genuine all the same: that it counts no more is said beside."""
    for row in papers:
        if row.void:
            yield Line(key="verify-ledger-void", values={"number": row.number, "reason": row.void})


def _beside(verdict: Verdict, numbered: Set[str], documents: Sequence[Row]) -> Iterator[Line]:
    """What the ledger adds: whether it has this file, and what replaced it."""
    if not numbered:
        yield Line(key="verify-ledger-unknown", values={"number": verdict.number})
    elif verdict.file_sha256 in numbered:
        yield Line(key="verify-ledger-same")
    for row in documents:
        if row.current and row.number != verdict.number:
            values: dict[str, str | int] = {"number": row.number, "date": row.made[:10]}
            yield Line(key="verify-ledger-corrected", values=values)


def _recognised(signer: Signature, everybody: Sequence[Person]) -> Signature:
    known = any(
        signer.public_key_sha256 in _keys(person) for person in everybody if person.name == signer.name
    )
    return msgspec.structs.replace(signer, known=known)


def _other_keys(signers: Sequence[Signature], everybody: Sequence[Person]) -> Iterator[Line]:
    """Those who bear the name of somebody here and sign with a key that nobody of that name has."""
    names = {person.name for person in everybody if person.certificates}
    for signer in signers:
        if signer.name in names and not signer.known:
            yield Line(key="verify-ledger-key", values={"name": signer.name})


def _keys(person: Person) -> Iterator[str]:
    from cryptography import x509

    from inspector.documents.trust import public_key_sha256

    for certificate in person.certificates:
        try:
            yield public_key_sha256(x509.load_der_x509_certificate(bytes.fromhex(certificate)))
        except ValueError:  # what another laptop wrote may be no certificate
            continue
