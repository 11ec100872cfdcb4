#!/usr/bin/env python3
"""From a checkout to a running program, with nothing but Python.

    python3 dev.py run              the worked example: its window, or without a display its PDFs
    python3 dev.py test [--long]    everything that must hold; more arguments go to pytest alone
    python3 dev.py inspector …      the command line
    python3 dev.py screenshots DIR  pictures of all screens (--every: each look at each size, --only NAME)
    python3 dev.py lock             requirements.lock again, from pyproject.toml

Makes .venv from requirements.lock with pip (its mirrors, proxies and settings stay in force) and, on Debian's
kin, asks apt-get for what a command lacks. A stamp, written last, makes the next start cost 0.1 s.
"""

import sys

if sys.version_info < (3, 11) or sys.version_info >= (3, 14):  # runs on older Pythons up to here
    sys.exit(
        "dev.py: needs Python 3.11, 3.12 or 3.13; this is %d.%d (%s)"
        % (*sys.version_info[:2], sys.executable)
    )

import ctypes
import hashlib
import os
import shutil
import subprocess
import venv
from collections.abc import Callable, Iterable
from pathlib import Path

from inspector import display

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "requirements.sha256"
EXAMPLE = Path("build", "example")
PHOTOS = Path("..", "shared", "data", "photos")

# Debian's package: the library that shows that it is there. Found missing one after the other on a bare system.
QT = {
    "libgl1": "libGL.so.1",
    "libegl1": "libEGL.so.1",
    "libxkbcommon0": "libxkbcommon.so.0",
    "libglib2.0-0": "libglib-2.0.so.0",
    "libfontconfig1": "libfontconfig.so.1",
    "libdbus-1-3": "libdbus-1.so.3",
}
XCB = {
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-shape0": "libxcb-shape.so.0",
    "libxcb-randr0": "libxcb-randr.so.0",
}
READERS = {"poppler-utils": "pdfsig", "qpdf": "qpdf"}


def stop(line: str) -> None:
    """Ends with status 2 and one line."""
    print(f"dev.py: {line}", file=sys.stderr)
    sys.exit(2)


def loads(library: str) -> bool:
    """Whether the system has this library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_program(program: str) -> bool:
    """Whether this program is on the path."""
    return shutil.which(program) is not None


def has_ensurepip(_: str) -> bool:
    """Whether venv can put pip into an environment: Debian splits that off."""
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        return False
    return True


def need(packages: dict[str, str], there: Callable[[str], bool]) -> None:
    """Installs those of Debian's packages whose sign is missing; stops where it may not."""
    if sys.platform != "linux":
        return
    missing = [package for package, sign in packages.items() if not there(sign)]
    if not missing:
        return
    names = " ".join(missing)
    if not shutil.which("apt-get"):
        stop(f"missing on this system (by Debian's names): {names}")
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if sudo and (not shutil.which("sudo") or subprocess.call([*sudo, "true"], stderr=subprocess.DEVNULL)):
        stop(f"please run: sudo apt-get install {names}")
    print(f"dev.py: apt-get install {names}", file=sys.stderr)
    install = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "-qq"]
    install += ["--no-install-recommends", *missing]
    if subprocess.call(install, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL):
        # an old or empty list of packages: once more with a new one
        subprocess.call([*sudo, "apt-get", "update", "-qq"], stdout=subprocess.DEVNULL)
        if subprocess.call(install, stdout=subprocess.DEVNULL):
            stop(f"apt-get could not install {names}")


def environment() -> None:
    """Makes .venv what requirements.lock says; at once where the stamp says that it is."""
    want = hashlib.sha256(LOCK.read_bytes() + sys.version.encode()).hexdigest()
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text("ascii") == want:
        return
    print("dev.py: making .venv, about a minute", file=sys.stderr)
    STAMP.unlink(missing_ok=True)
    if (
        not PYTHON.exists()
        or subprocess.run([PYTHON, "-m", "pip", "-V"], capture_output=True, check=False).returncode
    ):
        need({"python3-venv": "ensurepip"}, has_ensurepip)
        venv.create(VENV, clear=True, with_pip=True)  # clear: an earlier half environment
    install = [str(PYTHON), "-m", "pip", "install", "-q", "--require-hashes", "--only-binary", ":all:"]
    if subprocess.call([*install, "-r", str(LOCK)]):
        stop(f"pip could not install requirements.lock for Python {sys.version.split()[0]} (see above)")
    part = STAMP.with_suffix(".part")
    part.write_text(want, "ascii")
    part.replace(STAMP)


def become(arguments: Iterable[str | Path]) -> None:
    """Goes on as the environment's Python with these arguments."""
    command = [str(PYTHON), *map(str, arguments)]
    sys.stdout.flush()
    if os.name == "nt":  # execv returns at once there
        sys.exit(subprocess.call(command))
    os.execv(command[0], command)


def run() -> None:
    """The worked example, made at the first start; then its window or, without a display, where its PDFs are."""
    os.chdir(ROOT)
    shown = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    if shown:
        need(QT | XCB, loads)
    environment()
    demo: list[str | Path] = ["-m", "inspector", "demo", EXAMPLE]
    if PHOTOS.is_dir():
        demo += ["--photos", PHOTOS]
    if display.missing(str(PYTHON)):
        demo.append("--no-gui")
    become(demo)


def test(arguments: list[str]) -> None:
    """Lint, format, types, layers, then pytest, whose closing line is the last; all of them, also after a failure."""
    os.chdir(ROOT)
    need(QT, loads)
    need(READERS, has_program)
    environment()
    module = [str(PYTHON), "-m"]
    checks = {
        "ruff check": [*module, "ruff", "check", "-q", "."],
        "ruff format": [*module, "ruff", "format", "-q", "--check", "."],
        "mypy": [*module, "mypy", "--no-error-summary"],
        "lint-imports": [str(PYTHON.with_name("lint-imports")), "--no-logo"],
        "pytest": [*module, "pytest", "-q", "-n", "2", "--dist", "worksteal", *arguments],
    }
    failed = [name for name, command in checks.items() if subprocess.call(command)]
    if failed:
        print(f"dev.py: failed: {', '.join(failed)}", file=sys.stderr)
    sys.exit(1 if failed else 0)


def lock() -> None:
    """requirements.lock without any address: uv resolves, pip installs (uv heeds none of pip's settings)."""
    os.chdir(ROOT)
    environment()
    compile_quietly = ["-m", "uv", "pip", "compile", "-q", "--universal"]
    pinned = ["--generate-hashes", "--no-emit-index-url", "--no-header", "--python-version", "3.11"]
    groups = ["--group", "dev", "--extra", "s3"]
    become([*compile_quietly, *pinned, *groups, "pyproject.toml", "-o", str(LOCK.relative_to(ROOT))])


def main() -> None:
    """Does what the first argument says; without one, says what there is."""
    command, *rest = sys.argv[1:] or ["help"]
    if command == "run" and not rest:
        run()
    elif command == "test":
        test(rest)
    elif command == "lock" and not rest:
        lock()
    elif command == "inspector":
        environment()
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
        become(["-m", "inspector", *rest])
    elif command == "screenshots" and rest and not rest[0].startswith("-"):
        need(QT, loads)
        environment()
        folder = Path(rest[0]).resolve()
        os.chdir(ROOT)
        become(["-m", "inspector.ui.screenshots", folder, *rest[1:]])
    else:
        print(__doc__)
        sys.exit(0 if command in ("help", "-h", "--help") else 2)


if __name__ == "__main__":
    main()
