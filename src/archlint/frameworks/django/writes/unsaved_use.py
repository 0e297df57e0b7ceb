"""What becomes of an object that was only made: whether it is saved before it is used as if it were.

https://docs.djangoproject.com/en/5.2/ref/models/instances/#saving-objects
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Call, Expression, Form, Lambda, Name, last_name
from archlint.facts.forms import parts, passed_values
from archlint.facts.statements import Assign, Try
from archlint.frameworks.django.models.field_kinds import WITH_COLUMN
from archlint.frameworks.django.models.registered import DjangoModel
from archlint.frameworks.django.query.objects.model_object import ModelClass
from archlint.frameworks.django.query.objects.related_managers import relation_behind
from archlint.frameworks.django.query.sets.asked import query_sets, runs_own
from archlint.frameworks.orm import Relation
from archlint.frameworks.places.expressions import place
from archlint.project.answer import External
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.flow.trace import Called, Trace

if TYPE_CHECKING:
    from archlint.frameworks.django.models.registered import DjangoModels

_ASK = frozenset({"filter", "exclude", "get", "get_or_create", "update_or_create", "update"})
_COMPARE = frozenset({"filter", "exclude", "get"})
"""Those that compare alone, with nothing before Django 5."""

_MAKE = frozenset({"create"})
_TAKE = frozenset({"add", "set", "remove"})
_OWN_KEYS = frozenset({"pk", "id"})
_OF_FILES = frozenset({"save", "delete"})
"""Methods of a file field's value, which save the object that it belongs to."""


class Refusals:
    """Which calls of one run cannot take an object that is not saved."""

    def __init__(
        self, models: DjangoModels, hierarchy: ClassHierarchy, trace: Trace, *, compares: bool
    ) -> None:
        self._refusing = (_ASK if compares else _ASK - _COMPARE) | _MAKE
        self._models = models
        self._hierarchy = hierarchy
        self._trace = trace

    @cached_property
    def _calls(self) -> dict[tuple[int, int], Called]:
        events = (event for event in self._trace.events if isinstance(event, Called))
        return {place(event.form): event for event in events}

    @cached_property
    def around(self) -> dict[tuple[int, int], Call]:
        """The calls that take what another call gives, by the place of that one."""
        taken: dict[tuple[int, int], Call] = {}
        for event in self._calls.values():
            for given in passed_values(event.form):
                if isinstance(given, Call):
                    taken[place(given)] = event.form
        return taken

    def is_plain(self, call: Call) -> bool:
        """Whether a call runs no code of the project's own."""
        event = self._calls.get(place(call))
        return event is not None and not runs_own(event)

    def refuses(self, call: Call, given: Expression) -> str:
        """The method that refuses it; empty where none does."""
        event = self._calls.get(place(call))
        if event is None or runs_own(event):
            return ""
        name = event.name.removeprefix("a") if event.name not in _TAKE else event.name
        if name == "contains" and given in call.arguments:
            return name if query_sets(event.receiver) else ""
        if name in _TAKE and given in call.arguments:
            return name if self._is_joined(event) else ""
        keyword = next((one.name for one in call.keywords if one.value == given), "")
        sets = query_sets(event.receiver) if keyword and name in self._refusing else None
        if not sets:
            return ""
        models = [self._models.model(one.model) for one in sets]
        return name if all(_keeps(model, keyword) for model in models) else ""

    def holds(self, call: Call, given: Expression) -> bool:
        """Whether a call makes an object of a model that has it in a foreign key."""
        event = self._calls.get(place(call))
        if event is None or not isinstance(event.callee, ModelClass):
            return False
        keyword = next((one.name for one in call.keywords if one.value == given), "")
        return _keeps(self._models.model(event.callee.model), keyword)

    def _is_joined(self, event: Called) -> bool:
        """Whether the manager of a relation writes the key down at once."""
        relation = relation_behind(self._models, event)
        if relation is None or not relation.kind.startswith("django.db.models."):
            return False
        is_plain = self._is_plain_model(relation.owner) and self._is_plain_model(relation.target)
        return is_plain and event.arguments.get("bulk") is None and not event.arguments.is_open

    def _is_plain_model(self, key: str) -> bool:
        """Whether a model has no base of a package, which may wait with what it is given."""
        model = self._models.model(key)
        cls = model.cls if isinstance(model, DjangoModel) else None
        order = self._hierarchy.order(cls) if cls is not None else ()
        outside = [one for one in order if not isinstance(one, ProjectClass)]
        return all(isinstance(one, External) and one.name.startswith(_PLAIN) for one in outside)


