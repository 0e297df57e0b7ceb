"""The report of the last run, given again where nothing that it rests on has changed.

It rests on the configuration, on what was asked for, on the code of archlint and of the packs, on the
names of all files, on the content of every source file, and on the other files that rules have read.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from pathlib import Path

import msgspec

from archlint.config.model import Config
from archlint.finding import Finding
from archlint.registry import Registry
from archlint.report import Report, Tally
from archlint.source import digest_of
from archlint.store import Store

_NAME = "report.msgpack"


class _Saved(msgspec.Struct, frozen=True, array_like=True):
    key: bytes
    texts: dict[str, bytes]
    files: int
    findings: tuple[Finding, ...]
    suppressed: tuple[Finding, ...]
    tallies: dict[str, Tally]
    notices: tuple[str, ...]


class Replay:
    """The last report in a store, under the key of what it rests on."""

    def __init__(self, store: Store, config: Config, key: bytes) -> None:
        self._store = store
        self._root = config.root
        self._key = key

    def load(self) -> Report | None:
        """The last report, if everything is as it was."""
        saved = self._store.load(_NAME, _Saved)
        if saved is None or saved.key != self._key:
            return None
        if any(digest_of(self._root / path) != known for path, known in saved.texts.items()):
            return None
        return Report(
            root=self._root,
            files=saved.files,
            findings=saved.findings,
            suppressed=saved.suppressed,
            tallies=saved.tallies,
            notices=saved.notices,
        )

    def save(self, report: Report, read_paths: Iterable[str]) -> None:
        """Keep a report in which every rule ran to its end, and the files its rules have read."""
        if report.failures:
            return
        texts = {path: digest_of(self._root / path) for path in sorted(read_paths)}
        saved = _Saved(
            self._key,
            texts,
            report.files,
            report.findings,
            report.suppressed,
            dict(report.tallies),
            report.notices,
        )
        self._store.save(_NAME, saved)


def key(
    config: Config, registry: Registry, asked: object, files: Iterable[str], sources: Mapping[str, bytes]
) -> bytes:
    """What a report rests on: 32 bytes that change when any of it does."""
    digest = blake2b(digest_size=32)
    for part in (repr(config), repr(asked), *_code(registry), *files):
        digest.update(part.encode("utf-8", "surrogatepass") + b"\0")
    for path, content in sources.items():
        digest.update(path.encode("utf-8", "surrogatepass") + b"\0" + content)
    return digest.digest()


def _code(registry: Registry) -> Iterator[str]:
    """Size and time of every module of archlint and of the packages its packs come from."""
    packages = {rule.__module__.partition(".")[0] for rule in registry.rules.values()} | {"archlint"}
    for package in sorted(packages):
        origin = sys.modules[package].__file__
        for folder, _, names in os.walk(Path(origin).parent) if origin else ():
            for name in sorted(names):
                if name.endswith(".py"):
                    found = os.stat(os.path.join(folder, name))
                    yield f"{folder}/{name} {found.st_size} {found.st_mtime_ns}"
