"""No forged or damaged document of rectification is ever accepted: every kind under every attack on a sheet."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from inspector.documents import paper, sign, verify
from inspector.model import notice
from inspector.model.inspection import rendition_key
from inspector.model.notice import Document
from inspector.model.paper import PAPERS, Kind
from tests.documents import attacks, papers, signing
from tests.documents.signing import AT
from tests.documents.test_attacks import CHANGED_AFTERWARDS, accepted, keys
from tests.documents.test_paper import KINDS

TWO_SIGN = [pytest.param(kind, id=kind.value) for kind in Kind if PAPERS[kind].at_least > 1]


@cache
def tiny() -> bytes:
    """A photo that costs no time: what is attacked here are the bytes around it."""
    file = BytesIO()
    Image.new("RGB", (32, 24), (90, 120, 90)).save(file, "JPEG")
    return file.getvalue()


def drawn(document: Document) -> bytes:
    return paper.paper(document, {rendition_key(photo): tiny() for photo in document.evidence()})


@cache
def signed(kind: Kind) -> bytes:
    """A document of this kind as it should be."""
    return all_sign(kind, unsigned(kind))


SHAPES = {Kind.NOTICE, Kind.REINSPECTION}
"""One of each number of signers: these go through everything in the quick suite, the others with --long."""
ALWAYS = {
    attacks.overlaid,
    attacks.page_appended,
    attacks.annotated,
    attacks.data_replaced,
    attacks.cut_inside_last_signature,
    attacks.payload_in_padding,
    attacks.resaved,
}
OF_ONE_SIGNER = {
    attacks.last_signature_skipped: {"verify-revisions", "verify-signer-missing"},
    attacks.range_negative: {"verify-padding", "verify-signature-broken"},
}
"""Where nobody signed before the last one, these look like something else."""


@pytest.mark.parametrize("attack", CHANGED_AFTERWARDS, ids=lambda attack: attack.__name__)
@pytest.mark.parametrize("kind", KINDS)
def test_a_document_that_was_changed_after_signing_is_refused(kind: Kind, attack, long: bool) -> None:
    if kind not in SHAPES and attack not in ALWAYS and not long:
        pytest.skip("with --long")
    genuine = signed(kind)
    forged = attack(genuine)
    wanted = CHANGED_AFTERWARDS[attack]
    if PAPERS[kind].at_least == 1:
        if attack is attacks.cut_to_first_signature:
            assert forged == genuine, "its first signature is its last"
            return
        wanted = OF_ONE_SIGNER.get(attack, wanted)
    assert forged != genuine
    verdict = verify.examine(forged)
    assert not verdict.accepted
    assert keys(verdict) >= wanted, keys(verdict)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("junk", [b"\n", b"%%EOF\n", bytes(3000)], ids=["line", "end", "zeros"])
def test_bytes_after_the_end_of_a_document_are_refused(kind: Kind, junk: bytes) -> None:
    assert not accepted(signed(kind) + junk)


@given(kind=st.sampled_from(Kind), share=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_no_flipped_bit_of_any_document_is_accepted(kind: Kind, share: float, bit: int) -> None:
    data = bytearray(signed(kind))
    data[int(share * len(data))] ^= 1 << bit
    assert not accepted(bytes(data))


@given(kind=st.sampled_from(Kind), share=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_no_flipped_bit_in_the_last_signature_of_any_document_is_accepted(
    kind: Kind, share: float, bit: int
) -> None:
    data = bytearray(signed(kind))
    start, end = attacks.gap(signed(kind))
    data[start + int(share * (end - start))] ^= 1 << bit
    assert not accepted(bytes(data))


@given(kind=st.sampled_from(Kind), share=st.floats(0, 1, exclude_max=True), more=st.binary(max_size=50))
def test_no_document_that_was_cut_or_stretched_is_accepted(kind: Kind, share: float, more: bytes) -> None:
    data = signed(kind)
    at = int(share * len(data))
    assert not accepted(data[:at] + more + (data[at:] if more else b""))


def members(kind: Kind):
    """Those whom the content of this kind names."""
    return papers.members(kind, certificates=tuple(map(signing.fingerprint, signing.inspectors())))


def all_sign(kind: Kind, pdf: bytes, *, certify: bool = True) -> bytes:
    """Everybody who has to."""
    for n, (member, signer) in enumerate(zip(members(kind), signing.inspectors(), strict=False)):
        pdf = sign.sign(pdf, field=member.field, signer=signer, certify=certify and not n, at=AT)
    return pdf


def unsigned(kind: Kind) -> bytes:
    return drawn(papers.EVERY[kind](members=members(kind)))


def by_another(kind: Kind, name: str) -> bytes:
    """The last field signed by somebody else, whatever name his certificate bears."""
    *before, last = members(kind)
    pdf = unsigned(kind)
    for member, signer in zip(before, signing.inspectors(), strict=False):
        pdf = signing.add_to(pdf, member.field, signer)
    return signing.add_to(pdf, last.field, signing.key(name).signer)


def another_number(kind: Kind, *, in_info: bool, in_xmp: bool) -> bytes:
    """A file whose Info, or XMP, or both give another number than its content."""
    document = papers.EVERY[kind](members=members(kind), made=signing.MADE)
    other = document.number.replace("2026", "2025", 1)
    told = other if in_info else document.number
    fields = tuple(member.field for member in document.signers)
    pdf = signing.file_of(notice.encode(document), title=document.heading, number=told, fields=fields)
    written = (other if in_xmp else document.number).encode()
    return all_sign(kind, pdf.replace(b">" + told.encode() + b"<", b">" + written + b"<"))


def spelled_otherwise(kind: Kind) -> bytes:
    """The same value in another spelling."""
    document = papers.EVERY[kind](members=members(kind), made=signing.MADE)
    fields = tuple(member.field for member in document.signers)
    spelled = notice.encode(document).replace(b'":', b'": ', 1)
    pdf = signing.file_of(spelled, title=document.heading, number=document.number, fields=fields)
    return all_sign(kind, pdf)


MADE_WRONG: dict[str, tuple[Callable[[Kind], bytes], str]] = {
    "somebody else signs": (lambda kind: by_another(kind, "路人"), "verify-signer-other"),
    "somebody else signs under the same name": (
        lambda kind: by_another(kind, "检查员乙" if PAPERS[kind].at_least > 1 else "检查员甲"),
        "verify-signer-other",
    ),
    "nobody certifies it": (
        lambda kind: all_sign(kind, unsigned(kind), certify=False),
        "verify-not-certified",
    ),
    "there is a text field": (
        lambda kind: all_sign(kind, attacks.with_text_field(unsigned(kind))),
        "verify-fields",
    ),
    "a text field is filled afterwards": (
        lambda kind: attacks.text_filled(all_sign(kind, attacks.with_text_field(unsigned(kind)))),
        "verify-added-bytes",
    ),
    "Info bears another number": (
        lambda kind: another_number(kind, in_info=True, in_xmp=False),
        "verify-metadata-differs",
    ),
    "XMP bears another number": (
        lambda kind: another_number(kind, in_info=False, in_xmp=True),
        "verify-metadata-differs",
    ),
    "its content is spelled in another way": (spelled_otherwise, "verify-content-missing"),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("case", MADE_WRONG)
def test_a_document_is_refused_when(kind: Kind, case: str, long: bool) -> None:
    if kind not in SHAPES and not long:
        pytest.skip("with --long")
    forge, problem = MADE_WRONG[case]
    verdict = verify.examine(forge(kind))
    assert not verdict.accepted
    assert problem in keys(verdict), keys(verdict)


@pytest.mark.parametrize("kind", KINDS)
def test_the_way_of_making_such_files_makes_honest_ones_too(kind: Kind) -> None:
    assert accepted(signed(kind))
    assert accepted(another_number(kind, in_info=False, in_xmp=False))


@pytest.mark.parametrize("kind", TWO_SIGN)
@pytest.mark.parametrize("change", [attacks.overlay, attacks.metadata_changed], ids=["page", "metadata"])
def test_a_second_signer_who_changes_something_is_found_out(kind: Kind, change) -> None:
    one, two = signing.inspectors()
    first, second = members(kind)
    certified = signing.add_to(unsigned(kind), first.field, one)
    forged = attacks.signed_with_change(certified, second.field, two, change)
    assert "verify-changed-after" in keys(verify.examine(forged))
    between = signing.add_to(attacks.updated(certified, change), second.field, two)
    assert not accepted(between)


@pytest.mark.parametrize("kind", TWO_SIGN)
def test_one_signature_where_two_must_sign_is_too_few(kind: Kind) -> None:
    one, _ = signing.inspectors()
    (alone,) = papers.members(kind, 1, certificates=(signing.fingerprint(one),))
    pdf = drawn(papers.EVERY[kind](members=(alone,)))
    assert "verify-signers-too-few" in keys(verify.examine(signing.add_to(pdf, alone.field, one)))
