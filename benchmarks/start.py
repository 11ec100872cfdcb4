"""How long starting takes: medians in random order, each with its control.

    .venv/bin/python benchmarks/start.py [--rounds N]

`dev.py` with .venv in place must cost less than a second; `inspector --version` at most 1.5 times a process that
imports Typer alone. Ends with 1 if one of them does not.
"""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

COMMANDS: dict[str, list[str]] = {
    "python -c pass (control)": [sys.executable, "-c", "pass"],
    "python -c 'import typer' (control)": [sys.executable, "-c", "import typer"],
    "inspector --version": [sys.executable, "-m", "inspector", "--version"],
    "dev.py inspector --version, .venv in place": [sys.executable, "dev.py", "inspector", "--version"],
}


def taken_s(command: list[str]) -> float:
    """Seconds from start to end of a process."""
    begin = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begin


def main() -> int:
    """Prints the medians and the two figures that are promised; 1 if one is missed."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=15)
    rounds: int = arguments.parse_args().rounds
    for command in COMMANDS.values():  # once unmeasured: byte code and the disk's cache
        taken_s(command)
    order = [name for name in COMMANDS for _ in range(rounds)]
    random.shuffle(order)
    seconds: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for name in order:
        seconds[name].append(taken_s(COMMANDS[name]))
    median = {name: statistics.median(values) for name, values in seconds.items()}
    for name, value in median.items():
        print(f"{name:48} {value * 1000:7.0f} ms  (n={rounds}, worst {max(seconds[name]) * 1000:.0f} ms)")
    _, typer, version, second = median.values()
    print(f"inspector --version ÷ import typer: {version / typer:.2f} (at most 1.5)")
    print(f"second start of dev.py: {second:.2f} s (below 1)")
    return int(version > 1.5 * typer or second >= 1)


if __name__ == "__main__":
    sys.exit(main())
