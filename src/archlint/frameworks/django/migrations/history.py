"""The migrations of each app, in the order in which they are made, and the state they lead to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Call, Collection, Expression, Literal, last_name
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.constants import constants_of
from archlint.frameworks.django.migrations.operations import Reading, Unread, apply, items
from archlint.frameworks.django.migrations.states import State
from archlint.frameworks.django.models.registered import DjangoModels
from archlint.frameworks.django.settings.values import Table
from archlint.frameworks.django.urls.making import Making
from archlint.project.classes import ProjectClass
from archlint.project.files.test_code import is_test

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project

_FILE = re.compile(r"(?:^|/)migrations/([^/]+)\.py$")
_BASES = frozenset({"django.db.migrations.Migration", "django.db.migrations.migration.Migration"})


class Migration(msgspec.Struct, frozen=True):
    """One file with a migration."""

    module: Module
    name: str
    """Of the file: `0001_initial`."""

    after: frozenset[str]
    """The names of the migrations of the same app that come before it."""

    elsewhere: frozenset[tuple[str, str]]
    """The migrations of other apps that come before it, by label and name."""

    replaces: frozenset[str]
    operations: Expression | None
    cls: ProjectClass


class Step(msgspec.Struct, frozen=True):
    """A function that is run between two changes of the models: `RunPython(fill, empty)`."""

    migration: Migration
    at: int
    """The number of its operation in the migration."""

    operation: Call
    state: State
    """The models of the app at that point."""


class History(msgspec.Struct, frozen=True):
    """What the migrations of one app come to."""

    label: str
    migrations: tuple[Migration, ...]
    """In the order in which they are made."""

    states: tuple[State, ...]
    """What each of them leaves."""

    steps: tuple[Step, ...]

    def stands_for(self, name: str) -> str:
        """The migration that has taken the place of another, else that one."""
        return next((one.name for one in self.migrations if name in one.replaces), name)

    @property
    def last(self) -> Migration:
        """The migration that comes after all others."""
        return self.migrations[-1]

    @property
    def state(self) -> State:
        """What all of them come to."""
        return self.states[-1]


class Histories:
    """The histories of the apps that can be read from the first migration to the last."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._values, self._making = project.view(ClassValues), project.view(Making)
        self._apps = project.view(DjangoModels).apps
        elsewhere = _elsewhere(project)
        found: defaultdict[str, list[Migration | None]] = defaultdict(list)
        for module in project.modules:
            match = _FILE.search(module.path)
            if match and match[1] != "__init__" and not is_test(module.path):
                found[self._apps.of(module).label] += self._read(module, match[1])
        self.labels = frozenset(found)
        """The apps that have migrations, whether anybody can read them or not."""

        self._by_label: dict[str, History] = {}
        for label, migrations in found.items():
            if elsewhere is not None and label not in elsewhere and None not in migrations:
                history = self._history(label, [one for one in migrations if one is not None])
                if history is not None:
                    self._by_label[label] = history

    @classmethod
    def build(cls, project: Project) -> Histories:
        """The view of a project."""
        return cls(project)

    def of(self, label: str) -> History | None:
        """The history of an app; None where it has none, or nobody can read it."""
        return self._by_label.get(label)

    def __iter__(self) -> Iterator[History]:
        return iter(self._by_label.values())

    def _read(self, module: Module, name: str) -> Iterator[Migration | None]:
        """The migration of a file; None for one that cannot be read. Other files may lie there, too."""
        index = next((i for i, one in enumerate(module.classes) if one.qualname == "Migration"), None)
        if index is None:
            if "Migration" in module.bindings or module.stars or module.facts.fault:
                yield None
            return
        cls = ProjectClass(module, index)
        values = {one: self._values.own(cls, one) for one in ("dependencies", "operations", "replaces")}
        bases = {self._making.external(module, "", base) for base in cls.fact.bases}
        if not bases <= _BASES or any(one is not None and one.value is None for one in values.values()):
            yield None
            return
        written = {key: one.value if one is not None else None for key, one in values.items()}
        label = self._apps.of(module).label
        needed, replaced = _pairs(written["dependencies"]), _pairs(written["replaces"])
        if needed is None or replaced is None:
            yield None
        else:
            after = frozenset(each for app, each in needed if app == label)
            elsewhere = frozenset((app, each) for app, each in needed if app != label)
            replaces = frozenset(each for app, each in replaced if app == label)
            yield Migration(module, name, after, elsewhere, replaces, written["operations"], cls)

    def _history(self, label: str, migrations: list[Migration]) -> History | None:
        ordered = _ordered(migrations)
        if not ordered:
            return None
        state: State = {}
        states: list[State] = []
        steps: list[Step] = []
        try:
            for one in ordered:
                steps += self._made(one, state)
                states.append(dict(state))
        except Unread:
            return None
        return History(label, tuple(ordered), tuple(states), tuple(steps))

    def _made(self, migration: Migration, state: State) -> Iterator[Step]:
        """Do what a migration does, and stop where it runs a function."""
        reading = self._reading(migration)
        for at, operation in enumerate(items(migration.operations, reading)):
            if isinstance(operation, Call) and last_name(operation.function) == "RunPython":
                yield Step(migration, at, operation, dict(state))
            apply(operation, state, reading)

    def _reading(self, migration: Migration) -> Reading:
        module = migration.module
        values = {**constants_of(module), **self._values.values(migration.cls)}
        return Reading(module, partial(self._making.external, module, ""), values)


def _ordered(migrations: list[Migration]) -> list[Migration]:
    """Migrations in an order that fits; nothing where there is none, or where they end in several."""
    replaced = {name for one in migrations for name in one.replaces}
    by_name = {one.name: one for one in migrations if one.name not in replaced}
    stands_for = {name: one.name for one in migrations for name in one.replaces if one.name in by_name}
    before = {
        name: {stands_for.get(each, each) for each in one.after} - {name} for name, one in by_name.items()
    }
    if any(each not in by_name for names in before.values() for each in names - {"__first__", "__latest__"}):
        return []
    ends = by_name.keys() - {each for names in before.values() for each in names}
    ordered: list[Migration] = []
    waiting = dict(sorted(by_name.items()))
    while waiting:
        ready = [name for name in waiting if before[name].isdisjoint(waiting)]
        if not ready:
            return []
        ordered += [waiting.pop(name) for name in ready]
    return ordered if len(ends) == 1 else []


def _pairs(written: Expression | None) -> frozenset[tuple[str, str]] | None:
    """The migrations in a list of `("app", "0001_initial")`; None where it cannot be read."""
    if written is None:
        return frozenset()
    if not isinstance(written, Collection):
        return None
    found: set[tuple[str, str]] = set()
    for pair in written.items:
        parts = pair.items if isinstance(pair, Collection) else ()
        texts = [str(one.value) for one in parts if isinstance(one, Literal)]
        if len(texts) == 2:
            found.add((texts[0], texts[1]))
    return frozenset(found)


def _elsewhere(project: Project) -> frozenset[str] | None:
    """The labels of apps whose migrations lie elsewhere; None where nobody can tell."""
    found: set[str] = set()
    for settings in project.view(DjangoModels).settings.modules:
        value = settings.get("MIGRATION_MODULES")
        if value is None or is_test(settings.module.path):
            continue
        if not isinstance(value, Table) or value.is_open:
            return None
        found.update(key for key, _ in value.entries)
    return frozenset(found)
