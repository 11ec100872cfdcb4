"""The wheel works outside a checkout: everything that the program reads is inside, and nothing is fetched."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.cli.visits import TEAM, visit

ROOT = Path(__file__).resolve().parents[1]

NO_NETWORK = """
import socket

def refuse(*_, **__):
    raise SystemExit("the network was asked for")

socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = socket.create_connection = refuse
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked wheel, in a folder that knows nothing of this checkout, without a network."""
    made = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(made)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = made.glob("*.whl")
    folder = made / "site"
    zipfile.ZipFile(wheel).extractall(folder)
    (folder / "sitecustomize.py").write_text(NO_NETWORK, "utf-8")
    return folder


def inspector(site: Path, cwd: Path, *arguments: object, status: int = 0) -> Any:
    """The object that a command of the unpacked wheel prints."""
    ran = subprocess.run(
        [sys.executable, "-m", "inspector", *map(str, arguments), "--json"],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(site), "INSPECTOR_WORKSPACE": str(cwd / "workspace")},
        capture_output=True,
        check=False,
    )
    assert ran.returncode == status, ran.stderr.decode()
    return json.loads(ran.stdout)


def test_the_wheel_holds_everything_that_is_read_and_nothing_else(site: Path) -> None:
    assert (site / "inspector" / "forms" / "GC.toml").is_file()
    assert (site / "inspector" / "resources" / "fonts" / "HanaMinB.ttf").is_file()
    top = {path.name for path in site.iterdir()} - {"sitecustomize.py"}
    assert {name for name in top if not name.endswith(".dist-info")} == {"inspector"}
    licences = {path.name for path in site.glob("*.dist-info/licenses/**/*") if path.is_file()}
    assert {"LICENSE", "THIRD_PARTY.md", "Noto-Sans-SC.txt", "Tabler-Icons.txt"} <= licences


def test_an_empty_folder_becomes_a_signed_sheet_that_a_flipped_byte_betrays(
    site: Path, tmp_path: Path
) -> None:
    def said(*arguments: object, status: int = 0) -> Any:
        return inspector(site, tmp_path, *arguments, status=status)

    assert said("init", "--ledger", "990101")["ledger"] == "990101"
    assert len(said("form", "list")["forms"]) >= 8
    example = site / "inspector" / "resources" / "example"
    assert said("unit", "import", example / "units.csv")["added"] > 30
    assert said("site", "import", example / "sites.csv")["added"] > 50
    (tmp_path / "口令.txt").write_text("example1\n", "utf-8")
    keys = [f"--passphrase-file={name}=口令.txt" for name in TEAM]
    for name, key in zip(TEAM, keys, strict=True):
        said("person", "add", name, "--organisation", "县创建办", key)
    signers = [f"--sign={name}" for name in TEAM]
    signed = said("inspection", "import", visit(tmp_path).name, *signers, *keys)
    assert (len(signed["signed"]), signed["waiting"], signed["draft"]) == (2, [], "")

    said("sheet", signed["number"], "-o", "检查记录表.pdf")
    sheet = tmp_path / "检查记录表.pdf"
    verdict = said("verify", sheet)
    assert (verdict["accepted"], verdict["number"]) == (True, signed["number"])
    assert [signer["name"] for signer in verdict["signers"]] == list(TEAM)
    pdf = bytearray(sheet.read_bytes())
    pdf[len(pdf) // 2] ^= 0xFF
    sheet.write_bytes(pdf)
    assert said("verify", sheet, status=1)["intact"] is False


def test_from_the_unpacked_wheel_the_example_is_made(site: Path, tmp_path: Path, long: bool) -> None:
    if not long:
        pytest.skip("--long: a minute")
    made = inspector(site, tmp_path, "demo", tmp_path / "demo")
    kinds = {sheet["kind"] for sheet in made["sheets"]}
    assert len(kinds) == 8
    assert all(Path(sheet["file"]).is_file() for sheet in made["sheets"])
