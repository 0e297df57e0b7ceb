from __future__ import annotations

import ast
import os
import pickle
import socket
import sys
import threading
import warnings
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archlint.finding import Location
from archlint.source import Text, Unparsable, Unreadable, encoding_of, parse, read


def test_read_gives_the_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(b"x = 1\r\n\x00\xff")

    assert read(tmp_path / "a.py") == b"x = 1\r\n\x00\xff"


def test_what_is_not_there_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="No such file") as caught:
        read(tmp_path / "gone.py")
    assert caught.value.path == tmp_path / "gone.py"


def test_what_would_take_all_memory_cannot_be_read(tmp_path: Path) -> None:
    with (tmp_path / "a.py").open("wb") as file:
        file.truncate(10**12)  # sparse: it takes no room
    with pytest.raises(Unreadable, match="Larger than 100 MB"):
        read(tmp_path / "a.py")


def test_what_no_file_can_be_called_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="embedded null"):
        read(tmp_path / "a\0b.py")


def test_a_folder_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        read(tmp_path)


def test_a_forbidden_file_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbid(path: Path, flags: int) -> int:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "open", forbid)

    with pytest.raises(Unreadable, match="Permission denied"):
        read(tmp_path / "a.py")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.py")
    caught: list[Exception] = []

    def attempt() -> None:
        try:
            read(tmp_path / "pipe.py")
        except Unreadable as error:
            caught.append(error)

    thread = threading.Thread(target=attempt, daemon=True)
    thread.start()
    thread.join(timeout=10)

    assert [error.reason for error in caught if isinstance(error, Unreadable)] == ["Not a regular file"]


def test_a_socket_and_a_device_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # The path of a socket must be short.
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("s.py")
        with pytest.raises(Unreadable):
            read(Path("s.py"))
    (tmp_path / "zero.py").symlink_to("/dev/zero")
    with pytest.raises(Unreadable, match="Not a regular file"):
        read(tmp_path / "zero.py")


@pytest.mark.parametrize(
    ("data", "value"),
    [
        (b"x = '\xc3\xa9'\n", "é"),
        (b"\xef\xbb\xbfx = '\xc3\xa9'\n", "é"),
        (b"\xef\xbb\xbf# coding: utf-8\nx = '\xc3\xa9'\n", "é"),
        (b"# -*- coding: latin-1 -*-\nx = '\xe9'\n", "é"),
        (b"#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\nx = '\x80'\n", "€"),
        (b"\n#coding=koi8-r\nx = '\xc1'\n", "а"),  # noqa: RUF001
        (b"\r\n# coding: latin-1\r\nx = '\xe9'\r\n", "é"),
        (b"# coding: latin-1\rx = '\xe9'\r", "é"),
        (b"\x0c# coding: latin-1\nx = '\xe9'", "é"),
    ],
)
def test_the_declared_encoding_counts(data: bytes, value: str) -> None:
    (statement,) = parse(data).body

    assert isinstance(statement, ast.Assign)
    assert ast.literal_eval(statement.value) == value
    assert value in Text.decode(data).line(statement.lineno)


@pytest.mark.parametrize("data", [b"", b"\n", b"\xef\xbb\xbf", b"\x0c\n", b"# only\r\n"])
def test_files_without_a_statement(data: bytes) -> None:
    assert parse(data).body == []


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_every_line_end(end: bytes) -> None:
    data = end.join([b"def f():", b"    return 1", b"\x0c", b"y = '\xc3\xa9'; z = 2", b""])
    text = Text.decode(data)
    z = parse(data).body[-1]

    assert text.lines == ("def f():", "    return 1", "\x0c", "y = 'é'; z = 2")
    assert text.slice(_location(text, z)) == "z = 2"


@pytest.mark.parametrize("separator", ["\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"])
def test_other_separators_end_no_line(separator: str) -> None:
    text = Text.decode(f"x = '''{separator}'''; y = 1\nz = 2\n".encode())
    _, y, z = parse(text.text.encode()).body

    assert [text.slice(_location(text, node)) for node in (y, z)] == ["y = 1", "z = 2"]


@pytest.mark.parametrize(
    ("data", "message", "line", "column"),
    [
        (b"x = 1\ny = = 2\n", "invalid syntax", 2, 5),
        ("é = 'é'; y = = 2\n".encode(), "invalid syntax", 1, 14),
        (b"x = 1\ny = '\x00'\n", "source code cannot contain null bytes", 2, 6),
        (b"x = 1\r\ny = '\xff'\r\n", "not valid utf-8: invalid start byte", 2, 6),
        (b"x = '\xc3\xa9\xff'\n", "not valid utf-8: invalid start byte", 1, 7),
        (b"# coding: ascii\nx = '\xc3'\n", "not valid ascii: ordinal not in range(128)", 2, 6),
        (b"\xef\xbb\xbfx = '\xff'\n", "not valid utf-8-sig: invalid start byte", 1, 6),
        (b"# coding: no-such\nx = 1\n", "unknown encoding: no-such", 1, 1),
        (b"# coding: rot13\nx = 1\n", "'rot13' is not a text encoding", 1, 1),
    ],
)
def test_what_does_not_parse_says_where(data: bytes, message: str, line: int, column: int) -> None:
    with pytest.raises(Unparsable) as caught:
        parse(data)

    assert message in caught.value.message
    assert (caught.value.line, caught.value.column) == (line, column)


def test_a_byte_order_mark_beside_another_encoding() -> None:
    with pytest.raises(Unparsable) as caught:
        parse(b"\xef\xbb\xbf# coding: latin-1\nx = 1\n")

    assert "with BOM" in caught.value.message


