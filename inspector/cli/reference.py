"""docs/cli.md: every command with its help, below the marker; what stands above is written by hand.

python -m inspector.cli.reference docs/cli.md
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from typer.main import get_command

from inspector.cli.main import app
from inspector.cli.shape import Command, Group, help_lines

MARKER = "<!-- Below: python -m inspector.cli.reference docs/cli.md -->\n"


def leaves(one: Command | Group, path: str) -> Iterator[tuple[str, Command]]:
    """Every command that can be run, with all its words."""
    if isinstance(one, Command):
        yield path, one
        return
    for name, below in one.commands.items():
        if isinstance(below, Command | Group):
            yield from leaves(below, f"{path} {name}")


def commands() -> str:
    """The generated part."""
    lines = [MARKER]
    root = get_command(app)
    if isinstance(root, Group):
        for path, command in leaves(root, "inspector"):
            lines += [f"### {path}\n", "```", *help_lines(command, path), "```\n"]
    return "\n".join(lines)


def main(file: Path) -> None:
    """Writes the generated part into the file, below its marker."""
    by_hand, _, _ = file.read_text("utf-8").partition(MARKER)
    file.write_text(by_hand + commands(), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
