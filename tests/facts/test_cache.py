"""The cache is an optimisation that is never worth a crash, a lie or a line of somebody's code."""

import pickle
from pathlib import Path

import msgspec
import pytest

from archlint.facts import cache as cache_module
from archlint.facts.cache import Cache, Entry

ENTRIES = {"a.py": Entry("a", b"digest", msgspec.Raw(b"\x90"))}


@pytest.fixture
def folder(tmp_path):
    return tmp_path / ".archlint_cache"


def load(folder, inside_project=True):
    cache = Cache(folder, inside_project)
    return dict(cache.load()), cache.notices


def test_what_was_saved_is_loaded(folder):
    Cache(folder, True).save(ENTRIES)
    entries, notices = load(folder)
    assert entries["a.py"].module == "a"
    assert bytes(entries["a.py"].facts) == b"\x90"
    assert notices == []
    assert sorted(path.name for path in folder.iterdir()) == [".gitignore", "CACHEDIR.TAG", "facts.msgpack"]
    assert (folder / ".gitignore").read_text().endswith("*\n")


def test_no_cache_is_nothing_to_speak_of(folder):
    assert load(folder) == ({}, [])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"garbage",
        pickle.dumps({"a": 1}),
        b"\xdd\xff\xff\xff\xff",  # an array of four thousand million
        b"\x91" * 100_000,  # a hundred thousand arrays, one in the other
        msgspec.msgpack.encode([["x", 1, "not a number"], {}]),
    ],
)
def test_damage_costs_one_notice(folder, data):
    folder.mkdir()
    (folder / "facts.msgpack").write_bytes(data)
    entries, notices = load(folder)
    assert entries == {}
    assert len(notices) == 1
    assert "\n" not in notices[0]


def test_a_cache_that_came_with_the_project_is_not_believed(folder, tmp_path):
    Cache(folder, True).save(ENTRIES)
    data = (folder / "facts.msgpack").read_bytes()
    (folder / "facts.msgpack").rename(tmp_path / "kept")  # its inode stays taken
    (folder / "facts.msgpack").write_bytes(data)
    entries, notices = load(folder)
    assert entries == {}
    assert "was not written here" in notices[0]
    assert load(folder, inside_project=False)[0].keys() == {"a.py"}


def test_another_version_is_replaced_without_a_word(folder, monkeypatch):
    Cache(folder, True).save(ENTRIES)
    monkeypatch.setattr(cache_module, "VERSION", "later")
    assert load(folder) == ({}, [])


def test_links_lead_nowhere(folder, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    folder.symlink_to(outside, target_is_directory=True)
    cache = Cache(folder, True)
    cache.save(ENTRIES)
    assert "symbolic link" in cache.notices[0]
    assert list(outside.iterdir()) == []


def test_a_pipe_is_not_waited_for(folder):
    import os

    folder.mkdir()
    os.mkfifo(folder / "facts.msgpack")
    entries, notices = load(folder)
    assert (entries, len(notices)) == ({}, 1)


def test_a_folder_that_cannot_be_written_costs_one_notice(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    cache = Cache(blocked / "cache", True)
    cache.save(ENTRIES)
    assert len(cache.notices) == 1
    assert "cannot be written" in cache.notices[0]


def test_a_failed_write_leaves_the_old_cache_and_no_rubbish(folder, monkeypatch):
    Cache(folder, True).save(ENTRIES)
    before = (folder / "facts.msgpack").read_bytes()

    def fail(source, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(cache_module.os, "replace", fail)
    cache = Cache(folder, True)
    cache.save({})
    assert "No space left" in cache.notices[0]
    assert (folder / "facts.msgpack").read_bytes() == before
    assert not [path for path in folder.iterdir() if path.name.startswith("facts-")]


def test_partial_files_of_killed_runs_are_swept(folder):
    import os

    folder.mkdir()
    old, new = folder / "facts-old", folder / "facts-new"
    for path in (old, new):
        path.write_bytes(b"")
    os.utime(old, (0, 0))
    Cache(folder, True).save(ENTRIES)
    assert not old.exists()
    assert new.exists()  # another archlint may be writing it


def test_cache_folder_may_be_anywhere(tmp_path: Path):
    Cache(tmp_path / "deep" / "er", False).save(ENTRIES)
    assert (tmp_path / "deep" / "er" / "facts.msgpack").exists()
