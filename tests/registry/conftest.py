"""Packs that exist only for a test: a distribution with metadata, on the path and off again."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archlint.registry import Registry, load

from .packs import rule

Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Installs a distribution: `install("acme", {"acme/__init__.py": ...}, "acme = acme")`."""
    known = set(sys.modules)

    def run(name: str, files: dict[str, str], *entries: str) -> None:
        site = tmp_path / name
        metadata = site / f"{name}-1.0.dist-info"
        metadata.mkdir(parents=True)
        (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        (metadata / "entry_points.txt").write_text("[archlint.packs]\n" + "\n".join(entries) + "\n")
        for path, text in files.items():
            file = site / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        monkeypatch.syspath_prepend(str(site))

    yield run
    for module in set(sys.modules) - known:
        if not module.startswith("archlint"):
            del sys.modules[module]


@pytest.fixture
def acme(install: Install) -> Registry:
    """A registry of archlint's own pack and `acme`, with a rule that is recommended and one that is not."""
    files = {
        "acme/__init__.py": '"""What Acme wants.\n\nAnd more."""\n',
        "acme/bad_thing.py": rule("acme/bad-thing"),
        "acme/rare_thing.py": rule("acme/rare-thing", recommended=False, options="limit: int = 3"),
    }
    install("acme", files, "acme = acme")
    return load(only=("archlint", "acme"))
