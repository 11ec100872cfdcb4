"""The workspace that a command works in, the log of what happened there, and the passphrases that it needs."""

from __future__ import annotations

import getpass
import logging
import sys
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.cli.show import tell
from inspector.model.errors import BadInput, Refused
from inspector.text import say

if TYPE_CHECKING:
    from inspector.services.workspaces import Workspace

_log = logging.getLogger("inspector")


def now() -> datetime:
    """This moment, with the offset of this machine."""
    return datetime.now().astimezone()


@contextmanager
def opened(at: Path | None) -> Iterator[Workspace]:
    """The workspace that --workspace or INSPECTOR_WORKSPACE names, owned until the block ends.
    Raises BadInput `cli-workspace-missing` and what `workspaces.opened` raises."""
    from inspector.services import workspaces

    with workspaces.opened(named(at), report=made_again) as workspace:
        log_to(workspace.path / "logs")
        if workspace.is_new_device:
            tell(say("cli-new-device"))
        yield workspace


def made_again(done: float) -> None:
    """How much of all lists is made again, on one line of a terminal."""
    if sys.stderr.isatty():
        print(f"\r{done:4.0%}", end="\n" if done >= 1 else "", file=sys.stderr, flush=True)


@contextmanager
def looked_at(at: Path | None) -> Iterator[Workspace | None]:
    """The workspace that is named, to read in, also while a window owns it; None where none is named."""
    if at is None:
        yield None
        return
    from inspector.services import workspaces

    with workspaces.looked_at(at) as workspace:
        yield workspace


def named(at: Path | None) -> Path:
    """The folder of the workspace. Raises BadInput `cli-workspace-missing` where none is named."""
    if at is None:
        raise BadInput("cli-workspace-missing")
    return at


def log_to(folder: Path) -> None:
    """From now on what happens is written to `folder`, 1 MB a file, three of them."""
    from logging.handlers import RotatingFileHandler

    for old in _log.handlers[:]:
        _log.removeHandler(old)
        old.close()
    file = RotatingFileHandler(
        folder / "inspector.log", maxBytes=1_000_000, backupCount=2, encoding="utf-8", delay=True
    )
    file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    _log.addHandler(file)
    _log.setLevel(logging.INFO)


def log_fault() -> str:
    """Write the exception that is being handled to the log, with its traceback; the log's file, or "stderr" where no
    log can be written."""
    try:
        if not _log.handlers:
            import platformdirs

            log_to(platformdirs.user_log_path("inspector", appauthor=False, ensure_exists=True))
        _log.exception("a fault of ours")
    except OSError:
        traceback.print_exc()
        return "stderr"
    return next(file.baseFilename for file in _log.handlers if isinstance(file, logging.FileHandler))


def passphrase_files(given: Sequence[str] | None) -> Mapping[str, str]:
    """The passphrases of --passphrase-file NAME=FILE, by name: the first line of each file.
    Raises BadInput `cli-passphrase-file-invalid`, `cli-file-missing`."""
    found = {}
    for one in given or ():
        name, equals, file = one.partition("=")
        if not name or not equals or not file:
            raise BadInput("cli-passphrase-file-invalid", given=one)
        try:
            lines = Path(file).read_text("utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise BadInput("cli-file-missing", file=file) from error
        found[name] = lines[0] if lines else ""
    return found


def passphrase(name: str, files: Mapping[str, str], *, new: bool = False) -> str:
    """The passphrase of `name`: from its file, else asked for; a new one is asked for twice.
    Raises BadInput `cli-passphrase-missing` where nobody can be asked, Refused `cli-passphrases-differ`."""
    if name in files:
        return files[name]
    if not sys.stdin.isatty():
        raise BadInput("cli-passphrase-missing", name=name)
    given = getpass.getpass(say("cli-passphrase-ask", name=name))
    if new and getpass.getpass(say("cli-passphrase-again")) != given:
        raise Refused("cli-passphrases-differ")
    return given
