"""Values in conditions that Django refuses.

Taken from what `Query.build_lookup`, `Query.check_related_objects` and the lookups raise in Django 5.2, and
shown true against it in the tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.query import lookups
from archlint.frameworks.django.query.expressions.expression import Reference
from archlint.frameworks.django.query.objects.kinship import stranger
from archlint.frameworks.django.query.objects.model_object import defines
from archlint.frameworks.django.query.paths import Verdict
from archlint.frameworks.django.query.sets.asked import query_sets
from archlint.frameworks.django.query.sets.query_set import QuerySet
from archlint.frameworks.django.refusals.all_paths import AskedPath, AskedPaths
from archlint.frameworks.django.refusals.json_values import unsayable
from archlint.frameworks.django.refusals.literal_values import unreadable
from archlint.frameworks.django.refusals.refused import Refused, Wrong
from archlint.frameworks.django.writes.given import Givens
from archlint.frameworks.orm import Field, Member, Relation
from archlint.project.flow.values import NONE, Constant
from archlint.project.guards import is_one_way
from archlint.project.tries import is_tried

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project

_FURTHEST = 4
"""Keys that are relations themselves, as those of children in tables of their own."""

_ERRORS = ("ValueError", "TypeError", "ValidationError")

_TAKE_NONE = frozenset({"exact", "iexact", "isnull"})


def refused_values(project: Project) -> Iterator[Refused | None]:
    """Every condition with a value that can be seen: what is wrong with it, None for nothing."""
    values = _Values(project)
    refused: list[tuple[AskedPath, Wrong]] = []
    right: set[tuple[Module, int, int]] = set()
    for asked in project.view(AskedPaths):
        reference = asked.reference
        if not reference.is_condition or asked.followed.verdict is not Verdict.FOUND or asked.is_expected:
            continue
        if not asked.is_only or asked.followed.member is None:
            continue
        wrong = values.wrong(asked, _lookup(asked))
        if wrong is not None:
            refused.append((asked, wrong))
        else:
            yield None
            right.add((reference.module, reference.line, reference.column))
    for asked, wrong in refused:
        module, line, column = asked.reference.module, asked.reference.line, asked.reference.column
        if (module, line, column) in right and is_one_way(module, line):
            continue  # what another caller leaves out, is meant for another way
        place = project.location(module, line, column, line, column + len(asked.reference.path))
        yield Refused(place, *wrong)
    yield from _written(project)


def _written(project: Project) -> Iterator[Refused | None]:
    """`create(number="all")`, `update(number="all")`, `create(data={"since": timezone.now()})`."""
    flow = project.view(DataFlow).flow
    for given in project.view(Givens):
        field, model = given.model.fields.get(given.name), given.model
        is_told = field is not None and given.method and not given.is_called
        wrong = None
        if field is not None and is_told:
            wrong = unreadable(field, given.value) or unsayable(field, given.value)
        if wrong is None:
            continue
        if given.is_new and defines(model, "save", flow.site(given.module)):
            continue  # which may put it right
        if any(is_tried(given.module, given.line, name) for name in _ERRORS):
            continue
        end = given.column + len(given.name)
        place = project.location(given.module, given.line, given.column, given.line, end)
        yield Refused(place, *wrong)


def _lookup(asked: AskedPath) -> str:
    """The comparison at the end of a path; `exact` where there is none."""
    head, _, last = asked.reference.path.rpartition("__")
    member = asked.followed.member
    names = (member.name, getattr(member, "query_name", ""), member.attribute) if member is not None else ()
    return last if head and last in lookups.EVERYWHERE and last not in names else "exact"


def _ends_in_field(asked: AskedPath, lookup: str) -> bool:
    """Whether no transform stands behind the field, and a relation goes by the key of its target."""
    member = asked.followed.member
    path = asked.reference.path
    last = (path.removesuffix(f"__{lookup}") if lookup != "exact" else path).rpartition("__")[2]
    if isinstance(member, Relation):
        names = (member.name, member.query_name, member.attribute, "pk")
        return "to_field" not in member.options and last in names
    return member is not None and last in (member.name, "pk", "exact")


class _Values:
    def __init__(self, project: Project) -> None:
        self._models = project.view(DjangoModels)
        self._flow = project.view(DataFlow).flow

    def wrong(self, asked: AskedPath, lookup: str) -> Wrong | None:
        """What is wrong with the value of a condition."""
        member, reference = asked.followed.member, asked.reference
        key = self._key(member)
        if key is None or key.cls is not None or not lookups.is_known(key.kind):
            return None
        if lookups.takes_anything(key.kind):
            return None  # JSON has a null of its own, and a composite key has several columns
        if reference.value == NONE:
            return _none(reference, lookup)
        is_key = isinstance(member, Relation)
        if _ends_in_field(asked, lookup) and not asked.is_called:
            wrong = unreadable(key, reference.value, lookup, is_key=is_key)
            if wrong is not None:
                return wrong
        if lookup == "isnull":
            return _truth(reference)
        sets = query_sets(reference.value)
        if sets is None or lookup not in ("exact", "in"):
            return None
        answers = [self._foreign(asked, one) or self._set(reference, one, lookup) for one in sets]
        return answers[0] if None not in answers else None

    def _key(self, member: Member | None) -> Field | None:
        """The field that is compared: of a relation, the key of what it leads to."""
        for _ in range(_FURTHEST):
            if not isinstance(member, Relation):
                break
            target = self._models.model(member.target)
            member = target.primary_key if isinstance(target, DjangoModel) else None
        return member if isinstance(member, Field) else None

    def _foreign(self, asked: AskedPath, one: QuerySet) -> Wrong | None:
        """Objects of a model that the relation does not lead to; where it is the key, its own model's fit."""
        member = asked.followed.member
        holder = self._models.model(member.owner) if isinstance(member, Relation) else None
        wanted = self._models.model(member.target) if isinstance(member, Relation) else None
        if not isinstance(wanted, DjangoModel) or one.shape != "objects" or one.is_manager or one.is_empty:
            return None
        is_key = member is not None and member.primary_key and holder is not None
        if is_key and isinstance(holder, DjangoModel) and stranger(self._models, one.model, holder) is None:
            return None
        wrong = stranger(self._models, one.model, wanted)
        if wrong is None:
            return None
        message = f"`{wanted.name}` is compared with a query set of `{wrong.name}`"
        return message, f"name the column that holds it: `values(…)`, or ask for `{wanted.name}`"

    def _set(self, reference: Reference, one: QuerySet, lookup: str) -> Wrong | None:
        """A query set as value: `exact` wants one row of it, and both want one column."""
        if one.is_manager or one.is_empty or one.is_combined:
            return None
        if one.shape in ("dicts", "tuples", "named") and (count := self._columns(one)) > 1:
            return f"`{reference.path}` is compared with {count} columns", 'name one column: `values("pk")`'
        if lookup == "exact" and not one.is_sliced:
            name = reference.path.removesuffix("__exact")
            return (
                f"`{reference.path}` is compared with many rows",
                f"write `{name}__in=…`, or slice it: `[:1]`",
            )
        return None

    def _columns(self, one: QuerySet) -> int:
        """How many columns a query set gives; 1 where nobody can tell."""
        if one.is_open:
            return 1
        if not one.takes_all:
            seen = {made.name for made in one.computed}
            return sum(name in seen or name not in one.annotations for name in one.columns)
        model = self._models.model(one.model)
        return len(model.fields) if isinstance(model, DjangoModel) else 1


def _none(reference: Reference, lookup: str) -> Wrong | None:
    if lookup in _TAKE_NONE and lookup != "isnull":
        return None
    if lookup == "isnull":
        return _truth(reference)
    name = reference.path.rpartition("__")[0]
    return (
        f"`{reference.path}` cannot be compared with None",
        f"ask with `{name}__isnull=True`, or leave it out",
    )


def _truth(reference: Reference) -> Wrong | None:
    value = reference.value
    if not isinstance(value, Constant) or isinstance(value.value, bool):
        return None
    return f"`{reference.path}` takes True or False, not `{value.value!r}`", "write `True` or `False`"
