"""Source roots as packaging metadata declares them; read as data, never run."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from configparser import ConfigParser, Error
from pathlib import Path
from typing import Any

from archlint.discovery.toml import table
from archlint.source import Unreadable, read


def declared_roots(root: Path, folder: str, names: frozenset[str]) -> set[str]:
    """The folders that the metadata of a folder names as the place of its packages.

    `names` are the files of the folder. What cannot be read declares nothing.
    """
    found: set[str] = set()
    if "pyproject.toml" in names:
        found.update(_in_pyproject(_data(root / folder / "pyproject.toml")))
    if "setup.cfg" in names:
        found.update(_in_setup_cfg(_data(root / folder / "setup.cfg")))
    paths = {posixpath.normpath(posixpath.join(folder, path)) for path in found}
    return {"" if path == "." else path for path in paths if not path.startswith(("..", "/"))}


def _data(path: Path) -> bytes:
    try:
        return read(path)
    except Unreadable:
        return b""


def _in_pyproject(data: bytes) -> Iterator[str]:
    if not any(word in data for word in (b"package-dir", b"where", b"from", b"sources", b"packages")):
        return
    tool = (table(data.decode("utf-8", "replace")) or {}).get("tool")
    setuptools = _table(tool, "setuptools")
    yield from _strings(_table(setuptools, "packages", "find").get("where"))
    yield from _package_dirs(_table(setuptools, "package-dir"))
    yield from _strings(_table(tool, "pdm", "build").get("package-dir"))
    packages = _table(tool, "poetry").get("packages")
    for package in packages if isinstance(packages, list) else ():
        yield from _strings(_table(package).get("from"))
    wheel = _table(tool, "hatch", "build", "targets", "wheel")
    yield from (posixpath.dirname(path) for path in _strings(wheel.get("packages")) if "/" in path)
    yield from _strings(wheel.get("sources"))


def _in_setup_cfg(data: bytes) -> Iterator[str]:
    parser = ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string(data.decode("utf-8", "replace"))
    except Error:
        return
    yield from _words(parser.get("options.packages.find", "where", fallback=""))
    pairs = (line.split("=", 1) for line in parser.get("options", "package_dir", fallback="").splitlines())
    yield from _package_dirs({pair[0].strip(): pair[1].strip() for pair in pairs if len(pair) == 2})


def _package_dirs(table: dict[str, Any]) -> Iterator[str]:
    """Where packages are, from pairs of package and folder; the empty package stands for all."""
    for package, folder in table.items():
        if not isinstance(folder, str):
            continue
        parts = package.replace(".", "/")
        if not package:
            yield folder
        elif folder.endswith(f"/{parts}"):
            yield folder.removesuffix(f"/{parts}")


def _table(value: object, *keys: str) -> dict[str, Any]:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        yield from (item for item in value if isinstance(item, str))


def _words(text: str) -> list[str]:
    return text.replace(",", " ").split()
