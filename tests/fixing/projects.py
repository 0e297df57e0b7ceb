"""Small projects that are linted and mended."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from msgspec.structs import replace

from archlint import engine
from archlint.config.loading import load as load_config
from archlint.fixing.mending import Mended, mend
from archlint.registry import Registry, load
from archlint.report import Report
from archlint.rewriting import rewrite


@cache
def registry() -> Registry:
    return load()


def write(root: Path, files: dict[str, str | bytes]) -> None:
    for path, content in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())


def lint(root: Path, *packs: str) -> Report:
    known = registry()
    file = root / "archlint.toml"
    config = load_config(file if file.exists() else None, root, known.rules, known.packs)
    report = engine.run(replace(config, packs=packs or config.packs), known, engine.Request(jobs=1))
    assert report.failures == ()
    return report


def apply(root: Path, *packs: str, unsafe: bool = False) -> Mended:
    """One pass, written."""
    mended = mend(lint(root, *packs), unsafe=unsafe)
    for path, file in mended.files.items():
        rewrite(root / path, file.old, file.new)
    return mended
