"""Signing a finished document: one PAdES-B-B signature for each empty field, by keys of people (P-256).

The first signature certifies the document (DocMDP 2: only further signatures may be added), the others approve.
Signing never touches what is there: it appends one revision of about 4 KB.
"""

from __future__ import annotations

import logging
from datetime import datetime
from io import BytesIO
from typing import Any

import cryptography.x509
from asn1crypto import keys, x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from pyhanko.pdf_utils.generic import DictionaryObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko_certvalidator.registry import SimpleCertificateStore

from inspector.documents.cms import P256_ORDER
from inspector.model.errors import Refused

_log = logging.getLogger(__name__)
_P256_SIGNATURE_BYTES = 72
"""The longest DER of an ECDSA signature over P-256."""
_CMS_BYTES = 640
"""What surrounds certificate and issuer: signed attributes, algorithms, the value. Measured: 439 at most."""


class Signer(SimpleSigner):
    """A person's key, unlocked once; the passphrase is not kept. pyHanko's own signer parses and checks the key
    at every call and signs twice (once to learn the length): 257 ms instead of 42 ms for RSA."""

    def __init__(self, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> None:
        plain = key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        super().__init__(
            signing_cert=certificate,
            signing_key=keys.PrivateKeyInfo.load(plain),
            cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]
        )
        self._key = key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        if dry_run:
            return bytes(_P256_SIGNATURE_BYTES)
        r, s = decode_dss_signature(self._key.sign(data, ec.ECDSA(hashes.SHA256())))
        return encode_dss_signature(r, min(s, P256_ORDER - s))


def signer(key: ec.EllipticCurvePrivateKey, certificate: cryptography.x509.Certificate) -> Signer:
    """The signer of an unlocked key and a certificate that speaks of it."""
    return Signer(key, x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER)))


class _Appending(IncrementalPdfFileWriter):
    """Appends nothing but the signature: Info, XMP and version stay as the page maker wrote them, else the file
    is no longer PDF/A (ISO 19005-3 6.1.2, 6.6.2). Tied to pyHanko 0.38; a test reads the signed file."""

    def _update_meta(self) -> None:
        return None

    def ensure_output_version(self, version: Any) -> None:
        return None

    def register_extension(self, ext: Any) -> None:
        return None


class _At(PdfSigner):
    """A signer with a clock of its own."""

    def __init__(self, metadata: PdfSignatureMetadata, signer: SimpleSigner, at: datetime) -> None:
        super().__init__(metadata, signer)
        self._at = at

    def init_signing_session(self, *given: Any, **named: Any) -> PdfSigningSession:
        session = super().init_signing_session(*given, **named)
        session.system_time = self._at
        return session


def sign(pdf: bytes, *, field: str, signer: SimpleSigner, certify: bool, at: datetime) -> bytes:
    """`pdf` with the signature of `signer` in the empty field `field`. `certify` for the first signature only;
    `at` (with offset) is the time that the signature claims.
    Raises Refused `signature-field-taken`, `signature-field-unknown`; must not run inside an event loop."""
    metadata = PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        name=_common_name(signer),
        certify=certify,
        docmdp_permissions=MDPPerm.FILL_FORMS,
        subfilter=SigSeedSubFilter.PADES,
    )
    writer = _Appending(BytesIO(pdf))
    _require_empty(writer, field)
    out = BytesIO()
    _At(metadata, signer, at).sign_pdf(
        writer, output=out, existing_fields_only=True, bytes_reserved=_room(signer)
    )
    signed = out.getvalue()
    _log.info("signed field %s, %d bytes", field, len(signed))
    return signed


def _room(signer: SimpleSigner) -> int | None:
    """Hex digits to reserve for the signature: for its certificate, the issuer's name, and _CMS_BYTES. Left to itself
    pyHanko makes the whole signature twice to learn this, which is 40 % of the time of signing."""
    certificate = signer.signing_cert
    if certificate is None:
        return None
    return 2 * (len(certificate.dump()) + len(certificate.issuer.dump()) + _CMS_BYTES)


def signed_fields(pdf: bytes) -> tuple[str, ...]:
    """The names of the signature fields that are filled, in the order of the form. Nothing is verified."""
    fields = _fields(PdfFileReader(BytesIO(pdf)).root)
    return tuple(name for name, field in fields.items() if "/V" in field)


def _require_empty(writer: IncrementalPdfFileWriter, field: str) -> None:
    fields = _fields(writer.root)
    if field not in fields:
        raise Refused("signature-field-unknown", field=field)
    if "/V" in fields[field]:
        raise Refused("signature-field-taken", field=field)


def _fields(root: DictionaryObject) -> dict[str, DictionaryObject]:
    if "/AcroForm" not in root:
        return {}
    fields = (entry.get_object() for entry in root["/AcroForm"]["/Fields"])
    return {str(field["/T"]): field for field in fields}


def _common_name(signer: SimpleSigner) -> str:
    certificate = signer.signing_cert
    name = certificate.subject.native.get("common_name", "") if certificate else ""
    return name if isinstance(name, str) else ""
