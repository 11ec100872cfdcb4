"""What every test stands on: no display, and two hypothesis profiles.

Slow counts belong behind `--long` (fixture `long`) or hypothesis' profile of that name; `dev.py test --long`
turns both on.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from inspector.services import workspaces
from inspector.store.workspace import Workspace
from tests import county as example
from tests.county import County

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # read when the first QApplication is made

settings.register_profile(
    "quick", max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
settings.register_profile("long", max_examples=2000, deadline=timedelta(seconds=30))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="the large counts")


_DATA = tempfile.mkdtemp(prefix="inspector-tests-")


def pytest_configure(config: pytest.Config) -> None:
    os.environ["XDG_DATA_HOME"] = _DATA  # keys of devices: never those of the person who runs the tests
    settings.load_profile("long" if config.getoption("--long") else "quick")


@pytest.fixture(scope="session")
def long(request: pytest.FixtureRequest) -> bool:
    """Whether the large counts were asked for (`dev.py test --long`)."""
    return bool(request.config.getoption("--long"))


def pytest_unconfigure() -> None:
    shutil.rmtree(_DATA, ignore_errors=True)


@pytest.fixture(autouse=True)
def _own_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys of devices and of the ledger that one test makes are not there in the next."""
    monkeypatch.setenv("XDG_DATA_HOME", tempfile.mkdtemp(dir=_DATA))


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """An empty workspace."""
    with workspaces.create(tmp_path / "workspace", ledger=workspaces.DEMO) as made:
        yield made


@pytest.fixture(scope="session")
def _county_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("county") / "workspace"
    example.made(path)
    return path


@pytest.fixture
def county(_county_path: Path, tmp_path: Path) -> Iterator[County]:
    """A workspace of its own with the example's units and sites and two inspectors: tests/county.py."""
    path = tmp_path / "county"
    shutil.copytree(_county_path, path)
    with workspaces.opened(path) as opened:
        yield County(opened)
