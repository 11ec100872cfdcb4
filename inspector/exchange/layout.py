"""The names in a remote and in a bundle: docs/format.md, "Remote".

    inspector-remote.json
    devices/<author>/<first>-<last>-<16 hex of the last batch>-<bytes>.batches
    devices/<device>/seen-<n>-<bytes>.json
    drafts/<device>/<draft>-<n>-<bytes>.age
    blobs/ab/<sha256>-<bytes>

A file in a sealed remote has `.age` after its name; `<bytes>` always counts the plain bytes. Whatever does not fit the
one expression here is not ours: it is neither read nor removed. Lower case but for drafts, short, without colons: FAT
and exFAT hold them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

MARKER = "inspector-remote.json"
"""What makes a folder a remote: {"v":1,"ledger":…}."""

FOLDERS = ("devices", "drafts", "blobs")

MAX_FILE = 128 * 2**20
"""No file of a remote is larger, in bytes: a photo has at most 50 MB, a file of batches 16 MiB and one line."""

MAX_SAID = 16 * 2**20
"""What a device says of itself is no longer than a line of the ledger, in bytes."""

MAX_FILES = 4_000_000
"""More names than a county makes in ten years: whoever puts more there wants to fill the memory."""

SEALED = ".age"

_NAME = re.compile(
    r"(?:devices/(?P<author>[0-9a-f]{32})/(?P<first>[1-9]\d{0,14})-(?P<last>[1-9]\d{0,14})-(?P<tip>[0-9a-f]{16})"
    r"-(?P<batches>\d{1,12})\.batches"
    r"|devices/(?P<device>[0-9a-f]{32})/seen-(?P<n>[1-9]\d{0,14})-(?P<seen>\d{1,12})\.json"
    r"|blobs/(?P<two>[0-9a-f]{2})/(?P<blob>(?P=two)[0-9a-f]{62})-(?P<bytes>\d{1,12})"
    r"|drafts/(?P<drafter>[0-9a-f]{32})/(?P<draft>[A-Z2-7]{16})-(?P<dn>[1-9]\d{0,14})-(?P<dbytes>\d{1,12})(?=\.age))"
    r"(?P<sealed>\.age)?",
    re.ASCII,
)


class BatchFile(msgspec.Struct, frozen=True):
    """A run of one device's chain: the batches `first` to `last`, of which the last begins with `tip`."""

    author: str
    first: int
    last: int
    tip: str
    bytes: int
    sealed: bool = False

    @property
    def name(self) -> str:
        """Its path in a remote."""
        plain = f"devices/{self.author}/{self.first}-{self.last}-{self.tip}-{self.bytes}.batches"
        return plain + SEALED * self.sealed


class SeenFile(msgspec.Struct, frozen=True):
    """What a device holds and lacks, for the `n`th time."""

    device: str
    n: int
    bytes: int
    sealed: bool = False

    @property
    def name(self) -> str:
        """Its path in a remote."""
        return f"devices/{self.device}/seen-{self.n}-{self.bytes}.json" + SEALED * self.sealed


class DraftFile(msgspec.Struct, frozen=True):
    """An open draft of a device, as it stood when it was sent for the `n`th time. Always sealed."""

    device: str
    draft: str
    n: int
    bytes: int
    sealed: bool = True

    @property
    def name(self) -> str:
        """Its path in a remote."""
        return f"drafts/{self.device}/{self.draft}-{self.n}-{self.bytes}{SEALED}"


class BlobFile(msgspec.Struct, frozen=True):
    """A photo or a document."""

    blob: str
    bytes: int
    sealed: bool = False

    @property
    def name(self) -> str:
        """Its path in a remote."""
        return f"blobs/{self.blob[:2]}/{self.blob}-{self.bytes}" + SEALED * self.sealed


File = BatchFile | SeenFile | DraftFile | BlobFile


class Listing(msgspec.Struct, frozen=True):
    """What lies in a remote, by kind. `odd` are files of ours that do not have the size that their name says: half
    written, or cut."""

    batches: tuple[BatchFile, ...]
    seen: tuple[SeenFile, ...]
    drafts: tuple[DraftFile, ...]
    blobs: frozenset[BlobFile]
    odd: tuple[File, ...]


def parse(name: str) -> File | None:
    """The file that `name` (a path in a remote) stands for; None if it is not ours."""
    fits = _NAME.fullmatch(name)
    if not fits:
        return None
    part = fits.groupdict()
    sealed = bool(part["sealed"])
    if part["author"]:
        first, last = int(part["first"]), int(part["last"])
        if first > last:
            return None
        return BatchFile(part["author"], first, last, part["tip"], int(part["batches"]), sealed)
    if part["device"]:
        return SeenFile(part["device"], int(part["n"]), int(part["seen"]), sealed)
    if part["blob"]:
        return BlobFile(part["blob"], int(part["bytes"]), sealed)
    return DraftFile(part["drafter"], part["draft"], int(part["dn"]), int(part["dbytes"]))


def listing(files: Iterable[tuple[str, int]], *, sealed: bool) -> Listing:
    """The files of a remote from their names and sizes in bytes. In a sealed one only sealed files count, in another
    only plain ones (and drafts): a plain file cannot creep into a sealed stick."""
    batches: list[BatchFile] = []
    seen: list[SeenFile] = []
    drafts: list[DraftFile] = []
    blobs: list[BlobFile] = []
    odd: list[File] = []
    for name, size in files:
        file = parse(name)
        if file is None or (file.sealed != sealed and not isinstance(file, DraftFile)):
            continue
        most = MAX_SAID if isinstance(file, SeenFile | DraftFile) else MAX_FILE
        if file.bytes > most or not _plausible(file, size):
            odd.append(file)
        elif isinstance(file, BlobFile):
            blobs.append(file)
        elif isinstance(file, BatchFile):
            batches.append(file)
        elif isinstance(file, SeenFile):
            seen.append(file)
        else:
            drafts.append(file)
    batches.sort(key=lambda file: (file.author, file.first, file.last, file.tip))
    return Listing(tuple(batches), tuple(seen), tuple(drafts), frozenset(blobs), tuple(odd))


def _plausible(file: File, size: int) -> bool:
    """Whether a file of this size can be whole. age adds 200 bytes, 16 for each further 64 KiB, and a stanza of random
    length that means nothing: a sealed file may be cut by a few bytes and look whole until it is opened."""
    if not file.sealed:
        return size == file.bytes
    least = file.bytes + 200 + 16 * max(0, (file.bytes - 1) // 65536)
    return least <= size <= least + 1000
