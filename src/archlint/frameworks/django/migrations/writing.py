"""The migration that an app lacks, as `makemigrations` would write it, where the source tells all of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from archlint.frameworks.django.migrations.drift import Drift
from archlint.frameworks.django.migrations.history import Histories, History
from archlint.frameworks.django.migrations.rendering import Rendering, Unwritten, needs_no_value
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.orm import Relation
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.frameworks.django.models.declared import Declaration
    from archlint.project.project import Project

_NUMBERED = re.compile(r"(\d{4})_")
_LONGEST = 52
_OPTIONS = frozenset({"abstract", "verbose_name", "verbose_name_plural", "db_table", "ordering"})
_KEY = 'models.{}(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")'


def written(project: Project, drifts: Sequence[Drift]) -> tuple[str, str] | None:
    """The path and the text of one migration for all that an app lacks; None where nobody can tell."""
    history = drifts[0].history
    number = _NUMBERED.match(history.last.name)
    if number is None:
        return None
    try:
        return _Writing(project, history).file(drifts, int(number[1]) + 1)
    except Unwritten:
        return None


class _Writing:
    def __init__(self, project: Project, history: History) -> None:
        self._project = project
        self._history = history
        self._models = project.view(DjangoModels)
        self._rendering = Rendering(project.view(Scopes), self._models)
        self._names: list[str] = []

    def file(self, drifts: Sequence[Drift], number: int) -> tuple[str, str]:
        new = [drift for drift in drifts if drift.state is None]
        if new and self._are_gone():
            raise Unwritten  # a new name may be another one for an old model
        if any(drift.altered for drift in drifts):
            raise Unwritten  # what is in the table may not fit
        operations = [self._create(drift.model) for drift in _in_order(new)]
        for drift in drifts:
            if drift.added and drift.removed:
                raise Unwritten  # or for an old field
            operations += [self._remove(drift, name) for name in drift.removed]
            operations += [self._add(drift.model, declaration) for declaration in drift.added]
        folder = self._history.last.module.path.rpartition("/")[0]
        return f"{folder}/{number:04}_{self._name()}.py", self._text(operations)

    def _are_gone(self) -> bool:
        own = {one.name.lower() for one in self._models.declared() if one.app_label == self._history.label}
        return any(name not in own for name in self._history.state)

    def _create(self, model: DjangoModel) -> str:
        if any(not self._is_abstract(key) for key in model.parents) or not model.meta.keys() <= _OPTIONS:
            raise Unwritten
        if any(manager.cls is not None for manager in model.managers.values()):
            raise Unwritten  # it may be one that migrations keep
        fields: list[tuple[str, str]] = []
        key = model.fields.get("id")
        if key is not None and key.place is None:
            fields.append(("id", _KEY.format(key.kind.rpartition(".")[2])))
        for name in (one for one in (*model.fields, *model.relations) if one in model.local and one != "id"):
            declaration = self._models.declaration(model, name)
            if declaration is None or not declaration.is_certain:
                raise Unwritten
            fields.append((name, self._field(model, declaration)))
        self._names.append(model.name.lower())
        lines = [f'                ("{name}", {text}),' for name, text in fields]
        options = self._options(model)
        return "\n".join(
            (
                "        migrations.CreateModel(",
                f'            name="{model.name}",',
                "            fields=[",
                *lines,
                "            ],",
                *options,
                "        ),",
            )
        )

    def _options(self, model: DjangoModel) -> list[str]:
        assert model.cls is not None
        written: list[str] = []
        for name in sorted(model.meta.keys() - {"abstract"}):
            option = self._models.option(model, name)
            assert option is not None
            text = self._rendering.value(option.value, option.module, model.cls.fact.qualname)
            written.append(f'                "{name}": {text},')
        return ["            options={", *written, "            },"] if written else []

    def _is_abstract(self, key: str) -> bool:
        parent = self._models.model(key)
        return isinstance(parent, DjangoModel) and parent.is_abstract and parent.cls is not None

    def _add(self, model: DjangoModel, declaration: Declaration) -> str:
        if not needs_no_value(declaration):
            raise Unwritten  # what the rows that are there hold is for somebody to say
        self._names.append(f"{model.name}_{declaration.name}".lower())
        return (
            "        migrations.AddField(\n"
            f'            model_name="{model.name.lower()}",\n'
            f'            name="{declaration.name}",\n'
            f"            field={self._field(model, declaration)},\n"
            "        ),"
        )

    def _remove(self, drift: Drift, name: str) -> str:
        if drift.state is None or drift.state.is_bound:
            raise Unwritten
        self._names.append(f"remove_{drift.model.name}_{name}".lower())
        return (
            "        migrations.RemoveField(\n"
            f'            model_name="{drift.model.name.lower()}",\n'
            f'            name="{name}",\n'
            "        ),"
        )

    def _field(self, model: DjangoModel, declaration: Declaration) -> str:
        assert model.cls is not None
        relation = model.relations.get(declaration.name)
        found = relation if isinstance(relation, Relation) else None
        return self._rendering.field(declaration, found, model.cls.fact.qualname)

    def _name(self) -> str:
        """As Django names it: after what it does, in so many letters."""
        name, *more = self._names
        for each in more:
            if len(f"{name}_{each}") > _LONGEST - len("_and_more"):
                return f"{name}_and_more"
            name = f"{name}_{each}"
        return name

    def _dependencies(self) -> list[str]:
        label = self._history.label
        found = [f'("{label}", "{self._history.last.name}")']
        if "settings" in self._rendering.imports:
            found.append("migrations.swappable_dependency(settings.AUTH_USER_MODEL)")
        others = set()
        for key in self._rendering.targets:
            target = self._models.model(key)
            if isinstance(target, DjangoModel) and target.app_label != label:
                others.add((target.app_label, self._last(target)))
        return [*found, *(f'("{app}", "{name}")' for app, name in sorted(others))]

    def _last(self, target: DjangoModel) -> str:
        if target.cls is None:
            return "__first__"
        history = self._project.view(Histories).of(target.app_label)
        if history is None or target.name.lower() not in history.state:
            raise Unwritten
        return history.last.name

    def _text(self, operations: Iterable[str]) -> str:
        modules = sorted(one for one in self._rendering.imports if one != "settings")
        lines = [f"import {one}" for one in modules]
        lines += [""] if modules else []
        lines += ["from django.conf import settings"] if "settings" in self._rendering.imports else []
        lines += [
            "from django.db import migrations, models",
            "",
            "",
            "class Migration(migrations.Migration):",
        ]
        lines += ["    dependencies = [", *(f"        {one}," for one in self._dependencies()), "    ]", ""]
        return "\n".join((*lines, "    operations = [", *operations, "    ]", ""))


def _targets(model: DjangoModel, among: set[str]) -> set[str]:
    return {
        relation.target
        for relation in model.relations.values()
        if not relation.is_reverse and relation.target in among
    }


def _in_order(drifts: list[Drift]) -> list[Drift]:
    """New models, each behind those that it leads to."""
    keys = {drift.model.key for drift in drifts}
    ordered: list[Drift] = []
    waiting = list(drifts)
    while waiting:
        left = {drift.model.key for drift in waiting}
        ready = [one for one in waiting if left.isdisjoint(_targets(one.model, keys) - {one.model.key})]
        if not ready:
            raise Unwritten
        ordered += ready
        waiting = [one for one in waiting if one not in ready]
    return ordered
