"""verify: whether a PDF is a document of ours, and whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from inspector.cli.opening import looked_at
from inspector.cli.shape import AsJson, At, Files, optional_file
from inspector.cli.show import fail, failure, problem_line, show
from inspector.model.errors import InspectorError
from inspector.text import say

if TYPE_CHECKING:
    from inspector.model.verdict import Verdict


def verify(
    files: Files,
    trust: Annotated[Path | None, optional_file("--trust", say("cli-verify-trust"))] = None,
    workspace: At = None,
    as_json: AsJson = False,
) -> int:
    """0 if all are accepted, 1 if one is not, 2 if one cannot be judged at all."""
    from inspector.services import verification

    status = 0
    answers: list[dict[str, Any]] = []
    with looked_at(workspace) as here:
        for file in files:
            try:
                if here:
                    verdict = verification.in_workspace(here, file, trust=trust)
                else:
                    verdict = verification.verify_file(file, trust=trust)
            except InspectorError as error:
                status = max(status, error.exit_status)
                answers.append({"file": str(file)} | failure(error))
                if not as_json:
                    fail(error, as_json=False)
                continue
            status = max(status, 0 if verdict.accepted else 1)
            answers.append(_as_json(file, verdict))
            if not as_json:
                _tell(file, verdict, many=len(files) > 1)
    if as_json:
        show(answers[0] if len(answers) == 1 else {"documents": answers})
    return status


def _as_json(file: Path, verdict: Verdict) -> dict[str, Any]:
    return {
        "file": str(file),
        "accepted": verdict.accepted,
        "intact": verdict.intact,
        "complete": verdict.complete,
        "data_matches": verdict.data_matches,
        "trusted": verdict.trusted,
        "signers": verdict.signers,
        "claimed_time": verdict.claimed_time,
        "appended": verdict.appended,
        "number": verdict.number,
        "lines": [{"key": line.key, "message": problem_line(line)} for line in verdict.lines()],
    }


def _tell(file: Path, verdict: Verdict, *, many: bool) -> None:
    """The answer is what was asked for: on stdout."""
    if many:
        typer.echo(f"{file}:")
    for line in verdict.lines():
        typer.echo(problem_line(line))
