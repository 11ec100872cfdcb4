"""A sheet that is ready to be drawn, signed, attacked."""

from __future__ import annotations

import pytest

from tests.documents.sheets import Made, finding, made


@pytest.fixture(scope="session")
def ready() -> Made:
    """Content, form and renditions of a sheet of one finding with one photo, to be signed by two inspectors
    (fields inspector-1 and inspector-2): `sheet.sheet(*ready)` is its file."""
    return made(findings=[finding(1, "BX-05")])
