"""Functions of Django that hand out models, query sets or objects."""

from __future__ import annotations

from collections.abc import Callable

from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.query.named import (
    ATOMIC,
    Annotations,
    Atomic,
    Function,
    Registration,
    Wrapped,
)
from archlint.frameworks.django.query.objects.model_object import ModelClass, ModelObject, query_set
from archlint.frameworks.django.query.sets.query_set import QuerySet
from archlint.frameworks.django.query.web.pages import PageMaker
from archlint.frameworks.django.query.web.rendering import RENDERERS, Renderer
from archlint.frameworks.django.settings.modules import Settings
from archlint.project.answer import UNKNOWN, External
from archlint.project.flow.behaviour import Site
from archlint.project.flow.values import Arguments, Closure, Constant, Many, Object, Pending, Value
from archlint.project.project import Project

_ANNOTATIONS = frozenset({"django_stubs_ext.Annotations", "django_stubs_ext.annotations.Annotations"})


def function(name: str) -> Function | Registration | Annotations | None:
    """The function of a dotted name, if it is one of those."""
    if name.endswith(".register_lookup"):
        return Registration()
    if name in RENDERERS:
        return Renderer(name)
    if name in _ANNOTATIONS:
        return Annotations()
    return Function(name) if name in _FUNCTIONS or name == "django.apps.apps" else None


def given(name: str, arguments: Arguments, site: Site) -> Value:
    """What a function of Django gives."""
    known = _FUNCTIONS.get(name)
    return UNKNOWN if known is None else known(arguments, site)


def user_model(project: Project) -> DjangoModel | None:
    """The model that AUTH_USER_MODEL names; None where the settings do not agree or cannot be seen."""
    settings, models = project.view(Settings), project.view(DjangoModels)
    labels = settings.labels("AUTH_USER_MODEL")
    label = settings.user_model or (next(iter(labels)) if len(labels) == 1 else None)
    return models.named(label or models.references.user().text)


def _get_user_model(arguments: Arguments, site: Site) -> Value:
    model = user_model(site.project)
    return UNKNOWN if model is None else ModelClass(model.key)


def _get_user(arguments: Arguments, site: Site) -> Value:
    model = user_model(site.project)
    return UNKNOWN if model is None else ModelObject(model.key, how="one")


def _get_model(arguments: Arguments, site: Site) -> Value:
    texts = [v.value for v in arguments.positional if isinstance(v, Constant) and isinstance(v.value, str)]
    if not texts or len(texts) != len(arguments.positional):
        return UNKNOWN
    model = site.project.view(DjangoModels).named(".".join(texts))
    return UNKNOWN if model is None else ModelClass(model.key)


def _object_or_404(arguments: Arguments, site: Site) -> Value:
    value = query_set(arguments.get("klass", 0) or UNKNOWN, site)
    return value.row("one") if isinstance(value, QuerySet) else UNKNOWN


def _list_or_404(arguments: Arguments, site: Site) -> Value:
    value = query_set(arguments.get("klass", 0) or UNKNOWN, site)
    return Many(value.row(), value) if isinstance(value, QuerySet) else UNKNOWN


def _async_object_or_404(arguments: Arguments, site: Site) -> Value:
    return Pending(_object_or_404(arguments, site))


def _paginator(arguments: Arguments, site: Site) -> Value:
    rows = arguments.get("object_list", 0)
    return PageMaker(rows) if isinstance(rows, QuerySet) and not rows.is_manager else UNKNOWN


def _sync_to_async(arguments: Arguments, site: Site) -> Value:
    first = arguments.get("func", 0)
    return UNKNOWN if first is None else Wrapped(first)


def _atomic(arguments: Arguments, site: Site) -> Value:
    """As a decorator without parentheses it is given the function, else perhaps a database."""
    first = arguments.positional[0] if arguments.positional else UNKNOWN
    return first if isinstance(first, Closure) else Atomic()


def _async_to_sync(arguments: Arguments, site: Site) -> Value:
    first = arguments.get("awaitable", 0)
    return first if isinstance(first, Closure) else UNKNOWN


def _now(arguments: Arguments, site: Site) -> Value:
    return Object(External("datetime.datetime"))


_FUNCTIONS: dict[str, Callable[[Arguments, Site], Value]] = {
    "asgiref.sync.async_to_sync": _async_to_sync,
    "asgiref.sync.sync_to_async": _sync_to_async,
    "channels.db.database_sync_to_async": _sync_to_async,
    "django.apps.apps.get_model": _get_model,
    "django.contrib.auth.authenticate": _get_user,
    "django.contrib.auth.get_user": _get_user,
    "django.contrib.auth.get_user_model": _get_user_model,
    ATOMIC: _atomic,
    "django.core.paginator.Paginator": _paginator,
    "django.shortcuts.aget_object_or_404": _async_object_or_404,
    "django.shortcuts.get_list_or_404": _list_or_404,
    "django.shortcuts.get_object_or_404": _object_or_404,
    "django.utils.timezone.now": _now,
    "rest_framework.generics.get_object_or_404": _object_or_404,
}
