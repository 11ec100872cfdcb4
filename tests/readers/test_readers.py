"""What two readers that nobody here wrote say of signed files as they are: veraPDF, and the EU's DSS.

They come by Maven, once, into build/readers (66 jars); then no network is needed.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import portalocker
import pytest

from inspector.services import demo, inspections, notices, workspaces
from tests.county import NOW
from tests.documents import signing

HERE = Path(__file__).parent
JARS = HERE.parents[1] / "build" / "readers"
VERAPDF = "greenfield-apps-1.28.2.jar"


@pytest.fixture(scope="module")
def jars(long: bool) -> Path:
    if not long:
        pytest.skip("other readers are asked with --long")
    for tool in ("java", "mvn"):
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed")
    JARS.mkdir(parents=True, exist_ok=True)
    with portalocker.Lock(JARS.with_suffix(".lock"), timeout=600):
        if not (JARS / "complete").exists():
            command = ["mvn", "-q", "-f", HERE / "pom.xml", "dependency:copy-dependencies"]
            got = subprocess.run(
                [*command, f"-DoutputDirectory={JARS}"], capture_output=True, text=True, check=False
            )
            if got.returncode:
                pytest.skip(f"Maven cannot bring the readers: {got.stdout.strip()[:300]}")
            (JARS / "complete").touch()
    return JARS


@pytest.fixture(scope="module")
def example(jars: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Every signed document of the worked example: sheets of eight kinds of site with corrections, objections and
    refusals; then all documents of rectification."""
    folder = tmp_path_factory.mktemp("example")
    demo.build(folder / "demo", now=NOW, seed=1)
    with workspaces.opened(folder / "demo") as workspace:
        files = []
        for row in inspections.every(workspace):
            files.append(folder / f"{row.number}.pdf")
            files[-1].write_bytes(inspections.pdf(workspace, row.id))
        for paper in notices.every(workspace):
            if paper.sheet:
                files.append(folder / f"{paper.id.partition(':')[2]}.pdf")
                files[-1].write_bytes(notices.pdf(workspace, paper.id))
    return files


def verapdf(jars: Path, files: Sequence[Path]) -> list[str]:
    command = ["java", "-cp", jars / VERAPDF, "org.verapdf.apps.GreenfieldCliWrapper"]
    said = subprocess.run(
        [*command, "--format", "text", "-v", "-f", "3b", *files], capture_output=True, text=True, check=False
    )
    return said.stdout.splitlines()


def dss(jars: Path, files: Sequence[Path], *, trust: Path | None = None) -> list[list[str]]:
    """A row for each signature: file, format, indication, subindication, intact or broken, errors, warnings."""
    command = ["java", "-cp", f"{jars}/*", HERE / "Pades.java", *(["--trust", trust] if trust else [])]
    said = subprocess.run([*command, *files], capture_output=True, text=True, check=True)
    return [line.split("\t") for line in said.stdout.splitlines()]


def test_verapdf_passes_every_signed_document_of_the_example_as_it_is(jars, example):
    said = verapdf(jars, example)
    assert [line for line in said if not line.startswith("PASS ")] == []
    assert len(said) == len(example) >= 8


def test_the_eu_s_validator_finds_all_signatures_intact_and_misses_trust_alone(jars, example):
    some = example[::5]
    rows = dss(jars, some)
    assert {row[0] for row in rows} >= {str(file) for file in some} or len(rows) >= len(some)
    for row in rows:
        assert row[1:5] == ["PAdES-BASELINE-B", "INDETERMINATE", "NO_CERTIFICATE_CHAIN_FOUND", "intact"]
        assert row[6] == "[]"


def test_with_the_office_s_root_the_eu_s_validator_passes_what_is_signed_after_enrolment(jars, tmp_path):
    office = signing.key("示例县创建办", ca=True)
    one, two = (signing.key(name, by=office).signer for name in ("检查员甲", "检查员乙"))
    file, root = tmp_path / "enrolled.pdf", tmp_path / "root.pem"
    file.write_bytes(signing.signed(one, two))
    root.write_bytes(office.pem)
    rows = dss(jars, [file], trust=root)
    assert [row[1:3] for row in rows] == [["PAdES-BASELINE-B", "TOTAL_PASSED"]] * 2
    assert verapdf(jars, [file]) == [f"PASS {file} 3b"]
