"""Whether a PDF is a document of ours, and whole: no workspace, no network.

No reader of PDF signatures is enough alone: pdfsig accepts an overlay, pyHanko accepts bytes after the end, a
cut-off signature, a third signer. The rules here refused every forgery of a list of 29 and every random bit flip
(docs/format.md, Verification). That the pages were drawn from the embedded content is vouched for by the
signatures, nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cryptography import x509
from pyhanko.pdf_utils.generic import PdfObject
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from inspector.documents import cms, kinds, reading, trust
from inspector.documents.kinds import Stated
from inspector.documents.reading import Opened, Says, attempt
from inspector.model import canonical
from inspector.model.errors import BadInput
from inspector.model.verdict import CLAIMS, NOT_TRUSTED, Line, Signature, Verdict

_Given = Sequence[x509.Certificate] | None


def examine(data: bytes, given: _Given = None, *, path: str = "") -> Verdict:
    """The answer about the bytes of a file (`path`: where they come from); `given` are the certificates to trust, None
    if nobody said so.
    Raises BadInput `verify-not-a-pdf`, `verify-unreadable` (nothing shows that it is ours), `verify-not-ours`."""
    if not data.startswith(b"%PDF-"):
        raise BadInput("verify-not-a-pdf", path=path)
    whole = attempt(reading.read, data[: max(reading.ends(data), default=0)])
    if whole is None and not reading.is_marked(data):
        raise BadInput("verify-unreadable", path=path)
    content = attempt(reading.signed_content, whole) if whole else None
    if content is None and not reading.is_marked(data):
        raise BadInput("verify-not-ours", path=path)
    verdict = attempt(_judged, data, whole, content, given) if whole else None
    return verdict or Verdict(file_sha256=canonical.sha256(data), problems=(Line(key="verify-damaged"),))


def _judged(data: bytes, whole: Opened, content: bytes | None, given: _Given) -> Verdict:
    name = canonical.sha256(data)
    stated = attempt(kinds.read, content) if content is not None else None
    if stated is None:
        return Verdict(file_sha256=name, problems=(Line(key="verify-content-missing"),))
    part = _until_last_expected(whole, stated)
    signers = tuple(_signature(one, given) for one in part.signatures)
    broken = list(_broken(part))
    incomplete = list(_incomplete(part, stated, signers))
    differing = list(_differing(whole, part, stated))
    added = list(_added(whole, part))
    sealed = bool(added) and len(whole.data) == len(data) and _only_sealed(whole)
    if len(part.data) < len(data) and not sealed:
        broken.append(Line(key="verify-added-bytes", values={"bytes": len(data) - len(part.data)}))
    if sealed and not (broken or incomplete or differing):
        added.append(Line(key="verify-signed-unchanged", values={"count": len(signers)}))
    problems = (*broken, *incomplete, *differing, *added, *_doubtful(part, signers))
    return Verdict(
        kind=stated.kind,
        ledger=stated.ledger,
        entity=stated.entity,
        number=stated.number,
        title=stated.title,
        content_sha256=canonical.sha256(content or b""),
        file_sha256=name,
        intact=not broken,
        complete=not incomplete,
        data_matches=not differing,
        trusted=None if given is None else bool(signers) and all(one.trusted for one in signers),
        appended=len(part.data) < len(data),
        claimed_time=signers[-1].time if signers else "",
        signers=signers,
        problems=problems,
        notes=() if problems else CLAIMS,
    )


def _until_last_expected(whole: Opened, stated: Stated) -> Opened:
    """The file as it was when the last signer that the content names had signed: later bytes are looked at apart."""
    names = {expected.field for expected in stated.signers}
    if names & set(whole.unreadable):
        return whole
    expected = [one for one in whole.signatures if one.field_name in names and len(one.byte_range) == 4]
    end = max((int(one.byte_range[2]) + int(one.byte_range[3]) for one in expected), default=0)
    if not 0 < end < len(whole.data):
        return whole
    return attempt(reading.read, whole.data[:end]) or whole


def _broken(part: Opened) -> Iterator[Line]:
    """What is wrong with the bytes: a signature, or the way in which signatures cover the file."""
    count = len(part.signatures)
    revisions = part.reader.xrefs.total_revisions
    for field in part.unreadable:
        yield Line(key="verify-signature-unreadable", values={"field": field})
    if not part.data.startswith(b"%PDF-1.7\n") or len(list(reading.ends(part.data))) != revisions:
        yield Line(key="verify-structure")
    if revisions != count + 1:
        yield Line(key="verify-revisions", values={"revisions": revisions, "signatures": count})
    for number, signature in enumerate(part.signatures, 1):
        about: dict[str, str | int] = {"name": reading.name(signature)}
        status = attempt(_status, signature)
        if status is None or not (status.intact and status.valid):
            yield Line(key="verify-signature-broken", values=about)
        elif not status.docmdp_ok or not attempt(_only_signed, part, signature):
            yield Line(key="verify-changed-after", values=about)
        elif not _covers(status, signature, number, last=number == count):
            yield Line(key="verify-coverage", values=about)
        if not attempt(cms.is_canonical, signature, part.data):
            yield Line(key="verify-padding", values=about)


def _status(signature: EmbeddedPdfSignature) -> PdfSignatureStatus:
    """pyHanko's view, with the signer's certificate taken as good: whom to trust is judged in trust.py."""
    context = ValidationContext(trust_roots=[signature.signer_cert], allow_fetching=False)
    return validate_pdf_signature(signature, context)


def _covers(status: PdfSignatureStatus, signature: EmbeddedPdfSignature, number: int, *, last: bool) -> bool:
    wanted = SignatureCoverageLevel.ENTIRE_FILE if last else SignatureCoverageLevel.ENTIRE_REVISION
    return status.coverage is wanted and signature.signed_revision == number and status.bottom_line


def _only_signed(part: Opened, signature: EmbeddedPdfSignature) -> bool:
    """Whether the revision of a signature changed nothing but what signing changes: pyHanko lets a signer add
    validation data and change metadata as well."""
    root = part.reader.root
    touched = part.reader.xrefs.explicit_refs_in_revision(signature.signed_revision)
    changing = (root, root["/AcroForm"], signature.sig_field, signature.sig_object)
    return {reference.idnum for reference in touched} <= {_number(one) for one in changing}


def _number(thing: PdfObject) -> int:
    """The number of an indirect object."""
    return int(getattr(thing.container_ref, "idnum", 0))


def _incomplete(part: Opened, stated: Stated, signers: Sequence[Signature]) -> Iterator[Line]:
    """Exactly those that the content names must have signed, each in the field and with the certificate that it
    names; the first of them certifies."""
    if attempt(reading.fields, part.reader) != [expected.field for expected in stated.signers]:
        yield Line(key="verify-fields")
    by_field = {signer.field: signer for signer in signers}
    for expected in stated.signers:
        about: dict[str, str | int] = {"name": expected.name}
        signer = by_field.pop(expected.field, None)
        if signer is None:
            yield Line(key="verify-signer-missing", values=about)
        elif signer.certificate_sha256 != expected.certificate_sha256:
            yield Line(key="verify-signer-other", values={**about, "found": signer.name})
        elif signer.name != expected.name:
            yield Line(key="verify-signer-name", values={**about, "found": signer.name})
    for signer in by_field.values():
        yield Line(key="verify-signer-extra", values={"name": signer.name})
    people = {expected.certificate_sha256 for expected in stated.signers}
    if len(people) < max(stated.least, len(stated.signers)):
        yield Line(key="verify-signers-too-few", values={"count": len(people), "least": stated.least})
    levels = [attempt(lambda one: one.docmdp_level, signature) for signature in part.signatures]
    if levels and levels != [MDPPerm.FILL_FORMS] + [None] * (len(levels) - 1):
        yield Line(key="verify-not-certified")


def _differing(whole: Opened, part: Opened, stated: Stated) -> Iterator[Line]:
    """Where the file says one thing about itself and the content another."""
    content = attempt(reading.attached, part.reader)
    replaced = attempt(reading.attached, whole.reader) != content
    if content is None or replaced or attempt(kinds.read, content) != stated:
        yield Line(key="verify-content-replaced")
        return
    wanted = Says(stated.title, stated.number, canonical.sha256(content))
    if attempt(reading.info, part.reader) != wanted or attempt(reading.xmp, part.reader) != wanted:
        yield Line(key="verify-metadata-differs")


def _added(whole: Opened, part: Opened) -> Iterator[Line]:
    """Who signed after the last expected signature."""
    ours = {signature.field_name for signature in part.signatures}
    for signature in whole.signatures:
        if signature.field_name not in ours:
            yield Line(key="verify-added-signature", values={"name": reading.name(signature)})


def _only_sealed(whole: Opened) -> bool:
    """Whether what came after the expected signatures is signatures and nothing else, up to the end."""
    first, last = (attempt(_status, whole.signatures[index]) for index in (0, -1))
    unchanged = first is not None and first.intact and first.valid and first.docmdp_ok
    return bool(unchanged and last is not None and last.coverage is SignatureCoverageLevel.ENTIRE_FILE)


def _doubtful(part: Opened, signers: Sequence[Signature]) -> Iterator[Line]:
    """Certificates that were not good at the time that the signature claims, and signers that nobody vouches for."""
    for signature in part.signatures:
        at = reading.claimed(signature)
        key = trust.usable(reading.certificate(signature), at) if at else "verify-no-time"
        if key:
            yield Line(key=key, values={"name": reading.name(signature)})
    for signer in signers:
        if signer.trusted is False:
            yield Line(key=NOT_TRUSTED, values={"name": signer.name})


def _signature(signature: EmbeddedPdfSignature, given: _Given) -> Signature:
    certificate = reading.certificate(signature)
    at = reading.claimed(signature)
    trusted: bool | None = None
    by_public_key = False
    if given is not None:
        trusted, by_public_key = trust.vouched(certificate, given, at) if at else (False, False)
    return Signature(
        field=signature.field_name,
        name=trust.common_name(certificate),
        certificate_sha256=canonical.sha256(signature.signer_cert.dump()),
        public_key_sha256=trust.public_key_sha256(certificate),
        time=at.isoformat() if at else "",
        self_signed=trust.self_signed(certificate),
        trusted=trusted,
        by_public_key=by_public_key,
    )
