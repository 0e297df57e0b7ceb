"""Which file holds the configuration of a folder."""

from __future__ import annotations

import pytest

from archlint.config.lookup import find


def test_the_nearest_one_upward(write, tmp_path):
    outer = write("", "archlint.toml")
    inner = write("[tool.archlint]", "a/b/pyproject.toml")
    assert find(tmp_path / "a") == outer
    assert find(tmp_path / "a" / "b" / "c") == inner
    assert find(inner) == inner


def test_its_own_file_wins_in_one_folder(write, tmp_path):
    write("[tool.archlint]", "pyproject.toml")
    own = write("", "archlint.toml")
    assert find(tmp_path) == own


@pytest.mark.parametrize("text", ["", "[project]\nname = 'archlint'", "[tool.archlint-extra]", "broken ="])
def test_a_pyproject_that_says_nothing_to_archlint_is_passed_by(write, tmp_path, text):
    write(text, "a/pyproject.toml")
    outer = write("", "archlint.toml")
    assert find(tmp_path / "a") == outer


@pytest.mark.parametrize("text", ["[tool.archlint", "tool = 3 # archlint", "archlint = " + "[" * 10_000])
def test_what_may_speak_to_archlint_is_not_passed_by(write, tmp_path, text):
    file = write(text, "a/pyproject.toml")
    write("", "archlint.toml")
    assert find(tmp_path / "a") == file


def test_a_folder_and_a_dead_link_of_that_name_are_found_so_that_they_are_told(tmp_path):
    (tmp_path / "a" / "archlint.toml").mkdir(parents=True)
    assert find(tmp_path / "a") == tmp_path / "a" / "archlint.toml"
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "archlint.toml").symlink_to("nowhere")
    assert find(tmp_path / "b") == tmp_path / "b" / "archlint.toml"


def test_a_pyproject_that_is_a_folder_is_none(write, tmp_path):
    (tmp_path / "a" / "pyproject.toml").mkdir(parents=True)
    outer = write("", "archlint.toml")
    assert find(tmp_path / "a") == outer


def test_a_pyproject_that_is_not_text_is_told(write, tmp_path):
    file = write("", "pyproject.toml")
    file.write_bytes(b"\xff\xfe")
    assert find(tmp_path) == file
