"""Which distributions the project says that it needs, in which versions, and how its own are called."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from configparser import ConfigParser, Error
from itertools import takewhile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archlint.project.project import Project

_MANIFEST = re.compile(
    r"(?:^|/)(?:pyproject\.toml|setup\.(?:cfg|py)|Pipfile|[\w.-]*requirements[\w./-]*\.(?:txt|in)"
    r"|[^/]+\.(?:dist|egg)-info/(?:METADATA|PKG-INFO|requires\.txt))$"
)
_OF_MANIFESTS = re.compile(r"(?:requirements[^/]*|\.(?:dist|egg)-info)$")
_REQUIREMENT = re.compile(r"\s*(?:-e\s+)?([A-Za-z0-9][\w.-]*)\s*(?:$|[\[<>=!~;@(#,\\]|\s)")
_EGG = re.compile(r"[#&]egg=([\w.-]+)")
_METADATA = re.compile(r"^(Name|Requires-Dist):\s*([\w.-]+)(.*)", re.MULTILINE)
_OWN_NAME = re.compile(r"""\bname\s*=\s*["']([\w.-]+)["']""")
_NO_REQUIREMENT = re.compile(
    r"""\b(?:name|packages|py_modules|package_dir|package_data|entry_points)\s*="""
    r"""\s*(?:\[[^\]]*\]|\{[^}]*\}|["'][^"'\n]*["'])"""
)
_QUOTED = re.compile(r"""["']([^"'\n]+)["']""")
_PYTHON_REQUIRES = re.compile(r"""\bpython_requires\s*=\s*["']([^"'\n]+)["']""")
_VERSION = re.compile(r"\s*(?:\[[^\]]*\])?\s*\(?\s*([<>=!~^*\d](?:(?! --)[^;#@)\\])*)")

_PYTHON = "python"
"""Python itself is required like a distribution, as Poetry writes it."""

_Name = tuple[bool, str, str]
"""Whether a distribution is the project's own, its name, and the versions that are asked for, if any."""


class Requirements:
    """Answers by the names of distributions, whatever their case and their dashes."""

    def __init__(self, project: Project) -> None:
        paths = (*project.files, *(module.path for module in project.modules))
        manifests = [path for path in paths if _MANIFEST.search(path)]
        names = [name for path in manifests for name in _reader(path)(project.text(path).text)]
        own = {_normal(name) for is_own, name, _ in names if is_own}
        self._required = {_normal(name) for is_own, name, _ in names if not is_own} - own
        self._versions = sorted({(_normal(name), wanted) for is_own, name, wanted in names if not is_own})
        self._stems = {name[:place] for name in self._required for place in _dashes(name)}
        self._family = {word for name in own for other in self._required for word in _common(name, other)}
        folders = {path.rpartition("/")[0] for path in manifests}
        around = {folder.rpartition("/")[0] for folder in folders if _OF_MANIFESTS.search(folder)}
        self._folders = folders | around

    @classmethod
    def build(cls, project: Project) -> Requirements:
        """The view of a project."""
        return cls(project)

    def cover(self, root: str) -> bool:
        """Whether a file beside a source root or right above it says what is needed there."""
        return root in self._folders or root.rpartition("/")[0] in self._folders

    def name(self, distribution: str) -> bool:
        """Whether the project requires a distribution of this name."""
        return _normal(distribution) in self._required

    @property
    def distributions(self) -> frozenset[str]:
        """The names of all distributions that are required, in lower case and with `-`."""
        return frozenset(self._required)

    def versions(self, distribution: str = _PYTHON) -> tuple[str, ...]:
        """The versions of a distribution, or of Python, that are asked for: `>=5.2,<6`, as it is written."""
        normal = _normal(distribution)
        return tuple(wanted for name, wanted in self._versions if name == normal and wanted)

    def share(self, namespace: str) -> bool:
        """Whether it requires one that may have modules in this namespace: `acme-core` in `acme`.

        What is called alike belongs together: `big-acme` and the project's own `big-acme-web` share `acme`.
        """
        normal = _normal(namespace)
        return self.name(namespace) or normal in self._stems or normal in self._family


def _reader(path: str) -> Callable[[str], Iterator[_Name]]:
    file = path.rpartition("/")[2]
    if file in ("pyproject.toml", "Pipfile"):
        return _in_toml
    if file in ("METADATA", "PKG-INFO"):
        return _in_metadata
    return {"setup.cfg": _in_setup_cfg, "setup.py": _in_setup_py}.get(file, _in_lines)


def _in_lines(text: str) -> Iterator[_Name]:
    for line in text.splitlines():
        found = _EGG.search(line) or _REQUIREMENT.match(line)
        if found:
            yield False, found[1], _wanted(line[found.end(1) :])


def _in_metadata(text: str) -> Iterator[_Name]:
    for found in _METADATA.finditer(text):
        yield found[1] == "Name", found[2], _wanted(found[3])


def _in_setup_py(text: str) -> Iterator[_Name]:
    """Any text in quotes may be a requirement, wherever the script keeps its lists."""
    for found in _OWN_NAME.finditer(text):
        yield True, found[1], ""
    for found in _PYTHON_REQUIRES.finditer(text):
        yield False, _PYTHON, found[1]
    for found in _QUOTED.finditer(_NO_REQUIREMENT.sub("", text)):
        yield from _in_lines(found[1])


def _in_setup_cfg(text: str) -> Iterator[_Name]:
    parser = ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string(text)
    except Error:
        yield from _in_words(text)
        return
    yield True, parser.get("metadata", "name", fallback=""), ""
    yield False, _PYTHON, parser.get("options", "python_requires", fallback="")
    for section in parser.sections():
        for option, value in parser.items(section):
            if option.endswith(("_requires", "_require")) or section.endswith("extras_require"):
                yield from _in_lines(value)


def _in_toml(text: str) -> Iterator[_Name]:
    import tomli

    try:
        data = tomli.loads(text)
    except tomli.TOMLDecodeError:
        yield from _in_words(text)
        return
    tool = data.get("tool")
    for table in (data.get("project"), tool.get("poetry") if isinstance(tool, dict) else None):
        name = table.get("name") if isinstance(table, dict) else None
        if isinstance(name, str):
            yield True, name, ""
    own = data.get("project")
    python = own.get("requires-python") if isinstance(own, dict) else None
    if isinstance(python, str):
        yield False, _PYTHON, python
    for requirement in _in_tables("", data):
        yield from _in_lines(requirement)


def _in_tables(key: str, value: Any) -> Iterator[str]:  # noqa: ANN401 - whatever TOML holds
    """The requirements below a key: texts in lists, and in Poetry's and Pipenv's tables the keys."""
    is_named = key.endswith(("dependencies", "packages"))
    if isinstance(value, dict):
        for inner, below in value.items():
            is_group = isinstance(below, list) and any(isinstance(item, str) for item in below)
            if is_named and not is_group and not isinstance(below, bool):
                version = below.get("version") if isinstance(below, dict) else below
                yield f"{inner} {version}" if isinstance(version, str) else inner
            yield from _in_tables(
                key if is_group and (is_named or key == "dependency-groups") else inner, below
            )
    elif isinstance(value, list) and (
        key.endswith(("dependencies", "requires")) or key == "dependency-groups"
    ):
        yield from (item for item in value if isinstance(item, str))


def _in_words(text: str) -> Iterator[_Name]:
    """Of a file that cannot be read as what it is, every word."""
    for word in re.findall(r"[A-Za-z][\w.-]*", text):
        yield False, word, ""


def _wanted(rest: str) -> str:
    """The versions in what stands behind a name, without what else may stand there."""
    found = _VERSION.match(rest)
    return found[1].strip().rstrip(",") if found else ""


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _common(one: str, other: str) -> Iterator[str]:
    """The words that two names begin with."""
    pairs = zip(one.split("-"), other.split("-"), strict=False)
    return (word for word, _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _dashes(name: str) -> Iterator[int]:
    return (place for place, letter in enumerate(name) if letter == "-")
