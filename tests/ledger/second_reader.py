"""A second reader of the format, written from docs/format.md alone: it uses none of the project's code.

    python3 second_reader.py FILE.batches…     verifies every line and prints what the batches mean, as JSON
    python3 second_reader.py WORKSPACE         the same for a workspace, and checks every blob that a record names
    python3 second_reader.py SHEET.pdf         prints the content that the document carries, after checking its hash

It needs Python and `cryptography` (for Ed25519). It is slow and plain on purpose.
"""

from __future__ import annotations

import base64
import datetime
import hashlib
import json
import re
import sqlite3
import sys
import zlib
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

KINDS = {
    *("unit", "site", "person", "form", "setting", "mandate", "calendar", "device"),
    *("inspection", "finding", "notice", "block", "signature"),
}
OUTCOME = {"pass": "passed", "fail": "failed", "withdraw": "withdrawn", "reopen": "reopened"}
STAGE = {"hand": "handed", "serve": "served", "report": "reported"}
STAGES = ["handed", "served", "reported"]
AT_WORK = {"hand", "serve", "report", "pass", "fail", "withdraw"}
ALLOWED = {
    "open": AT_WORK,
    "failed": AT_WORK,
    "reopened": AT_WORK,
    "handed": AT_WORK,
    "served": AT_WORK - {"hand"},
    "reported": AT_WORK - {"hand", "serve"},
    "passed": {"reopen"},
    "withdrawn": {"reopen"},
    "disputed": {"pass", "fail", "withdraw", "reopen"},
}
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})")


class Refused(ValueError):
    """Bytes that the format does not allow."""


def need(condition: object, why: str) -> None:
    if not condition:
        raise Refused(why)


# Canonical JSON


def spelled(value) -> bytes:
    """The one spelling of a value."""
    checked(value, 0)
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode()


def checked(value, depth: int) -> None:
    need(depth <= 16, "nested too deeply")
    if isinstance(value, dict):
        for key, inner in value.items():
            need(key.isascii(), "a key that is not ASCII")
            checked(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            checked(inner, depth + 1)
    elif isinstance(value, str):
        need(not re.search("[\ud800-\udfff]", value), "half a character")
    elif isinstance(value, float):
        raise Refused("a number that is no integer")
    elif isinstance(value, int) and not isinstance(value, bool):
        need(abs(value) <= 2**53 - 1, "an integer that is too large")


def canonical(data: bytes):
    """The value of canonical bytes."""
    try:
        value = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise Refused("no JSON") from error
    need(spelled(value) == data, "another spelling")
    return value


# A batch


def header_of(line: bytes, ledger: str | None = None) -> dict:
    """The header of one line, verified. Raises Refused."""
    need(len(line) <= 16 * 2**20, "longer than 16 MiB")
    line = line.removesuffix(b"\n")
    data, tab, signed = line.partition(b"\t")
    try:
        signature = base64.b64decode(signed, validate=True)
    except ValueError as error:
        raise Refused("signature is no base64") from error
    need(tab and len(signature) == 64 and base64.b64encode(signature) == signed, "no signature")
    header = canonical(data)
    need(isinstance(header, dict) and is_number(header.get("v")) and header["v"] == 1, "v")
    for name, kind in (("ledger", str), ("device", str), ("key", str), ("prev", str), ("wall", str)):
        need(isinstance(header.get(name), kind), name)
    need(re.fullmatch("[a-z0-9][a-z0-9-]{0,63}", header["ledger"]), "ledger")
    need(ledger in (None, header["ledger"]), "another ledger")
    need(is_hash(header["key"]), "key")
    need(header["device"] == hashlib.sha256(bytes.fromhex(header["key"])).hexdigest()[:32], "device")
    need(is_number(header.get("seq")) and header["seq"] >= 1, "seq")
    need((header["prev"] == "") if header["seq"] == 1 else is_hash(header["prev"]), "prev")
    need("person" in header, "person")
    need(header["person"] is None or is_entity(header["person"], "person"), "person")
    moment(header["wall"])
    records = header.get("records")
    need(isinstance(records, list) and 1 <= len(records) <= 20_000, "records")
    for record in records:
        check_record(record)
    need(len({record["entity"] for record in records}) == len(records), "an entity twice")
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(header["key"]))
        key.verify(signature, b"inspector/1\n" + data)
    except (InvalidSignature, ValueError) as error:
        raise Refused("signature") from error
    return header


