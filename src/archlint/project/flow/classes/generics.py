"""What stands in the brackets of bases: `get_args(cls.__orig_bases__[0])` of `Orders(Store[Order])`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from archlint.facts.expressions import Subscript
from archlint.project.answer import UNKNOWN, Definition
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.flow.behaviour import Behaviour, Site
from archlint.project.flow.values import Arguments, Items, Value

if TYPE_CHECKING:
    from archlint.project.flow.flow import Flow
    from archlint.project.flow.place import Place

ORIGINAL_BASES: Final = "__orig_bases__"


class Parameterised(Behaviour, frozen=True):
    """A base with what stands in its brackets."""

    is_noted = False

    of: Value
    parameters: tuple[Value, ...]

    def attribute(self, name: str, site: Site) -> Value:
        """Its parts, and what its class has."""
        if name == "__args__":
            return Items("tuple", self.parameters)
        return self.of if name == "__origin__" else site.attribute(self.of, name)


def original_bases(flow: Flow, cls: ProjectClass) -> Value:
    """`cls.__orig_bases__`: the bases as they are written, of the nearest class that has brackets there."""
    for ancestor in flow.project.view(ClassHierarchy).order(cls):
        if not isinstance(ancestor, ProjectClass):
            continue
        bases = ancestor.fact.bases
        if any(isinstance(base, Subscript) for base in bases):
            site = flow.site(ancestor.module)
            return Items("tuple", tuple([_base(base, site) for base in bases]))
    return UNKNOWN


def _base(base: object, site: Place) -> Value:
    if not isinstance(base, Subscript):
        return site.of(base)  # type: ignore[arg-type]
    index = site.of(base.index)
    return Parameterised(site.of(base.value), index.items if isinstance(index, Items) else (index,))


def arguments_of_alias(flow: Flow, site: Place, arguments: Arguments) -> Value:
    """`get_args(Store[Order])`; of a class without brackets, nothing."""
    alias = arguments.get("tp", 0)
    if isinstance(alias, Parameterised):
        return alias.attribute("__args__", site)
    return Items("tuple", ()) if isinstance(alias, Definition) else UNKNOWN


def bases_of(flow: Flow, site: Place, arguments: Arguments) -> Value:
    """`types.get_original_bases(cls)`."""
    cls = arguments.get("cls", 0)
    return UNKNOWN if cls is None else site.attribute(cls, ORIGINAL_BASES)
