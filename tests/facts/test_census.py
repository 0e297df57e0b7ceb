"""The facts of all files are the same however they come about."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest

from archlint.errors import WorkerError
from archlint.facts import census as census_module
from archlint.facts.census import census
from archlint.facts.module import decode_facts
from archlint.source import digest_of


@pytest.fixture
def tree(tmp_path):
    for number in range(120):
        (tmp_path / f"m{number:03}.py").write_text(f"import m{(number + 1) % 120:03}\nx = {number}\n")
    return tmp_path


def jobs(tree):
    return [(path.name, path.stem) for path in sorted(tree.glob("*.py"))]


def digests(tree):
    return {path: digest_of(tree / path) for path, _ in jobs(tree)}


def plain(entries):
    return {path: (entry.module, entry.digest, bytes(entry.facts)) for path, entry in entries.items()}


def test_serial_processes_and_another_executor_agree(tree):
    serial = plain(census(tree, jobs(tree), processes=1))
    with ThreadPoolExecutor(3) as executor:
        threads = plain(census(tree, jobs(tree), executor=executor))
    assert serial == plain(census(tree, jobs(tree), processes=2)) == threads
    assert list(serial) == [path for path, _ in jobs(tree)]


def test_only_what_changed_is_extracted(tree, monkeypatch):
    known = census(tree, jobs(tree), processes=1)
    (tree / "m007.py").write_text("y = 1")
    (tree / "m008.py").unlink()
    extracted = []
    original = census_module.extract_batch

    def noted(root, batch, collectors):
        extracted.extend(batch)
        return original(root, batch, collectors)

    monkeypatch.setattr(census_module, "extract_batch", noted)
    entries = census(
        tree, [job for job in jobs(tree) if job[0] != "m008.py"], known, digests(tree), processes=1
    )
    assert extracted == [("m007.py", "m007")]
    assert "m008.py" not in entries
    assert entries["m000.py"] is known["m000.py"]


def test_a_file_under_another_name_is_extracted_again(tree):
    known = census(tree, [("m000.py", "m000")], processes=1)
    entries = census(tree, [("m000.py", "app.m000")], known, digests(tree), processes=1)
    assert entries["m000.py"].module == "app.m000"


def test_a_file_that_vanishes_or_cannot_be_read_has_a_fault(tree):
    (tree / "gone.py").symlink_to(tree / "nowhere")
    os.mkfifo(tree / "pipe.py")
    (tree / "folder.py").mkdir()
    entries = census(tree, [(name, "x") for name in ("gone.py", "pipe.py", "folder.py")], processes=1)
    for entry in entries.values():
        fault = decode_facts(entry.facts).fault
        assert fault is not None
        assert fault.line == 0
        assert fault.message.startswith("cannot be read")


def test_progress_counts_to_the_end(tree):
    seen = []
    census(tree, jobs(tree), processes=2, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (120, 120)
    assert seen == sorted(seen)


def _die(root, batch, collectors):
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_killed_worker_is_an_error_not_a_hang(tree, monkeypatch):
    monkeypatch.setattr(census_module, "extract_batch", _die)
    with pytest.raises(WorkerError, match="died"):
        census(tree, jobs(tree), processes=2)


def test_facts_are_data(tree):
    entry = next(iter(census(tree, jobs(tree)[:1], processes=1).values()))
    assert isinstance(msgspec.msgpack.decode(entry.facts), list)
