"""Which project a path belongs to."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from archlint.cli.assignment import Assignment, assign, nested
from archlint.errors import UsageError


def paths(*texts: str) -> list[Path]:
    return [Path(text) for text in texts]


def test_no_path_is_the_current_folder(tree):
    root = tree({"a.py": ""})
    assert assign([]) == (Assignment(root, None),)


def test_the_nearest_configuration_upward(tree, monkeypatch):
    root = tree({"archlint.toml": "", "src/a.py": "", "src/b.py": ""})
    monkeypatch.chdir(root / "src")
    expected = Assignment(root, root / "archlint.toml", ("src/a.py", "src/b.py"))
    assert assign(paths("a.py", "b.py", "a.py")) == (expected,)


def test_the_root_itself_is_everything(tree):
    root = tree({"archlint.toml": "", "src/a.py": ""})
    assert assign(paths("src", ".")) == (Assignment(root, root / "archlint.toml"),)


def test_without_configuration_the_current_folder_or_the_path(tree, tmp_path):
    root = tree({"src/a.py": ""})
    other = tmp_path / "other"
    other.mkdir()
    (other / "b.py").write_text("")
    assert assign([Path("src"), other, other / "b.py"]) == (
        Assignment(root, None, ("src",)),
        Assignment(other, None),
    )
    assert assign([other / "b.py"]) == (Assignment(other, None, ("b.py",)),)


def test_without_configuration_a_project_among_many_is_not_all_of_them(tree):
    root = tree({"one/setup.py": "", "one/app/a.py": "", "two/a.py": "", "two/.git/config": ""})
    assert assign(paths("one", "two/a.py")) == (
        Assignment(root / "one", None),
        Assignment(root / "two", None, ("a.py",)),
    )
    assert assign(paths("one/app")) == (Assignment(root / "one", None, ("app",)),)


@pytest.mark.parametrize("mark", [".git", "pyproject.toml", "setup.py", "setup.cfg", "manage.py"])
def test_without_configuration_the_project_is_found_from_anywhere(tree, monkeypatch, mark):
    root = tree({mark: "", "shop/__init__.py": "", "shop/web/__init__.py": "", "shop/web/a.py": ""})
    for here, path in ((root, "shop/web"), (root / "shop", "web"), (root / "shop/web", "."), (Path("/"), "")):
        monkeypatch.chdir(here)
        assert assign([Path(path or root / "shop/web")]) == (Assignment(root, None, ("shop/web",)),)
    monkeypatch.chdir(root / "shop")
    assert assign([]) == (Assignment(root, None, ("shop",)),)
    assert assign(paths("web/a.py")) == (Assignment(root, None, ("shop/web/a.py",)),)


def test_without_any_mark_a_package_is_no_root(tree, monkeypatch):
    root = tree({"shop/__init__.py": "", "shop/web/__init__.py": "", "shop/web/a.py": ""})
    monkeypatch.chdir(root / "shop/web")
    assert assign([]) == (Assignment(root, None, ("shop/web",)),)


def test_parts_of_a_build_inside_a_package_are_no_root(tree, monkeypatch):
    root = tree(
        {"setup.py": "", "shop/__init__.py": "", "shop/core/setup.py": "", "shop/core/__init__.py": ""}
    )
    monkeypatch.chdir(root / "shop/core")
    assert assign([]) == (Assignment(root, None, ("shop/core",)),)
    (root / "setup.py").unlink()
    assert assign([]) == (Assignment(root / "shop/core", None),)


def test_the_home_of_a_user_is_no_project(tree, monkeypatch):
    root = tree({".git/config": "", "one/a.py": "", "two/a.py": ""})
    monkeypatch.setenv("HOME", str(root))
    monkeypatch.chdir(root / "one")
    assert assign([]) == (Assignment(root / "one", None),)


def test_without_any_mark_what_holds_many_projects_is_no_root(tree, monkeypatch):
    """A path says where the user stands if it starts there, and a home is nobody's project."""
    root = tree({"one/app/a.py": "", "two/a.py": ""})
    assert assign(paths("one/app")) == (Assignment(root, None, ("one/app",)),)
    assert assign([root / "one"]) == (Assignment(root / "one", None),)
    for home in (root, root / "one"):
        monkeypatch.setenv("HOME", str(home))
        assert assign(paths("two")) == (Assignment(root / "two", None),)
    monkeypatch.undo()
    monkeypatch.chdir(root)
    monkeypatch.setenv("TMPDIR", str(root))
    assert assign(paths("two")) == (Assignment(root / "two", None),)


def test_what_lies_in_a_named_folder_is_not_linted_twice(tree):
    root = tree({"pyproject.toml": "", "sub/pyproject.toml": "", "sub/a.py": ""})
    assert assign(paths("sub/a.py", ".")) == (Assignment(root, None),)
    assert assign(paths("sub/a.py", "sub")) == (Assignment(root / "sub", None),)


def test_several_projects(tree):
    root = tree({"one/archlint.toml": "", "two/pyproject.toml": "[tool.archlint]\n", "two/a.py": ""})
    assert assign(paths("one", "two/a.py")) == (
        Assignment(root / "one", root / "one/archlint.toml"),
        Assignment(root / "two", root / "two/pyproject.toml", ("a.py",)),
    )


def test_a_given_configuration(tree, tmp_path, monkeypatch):
    root = tree({"archlint.toml": "", "ci/archlint.toml": "", "src/a.py": ""})
    given = Path("ci/archlint.toml")
    assert assign(paths("src"), given) == (Assignment(root, root / "ci/archlint.toml", ("src",)),)
    monkeypatch.chdir(tmp_path)
    assert assign([root / "src"], root / "archlint.toml") == (
        Assignment(root, root / "archlint.toml", ("src",)),
    )


def test_what_is_not_there(tree):
    tree({})
    with pytest.raises(UsageError, match="no such file or folder: `nowhere`"):
        assign(paths("nowhere"))


def test_a_loop_of_links(tree):
    root = tree({})
    os.symlink("loop", root / "loop")
    with pytest.raises(UsageError, match="`loop` cannot be read"):
        assign(paths("loop"))


def test_nested(tree):
    root = tree({"archlint.toml": "", "services/a/archlint.toml": ""})
    outer = Assignment(root, root / "archlint.toml")
    assert nested(outer, "services/a") == Assignment(root / "services/a", root / "services/a/archlint.toml")
