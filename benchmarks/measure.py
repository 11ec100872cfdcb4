"""Times of several ways to do one thing, so that a busy machine hits all of them alike: every round runs each once,
in random order. Among them is a control, the reference once more: how far it is from the reference says what a
ratio is worth."""

from __future__ import annotations

import gc
import random
import sqlite3
import statistics
from collections.abc import Callable, Mapping
from pathlib import Path
from time import perf_counter

from inspector.store.workspace import connect


def measure(ways: Mapping[str, Callable[[], object]], *, rounds: int = 15) -> dict[str, float]:
    """The median seconds of each way. One round before the first warms caches and is not counted; the collector
    rests while a call runs."""
    order = list(ways)
    taken: dict[str, list[float]] = {name: [] for name in order}
    for number in range(rounds + 1):
        random.shuffle(order)
        for name in order:
            seconds = _once(ways[name])
            if number:
                taken[name].append(seconds)
    return {name: statistics.median(taken[name]) for name in ways}


def _once(call: Callable[[], object]) -> float:
    gc.collect()
    gc.disable()
    try:
        begin = perf_counter()
        call()
        return perf_counter() - begin
    finally:
        gc.enable()


def report(name: str, seconds: float, reference: str, reference_seconds: float, limit: float) -> bool:
    """Print one line: the ratio of a time to that of its reference, and its limit. Whether it keeps the limit."""
    ratio = seconds / reference_seconds
    kept = ratio <= limit
    figures = (
        f"{seconds * 1000:10.2f} ms | {reference_seconds * 1000:10.2f} ms | {ratio:5.2f} | <= {limit:.2f}"
    )
    print(f"{name} / {reference} | {figures} | {'ok' if kept else 'OVER'}")
    return kept


def bare(file: Path) -> sqlite3.Connection:
    """A connection as durable as a workspace's, to compare with: its checkpoints come when SQLite wants them."""
    db = connect(file)
    db.execute("PRAGMA wal_autocheckpoint = 1000")
    return db
