"""A laptop that is killed again and again: answers and signs without end, and says what it has acknowledged.

Started once by test_kills.py. For each line on stdin (the path of a workspace) it forks a process that works until
somebody kills it: starting Python a thousand times would take longer than the work.
"""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path

from inspector.ledger.record import Record
from inspector.model.answer import Answer
from inspector.model.words import Category
from inspector.services import drafts, forms, workspaces
from inspector.store import blobs, records
from inspector.store import drafts as draft_store
from inspector.store.workspace import Workspace
from tests.county import NOW

ITEM = "GC-01"


def say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


def open_draft(workspace: Workspace) -> str:
    return drafts.start(workspace, site="site:GC-001", category=Category.SUPERVISION, now=NOW)


def sign(workspace: Workspace, draft: str, number: int) -> None:
    """What services/signing.py does when the PDF is complete: blob, then one transaction."""
    pdf = b"%%PDF-1.7 of %d" % number
    blob = (blobs.put(workspace, pdf), len(pdf))
    with workspace.transaction() as db:
        inspection = Record("inspection", f"inspection:{draft}", (), {"set": {"n": number}}, (blob,))
        finding = Record(
            "finding", f"finding:{draft}", (), {"set": {"place": str(number)}, "moves": [{"move": "hand"}]}
        )
        records.append(db, workspace, (inspection, finding), person=None, wall=drafts.stamp(NOW))
        draft_store.remove(db, draft)


def work(path: Path) -> None:
    workspace = workspaces.opened(path)
    with workspace.reading() as db:
        open_drafts = [row.id for row in draft_store.rows(db)]
    draft = open_drafts[0] if open_drafts else open_draft(workspace)
    given = drafts.read(workspace, draft).answers.get(ITEM)
    number = int(given.note) if given else 0
    say(f"open {draft} {number}")
    while True:
        for _ in range(4):
            number += 1
            drafts.answer(workspace, draft, ITEM, Answer(note=str(number)), now=NOW)
            say(f"answered {draft} {number}")
        sign(workspace, draft, number)
        say(f"signed {draft} {number}")
        draft, number = open_draft(workspace), 0
        say(f"open {draft} 0")


def main() -> None:
    forms.every(None)  # read once, for all lives
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                work(Path(line.rstrip("\n")))
            except BaseException:  # noqa: BLE001 - the end of a process
                say(f"failed {traceback.format_exc()!r}")
                os._exit(1)
        say(f"pid {child}")
        os.waitpid(child, 0)
        say("dead")


if __name__ == "__main__":
    main()
