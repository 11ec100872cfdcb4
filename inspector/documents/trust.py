"""Whether a signer's certificate was usable when it signed, and whether an office vouches for it.

pyHanko takes a root as it is, dates and usage unread; so both are judged here. Certificates of this program say
noRevAvail (RFC 9608): nobody publishes revocation lists, ending a person is a record of the ledger.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID

from inspector.model.errors import BadInput

_LONGEST_CHAIN = 4


def read_pem(data: bytes, *, path: str = "") -> tuple[x509.Certificate, ...]:
    """The certificates of a --trust file (`path`: where it lies): roots, intermediates, issued ones.
    Raises BadInput `trust-unreadable`."""
    try:
        return tuple(x509.load_pem_x509_certificates(data))
    except ValueError as error:
        raise BadInput("trust-unreadable", path=path) from error


def usable(certificate: x509.Certificate, at: datetime) -> str | None:
    """None if the certificate may sign documents at that time, else the key of what is wrong."""
    if not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
        return "verify-certificate-dates"
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return "verify-certificate-usage"
    if not (usage.digital_signature or usage.content_commitment):
        return "verify-certificate-usage"
    return None


def self_signed(certificate: x509.Certificate) -> bool:
    """Whether the certificate says nothing but its own word for its name."""
    return certificate.issuer == certificate.subject and issued_by(certificate, certificate)


def vouched(
    certificate: x509.Certificate, given: Sequence[x509.Certificate], at: datetime
) -> tuple[bool, bool]:
    """Whether one of the `given` certificates vouches for this one at that time, and whether only by an equal
    public key: the office certified this key later (登记), so what it signed before is proved as well, if under the
    same name."""
    if certificate in given and not is_ca(certificate):
        return True, False
    if _chains(certificate, given, at):
        return True, False
    key = public_key_sha256(certificate)
    for other in given:
        same = public_key_sha256(other) == key and common_name(other) == common_name(certificate)
        # Enrolled after the signature: the certificate is judged in its own first moment.
        if same and not is_ca(other) and _chains(other, given, max(at, other.not_valid_before_utc)):
            return True, True
    return False, False


def public_key_sha256(certificate: x509.Certificate) -> str:
    """The name of the key, whatever certificate speaks for it."""
    key = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(key).hexdigest()


def common_name(certificate: x509.Certificate) -> str:
    """The name that the certificate gives its holder, empty if none."""
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else ""


def _chains(certificate: x509.Certificate, given: Sequence[x509.Certificate], at: datetime) -> bool:
    """Whether a chain leads from the certificate to a self-signed CA of `given`, all of it valid at that time."""
    current = certificate
    if not _in_time(current, at):
        return False
    for _ in range(_LONGEST_CHAIN):
        above = [
            other for other in given if is_ca(other) and _in_time(other, at) and issued_by(current, other)
        ]
        if not above:
            return False
        if any(self_signed(other) for other in above):
            return True
        current = above[0]
    return False


def issued_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def _in_time(certificate: x509.Certificate, at: datetime) -> bool:
    return certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc


def is_ca(certificate: x509.Certificate) -> bool:
    """Whether the certificate may vouch for others."""
    try:
        ca = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value.key_cert_sign
    except x509.ExtensionNotFound:
        return False
    return ca and usage
