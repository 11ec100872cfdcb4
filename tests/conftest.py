"""What every test stands on: no display, and two hypothesis profiles.

Slow counts belong behind `--long` (fixture `long`) or hypothesis' profile of that name; `dev.py test --long`
turns both on.
"""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # read when the first QApplication is made

settings.register_profile(
    "quick", max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
settings.register_profile("long", max_examples=2000, deadline=timedelta(seconds=30))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="the large counts")


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("long" if config.getoption("--long") else "quick")


@pytest.fixture(scope="session")
def long(request: pytest.FixtureRequest) -> bool:
    """Whether the large counts were asked for (`dev.py test --long`)."""
    return bool(request.config.getoption("--long"))
