"""Functions that answer requests, and which of their names hold what a client has chosen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from archlint.facts.expressions import Attribute, Call, Form, Literal, Name, Subscript, last_name
from archlint.facts.forms import names_in, parts, passed_values, walked
from archlint.facts.statements import If
from archlint.frameworks.handlers import is_handler
from archlint.frameworks.inventory.routes import declared_routes
from archlint.frameworks.pydantic.wanted import is_model
from archlint.project.answer import External
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.facts.definitions import Parameter
    from archlint.facts.expressions import Expression
    from archlint.project.project import Project

_METHODS: Final = frozenset({"delete", "get", "patch", "post", "put"})
_ROUTING: Final = frozenset({*_METHODS, "api_route", "api_view", "head", "options", "route", "websocket"})
_KEEPING: Final = frozenset({"classmethod", "staticmethod", "wraps", "csrf_exempt", "action"})
"""Decorators that refuse nothing."""

_PLAIN: Final = frozenset({"Decimal", "UUID", "bool", "date", "datetime", "float", "int", "str"})
REQUESTS: Final = frozenset({"req", "request"})
_SERVERS: Final = frozenset({"app", "state", "user", "session", "auth", "scope", "g"})
"""What a request has from the server, not from the client."""


class Answering:
    """Answers for functions."""

    transparent = True

    def __init__(self, project: Project) -> None:
        self._project = project
        self._functions, self._scopes = project.view(Functions), project.view(Scopes)
        self._hierarchy = project.view(ClassHierarchy)
        self._handlers = frozenset(route.handler for route in declared_routes(project) if route.handler)

    @classmethod
    def build(cls, project: Project) -> Answering:
        """The view of a project."""
        return cls(project)

    def answers(self, function: ProjectFunction) -> bool:
        """Whether a route leads to it."""
        if is_handler(function) or function.name in self._handlers:
            return True
        if function.fact.owner < 0 or function.fact.name not in _METHODS:
            return False
        cls = ProjectClass(function.module, function.fact.owner)
        return cls.name in self._handlers or self._is_view(cls)

    def _is_view(self, cls: ProjectClass) -> bool:
        outside = (each.name for each in self._hierarchy.order(cls) if isinstance(each, External))
        return any(name.startswith("aiohttp.web") and name.endswith("View") for name in outside)

    def is_guarded(self, function: ProjectFunction) -> bool:
        """Whether something may refuse a request before the function runs: a decorator, a base."""
        for decorator in function.fact.decorators:
            made = decorator.function if isinstance(decorator, Call) else decorator
            if last_name(made) not in _ROUTING | _KEEPING:
                return True
            if isinstance(decorator, Call) and any(
                each.name == "dependencies" for each in decorator.keywords
            ):
                return True
        if function.fact.owner < 0:
            return False
        cls = function.module.classes[function.fact.owner]
        return (
            len(cls.bases) > 1
            or bool(cls.decorators)
            or any(member.name in ("decorators", "permission_classes", "dispatch") for member in cls.members)
        )

    def chosen(self, function: ProjectFunction) -> frozenset[str]:
        """The names in a function that hold what a client has chosen."""
        sent = frozenset(e.name for e in function.left_to_callers if self._is_sent(function, e))
        return self.spread(function, sent)

    def spread(self, function: ProjectFunction, given: frozenset[str]) -> frozenset[str]:
        """Some names, and those that the function binds to nothing but what is made of them."""
        names = set(given)
        for name, bindings in self._functions.summary(function).bound.items():
            plain = all(each.how in ("assign", "unpack") for each in bindings)
            if plain and all(self.is_chosen(each.value, names) for each in bindings):
                names.add(name)
        return frozenset(names)

    def is_chosen(self, form: Form, names: frozenset[str] | set[str]) -> bool:
        """Whether an expression is made of what a client has chosen."""
        if isinstance(form, Attribute) and form.attr in _SERVERS and last_name(form.value) in REQUESTS:
            return False
        if isinstance(form, (Attribute, Subscript)) and last_name(form.value) in REQUESTS:
            return True
        if isinstance(form, Name):
            return form.id in names
        if isinstance(form, Call) and not _hands_over(form):
            return False  # what somebody has looked up is no longer the client's
        return any(self.is_chosen(each, names) for each in parts(form))

    def _is_sent(self, function: ProjectFunction, parameter: Parameter) -> bool:
        annotation = parameter.annotation
        if isinstance(parameter.default, Call) and last_name(parameter.default.function) in _INJECTING:
            return False
        if parameter.name in REQUESTS or parameter.kind in ("star", "double-star"):
            return False
        if annotation is None or last_name(annotation) in _PLAIN:
            return True
        cls = self._hierarchy.of(self._scopes.resolve(function.module, function.outer, annotation))
        return cls is not None and is_model(self._project, cls)


_CONVERTING: Final = frozenset(
    {
        *("UUID", "float", "get", "get_json", "int", "json", "lower", "replace", "removeprefix", "split"),
        *("str", "strip", "title", "upper"),
    }
)
"""What a text stays a text through, or becomes a key."""


def _hands_over(call: Call) -> bool:
    """Whether what a call is given is in what it gives: a conversion, a record as `Order(body.number)`."""
    name = last_name(call.function)
    return name in _CONVERTING or name[:1].isupper()


_INJECTING: Final = frozenset({"Depends", "Security", "Provide"})


def asked_before(function: ProjectFunction, line: int, names: frozenset[str]) -> bool:
    """Whether a function tests or hands on, before a line, what a key is made of."""
    return any(
        0 < getattr(form, "line", 0) < line and any(_is_asked(part, names) for part in _asking(form))
        for form in walked(function.module.statements(function.fact))
    )


def _asking(form: Form) -> Iterator[Expression]:
    if isinstance(form, If):
        yield form.test
    elif isinstance(form, Call):
        yield from passed_values(form)


def _is_asked(form: Form, names: frozenset[str]) -> bool:
    return not names.isdisjoint(names_in([form]))


def texts_in(function: ProjectFunction, text: str) -> int:
    """How often a text stands in the body of a function."""
    forms = walked(function.module.statements(function.fact))
    return sum(isinstance(each, Literal) and each.value == text for each in forms)
