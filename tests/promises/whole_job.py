"""The whole job in one process: a workspace, lists, people, a visit, a signed sheet, a backup. Prints the number of the
sheet and whether it verifies. Run by test_5: without a network and as a user who may do nothing."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

from inspector.services import check, inspections, verification, workspaces
from tests import county
from tests.county import NOW, County


def main(folder: Path) -> None:
    network = "no network"
    try:
        socket.create_connection(("127.0.0.1", 9), timeout=1)
    except ConnectionRefusedError:
        network = "a network"  # there is a machine that could refuse
    except OSError:
        pass
    county.made(folder / "workspace")
    with workspaces.opened(folder / "workspace") as workspace:
        progress = County(workspace).signed(County(workspace).passed())
        (row,) = inspections.every(workspace)
        (folder / "sheet.pdf").write_bytes(inspections.pdf(workspace, progress.inspection))
        check.backup(workspace.path, folder / "backup.zip", now=NOW)
        check.restore(folder / "backup.zip", folder / "restored")
    verdict = verification.verify_file(folder / "sheet.pdf")
    whole = verdict.intact and verdict.complete and verdict.data_matches
    print(f"{network}, user {os.geteuid()}, {row.number}, {whole}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
