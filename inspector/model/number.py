"""Numbers of documents: field numbers that every laptop counts by itself, and 发文字号 from blocks of the office.

A field number names the device and its count, so that no two laptops ever give the same. A 发文字号 (prefix, year,
running number) has no room for that: the office allots blocks, and a block belongs to one device. A laptop restored
from a backup is a new device, which is why no number comes twice; the rest of its old block is awaiting (待核) until
a person declares each number used or void.
"""

from __future__ import annotations

import base64
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Final

import msgspec

from inspector.model.errors import BadInput, Refused

MAX_RUNNING: Final = 99_999
MAX_BLOCK: Final = 5_000
MAX_PREFIX: Final = 20

OFFICIAL_NUMBER: Final = "official-number"
"""The phrase of a 发文字号; its placeholders are {prefix}, {year} and {n}, which has no leading zeros."""

_OFFICIAL = re.compile(r"(.{0,40}?)\s*[^\w\s]\s*([0-9]{4})\s*[^\w\s]\s*[^\W0-9]?\s*([0-9]{1,5})\s*[^\W0-9]?")


def sheet_number(code: str, on: date, *, device: str, count: int, slip: bool = False) -> str:
    """The field number of a signed document made on the device `device` (32 hex digits): GJ-001-20261123-7QK3-0007.
    `code`: the site's code, else the form's id. `count`: how many the device has made, this one included. `slip`:
    for documents that are handed over (现场交办单 …), …-7QK3-J0012. Source: docs/decisions.md (Numbers)."""
    label = base64.b32encode(bytes.fromhex(device))[:4].decode("ascii")
    return f"{code}-{on:%Y%m%d}-{label}-{'J' if slip else ''}{count:04d}"


class Official(msgspec.Struct, frozen=True, order=True):
    """A 发文字号: prefix (机关代字) 〔year〕 running number, from 1."""

    prefix: str
    year: int
    n: int


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """Numbers that only `device` may give, in order: entity block:<random>. `first` and `last` belong to it."""

    id: str
    prefix: str
    year: int
    first: int
    last: int
    device: str


class Fate(StrEnum):
    """What a person declares of a number that no document here carries."""

    USED = "used"
    """On paper, with its scan."""
    VOID = "void"
    """作废, with the reason."""


class Declared(msgspec.Struct, frozen=True, kw_only=True):
    """A person's word on one number: `scan` is the SHA-256 of the paper, `reason` why it is void."""

    number: Official
    fate: Fate
    reason: str = ""
    scan: str = ""


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """A number on a document that was issued. `void`: the reason if that document was cancelled, else empty."""

    number: Official
    document: str
    block: str = ""
    void: str = ""


class Status(StrEnum):
    """What became of a number of a block."""

    FREE = "free"
    """未用: its device is still working through the block."""
    ISSUED = "issued"
    VOID = "void"
    """作废, with a reason."""
    PAPER = "paper"
    """Declared as used on paper."""
    AWAITING = "awaiting"
    """待核: nobody here can say."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One number in the list of a block. `documents` has more than one member where a number came twice."""

    number: Official
    status: Status
    documents: tuple[str, ...] = ()
    reason: str = ""
    scan: str = ""


def check_block(block: Block, known: Iterable[Block]) -> None:
    """What must hold before a block is allotted. Raises BadInput `number-block-invalid`; Refused
    `number-block-overlaps`: part of it is allotted already."""
    prefix = block.prefix
    right = (
        0 < len(prefix) <= MAX_PREFIX
        and prefix == prefix.strip()
        and all(unicodedata.category(sign)[0] in "LN" for sign in prefix)
        and 2000 <= block.year <= 2100
        and 1 <= block.first <= block.last <= MAX_RUNNING
        and block.last - block.first < MAX_BLOCK
    )
    if not right:
        raise BadInput(
            "number-block-invalid", prefix=prefix, year=block.year, first=block.first, last=block.last
        )
    for other in known:
        if other.id != block.id and _overlap(block, other):
            raise Refused(
                "number-block-overlaps",
                prefix=prefix,
                year=block.year,
                first=max(block.first, other.first),
                last=min(block.last, other.last),
            )


