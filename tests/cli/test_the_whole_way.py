"""From an empty folder to a sheet that anybody can verify, as an office scripts it: real processes, nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from inspector.places import resource
from tests.cli.visits import TEAM, visit

ROOT = Path(__file__).resolve().parents[2]


def inspector(*arguments: object, cwd: Path, status: int = 0) -> Any:
    """The object that a command prints in a process of its own."""
    ran = subprocess.run(
        [sys.executable, "-m", "inspector", *map(str, arguments), "--json"],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), "INSPECTOR_WORKSPACE": str(cwd / "workspace")},
        capture_output=True,
        check=False,
    )
    assert ran.returncode == status, ran.stderr.decode()
    return json.loads(ran.stdout)


def test_an_empty_folder_becomes_a_signed_sheet_that_a_flipped_byte_betrays(tmp_path: Path) -> None:
    assert inspector("init", "--ledger", "990101", cwd=tmp_path)["ledger"] == "990101"
    assert inspector("unit", "import", resource("example", "units.csv"), cwd=tmp_path)["added"] > 30
    assert inspector("site", "import", resource("example", "sites.csv"), cwd=tmp_path)["added"] > 50
    (tmp_path / "口令.txt").write_text("example1\n", "utf-8")
    keys = [f"--passphrase-file={name}=口令.txt" for name in TEAM]
    for name, key in zip(TEAM, keys, strict=True):
        inspector("person", "add", name, "--organisation", "县创建办", key, cwd=tmp_path)
    file = visit(tmp_path)
    signed = inspector(
        "inspection", "import", file.name, *[f"--sign={name}" for name in TEAM], *keys, cwd=tmp_path
    )
    assert (len(signed["signed"]), signed["waiting"], signed["draft"]) == (2, [], "")

    written = inspector("sheet", signed["number"], "-o", "检查记录表.pdf", cwd=tmp_path)
    sheet = tmp_path / "检查记录表.pdf"
    pdf = sheet.read_bytes()
    assert written["bytes"] == len(pdf)
    verdict = inspector("verify", sheet, cwd=tmp_path)
    assert (verdict["accepted"], verdict["number"]) == (True, signed["number"])
    assert [signer["name"] for signer in verdict["signers"]] == list(TEAM)

    middle = len(pdf) // 2
    sheet.write_bytes(pdf[:middle] + bytes([pdf[middle] ^ 0xFF]) + pdf[middle + 1 :])
    assert inspector("verify", sheet, cwd=tmp_path, status=1)["intact"] is False
    sheet.write_bytes(b"no PDF at all")
    assert "error" in inspector("verify", sheet, cwd=tmp_path, status=2)
