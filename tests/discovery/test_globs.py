from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pathspec import GitIgnoreSpec

from archlint.collector import without_collector
from archlint.discovery.globs import Glob
from archlint.discovery.patterns import Patterns

SEGMENTS = st.one_of(
    st.just("**"),
    st.lists(st.sampled_from(["a", "b", "*", "?", "[ab]", "[a-c.]", r"\*", ".", "*a"]), min_size=1)
    .map("".join)
    .filter(lambda segment: segment.strip("*") or segment == "*"),
)
NAMES = st.text("ab.*c", min_size=1, max_size=4).filter(lambda name: name.strip("."))
PATHS = st.lists(NAMES, min_size=1, max_size=5).map("/".join)


@settings(max_examples=500, deadline=None)
@given(st.lists(SEGMENTS, min_size=1, max_size=4).map("/".join), PATHS)
def test_a_glob_matches_what_git_would(pattern: str, path: str) -> None:
    """Judged by pathspec, which also matches what lies below a match, and lets `[!a]` be a slash."""
    spec = GitIgnoreSpec.from_lines([f"/{pattern}"])
    names = path.split("/")
    itself_or_above = any(Glob.of(pattern).matches("/".join(names[:end])) for end in range(1, len(names) + 1))
    assert itself_or_above == spec.match_file(path)


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*a" * 60 + "b", "a" * 250),
        ("*" * 5000 + "b", "a" * 250),
        ("[" * 5000 + "b", "a" * 250),
        ("**/" + "*a*a*a*a" + "/**/" * 20 + "b", "/".join(["a" * 200] * 100)),
        ("**/a/" * 30 + "b", "a/" * 400 + "c"),
    ],
)
def test_no_pattern_takes_long(pattern: str, path: str) -> None:
    with without_collector():  # which in a long run of tests takes a second itself
        start = time.process_time()
        decided = Patterns([pattern]).decide(path, path.rpartition("/")[2], False)
        took = time.process_time() - start
    assert decided is None
    assert took < 1


@pytest.mark.parametrize("line", ["[z-a]", "*[z-a]*", "!", "\\", "***/[", "/", "**"])
def test_strange_lines(line: str) -> None:
    Patterns([line]).decide("a/b", "b", False)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    ("members", "meant"), [("]a", "]a"), ("[a", "[a"), ("a&&b", "a&b"), ("a||b~~", "ab|~"), (r"\]", "]")]
)
def test_sets_mean_what_they_say(members: str, meant: str) -> None:
    assert all(Glob.of(f"*[{members}]*").matches(each) for each in meant)
    assert not any(Glob.of(f"[!{members}]").matches(each) for each in meant)
    assert Glob.of(f"[!{members}]").matches("z")