@pytest.mark.parametrize(
    "data",
    [
        b"x = " + b"(" * 5000 + b")" * 5000,
        b"x = " + b"-" * 200_000 + b"1",
        b"x = " + b"a." * 100_000 + b"a",
        b"x = " + b"not " * 20_000 + b"1",
        b"x = " + b"1 + " * 60_000 + b"1",
        b"x = f" + b"'{" * 500,
        b"if x:\n pass\n" + b"elif x:\n pass\n" * 5000,
        b"\n".join(b" " * depth + b"if x:" for depth in range(99)) + b"\n" + b" " * 99 + b"pass",
    ],
    ids=["brackets", "signs", "attributes", "not", "sum", "f-string", "elif", "blocks"],
)
def test_deep_nesting_is_parsed_or_told(data: bytes) -> None:
    outcome = _outcome(data)

    assert outcome.message if isinstance(outcome, Unparsable) else outcome.body


def test_the_limit_of_recursion_is_left_as_it_was() -> None:
    before = sys.getrecursionlimit(), threading.stack_size()
    with pytest.raises(Unparsable):
        parse(b"x = " + b"-" * 1_000_000 + b"1")

    assert (sys.getrecursionlimit(), threading.stack_size()) == before


@pytest.mark.parametrize("refusal", [RecursionError, MemoryError])
def test_what_is_too_deep_for_the_usual_stack_gets_a_larger_one(
    monkeypatch: pytest.MonkeyPatch, refusal: type[Exception]
) -> None:
    tried: list[tuple[threading.Thread, int]] = []
    real = ast.parse

    def refuse_once(data: bytes) -> ast.Module:
        tried.append((threading.current_thread(), sys.getrecursionlimit()))
        if len(tried) == 1:
            raise refusal
        return real(data)

    monkeypatch.setattr(ast, "parse", refuse_once)

    assert len(parse(b"x = 1\n").body) == 1
    (here, usual), (there, larger) = tried
    assert there is not here
    assert larger > usual


def test_the_linted_codes_warnings_are_not_printed(capfd: pytest.CaptureFixture[str]) -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        parse(b"x = '\\d'; assert (1, 'x'); y = 1 is 1; z = 1or 2\n")
        parse(b"# coding: unicode_escape\nx = 1\n")
        Text.decode(b"# coding: unicode_escape\nx = '\\d'\n")

    assert caught == []
    assert capfd.readouterr().err == ""


def test_an_exception_can_cross_processes() -> None:
    error = pickle.loads(pickle.dumps(Unparsable("bad", 2, 3)))
    unreadable = pickle.loads(pickle.dumps(Unreadable(Path("a"), "gone")))

    assert str(error) == "2:3: bad"
    assert str(unreadable) == "a: gone"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a\xffb", "a\ufffdb"),
        (b"# coding: no-such\n\xc3\xa9", "# coding: no-such\né"),
        (b"# coding: no-such\n\xe9", "# coding: no-such\né"),
        (b"# coding: ascii\n\xe9", "# coding: ascii\né"),
        (b"# coding: hex\nzz", "# coding: hex\nzz"),
        (b"\xef\xbb\xbf\xff", "\ufffd"),
    ],
)
def test_any_bytes_become_a_text(data: bytes, text: str) -> None:
    assert Text.decode(data).text == text


@given(st.binary(max_size=200))
def test_no_bytes_break_anything(data: bytes) -> None:
    assert encoding_of(data)
    assert isinstance(Text.decode(data).lines, tuple)
    outcome = _outcome(data)
    assert isinstance(outcome, ast.Module) or (outcome.line >= 1 and outcome.column >= 1)


def test_lines_beyond_the_text_are_empty() -> None:
    text = Text("a\nb\n")

    assert text.lines == ("a", "b")
    assert [text.line(number) for number in (-1, 0, 1, 2, 3)] == ["", "", "a", "b", ""]
    assert Text("").lines == ()


def test_a_slice_over_lines() -> None:
    text = Text("ab\r\ncd\re f")

    assert text.slice(Location("x.py", 1, 2, 3, 2)) == "b\ncd\ne"
    assert text.slice(Location("x.py", 2, 1, 2, 2)) == "c"


# What a single line may hold: anything but its end, and half a surrogate pair, which UTF-8 has not.
_line = st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=30)


@given(before=st.lists(_line, max_size=3), head=_line, tail=_line, end=st.sampled_from(["\n", "\r\n", "\r"]))
def test_a_column_counts_the_characters_before_it(before: list[str], head: str, tail: str, end: str) -> None:
    text = Text(end.join([*before, head + tail]))

    column = text.column(len(before) + 1, len(head.encode()))

    assert column == len(head) + 1
    assert text.line(len(before) + 1)[column - 1 :] == tail


_string = st.text(st.characters(exclude_characters="\r\n'\\\0\x1a", exclude_categories=["Cs"]), max_size=20)


@given(st.lists(_string, min_size=1, max_size=4), st.sampled_from(["\n", "\r\n", "\r"]))
def test_a_slice_is_what_the_tree_speaks_of(strings: list[str], end: str) -> None:
    code = end.join(f"x = '{string}' + 'é'; name_{index}" for index, string in enumerate(strings))
    text = Text(code)
    names = [node for node in parse(code.encode()).body if isinstance(node, ast.Expr)]

    assert [text.slice(_location(text, node)) for node in names] == [f"name_{i}" for i in range(len(strings))]


def _outcome(data: bytes) -> ast.Module | Unparsable:
    try:
        return parse(data)
    except Unparsable as error:
        return error


def _location(text: Text, node: ast.stmt) -> Location:
    end_line, end_offset = node.end_lineno or 0, node.end_col_offset or 0
    return Location(
        "x.py",
        node.lineno,
        text.column(node.lineno, node.col_offset),
        end_line,
        text.column(end_line, end_offset),
    )
