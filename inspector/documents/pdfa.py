"""A canvas whose file is PDF/A-3b before its first signature, and the same to the byte for the same input.

What it adds to reportlab: XMP, sRGB output intent, the content as an associated file, empty invisible signature
fields, a time of its own, pages that know how many there are, and nothing that PDF/A forbids (Helvetica, /Trans).
Source: ISO 19005-3; checked by pikepdf's validator in every test run and by veraPDF in the long one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any, ClassVar, NamedTuple
from xml.sax.saxutils import escape

import msgspec
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from inspector.documents import fonts
from inspector.documents.kinds import ATTACHMENT, CREATOR
from inspector.places import resource

PRODUCER = "ReportLab PDF Library"
_HIDDEN_AND_FIXED = 132
"""Annotation flags print + locked: PDF/A wants the first, a signature field the second."""


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """What the file says about itself: `made` is RFC 3339 with offset and the only time in it; `content` is
    embedded as it is; `fields` are the names of the signature fields, in order of signing."""

    title: str
    number: str
    author: str
    made: str
    content: bytes
    fields: tuple[str, ...] = ()

    @property
    def content_sha256(self) -> str:
        """The hash that XMP states in full and the QR code by its first 16 digits."""
        return hashlib.sha256(self.content).hexdigest()


Frame = Callable[[Canvas, "Page"], None]
Late = Callable[[Canvas, dict[str, int]], None]


class Page(NamedTuple):
    """What the frame of a page is drawn from: its number, how many there are, the title that holds on it, what
    was noted while it was drawn."""

    number: int
    of: int
    title: str
    notes: tuple[str, ...]


class _Moment:
    """A time as reportlab wants it."""

    def __init__(self, made: str) -> None:
        at = datetime.fromisoformat(made)
        minutes = int((at.utcoffset() or at - at).total_seconds() // 60)
        self.t = at.timestamp()
        self.lt = at.timetuple()
        self.YMDhms = tuple(self.lt)[:6]
        self.dhh = int(minutes / 60)
        self.dmm = abs(minutes) % 60
        self.tzname = None


class _Catalog(pdfdoc.PDFCatalog):  # type: ignore[misc]
    __NoDefault__: ClassVar = [*pdfdoc.PDFCatalog.__NoDefault__, "OutputIntents", "AF"]
    __Refs__: ClassVar = [name for name in pdfdoc.PDFCatalog.__NoDefault__ if name != "ViewerPreferences"]


class ArchivalCanvas(Canvas):  # type: ignore[misc]
    """Pages are kept until all are drawn; then each gets its frame and what was to be written later."""

    def __init__(self, file: BytesIO, identity: Identity, frame: Frame, **given: Any) -> None:
        super().__init__(
            file,
            pagesize=given["pagesize"],
            pageCompression=1,
            invariant=1,
            pdfVersion=(1, 7),
            initialFontName=fonts.load(fonts.SANS),
            initialFontSize=9,
            lang="zh-CN",
        )
        self._identity = identity
        self._frame = frame
        self._pages: list[dict[str, Any]] = []
        self._late: list[Late] = []
        self._notes: list[str] = []
        self._title = ""
        self._page_title = ""
        self._anchors: dict[str, int] = {}

    def later(self, write: Late) -> None:
        """Have `write` called on this page once the pages of all anchors are known."""
        self._late.append(write)

    def anchor(self, name: str, title: str = "", *, opens: bool = True) -> None:
        """`name` stands on this page; `title` is that of the following pages, and of this one if it opens it."""
        self._anchors[name] = len(self._pages) + 1
        if not self._page_title:
            self._page_title = title if opens else self._title or title
        self._title = title or self._title

    def note(self, text: str) -> None:
        """Something that the frame of this page is to know."""
        self._notes.append(text)

    def jpeg(self, data: bytes, x: float, y: float, width: float, height: float) -> None:
        """The picture as it is compressed, stored once however often it is drawn. reportlab's own way decodes every
        JPEG to give it a name."""
        name = hashlib.sha256(data).hexdigest()[:32]
        registered = self._doc.getXObjectName(name)
        if registered not in self._doc.idToObject:
            image = pdfdoc.PDFImageXObject(name)
            image.loadImageFromJPEG(BytesIO(data))
            image.XObjects = None
            self._doc.Reference(image, registered)
            self._doc.addForm(name, image)
        self.saveState()
        self.translate(x, y)
        self.scale(width, height)
        self._code.append(f"/{registered} Do")
        self.restoreState()
        self._formsinuse.append(name)

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        kept = dict(self.__dict__)
        kept["_page_title"] = self._page_title or self._title
        self._pages.append(kept)
        self._late, self._notes, self._page_title = [], [], ""
        self._startPage()

    def save(self) -> None:
        anchors, pages = self._anchors, self._pages
        for index, state in enumerate(pages, 1):
            self.__dict__.update(state)
            for write in self._late:
                write(self, anchors)
            self._frame(self, Page(index, len(pages), self._page_title, tuple(self._notes)))
            if index == 1:
                self._add_fields()
            super().showPage()
        self._make_archival()
        self._doc.SaveToFile(self._filename, self)

    def _add_fields(self) -> None:
        document = self._doc
        references = []
        for name in self._identity.fields:
            widget = {
                "Type": pdfdoc.PDFName("Annot"),
                "Subtype": pdfdoc.PDFName("Widget"),
                "FT": pdfdoc.PDFName("Sig"),
                "T": pdfdoc.PDFString(name),
                "F": _HIDDEN_AND_FIXED,
                "Rect": pdfdoc.PDFArray([0, 0, 0, 0]),
                "P": document.thisPageRef(),
            }
            references.append(document.Reference(pdfdoc.PDFDictionary(widget), "field-" + name))
        if references:
            self._annotationrefs.extend(references)
            form = {"Fields": pdfdoc.PDFArray(references), "SigFlags": 1}
            document.Catalog.AcroForm = pdfdoc.PDFDictionary(form)

    def _make_archival(self) -> None:
        document, identity = self._doc, self._identity
        document._timeStamp = _Moment(identity.made)
        for thing in document.idToObject.values():
            if isinstance(thing, pdfdoc.PDFPage):
                thing.Trans = None
        info = document.info
        info.title, info.author, info.subject = identity.title, identity.author, identity.number
        info.creator, info.producer, info.keywords = CREATOR, PRODUCER, identity.content_sha256
        catalog = document.Catalog
        catalog.__class__ = _Catalog
        catalog.Metadata = _stream({"Type": "/Metadata", "Subtype": "/XML"}, _xmp(identity), packed=False)
        profile = _stream({"N": 3}, resource("colour", "sRGB.icc").read_bytes())
        intent = {
            "Type": pdfdoc.PDFName("OutputIntent"),
            "S": pdfdoc.PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": pdfdoc.PDFString("sRGB IEC61966-2.1"),
            "Info": pdfdoc.PDFString("sRGB IEC61966-2.1"),
            "DestOutputProfile": document.Reference(profile),
        }
        catalog.OutputIntents = pdfdoc.PDFArray([pdfdoc.PDFDictionary(intent)])
        attached = document.Reference(self._attachment())
        catalog.AF = pdfdoc.PDFArray([attached])
        names = pdfdoc.PDFArray([pdfdoc.PDFString(ATTACHMENT), attached])
        catalog.Names = pdfdoc.PDFDictionary({"EmbeddedFiles": pdfdoc.PDFDictionary({"Names": names})})

    def _attachment(self) -> pdfdoc.PDFDictionary:
        content = self._identity.content
        parameters = {
            "Size": len(content),
            "CheckSum": "<" + hashlib.md5(content, usedforsecurity=False).hexdigest() + ">",
            "ModDate": pdfdoc.PDFDate(ts=_Moment(self._identity.made)),
        }
        # The slash of a MIME type must be written #2F; as a PDFName it would be escaped twice.
        entries = {
            "Type": "/EmbeddedFile",
            "Subtype": "/application#2Fjson",
            "Params": pdfdoc.PDFDictionary(parameters),
        }
        file = self._doc.Reference(_stream(entries, content))
        specification = {
            "Type": pdfdoc.PDFName("Filespec"),
            "F": pdfdoc.PDFString(ATTACHMENT),
            "UF": pdfdoc.PDFString(ATTACHMENT),
            "AFRelationship": pdfdoc.PDFName("Data"),
            "EF": pdfdoc.PDFDictionary({"F": file, "UF": file}),
        }
        return pdfdoc.PDFDictionary(specification)


def _stream(entries: dict[str, Any], data: bytes, *, packed: bool = True) -> pdfdoc.PDFStream:
    filters = [pdfdoc.PDFZCompress] if packed else []
    return pdfdoc.PDFStream(dictionary=pdfdoc.PDFDictionary(entries), content=data, filters=filters)


def _xmp(identity: Identity) -> bytes:
    """The metadata packet: it agrees with Info in everything that both say (ISO 19005-3, 6.6.3)."""
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(identity.title)}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{escape(identity.author)}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{escape(identity.number)}</rdf:li></rdf:Alt></dc:description>
<xmp:CreateDate>{identity.made}</xmp:CreateDate><xmp:ModifyDate>{identity.made}</xmp:ModifyDate>
<xmp:CreatorTool>{CREATOR}</xmp:CreatorTool>
<pdf:Producer>{PRODUCER}</pdf:Producer><pdf:Keywords>{identity.content_sha256}</pdf:Keywords>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>""".encode()
