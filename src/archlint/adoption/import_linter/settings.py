"""What import-linter is told, read as it reads it: `setup.cfg`, `.importlinter`, `pyproject.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from configparser import ConfigParser, Error
from pathlib import Path
from typing import Any, Final

import msgspec

from archlint.errors import UsageError
from archlint.source import Unreadable, read

FILES: Final = ("setup.cfg", ".importlinter", "pyproject.toml")
"""Where import-linter looks; the first that speaks to it counts."""

_SECTION: Final = "importlinter"


class Options(msgspec.Struct, frozen=True):
    """The keys of one section, each with one value or several."""

    table: Mapping[str, Any]

    def values(self, name: str) -> tuple[str, ...]:
        """A value as a list, blank lines left out."""
        value = self.table.get(name, ())
        lines = value if isinstance(value, (list, tuple)) else (value,)
        return tuple(str(line).strip() for line in lines if str(line).strip())

    def text(self, name: str, default: str = "") -> str:
        """A value as one line."""
        return " ".join(self.values(name)) or default

    def flag(self, name: str, default: bool = False) -> bool:
        """A value that is true or false."""
        return self.text(name, str(default)).lower() == "true"


class Settings(msgspec.Struct, frozen=True):
    """The whole configuration."""

    file: str
    session: Options
    contracts: tuple[Options, ...]

    @property
    def roots(self) -> tuple[str, ...]:
        """The packages that it looks at."""
        return self.session.values("root_packages") or self.session.values("root_package")


def settings(folder: Path, file: Path | None = None) -> Settings:
    """The configuration of a folder, or of a file that the user names.

    Raises UsageError where there is none, or none that can be read.
    """
    for path in (file,) if file else tuple(folder / name for name in FILES):
        found = _in_file(path) if path.is_file() else None
        if found is not None:
            return found
    looked = file.name if file else ", ".join(FILES)
    raise UsageError(f"no configuration of import-linter in `{folder}` (looked in {looked})")


def _in_file(path: Path) -> Settings | None:
    try:
        text = read(path).decode("utf-8", "replace")
    except Unreadable as problem:
        raise UsageError(str(problem)) from problem
    if _SECTION not in text:
        return None
    return _in_toml(path, text) if path.suffix == ".toml" else _in_ini(path, text)


def _in_toml(path: Path, text: str) -> Settings | None:
    import tomli

    try:
        tool = tomli.loads(text).get("tool", {})
    except tomli.TOMLDecodeError as problem:
        raise UsageError(f"{path}: {problem}") from problem
    session = tool.get(_SECTION)
    if not session:
        return None
    contracts = session.get("contracts", [])
    return Settings(path.name, Options(session), tuple(map(Options, contracts)))


def _in_ini(path: Path, text: str) -> Settings | None:
    parser = ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string(text)
    except Error as problem:
        raise UsageError(f"{path}: {problem}") from problem
    if _SECTION not in parser:
        return None
    sections = {
        name: Options({key: value.strip().split("\n") for key, value in parser[name].items()})
        for name in parser.sections()
    }
    contracts = (options for name, options in sections.items() if name.startswith(f"{_SECTION}:"))
    return Settings(path.name, sections[_SECTION], tuple(contracts))
