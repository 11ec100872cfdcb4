"""Ejecting (弹出) a stick: what still lies in memory is brought to it, then the system's own tool unmounts it. Where
there is none, the person is told how."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from inspector.model.errors import BadInput, Environment
from inspector.services import remotes

_SECONDS = 120
"""A slow stick takes its time to write what is left; a tool that hangs longer does nothing any more."""

_POWERSHELL = "(New-Object -ComObject Shell.Application).Namespace(17).ParseName('{}').InvokeVerb('Eject')"


def eject(where: str) -> None:
    """Eject the stick on which a path lies; when this returns it can be pulled out. It may take a minute. Raises
    BadInput `stick-gone` if it is not in; Environment `stick-busy` if the system keeps it (`reason` in its words),
    `eject-no-tool` if there is nothing to do it with."""
    root = remotes.stick_of(Path(where))
    if root is None:
        raise BadInput("stick-gone", where=where)
    if hasattr(os, "sync"):
        os.sync()
    reason = ""
    for command in _tools(root):
        if shutil.which(command[0]):
            reason = _run(command)
            if root not in remotes.plugged_in():
                return
    if reason:
        raise Environment("stick-busy", where=str(root), reason=reason)
    raise Environment("eject-no-tool", where=str(root))


def _tools(root: Path) -> Iterator[list[str]]:
    """The commands that may do it, the one that asks the desktop first."""
    if sys.platform == "win32":  # 未核实: written for Windows, never run there
        yield ["powershell", "-NoProfile", "-Command", _POWERSHELL.format(str(root).rstrip("\\"))]
    elif sys.platform == "darwin":  # 未核实
        yield ["diskutil", "eject", str(root)]
    else:
        if device := remotes.device_at(root):
            yield ["udisksctl", "unmount", "--no-user-interaction", "--block-device", device]
        yield ["gio", "mount", "--eject", str(root)]
        yield ["umount", str(root)]


def _run(command: list[str]) -> str:
    """Runs a tool; what it says if it fails, in one line."""
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired:
        return f"{command[0]}: {_SECONDS} s"
    except OSError as error:
        return f"{command[0]}: {error.strerror}"
    said = (done.stderr or done.stdout).decode("utf-8", "replace").strip().splitlines()
    return said[-1][:200] if said else f"{command[0]}: {done.returncode}"
