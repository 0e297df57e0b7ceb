"""Patterns seen from another folder."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pathspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archlint.config.patterns import (
    exclude_pattern,
    import_pattern,
    layer_pattern,
    path_pattern,
    plain_path,
)

REPO = Path("/repo")


@pytest.mark.parametrize(
    ("pattern", "folder", "root", "seen"),
    [
        ("app/**", "/repo", "/repo", ("app/**",)),
        ("/app/**", "/repo", "/repo", ("/app/**",)),
        ("app/**", "/repo/svc", "/repo", ("svc/app/**",)),
        ("shop.orders", "/repo/svc", "/repo", ("shop.orders",)),
        ("svc/app/**", "/repo", "/repo/svc", ("app/**",)),
        ("svc/app", "/repo", "/repo/svc", ("/app",)),
        ("*/app/**", "/repo", "/repo/svc", ("app/**",)),
        ("**/app/**", "/repo", "/repo/svc", ("**/app/**",)),
        ("**/svc/app/**", "/repo", "/repo/svc", ("**/svc/app/**", "app/**")),
        ("svc/**", "/repo", "/repo/svc/api", ("**",)),
        ("svc/", "/repo", "/repo/svc/api", ("**",)),
        ("svc", "/repo", "/repo/svc/api", ("svc",)),
        ("app/", "/repo/svc", "/repo", ("svc/app/",)),
        ("svc/app/", "/repo", "/repo/svc", ("app/",)),
        ("other/app/", "/repo", "/repo/svc", ("../other/app/",)),
        ("svc/a.py", "/repo", "/repo/svc/api", ("../a.py",)),
        ("conftest.py", "/repo/svc", "/repo", ("svc/conftest.py",)),
        ("other/app/**", "/repo", "/repo/svc", ("../other/app/**",)),
        ("../svc/app/**", "/repo/etc", "/repo/svc", ("app/**",)),
        ("./app/x/**", "/repo/svc", "/repo", ("svc/app/x/**",)),
        ("app/**", "/repo/a[1]", "/repo", ("a[1]/app/**",)),
        ("a/**", "/repo/x[1]", "/repo/x[1]/a", ("**",)),
        ("../../../../app/x", "/repo", "/repo", ("../../../../app/x",)),
        ("../../../../app/x", "/repo", "/repo/svc", ("../../app/x",)),
    ],
)
def test_layer_patterns(pattern, folder, root, seen):
    assert layer_pattern(pattern, Path(folder), Path(root)) == seen


@pytest.mark.parametrize(
    ("pattern", "folder", "root", "seen"),
    [
        ("README.md", "/repo", "/repo", ("README.md",)),
        ("README.md", "/repo/svc", "/repo", ("svc/README.md",)),
        ("svc/README.md", "/repo", "/repo/svc", ("README.md",)),
        ("README.md", "/repo", "/repo/svc", ("../README.md",)),
        ("app/", "/repo/svc", "/repo", ("svc/app/",)),
        ("svc/app/", "/repo", "/repo/svc", ("app/",)),
        (".", "/repo/svc", "/repo", ("svc",)),
        (".", "/repo/svc", "/repo/svc", (".",)),
        ("svc", "/repo", "/repo/svc", (".",)),
        (".", "/repo", "/repo/svc", ("..",)),
        ("**/*.md", "/repo", "/repo/svc", ("**/*.md",)),
        ("**/*/a.md", "/repo", "/repo/svc", ("**/*/a.md", "a.md")),
        ("{svc,lib}/{a,b}.py", "/repo", "/repo/svc", ("{a,b}.py",)),
        ("{svc/app,lib}/x.py", "/repo/etc", "/repo", ("etc/{svc/app,lib}/x.py",)),
        ("{name}/models.py", "/repo/svc", "/repo", ("svc/{name}/models.py",)),
        ("{**}/{name}.py", "/repo", "/repo/svc", ("{**}/{name}.py",)),
    ],
)
def test_path_patterns(pattern, folder, root, seen):
    assert path_pattern(pattern, Path(folder), Path(root)) == seen


@pytest.mark.parametrize(
    ("pattern", "folder", "root", "seen"),
    [
        ("a.b -> c", "/repo", "/repo/svc", ("a.b -> c",)),
        ("svc/a.py->shop.b", "/repo", "/repo/svc", ("/a.py -> shop.b",)),
        ("**/svc/a/* -> x", "/repo", "/repo/svc", ("**/svc/a/* -> x", "a/* -> x")),
        ("no arrow/", "/repo/svc", "/repo", ("no arrow/",)),
    ],
)
def test_import_patterns(pattern, folder, root, seen):
    assert import_pattern(pattern, Path(folder), Path(root)) == seen


@pytest.mark.parametrize(
    ("pattern", "folder", "root", "seen"),
    [
        ("*.pyc", "/repo", "/repo", ("*.pyc",)),
        ("*.pyc", "/repo/svc", "/repo", ("svc/**/*.pyc",)),
        ("!keep/", "/repo/svc", "/repo", ("!svc/**/keep/",)),
        ("/build/", "/repo/svc", "/repo", ("svc/build/",)),
        ("svc/build", "/repo", "/repo/svc", ("/build",)),
        ("svc", "/repo", "/repo/svc", ("**/svc", "**")),
    ],
)
def test_exclude_patterns(pattern, folder, root, seen):
    assert exclude_pattern(pattern, Path(folder), Path(root)) == seen


def test_plain_paths():
    assert plain_path("src", REPO, REPO) == ("src",)
    assert plain_path("src", REPO / "svc", REPO) == ("svc/src",)
    assert plain_path("svc", REPO, REPO / "svc") == (".",)
    assert plain_path("lib", REPO, REPO / "svc") == ("../lib",)


NAMES = st.sampled_from(["a", "b", "ab"])
FOLDERS = st.lists(NAMES, max_size=3)
PATTERNS = st.lists(st.sampled_from(["a", "b", "ab", "*", "**", "a*"]), min_size=1, max_size=4).map("/".join)


@given(PATTERNS, FOLDERS, FOLDERS, st.lists(NAMES, min_size=1, max_size=3))
def test_a_pattern_matches_the_same_files_from_every_root(pattern, folder, root, file):
    """Judged by pathspec: the file seen from the folder of the pattern, and from the root."""
    home, top = REPO.joinpath(*folder), REPO.joinpath(*root)
    whole = PurePosixPath(top.joinpath(*file))
    inside = PurePosixPath(home) in whole.parents
    expected = inside and _matches([pattern], str(whole.relative_to(home)))
    assert _matches(exclude_pattern(pattern, home, top), "/".join(file)) == expected


def _matches(patterns, path):
    return pathspec.GitIgnoreSpec.from_lines(patterns).match_file(path)
