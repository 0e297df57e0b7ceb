"""In which formats a report is given, and where each of them goes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import msgspec
from msgspec.structs import replace

from archlint.cli import streams
from archlint.cli.code import lines_of
from archlint.cli.colour import style_for
from archlint.cli.delivery import append, deliver
from archlint.cli.hosting import line_link, on_github, prefix, shown_path
from archlint.cli.rule_texts import rule_texts
from archlint.errors import ArchlintError, UsageError
from archlint.report import Report
from archlint.reporters import FORMATS, Surroundings, reporter
from archlint.reporters.style import PLAIN

_SHOWING_FIXES: Final = frozenset({"json", "json-lines", "sarif"})
"""The formats that tell exact edits; in all others these need not be made."""


class Output(msgspec.Struct, frozen=True):
    """A format, and the file it is written to; None for standard output."""

    format: str
    file: Path | None = None


class Outputs(msgspec.Struct, frozen=True):
    """All that one run gives."""

    outputs: tuple[Output, ...]
    annotates: bool = False
    """Whether annotations follow the text in the log, and a summary is added to the page of the job."""

    @property
    def show_fixes(self) -> bool:
        """Whether exact edits are told, which have to be made first."""
        return any(each.format in _SHOWING_FIXES for each in self.outputs)

    @property
    def has_room_for_words(self) -> bool:
        """Whether standard error may be talked on: a program that reads a report may read that too."""
        shown = [each.format for each in self.outputs if each.file is None]
        return not shown or not {"json", "json-lines"}.intersection(shown)


def planned(format: str | None, files: Iterable[str]) -> Outputs:
    """What is asked for: a format for standard output, and files, each as `FILE` or `FORMAT=FILE`.

    A file without a format takes the place of standard output. Raises UsageError where two do.
    """
    further, plain = list[Output](), list[str]()
    for text in files:
        name, sign, file = text.partition("=")
        if sign and name in FORMATS:
            further.append(Output(name, _path(file)))
        else:
            plain.append(text)
    if len(plain) > 1:
        raise UsageError(f"of {_listed(plain)} only one can take the report; write the others as FORMAT=FILE")
    main = Output(format or "full", _path(plain[0]) if plain else None)
    return Outputs((main, *further), annotates=not format and not plain and on_github(os.environ))


def give(
    outputs: Outputs, report: Report, color: str, places: Mapping[Path, Path], config: Path | None = None
) -> None:
    """Render the report in every format.

    `places` tells where the files of each project are, by its root; `config` is a configuration that stands
    for those of the projects. Raises ArchlintError where something cannot be written.
    """
    around = Surroundings(
        lines_of(report.root, places),
        style_for(sys.stdout, color),
        rule_texts(list(places), config),
        shown_path(report.root, Path.cwd()),
        prefix(report.root, os.environ),
        line_link(os.environ),
    )
    for each in outputs.outputs:
        told = around if each.file is None else replace(around, style=PLAIN)
        text = reporter(each.format)(report, told)
        deliver(guarded(text) if outputs.annotates and each.file is None else text, each.file)
    if outputs.annotates:
        streams.answer(reporter("github")(report, around))
        _summarise(reporter("markdown")(report, around))


def guarded(text: str) -> str:
    """Text for the log of GitHub Actions, which would obey what looks like a command: it is told not to."""
    if "##[" not in text and not any(line.lstrip().startswith("::") for line in text.splitlines()):
        return text
    from hashlib import blake2b

    token = f"archlint-{blake2b(text.encode('utf-8', 'surrogatepass'), digest_size=16).hexdigest()}"
    return f"::stop-commands::{token}\n{text}::{token}::\n"


def _summarise(text: str) -> None:
    file = os.environ.get("GITHUB_STEP_SUMMARY")
    if not file:
        return
    try:
        append(text, Path(file))
    except ArchlintError as problem:
        streams.tell(str(problem))  # the report itself has been given


def _path(text: str) -> Path:
    if not text:
        raise UsageError("the path is empty")
    return Path(text)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
