from __future__ import annotations

from pathlib import Path

import pytest

from archlint.discovery import discover
from archlint.discovery.patterns import Patterns

from .conftest import Plant, paths


@pytest.mark.parametrize(
    ("lines", "path", "decided"),
    [
        (["foo"], "foo", True),
        (["foo"], "a/foo", True),
        (["foo"], "foobar", None),
        (["/foo"], "a/foo", None),
        (["/foo"], "foo", True),
        (["foo/"], "foo", None),
        (["foo/"], "a/foo/", True),
        (["a/b"], "a/b", True),
        (["a/b"], "x/a/b", None),
        (["a/b/"], "a/b", None),
        (["a/b/"], "a/b/", True),
        (["**/a/b"], "x/y/a/b", True),
        (["**/a"], "x/a", True),
        (["a/**"], "a/", None),
        (["a/**"], "a/x/y", True),
        (["a/**/"], "a/", None),
        (["a/**/"], "a/x", None),
        (["a/**/"], "a/x/", True),
        (["a/**/b"], "a/b", True),
        (["a/**/b"], "a/x/y/b", True),
        (["*.pyc"], "a/x.pyc", True),
        (["*.py[cod]"], "x.pyo", True),
        (["*.py[cod]"], "x.py", None),
        (["x[!a]"], "xa", None),
        ([".env.*"], ".env.local", True),
        (["a/*.py"], "a/x.py", True),
        (["a/*.py"], "a/b/x.py", None),
        (["*", "!*/", "!*.py"], "a/x.py", False),
        (["*", "!*/", "!*.py"], "a/x.txt", True),
        (["*", "!*/", "!*.py"], "a/b/", False),
        (["!x", "x"], "x", True),
        (["x", "!x"], "x", False),
        (["\\!x"], "!x", True),
        (["\\#x"], "#x", True),
        (["#x"], "#x", None),
        (["x  "], "x", True),
        (["x\\ "], "x ", True),
        (["", " ", "!", "/", "["], "x", None),
        (["/*"], "x", True),
        (["/*"], "a/x", None),
    ],
)
def test_a_line_means_what_it_means_to_git(lines: list[str], path: str, decided: bool | None) -> None:
    bare = path.rstrip("/")

    assert Patterns(lines).decide(bare, bare.rpartition("/")[2], path.endswith("/")) is decided


def test_the_nearest_file_decides(plant: Plant) -> None:
    root = plant(
        "a.gen.py",
        "keep/b.gen.py",
        "keep/deep/c.gen.py",
        "keep/deep/d.py",
        texts={
            ".gitignore": "*.gen.py\n",
            "keep/.gitignore": "!*.gen.py\n",
            "keep/deep/.gitignore": "/d.py\n",
        },
    )
    found = discover(root)

    assert paths(found) == ["keep/b.gen.py", "keep/deep/c.gen.py"]
    assert found.ignored.ignores("other.gen.py")
    assert not found.ignored.ignores("keep/other.gen.py")
    assert found.ignored.ignores("keep/deep/d.py")
    assert not found.ignored.ignores("keep/d.py")


def test_nothing_below_an_ignored_folder_is_taken_back(plant: Plant) -> None:
    root = plant("out/a.py", "half/a.py", "half/keep/b.py")
    (root / ".gitignore").write_text("out/\n!out/a.py\nhalf/*\n!half/keep/\n")

    assert paths(discover(root)) == ["half/keep/b.py"]


def test_an_ignored_folder_that_is_not_there(plant: Plant) -> None:
    found = discover(plant("a.py", texts={".gitignore": "generated/\n_version.py\n"}))

    assert found.ignored.ignores("generated/client.py")
    assert found.ignored.ignores("generated/")
    assert not found.ignored.ignores("generated")
    assert found.ignored.ignores("app/_version.py")


def test_windows_line_ends_and_a_byte_order_mark(plant: Plant) -> None:
    root = plant("a.py", "b.py", "c.py")
    (root / ".gitignore").write_bytes(b"\xef\xbb\xbfa.py\r\nb.py\r\n")

    assert paths(discover(root)) == ["c.py"]


def test_the_exclude_file_of_the_repository(plant: Plant) -> None:
    root = plant("a.py", "b.py", texts={".git/info/exclude": "a.py\nb.py\n", ".gitignore": "!b.py\n"})

    assert paths(discover(root)) == ["b.py"]


def _repository(plant: Plant, gitignore: str) -> Path:
    return plant(
        ".git/HEAD",
        "backend/app/a.py",
        "backend/app/b.py",
        texts={".gitignore": gitignore, ".git/info/exclude": "*.log\n"},
    )


def test_the_files_above_a_root_within_the_repository(plant: Plant) -> None:
    root = _repository(plant, "backend/app/a.py\n")

    found = discover(root / "backend")

    assert paths(found) == ["app/b.py"]
    assert found.ignored.ignores("app/x.log")
    assert paths(discover(root / "backend" / "app")) == ["b.py"]
    assert paths(discover(root / "backend" / "app" / "..")) == ["app/b.py"]


@pytest.mark.parametrize("gitignore", ["backend\n", "/backend/\n", "app\n", "*\n"])
def test_a_root_that_git_ignores_is_looked_at_all_the_same(plant: Plant, gitignore: str) -> None:
    root = _repository(plant, gitignore)

    assert paths(discover(root / "backend" / "app")) == ["a.py", "b.py"]


def test_files_above_count_only_within_a_repository(plant: Plant) -> None:
    root = plant("backend/a.py", texts={".gitignore": "a.py\n"})

    assert paths(discover(root / "backend")) == ["a.py"]


def test_an_ignore_file_that_cannot_be_read_is_told(plant: Plant) -> None:
    root = plant("a.py", "sub/.gitignore/x")

    assert [unlisted.path for unlisted in discover(root).unreadable] == ["sub/.gitignore"]
