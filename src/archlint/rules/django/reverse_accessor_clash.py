"""Relations that give their target the same name twice.

## Why is this bad?

Each relation gives its target an attribute and a name in queries: `related_name`, or the model's name with
`_set`. Two relations to one model that give it the same name, or a name that is already one of its fields,
cannot both be reached. Django's system checks refuse them (`fields.E302` to `fields.E305`), and with them
`runserver`, `migrate` and `test` stop.

## What to do

Give one of the relations a `related_name` of its own, or `related_name="+"` where nobody needs the way back.

## Bad

`league/models.py`:

```python
from django.db import models


class Team(models.Model):
    name = models.CharField(max_length=80)
    rank = models.IntegerField()


class Match(models.Model):
    home = models.ForeignKey(Team, on_delete=models.CASCADE)
    away = models.ForeignKey(  # error: [django/reverse-accessor-clash] "`match_set`"
        Team, on_delete=models.CASCADE
    )


class Ranking(models.Model):
    team = models.ForeignKey(  # error: [django/reverse-accessor-clash] "`Team` has a field `rank`"
        Team, on_delete=models.CASCADE, related_name="rank"
    )
```

## Good

`league/models.py`:

```python
from django.db import models


class Team(models.Model):
    name = models.CharField(max_length=80)


class Match(models.Model):
    home = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="home_matches")
    away = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="away_matches")
    judge = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="+")
```

## Source

https://docs.djangoproject.com/en/5.2/ref/models/fields/#django.db.models.ForeignKey.related_name
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from archlint.facts.expressions import Literal
from archlint.finding import Location, Remedy, Severity
from archlint.frameworks.django import DjangoModel, DjangoModels
from archlint.frameworks.django.models.arguments import given
from archlint.frameworks.django.models.declared import Declaration
from archlint.frameworks.django.models.field_kinds import ONE_TO_ONE
from archlint.frameworks.django.models.registered import Pointer
from archlint.frameworks.django.places import declared_at, related, written_at
from archlint.frameworks.orm import Member, Relation
from archlint.project import Project
from archlint.project.imports.import_graph import ImportGraph
from archlint.remedies import argument
from archlint.rule import Outcome, Rule, Verdict


class ReverseAccessorClash(Rule, frozen=True):
    """Every relation that gives its target a name is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Compare the names that each model is given with each other and with its fields."""
        models = project.view(DjangoModels)
        for model in models:
            if not isinstance(model, DjangoModel) or model.is_abstract or model.is_proxy:
                continue
            around = self._lineage(models, model)
            pointers = [pointer for one in around for pointer in models.pointing_at(one.key)]
            for place, pointer in enumerate(models.pointing_at(model.key)):
                owner, declaration = _declared(models, pointer)
                if declaration is not None:
                    yield self._pointer(project, models, model, owner, declaration, pointers, place)

    def _lineage(self, models: DjangoModels, model: DjangoModel) -> list[DjangoModel]:
        parents = (models.model(key) for key in model.parents)
        return [model, *(p for p in parents if isinstance(p, DjangoModel) and not p.is_abstract)]

    def _pointer(
        self,
        project: Project,
        models: DjangoModels,
        target: DjangoModel,
        owner: DjangoModel,
        declaration: Declaration,
        pointers: list[Pointer],
        place: int,
    ) -> Verdict:
        pointer = pointers[place]
        if not declaration.is_certain or not _is_loaded(project, owner):
            return Outcome.UNKNOWN
        if not pointer.query_name:
            return Outcome.KEPT
        field = _field(target, pointer)
        if field is not None and models.coexistence.certain(owner, target) and not _is_generic(field.kind):
            held = models.declaration(target, field.name)
            if held is None or held.is_certain:
                return self.finding(
                    _named_at(project, declaration),
                    f"`{owner.name}.{declaration.name}` is called `{field.name}` by its target, "
                    f"but `{target.name}` has a field `{field.name}`",
                    "give it another `related_name`",
                    remedy=_renamed(project, owner, target, declaration),
                    related=related(project, held, "the field is declared here") if held else (),
                )
        for other in pointers[:place]:
            clash = _clash(pointer, other)
            other_owner, other_declaration = _declared(models, other)
            if not clash or other_declaration is None or not other_declaration.is_certain:
                continue
            if other_declaration is declaration and other_owner is owner:
                continue
            if not models.coexistence.certain(owner, other_owner) or not _is_loaded(project, other_owner):
                continue
            return self.finding(
                _named_at(project, declaration),
                f"`{_called(owner, other_owner)}.{declaration.name}` and "
                f"`{_called(other_owner, owner)}.{other_declaration.name}` "
                f"both give `{target.name}` the name `{clash}`",
                "give one of them a `related_name` of its own",
                remedy=_renamed(project, owner, target, declaration),
                related=related(project, other_declaration, "the other relation is declared here"),
            )
        return Outcome.KEPT


def _named_at(project: Project, declaration: Declaration) -> Location:
    """The relation, as far as the name that it gives, where that stands on a line of its own."""
    place, name = declared_at(project, declaration), given(declaration, "related_name")
    if declaration.place is None or not isinstance(name, Literal) or not declaration.is_plain:
        return place
    written = written_at(project, declaration.place.module, name, place)
    if written.line <= place.line:
        return place
    return replace(place, end_line=written.end_line, end_column=written.end_column)


def _called(model: DjangoModel, other: DjangoModel) -> str:
    """A model by its name, or by where it is defined if another one is called like it."""
    return model.key if model.name == other.name and model is not other else model.name


def _is_loaded(project: Project, model: DjangoModel) -> bool:
    """Whether Django meets a model: it imports `models` itself, any other module only where somebody does."""
    module = model.cls.module if model.cls is not None else None
    if module is None or module.is_package or module.name.rpartition(".")[2] == "models":
        return True
    return bool(project.view(ImportGraph).importers_of(module))


def _field(target: DjangoModel, pointer: Pointer) -> Member | None:
    """The field of the target that has a name which a relation gives it."""
    for name in (pointer.accessor, pointer.query_name):
        found = target.member(name)
        if found is not None and not (isinstance(found, Relation) and found.is_reverse):
            return found
    return None


def _renamed(
    project: Project, owner: DjangoModel, target: DjangoModel, declaration: Declaration
) -> Remedy | None:
    """A name that says both the field and the model, where the relation has none yet."""
    name = f"{declaration.name}_{owner.name.lower()}{'' if declaration.kind == ONE_TO_ONE else '_set'}"
    names = {pointer.accessor for pointer in project.view(DjangoModels).pointing_at(target.key)}
    is_named = any(given(declaration, each) for each in ("related_name", "related_query_name"))
    if is_named or not declaration.is_plain:
        return None
    if target.member(name) is not None or name in names:
        return None
    return argument(declared_at(project, declaration), f'related_name="{name}"', safe=False)


def _declared(models: DjangoModels, pointer: Pointer) -> tuple[DjangoModel, Declaration | None]:
    owner = models.model(pointer.model)
    assert isinstance(owner, DjangoModel)
    declaration = models.declaration(owner, pointer.relation.name)
    if declaration is not None and declaration.place is None:
        return owner, None
    return owner, declaration


def _clash(one: Pointer, other: Pointer) -> str:
    """The name that two relations share, as attributes or as attribute of one and query name of the other."""
    if not one.accessor or not other.accessor:
        return ""
    if one.accessor in (other.accessor, other.query_name):
        return one.accessor
    return other.accessor if other.accessor == one.query_name else ""


def _is_generic(kind: str) -> bool:
    return kind.startswith("django.contrib.contenttypes.")
