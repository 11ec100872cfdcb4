"""The root of an office: an X.509 CA over P-256 that certifies the keys which people already have.

Its key lies in a .p12 as those of people do; the sheet for the safe carries the same 32 bytes as letters. Certificates
that it issues say noRevAvail (RFC 9608): ending a person is a record of the ledger.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from datetime import UTC, datetime, timedelta

import msgspec
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from inspector.documents import certificates, trust
from inspector.model.errors import BadInput, Refused
from inspector.model.office import Statement

ROOT_YEARS = 20
ISSUED_YEARS = 10
_DAY = timedelta(days=1)
_SECRET_BYTES = 32
_CHECK_BYTES = 3
"""24 bits: a slip in typing the recovery code passes once in 16 million."""


class Authority(msgspec.Struct, frozen=True):
    """The root, unlocked."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate


class Request(msgspec.Struct, frozen=True):
    """What a person asks the office to certify: the key, who its holder says he is, his entity."""

    key: ec.EllipticCurvePublicKey
    name: str
    organisation: str
    person: str


def new_root(*, name: str, at: datetime) -> Authority:
    """A new root, named `name`; it holds from the day before `at` for twenty years."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, certificates.fitting(name))])
    start = at.astimezone(UTC).replace(microsecond=0)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start - _DAY)
        .not_valid_after(start + ROOT_YEARS * 365 * _DAY)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return Authority(key, certificate)


def certify(root: Authority, request: Request, *, at: datetime) -> x509.Certificate:
    """The root's certificate for the key of a person, under the name that the request says, for ten years and no
    longer than the root itself holds."""
    start = at.astimezone(UTC).replace(microsecond=0) - _DAY
    end = min(start + ISSUED_YEARS * 365 * _DAY, root.certificate.not_valid_after_utc)
    issuer = root.certificate.public_key()
    assert isinstance(issuer, ec.EllipticCurvePublicKey)
    return (
        certificates.of_person(
            request.key,
            subject=certificates.subject(
                name=request.name, organisation=request.organisation, person=request.person
            ),
            issuer=root.certificate.subject,
            issuer_key=issuer,
        )
        .not_valid_before(max(start, root.certificate.not_valid_before_utc))
        .not_valid_after(end)
        .sign(root.key, hashes.SHA256())
    )


def request(key: ec.EllipticCurvePrivateKey, *, name: str, organisation: str, person: str) -> bytes:
    """A request (PKCS #10, PEM) of a person who has this key: signing it proves that he has it."""
    subject = certificates.subject(name=name, organisation=organisation, person=person)
    made = x509.CertificateSigningRequestBuilder().subject_name(subject).sign(key, hashes.SHA256())
    return made.public_bytes(Encoding.PEM)


def read_request(data: bytes, *, path: str) -> Request:
    """What a request asks for (`path`: where it lies). Raises BadInput `office-request-unusable`: no request, not
    signed by its own key, no P-256, or without a name."""
    try:
        asked = x509.load_pem_x509_csr(data)
        key = asked.public_key()
        good = asked.is_signature_valid
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise BadInput("office-request-unusable", path=path) from error
    named = {oid: _text(asked.subject, oid) for oid in _NAMES}
    if not (good and isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1)):
        raise BadInput("office-request-unusable", path=path)
    if not named[NameOID.COMMON_NAME].strip():
        raise BadInput("office-request-unusable", path=path)
    return Request(
        key,
        named[NameOID.COMMON_NAME],
        named[NameOID.ORGANIZATION_NAME],
        named[NameOID.SERIAL_NUMBER],
    )


def sign(root: Authority, statement: Statement) -> Statement:
    """The statement with the root's signature."""
    made = root.key.sign(statement.signed(), ec.ECDSA(hashes.SHA256()))
    return msgspec.structs.replace(statement, signature=made.hex())


def says(root: x509.Certificate, statement: Statement) -> bool:
    """Whether the root's key has signed the statement."""
    key = root.public_key()
    try:
        assert isinstance(key, ec.EllipticCurvePublicKey)
        key.verify(bytes.fromhex(statement.signature), statement.signed(), ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, ValueError):
        return False
    return True


def root_of(data: bytes, *, path: str) -> tuple[x509.Certificate, tuple[x509.Certificate, ...]]:
    """The root in a PEM file, and the certificates in it that it has issued; others are left out.
    Raises BadInput `trust-unreadable`, `office-root-missing`: it holds no root of ours, or more than one."""
    given = trust.read_pem(data, path=path)
    roots = [one for one in given if trust.is_ca(one) and trust.self_signed(one)]
    if len(roots) != 1 or not isinstance(roots[0].public_key(), ec.EllipticCurvePublicKey):
        raise BadInput("office-root-missing", path=path)
    root = roots[0]
    return root, tuple(one for one in given if one != root and trust.issued_by(one, root))


def fingerprint(certificate: x509.Certificate) -> str:
    """The SHA-256 of the certificate (DER), in lower-case hex: what people read to each other."""
    return certificate.fingerprint(hashes.SHA256()).hex()


CODE_PREFIX = "INSPECTOR-ROOT:1:"
"""With base32 behind it, all of the text is in a QR code's alphanumeric set: two thirds of the area of bytes."""


def code_text(certificate: x509.Certificate) -> str:
    """What the QR code of a root says: it is public, as the root is, and is compared by its fingerprint."""
    der = certificate.public_bytes(Encoding.DER)
    return CODE_PREFIX + base64.b32encode(der).decode("ascii").rstrip("=")


def recovery_code(root: Authority) -> str:
    """The root's key as letters for the safe: 32 bytes and 3 of their hash in base32, 56 letters in groups of four."""
    secret = root.key.private_numbers().private_value.to_bytes(_SECRET_BYTES, "big")
    letters = base64.b32encode(secret + hashlib.sha256(secret).digest()[:_CHECK_BYTES]).decode("ascii")
    return " ".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def recovered(code: str, certificate: x509.Certificate) -> Authority:
    """The root out of its recovery code and its certificate. Blanks, hyphens and case do not matter; 0, 1 and 8 are
    read as the letters O, L and B that base32 has instead.
    Raises BadInput `office-code-invalid` (a slip in typing); Refused `office-code-other` (of another root)."""
    letters = "".join(code.upper().replace("-", "").split()).translate(str.maketrans("018", "OLB"))
    try:
        data = base64.b32decode(letters)
    except binascii.Error as error:
        raise BadInput("office-code-invalid") from error
    secret, check = data[:_SECRET_BYTES], data[_SECRET_BYTES:]
    if len(secret) != _SECRET_BYTES or hashlib.sha256(secret).digest()[:_CHECK_BYTES] != check:
        raise BadInput("office-code-invalid")
    try:
        key = ec.derive_private_key(int.from_bytes(secret, "big"), ec.SECP256R1())
    except ValueError as error:
        raise BadInput("office-code-invalid") from error
    if key.public_key() != certificate.public_key():
        raise Refused("office-code-other")
    return Authority(key, certificate)


_NAMES = (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME, NameOID.SERIAL_NUMBER)


def _text(name: x509.Name, oid: x509.ObjectIdentifier) -> str:
    found = name.get_attributes_for_oid(oid)
    return str(found[0].value) if found else ""


def _usage() -> x509.KeyUsage:
    """Signing certificates, and the statements of `model.office`."""
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