def check_record(record) -> None:
    need(isinstance(record, dict), "record")
    kind, entity = record.get("kind"), record.get("entity")
    need(isinstance(kind, str) and re.fullmatch("[a-z][a-z_]{0,31}", kind), "kind")
    need(is_entity(entity, kind), "entity")
    parents = record.get("parents")
    need(isinstance(parents, list) and len(parents) <= 1000, "parents")
    need(all(map(is_hash, parents)) and len(set(parents)) == len(parents), "parents")
    blobs = record.get("blobs", [])
    need(isinstance(blobs, list) and len(blobs) <= 200, "blobs")
    for blob in blobs:
        need(isinstance(blob, list) and len(blob) == 2 and is_hash(blob[0]), "blob")
        need(is_number(blob[1]) and 0 <= blob[1] <= 2**40, "blob")
    body = record.get("body")
    need(isinstance(body, dict) and len(spelled(body)) <= 2**20, "body")
    need(isinstance(body.get("set", {}), dict), "set")
    moves = body.get("moves", [])
    need(isinstance(moves, list), "moves")
    need(all(isinstance(move, dict) and isinstance(move.get("move"), str) for move in moves), "moves")


def is_number(value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def is_hash(value) -> bool:
    return isinstance(value, str) and re.fullmatch("[0-9a-f]{64}", value) is not None


def is_entity(value, kind: str) -> bool:
    if not isinstance(value, str) or len(value) > 300:
        return False
    head, colon, name = value.partition(":")
    return head == kind and colon == ":" and name != "" and name.isprintable()


def moment(text: str) -> int:
    """Seconds since 1970 of a wall time."""
    need(MOMENT.fullmatch(text), "wall")
    try:
        at = datetime.datetime.fromisoformat(text)
    except ValueError as error:
        raise Refused("wall") from error
    return int((at - datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)).total_seconds())


# Meaning


def meaning(headers: dict[str, dict]) -> dict[str, dict]:
    """What a set of batches (hash → header) means: for each entity its fields, those in conflict with all values,
    and for a finding outcome, stage, state and the moves that had no effect."""
    entities: dict[str, dict[str, dict]] = {}
    for batch, header in headers.items():
        for record in header["records"]:
            entities.setdefault(record["entity"], {})[batch] = record | {"instant": moment(header["wall"])}
    told = {}
    for entity, records in sorted(entities.items()):
        order = in_causal_order(records)
        knew = ancestors(records, order)
        if order:
            told[entity] = fields(records, order, knew)
            if entity.startswith("finding:"):
                told[entity] |= life(records, order, knew)
    return told


def in_causal_order(records: dict[str, dict]) -> list[str]:
    """The batches whose ancestors are all here, each after its parents. The others wait."""
    order: list[str] = []
    while True:
        ready = sorted(b for b in records if b not in order and set(records[b]["parents"]) <= set(order))
        if not ready:
            return order
        order.append(ready[0])


def ancestors(records: dict[str, dict], order: list[str]) -> dict[str, set[str]]:
    knew: dict[str, set[str]] = {}
    for batch in order:
        parents = records[batch]["parents"]
        knew[batch] = set(parents).union(*(knew[parent] for parent in parents))
    return knew


def moves_of(record: dict) -> list[str]:
    return [move["move"] for move in record["body"].get("moves", [])]


def understood(record: dict) -> bool:
    return record["kind"] in KINDS and all(move in OUTCOME or move in STAGE for move in moves_of(record))


def fields(records: dict[str, dict], order: list[str], knew: dict[str, set[str]]) -> dict:
    shown, conflicts = {}, {}
    writers: dict[str, list[str]] = {}
    for batch in order:
        if understood(records[batch]):
            for name in records[batch]["body"].get("set", {}):
                writers.setdefault(name, []).append(batch)
    for name, all_writers in writers.items():
        last = [b for b in all_writers if not any(b in knew[other] for other in all_writers)]
        winner = max(last, key=lambda b: (records[b]["instant"], b))
        shown[name] = records[winner]["body"]["set"][name]
        values = sorted({spelled(records[b]["body"]["set"][name]) for b in last})
        if len(values) > 1:
            conflicts[name] = [json.loads(value) for value in values]
    return {"fields": shown, "conflicts": conflicts}


