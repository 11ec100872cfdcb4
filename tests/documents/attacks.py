"""Forgeries of a signed document, each as its maker would do it. They take the genuine file and give another one."""

from __future__ import annotations

import re
import zlib
from io import BytesIO

import msgspec
import pikepdf
from asn1crypto import cms
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, fields
from pyhanko.sign.validation.dss import DocumentSecurityStore

from inspector.documents import sign
from inspector.documents.cms import P256_ORDER
from inspector.model import inspection
from tests.documents import signing

NAME = generic.pdf_name


def updated(pdf: bytes, change) -> bytes:
    """An incremental update, as any editor of PDFs writes it."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def overlay(writer) -> None:
    page = writer.root["/Pages"]["/Kids"][0]
    ink = writer.add_object(generic.StreamObject(stream_data=b"0 0 0 rg 100 700 200 20 re f"))
    page["/Contents"] = generic.ArrayObject([page.raw_get("/Contents"), ink])
    writer.update_container(page)


def overlaid(pdf: bytes) -> bytes:
    return updated(pdf, overlay)


def page_appended(pdf: bytes) -> bytes:
    def change(writer):
        writer.insert_page(
            generic.DictionaryObject(
                {
                    NAME("/Type"): NAME("/Page"),
                    NAME("/MediaBox"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 595, 842))),
                    NAME("/Resources"): generic.DictionaryObject(),
                }
            )
        )

    return updated(pdf, change)


def annotated(pdf: bytes) -> bytes:
    def change(writer):
        page = writer.root["/Pages"]["/Kids"][0]
        note = writer.add_object(
            generic.DictionaryObject(
                {
                    NAME("/Type"): NAME("/Annot"),
                    NAME("/Subtype"): NAME("/FreeText"),
                    NAME("/Rect"): generic.ArrayObject(map(generic.NumberObject, (100, 700, 300, 720))),
                    NAME("/Contents"): generic.pdf_string("合格"),
                }
            )
        )
        page["/Annots"].append(note)
        writer.update_container(page["/Annots"])

    return updated(pdf, change)


def _file(writer):
    return writer.root["/Names"]["/EmbeddedFiles"]["/Names"][1]["/EF"].raw_get("/F")


def data_replaced(pdf: bytes) -> bytes:
    def change(writer):
        old = _file(writer).get_object()
        new = generic.StreamObject(
            dict_data={NAME("/Subtype"): old["/Subtype"], NAME("/Type"): old["/Type"]},
            stream_data=old.data.replace(b'"severity":"major"', b'"severity":"minor"') + b" ",
        )
        reference = writer.add_object(new)
        spec = writer.root["/Names"]["/EmbeddedFiles"]["/Names"][1]
        spec["/EF"] = generic.DictionaryObject({NAME("/F"): reference, NAME("/UF"): reference})
        writer.update_container(spec)

    return updated(pdf, change)


def shadowed(pdf: bytes) -> bytes:
    """The content's object a second time behind the end, put in force by a cross-reference table of one line."""
    reader = PdfFileReader(BytesIO(pdf))
    number = _file(reader).idnum
    data = zlib.compress(_file(reader).get_object().data.replace(b'"made":"2', b'"made":"1'))
    body = b"%d 0 obj\n<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream\nendobj\n" % (
        number,
        len(data),
        data,
    )
    return pdf + body + _xref(pdf, len(pdf) + len(body), [(number, len(pdf))], _startxref(pdf))


def _startxref(pdf: bytes) -> int:
    return int(re.findall(rb"startxref\n(\d+)", pdf)[-1])


def _xref(pdf: bytes, at: int, objects: list[tuple[int, int]], before: int) -> bytes:
    trailer = pdf[pdf.rindex(b"trailer") : pdf.rindex(b"startxref")]
    trailer = re.sub(rb"/Prev \d+", b"/Prev %d" % before, trailer)
    lines = b"".join(b"%d 1\n%010d 00000 n \n" % entry for entry in objects)
    return b"xref\n0 1\n0000000000 65535 f \n%b%bstartxref\n%d\n%%%%EOF\n" % (lines, trailer, at)


def last_signature_skipped(pdf: bytes) -> bytes:
    """A last cross-reference table that knows only what was there before the last signature."""
    first = [int(found) for found in re.findall(rb"startxref\n(\d+)", pdf)][-2]
    return pdf + _xref(pdf, len(pdf), [], first)


def cut_to_first_signature(pdf: bytes) -> bytes:
    ends = [found.end() for found in re.finditer(rb"%%EOF\n", pdf)]
    return pdf[: ends[1]]


def cut_inside_last_signature(pdf: bytes) -> bytes:
    return pdf[: pdf.rindex(b"/ByteRange") - 100]


