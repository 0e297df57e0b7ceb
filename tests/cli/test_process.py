"""What only a process of its own can show."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

READY_THEN_MAIN = """
from archlint import engine
from archlint.cli import main

start = engine.run

def run(*arguments):
    print("ready", flush=True)
    return start(*arguments)

engine.run = run
main()
"""
ARCHLINT = [sys.executable, "-m", "archlint"]


def test_the_program(shop):
    done = subprocess.run([*ARCHLINT, "--output-format", "concise"], capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stdout.startswith("domain/orders.py:3:25: error [layers/upward-import] ")
    assert done.stdout.count("\n") == 1
    assert done.stderr == "Found 1 error in 2 files.\n"


def test_the_version_imports_nothing_heavy():
    code = "import sys; from archlint.cli.program import run; run(['--version']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    heavy = {"astroid", "libcst", "dataclasses", "pathspec", "tomli", "sqlglot", "yaml", "colorama"}
    assert "click" in loaded
    assert loaded & heavy == set()


@pytest.mark.skipif(os.name == "nt", reason="pipes and signals of POSIX")
def test_a_pipe_that_ends_early(shop):
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(ARCHLINT, stdout=writing, stderr=subprocess.PIPE, text=True)
    os.close(writing)
    assert done.returncode == 1
    assert done.stderr == "Found 1 error in 2 files.\n"


@pytest.mark.skipif(os.name == "nt", reason="pipes and signals of POSIX")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_ends_at_once(tree, jobs):
    """In the middle of reading many files, here and in processes of our own."""
    source = "".join(f"def f{n}(a, b):\n    return a + b * {n}\n\n\n" for n in range(400))
    tree({f"m{n}.py": f"{source}# {n}\n" for n in range(600)})
    arguments = [sys.executable, "-c", READY_THEN_MAIN, "--no-cache", "--jobs", jobs]
    process = subprocess.Popen(
        arguments,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell lets what it runs in the background ignore the signal, and so would this process.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    start = time.monotonic()
    # A worker that lived on would hold the pipes open.
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert time.monotonic() - start < 2
    assert out == ""
    assert "Traceback" not in err
