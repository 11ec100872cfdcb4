"""People with keys, an office with a root, and a sheet that two of them signed."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import NamedTuple

import msgspec
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from inspector.documents import certificates, page, pdfa, sheet, sign
from inspector.documents.flow import Text
from inspector.model import canonical
from inspector.model.inspection import Content
from tests.documents.sheets import Made, finding, made

AT = dt.datetime.fromisoformat("2026-10-13T11:20:00+08:00")
YEAR = dt.timedelta(days=365)
PASSPHRASE = "example1"


class Key(NamedTuple):
    """A key and a certificate for it."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def signer(self) -> sign.Signer:
        return sign.Signer(self.key, asn1.Certificate.load(self.certificate.public_bytes(Encoding.DER)))

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)


def key(
    name: str,
    *,
    by: Key | None = None,
    of: Key | None = None,
    ca: bool = False,
    begins: dt.datetime = AT - YEAR,
    ends: dt.datetime = AT + YEAR,
    signs: bool = True,
) -> Key:
    """A certificate: self-signed, or issued `by` an office; for a new key, or for the one `of` somebody."""
    mine = of.key if of else ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    usage = dict.fromkeys(("key_encipherment", "data_encipherment", "key_agreement", "crl_sign"), False)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by.certificate.subject if by else subject)
        .public_key(mine.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=signs,
                content_commitment=signs,
                key_cert_sign=ca or not signs,
                encipher_only=False,
                decipher_only=False,
                **usage,
            ),
            critical=True,
        )
        .add_extension(certificates.NO_REVOCATION, critical=False)
        .sign(by.key if by else mine, hashes.SHA256())
    )
    return Key(mine, certificate)


@cache
def person(name: str) -> sign.Signer:
    """Somebody whose key this program made, unlocked."""
    identity = certificates.new_identity(
        person="person:" + "a" * 16, name=name, organisation="示例县创建办", passphrase=PASSPHRASE, at=AT
    )
    return sign.signer(*certificates.opened(identity.p12, PASSPHRASE))


def content_for(*signers: sign.Signer) -> Content:
    """The content of a sheet that these people are to sign, in this order."""
    content = _ready().content
    members = [
        msgspec.structs.replace(
            content.members[0],
            person=f"person:{number:016}",
            name=common_name(signer),
            certificate=fingerprint(signer),
            field=f"inspector-{number}",
        )
        for number, signer in enumerate(signers, 1)
    ]
    return msgspec.structs.replace(content, members=tuple(members))


@cache
def _ready() -> Made:
    return made(findings=[finding(1, "BX-05")])


def common_name(signer: sign.Signer) -> str:
    """The name in the certificate."""
    return str(_certificate(signer).subject.native["common_name"])


def unsigned(content: Content) -> bytes:
    """The sheet of a content, with its empty fields."""
    ready = _ready()
    return sheet.sheet(content, ready.form, ready.renditions)


MADE = "2026-10-13T10:40:00+08:00"
"""When such a file says that it was made."""


def file_of(
    content: bytes, *, title: str, number: str, fields: tuple[str, ...] = ("inspector-1", "inspector-2")
) -> bytes:
    """A file that carries these bytes and names itself so, with these empty fields."""
    identity = pdfa.Identity(
        title=title,
        number=number,
        author="示例县创建办",
        made=MADE,
        content=content,
        fields=fields,
    )
    imprint = page.Imprint(
        name=title,
        number=number,
        date="2026-10-13",
        content_sha256=identity.content_sha256,
        head="",
        example=False,
    )
    return page.build([Text(title)], imprint, identity)


def fingerprint(signer: sign.Signer) -> str:
    """What a content names this signer by."""
    return canonical.sha256(_certificate(signer).dump())


def _certificate(signer: sign.Signer) -> asn1.Certificate:
    assert signer.signing_cert is not None
    return signer.signing_cert


def add(pdf: bytes, signer: sign.Signer, number: int, *, at: dt.datetime = AT) -> bytes:
    """`pdf` with one more signature in field inspector-`number`."""
    return add_to(pdf, f"inspector-{number}", signer, at=at)


def add_to(pdf: bytes, field: str, signer: sign.Signer, *, at: dt.datetime = AT) -> bytes:
    """`pdf` with one more signature in this field; the first one certifies."""
    return sign.sign(pdf, field=field, signer=signer, certify=not sign.signed_fields(pdf), at=at)


def signed(*signers: sign.Signer) -> bytes:
    """A sheet that all who have to sign have signed."""
    pdf = unsigned(content_for(*signers))
    for number, signer in enumerate(signers, 1):
        pdf = add(pdf, signer, number)
    return pdf


def inspectors() -> tuple[sign.Signer, sign.Signer]:
    """The two who sign the genuine sheet."""
    return person("检查员甲"), person("检查员乙")


@cache
def genuine() -> bytes:
    """A sheet of two inspectors, as it should be."""
    return signed(*inspectors())


@cache
def certified() -> bytes:
    """The same sheet when only the first inspector has signed."""
    one, two = inspectors()
    return add(unsigned(content_for(one, two)), one, 1)
