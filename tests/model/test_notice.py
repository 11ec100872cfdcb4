"""Documents of rectification: one canonical value each, and what keeps one from being signed."""

from __future__ import annotations

import msgspec
import pytest

from inspector.model import canonical, notice, notice_rules
from inspector.model.errors import Damaged
from inspector.model.inspection import Signs
from inspector.model.notice import Decision, Received
from inspector.model.paper import PAPERS, WAYS, Kind, Way
from tests.documents import papers

KINDS = [pytest.param(kind, id=kind.value) for kind in Kind]


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_comes_back_from_its_bytes_and_has_no_second_spelling(kind: Kind) -> None:
    document = papers.EVERY[kind]()
    data = notice.encode(document)
    assert notice.decode(data) == document
    with pytest.raises(Damaged, match="not-canonical"):
        notice.decode(data + b" ")


@pytest.mark.parametrize("kind", KINDS)
def test_what_every_kind_needs_is_there_in_a_complete_one(kind: Kind) -> None:
    assert notice_rules.faults(papers.EVERY[kind](), bodies={papers.COMPANY.id}) == ()


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_that_too_few_sign_cannot_be_signed(kind: Kind) -> None:
    document = papers.EVERY[kind]()
    by_hand = tuple(msgspec.structs.replace(one, signs=Signs.HAND) for one in document.members)
    assert "doc-few-signers" in notice_rules.faults(papers.changed(document, members=by_hand))


@pytest.mark.parametrize("kind", KINDS)
def test_no_document_is_addressed_or_copied_to_a_party(kind: Kind) -> None:
    document = papers.EVERY[kind]()
    bodies = {papers.COMPANY.id}
    to_company = papers.changed(document, to=papers.COMPANY)
    assert "doc-party-addressed" in notice_rules.faults(to_company, bodies=bodies)
    assert "doc-party-addressed" in notice_rules.faults(to_company)  # it is named as a party, too
    copied = papers.changed(document, copied=(papers.BUREAU, papers.COMPANY))
    assert "doc-party-addressed" in notice_rules.faults(copied, bodies=bodies)


def test_every_kind_has_its_row_in_the_table_of_documents() -> None:
    assert set(PAPERS) == set(Kind) == set(papers.EVERY)
    assert set(WAYS) == set(Way)


@pytest.mark.parametrize(
    ("way", "given"),
    [
        (Way.RECEIPT, {"name": "收件人戊"}),
        (Way.RECEIVED_FOR, {"name": "门卫", "relation": "门卫代收"}),
        (Way.REFUSED, {"reason": "要请示", "witness": "社区干部己"}),
        (Way.LEFT, {"photos": (papers.photo("c"),)}),
    ],
)
def test_each_way_of_service_says_what_it_must(way: Way, given: dict[str, object]) -> None:
    whole = Received(way=way, at=papers.SERVED, place="办公室", **given)
    assert whole.lacks() == ()
    for field in given:
        less = msgspec.structs.replace(whole, **{field: type(given[field])()})
        assert less.lacks() == (field,)
        assert "doc-nobody-received" in notice_rules.faults(papers.service(received=less))


def test_rows_are_counted_from_one_and_no_finding_stands_twice() -> None:
    first, second = papers.row(1), papers.row(2)
    assert "doc-row-order" in notice_rules.faults(papers.notice(rows=(second, first)))
    twice = msgspec.structs.replace(second, finding=first.finding)
    assert "doc-finding-twice" in notice_rules.faults(papers.notice(rows=(first, twice)))
    assert "doc-no-rows" in notice_rules.faults(papers.notice(rows=()))


def test_a_notice_is_checked_before_it_is_issued_and_says_whom_to_ask() -> None:
    assert "doc-not-checked" in notice_rules.faults(papers.notice(checked=Decision()))
    assert "doc-no-contact" in notice_rules.faults(papers.press(contact=notice.Contact(name="检查员甲")))


def test_a_reinspection_closes_what_passed_and_nothing_else() -> None:
    opinion = papers.reinspection()
    assert opinion.closed == (opinion.rows[0].row.finding,)


def test_what_a_recipient_is_shown_does_not_change_by_his_own_act() -> None:
    slip = papers.handover()
    other = papers.changed(slip, received=Received(way=Way.REFUSED, at=papers.SERVED), made="2026-10-13")
    assert notice.shown(slip) == notice.shown(other)
    assert notice.shown(slip) != notice.shown(papers.changed(slip, asking="请今天整改。"))


def test_an_unknown_kind_is_said_to_be_one() -> None:
    with pytest.raises(Damaged, match="kind-unknown"):
        notice.decode(canonical.encode({"kind": "fine", "v": 1}))
