"""The facts of all files: from the cache where their content is known, extracted otherwise.

Extraction is a pure function of one file, so it is mapped over an executor: here for small projects,
over processes for large ones, over any other that somebody passes in.
"""

from __future__ import annotations

import gc
import signal
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from concurrent.futures import BrokenExecutor, Executor, Future, as_completed
from pathlib import Path
from typing import NamedTuple

import msgspec

from archlint.errors import WorkerError
from archlint.facts.collecting import Collected, Collector, collect
from archlint.facts.digests import Digests
from archlint.facts.entry import Entry
from archlint.facts.module import Fault
from archlint.processors import processors
from archlint.source import Tree, Unreadable, content_digest, read
from archlint.suppressions.model import Suppression

Progress = Callable[[int, int], None]
Job = tuple[str, str]
"""Path and module name of one file."""

_BATCH = 48
"""Files a task; small enough that the last worker does not keep the others waiting."""

_WORTH_PROCESSES = 400
"""Files from which starting processes pays."""


class Extracted(NamedTuple):
    """What one file says, as it crosses process borders."""

    digest: bytes
    facts: bytes
    digests: Digests
    suppressions: tuple[Suppression, ...]
    collected: dict[str, Collected]


_encode = msgspec.msgpack.Encoder().encode


def census(
    root: Path,
    jobs: Sequence[Job],
    known: Mapping[str, Entry] | None = None,
    digests: Mapping[str, bytes] | None = None,
    *,
    collectors: Sequence[Collector] = (),
    processes: int = 0,
    progress: Progress | None = None,
    executor: Executor | None = None,
) -> dict[str, Entry]:
    """The entry of every file, by path, in the order of the jobs.

    An entry that is `known` counts while the file's digest is the one it was extracted from, and all
    collectors have seen the file.

    Raises WorkerError when a process dies.
    """
    keys = {each.key for each in collectors}
    entries = {path: _known(path, module, known or {}, digests or {}, keys) for path, module in jobs}
    pending = [job for job in jobs if entries[job[0]] is None]
    done = len(jobs) - len(pending)
    for batch, results in _extracted(root, pending, collectors, processes, executor):
        for (path, module), found in zip(batch, results, strict=True):
            entries[path] = Entry(
                module, found.digest, found.facts, found.digests, found.suppressions, found.collected
            )
        done += len(batch)
        if progress is not None:
            progress(done, len(jobs))
    return {path: entry for path, entry in entries.items() if entry is not None}


def extract_batch(root: str, batch: Sequence[Job], collectors: Sequence[Collector] = ()) -> list[Extracted]:
    """What each file of a batch says. Runs in a worker."""
    return [_extract_file(root, path, module, collectors) for path, module in batch]


def _extract_file(root: str, path: str, module: str, collectors: Sequence[Collector]) -> Extracted:
    # Not needed where every file is known, and dear to import.
    from archlint.facts.extract import extract, faulty

    digest, collected = b"", collect(collectors, None)

    def look(tree: Tree) -> None:
        collected.update(collect(collectors, tree))

    try:
        data = read(Path(root, path))
    except Unreadable as problem:
        facts = faulty(Fault(f"cannot be read: {problem.reason}", 0, 0))
    else:
        digest, facts = content_digest(data), extract(path, module, data, look)
    return Extracted(digest, _encode(facts), facts.digests, facts.suppressions, collected)


def _known(
    path: str, module: str, known: Mapping[str, Entry], digests: Mapping[str, bytes], keys: Set[str]
) -> Entry | None:
    entry = known.get(path)
    if entry is None or entry.module != module or not entry.digest or not keys <= entry.collected.keys():
        return None
    return entry if entry.digest == digests.get(path) else None


def _extracted(
    root: Path,
    pending: Sequence[Job],
    collectors: Sequence[Collector],
    processes: int,
    executor: Executor | None,
) -> Iterator[tuple[Sequence[Job], list[Extracted]]]:
    batches = [pending[start : start + _BATCH] for start in range(0, len(pending), _BATCH)]
    if executor is not None:
        yield from _mapped(executor, root, batches, collectors)
        return
    workers = processes or (processors() if len(pending) >= _WORTH_PROCESSES else 1)
    if workers == 1 or len(batches) < 2:
        for batch in batches:
            yield batch, extract_batch(str(root), batch, collectors)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import active_children

    pool = ProcessPoolExecutor(min(workers, len(batches)), initializer=_prepare_worker)
    try:
        yield from _mapped(pool, root, batches, collectors)
    except BaseException:
        # Whatever ends the census early ends its workers too, in the middle of what they do.
        pool.shutdown(wait=False, cancel_futures=True)
        for child in active_children():
            child.terminate()
        raise
    pool.shutdown()


def _mapped(
    executor: Executor, root: Path, batches: Iterable[Sequence[Job]], collectors: Sequence[Collector]
) -> Iterator[tuple[Sequence[Job], list[Extracted]]]:
    futures: dict[Future[list[Extracted]], Sequence[Job]] = {
        executor.submit(extract_batch, str(root), batch, tuple(collectors)): batch for batch in batches
    }
    try:
        for future in as_completed(futures):
            yield futures[future], future.result()
    except BrokenExecutor as problem:
        raise WorkerError(
            "a process that reads the files died (killed, or out of memory); "
            "`--jobs 1` reads them in this process"
        ) from problem


def _prepare_worker() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends us; two tracebacks help nobody
    gc.disable()
