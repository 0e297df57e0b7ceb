"""The command line. Only this package prints, exits and reads the arguments."""

from __future__ import annotations

import gc
import os
import sys
from typing import NoReturn

__all__ = ["main"]


def main() -> NoReturn:
    """Do what the arguments of the process ask for, and exit with the status of it."""
    from archlint.cli import streams
    from archlint.cli.program import FAILED, run

    gc.disable()  # a process that is about to end need not look for cycles in a whole project
    status = run(sys.argv[1:])
    if not streams.finish():
        status = FAILED
    # At once: the usual exit would take a whole project apart, and wait for threads that wait for work.
    os._exit(status)
