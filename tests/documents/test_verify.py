"""What verify says of honest sheets, of those whom nobody vouches for, and of files that are none of ours."""

from __future__ import annotations

import datetime as dt
from io import BytesIO

import pikepdf
import pytest
from pyhanko.pdf_utils import generic
from reportlab.pdfgen.canvas import Canvas

from inspector.documents import verifier, verify
from inspector.documents.trust import read_pem
from inspector.documents.verifier import verify_apart
from inspector.model.errors import BadInput
from inspector.model.verdict import MAX_BYTES, Verdict
from inspector.text import explain, say
from tests.documents import attacks, signing
from tests.documents.signing import AT, YEAR, key


def trusting(pdf: bytes, *certificates: signing.Key) -> Verdict:
    return verify.examine(pdf, read_pem(b"".join(one.pem for one in certificates)))


def keys(verdict: Verdict) -> list[str]:
    return [line.key for line in verdict.problems]


@pytest.fixture(scope="module")
def office() -> signing.Key:
    """The root of an office."""
    return key("示例县创建办", ca=True)


def test_a_genuine_sheet_is_accepted_and_its_signers_are_said_to_be_unverified():
    verdict = verify.examine(signing.genuine())
    assert verdict.accepted
    assert (verdict.intact, verdict.complete, verdict.data_matches) == (True, True, True)
    assert verdict.trusted is None
    assert not verdict.appended
    assert [one.name for one in verdict.signers] == ["检查员甲", "检查员乙"]
    assert verdict.claimed_time == AT.isoformat()
    said = "\n".join(say(line.key, **line.values) for line in verdict.lines())
    assert said.count("签名人未核实") == 2
    assert "通过" not in said
    assert "只是自称" in said


def test_three_inspectors_sign_a_sheet_too():
    three = signing.signed(*signing.inspectors(), key("检查员丙").signer)
    assert verify.examine(three).accepted


def test_the_inspectors_may_sign_in_any_order():
    one, two = signing.inspectors()
    pdf = signing.add(signing.unsigned(signing.content_for(one, two)), two, 2)
    assert verify.examine(signing.add(pdf, one, 1)).accepted


def test_a_certificate_of_the_office_proves_the_signer(office):
    one, two = key("检查员甲", by=office), key("检查员乙", by=office)
    pdf = signing.signed(one.signer, two.signer)
    verdict = trusting(pdf, office)
    assert verdict.accepted
    assert verdict.trusted is True
    assert next(verdict.lines()).key == "verify-accepted"
    assert not any(signer.by_public_key for signer in verdict.signers)


def test_a_certificate_that_the_office_gave_to_the_key_later_proves_earlier_sheets(office):
    one, two = key("检查员甲"), key("检查员乙")
    pdf = signing.signed(one.signer, two.signer)
    later = [
        key(name, by=office, of=of, begins=AT + YEAR / 12)
        for name, of in (("检查员甲", one), ("检查员乙", two))
    ]
    verdict = trusting(pdf, office, *later)
    assert verdict.accepted
    assert all(signer.by_public_key for signer in verdict.signers)
    assert not trusting(pdf, *later).accepted


def test_a_key_that_the_office_certified_does_not_vouch_for_another_name(office):
    one, two = key("检查员甲"), key("局长")
    enrolled = [key(name, by=office, of=of) for name, of in (("检查员甲", one), ("检查员乙", two))]
    verdict = trusting(signing.signed(one.signer, two.signer), office, *enrolled)
    assert [signer.trusted for signer in verdict.signers] == [True, False]
    assert not verdict.accepted


def test_a_self_signed_certificate_that_is_given_is_trusted():
    one, two = key("检查员甲"), key("检查员乙")
    assert trusting(signing.signed(one.signer, two.signer), one, two).accepted


def test_whom_the_given_office_does_not_know_is_refused(office):
    verdict = trusting(signing.genuine(), office)
    assert not verdict.accepted
    assert verdict.intact
    assert verdict.trusted is False
    assert keys(verdict) == ["verify-not-trusted"] * 2


def test_the_whole_sheet_made_again_with_other_keys_needs_a_trusted_certificate_to_be_found_out(office):
    forged = signing.signed(key("检查员甲").signer, key("检查员乙").signer)
    assert verify.examine(forged).accepted
    assert not trusting(forged, office).accepted


def test_an_inspector_s_certificate_cannot_vouch_for_another_one():
    one = key("检查员甲")
    minted = key("检查员乙", by=one)
    assert not trusting(signing.signed(one.signer, minted.signer), one).accepted


def test_an_office_whose_root_had_ended_does_not_vouch():
    old = key("示例县创建办", ca=True, ends=AT - dt.timedelta(days=1))
    pdf = signing.signed(key("检查员甲", by=old).signer, key("检查员乙", by=old).signer)
    assert not trusting(pdf, old).accepted


