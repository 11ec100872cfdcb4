"""Makes the golden workspace of the present schema, once, when the schema is published; it is never made again.

    PYTHONPATH=. python tests/golden/make.py        writes tests/golden/schema-<number>.tar.xz

A small county with a signed sheet, its correction, an open draft with acts that can be undone, and photos.
"""

from __future__ import annotations

import sys
import tarfile
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from inspector.model.answer import Answer
from inspector.model.words import Verdict
from inspector.photos import scenes
from inspector.places import resource
from inspector.services import corrections, drafts, people, photos, sites, units, workspaces
from inspector.store import schema
from tests.county import NOW, PASSPHRASE, County

HERE = Path(__file__).parent


def small(picture: bytes) -> bytes:
    """The same picture of some kilobytes."""
    out = BytesIO()
    with Image.open(BytesIO(picture)) as image:
        image.resize((320, 240)).save(out, "JPEG", quality=60, exif=image.getexif())
    return out.getvalue()


def make(path: Path) -> None:
    """The workspace at `path`."""
    with workspaces.create(path, ledger=workspaces.DEMO) as workspace:
        units.import_file(workspace, resource("example", "units.csv"), now=NOW)
        heading, *rows = resource("example", "sites.csv").read_text("utf-8-sig").splitlines()
        (path / "sites.csv").write_text(
            "\n".join([heading, *(row for row in rows if "GC-001" in row)]), "utf-8"
        )
        assert sites.import_file(workspace, path / "sites.csv", now=NOW).added == 1
        (path / "sites.csv").unlink()
        for name in ("检查员甲", "检查员乙"):
            people.add(
                workspace, name=name, organisation="县创建办", position="科员", passphrase=PASSPHRASE, now=NOW
            )
        county = County(workspace)
        draft = county.passed()
        picture = small(scenes.scene("GC", seed=1, put_right=False, taken_at=NOW))
        county.found(draft, "GC-05", photo=picture)
        entity = county.signed(draft).inspection
        county.signed(corrections.correct(workspace, entity, why="漏写了编号"))
        again = county.draft()
        drafts.answer(workspace, again, "GC-01", Answer(verdict=Verdict.FAIL, note="门锁坏"), now=NOW)
        drafts.answer(workspace, again, "GC-01", Answer(verdict=Verdict.PASS), now=NOW)
        drafts.jot(workspace, again, "标识牌褪色", now=NOW)
        photos.take_bytes(workspace, picture + b"\0", name="mmexport1700000000000.jpg", now=NOW)


def main() -> None:
    """Writes the archive; one that is there is never written over."""
    archive = HERE / f"schema-{len(schema.STEPS)}.tar.xz"
    if archive.exists():
        sys.exit(f"{archive.name} is published")
    with TemporaryDirectory() as folder:
        make(Path(folder, "workspace"))
        for made_again in ("cache", "lock"):
            names = Path(folder, "workspace", made_again)
            for file in sorted(names.rglob("*"), reverse=True) if names.is_dir() else [names]:
                file.unlink() if file.is_file() else file.rmdir()
        with tarfile.open(archive, "w:xz") as out:
            out.add(Path(folder, "workspace"), "workspace")


if __name__ == "__main__":
    main()
