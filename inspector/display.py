"""Whether a window can be shown here, asked before Qt is: without a display Qt ends the process (status 134).

Standard library alone: dev.py asks, too, from any Python.
"""

from __future__ import annotations

import os
import subprocess
import sys

_PROBE = "from PySide6.QtWidgets import QApplication; QApplication([])"
_PROVED = "INSPECTOR_DISPLAY"  # the display that a parent process tried: a second try would cost 0.2 s
_LONGEST_S = 10


def missing(python: str = sys.executable) -> str | None:
    """None, or the catalogue's key of the reason why there can be no window.

    `python` is the interpreter that has Qt. The last question costs a child process (0.2 s, at most 10 s).
    """
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if platform.split(":")[0] in ("offscreen", "minimal"):
        return "display-platform"
    display = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY", "")
    if sys.platform == "linux" and not display:
        return "display-none"
    proved = f"{platform} {display}"
    if os.environ.get(_PROVED) == proved:
        return None
    try:
        child = subprocess.run([python, "-c", _PROBE], capture_output=True, timeout=_LONGEST_S, check=False)
    except subprocess.TimeoutExpired:
        return "display-fails"
    if child.returncode:
        return "display-fails"
    os.environ[_PROVED] = proved
    return None
