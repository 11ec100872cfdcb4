"""From what was found to what is closed: notice, service, re-inspection, and the numbers of it all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from inspector.model.paper import Kind, Standing
from inspector.services import findings, notices, serving, verification
from tests.services import rectifying
from tests.services.rectifying import LATER, WORKDAYS


@pytest.fixture
def two(county):
    """Two findings of one visit, and numbers to issue with."""
    rectifying.allotted(county)
    return rectifying.found(county, "东门南侧", "西门北侧")


def test_a_finding_goes_all_the_way_to_its_closing_and_every_paper_proves_itself(county, two, tmp_path):
    (notice,) = rectifying.issued(county)
    assert (notice.kind, notice.number, notice.standing) == (
        Kind.NOTICE,
        "示创办督〔2026〕17号",
        Standing.ISSUED,
    )
    assert rectifying.state(county, two[0]) == "open"

    served = LATER + timedelta(minutes=5)
    (proof,) = serving.serve(
        county.workspace,
        [notice.number],
        rectifying.receipt(served),
        county.signers()[0],
        now=served,
    )
    assert notices.one(county.workspace, notice.id).standing is Standing.SERVED
    assert {rectifying.state(county, one) for one in two} == {"served"}
    # Tuesday 24 November and five working days: Tuesday 1 December
    assert {findings.one(county.workspace, one).due for one in two} == {"2026-12-01"}

    again = served + timedelta(days=3)
    (opinion,) = rectifying.reinspected(county, rectifying.passes(county, two[0]), at=again)
    assert rectifying.state(county, two[0]) == "passed"
    assert rectifying.state(county, two[1]) == "served"

    for n, row in enumerate((notice, proof, opinion)):
        file = tmp_path / f"{n}.pdf"
        file.write_bytes(notices.pdf(county.workspace, row.id))
        verdict = verification.in_workspace(county.workspace, file)
        assert verdict.accepted, verdict.problems
        assert "verify-ledger-same" in {line.key for line in verdict.notes}
    assert WORKDAYS.n == 5
