"""Room for what goes deeper than Python's stack usually allows."""

import sys
import threading

import pytest

from archlint.depth import deeply


def _depth(calls):
    return 0 if calls == 0 else 1 + _depth(calls - 1)


def test_goes_deeper_than_usual_and_leaves_the_limits_as_they_were():
    before = sys.getrecursionlimit(), threading.stack_size()
    with pytest.raises(RecursionError):
        _depth(before[0])
    assert deeply(lambda: _depth(20_000)) == 20_000
    assert deeply(lambda: deeply(lambda: _depth(20_000))) == 20_000
    assert (sys.getrecursionlimit(), threading.stack_size()) == before


def test_passes_on_what_is_raised_and_ends_what_never_ends():
    with pytest.raises(KeyError, match="gone"):
        deeply(lambda: dict[str, str]()["gone"])
    with pytest.raises(SystemExit):
        deeply(sys.exit)
    with pytest.raises(RecursionError):
        deeply(lambda: _depth(1_000_000))


def test_does_without_where_there_is_no_room(monkeypatch):
    def refuse(thread):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    assert deeply(lambda: "done") == "done"
