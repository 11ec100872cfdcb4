"""No forged or damaged sheet is ever accepted, and the answer says what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from inspector.documents import verify
from inspector.model.errors import BadInput
from inspector.model.verdict import Verdict
from inspector.text import say
from tests.documents import attacks, signing


def accepted(data: bytes) -> bool:
    """Whether verify says yes; a file that it cannot read is no yes."""
    try:
        return verify.examine(data).accepted
    except BadInput:
        return False


def keys(verdict: Verdict) -> set[str]:
    """The problems, each of which has its words."""
    assert all(say(line.key, **line.values) for line in verdict.lines())
    return {line.key for line in verdict.problems}


CHANGED_AFTERWARDS: dict[Callable[[bytes], bytes], set[str]] = {
    attacks.overlaid: {"verify-added-bytes"},
    attacks.page_appended: {"verify-added-bytes"},
    attacks.annotated: {"verify-added-bytes"},
    attacks.validation_data_added: {"verify-added-bytes"},
    attacks.signature_copied: {"verify-added-bytes"},
    attacks.data_replaced: {"verify-added-bytes", "verify-content-replaced"},
    attacks.shadowed: {"verify-added-bytes", "verify-content-replaced"},
    attacks.last_signature_skipped: {"verify-added-bytes", "verify-signer-missing"},
    attacks.cut_to_first_signature: {"verify-signer-missing"},
    attacks.cut_inside_last_signature: {"verify-signer-missing"},
    attacks.unsigned: {"verify-signer-missing"},
    attacks.payload_in_padding: {"verify-padding"},
    attacks.lower_case: {"verify-padding"},
    attacks.certificate_added: {"verify-damaged"},
    attacks.attribute_added: {"verify-padding"},
    attacks.signature_mirrored: {"verify-padding"},
    attacks.certificate_bit: {"verify-signature-unreadable"},
    attacks.contents_null: {"verify-signature-unreadable"},
    attacks.range_missing: {"verify-signature-unreadable"},
    attacks.range_negative: {"verify-signer-missing"},
    attacks.range_elsewhere: {"verify-changed-after", "verify-padding"},
    attacks.resaved: {"verify-revisions", "verify-signature-broken"},
    attacks.copied_without_history: {"verify-revisions", "verify-signature-broken"},
}


@pytest.mark.parametrize("attack", CHANGED_AFTERWARDS, ids=lambda attack: attack.__name__)
def test_a_sheet_that_was_changed_after_signing_is_refused(attack):
    forged = attack(signing.genuine())
    assert forged != signing.genuine()
    verdict = verify.examine(forged)
    assert not verdict.accepted
    assert keys(verdict) >= CHANGED_AFTERWARDS[attack], keys(verdict)


@pytest.mark.parametrize(
    "junk",
    [b"\n", b"\n\n", b" ", b"junk", b"%%EOF\n", b"99 0 obj\n<< >>\nendobj\n", bytes(3000), b"%PDF-1.7\n"],
    ids=repr,
)
def test_bytes_after_the_end_are_refused(junk):
    assert not accepted(signing.genuine() + junk)


MADE_WRONG = {
    "the second inspector paints over the page before he signs": (
        attacks.overlaid_between_signatures,
        "verify-changed-after",
    ),
    "he does it in the very revision of his signature": (
        lambda: attacks.changed_while_signing(attacks.overlay),
        "verify-changed-after",
    ),
    "he changes metadata while signing, which pyHanko allows": (
        lambda: attacks.changed_while_signing(attacks.metadata_changed),
        "verify-changed-after",
    ),
    "somebody else signs in the second field": (lambda: attacks.by_another("路人"), "verify-signer-other"),
    "somebody else signs under the inspector's name": (
        lambda: attacks.by_another("检查员乙"),
        "verify-signer-other",
    ),
    "the content gives a certificate another name": (attacks.other_name_in_content, "verify-signer-name"),
    "one person signs both fields": (attacks.one_person_twice, "verify-signers-too-few"),
    "one inspector is alone": (attacks.lone, "verify-signers-too-few"),
    "there is a text field": (lambda: attacks.text_field(filled=False), "verify-fields"),
    "the text field is filled afterwards, which the certification allows": (
        lambda: attacks.text_field(filled=True),
        "verify-added-bytes",
    ),
    "Info bears another number than the content": (
        lambda: attacks.other_number(in_info=True, in_xmp=False),
        "verify-metadata-differs",
    ),
    "XMP bears another number than the content": (
        lambda: attacks.other_number(in_info=False, in_xmp=True),
        "verify-metadata-differs",
    ),
    "the content is spelled in another way": (attacks.content_spelled_otherwise, "verify-content-missing"),
    "no signature certifies the file": (attacks.never_certified, "verify-not-certified"),
}


@pytest.mark.parametrize("case", MADE_WRONG)
def test_a_sheet_is_refused_when(case):
    forge, problem = MADE_WRONG[case]
    verdict = verify.examine(forge())
    assert not verdict.accepted
    assert problem in keys(verdict), keys(verdict)


def test_the_way_of_attacking_while_signing_is_itself_a_signature_that_is_accepted():
    assert accepted(attacks.changed_while_signing(lambda _: None))


def test_the_way_of_making_files_with_another_number_makes_honest_ones_too():
    assert accepted(attacks.other_number(in_info=False, in_xmp=False))


def test_an_office_s_seal_is_named_and_what_the_inspectors_signed_is_said_to_be_unchanged():
    verdict = verify.examine(attacks.sealed(signing.genuine()))
    assert not verdict.accepted
    assert verdict.appended
    assert (verdict.intact, verdict.complete, verdict.data_matches) == (True, True, True)
    said = [say(line.key, **line.values) for line in verdict.problems]
    assert any("示例县创建办电子章" in line for line in said)
    assert any("2 名签名人所签的内容没有改变" in line for line in said)


def test_a_seal_over_a_changed_page_is_no_seal():
    verdict = verify.examine(attacks.sealed(attacks.overlaid(signing.genuine())))
    assert not verdict.intact
    assert "verify-signed-unchanged" not in keys(verdict)


def test_bytes_behind_a_seal_are_no_seal():
    verdict = verify.examine(attacks.sealed(signing.genuine()) + b"junk")
    assert not verdict.intact
    assert "verify-signed-unchanged" not in keys(verdict)


@given(share=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
@example(share=0.0, bit=0)
def test_no_flipped_bit_anywhere_is_accepted(share, bit):
    data = bytearray(signing.genuine())
    data[int(share * len(data))] ^= 1 << bit
    assert not accepted(bytes(data))


@given(share=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
@example(share=0.0, bit=6)  # the bracket of /Contents
def test_no_flipped_bit_in_the_last_signature_is_accepted(share, bit):
    data = bytearray(signing.genuine())
    start, end = attacks.gap(signing.genuine())
    data[start + int(share * (end - start))] ^= 1 << bit
    assert not accepted(bytes(data))


@given(share=st.floats(0, 1, exclude_max=True))
@example(share=0.9999)
def test_no_cut_off_file_is_accepted(share):
    data = signing.genuine()
    assert not accepted(data[: int(share * len(data))])


@given(share=st.floats(0, 1, exclude_max=True), more=st.binary(min_size=1, max_size=50))
def test_no_inserted_byte_is_accepted(share, more):
    data = signing.genuine()
    at = int(share * len(data))
    assert not accepted(data[:at] + more + data[at:])


@given(data=st.binary(max_size=2000))
def test_bytes_that_are_no_pdf_are_told_to_be_none(data):
    with pytest.raises(BadInput) as refused:
        verify.examine(b"%PDF-1.7\n" + data)
    assert refused.value.key in ("verify-unreadable", "verify-not-ours")
