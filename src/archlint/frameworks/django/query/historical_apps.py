"""The `apps` that functions of migrations are given, and the models they take out of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.definitions import Parameter
from archlint.frameworks.django.query.objects.model_object import ModelClass
from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Behaviour, Site
from archlint.project.flow.values import Arguments, Value, all_texts
from archlint.project.functions import ProjectFunction

if TYPE_CHECKING:
    from archlint.frameworks.django.migrations.historical import HistoricalModels
    from archlint.project.project import Project


class HistoricalApps(Behaviour, frozen=True):
    """The models of all apps at one point of the migrations."""

    moment: str

    def has_method(self, name: str) -> bool:
        """`get_model = apps.get_model`."""
        return name == "get_model"

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """A model by its label, or by the names of its app and its own."""
        label = asked_label(arguments) if name == "get_model" else ""
        key = _historical(site.project).key(self.moment, label) if label else ""
        return ModelClass(key) if key else UNKNOWN

    def others(self, label: str, project: Project) -> tuple[str, ...] | None:
        """The models of an app that has none of a label; nothing where it has, None where nobody can tell."""
        return _historical(project).others(self.moment, label)


def asked_label(arguments: Arguments) -> str:
    """The label of the model that `get_model` is asked for; empty where nobody can tell."""
    given = (arguments.get("app_label", 0), arguments.get("model_name", 1))
    texts = all_texts([each for each in given if each is not None])
    label = ".".join(texts)
    return label if label.count(".") == 1 and not arguments.is_open else ""


def historical_apps(function: ProjectFunction, parameter: Parameter, site: Site) -> Value | None:
    """What the first parameter of a function is that a migration runs; None for any other."""
    parameters = function.fact.parameters
    if len(parameters) != 2 or parameter.name != parameters[0].name or function.fact.owner >= 0:
        return None
    moment = _historical(site.project).moment(function)
    return HistoricalApps(moment) if moment else None


def _historical(project: Project) -> HistoricalModels:
    from archlint.frameworks.django.migrations.historical import HistoricalModels

    return project.view(HistoricalModels)