def unsigned(pdf: bytes) -> bytes:
    return pdf[: pdf.index(b"%%EOF\n") + 6]


def gap(pdf: bytes) -> tuple[int, int]:
    """Where the last /Contents lies, with its brackets."""
    start, length, again = (
        int(number) for number in re.findall(rb"/ByteRange \[(\d+) (\d+) (\d+) \d+\]", pdf)[-1]
    )
    return start + length, again


def payload_in_padding(pdf: bytes) -> bytes:
    _, end = gap(pdf)
    return pdf[: end - 41] + b"DEADBEEF" * 5 + pdf[end - 1 :]


def lower_case(pdf: bytes) -> bytes:
    start, end = gap(pdf)
    return pdf[:start] + pdf[start:end].lower() + pdf[end:]


def _with_cms(pdf: bytes, change) -> bytes:
    start, end = gap(pdf)
    info = cms.ContentInfo.load(bytes.fromhex(pdf[start + 1 : end - 1].decode()))
    change(info["content"])
    digits = info.dump(force=True).hex().upper().encode()
    return pdf[: start + 1] + digits.ljust(end - start - 2, b"0") + pdf[end - 1 :]


def certificate_added(pdf: bytes) -> bytes:
    """There is no room for one: all that follows is shifted."""
    stranger = signing.key("路人").signer.signing_cert
    return _with_cms(
        pdf,
        lambda data: data["certificates"].append(cms.CertificateChoices({"certificate": stranger})),
    )


def attribute_added(pdf: bytes) -> bytes:
    note = {"type": "1.2.3.4", "values": [cms.Any(cms.OctetString(b"note"))]}

    def change(data):
        data["signer_infos"][0]["unsigned_attrs"] = cms.CMSAttributes([cms.CMSAttribute(note)])

    return _with_cms(pdf, change)


def certificate_bit(pdf: bytes) -> bytes:
    """A bit of the signature on the signer's own certificate, which nobody needs to check the document's."""
    start, end = gap(pdf)
    data = cms.ContentInfo.load(bytes.fromhex(pdf[start + 1 : end - 1].decode()))["content"]
    signature = data["certificates"][0].chosen["signature_value"].native.hex().upper().encode()
    at = pdf.index(signature, start, end) + len(signature) - 1
    return pdf[:at] + b"%X" % (int(pdf[at : at + 1], 16) ^ 1) + pdf[at + 1 :]


def signature_mirrored(pdf: bytes) -> bytes:
    """The other value that ECDSA accepts for the same signature; anybody can compute it."""

    def change(data):
        r, s = decode_dss_signature(data["signer_infos"][0]["signature"].native)
        data["signer_infos"][0]["signature"] = encode_dss_signature(r, P256_ORDER - s)

    return _with_cms(pdf, change)


def signature_copied(pdf: bytes) -> bytes:
    """The last signature's dictionary once more, as an object of an update."""

    def change(writer):
        field = writer.root["/AcroForm"]["/Fields"][-1]
        copy = generic.DictionaryObject(dict(field["/V"].items()))
        field["/V"] = writer.add_object(copy)
        writer.update_container(field)

    return updated(pdf, change)


def _range(pdf: bytes, new: bytes) -> bytes:
    at = pdf.rindex(b"/ByteRange [")
    end = pdf.index(b"/Type", at)
    return pdf[:at] + new.ljust(end - at - 1) + b"\n" + pdf[end:]


def range_negative(pdf: bytes) -> bytes:
    return _range(pdf, b"/ByteRange [0 -1 10 5]")


def range_missing(pdf: bytes) -> bytes:
    return _range(pdf, b"/ByteRanges [0 1 10 5]")


def range_elsewhere(pdf: bytes) -> bytes:
    """Signature wrapping: the signed bytes are kept as a tail, other ones stand where they were."""
    start, end = gap(pdf)
    rest = pdf[end:]
    moved = _range(pdf, b"/ByteRange [0 %d %d %d]" % (start, len(pdf), len(rest)))
    return moved + rest


def contents_null(pdf: bytes) -> bytes:
    start, end = gap(pdf)
    return pdf[:start] + b"null".ljust(end - start) + pdf[end:]


