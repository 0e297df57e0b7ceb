"""What Django makes of the names, classes and parameters of a project."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from archlint.facts.definitions import Parameter
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.query.expressions.makers import maker
from archlint.frameworks.django.query.functions import function, user_model
from archlint.frameworks.django.query.historical_apps import historical_apps
from archlint.frameworks.django.query.objects.model_object import ModelClass
from archlint.frameworks.django.query.sets.query_set import QuerySet
from archlint.frameworks.django.query.web.admin_rows import ActionRows
from archlint.frameworks.django.query.web.handed import handed, methods_with_objects
from archlint.frameworks.django.query.web.rounds import ROUNDS
from archlint.frameworks.django.query.web.validated import made_to_save, validated_member
from archlint.frameworks.django.query.web.views import HttpRequest, view_member
from archlint.frameworks.django.writes.savers import CHOSEN_BY, handed_saver
from archlint.project.answer import External
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.flow.behaviour import Site
from archlint.project.flow.semantics import Round, Semantics
from archlint.project.flow.values import Arguments, Object, Value
from archlint.project.functions import ProjectFunction

if TYPE_CHECKING:
    from archlint.project.project import Project

_REQUESTS = frozenset(
    {
        "django.http.HttpRequest",
        "django.http.request.HttpRequest",
        "django.core.handlers.wsgi.WSGIRequest",
        "rest_framework.request.Request",
    }
)
_SETS = frozenset({"django.db.models.QuerySet", "django.db.models.query.QuerySet"})
_MANAGERS = frozenset(
    {"django.db.models.Manager", "django.db.models.manager.Manager", "django.db.models.manager.BaseManager"}
)


class DjangoSemantics(Semantics):
    """Models, managers, query sets, requests."""

    failing = frozenset({"get_field"})

    spelled = frozenset(
        {"filter", "exclude", "get", "order_by", "values", "values_list", "annotate", "aggregate", "Q", "F"}
        | {"getattr", "items"}
    )

    asked_for = CHOSEN_BY

    def __init__(self, project: Project, models: DjangoModels) -> None:
        self._project = project
        self._models = models
        self._hierarchy = project.view(ClassHierarchy)
        self._sets: dict[ProjectClass, bool] = {}
        self._by_manager: dict[ProjectClass, list[str]] = {}
        self._by_set: dict[ProjectClass, list[str]] = {}
        for model in models:
            for manager in model.managers.values():
                if manager.cls is not None:
                    self._by_manager.setdefault(manager.cls, []).append(model.key)
                if manager.queryset is not None:
                    self._by_set.setdefault(manager.queryset, []).append(model.key)
        self._user = user_model(project)

    @classmethod
    def of(cls, project: Project) -> DjangoSemantics | None:
        """For a project that uses Django: it may do without models of its own."""
        return cls(project, project.view(DjangoModels)) if "django" in project.imported else None

    def external(self, name: str) -> Value | None:
        """Expressions, functions, and the models that are known beforehand."""
        if not name.startswith(("django.", "rest_framework.", "asgiref.", "channels.", "django_stubs_ext.")):
            return None
        found = maker(name) or function(name)
        if found is not None:
            return found
        model = self._models.model(name)
        return ModelClass(model.key) if isinstance(model, DjangoModel) and model.cls is None else None

    def defined(self, cls: ProjectClass) -> Value | None:
        """A class that is a model."""
        model = self._models.of_class(cls)
        return None if model is None else ModelClass(model.key)

    def instance(self, cls: ProjectClass | str, arguments: tuple[Value, ...]) -> Value | None:
        """Requests, query sets and managers that annotations promise, and `self` in their classes."""
        if isinstance(cls, str):
            if cls in _REQUESTS:
                return HttpRequest(self._user.key if self._user is not None else "")
            if cls in _SETS | _MANAGERS and len(arguments) == 1 and isinstance(arguments[0], ModelClass):
                return QuerySet(
                    arguments[0].model, is_manager=cls in _MANAGERS, is_open=True, loads_more=True
                )
            return None
        if cls in self._by_manager:
            return self._only(self._by_manager[cls], cls, is_manager=True)
        if cls in self._by_set:
            return self._only(self._by_set[cls], cls, is_manager=False)
        return None

    def made(self, cls: ProjectClass, arguments: Arguments) -> Value | None:
        """`OrderQuerySet(self.model, using=self._db)`, as managers begin; forms and serializers."""
        model = arguments.get("model", 0)
        if not isinstance(model, ModelClass) or not self._is_set(cls):
            return made_to_save(self._project, cls, arguments)
        return QuerySet(model.model, custom=cls)

    def _is_set(self, cls: ProjectClass) -> bool:
        """Whether a class makes query sets, and has no constructor of its own."""
        known = self._sets.get(cls)
        if known is None:
            order = self._hierarchy.order(cls)
            outside = {one.name for one in order if isinstance(one, External)}
            own = [
                member.name for one in order if isinstance(one, ProjectClass) for member in one.fact.members
            ]
            known = self._sets[cls] = bool(outside & _SETS) and "__init__" not in own
        return known

    def member(self, of: Object, base: str, name: str, site: Site) -> Value | None:
        """What Django's and REST framework's views, forms and serializers give to theirs."""
        found = validated_member(of, base, name, site)
        if found is not None:
            return found
        return view_member(of, base, name, site, self._user.key if self._user is not None else "")

    def parameter(self, function: ProjectFunction, parameter: Parameter, site: Site) -> Value | None:
        """`request` without an annotation, and what views, serializers, migrations and others are given."""
        apps = historical_apps(function, parameter, site)
        if apps is not None:
            return apps
        if parameter.annotation is not None:
            return None
        if parameter.name == "request":
            return None if self._user is None else HttpRequest(self._user.key)
        found = handed_saver(function, parameter, site)
        return handed(function, parameter, site) if found is None else found

    def called(self, cls: ProjectClass) -> Collection[str]:
        """The actions of a class of the admin."""
        return self._project.view(ActionRows).named(cls)

    def decides(self, cls: ProjectClass) -> Collection[str]:
        """The methods of a serializer that are called with objects of its model."""
        return methods_with_objects(self._hierarchy, cls)

    def round(self, cls: ProjectClass) -> Round | None:
        """Feeds and sitemaps."""
        for base in self._hierarchy.order(cls)[1:]:
            if isinstance(base, External) and base.name in ROUNDS:
                return ROUNDS[base.name]
        return None

    def _only(self, keys: list[str], cls: ProjectClass, *, is_manager: bool) -> Value | None:
        """The manager of one model; one of several models says nothing."""
        if len(set(keys)) != 1:
            return None
        model = self._models.model(keys[0])
        if model is None:
            return None
        for manager in model.managers.values():
            if (manager.cls if is_manager else manager.queryset) is cls:
                own = manager.cls if is_manager else None
                return QuerySet(
                    model.key,
                    manager.queryset,
                    manager=own,
                    is_manager=is_manager,
                    is_open=not is_manager and not self._is_set(cls),
                    is_unseen=not is_manager,  # a method of a query set may stand behind `annotate`
                    loads_more=not is_manager,
                )
        return None
