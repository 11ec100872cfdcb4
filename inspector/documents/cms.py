"""The one spelling that a signature of ours has in a file.

Readers ignore much of what lies in /Contents: zeros behind the signature, the case of hex digits, certificates that
nobody asked for, unsigned attributes. About one in three flipped bits there went unnoticed by pyHanko (48 of 150,
measured 2026-11-24). So the whole is built again from what the signature proves (signed attributes, certificate) and
compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from inspector.documents.trust import issued_by

if TYPE_CHECKING:
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""FIPS 186-4, D.1.2.3. Beside each signature (r, s) stands (r, order - s), which anybody can compute and every reader
accepts: here only the smaller s counts, so that what was signed has one spelling."""

_SEQUENCE, _SET = 0x30, 0x31
_ONE = bytes.fromhex("020101")
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_DATA = bytes.fromhex("300b06092a864886f70d010701")
_SHA256 = bytes.fromhex("300d06096086480165030402010500")
_ECDSA_SHA256 = bytes.fromhex("300a06082a8648ce3d040302")


def is_canonical(signature: EmbeddedPdfSignature, data: bytes) -> bool:
    """Whether the gap between the two signed ranges is exactly `<`, the upper-case hex of the only right CMS, zeros,
    `>`, and nothing else is unsigned."""
    ranges = [int(number) for number in signature.byte_range]
    if len(ranges) != 4 or ranges[0] != 0 or min(ranges) < 0:
        return False
    gap = data[ranges[1] : ranges[2]]
    rebuilt = _rebuilt(signature)
    digits = b"<" + rebuilt.hex().upper().encode("ascii")
    return (
        gap.startswith(digits)
        and gap[len(digits) : -1].strip(b"0") == b""
        and gap.endswith(b">")
        and len(gap) % 2 == 0
        and signature.pkcs7_content == bytes.fromhex(gap[1:-1].decode("ascii"))
        and _is_smaller(signature)
        and _is_chain(signature)
    )


def _is_smaller(signature: EmbeddedPdfSignature) -> bool:
    """Whether this is the one of the two equal values of ECDSA that counts here."""
    _, s = decode_dss_signature(signature.signer_info["signature"].native)
    return s <= P256_ORDER // 2


def _rebuilt(signature: EmbeddedPdfSignature) -> bytes:
    """CMS as RFC 5652 and ETSI EN 319 142-1 (B-B) have it, with nothing optional in it: ECDSA over SHA-256."""
    certificate, info = signature.signer_cert, signature.signer_info
    sid = _der(_SEQUENCE, certificate.issuer.dump(), certificate["tbs_certificate"]["serial_number"].dump())
    value = _der(0x04, info["signature"].native)
    signer = _der(_SEQUENCE, _ONE, sid, _SHA256, info["signed_attrs"].dump(), _ECDSA_SHA256, value)
    certificates = _der(0xA0, *(one.dump() for one in signature.signed_data["certificates"]))
    content = _der(_SEQUENCE, _ONE, _der(_SET, _SHA256), _DATA, certificates, _der(_SET, signer))
    return _der(_SEQUENCE, _SIGNED_DATA, _der(0xA0, content))


def _der(tag: int, *parts: bytes) -> bytes:
    """One value of DER. asn1crypto can build it as well, in 200 ms a signature instead of under one."""
    body = b"".join(parts)
    size = len(body).to_bytes((len(body).bit_length() + 7) // 8 or 1, "big")
    length = size if len(body) < 0x80 else bytes([0x80 | len(size)]) + size
    return bytes([tag]) + length + body


def _is_chain(signature: EmbeddedPdfSignature) -> bool:
    """Whether the certificates are the signer's and those that issued it, up to one that signs itself."""
    certificates = [
        x509.load_der_x509_certificate(one.dump())
        for one in (signature.signer_cert, *signature.other_embedded_certs)
    ]
    if len(certificates) != len(signature.signed_data["certificates"]):
        return False
    return len(certificates) == 1 or _is_path(certificates[0], certificates[1:])


def _is_path(certificate: x509.Certificate, others: Sequence[x509.Certificate]) -> bool:
    if not others:
        return issued_by(certificate, certificate)
    above = [other for other in others if issued_by(certificate, other)]
    return len(above) == 1 and _is_path(above[0], [other for other in others if other != above[0]])
