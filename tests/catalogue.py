"""Which keys of the catalogue the code uses, as far as its text shows."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ERRORS = {"BadInput", "Refused", "Environment", "Damaged", "Fault"}
"""Calls whose first argument is the key of an error's text."""

_KEY = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)+")


@dataclass(frozen=True)
class Use:
    """A key, or a pattern of keys, where the code asks for its text. `values` are the names that are given to fill it,
    None where they cannot be seen."""

    where: str
    pattern: re.Pattern[str]
    literal: str
    error: bool
    values: frozenset[str] | None


def placeholders(text: str) -> set[str]:
    """The names that a text wants to be filled with."""
    return {
        re.split(r"[.\[]", name)[0] for _, name, _, _ in string.Formatter().parse(text) if name is not None
    }


@cache
def trees(folder: Path) -> list[tuple[Path, ast.Module]]:
    """Every module below a folder."""
    return [(file, ast.parse(file.read_text("utf-8"))) for file in sorted(folder.rglob("*.py"))]


def strings(tree: ast.Module) -> Iterator[ast.Constant]:
    """Every string of a module that is no docstring."""
    documentation = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in documentation:
            yield node


def words(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Every string of a module that has the shape of a key, and its line."""
    for constant in strings(tree):
        word = str(constant.value).partition(" ")[0]  # "act-answer GJ-02" names an act and what it was about
        if _KEY.fullmatch(word):
            yield word, constant.lineno


def patterns(tree: ast.Module) -> Iterator[re.Pattern[str]]:
    """The keys that the f-strings of a module may become."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and (pattern := _pattern(node)) is not None:
            yield pattern


def uses(file: Path, tree: ast.Module) -> Iterator[Use]:
    """Where a module asks for a text, or raises an error that names one."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        given = {argument.arg for argument in node.keywords}
        values = None if None in given else frozenset(name for name in given if name)
        if called in ERRORS | {"say"} and node.args:
            yield from _use(file, node.args[0], error=called in ERRORS, values=values)


def _use(file: Path, key: ast.expr, *, error: bool, values: frozenset[str] | None) -> Iterator[Use]:
    where = f"{file.name}:{key.lineno}"
    if isinstance(key, ast.Constant) and isinstance(key.value, str):
        yield Use(where, re.compile(re.escape(key.value)), key.value, error, values)
    elif isinstance(key, ast.IfExp):
        for way in (key.body, key.orelse):
            yield from _use(file, way, error=error, values=values)
    elif isinstance(key, ast.JoinedStr) and (pattern := _pattern(key)) is not None:
        yield Use(where, pattern, "", error, values)


def _pattern(key: ast.JoinedStr) -> re.Pattern[str] | None:
    """An f-string as the keys that it may become; None for one that says too little."""
    parts = [
        re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z0-9-]*" for part in key.values
    ]
    solid = "".join(str(part.value) for part in key.values if isinstance(part, ast.Constant)).partition(" ")[
        0
    ]
    return (
        re.compile("".join(parts))
        if re.fullmatch(r"[a-z0-9-]*[a-z0-9]{2}[a-z0-9-]*", solid) and "-" in solid
        else None
    )
