"""The worked example: a week of a joint inspection team in the fictional 示例县, made once and left as it is."""

from __future__ import annotations

import secrets
import shutil
import tomllib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import msgspec

import inspector
from inspector.model.errors import Refused
from inspector.places import resource
from inspector.services import inspections, workspaces
from inspector.store import local
from inspector.store.inspections import Row
from inspector.store.workspace import DATABASE, Workspace

_MARK = "example"


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """The example: where it is, its passphrase, its signed sheets. `new`: made just now."""

    path: Path
    passphrase: str
    sheets: tuple[Row, ...]
    new: bool


def build(
    path: Path,
    *,
    now: datetime,
    photos: Path | None = None,
    seed: int | None = None,
    report: Callable[[int, int], None] | None = None,
) -> Made:
    """The example in the folder `path`: a finished one of this version is left as it is. Pictures are those of the
    folder `photos` as far as they reach, then generated scenes. With `seed`, ids are the same from run to run.
    It is built beside `path` and renamed when it is complete. Its times are those of China, wherever it is made.
    Raises Refused `demo-folder-in-use` for any other content of `path`, and what the services raise."""
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        return _finished(path)
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        part.parent.mkdir(parents=True, exist_ok=True)
        with workspaces.create(part, ledger=workspaces.DEMO) as workspace:
            if seed is not None:
                workspace.seed(seed)
            from inspector.services.demo_week import CHINA, Week  # 1.7 s that only the first start needs

            week = Week(
                workspace,
                part / "cache" / "example",
                now=now.astimezone(CHINA),
                photos=photos,
                seed=seed or 0,
            )
            week.make(report or _unheard)
            with workspace.transaction() as db:
                local.put(db, _MARK, inspector.__version__)
        if path.exists():
            path.rmdir()
        part.rename(path)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    with workspaces.opened(path) as workspace:
        return _made(workspace, new=True)


def _unheard(_done: int, _total: int) -> None:
    return None


def _finished(path: Path) -> Made:
    if not (path / DATABASE).is_file():
        raise Refused("demo-folder-in-use", where=str(path))
    with workspaces.opened(path) as workspace:
        with workspace.reading() as db:
            version = local.get(db, _MARK)
        if version != inspector.__version__:
            raise Refused("demo-folder-in-use", where=str(path))
        return _made(workspace, new=False)


def _made(workspace: Workspace, *, new: bool) -> Made:
    week = tomllib.loads(resource("example", "week.toml").read_text("utf-8"))
    sheets = tuple(inspections.every(workspace))
    return Made(path=workspace.path, passphrase=week["passphrase"], sheets=sheets, new=new)
