"""What is wrong with a baseline, and on which line: for people who have edited or merged it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final, NoReturn

import msgspec

from archlint.baseline.entry import Entry
from archlint.day import is_day
from archlint.errors import BaselineError

VERSION: Final = 1

_CONFLICT: Final = re.compile(r"^(?:<{7}|\|{7}|={7}|>{7})(?:\s|$)", re.MULTILINE)
_SPACE: Final = re.compile(r"\s*")
_AGAIN: Final = "fix it, or replace it with `archlint baseline write --force`"


def read_with_care(data: bytes, name: str) -> list[Entry]:
    """The entries of a document, or a BaselineError that says what is wrong and where."""
    text = _text(data, name)
    conflict = _CONFLICT.search(text)
    if conflict:
        hint = "keep the entries of both sides, then run `archlint baseline update`"
        raise BaselineError(name, _line(text, conflict.start()), "a merge conflict is not resolved", hint)
    try:
        whole = json.loads(text)
    except json.JSONDecodeError as problem:
        raise BaselineError(
            name, problem.lineno, f"this is not JSON: {problem.msg.lower()}", _AGAIN
        ) from problem
    except RecursionError as problem:
        raise BaselineError(name, 0, "this is not a baseline: it is nested too deeply", _AGAIN) from problem
    except ValueError as problem:  # Python makes no integer of thousands of digits
        raise BaselineError(
            name, 0, "this is not a baseline: a number in it is too long", _AGAIN
        ) from problem
    if not isinstance(whole, dict) or not isinstance(whole.get("entries"), list):
        raise BaselineError(name, 0, "this is not a baseline: it has no list `entries`", _AGAIN)
    _refuse_other_version(whole.get("version"), name)
    for key in whole.keys() - {"version", "entries"}:
        raise BaselineError(name, 0, f"unknown key `{key}`", "a baseline has `version` and `entries`")
    return [_entry(value, name, line) for line, value in _entries(text)]


def _text(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data[: problem.start].count(b"\n") + 1
        raise BaselineError(name, line, "this is not UTF-8", _AGAIN) from problem


def _refuse_other_version(version: object, name: str) -> None:
    if version == VERSION and not isinstance(version, bool):
        return
    if isinstance(version, int) and version > VERSION:
        what = f"a newer archlint has written it: it is of version {version}, this one reads {VERSION}"
        raise BaselineError(name, 0, what, "use that archlint")
    raise BaselineError(name, 0, f"this is not a baseline of version {VERSION}", _AGAIN)


def _entry(value: object, name: str, line: int) -> Entry:
    def refuse(message: str, hint: str = "") -> NoReturn:
        raise BaselineError(name, line, message, hint)

    try:
        entry = msgspec.convert(value, Entry)
    except msgspec.ValidationError as problem:
        refuse(f"this is not an entry: {_lowered(str(problem))}")
    if entry.expires and not is_day(entry.expires):
        refuse(f"`{entry.expires}` is not a date", "write it as 2027-01-31")
    return entry


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def _entries(text: str) -> Iterator[tuple[int, Any]]:
    """The values in the list `entries` of a sound document, each with its line."""
    decoder = json.JSONDecoder()
    at = _after_space(text, text.index("{") + 1)
    while True:
        key, at = decoder.raw_decode(text, at)
        at = _after_space(text, _after_space(text, at) + 1)  # the colon
        if key == "entries":
            break
        _, at = decoder.raw_decode(text, at)
        at = _after_space(text, _after_space(text, at) + 1)  # the comma
    at = _after_space(text, at + 1)
    while text[at] != "]":
        value, end = decoder.raw_decode(text, at)
        yield _line(text, at), value
        at = _after_space(text, end)
        at = _after_space(text, at + 1) if text[at] == "," else at


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1