def test_an_old_sheet_stays_good_when_its_certificates_have_ended_since():
    then = dt.datetime(2020, 5, 6, 10, tzinfo=dt.UTC)
    one, two = (key(name, begins=then - YEAR, ends=then + YEAR).signer for name in ("检查员甲", "检查员乙"))
    pdf = signing.unsigned(signing.content_for(one, two))
    for number, signer in enumerate((one, two), 1):
        pdf = signing.add(pdf, signer, number, at=then)
    assert verify.examine(pdf).accepted


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"ends": AT - dt.timedelta(days=1)}, "verify-certificate-dates"),
        ({"begins": AT + dt.timedelta(days=1)}, "verify-certificate-dates"),
        ({"signs": False}, "verify-certificate-usage"),
    ],
    ids=["ended", "not begun", "not for signing"],
)
def test_a_certificate_must_have_been_good_for_signing_at_that_time(given, problem):
    pdf = signing.signed(key("检查员甲").signer, key("检查员乙", **given).signer)
    verdict = verify.examine(pdf)
    assert not verdict.accepted
    assert problem in keys(verdict)


def plain() -> bytes:
    out = BytesIO()
    canvas = Canvas(out)
    canvas.drawString(100, 700, "not ours")
    canvas.save()
    return out.getvalue()


def locked() -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(signing.genuine())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="owner", user="user"))
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "verify-not-a-pdf"),
        (b"\xff\xd8\xff\xe0 a photo", "verify-not-a-pdf"),
        (b"%PDF-1.7\nhalf a file", "verify-unreadable"),
        (plain(), "verify-not-ours"),
    ],
    ids=["empty", "photo", "half", "another document"],
)
def test_what_is_no_document_of_ours_is_told_apart_from_a_forged_one(data, problem):
    with pytest.raises(BadInput) as refused:
        verify.examine(data)
    assert refused.value.key == problem


def test_a_sheet_under_a_password_is_never_accepted():
    try:
        assert not verify.examine(locked()).accepted
    except BadInput as error:
        assert error.key in ("verify-unreadable", "verify-not-ours")


def test_a_file_is_verified_in_a_process_of_its_own(tmp_path):
    path = tmp_path / "检查记录表 一.pdf"
    path.write_bytes(signing.genuine())
    assert verify_apart(path, None) == verify.examine(signing.genuine())


def test_the_certificates_to_trust_come_from_a_pem_file(tmp_path, office):
    path, trust = tmp_path / "sheet.pdf", tmp_path / "root.pem"
    path.write_bytes(signing.genuine())
    trust.write_bytes(office.pem)
    assert keys(verify_apart(path, trust)) == ["verify-not-trusted"] * 2


def test_a_missing_file_a_folder_and_another_document_are_named(tmp_path):
    another = tmp_path / "another.pdf"
    another.write_bytes(plain())
    for path, problem in (
        (tmp_path / "none.pdf", "verify-no-file"),
        (tmp_path, "verify-not-a-file"),
        (another, "verify-not-ours"),
    ):
        with pytest.raises(BadInput) as refused:
            verify_apart(path, None)
        assert refused.value.key == problem
        assert str(path) in explain(refused.value)[0]


def test_a_file_over_64_mb_is_not_read(tmp_path):
    path = tmp_path / "huge.pdf"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(BadInput) as refused:
        verify_apart(path, None)
    assert refused.value.key == "verify-too-large"
    assert "64 MB" in explain(refused.value)[0]


def test_a_trust_file_without_certificates_is_named(tmp_path):
    path, trust = tmp_path / "sheet.pdf", tmp_path / "root.pem"
    path.write_bytes(signing.genuine())
    trust.write_text("no certificate")
    with pytest.raises(BadInput) as refused:
        verify_apart(path, trust)
    assert refused.value.key == "trust-unreadable"
    assert str(trust) in explain(refused.value)[0]


def test_a_verification_that_takes_too_long_is_stopped(tmp_path, monkeypatch):
    path = tmp_path / "sheet.pdf"
    path.write_bytes(signing.genuine())
    monkeypatch.setattr(verifier, "SECONDS", 0.01)
    with pytest.raises(BadInput) as refused:
        verify_apart(path, None)
    assert refused.value.key == "verify-too-long"
    assert str(path) in explain(refused.value)[0]


def test_a_file_that_swallows_memory_is_given_up(tmp_path, long):
    if not long:
        pytest.skip("takes ten seconds: --long")
    path = tmp_path / "greedy.pdf"
    entries = 3_000_000
    path.write_bytes(
        b"%%PDF-1.7\nxref\n0 %d\n" % entries
        + b"0000000009 00000 n \n" * entries
        + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n9\n%%%%EOF\n" % entries
    )
    with pytest.raises(BadInput) as refused:
        verify_apart(path, None)
    assert refused.value.key in ("verify-gave-up", "verify-too-long", "verify-unreadable", "verify-not-ours")


def test_content_that_unpacks_without_end_is_refused(long):
    if not long:
        pytest.skip("takes ten seconds: --long")

    def change(writer):
        spec = writer.root["/Names"]["/EmbeddedFiles"]["/Names"][1]
        bomb = generic.StreamObject(stream_data=bytes(300_000_000))
        bomb.compress()
        reference = writer.add_object(bomb)
        spec["/EF"] = generic.DictionaryObject({generic.pdf_name("/F"): reference})
        writer.update_container(spec)

    assert not verify.examine(attacks.updated(signing.genuine(), change)).accepted
