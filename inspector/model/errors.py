"""The four ways in which something can fail that is not our own fault.

A new kind of error is a new key in the catalogue, not a new class. What a person reads is made from
`key` and `values` by `inspector.text`; tests and `--json` speak in keys.
"""

from __future__ import annotations


class InspectorError(Exception):
    """An expected failure: `key` names its text in the catalogue, `values` say what and where."""

    exit_status = 2

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = values

    def __str__(self) -> str:
        return f"{self.key} {self.values}"


class BadInput(InspectorError):
    """A file, field or argument is not what it must be."""


class Refused(InspectorError):
    """A rule forbids this step now."""


class Environment(InspectorError):
    """The disk, a share, another process: nobody's fault, and nothing is lost."""


class Damaged(InspectorError):
    """Stored or received bytes are not what was written."""

    exit_status = 1
