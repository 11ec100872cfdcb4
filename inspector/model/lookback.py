"""回头看: which closed findings are looked at again, drawn so that anybody can draw them again and check it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def drawn(candidates: Iterable[str], *, seed: int, count: int) -> tuple[str, ...]:
    """At most `count` of the candidates, by the SHA-256 of "<seed> <candidate>" (decimal, UTF-8), the smallest first:
    the same on every machine and in every language, whatever order the candidates come in."""
    return tuple(sorted(set(candidates), key=lambda one: _draw(seed, one))[:count])


def _draw(seed: int, candidate: str) -> bytes:
    return hashlib.sha256(f"{seed} {candidate}".encode()).digest()
