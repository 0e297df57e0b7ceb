"""What tach is told, read as it reads it: `tach.toml` or `pyproject.toml`, and `tach.domain.toml` files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from archlint.errors import UsageError
from archlint.source import Unreadable, read

FILES: Final = ("tach.toml", "pyproject.toml")
DOMAIN: Final = "tach.domain.toml"
ROOT: Final = "<root>"
"""The module of all code that is in no other."""

_DOMAIN_ROOT: Final = "<domain_root>"


class TachModule(msgspec.Struct, frozen=True):
    """One entry of `modules`; paths are whole dotted names, possibly with wildcards."""

    path: str
    depends_on: tuple[str, ...] | None
    """None: on anything."""

    cannot_depend_on: tuple[str, ...] = ()
    deprecated: tuple[str, ...] = ()
    layer: str = ""
    visibility: tuple[str, ...] | None = None
    is_utility: bool = False
    is_unchecked: bool = False
    external: tuple[str, ...] = ()
    """The options about packages from outside that it has."""


class TachInterface(msgspec.Struct, frozen=True):
    """One entry of `interfaces`: regular expressions of modules, and of what they expose."""

    expose: tuple[str, ...]
    modules: tuple[str, ...]
    visibility: tuple[str, ...] | None
    is_exclusive: bool
    data_types: str


class Settings(msgspec.Struct, frozen=True):
    """The whole configuration."""

    file: str
    table: Mapping[str, Any]
    modules: tuple[TachModule, ...]
    interfaces: tuple[TachInterface, ...]

    def flag(self, name: str, default: bool = False) -> bool:
        """A value that is true or false."""
        return bool(self.table.get(name, default))

    @property
    def source_roots(self) -> tuple[str, ...]:
        """The folders that module names start from."""
        return tuple(self.table.get("source_roots", ["."]))

    @property
    def root_module(self) -> str:
        """How code in no module is treated."""
        return str(self.table.get("root_module", "ignore"))

    @property
    def layers(self) -> dict[str, bool]:
        """The layers from top to bottom, and whether each is closed."""
        told = (each if isinstance(each, dict) else {"name": each} for each in self.table.get("layers", ()))
        return {each["name"]: bool(each.get("closed")) for each in told}


def settings(folder: Path, file: Path | None = None) -> Settings:
    """The configuration of a folder, or of a file that the user names.

    Raises UsageError where there is none, or none that can be read.
    """
    for path in (file,) if file else tuple(folder / name for name in FILES):
        table = _table(path) if path.is_file() else {}
        if path.name == "pyproject.toml":
            table = table.get("tool", {}).get("tach", {})
        if table:
            modules = tuple(each for told in table.get("modules", ()) for each in _modules(told, ""))
            interfaces = tuple(_interface(told, "") for told in table.get("interfaces", ()))
            return Settings(path.name, table, modules, interfaces)
    looked = file.name if file else " and ".join(FILES)
    raise UsageError(f"no configuration of tach in `{folder}` (looked in {looked})")


def with_domains(settings: Settings, root: Path, files: Sequence[str]) -> Settings:
    """The settings with those of the domains, given the paths of the project's files."""
    modules, interfaces = list(settings.modules), list(settings.interfaces)
    for path in files:
        folder, _, name = path.rpartition("/")
        if name != DOMAIN:
            continue
        table, here = _table(root / path), _dotted(folder, settings.source_roots)
        if "root" in table:
            modules += _modules({**table["root"], "path": _DOMAIN_ROOT}, here)
        modules += [each for told in table.get("modules", ()) for each in _modules(told, here)]
        interfaces += [_interface(told, here) for told in table.get("interfaces", ())]
    return Settings(settings.file, settings.table, tuple(modules), tuple(interfaces))


def _table(path: Path) -> dict[str, Any]:
    import tomli

    try:
        return tomli.loads(read(path).decode("utf-8", "replace"))
    except (Unreadable, tomli.TOMLDecodeError) as problem:
        raise UsageError(f"{path}: {problem}") from problem


def _modules(told: Mapping[str, Any], domain: str) -> Iterator[TachModule]:
    def paths(name: str) -> tuple[str, ...] | None:
        found = told.get(name)
        return None if found is None else tuple(_path(_written(each), domain) for each in found)

    deprecated = (each for each in told.get("depends_on") or () if isinstance(each, dict))
    for path in told.get("paths") or [told["path"]]:
        yield TachModule(
            path=_path(path, domain),
            depends_on=paths("depends_on"),
            cannot_depend_on=paths("cannot_depend_on") or (),
            deprecated=tuple(_path(each["path"], domain) for each in deprecated if each.get("deprecated")),
            layer=told.get("layer", ""),
            visibility=paths("visibility"),
            is_utility=bool(told.get("utility")),
            is_unchecked=bool(told.get("unchecked")),
            external=tuple(
                name for name in ("depends_on_external", "cannot_depend_on_external") if name in told
            ),
        )


def _written(each: str | Mapping[str, Any]) -> str:
    return each if isinstance(each, str) else str(each["path"])


def _path(path: str, domain: str) -> str:
    """A path as the dotted name it stands for from outside its domain."""
    if path.startswith("//"):
        return path[2:]
    if not domain or path == ROOT:
        return path
    return domain if path == _DOMAIN_ROOT else f"{domain}.{path}"


def _interface(told: Mapping[str, Any], domain: str) -> TachInterface:
    modules = tuple(_path(each, domain) for each in told.get("from", ()))
    everywhere = (f"{domain}.*" if domain else ".*",)
    visibility = told.get("visibility")
    return TachInterface(
        expose=tuple(told["expose"]),
        modules=modules or everywhere,
        visibility=None if visibility is None else tuple(_path(each, domain) for each in visibility),
        is_exclusive=bool(told.get("exclusive")),
        data_types=str(told.get("data_types", "all")),
    )


def _dotted(folder: str, source_roots: Sequence[str]) -> str:
    roots = sorted((root.strip("./") for root in source_roots), key=len, reverse=True)
    root = next((each for each in roots if not each or f"{folder}/".startswith(f"{each}/")), "")
    return folder.removeprefix(root).strip("/").replace("/", ".")
