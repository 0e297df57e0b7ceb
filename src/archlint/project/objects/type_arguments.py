"""What a class fills in for type variables of its generic bases: `class Orders(Service[OrderRepository])`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.expressions import Collection, Expression, Name, Subscript, last_name
from archlint.project.answer import UNKNOWN
from archlint.project.classes import ProjectClass

if TYPE_CHECKING:
    from archlint.project.classes import ClassHierarchy
    from archlint.project.objects.promises import Value
    from archlint.project.objects.values import Values
    from archlint.project.scopes import Scopes

_DECLARING = ("Generic", "Protocol")


def filled_in(
    values: Values,
    hierarchy: ClassHierarchy,
    scopes: Scopes,
    owner: ProjectClass,
    holder: ProjectClass,
    annotation: Expression | None,
) -> Value:
    """The instance that `T` in a class promises for the objects of an heir; UNKNOWN where nothing is said."""
    if not isinstance(annotation, Name):
        return UNKNOWN
    heirs = [each for each in hierarchy.order(owner) if isinstance(each, ProjectClass)]
    while annotation is not None and (place := _place(holder, annotation)) is not None:
        heir, argument = next(_arguments(hierarchy, scopes, heirs, holder, place), (holder, None))
        if argument is None:
            return UNKNOWN
        found = values.promised(heir.module, heir.fact.qualname.rpartition(".")[0], argument)
        if found is not UNKNOWN or not isinstance(argument, Name):
            return found
        holder, annotation = heir, argument
    return UNKNOWN


def _place(holder: ProjectClass, variable: Name) -> int | None:
    """Which of the type variables of a class it is."""
    bases = [base for base in holder.fact.bases if isinstance(base, Subscript)]
    bases.sort(key=lambda base: last_name(base.value) not in _DECLARING)
    names = dict.fromkeys(each.id for base in bases for each in _items(base) if isinstance(each, Name))
    return list(names).index(variable.id) if variable.id in names else None


def _arguments(
    hierarchy: ClassHierarchy, scopes: Scopes, heirs: list[ProjectClass], base: ProjectClass, place: int
) -> Iterator[tuple[ProjectClass, Expression]]:
    """What those that inherit from a class give it at a place."""
    for heir in heirs:
        scope = heir.fact.qualname.rpartition(".")[0]
        for each in heir.fact.bases:
            if not isinstance(each, Subscript) or len(_items(each)) <= place:
                continue
            if hierarchy.of(scopes.resolve(heir.module, scope, each.value)) == base:
                yield heir, _items(each)[place]


def _items(base: Subscript) -> tuple[Expression, ...]:
    return base.index.items if isinstance(base.index, Collection) else (base.index,)
