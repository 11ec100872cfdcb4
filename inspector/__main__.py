"""Chooses: no argument, or a workspace alone, is the window; everything else is a command."""

from __future__ import annotations

import gc
import os
import sys

import inspector


def main() -> int:
    """The exit status: 0 done, 1 the answer is no, 2 it cannot be done, 3 a fault of ours."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:  # asked by scripts and installers: without the command line's 0.1 s
        print(f"inspector {inspector.__version__}")
        return 0
    if arguments and not (arguments[0] == "--workspace" and len(arguments) == 2):
        from inspector.cli.main import main as command

        return command()
    from inspector import display

    if reason := display.missing():
        from inspector.model.errors import Environment
        from inspector.text import explain

        print(*explain(Environment(reason)), sep="\n", file=sys.stderr)
        return Environment.exit_status
    gc.disable()  # until the window collects by itself: what imports make is no rubbish (0.1 s, measured)
    from inspector.ui.app import main as window

    return window(arguments[1] if arguments else os.environ.get("INSPECTOR_WORKSPACE"))


if __name__ == "__main__":
    sys.exit(main())
