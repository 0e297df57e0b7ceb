"""One more distribution in a manifest, written as those before it are."""

from __future__ import annotations

import re

from archlint.concrete.fixes.change import Unfit
from archlint.finding import Edit, Location
from archlint.source import Text

_TOKEN = re.compile(
    r'"(?:[^"\\\n]|\\.)*"|' r"'[^'\n]*'|#[^\n]*|\[|\]|,"  # a text, a comment, a bracket, a comma
)
_PROJECT = re.compile(r"^\[project\][ \t]*(?:#[^\n]*)?$", re.MULTILINE)
_POETRY = re.compile(r"^\[tool\.poetry\.dependencies\][ \t]*(?:#[^\n]*)?\r?\n", re.MULTILINE)
_TABLE = re.compile(r"^\[", re.MULTILINE)
_LIST = re.compile(r"^dependencies[ \t]*=[ \t]*\[", re.MULTILINE)


def declared(text: Text, at: Location, name: str) -> Edit:
    """The edit that declares a distribution. Raises Unfit where the file has no place for it."""
    source = text.text
    if at.path.endswith(".toml"):
        offset, written = _in_toml(source, name)
    else:
        offset, written = _in_lines(source, name)
    line = source.count("\n", 0, offset) + 1
    column = offset - (source.rfind("\n", 0, offset) + 1) + 1
    return Edit(Location(at.path, line, column, line, column), written)


def _in_lines(source: str, name: str) -> tuple[int, str]:
    """A line behind the last requirement."""
    newline = "\r\n" if "\r\n" in source else "\n"
    end = len(source.rstrip())
    return end, f"{newline if end else ''}{name}{'' if source[end:] else newline}"


def _in_toml(source: str, name: str) -> tuple[int, str]:
    project = _PROJECT.search(source)
    if project is not None:
        rest = _TABLE.search(source, project.end())
        found = _LIST.search(source, project.end(), rest.start() if rest else len(source))
        if found is not None:
            return _in_list(source, found.end(), name)
    poetry = _POETRY.search(source)
    if poetry is None or "<" in name:
        raise Unfit("it lists no dependencies")
    rest = _TABLE.search(source, poetry.end())
    end = len(source[: rest.start() if rest else len(source)].rstrip())
    return end, f'{chr(13) if source[end : end + 1] == chr(13) else ""}\n{name} = "*"'


def _in_list(source: str, start: int, name: str) -> tuple[int, str]:
    """Behind the last item of a list that starts there; a line of its own where that has one."""
    last, has_comma = start, True
    quote = '"'
    for token in _TOKEN.finditer(source, start):
        sign = token[0][0]
        if sign == "]":
            break
        if sign == "[":
            raise Unfit("there is a list in the list")
        if sign in "\"'":
            last, has_comma, quote = token.end(), False, sign
        elif sign == ",":
            last, has_comma = token.end(), True
    else:
        raise Unfit("the list has no end")
    item = f"{quote}{name}{quote}"
    line = source.rfind("\n", 0, last) + 1
    is_alone = line > start and bool(source[line:last].strip())
    if is_alone:
        indent = source[line : line + len(source[line:]) - len(source[line:].lstrip())]
        newline = "\r\n" if source[line - 2 : line] == "\r\n" else "\n"
        return last, f"{'' if has_comma else ','}{newline}{indent}{item},"
    if last == start:
        return last, item
    return last, f" {item}," if has_comma else f", {item}"
