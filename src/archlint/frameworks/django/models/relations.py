"""From declarations to fields and relations, and what each relation gives to the other side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import msgspec

from archlint.facts.expressions import Expression, Literal, says, written_text
from archlint.frameworks.django.models.field_kinds import (
    AUTOMATIC,
    COMPOSITE,
    FOREIGN_KEY,
    FOREIGN_OBJECT,
    GENERIC_FOREIGN_KEY,
    GENERIC_RELATION,
    MANY_TO_MANY,
    ONE_TO_ONE,
    RELATIONS,
    WITH_COLUMN,
)
from archlint.frameworks.django.models.references import Target
from archlint.frameworks.django.models.spelling import MODELS
from archlint.frameworks.orm import Cardinality, Field, Relation

if TYPE_CHECKING:
    from archlint.frameworks.django.models.blueprints import Blueprints
    from archlint.frameworks.django.models.declared import Blueprint, Declaration, Held
    from archlint.project.module import Module

CARDINALITIES = {
    FOREIGN_KEY: Cardinality.MANY_TO_ONE,
    FOREIGN_OBJECT: Cardinality.MANY_TO_ONE,
    GENERIC_FOREIGN_KEY: Cardinality.MANY_TO_ONE,
    ONE_TO_ONE: Cardinality.ONE_TO_ONE,
    MANY_TO_MANY: Cardinality.MANY_TO_MANY,
    GENERIC_RELATION: Cardinality.ONE_TO_MANY,
}
REVERSED = {
    Cardinality.MANY_TO_ONE: Cardinality.ONE_TO_MANY,
    Cardinality.ONE_TO_MANY: Cardinality.MANY_TO_ONE,
    Cardinality.ONE_TO_ONE: Cardinality.ONE_TO_ONE,
    Cardinality.MANY_TO_MANY: Cardinality.MANY_TO_MANY,
}
_MAY_BE_EMPTY = frozenset(
    f"{MODELS}.{name}"
    for name in (
        "CharField",
        "CommaSeparatedIntegerField",
        "EmailField",
        "FileField",
        "FilePathField",
        "ImageField",
        "SlugField",
        "TextField",
        "URLField",
        "BinaryField",
    )
)


class ReverseNames(msgspec.Struct, frozen=True):
    """What a relation is called on the other side."""

    accessor: str
    """Empty where there is none."""

    query: str
    """Empty where nothing can be asked by it. Names that end in `+` can, but nobody would."""

    is_known: bool = True
    """False where nobody can tell."""


class Targets(Protocol):
    """Tells which model a reference means."""

    def target(self, of: Blueprint, to: Expression | None, module: Module | None, scope: str) -> Target:
        """What a reference in a model means; `module` and `scope` are where it is written."""
        ...


class Relations:
    """Makes fields and relations of declarations."""

    def __init__(self, references: Targets, blueprints: Blueprints) -> None:
        self._references = references
        self._blueprints = blueprints
        self._targets: dict[tuple[str, str], Target] = {}

    def is_relation(self, held: Held) -> bool:
        """Whether a declaration leads to another model."""
        return held.declaration.kind in RELATIONS

    def target(self, model: Blueprint, held: Held) -> Target:
        """The model that a declared relation leads to."""
        key = (model.key, held.declaration.name)
        if key not in self._targets:
            self._targets[key] = self._target(model, held)
        return self._targets[key]

    def _target(self, model: Blueprint, held: Held) -> Target:
        declaration = held.declaration
        if declaration.kind == GENERIC_FOREIGN_KEY:
            return Target("", "")
        return self._references.target(model, target_expression(declaration), *self.written(held))

    def written(self, held: Held) -> tuple[Module | None, str]:
        """The module and the scope that a declaration stands in."""
        place = held.declaration.place
        owner = self._blueprints.by_key.get(held.owner)
        scope = owner.cls.fact.qualname if owner is not None and owner.cls is not None else ""
        return (place.module if place else None), scope

    def field(self, held: Held) -> Field:
        """The field of a declaration that is no relation."""
        declaration = held.declaration
        options = declaration.options
        sees_all = declaration.is_plain
        null = _truth(options.get("null"), sees_all)
        return Field(
            declaration.name,
            declaration.kind,
            held.owner,
            declaration.place,
            column=_column(declaration, declaration.name),
            null=null,
            primary_key=declaration.kind == COMPOSITE or _truth(options.get("primary_key"), True) is True,
            unique=_truth(options.get("unique"), True) is True,
            has_default=_has_default(declaration, null, sees_all),
            options=options,
            arguments=declaration.arguments,
            cls=declaration.cls,
        )

    def relation(self, model: Blueprint, held: Held) -> Relation:
        """The relation of a declaration, seen from the model that holds it."""
        declaration = held.declaration
        options = declaration.options
        target = self.target(model, held)
        names = self.reverse_names(model, held)
        kind, sees_all = declaration.kind, declaration.is_plain
        through = self.through(model, held)
        return Relation(
            declaration.name,
            declaration.name,
            kind,
            held.owner,
            target.key,
            target.text,
            CARDINALITIES[kind],
            declaration.place,
            inverse=names.accessor,
            through=through,
            attribute=f"{declaration.name}_id" if kind in WITH_COLUMN else "",
            null=True if kind == GENERIC_RELATION else _truth(options.get("null"), sees_all),
            primary_key=_truth(options.get("primary_key"), True) is True,
            unique=kind == ONE_TO_ONE or _truth(options.get("unique"), True) is True,
            options=options,
            arguments=declaration.arguments,
        )

    def reverse(self, model: Blueprint, relation: Relation, names: ReverseNames, target: str) -> Relation:
        """What the other side, the model of the key `target`, gets by a relation."""
        is_generic = relation.kind == GENERIC_RELATION
        return Relation(
            names.accessor,
            names.query,
            relation.kind,
            target,
            model.key,
            model.label,
            Cardinality.ONE_TO_MANY if is_generic else REVERSED[relation.cardinality],
            relation.place,
            is_reverse=True,
            inverse=relation.name,
            through=relation.through,
            null=True,
            unique=relation.kind == ONE_TO_ONE,
        )

    def through_target(self, model: Blueprint, held: Held) -> Target:
        """What the model given as `through` means."""
        through = held.declaration.options.get("through")
        return self._references.target(model, through, *self.written(held))

    def through(self, model: Blueprint, held: Held) -> str:
        """Key of the model that joins many to many; for one that Django makes, of the model and the field."""
        declaration = held.declaration
        if declaration.kind != MANY_TO_MANY:
            return ""
        through = declaration.options.get("through")
        if through is None or says(through, None):
            return "" if model.is_abstract else f"{model.key}_{declaration.name}"
        return self.through_target(model, held).key

    def reverse_names(self, model: Blueprint, held: Held) -> ReverseNames:
        """How the other side calls a relation, as `RelatedField.contribute_to_class` works it out."""
        declaration = held.declaration
        kind, options = declaration.kind, declaration.options
        if kind == GENERIC_FOREIGN_KEY:
            return ReverseNames("", "")
        related = self._formatted(model, options.get("related_name"))
        query = self._formatted(model, options.get("related_query_name"))
        if kind == GENERIC_RELATION:
            return ReverseNames(query or "", query or "", query is not None)
        if related == "" and not says(options.get("related_name"), None):
            related = ""
        if related == "":
            if declaration.cls is not None and self._blueprints.names_itself(declaration.cls):
                return ReverseNames("", "", is_known=False)
            related = self._formatted(model, model.option("default_related_name"))
        if related is None or query is None or "**" in options or "" in options:
            return ReverseNames("", "", is_known=False)
        if kind == MANY_TO_MANY and self._is_symmetrical(model, declaration):
            return ReverseNames("", "")
        name = model.name.lower()
        if related.endswith("+"):
            return ReverseNames("", query)
        multiple = kind != ONE_TO_ONE
        accessor = related or (f"{name}_set" if multiple else name)
        return ReverseNames(accessor, query or related or name)

    def _formatted(self, model: Blueprint, value: Expression | None) -> str | None:
        """A name with its placeholders filled in; empty where it is not given, None where nobody can tell."""
        if value is None or says(value, None):
            return ""
        if not isinstance(value, Literal) or not isinstance(value.value, str):
            return None
        name = model.name.lower()
        filled = {"class": name, "model_name": name, "app_label": model.app_label.lower()}
        try:
            return value.value % filled if "%" in value.value else value.value
        except (KeyError, ValueError, TypeError):
            return None

    def _is_symmetrical(self, model: Blueprint, declaration: Declaration) -> bool:
        to = target_expression(declaration)
        text = to.value if isinstance(to, Literal) else None
        if text not in ("self", model.name):
            return False
        given = declaration.options.get("symmetrical")
        if given is None or says(given, None):
            return text == "self"
        return isinstance(given, Literal) and bool(given.value)


def target_expression(declaration: Declaration) -> Expression | None:
    """What a relation is told to lead to."""
    if "to" in declaration.options:
        return declaration.options["to"]
    return declaration.arguments[0] if declaration.arguments else None


def _truth(value: Expression | None, sees_all: bool) -> bool | None:
    if value is None:
        return False if sees_all else None
    return bool(value.value) if isinstance(value, Literal) else None


def _column(declaration: Declaration, default: str) -> str:
    given = declaration.options.get("db_column")
    if given is None or says(given, None):
        return default if declaration.kind else ""
    return written_text(given) or ""


def _has_default(declaration: Declaration, null: bool | None, sees_all: bool) -> bool | None:
    options = declaration.options
    if {"default", "db_default", "auto_now", "auto_now_add"} & options.keys():
        return True
    if declaration.kind in AUTOMATIC or declaration.kind in _MAY_BE_EMPTY:
        return True
    if declaration.kind == f"{MODELS}.GeneratedField" or null:
        return True
    return False if sees_all and null is False else None