def sealed(pdf: bytes) -> bytes:
    """An office seals the finished sheet with its own program."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    fields.append_signature_field(writer, fields.SigFieldSpec("seal"))
    out = BytesIO()
    seal = signing.key("示例县创建办电子章").signer
    PdfSigner(PdfSignatureMetadata(field_name="seal", md_algorithm="sha256"), seal).sign_pdf(
        writer, output=out
    )
    return out.getvalue()


def validation_data_added(pdf: bytes) -> bytes:
    """What long-term archives add (DSS); pyHanko allows it."""
    out = BytesIO(pdf)
    DocumentSecurityStore.add_dss(out, None, certs=[signing.key("路人").signer.signing_cert])
    return out.getvalue()


def resaved(pdf: bytes) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        opened.save(out)
    return out.getvalue()


def copied_without_history(pdf: bytes) -> bytes:
    out = BytesIO()
    copy_into_new_writer(PdfFileReader(BytesIO(pdf))).write(out)
    return out.getvalue()


def overlaid_between_signatures() -> bytes:
    """The second inspector changes the page before he signs."""
    return signing.add(overlaid(signing.certified()), signing.person("检查员乙"), 2)


def changed_while_signing(change) -> bytes:
    """The same in one revision: change and signature together."""
    return signed_with_change(signing.certified(), "inspector-2", signing.person("检查员乙"), change)


def signed_with_change(pdf: bytes, field: str, signer: sign.Signer, change) -> bytes:
    """A later signature in whose revision something else is changed, too."""
    writer = sign._Appending(BytesIO(pdf))
    change(writer)
    metadata = PdfSignatureMetadata(
        field_name=field, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
    )
    out = BytesIO()
    sign._At(metadata, signer, signing.AT).sign_pdf(writer, output=out, existing_fields_only=True)
    return out.getvalue()


def metadata_changed(writer) -> None:
    packet = writer.root["/Metadata"]
    packet._data = packet.data.replace(b"<dc:format>", b"<dc:format> ")
    writer.update_container(packet)


def text_field(*, filled: bool) -> bytes:
    """A sheet with a prepared text field, which DocMDP 2 allows to fill after signing."""
    one, two = signing.inspectors()
    unsigned = with_text_field(signing.unsigned(signing.content_for(one, two)))
    pdf_bytes = signing.add(signing.add(unsigned, one, 1), two, 2)
    return text_filled(pdf_bytes) if filled else pdf_bytes


def with_text_field(unsigned: bytes) -> bytes:
    """A document without signatures that has a text field beside those for them."""
    out = BytesIO()
    with pikepdf.open(BytesIO(unsigned)) as pdf:
        field = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Tx,
            T=pikepdf.String("remark"),
            F=4,
            Rect=[100, 100, 300, 120],
        )
        made = pdf.make_indirect(field)
        pdf.Root.AcroForm.Fields.append(made)
        pdf.pages[0].Annots.append(made)
        pdf.save(out, static_id=True)
    return out.getvalue()


def text_filled(pdf: bytes) -> bytes:
    """The text field filled in afterwards."""

    def change(writer):
        entry = writer.root["/AcroForm"]["/Fields"][-1]
        entry["/V"] = generic.pdf_string("已全部整改")
        writer.update_container(entry)

    return updated(pdf, change)


def one_person_twice() -> bytes:
    one = signing.person("检查员甲")
    return signing.signed(one, one)


def lone() -> bytes:
    return signing.signed(signing.person("检查员甲"))


def by_another(name: str) -> bytes:
    """The second field signed by somebody else, whatever name his certificate bears."""
    return signing.add(signing.certified(), signing.key(name).signer, 2)


def other_name_in_content() -> bytes:
    """The content names 检查员甲, and the certificate of somebody else for him."""
    one, two = signing.person("检查员甲"), signing.key("路人").signer
    content = signing.content_for(one, two)
    renamed = msgspec.structs.replace(content.members[1], name="检查员乙")
    content = msgspec.structs.replace(content, members=(content.members[0], renamed))
    return signing.add(signing.add(signing.unsigned(content), one, 1), two, 2)


def other_number(*, in_info: bool, in_xmp: bool) -> bytes:
    """A sheet whose Info, or XMP, or both give another number than its content."""
    one, two = signing.inspectors()
    content = signing.content_for(one, two)
    other = content.number[:-1] + "9"
    told = other if in_info else content.number
    pdf = signing.file_of(inspection.encode(content), title=content.heading, number=told)
    pdf = pdf.replace(f">{told}<".encode(), f">{other if in_xmp else content.number}<".encode())
    return signing.add(signing.add(pdf, one, 1), two, 2)


def content_spelled_otherwise() -> bytes:
    one, two = signing.inspectors()
    content = signing.content_for(one, two)
    spelled = inspection.encode(content).replace(b'{"answers":', b'{"answers": ', 1)
    pdf = signing.file_of(spelled, title=content.heading, number=content.number)
    return signing.add(signing.add(pdf, one, 1), two, 2)


def never_certified() -> bytes:
    one, two = signing.inspectors()
    pdf = signing.unsigned(signing.content_for(one, two))
    for number, signer in enumerate((one, two), 1):
        pdf = sign.sign(pdf, field=f"inspector-{number}", signer=signer, certify=False, at=signing.AT)
    return pdf
