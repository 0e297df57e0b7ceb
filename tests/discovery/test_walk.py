from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from archlint.discovery import Link, Unlisted, discover

from .conftest import Plant, paths


def test_sources_and_other_files_are_sorted_apart(plant: Plant) -> None:
    found = discover(plant("b.py", "a/x.pyi", "a/x.py", "README.md", "a/data.json"))

    assert paths(found) == ["a/x.py", "a/x.pyi", "b.py"]
    assert [source.is_stub for source in found.sources] == [False, True, False]
    assert found.files == ("README.md", "a/data.json")


def test_a_project_may_be_empty(plant: Plant) -> None:
    found = discover(plant())

    assert found.sources == ()
    assert found.roots == ("",)


@pytest.mark.parametrize(
    "folder",
    [
        ".git",
        ".venv",
        "venv",
        "env",
        "node_modules",
        "__pycache__",
        "__pypackages__",
        "build",
        "dist",
        ".tox",
        ".nox",
        ".eggs",
        "shop.egg-info",
        "lib/site-packages",
        ".mypy_cache",
        ".pytest_cache",
        ".ruff_cache",
        ".semgrep",
        ".archlint_cache",
        ".hypothesis",
        ".cache",
        ".direnv",
        ".ipynb_checkpoints",
        ".pyenv",
    ],
)
def test_folders_without_code_of_the_project_are_left_out(plant: Plant, folder: str) -> None:
    found = discover(plant("app.py", f"{folder}/x.py", f"deep/down/{folder}/x.py"))

    assert paths(found) == ["app.py"]
    assert found.ignored.ignores(f"{folder}/never_made.py")


def test_other_folders_with_a_dot_hold_code_like_any(plant: Plant) -> None:
    found = discover(plant(".github/scripts/x.py", ".ci/y.py", ".vscode/settings.json"))

    assert paths(found) == [".ci/y.py", ".github/scripts/x.py"]
    assert found.files == (".vscode/settings.json",)


@pytest.mark.parametrize("mark", ["pyvenv.cfg", "conda-meta/history"])
def test_an_environment_is_known_by_its_mark(plant: Plant, mark: str) -> None:
    found = discover(plant("app.py", f"py311/{mark}", "py311/lib/x.py"))

    assert paths(found) == ["app.py"]
    assert found.ignored.ignores("py311/lib/x.py")


@pytest.mark.parametrize("name", ["build", "dist", "env", "venv"])
def test_a_package_is_code_whatever_its_name(plant: Plant, name: str) -> None:
    root = plant(f"{name}/__init__.py", f"{name}/x.py", "shop/__init__.py", f"shop/{name}/y.py")

    expected = [f"{name}/__init__.py", f"{name}/x.py", "shop/__init__.py", f"shop/{name}/y.py"]
    assert paths(discover(root)) == sorted(expected)


def test_excludes_are_patterns_from_the_root(plant: Plant) -> None:
    root = plant("legacy/a.py", "app/legacy/b.py", "app/c_pb2.py", "app/d.py")

    found = discover(root, exclude=("/legacy/**", "*_pb2.py"))

    assert paths(found) == ["app/d.py", "app/legacy/b.py"]
    assert found.ignored.ignores("legacy/other.py")
    assert found.ignored.ignores("anywhere/x_pb2.py")
    assert not found.ignored.ignores("app/e.py")


def test_an_exclude_can_take_a_default_back(plant: Plant) -> None:
    root = plant("build/x.py", "dist/y.py")

    assert paths(discover(root, exclude=("!/build/",))) == ["build/x.py"]


def test_named_files_are_in_whatever_ignores_them(plant: Plant) -> None:
    root = plant("a.py", "b.py", "build/c.py", ".venv/d.py", texts={".gitignore": "b.py\n"})

    found = discover(root, exclude=("a.py",), named=("a.py", "./b.py", "build/c.py"))

    assert paths(found) == ["a.py", "b.py", "build/c.py"]


def test_a_named_folder_is_walked_whatever_ignores_it(plant: Plant) -> None:
    root = plant("build/lib/c.py", "build/lib/d.txt", "build/lib/__pycache__/x.py", "e.py")

    assert paths(discover(root, named=("build", "."))) == ["build/lib/c.py", "e.py"]


def test_a_named_path_that_cannot_be_found_is_told(plant: Plant) -> None:
    found = discover(plant("a.py"), named=("gone.py", "../else.py"))

    assert found.unreadable == (
        Unlisted("../else.py", "outside the project"),
        Unlisted("gone.py", "no such file or folder"),
    )


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("archlint.toml", ""),
        ("pyproject.toml", "[tool.archlint]\n"),
        ("pyproject.toml", "[tool.archlint.layers]\nweb = ['web/**']\n"),
        ("pyproject.toml", "[tool]\narchlint = {}\n"),
        ("pyproject.toml", "[tool.archlint\nbroken\n"),
        ("pyproject.toml", "[tool.archlint]\nsrc = " + "[" * 10_000),
    ],
)
def test_another_project_is_left_out_and_listed(plant: Plant, file: str, text: str) -> None:
    found = discover(plant("a.py", "plugin/b.py", texts={f"plugin/{file}": text, file: text}))

    assert paths(found) == ["a.py"]
    assert found.projects == ("plugin",)


