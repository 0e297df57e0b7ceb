"""What an entry of `extends` refers to: a built-in preset, a file, or the preset of a package."""

from __future__ import annotations

import os
import re
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import msgspec

from archlint.config.spelling import meant
from archlint.config.wording import quoted

PRESETS: Final = Path(__file__).parent / "presets"
_IN_PACKAGE: Final = re.compile(r"(?P<package>[^\W\d]\w*(\.[^\W\d]\w*)*):(?P<preset>[\w-]+)")
_PRESET: Final = re.compile(r"[\w-]+")


class UnknownReferenceError(LookupError):
    """An entry that refers to nothing; the message and the hint say what was looked for."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class Target(msgspec.Struct, frozen=True):
    """The file that an entry means."""

    file: Path
    preset: str = ""
    """The name of the preset; empty for a file of the user's own."""


def resolve(reference: str, folder: Path) -> Target:
    """The file an entry means; files are relative to the folder of the file that names them.

    Nothing is imported on the way. Raises `UnknownReferenceError` where there is no such file.
    """
    in_package = _IN_PACKAGE.fullmatch(reference)
    if in_package:
        return _preset_of_package(in_package["package"], in_package["preset"])
    if _PRESET.fullmatch(reference):
        return _built_in_preset(reference)
    file = folder / reference
    if "\0" in reference or not os.path.lexists(file):
        raise UnknownReferenceError(f"no such file: {quoted(reference)}", _nearest_file(file, folder))
    return Target(file)


def _built_in_preset(name: str) -> Target:
    file = PRESETS / f"{name}.toml"
    if not os.path.isfile(file):
        presets = [each.stem for each in PRESETS.glob("*.toml")]
        raise UnknownReferenceError(f"unknown preset {quoted(name)}", meant(name, presets))
    return Target(file, name)


def _preset_of_package(package: str, preset: str) -> Target:
    # Only the top-level name may be looked up: for a dotted one find_spec would import the parents.
    top, *below = package.split(".")
    spec = _spec(top)
    if spec is None or not spec.submodule_search_locations:
        hint = "is it installed where archlint runs?"
        raise UnknownReferenceError(f"no such package: {quoted(top)}", hint)
    folders = [Path(location, *below) for location in spec.submodule_search_locations]
    for folder in folders:
        file = folder / f"{preset}.toml"
        if os.path.isfile(file):
            return Target(file, f"{package}:{preset}")
    presets = [each.stem for folder in folders for each in folder.glob("*.toml")]
    message = f"the package {quoted(package)} has no preset {quoted(preset)}"
    raise UnknownReferenceError(message, meant(preset, presets))


def _spec(package: str) -> ModuleSpec | None:
    try:
        return find_spec(package)
    except (ImportError, ValueError):
        return None


def _nearest_file(file: Path, folder: Path) -> str:
    try:
        names = sorted(each.name for each in file.parent.glob("*.toml"))
    except (OSError, ValueError):
        return ""
    return meant(file.name, names) if names else f"paths are relative to {quoted(folder.name)}"
