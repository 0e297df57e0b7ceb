"""Colours, the bar, and streams that end early."""

from __future__ import annotations

import io
import os
import sys

import pytest

from archlint.cli import streams
from archlint.cli.colour import is_wanted, style_for
from archlint.cli.progress import Bar, bar
from archlint.errors import ArchlintError
from archlint.reporters.style import PLAIN


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("color", "is_terminal", "environment", "wanted"),
    [
        ("auto", True, {}, True),
        ("auto", False, {}, False),
        ("auto", True, {"TERM": "dumb"}, False),
        ("auto", True, {"NO_COLOR": "1"}, False),
        ("auto", True, {"NO_COLOR": ""}, True),
        ("auto", False, {"FORCE_COLOR": "1"}, True),
        ("auto", False, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ("always", False, {"NO_COLOR": "1"}, True),
        ("never", True, {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colours(color, is_terminal, environment, wanted):
    assert is_wanted(color, is_terminal, environment) is wanted


def test_a_closed_stream_has_no_colours():
    assert style_for(None, "always") == PLAIN


def drawn(seconds: list[float], calls: list[tuple[int, int]]) -> str:
    stream = Terminal()
    shown = Bar(stream, iter([*seconds, *[99.0] * 9]).__next__)
    for done, total in calls:
        shown(done, total)
    shown.close()
    return stream.getvalue()


def test_no_bar_for_a_moment():
    assert drawn([0, 0.2, 0.9], [(48, 100), (100, 100)]) == ""


def test_a_bar_for_a_long_run():
    text = drawn([0, 0.2, 1.1], [(10, 100), (50, 100), (100, 100)])
    assert "Reading files" in text
    assert "50%" in text
    assert "100%" in text
    assert text.endswith("\n")


def test_a_bar_that_is_cut_short_gives_the_cursor_back():
    assert "\x1b[?25h" in drawn([0, 2.0], [(10, 100)])


@pytest.mark.parametrize(("stream", "is_wanted"), [(io.StringIO(), True), (Terminal(), False), (None, True)])
def test_no_bar_in_a_pipe(stream, is_wanted):
    with bar(stream, is_wanted) as shown:
        assert shown is None


def test_a_bar_on_a_terminal():
    with bar(Terminal(), True) as shown:
        assert shown is not None


def test_a_reader_that_has_gone_is_no_error(monkeypatch):
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "w") as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        streams.answer("x" * 100_000)
        streams.answer("more")


def test_a_full_disk_is_an_error(monkeypatch):
    class Full(io.StringIO):
        def flush(self):
            raise OSError(28, "No space left on device")

        def fileno(self):
            return os.open(os.devnull, os.O_WRONLY)

    monkeypatch.setattr(sys, "stdout", Full())
    with pytest.raises(ArchlintError, match="No space left on device"):
        streams.answer("x")


def test_no_character_stops_the_output(monkeypatch):
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    streams.prepare()
    streams.answer("é\udcff")
    assert raw.getvalue() == rb"\xe9\udcff"


def test_a_message_is_nothing_that_a_terminal_obeys(monkeypatch):
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    streams.tell("`\x1b[2J` is no folder\nnor is `\r`")
    assert stream.getvalue() == "archlint: `\\x1b[2J` is no folder\nnor is `\\r`\n"


def test_closed_streams(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    streams.prepare()
    streams.answer("x")
    streams.tell("x")
