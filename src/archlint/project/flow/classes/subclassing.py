"""What `__init_subclass__` sets on each class that inherits: `class Orders(Store, model=Order)`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from archlint.facts.bindings import Kind
from archlint.project.answer import UNKNOWN
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.flow.values import Arguments, Closure, Value
from archlint.project.functions import ProjectFunction

if TYPE_CHECKING:
    from archlint.project.flow.flow import Flow

HOOK: Final = "__init_subclass__"
_NOTHING: Final[Mapping[str, Value]] = MappingProxyType({})


class Subclassing:
    """Runs the hook of each class that inherits one, when somebody asks what it sets."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._hierarchy = flow.project.view(ClassHierarchy)
        self._set: dict[ProjectClass, Mapping[str, Value]] = {}

    def given(self, cls: ProjectClass, name: str) -> Value:
        """What the hook sets a name of a class to; for a class in between, what its own base had."""
        for ancestor in self._hierarchy.order(cls):
            found = self._of(ancestor).get(name) if isinstance(ancestor, ProjectClass) else None
            if found is not None:
                return found
        return UNKNOWN

    def _of(self, cls: ProjectClass) -> Mapping[str, Value]:
        known = self._set.get(cls)
        if known is None:
            self._set[cls] = _NOTHING  # a hook that asks for what it sets
            hook = self._hook(cls)
            known = self._set[cls] = _NOTHING if hook is None else self._run(cls, hook)
        return known

    def _hook(self, cls: ProjectClass) -> ProjectFunction | None:
        """The hook of the nearest base that has one; its own is for those below."""
        for ancestor in self._hierarchy.order(cls)[1:]:
            members = ancestor.fact.members if isinstance(ancestor, ProjectClass) else ()
            found = next((one for one in members if one.name == HOOK and one.kind is Kind.FUNCTION), None)
            if found is not None and isinstance(ancestor, ProjectClass):
                return ProjectFunction(ancestor.module, found.index)
        return None

    def _run(self, cls: ProjectClass, hook: ProjectFunction) -> Mapping[str, Value]:
        site = self._flow.site(cls.module)
        named = tuple([(k.name, site.of(k.value)) for k in cls.fact.keywords if k.name != "metaclass"])
        closure = Closure(hook, self._flow.names.of_class(cls))
        _, trace = self._flow.calls.invoke(site, closure, Arguments((), named), is_told=True)
        return _NOTHING if trace is None else trace.fields
