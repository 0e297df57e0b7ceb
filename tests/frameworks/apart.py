"""Asks a framework about projects in a process of its own, loaded once, which goes on in a child for each.

Run as a script with another script, which loads the framework and has a function `say`.
"""

import json
import os
import runpy
import subprocess
import sys
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any


def ask(script: Path, asked: Mapping[str, Mapping[str, object]]) -> dict[str, Any]:
    """What `say` of the script answers to each, by the names; raises where it fails."""
    run = subprocess.run(
        [sys.executable, __file__, str(script)], input=json.dumps(asked), capture_output=True, text=True
    )
    if run.returncode:
        raise RuntimeError(run.stderr)
    return json.loads(run.stdout)


def _in_a_child(say: Callable[..., object], arguments: Mapping[str, object]) -> object:
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.dup2(2, 1)  # what the project prints is no answer
        try:
            with os.fdopen(writer, "w") as stream:
                json.dump(say(**arguments), stream)
        except BaseException:
            traceback.print_exc()
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as stream:
        said = stream.read()
    os.waitpid(child, 0)
    return json.loads(said)


def _main() -> None:
    sys.path.pop(0)  # the projects have modules of their own
    say = runpy.run_path(sys.argv[1])["say"]
    asked = json.load(sys.stdin)
    json.dump({name: _in_a_child(say, arguments) for name, arguments in asked.items()}, sys.stdout)


if __name__ == "__main__":
    _main()
