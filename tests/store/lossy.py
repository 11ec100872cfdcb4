"""A disk that forgets what was not brought to it when the power goes (apsw's VFS), and one that lies about it."""

from __future__ import annotations

import random
from pathlib import Path

import apsw

SECTOR = 512


class PowerCut(Exception):
    """The disk is gone: nothing can be written or synced any more."""


class LossyFile(apsw.VFSFile):
    """A file that remembers what is safe (`durable`) and what was written since."""

    def __init__(self, disk: LossyDisk, name: str | apsw.URIFilename, flags: list[int]) -> None:
        self._disk = disk
        self.path = Path(name.filename() if isinstance(name, apsw.URIFilename) else name)
        super().__init__(disk.base_vfs, name, flags)
        self.durable = self.path.read_bytes()
        self.pending: list[tuple[int, bytes | None]] = []
        disk.files.append(self)

    def xWrite(self, data: bytes, offset: int) -> None:
        self._disk.burn()
        self.pending.append((offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:
        self._disk.burn()
        self.pending.append((size, None))
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:
        self._disk.burn()
        super().xSync(flags)
        if not self._disk.lies:
            self.durable = self.path.read_bytes()
            self.pending.clear()


class LossyDisk(apsw.VFS):
    """The disk as SQLite sees it. `fuse`: so many writes and syncs until the power goes (None: never)."""

    def __init__(self, name: str, *, lies: bool = False, fuse: int | None = None) -> None:
        self.name = name
        self.base_vfs = apsw.vfs_names()[0]
        self.lies = lies
        self.fuse = fuse
        self.files: list[LossyFile] = []
        super().__init__(name, self.base_vfs)

    def xOpen(self, name: str | apsw.URIFilename, flags: list[int]) -> LossyFile:
        return LossyFile(self, name, flags)

    def burn(self) -> None:
        if self.fuse is not None:
            self.fuse -= 1
            if self.fuse < 0:
                raise PowerCut

    def left(self, folder: Path, luck: random.Random | None) -> None:
        """Writes into `folder` what the disk holds after the power cut: what was synced, and of what was written
        since nothing, or with `luck` any sectors of it. The shared memory is gone."""
        for file in self.files:
            if not file.path.exists() or file.path.name.endswith("-shm"):
                continue
            image = bytearray(file.durable)
            for offset, data in file.pending if luck else ():
                if data is None:
                    if luck.random() < 0.5:
                        del image[offset:]
                    continue
                for start in range(0, len(data), SECTOR):
                    if luck.random() < 0.5:
                        part = data[start : start + SECTOR]
                        image.extend(bytes(max(0, offset + start + len(part) - len(image))))
                        image[offset + start : offset + start + len(part)] = part
            (folder / file.path.name).write_bytes(image)