def life(records: dict[str, dict], order: list[str], knew: dict[str, set[str]]) -> dict:
    """A step is (batch, place in its record, move). Whoever made a step knew the steps of the batches that his record
    descends from, and those before it in his own record."""
    good: list[tuple[str, int, str]] = []
    void: list[list] = []

    def known_to(later: tuple[str, int, str], earlier: tuple[str, int, str]) -> bool:
        return earlier[0] in knew[later[0]] or (earlier[0] == later[0] and earlier[1] < later[1])

    def stands(steps: list[tuple[str, int, str]]) -> tuple[str, str | None]:
        outcomes = [step for step in steps if step[2] in OUTCOME]
        last = [step for step in outcomes if not any(known_to(other, step) for other in outcomes)]
        kinds = {OUTCOME[move] for _, _, move in last}
        outcome = "open" if not kinds else kinds.pop() if len(kinds) == 1 else "disputed"
        if outcome in ("passed", "withdrawn", "disputed"):
            return outcome, None
        since = [step for step in steps if step[2] in STAGE and not any(known_to(end, step) for end in last)]
        return outcome, max((STAGE[move] for _, _, move in since), key=STAGES.index, default=None)

    for batch in order:
        for place, move in enumerate(moves_of(records[batch]) if understood(records[batch]) else []):
            step = (batch, place, move)
            outcome, stage = stands([one for one in good if known_to(step, one)])
            if move in ALLOWED[stage or outcome]:
                good.append(step)
            else:
                void.append([batch, place])
    outcome, stage = stands(good)
    return {"outcome": outcome, "stage": stage, "state": stage or outcome, "void": sorted(void)}


# Workspaces and documents


def lines_of(workspace: Path) -> list[bytes]:
    """The batches of a workspace as lines."""
    database = sqlite3.connect(f"file:{workspace / 'inspector.db'}?mode=ro", uri=True)
    try:
        need(database.execute("PRAGMA application_id").fetchone()[0] == 0x494E5350, "application_id")
        rows = database.execute("SELECT header, signature FROM batch").fetchall()
    finally:
        database.close()
    return [header + b"\t" + base64.b64encode(signature) + b"\n" for header, signature in rows]


def check_blobs(workspace: Path, headers: dict[str, dict]) -> int:
    """How many blobs the records name; each must be there, of its size and hash."""
    named = {
        tuple(blob)
        for header in headers.values()
        for record in header["records"]
        for blob in record.get("blobs", [])
    }
    for name, size in named:
        data = (workspace / "blobs" / name[:2] / name).read_bytes()
        need(len(data) == size and hashlib.sha256(data).hexdigest() == name, f"blob {name}")
    return len(named)


def content_of(pdf: bytes) -> bytes:
    """The canonical content that a document of ours carries; its hash must be the one that XMP states."""
    for found in re.finditer(
        rb"<<(?:(?!endobj).)*?/EmbeddedFile(?:(?!endobj).)*?stream\r?\n", pdf, re.DOTALL
    ):
        data = zlib.decompressobj().decompress(pdf[found.end() :])
        stated = re.search(rb"<pdf:Keywords>([0-9a-f]{64})</pdf:Keywords>", pdf)
        need(stated and stated[1].decode() == hashlib.sha256(data).hexdigest(), "hash of the content")
        canonical(data)
        return data
    raise Refused("no embedded content")


def read(lines) -> dict[str, dict]:
    """hash → header of verified lines."""
    headers = {}
    for line in lines:
        header = header_of(line)
        headers[hashlib.sha256(line.partition(b"\t")[0]).hexdigest()] = header
    return headers


def main(names: list[str]) -> None:
    headers: dict[str, dict] = {}
    for path in map(Path, names):
        if path.is_dir():
            mine = read(lines_of(path))
            print(f"{path}: {len(mine)} batches, {check_blobs(path, mine)} blobs", file=sys.stderr)
            headers |= mine
        elif path.suffix == ".pdf":
            print(content_of(path.read_bytes()).decode())
            return
        else:
            headers |= read(path.read_bytes().splitlines(keepends=True))
    print(json.dumps(meaning(headers), ensure_ascii=False, indent=1, sort_keys=True))


if __name__ == "__main__":
    main(sys.argv[1:])
