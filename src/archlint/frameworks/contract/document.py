"""The OpenAPI document of a project: its operations, and what they promise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from archlint.finding import Location

if TYPE_CHECKING:
    from archlint.project.project import Project

NAMES: Final = ("openapi.yaml", "openapi.yml", "openapi.json")
"""Where a contract is looked for that no configuration names."""

METHODS: Final = ("get", "post", "put", "patch", "delete")
_LARGEST: Final = 2_000_000
_DEEPEST: Final = 12


class Noted(dict[str, Any]):
    """A mapping that knows the lines of its keys."""

    __slots__ = ("columns", "lines")

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[str, int] = {}
        self.columns: dict[str, int] = {}


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path."""

    path: str
    method: str
    """In capitals."""

    place: Location
    said: Mapping[str, Any] = field(compare=False)
    shared: Mapping[str, Any] = field(compare=False)
    """What is said of the path, for all its methods."""

    is_secured: bool | None
    """Whether a client has to say who it is; None where it may."""

    @property
    def shown(self) -> str:
        """The operation in words."""
        return f"{self.method} {self.path}"


class Contract:
    """The document that is configured, or that lies at the root; empty where there is none."""

    transparent = True

    def __init__(self, project: Project) -> None:
        configured = project.config.contract.openapi
        found = [name for name in ((configured,) if configured else NAMES) if name in project.files]
        self.path = found[0] if found else ""
        self.is_configured = bool(configured)
        self.said: Mapping[str, Any] = MappingProxyType({})
        if self.path:
            self.said = _read(project.text(self.path).text)
        self.operations = tuple(self._operations())

    @classmethod
    def build(cls, project: Project) -> Contract:
        """The contract of a project."""
        return cls(project)

    def resolved(self, value: Any) -> Mapping[str, Any]:  # noqa: ANN401 -- whatever the document says
        """A mapping, references followed; empty for anything else."""
        for _ in range(_DEEPEST):
            if not isinstance(value, Mapping):
                break
            reference = value.get("$ref")
            if not isinstance(reference, str):
                return value
            value = self._at(reference)
        return MappingProxyType({})

    def schemes(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """The ways to say who one is, by name."""
        components = self.resolved(self.said.get("components"))
        for name, said in self.resolved(components.get("securitySchemes")).items():
            yield name, self.resolved(said)

    def bases(self) -> frozenset[str]:
        """The paths of its servers, in front of all others; empty where one of them is not written down.

        A server without a path is what documents say before anybody thinks of prefixes: it promises nothing.
        """
        servers = self.said.get("servers")
        urls = [self.resolved(each).get("url") for each in servers] if isinstance(servers, list) else []
        found = [urlsplit(url).path.strip("/") for url in urls if isinstance(url, str) and "{" not in url]
        return frozenset(found) if all(found) and len(found) == len(urls) else frozenset()

    def _at(self, reference: str) -> Any:  # noqa: ANN401
        if not reference.startswith("#/"):
            return None
        found: Any = self.said
        for part in reference[2:].split("/"):
            name = part.replace("~1", "/").replace("~0", "~")
            found = found.get(name) if isinstance(found, Mapping) else None
        return found

    def _operations(self) -> Iterator[Operation]:
        paths = self.said.get("paths")
        usual = _is_secured(self.said.get("security"))
        for path, shared in paths.items() if isinstance(paths, Mapping) else ():
            item = self.resolved(shared)
            for method in METHODS:
                said = item.get(method)
                if not path.startswith("/") or not isinstance(said, Mapping):
                    continue
                own = _is_secured(said["security"]) if "security" in said else usual
                yield Operation(path, method.upper(), self._place(item, method), said, item, own)

    def _place(self, item: Mapping[str, Any], method: str) -> Location:
        lines = item.lines if isinstance(item, Noted) else {}
        columns = item.columns if isinstance(item, Noted) else {}
        line, column = lines.get(method, 1), columns.get(method, 1)
        return Location(self.path, line, column, line, column + len(method))


def _is_secured(security: Any) -> bool | None:  # noqa: ANN401
    """Whether a list of requirements asks for any; an empty one among them makes it a choice."""
    wanted = security if isinstance(security, list) else []
    if wanted and any(not each for each in wanted):
        return None
    return bool(wanted)


def _read(text: str) -> Mapping[str, Any]:
    """What a document says; nothing where it cannot be read."""
    if len(text) > _LARGEST:
        return MappingProxyType({})
    import yaml  # only projects with a contract need it

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        node = yaml.compose(text, Loader=loader)
    except (yaml.YAMLError, RecursionError, ValueError):
        return MappingProxyType({})
    found = _value(node, {}, 0)
    return found if isinstance(found, Mapping) else MappingProxyType({})


def _value(node: Any, known: dict[int, Any], depth: int) -> Any:  # noqa: ANN401
    """A node as Python has it, each one only once however often it is named."""
    if node is None or depth > 100:
        return None
    if id(node) in known:
        return known[id(node)]
    if isinstance(node.value, str):
        return _scalar(node)
    if node.id == "sequence":
        items: list[Any] = []
        known[id(node)] = items
        items.extend(_value(each, known, depth + 1) for each in node.value)
        return items
    found = Noted()
    known[id(node)] = found
    for key, value in node.value:
        name = str(key.value)
        found[name] = _value(value, known, depth + 1)
        found.lines[name] = key.start_mark.line + 1
        found.columns[name] = key.start_mark.column + 1
    return found


def _scalar(node: Any) -> Any:  # noqa: ANN401
    tag = node.tag.rpartition(":")[2]
    if tag == "bool":
        return node.value.lower() in ("true", "yes", "on")
    return None if tag == "null" else node.value
