"""Verification in a process of its own: what a file from anywhere does to it, it does not do to the program.

The child is stopped after 10 s and, where the system can, has 1 GiB of memory. Parent and child speak one JSON object.
"""

from __future__ import annotations

import logging
import os
import stat
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import msgspec

from inspector.model.errors import BadInput, InspectorError
from inspector.model.verdict import MAX_BYTES, Line, Verdict

SECONDS = 10
"""A genuine sheet takes one or two, most of it for starting. Source: issue of the main job, section 8."""

_MEMORY_BYTES = 1 << 30
_PACKAGES = Path(__file__).resolve().parents[2]
_MEGABYTE = 1024 * 1024
_log = logging.getLogger(__name__)


class _Answer(msgspec.Struct, kw_only=True):
    """What the child writes: a verdict, or why there is none."""

    verdict: Verdict | None = None
    refused: Line | None = None


def verify_apart(path: Path, trust: Path | None) -> Verdict:
    """The verdict of a child process about a file; `trust` is a PEM file of certificates to trust.

    Raises BadInput: `verify-no-file`, `verify-not-a-file`, `verify-cannot-read`, `verify-too-large`,
    `verify-too-long`, `verify-gave-up`, `verify-not-a-pdf`, `verify-unreadable`, `verify-not-ours`,
    `trust-unreadable`."""
    for one in (path, trust):
        if one is not None:
            _require_readable(one)
    command = [sys.executable, "-P", "-m", "inspector.documents.verifier", str(path.absolute())]
    if trust is not None:
        command.append(str(trust.absolute()))
    ours = os.pathsep.join(filter(None, (str(_PACKAGES), os.environ.get("PYTHONPATH"))))
    try:
        done = subprocess.run(
            command,
            env={**os.environ, "PYTHONPATH": ours},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired as error:
        raise BadInput("verify-too-long", path=str(path), seconds=SECONDS) from error
    try:
        answer = msgspec.json.decode(done.stdout, type=_Answer)
    except msgspec.DecodeError as error:
        _log.warning("the verifying process ended with %d: %s", done.returncode, _last_line(done.stderr))
        raise BadInput("verify-gave-up", path=str(path)) from error
    if answer.refused:
        raise BadInput(answer.refused.key, **answer.refused.values)
    return answer.verdict or Verdict()


def main(arguments: list[str]) -> None:
    """The child: reads the file that is named first, and the certificates to trust that are named second."""
    _limit_memory()
    logging.disable(logging.CRITICAL)  # pyHanko logs a traceback for each signer that it does not know
    sys.stdout.buffer.write(msgspec.json.encode(_answer(*map(Path, arguments))))


def _answer(path: Path, trust: Path | None = None) -> _Answer:
    # Both take half a second to import; the parent needs neither.
    from inspector.documents import verify
    from inspector.documents.trust import read_pem

    try:
        given = None if trust is None else read_pem(_bytes(trust), path=str(trust))
        return _Answer(verdict=verify.examine(_bytes(path), given, path=str(path)))
    except InspectorError as error:
        values = msgspec.convert(error.values, dict[str, str | int])
        return _Answer(refused=Line(key=error.key, values=values))


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    _require_size(path, len(data))  # it may have grown since it was looked at
    return data


def _require_readable(path: Path) -> None:
    try:
        about = path.stat()
        if stat.S_ISREG(about.st_mode):
            path.open("rb").close()
    except FileNotFoundError as error:
        raise BadInput("verify-no-file", path=str(path)) from error
    except OSError as error:
        raise BadInput("verify-cannot-read", path=str(path), reason=error.strerror or str(error)) from error
    if not stat.S_ISREG(about.st_mode):
        raise BadInput("verify-not-a-file", path=str(path))
    _require_size(path, about.st_size)


def _require_size(path: Path, size: int) -> None:
    if size > MAX_BYTES:
        limit = MAX_BYTES // _MEGABYTE
        raise BadInput("verify-too-large", path=str(path), mb=size // _MEGABYTE, limit=limit)


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource

        with suppress(ValueError, OSError):  # macOS knows the limit and refuses it
            resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))


def _last_line(text: bytes) -> str:
    """The line that names the exception; what a child prints before it may quote the file."""
    return text.decode("utf-8", "replace").strip().rpartition("\n")[2][:200]


if __name__ == "__main__":
    main(sys.argv[1:])
