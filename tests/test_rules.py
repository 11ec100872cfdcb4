"""Rules of the project that no linter knows: where Chinese stands, what is committed, notices, what Qt must not do."""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

from tests.catalogue import strings, trees

ROOT = Path(__file__).resolve().parents[1]
CODE = ROOT / "inspector"
HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]")

NAMESPACES = {"www.w3.org", "ns.adobe.com", "purl.org", "www.aiim.org", "maven.apache.org"}
"""Hosts that stand in names of XML vocabularies; nothing is fetched from them."""


def test_chinese_stands_in_the_four_tables_and_in_the_catalogue_alone() -> None:
    tables = {"model/words.py", "tables/headings.py", "photos/names.py", "documents/breaking.py"}
    found = []
    for file, tree in trees(CODE):
        name = file.relative_to(CODE).as_posix()
        lines = file.read_text("utf-8").splitlines()
        found += [
            f"{name}:{constant.lineno}"
            for constant in strings(tree)
            if name not in tables
            and HAN.search(str(constant.value))  # and as itself, not as the escape of a range's border
            and HAN.search("".join(lines[constant.lineno - 1 : constant.end_lineno]))
        ]
    assert not found, "\n".join(found)


@cache
def committed() -> list[tuple[str, str]]:
    """The text files that git knows, by name."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True).stdout
    files = []
    for name in listed.decode().split("\0"):
        data = (ROOT / name).read_bytes() if name and (ROOT / name).is_file() else b"\0"
        if b"\0" not in data[:8000]:
            files.append((name, data.decode("utf-8", "replace")))
    return files


def test_nothing_that_is_committed_names_a_host() -> None:
    found = [
        f"{name}: {host}"
        for name, text in committed()
        if not name.startswith("resources/licences/") and name != "LICENSE"
        for host in re.findall(r"\b[a-z]+://([A-Za-z0-9.-]+)", text)
        if host not in NAMESPACES and not host.endswith(".invalid")
    ]
    assert not found, "\n".join(sorted(set(found)))


def test_nothing_that_is_committed_knows_where_this_checkout_lies() -> None:
    places = [f"{ROOT}/", f"{ROOT.parent}/", f"{Path.home()}/"]
    found = [
        f"{name}: {place}"
        for name, text in committed()
        for place in places
        if re.search(rf"(?<![\w.]){re.escape(place)}\w", text)
    ]
    assert not found, "\n".join(found)


def test_the_lock_holds_hashes_and_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    pinned = re.findall(r"^([a-z0-9-]+)==\S+", lock, re.MULTILINE)
    assert len(pinned) == len(set(pinned)) > 50
    assert all("--hash=sha256:" in part for part in re.split(r"^(?=[a-z0-9])", lock, flags=re.MULTILINE)[1:])
    assert "://" not in lock


def test_everything_from_elsewhere_stands_in_the_notices_with_its_licence() -> None:
    notices = (ROOT / "THIRD_PARTY.md").read_text("utf-8")
    assert "Apache License" in (ROOT / "LICENSE").read_text("utf-8")
    resources = ROOT / "resources"
    for file in (*resources.glob("fonts/*.ttf"), *resources.glob("colour/*"), *resources.glob("licences/*")):
        assert file.name in notices, file
    assert set(re.findall(r"`(resources/licences/[^`]+)`", notices)) == {
        f"resources/licences/{file.name}" for file in resources.glob("licences/*")
    }
    listed = set(re.findall(r"^\| ([a-z0-9-]+) \| \S", notices, re.MULTILINE))
    assert needed(PROJECT["dependencies"]) <= listed
    assert needed(PROJECT["optional-dependencies"]["s3"]) <= listed


def test_the_fonts_are_the_ones_whose_hashes_are_kept() -> None:
    folder = ROOT / "resources" / "fonts"
    sums = dict(
        reversed(line.split("  ")) for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines()
    )
    for font in folder.glob("*.ttf"):
        assert hashlib.sha256(font.read_bytes()).hexdigest() == sums[font.name]


PROJECT: Any = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def needed(requirements: list[str]) -> set[str]:
    """The packages that pip brings for these requirements on this system, all the way down."""
    found: set[str] = set()
    left = [(requirement, "") for requirement in requirements]
    while left:
        text, extra = left.pop()
        requirement = Requirement(text)
        if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            continue
        name = re.sub(r"[-_.]+", "-", requirement.name).lower()
        if name not in found:
            found.add(name)
            below = importlib.metadata.requires(name) or []
            left += [(one, wanted) for one in below for wanted in ("", *requirement.extras)]
    return found


def test_qt_gives_back_the_references_that_it_takes() -> None:
    """PySide6 6.12.0 on Python 3.11 takes one from None with each call that returns nothing, and some thousand calls
    later the process is gone: 10,000 signals and 3,000 calls in a child must leave None as it was."""
    child = subprocess.run(
        [sys.executable, "-c", CHILD],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert child.returncode == 0, child.stderr
    heard, lost = map(int, child.stdout.split())
    assert heard == 10_000
    assert lost < 1000


CHILD = """
import sys
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QLabel

class Source(QObject):
    happened = Signal(object)

application = QApplication([])
keep = [None] * 20_000
label, source, heard = QLabel("x"), Source(), []
source.happened.connect(heard.append)
before = sys.getrefcount(None)
for _ in range(3000):
    label.update()
for number in range(10_000):
    source.happened.emit(None)
print(len(heard), before + 10_000 - sys.getrefcount(None))
"""
