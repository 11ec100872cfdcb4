"""Whether a window can be shown here, asked before Qt is: without a display Qt ends the process (status 134).

Standard library alone: dev.py asks, too, from any Python.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_PROBE = "from PySide6.QtWidgets import QApplication; QApplication([])"
_PROVED = "INSPECTOR_DISPLAY"  # the display that a parent process tried: a second try would cost 0.2 s
_LONGEST_S = 10


def missing(python: str = sys.executable) -> str | None:
    """None, or the catalogue's key of the reason why there can be no window.

    `python` is the interpreter that has Qt. The last question costs a child process (0.2 s, at most 10 s); where an X
    display answers this process and Qt's plugin for it can be loaded, it need not be asked.
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
    if python == sys.executable and platform in ("", "xcb") and _x_answers():
        return None
    try:
        child = subprocess.run([python, "-c", _PROBE], capture_output=True, timeout=_LONGEST_S, check=False)
    except subprocess.TimeoutExpired:
        return "display-fails"
    if child.returncode:
        return "display-fails"
    os.environ[_PROVED] = proved
    return None


def _x_answers() -> bool:
    """Whether the X display takes this process, and Qt's plugin for X finds its libraries: what the child would find
    out, in 20 ms, most of which Qt then saves. Unsure is no."""
    if sys.platform != "linux" or os.environ.get("WAYLAND_DISPLAY"):
        return False
    import ctypes
    import importlib.util

    qt = importlib.util.find_spec("PySide6")
    if qt is None or not qt.submodule_search_locations:
        return False
    try:
        ctypes.CDLL(str(Path(qt.submodule_search_locations[0], "Qt", "plugins", "platforms", "libqxcb.so")))
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    refused = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not refused
