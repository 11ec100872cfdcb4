"""The chain of one device: what is missing in it, and where it forks. Facts that are shown, never reasons to refuse."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec


class Link(msgspec.Struct, frozen=True):
    """A batch in its chain."""

    seq: int
    hash: str
    prev: str


class Chain(msgspec.Struct, frozen=True, kw_only=True):
    """What is here of one device's batches. `gaps` are missing ranges (first, last); `forks` are the numbers that two
    batches carry, or whose batch does not follow the one before: the disk was cloned, or a backup went on beside its
    original."""

    device: str
    count: int
    last: int
    gaps: tuple[tuple[int, int], ...]
    forks: tuple[int, ...]


def chain(device: str, links: Iterable[Link]) -> Chain:
    """The facts about a device's batches, given in any order."""
    by_seq: dict[int, list[Link]] = {}
    for link in links:
        by_seq.setdefault(link.seq, []).append(link)
    numbers = sorted(by_seq)
    gaps = []
    forks = [number for number in numbers if len(by_seq[number]) > 1]
    expected = 1
    for number in numbers:
        if number > expected:
            gaps.append((expected, number - 1))
        elif number > 1:
            hashes = {link.hash for link in by_seq[number - 1]}
            if any(link.prev not in hashes for link in by_seq[number]):
                forks.append(number)
        expected = number + 1
    return Chain(
        device=device,
        count=sum(map(len, by_seq.values())),
        last=numbers[-1] if numbers else 0,
        gaps=tuple(gaps),
        forks=tuple(sorted(set(forks))),
    )
