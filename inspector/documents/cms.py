"""The one spelling that a signature of ours has in a file.

Readers ignore much of what lies in /Contents: zeros behind the signature, the case of hex digits, certificates that
nobody asked for, unsigned attributes. About one in three flipped bits there went unnoticed by pyHanko (48 of 150,
measured 2026-11-24). So the whole is built again from what the signature proves (signed attributes, certificate) and
compared.
"""

from __future__ import annotations

from collections.abc import Sequence

from asn1crypto import cms
from cryptography import x509
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from inspector.documents.trust import issued_by

_MECHANISMS = {"ec": "sha256_ecdsa", "rsa": "sha256_rsa"}


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
        and _is_chain(signature)
    )


def _rebuilt(signature: EmbeddedPdfSignature) -> bytes:
    """CMS as RFC 5652 and ETSI EN 319 142-1 (B-B) have it, with nothing optional in it."""
    certificate = signature.signer_cert
    info = signature.signer_info
    digest = {"algorithm": "sha256"}
    whole = {
        "content_type": "signed_data",
        "content": {
            "version": "v1",
            "digest_algorithms": [digest],
            "encap_content_info": {"content_type": "data"},
            "certificates": [*signature.signed_data["certificates"]],
            "signer_infos": [
                {
                    "version": "v1",
                    "sid": {
                        "issuer_and_serial_number": {
                            "issuer": certificate.issuer,
                            "serial_number": certificate.serial_number,
                        }
                    },
                    "digest_algorithm": digest,
                    "signed_attrs": info["signed_attrs"],
                    "signature_algorithm": {"algorithm": _MECHANISMS[certificate.public_key.algorithm]},
                    "signature": info["signature"],
                }
            ],
        },
    }
    dumped: bytes = cms.ContentInfo(whole).dump(force=True)
    return dumped


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
