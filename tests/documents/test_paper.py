"""Documents of rectification as files: archival, proved by their signatures, readable, with room for the seal."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

import pytest
from pikepdf import pdfa as validator

from inspector.documents import page, paper, sign, verify
from inspector.documents.paper_parts import SEAL
from inspector.model.inspection import rendition_key
from inspector.model.notice import Document
from inspector.model.paper import Kind
from tests.documents import papers, signing
from tests.documents.sheets import picture
from tests.documents.signing import AT

KINDS = [pytest.param(kind, id=kind.value) for kind in Kind]
MM = 72 / 25.4


def drawn(document: Document) -> bytes:
    pictures = {rendition_key(photo): picture(n) for n, photo in enumerate(document.evidence(), 1)}
    return paper.paper(document, pictures)


@cache
def signed(kind: Kind) -> bytes:
    """A document of this kind, signed by those whom it names."""
    people = signing.inspectors()
    fingerprints = tuple(signing.fingerprint(one) for one in people)
    members = papers.members(kind, certificates=fingerprints)
    pdf = drawn(papers.EVERY[kind](members=members))
    for member, signer in zip(members, people, strict=False):
        pdf = sign.sign(pdf, field=member.field, signer=signer, certify=member is members[0], at=AT)
    return pdf


def text(pdf: bytes, tmp_path: Path, *options: str) -> str:
    file = tmp_path / "paper.pdf"
    file.write_bytes(pdf)
    run = subprocess.run(["pdftotext", *options, file, "-"], check=True, capture_output=True)
    return run.stdout.decode()


def solid(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("kind", KINDS)
def test_a_signed_document_proves_itself(kind: Kind) -> None:
    verdict = verify.examine(signed(kind))
    assert verdict.accepted, verdict.problems
    assert verdict.kind == kind.value
    assert verdict.number == papers.EVERY[kind]().number


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_that_nobody_signed_is_refused(kind: Kind) -> None:
    assert not verify.examine(drawn(papers.EVERY[kind]())).accepted


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_is_archival_but_for_its_signature_fields(kind: Kind, tmp_path: Path) -> None:
    file = tmp_path / "bare.pdf"
    file.write_bytes(drawn(papers.changed(papers.EVERY[kind](), members=())))
    verdict = validator.validate_written(file, "3b")
    assert (verdict.verdict, list(verdict.findings)) == ("pass", [])


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_is_the_same_bytes_again_and_right_for_other_readers(kind: Kind, tmp_path: Path) -> None:
    assert drawn(papers.EVERY[kind]()) == drawn(papers.EVERY[kind]())
    file = tmp_path / "paper.pdf"
    file.write_bytes(signed(kind))
    assert subprocess.run(["qpdf", "--check", file], capture_output=True).returncode == 0
    shown = subprocess.run(["pdfsig", "-nocert", file], capture_output=True).stdout.decode()
    assert shown.count("Signature is Valid") == len(papers.EVERY[kind]().signers)


def test_a_notice_says_all_that_the_unit_must_know(tmp_path: Path) -> None:
    said = solid(text(drawn(papers.notice()), tmp_path))
    for part in (
        "督查整改通知书",
        "示创办督〔2026〕17号",
        "城关街道办事处",
        "㐂河物业公司",
        "《联合督查方案（示例）》",
        "17-3",
        "自送达次日起5个工作日内",
        "共3处（以下空白）。照片见第2页。",
        "30日内书面提出复核申请",
        "（盖章）",
        "2026年10月16日",
        "签收人",
    ):
        assert solid(part) in said, part
    assert "责令" not in said and "行政处罚" not in said


def test_the_date_of_a_limit_is_printed_at_service_and_never_before(tmp_path: Path) -> None:
    assert "2026年10月26日" not in solid(text(drawn(papers.notice()), tmp_path))
    assert "2026年10月26日" in solid(text(drawn(papers.service()), tmp_path))


@pytest.mark.parametrize("rows", [1, 3, 5, 6, 8, 40])
@pytest.mark.parametrize("kind", [Kind.NOTICE, Kind.PRESS], ids=lambda kind: kind.value)
def test_signer_and_date_have_room_for_the_seal_and_never_stand_alone(
    kind: Kind, rows: int, tmp_path: Path
) -> None:
    notice = papers.notice(rows=tuple(papers.row(n, photos=()) for n in range(1, rows + 1)))
    if kind is Kind.PRESS:
        one = papers.press().rows[0]
        missed = tuple(
            type(one)(
                row=row,
                notice=one.notice,
                served_on=one.served_on,
                days_late=n,
                time_limit=one.time_limit,
            )
            for n, row in enumerate(notice.rows, 1)
        )
        document: Document = papers.press(rows=missed)
    else:
        document = notice
    pages = text(drawn(document), tmp_path, "-layout").split("\f")
    sealed = [solid(one) for one in pages if "（盖章）" in one]
    assert len(sealed) == 1
    assert "2026年10月16日" in sealed[0] and "签发" in sealed[0] and "签收人" in sealed[0]
    assert "异议复核" in sealed[0] or "反馈方式" in sealed[0]


def test_the_block_that_is_sealed_holds_the_seal_of_a_county() -> None:
    assert SEAL >= 50 * MM
    assert page.BODY_WIDTH - 90 * MM >= 50 * MM


def test_a_draft_says_that_it_is_one_and_has_nothing_to_sign(tmp_path: Path) -> None:
    draft = papers.notice(number="", members=())
    pdf = drawn(draft)
    said = solid(text(pdf, tmp_path))
    assert "督查整改通知书（草稿）" in said and "（签发时编号）" in said
    assert b"/FT /Sig" not in pdf


def test_very_long_texts_are_printed_whole(tmp_path: Path) -> None:
    long = "堆放建筑垃圾" * 83 + "。"
    notice = papers.notice(
        rows=(papers.row(1, description="沿街" * 1500 + "末尾", photos=()), papers.row(2, photos=())),
        opening=long,
        asking=long,
        feedback=long,
        review=long,
    )
    said = solid(text(drawn(notice), tmp_path))
    assert said.count("堆放建筑垃圾") >= 83 * 4
    assert "末尾" in said


def test_an_unknown_date_is_left_open_on_paper(tmp_path: Path) -> None:
    limits = tuple(
        type(one)(finding=one.finding, number=one.number, time_limit=one.time_limit, began="")
        for one in papers.service().limits
    )
    said = solid(text(drawn(papers.service(limits=limits)), tmp_path))
    assert "待放假安排公布后另行告知" in said


def test_a_decision_on_paper_is_printed_without_claiming_his_certificate(tmp_path: Path) -> None:
    issued = papers.notice().issued
    on_paper = type(issued)(name="签发人丁", at="2026-10-16", scan="e" * 64)
    said = solid(text(drawn(papers.notice(issued=on_paper)), tmp_path))
    assert "签发人在纸面签发，未用证书签名" in said
    assert "电子签名：经办人检查员甲" in said


def test_a_file_is_called_by_title_number_and_addressee() -> None:
    assert paper.file_name(papers.notice()) == "督查整改通知书_示创办督〔2026〕17号_城关街道办事处.pdf"
