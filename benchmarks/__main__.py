"""Measure archlint on a folder of Python: `python benchmarks FOLDER [FOLDER …]`.

Everything is measured in one run on a copy of the folder, since machines drift: the unit is the CPU time
of `ast.parse` over the same files on one core, and every figure of archlint is given in that unit too.
A figure is the median of some runs of a whole process, with the CPU time of its workers.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

PARSE = """
import ast, gc, pathlib, sys, time, warnings
warnings.simplefilter("ignore")
files = [path.read_bytes() for path in pathlib.Path(sys.argv[1]).rglob("*.py") if path.is_file()]
gc.disable()
start = time.process_time()
for data in files:
    try:
        ast.parse(data)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        pass
print(time.process_time() - start, sum(data.count(b"\\n") for data in files), len(files))
"""
# An installed program does not compile itself anew at each start.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
BARS = {"cold": 4.0, "nothing changed": 0.2, "one file changed": 0.3}
WALL_BAR = 2.5
MEMORY_BAR = 0.5


class Cost(NamedTuple):
    """What a process cost: CPU and wall seconds, peak memory of the largest process in kB."""

    cpu: float
    wall: float
    memory: float


def main() -> None:
    """Measure every folder that is named."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--jobs", default="2", help="processes of a cold run (default: 2)")
    options = parser.parse_args()
    for folder in options.folders:
        with tempfile.TemporaryDirectory() as scratch:
            project = Path(scratch, "project")
            shutil.copytree(
                folder, project, symlinks=True, ignore=shutil.ignore_patterns(".git", ".archlint_cache")
            )
            print(
                report(folder.name, project, Path(scratch, "cache"), options.runs, options.jobs), flush=True
            )


def report(name: str, project: Path, cache: Path, runs: int, jobs: str) -> str:
    """The figures of one project, as a Markdown table."""
    units = [parse(project) for _ in range(runs)]
    unit = statistics.median(seconds for seconds, _, _ in units)
    _, lines, files = units[0]
    empty = median(runs, lambda: run([sys.executable, "-c", "pass"]))

    def lint() -> Cost:
        return run(
            [sys.executable, "-m", "archlint", "check", "--cache-dir", str(cache), "--jobs", jobs, "."],
            project,
        )

    def cold() -> Cost:
        shutil.rmtree(cache, ignore_errors=True)
        return lint()

    changed = sorted(project.rglob("*.py"), key=lambda path: path.stat().st_size)[files // 2]

    def change() -> Cost:
        with changed.open("a") as file:
            file.write("\n# one more line\n")
        return lint()

    lint()
    rows = {
        "cold": median(runs, cold),
        "nothing changed": median(runs, lint),
        "one file changed": median(runs, change),
    }
    table = [
        f"## {name}: {lines:,} lines, {files:,} files; one unit is {unit:.2f} s",
        "",
        "| | CPU s | units | bar | wall s | units | peak kB a line |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for what, cost in rows.items():
        cpu = cost.cpu - empty.cpu
        memory = (cost.memory - empty.memory) / lines
        table.append(
            f"| {what} | {cost.cpu:.2f} | {cpu / unit:.2f} | {BARS[what]} "
            f"| {cost.wall:.2f} | {(cost.wall - empty.wall) / unit:.2f} | {memory:.2f} |"
        )
    table.append("")
    table.append(
        f"Bars: wall of a cold run with two processes {WALL_BAR} units; memory {MEMORY_BAR} kB a line."
    )
    table.append(f"The start of the interpreter, {empty.cpu:.3f} s of CPU, is taken off the units.\n")
    return "\n".join(table)


def parse(project: Path) -> tuple[float, int, int]:
    """CPU seconds of `ast.parse` over all files of a project, their lines, their number."""
    done = subprocess.run(
        [sys.executable, "-c", PARSE, str(project)], capture_output=True, text=True, check=True
    )
    seconds, lines, files = done.stdout.split()
    return float(seconds), int(lines), int(files)


def median(runs: int, measure: Callable[[], Cost]) -> Cost:
    """The medians of some runs."""
    costs = [measure() for _ in range(runs)]
    return Cost(*(statistics.median(column) for column in zip(*costs, strict=True)))


def run(command: list[str], folder: Path | None = None) -> Cost:
    """Run a command to its end and read its cost from the operating system."""
    start = perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENVIRONMENT
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{command} ended with status {process.returncode}")
    scale = 1 if sys.platform != "darwin" else 1024
    return Cost(usage.ru_utime + usage.ru_stime, perf_counter() - start, usage.ru_maxrss / scale)


if __name__ == "__main__":
    main()
