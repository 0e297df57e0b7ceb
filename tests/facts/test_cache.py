"""What is known of files from earlier runs, and how little is written after an edit."""

import msgspec
import pytest

from archlint.facts import cache as cache_module
from archlint.facts.cache import FactsCache
from archlint.facts.entry import Entry
from archlint.store import Store


def entry(text, module="m"):
    return Entry(module, text.encode(), msgspec.msgpack.encode(text))


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "cache", True)


@pytest.fixture
def many(store):
    FactsCache(store).save({f"{n:02}.py": entry(str(n)) for n in range(50)})
    return store


def loaded(store):
    return dict(FactsCache(store).load())


def test_what_was_saved_is_loaded(many):
    entries = loaded(many)
    assert len(entries) == 50
    assert msgspec.msgpack.decode(entries["07.py"].facts) == "7"


def test_one_change_writes_one_entry(many):
    size = (many.folder / "facts.msgpack").stat().st_mtime_ns
    cache = FactsCache(many)
    cache.save({**cache.load(), "07.py": entry("new")})
    assert (many.folder / "facts.msgpack").stat().st_mtime_ns == size
    assert (many.folder / "facts-changed.msgpack").stat().st_size < 300
    assert msgspec.msgpack.decode(loaded(many)["07.py"].facts) == "new"


def test_nothing_changed_writes_nothing(many):
    before = sorted((path.name, path.stat().st_mtime_ns) for path in many.folder.iterdir())
    cache = FactsCache(many)
    cache.save(cache.load())
    assert sorted((path.name, path.stat().st_mtime_ns) for path in many.folder.iterdir()) == before


def test_many_changes_write_everything_and_forget_what_is_gone(many):
    cache = FactsCache(many)
    cache.load()
    cache.save({"only.py": entry("x")})
    assert set(loaded(many)) == {"only.py"}
    assert not (many.folder / "facts-changed.msgpack").exists()


def test_changes_of_another_generation_are_not_mixed_in(many, tmp_path):
    cache = FactsCache(many)
    cache.save({**cache.load(), "07.py": entry("new")})
    kept = (many.folder / "facts-changed.msgpack").rename(tmp_path / "kept")
    FactsCache(many).save({f"{n}.py": entry(f"later {n}") for n in range(50)})
    kept.rename(many.folder / "facts-changed.msgpack")
    assert "07.py" not in loaded(many)


def test_facts_of_another_version_are_forgotten(many, monkeypatch):
    monkeypatch.setattr(cache_module, "FACTS_VERSION", 10_000)
    assert loaded(many) == {}
