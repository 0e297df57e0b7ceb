"""A cache is an optimisation that is never worth a crash, a lie or a line of somebody's code."""

import os
import pickle
import tracemalloc
from pathlib import Path

import msgspec
import pytest

from archlint import store as store_module
from archlint.store import Store

NAME = "facts.msgpack"
DATA = {"a.py": 1}


@pytest.fixture
def folder(tmp_path):
    return tmp_path / ".archlint_cache"


def load(folder, inside_project=True):
    store = Store(folder, inside_project)
    return store.load(NAME, dict[str, int]) or {}, store.notices


def test_what_was_saved_is_loaded(folder):
    Store(folder, True).save(NAME, DATA)
    assert load(folder) == (DATA, [])
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
        b"\x1f" + msgspec.msgpack.encode([store_module.VERSION, 1, "not a number", b""]),
    ],
)
def test_damage_costs_one_notice(folder, data):
    folder.mkdir()
    (folder / "facts.msgpack").write_bytes(data)
    entries, notices = load(folder)
    assert entries == {}
    assert len(notices) == 1
    assert "\n" not in notices[0]


@pytest.mark.parametrize("inside_project", [True, False])
def test_damage_that_is_still_sound_is_seen(folder, inside_project):
    Store(folder, True).save(NAME, DATA)
    path = folder / "facts.msgpack"
    before, found = path.read_bytes(), path.stat()
    path.write_bytes(before.replace(b"a.py", b"b.py"))
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))
    entries, notices = load(folder, inside_project)
    assert entries == {}
    assert "damaged" in notices[0]


def test_what_is_not_believed_is_not_read(folder, monkeypatch):
    Store(folder, True).save(NAME, DATA)
    data = (folder / "facts.msgpack").read_bytes()
    (folder / "facts.msgpack").unlink()
    with (folder / "forged").open("wb") as file:  # sparse: a thousand megabytes that are not there
        file.write(data)
        file.truncate(1_000_000_000)
    os.replace(folder / "forged", folder / "facts.msgpack")
    tracemalloc.start()
    try:
        assert load(folder)[0] == {}
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


def test_a_cache_that_came_with_the_project_is_not_believed(folder, tmp_path):
    Store(folder, True).save(NAME, DATA)
    data = (folder / "facts.msgpack").read_bytes()
    (folder / "facts.msgpack").rename(tmp_path / "kept")  # its inode stays taken
    (folder / "facts.msgpack").write_bytes(data)
    entries, notices = load(folder)
    assert entries == {}
    assert "was not written here" in notices[0]
    assert load(folder, inside_project=False)[0].keys() == {"a.py"}


def test_another_version_is_replaced_without_a_word(folder, monkeypatch):
    Store(folder, True).save(NAME, DATA)
    monkeypatch.setattr(store_module, "VERSION", "later")
    assert load(folder) == ({}, [])


def test_links_lead_nowhere(folder, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    folder.symlink_to(outside, target_is_directory=True)
    store = Store(folder, True)
    store.save(NAME, DATA)
    assert "symbolic link" in store.notices[0]
    assert list(outside.iterdir()) == []


def test_a_pipe_is_not_waited_for(folder):
    import os

    folder.mkdir()
    os.mkfifo(folder / "facts.msgpack")
    entries, notices = load(folder)
    assert (entries, len(notices)) == ({}, 1)


@pytest.mark.parametrize("name", ["", "cache"])
def test_a_folder_that_cannot_be_written_costs_one_notice(tmp_path, name):
    blocked = tmp_path / "file"
    blocked.write_text("")
    store = Store(blocked / name, True)
    for file in (NAME, "another.msgpack"):
        assert store.load(file, dict) is None
        store.save(file, DATA)
    assert len(store.notices) == 1
    assert "cannot be written" in store.notices[0]


def test_a_failed_write_leaves_the_old_cache_and_no_rubbish(folder, monkeypatch):
    Store(folder, True).save(NAME, DATA)
    before = (folder / "facts.msgpack").read_bytes()

    def fail(source, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    store = Store(folder, True)
    store.save(NAME, {})
    assert "No space left" in store.notices[0]
    assert (folder / "facts.msgpack").read_bytes() == before
    assert not [path for path in folder.iterdir() if path.name.startswith("partial-")]


def test_partial_files_of_killed_runs_are_swept(folder):
    import os

    folder.mkdir()
    old, new = folder / "partial-old", folder / "partial-new"
    for path in (old, new):
        path.write_bytes(b"")
    os.utime(old, (0, 0))
    Store(folder, True).save(NAME, DATA)
    assert not old.exists()
    assert new.exists()  # another archlint may be writing it


def test_cache_folder_may_be_anywhere(tmp_path: Path):
    Store(tmp_path / "deep" / "er", False).save(NAME, DATA)
    assert (tmp_path / "deep" / "er" / "facts.msgpack").exists()