_PLAIN = ("django.", "builtins.", "typing.")


def _keeps(model: object, name: str) -> bool:
    if not isinstance(model, DjangoModel):
        return False
    relation = model.relations.get(name)
    return isinstance(relation, Relation) and relation.kind in WITH_COLUMN and not relation.is_reverse


class Use:
    """Follows one object from the call that makes it through the statements behind."""

    def __init__(self, model: DjangoModel, relations: frozenset[str], refusals: Refusals) -> None:
        self._model = model
        self._relations = relations
        self._refusals = refusals
        self._name = ""
        self._holders: set[str] = set()
        """Names of objects that hold this one."""

        self.said = ""
        self.found: Expression | None = None

    def follow(self, made: Call, bound: tuple[str, tuple[Form, ...]] | None) -> None:
        """Look for the first use, of the call itself or of the name that is bound to it."""
        around = self._refusals.around.get(place(made))
        if around is not None:
            self._refused(around, made)
        if bound is not None:
            self._name = bound[0]
            any(map(self._ends, bound[1]))

    def _ends(self, form: Form) -> bool:
        """Whether the search is over: the object is used too early, or in a way that may save it."""
        if isinstance(form, (Try, Lambda)):
            return self._mentions(form)
        if isinstance(form, Attribute) and self._is_part(form):
            if form.attr in self._relations:
                self.said, self.found = f"asked for its `{form.attr}`", form
            return form.attr in self._relations or form.attr == "pk"
        if isinstance(form, Call):
            return self._ends_in_call(form)
        if isinstance(form, Name):
            return form.id == self._name or form.id in self._holders
        if isinstance(form, Assign):
            return self._ends_in_assignment(form)
        return any(self._ends(part) for part in parts(form))

    def _ends_in_call(self, form: Call) -> bool:
        owner = form.function.value if isinstance(form.function, Attribute) else None
        if isinstance(owner, Name) and owner.id == self._name:
            if last_name(form.function) == "delete" and self._refusals.is_plain(form):
                self.said, self.found = "deleted", form
            return True  # `save()`, or a method that may do it
        if last_name(form.function) in _OF_FILES and self._is_part(owner):
            return True
        if isinstance(owner, Name) and owner.id in self._holders:
            if last_name(form.function) == "save" and self._refusals.is_plain(form):
                self.said, self.found = f"saved with `{owner.id}`", form
            return True
        for given in passed_values(form):
            if isinstance(given, Name) and given.id == self._name and self._refused(form, given):
                return True
        return any(self._ends(part) for part in parts(form))

    def _ends_in_assignment(self, form: Assign) -> bool:
        targets, value = form.targets, form.value
        if len(targets) == 1 and isinstance(targets[0], Name) and isinstance(value, Call):
            name = Name(self._name, 0, 0)
            given = [one.value for one in value.keywords if isinstance(one.value, Name)]
            mine = next((one for one in given if one.id == name.id), None)
            if mine is not None and self._refusals.holds(value, mine):
                self._holders.add(targets[0].id)
                return False
        return self._ends(value) or any(self._stores(target) for target in targets)

    def _refused(self, call: Call, given: Expression) -> bool:
        method = self._refusals.refuses(call, given)
        if method:
            self.said, self.found = f"given to `{method}()`", call
        return bool(method)

    def _mentions(self, form: Form) -> bool:
        if isinstance(form, Name) and (form.id == self._name or form.id in self._holders):
            return True
        return any(map(self._mentions, parts(form)))

    def _is_part(self, form: Form | None) -> bool:
        """Whether it is an attribute of the object."""
        return isinstance(form, Attribute) and isinstance(form.value, Name) and form.value.id == self._name

    def _stores(self, target: Form) -> bool:
        """`post.text = …` goes on; a name that is bound anew ends it."""
        if isinstance(target, Attribute) and self._is_part(target):
            return target.attr in _OWN_KEYS
        return self._ends(target)
