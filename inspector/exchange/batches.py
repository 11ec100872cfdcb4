"""Files of batches: some lines of one device's chain, each verified by itself."""

from __future__ import annotations

from collections.abc import Iterator

from inspector.exchange.layout import BatchFile
from inspector.ledger.record import MAX_LINE, Batch, read_line
from inspector.model.errors import Damaged, InspectorError


def verified(data: bytes, file: BatchFile, ledger: str) -> Iterator[Batch | InspectorError]:
    """The batches of a file, in order. A line that is none comes as the error instead, and the lines after it still
    count: each stands on its own signature. A file that holds other batches than its name says, or not all, ends with
    Damaged `batches-other-than-named`."""
    expected, last = file.first, None
    whole = len(data) == file.bytes
    for line in _lines(data):
        try:
            batch = read_line(line, ledger)
        except InspectorError as error:
            yield error
            whole = False
            continue
        if batch.header.device != file.author:
            yield Damaged("batches-other-than-named")
            return
        whole = whole and batch.header.seq == expected and (last is None or batch.header.prev == last.hash)
        expected, last = expected + 1, batch
        yield batch
    if not whole or last is None or last.header.seq != file.last or last.hash[:16] != file.tip:
        yield Damaged("batches-other-than-named")


def _lines(data: bytes) -> Iterator[bytes]:
    """The lines without their LF; one that is too long is cut, so that it is refused without being kept whole."""
    start = 0
    while start < len(data):
        end = data.find(b"\n", start)
        end = len(data) if end < 0 else end
        yield data[start : min(end, start + MAX_LINE + 1)]
        start = end + 1