def test_a_dependency_on_archlint_makes_no_project(plant: Plant) -> None:
    root = plant("sub/b.py", texts={"sub/pyproject.toml": "[project]\ndependencies = ['archlint']\n"})

    assert discover(root).projects == ()
    assert paths(discover(root)) == ["sub/b.py"]


def test_links_are_not_followed(plant: Plant, tmp_path: Path) -> None:
    root = plant("app/a.py")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "x.py").touch()
    (root / "again").symlink_to(root / "app", target_is_directory=True)
    (root / "app" / "loop").symlink_to(root, target_is_directory=True)
    (root / "app" / "self").symlink_to("self")
    (root / "b.py").symlink_to("app/a.py")
    (root / "out").symlink_to(tmp_path / "outside", target_is_directory=True)

    found = discover(root)

    assert paths(found) == ["app/a.py"]
    assert found.links == (
        Link("again", "app"),
        Link("app/loop", "."),
        Link("app/self", ""),
        Link("b.py", "app/a.py"),
        Link("out", ""),
    )


def test_the_root_may_be_reached_through_a_link(plant: Plant, tmp_path: Path) -> None:
    plant("app/a.py")
    (tmp_path / "link").symlink_to(tmp_path / "project", target_is_directory=True)

    assert paths(discover(tmp_path / "link")) == ["app/a.py"]


def test_a_folder_that_cannot_be_listed_is_told(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    root = plant("a.py", "secret/b.py")
    real = os.scandir

    def scandir(path: str) -> object:
        if str(path).endswith("secret"):
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)

    found = discover(root)

    assert paths(found) == ["a.py"]
    assert found.unreadable == (Unlisted("secret", "Permission denied"),)


def test_a_source_that_is_a_link_to_nowhere_is_told(plant: Plant) -> None:
    root = plant("a.py")
    (root / "gone.py").symlink_to("nowhere.py")
    (root / "loop.pyi").symlink_to("loop.pyi")
    (root / ".#a.py").symlink_to("user@host.4711:1700000000")
    (root / "data").symlink_to("nowhere")
    (root / "same.py").symlink_to("a.py")

    assert discover(root).unreadable == (
        Unlisted("gone.py", "the link leads nowhere (No such file or directory)"),
        Unlisted("loop.pyi", "the link leads nowhere (Too many levels of symbolic links)"),
    )


def test_a_root_that_is_gone_is_told(tmp_path: Path) -> None:
    assert discover(tmp_path / "gone").unreadable == (Unlisted(".", "No such file or directory"),)


def test_a_tree_may_be_deeper_than_the_stack(plant: Plant) -> None:
    root = plant("top.py")
    deep = str(root)
    for _ in range(sys.getrecursionlimit() + 100):
        deep += "/d"
        os.mkdir(deep)
    with open(f"{deep}/x.py", "w"):
        pass
    try:
        assert [path[-6:] for path in paths(discover(root))] == ["d/x.py", "top.py"]
    finally:
        # Whoever tidies up after the tests may go down by recursion.
        os.remove(f"{deep}/x.py")
        os.removedirs(deep)


@pytest.mark.parametrize("name", [b"caf\xe9.py", b"my-script.py", "größe.py".encode()])
def test_odd_file_names_are_sources(plant: Plant, name: bytes) -> None:
    root = plant("a.py")
    with open(os.path.join(os.fsencode(root), b"pkg-" + name), "wb"):
        pass

    found = discover(root)

    assert len(found.sources) == 2
    assert os.fsencode(found.sources[1].path) == b"pkg-" + name
    assert os.fsencode(found.sources[1].module) == b"pkg-" + name.removesuffix(b".py")


def test_a_named_folder_is_walked_though_all_below_it_is_excluded(plant: Plant) -> None:
    root = plant("legacy/a.py", "legacy/sub/b.py", "legacy/shop/archlint.toml", "c.py")
    assert paths(discover(root, exclude=("legacy/**",))) == ["c.py"]
    found = discover(root, exclude=("legacy/**",), named=("legacy",))
    assert paths(found) == ["c.py", "legacy/a.py", "legacy/sub/b.py"]
    assert found.projects == ("legacy/shop",)
    kept = discover(root, exclude=("legacy/**", "!legacy/a.py"))
    assert paths(kept) == ["c.py", "legacy/a.py"]
