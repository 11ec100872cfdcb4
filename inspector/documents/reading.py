"""A PDF of unknown origin, as far as it can be read: signatures, embedded content, what it says about itself.

A dozen classes of exceptions come out of damaged files; `attempt` turns them into None, so that one broken part does
not hide the others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from io import BytesIO
from typing import NamedTuple, ParamSpec, TypeVar
from xml.etree import ElementTree

from cryptography import x509
from pyhanko.pdf_utils.generic import DictionaryObject
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.rw_common import PdfHandler
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from inspector.documents import trust
from inspector.documents.kinds import ATTACHMENT, CREATOR, HASH_PROPERTY

P = ParamSpec("P")
T = TypeVar("T")
_END = re.compile(rb"%%EOF(?:\r\n|\r|\n|$)")
_MARK = f"<xmp:CreatorTool>{CREATOR}<".encode("ascii")
_VALUES = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}li"
_DC = "{http://purl.org/dc/elements/1.1/}"


class Opened(NamedTuple):
    """A file as read: its filled signatures in the order of their revisions, and the fields whose signature cannot
    even be read."""

    data: bytes
    reader: PdfFileReader
    signatures: tuple[EmbeddedPdfSignature, ...]
    unreadable: tuple[str, ...]


class Says(NamedTuple):
    """What a file says about itself, in Info or in XMP."""

    title: str
    number: str
    content_sha256: str


def attempt(read: Callable[P, T], *given: P.args, **named: P.kwargs) -> T | None:
    """What `read` returns, or None where the file is too broken for it. Only a lack of memory is not the file's
    word, and is raised."""
    try:
        return read(*given, **named)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001
        return None


def ends(data: bytes) -> Iterator[int]:
    """Where revisions end: behind each line %%EOF."""
    for match in _END.finditer(data):
        if match.start() and data[match.start() - 1] in b"\r\n":
            yield match.end()


def is_marked(data: bytes) -> bool:
    """Whether XMP names this program, also in a file that cannot be read otherwise."""
    return _MARK in data


def read(data: bytes) -> Opened:
    """Raises whatever pyHanko raises for a damaged file."""
    reader = PdfFileReader(BytesIO(data))
    signatures, unreadable = [], []
    for name, _, field in enumerate_sig_fields(reader, filled_status=True):
        signature = attempt(_signature, reader, field, str(name))
        if signature is None:
            unreadable.append(str(name))
        else:
            signatures.append(signature)
    signatures.sort(key=lambda one: one.signed_revision)
    return Opened(data, reader, tuple(signatures), tuple(unreadable))


def _signature(reader: PdfFileReader, field: DictionaryObject, name: str) -> EmbeddedPdfSignature:
    signature = EmbeddedPdfSignature(reader, field, name)
    certificate(signature)  # raises unless it is the one that the signature names
    return signature


def signed_content(opened: Opened) -> bytes:
    """The content as the first signer saw it; in a file without signatures, as it is."""
    if not opened.signatures:
        return attached(opened.reader)
    return attached(opened.reader.get_historical_resolver(opened.signatures[0].signed_revision))


def attached(handler: PdfHandler) -> bytes:
    """The one embedded file. Raises something if there is none, or another one."""
    name, file = list(handler.root["/Names"]["/EmbeddedFiles"]["/Names"])
    if name != ATTACHMENT:
        raise LookupError(name)
    found: bytes = file.get_object()["/EF"]["/F"].data
    return found


def fields(reader: PdfFileReader) -> list[str]:
    """The names of the form's fields; anything but a plain signature field counts as one without a name."""
    form = reader.root["/AcroForm"]
    if "/XFA" in form:
        raise ValueError("a second form in XML")
    return [_field_name(field.get_object()) for field in form["/Fields"]]


def _field_name(field: DictionaryObject) -> str:
    return str(field["/T"]) if field["/FT"] == "/Sig" and "/Kids" not in field else ""


def info(reader: PdfFileReader) -> Says:
    """What Info says."""
    entries = reader.trailer_view["/Info"]
    return Says(str(entries["/Title"]), str(entries["/Subject"]), str(entries["/Keywords"]))


def xmp(reader: PdfFileReader) -> Says:
    """What XMP says."""
    data: bytes = reader.root["/Metadata"].data
    if b"<!" in data:
        raise ValueError("a document type in XMP")
    packet = ElementTree.fromstring(data)
    title, number = (packet.findtext(f".//{_DC}{name}//{_VALUES}") for name in ("title", "description"))
    return Says(title or "", number or "", packet.findtext(f".//{HASH_PROPERTY}") or "")


def certificate(signature: EmbeddedPdfSignature) -> x509.Certificate:
    """The certificate of the signer."""
    return x509.load_der_x509_certificate(signature.signer_cert.dump())


def name(signature: EmbeddedPdfSignature) -> str:
    """The name in the signer's certificate; of an unreadable one, the field's."""
    found = attempt(lambda: trust.common_name(certificate(signature)))
    return found or str(signature.field_name)


def claimed(signature: EmbeddedPdfSignature) -> datetime | None:
    """The time that the signer's clock said; None if there is none, or one without its zone."""
    at = attempt(lambda: signature.self_reported_timestamp)
    return at if at and at.tzinfo else None
