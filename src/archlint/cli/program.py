"""Runs a command and turns whatever comes of it into words and an exit status."""

from __future__ import annotations

import os
import traceback
from collections.abc import Sequence
from contextvars import copy_context
from typing import Final

import click

from archlint.cli import streams
from archlint.cli.group import archlint
from archlint.cli.trust import obey
from archlint.errors import ArchlintError

FAILED: Final = 2
INTERRUPTED: Final = 130


def run(arguments: Sequence[str]) -> int:
    """The exit status: 0 all is well, 1 findings, 2 archlint could not do its job, 130 interrupted."""
    return copy_context().run(_run, arguments)  # what one call refuses, the next may take


def _run(arguments: Sequence[str]) -> int:
    streams.prepare()
    obey(os.environ)
    try:
        # Without `standalone_mode` a command's own return value comes back: its status.
        status = archlint.main(list(arguments), prog_name="archlint", standalone_mode=False)
    except click.ClickException as problem:
        problem.show()
        return FAILED
    except ArchlintError as problem:
        streams.tell(str(problem))
        return FAILED
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except Exception:
        # Not the usual status of a crash, 1: that would tell of findings.
        streams.note(traceback.format_exc())
        streams.tell("this is a mistake in archlint; please report it with the lines above")
        return FAILED
    return status if isinstance(status, int) else 0
