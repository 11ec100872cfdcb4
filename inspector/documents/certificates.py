"""A person's key and certificate: P-256, self-signed for ten years, in a .p12 that its owner may copy."""

from __future__ import annotations

import hashlib
import os
from datetime import UTC, datetime, timedelta

import msgspec
from asn1crypto import pkcs12 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, hmac, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from inspector.model.errors import BadInput, Refused
from inspector.model.person import MAX_NAME_BYTES, MIN_PASSPHRASE

YEARS = 10
ROUNDS = 600_000
"""Of PBKDF2-HMAC-SHA-256 for the key, and of the file's own check. Source: OWASP Password Storage Cheat Sheet
(2023) for PBKDF2 with SHA-256; writing or opening a file takes about 0.5 s (measured 2026-11-25)."""

NO_REVOCATION = x509.UnrecognizedExtension(x509.ObjectIdentifier("2.5.29.56"), b"\x05\x00")
"""noRevAvail (RFC 9608): nobody here publishes revocation lists, and the certificate says so."""

_DAY = timedelta(days=1)


class Identity(msgspec.Struct, frozen=True):
    """A new key with its certificate: the .p12 file and the certificate (DER)."""

    p12: bytes
    certificate: bytes


def new_identity(*, person: str, name: str, organisation: str, passphrase: str, at: datetime) -> Identity:
    """A new key for a person, sealed under `passphrase`. The certificate names the person, the organisation and, as
    serialNumber, the entity `person` (two people may share a name); it holds from the day before `at`, since the
    clocks of laptops differ, to ten years later.
    Raises Refused `passphrase-too-short`."""
    require_passphrase(passphrase)
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = self_signed(key, person=person, name=name, organisation=organisation, at=at)
    return Identity(
        seal(key, certificate, passphrase=passphrase), certificate.public_bytes(serialization.Encoding.DER)
    )


def require_passphrase(passphrase: str) -> None:
    """Raises Refused `passphrase-too-short`."""
    if len(passphrase) < MIN_PASSPHRASE:
        raise Refused("passphrase-too-short", least=MIN_PASSPHRASE)


def seal(key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate, *, passphrase: str) -> bytes:
    """The .p12 of a key and its certificate: PBES2 with AES-256-CBC, 600,000 rounds.

    The library checks the passphrase by a MAC of 2,048 rounds: whoever guesses would guess there. It is made again
    with as many rounds as the key has."""
    secret = passphrase.encode("utf-8")
    sealed = (
        serialization.PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(ROUNDS)
        .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(hashes.SHA256())
        .build(secret)
    )
    return _slow_mac(pkcs12.serialize_key_and_certificates(None, key, certificate, None, sealed), passphrase)


def opened(p12: bytes, passphrase: str) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    """The key and its certificate in a .p12 file. Raises Refused `passphrase-wrong`, BadInput `p12-unusable` for a
    file that holds no P-256 key with its certificate."""
    try:
        asn1.Pfx.load(p12)["auth_safe"].native  # noqa: B018  # reads it: what is no such file has no passphrase
    except (ValueError, TypeError) as error:
        raise BadInput("p12-unusable") from error
    try:
        key, certificate, _ = pkcs12.load_key_and_certificates(p12, passphrase.encode("utf-8"))
    except ValueError as error:
        raise Refused("passphrase-wrong") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or certificate is None:
        raise BadInput("p12-unusable")
    if not isinstance(key.curve, ec.SECP256R1) or key.public_key() != certificate.public_key():
        raise BadInput("p12-unusable")
    return key, certificate


def organisation(certificate: x509.Certificate) -> str:
    """The organisation of the holder, empty if the certificate names none."""
    names = certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    return str(names[0].value) if names else ""


def subject(*, name: str, organisation: str, person: str) -> x509.Name:
    """How a certificate names its holder: the person's entity is the serialNumber, for two may share a name."""
    parts = [x509.NameAttribute(NameOID.COMMON_NAME, fitting(name))]
    if organisation:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, fitting(organisation)))
    if person:
        parts.append(x509.NameAttribute(NameOID.SERIAL_NUMBER, person))
    return x509.Name(parts)


def of_person(
    key: ec.EllipticCurvePublicKey,
    *,
    subject: x509.Name,
    issuer: x509.Name,
    issuer_key: ec.EllipticCurvePublicKey,
) -> x509.CertificateBuilder:
    """A certificate for signing documents, by whomever it is issued; its dates are not set yet."""
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key), critical=False)
        .add_extension(NO_REVOCATION, critical=False)
    )


def fitting(text: str) -> str:
    """As much of a name as a certificate holds (X.520: 64), whole characters."""
    return text.encode("utf-8")[:MAX_NAME_BYTES].decode("utf-8", "ignore")


def self_signed(
    key: ec.EllipticCurvePrivateKey, *, person: str, name: str, organisation: str, at: datetime
) -> x509.Certificate:
    """A certificate in which a person speaks for himself, from the day before `at` for ten years."""
    holder = subject(name=name, organisation=organisation, person=person)
    start = at.astimezone(UTC).replace(microsecond=0)
    return (
        of_person(key.public_key(), subject=holder, issuer=holder, issuer_key=key.public_key())
        .not_valid_before(start - _DAY)
        .not_valid_after(start + YEARS * 365 * _DAY)
        .sign(key, hashes.SHA256())
    )


def _usage() -> x509.KeyUsage:
    """Signing documents, and nothing else."""
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


def _slow_mac(p12: bytes, passphrase: str) -> bytes:
    """The same file with a MAC of ROUNDS rounds (RFC 7292, section 5 and appendix B, for SHA-256)."""
    file = asn1.Pfx.load(p12)
    salt = os.urandom(16)
    mac = hmac.HMAC(_mac_key(passphrase, salt), hashes.SHA256())
    mac.update(file["auth_safe"]["content"].contents)
    file["mac_data"] = {
        "mac": {"digest_algorithm": {"algorithm": "sha256"}, "digest": mac.finalize()},
        "mac_salt": salt,
        "iterations": ROUNDS,
    }
    dumped: bytes = file.dump()
    return dumped


def _mac_key(passphrase: str, salt: bytes) -> bytes:
    """Appendix B.2 for a key as long as one SHA-256: its blocks are 64 bytes, the purpose of a MAC is 3."""
    secret = passphrase.encode("utf-16-be") + b"\x00\x00"
    derived = bytes([3]) * 64 + _blocks(salt) + _blocks(secret)
    for _ in range(ROUNDS):
        derived = hashlib.sha256(derived).digest()
    return derived


def _blocks(data: bytes) -> bytes:
    """`data` repeated to fill whole blocks of 64 bytes."""
    length = -(-len(data) // 64) * 64
    return (data * (length // len(data) + 1))[:length]