def next_number(
    blocks: Iterable[Block],
    *,
    prefix: str,
    year: int,
    device: str,
    given: Iterable[Given],
    declared: Iterable[Declared] = (),
) -> tuple[Block, Official]:
    """The number that `device` gives next, and the block that it is from: above everything that the block has given,
    so that numbers rise. Blocks are used by their first number. A number that another document carries already, after
    a merge or by hand, is passed over.
    Raises Refused `number-no-block` (none is allotted to this device) and `number-none-left`."""
    mine = sorted(
        (block for block in blocks if (block.prefix, block.year, block.device) == (prefix, year, device)),
        key=lambda block: (block.first, block.id),
    )
    if not mine:
        raise Refused("number-no-block", prefix=prefix, year=year)
    issued = list(given)
    taken = {one.number for one in issued} | {one.number for one in declared}
    highest: dict[str, int] = defaultdict(int)
    for one in issued:
        highest[one.block] = max(highest[one.block], one.number.n)
    for block in mine:
        for n in range(max(block.first, highest[block.id] + 1), block.last + 1):
            number = Official(prefix, year, n)
            if number not in taken:
                return block, number
    raise Refused("number-none-left", prefix=prefix, year=year, last=mine[-1].last)


def account(
    block: Block, *, device: str, given: Iterable[Given], declared: Iterable[Declared] = ()
) -> tuple[Line, ...]:
    """What became of each number of `block`, as seen on `device`: nothing may be missing. The rest of a block is free
    as long as its device is this one; otherwise, and below the highest number given, it is awaiting."""
    documents: dict[int, list[Given]] = defaultdict(list)
    for one in given:
        if _within(block, one.number):
            documents[one.number.n].append(one)
    said = {one.number.n: one for one in declared if _within(block, one.number)}
    reached = max(
        (n for n, ones in documents.items() if any(one.block == block.id for one in ones)), default=0
    )
    lines = []
    for n in range(block.first, block.last + 1):
        number = Official(block.prefix, block.year, n)
        if carriers := documents.get(n):
            names = tuple(sorted({one.document for one in carriers}))
            void = all(one.void for one in carriers)
            reason = carriers[0].void if void else ""
            status = Status.VOID if void else Status.ISSUED
            lines.append(Line(number=number, status=status, documents=names, reason=reason))
        elif word := said.get(n):
            status = Status.PAPER if word.fate is Fate.USED else Status.VOID
            lines.append(Line(number=number, status=status, reason=word.reason, scan=word.scan))
        else:
            free = block.device == device and n > reached
            lines.append(Line(number=number, status=Status.FREE if free else Status.AWAITING))
    return tuple(lines)


def check_declared(declared: Declared, *, blocks: Iterable[Block], given: Iterable[Given]) -> None:
    """What must hold before a person's word on a number is recorded. Raises Refused `number-not-allotted`,
    `number-carried` (a document carries it), `number-declare-needs` (void without reason, used without scan)."""
    number = declared.number
    values = {"prefix": number.prefix, "year": number.year, "n": number.n}
    if not any(_within(block, number) for block in blocks):
        raise Refused("number-not-allotted", **values)
    if any(one.number == number for one in given):
        raise Refused("number-carried", **values)
    if not (declared.scan if declared.fate is Fate.USED else declared.reason.strip()):
        raise Refused("number-declare-needs", **values, fate=declared.fate)


def doubles(given: Iterable[Given]) -> Mapping[Official, tuple[str, ...]]:
    """Numbers that several documents carry, with these documents: a conflict that is shown, never refused."""
    carriers: dict[Official, set[str]] = defaultdict(set)
    for one in given:
        carriers[one.number].add(one.document)
    return {
        number: tuple(sorted(documents))
        for number, documents in sorted(carriers.items())
        if len(documents) > 1
    }


def read_official(text: str) -> Official:
    """The 发文字号 that a person typed: any kind of bracket, full-width digits, leading zeros and a sign before or
    after the running number are read for what they mean. Raises BadInput `number-unreadable`."""
    match = _OFFICIAL.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if not match or not match[1] or not int(match[3]):
        raise BadInput("number-unreadable", text=text[:40])
    return Official(match[1], int(match[2]), int(match[3]))


def short_number(n: int, row: int) -> str:
    """The printed number of a finding: row of the notice n, 17-3."""
    return f"{n}-{row}"


def _within(block: Block, number: Official) -> bool:
    return (block.prefix, block.year) == (
        number.prefix,
        number.year,
    ) and block.first <= number.n <= block.last


def _overlap(one: Block, other: Block) -> bool:
    same = (one.prefix, one.year) == (other.prefix, other.year)
    return same and one.first <= other.last and other.first <= one.last
