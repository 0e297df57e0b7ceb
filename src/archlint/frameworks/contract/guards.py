"""What of FastAPI refuses a request without a token: the dependencies of a route, and theirs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import msgspec

from archlint.facts.bindings import Kind
from archlint.facts.expressions import (
    Attribute,
    Call,
    Collection,
    Expression,
    Literal,
    Name,
    Opaque,
    Subscript,
    last_name,
)
from archlint.facts.forms import passed_values, walked
from archlint.facts.statements import Raise
from archlint.frameworks.fastapi.injections import dependency_of
from archlint.frameworks.inventory.texts import stands_for
from archlint.project.answer import Definition, External
from archlint.project.functions import ProjectFunction
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.facts.definitions import Parameter
    from archlint.frameworks.contract.served import Served
    from archlint.project.module import Module
    from archlint.project.project import Project

_DEEPEST: Final = 6
_MARKERS: Final = frozenset({"Depends", "Security"})
_SCHEMES: Final = frozenset(
    {
        *("APIKeyCookie", "APIKeyHeader", "APIKeyQuery", "HTTPBasic", "HTTPBearer", "HTTPDigest"),
        *("OAuth2AuthorizationCodeBearer", "OAuth2PasswordBearer", "OpenIdConnect"),
    }
)


class Guards(msgspec.Struct, frozen=True):
    """What stands before a handler."""

    refusing: frozenset[str]
    """The names of what answers 401 or 403 to a request without a token."""

    asking: frozenset[str]
    """The names of what looks for a token at all."""

    is_open: bool
    """Something stands there that nobody can tell."""


def guards_of(project: Project, route: Served, function: ProjectFunction) -> Guards:
    """The guards of a route: of its handler, its decorator, its routers and its application."""
    reader = _Reader(project)
    reader.read(function, 0)
    for around in route.around:
        for keyword in around.call.keywords:
            if keyword.name == "dependencies":
                reader.listed(around.module, around.scope, keyword.value)
    return Guards(frozenset(reader.refusing), frozenset(reader.asking), reader.is_open)


class _Reader:
    """Follows dependencies, each function once."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._scopes = project.view(Scopes)
        self._met: set[ProjectFunction] = set()
        self.refusing: set[str] = set()
        self.asking: set[str] = set()
        self.is_open = False

    def read(self, function: ProjectFunction, depth: int) -> None:
        """Look at what a function is given."""
        if function in self._met or depth > _DEEPEST:
            return
        self._met.add(function)
        for parameter in function.fact.parameters:
            annotations = self._annotations(function, parameter)
            for call in (*annotations, parameter.default):
                if isinstance(call, Call) and last_name(call.function) in _MARKERS:
                    self._depends(function.module, function.outer, call, depth)
            self._header(function, parameter)
        if depth and _refuses(function):
            self.asking.add(function.fact.name)  # perhaps only where a token is given, and wrong

    def listed(self, module: Module, scope: str, value: Expression) -> None:
        """Look at `dependencies=[Depends(…)]`."""
        value = stands_for(self._project, module, scope, value) or value
        if not isinstance(value, Collection):
            self.is_open = True
            return
        for item in value.items:
            if isinstance(item, Call) and last_name(item.function) in _MARKERS:
                self._depends(module, scope, item, 0)
            else:
                self.is_open = True

    def _annotations(self, function: ProjectFunction, parameter: Parameter) -> Iterator[Expression]:
        """What stands behind the type in `Annotated[…]`, by a name of its own, too."""
        said = parameter.annotation
        if isinstance(said, (Name, Attribute)):
            said = stands_for(self._project, function.module, function.outer, said)
        if isinstance(said, Subscript) and isinstance(said.index, Collection):
            yield from said.index.items[1:]

    def _depends(self, module: Module, scope: str, call: Call, depth: int) -> None:
        given = dependency_of(call)
        if given is None:
            self.is_open = True
            return
        made = given if isinstance(given, Call) else stands_for(self._project, module, scope, given)
        if isinstance(made, Call) and last_name(made.function) in _SCHEMES:
            self._scheme(made)
            return
        found = self._scopes.resolve(module, scope, given)
        if isinstance(found, Definition) and found.kind is Kind.FUNCTION and not found.member:
            self.read(ProjectFunction(found.module, found.index), depth + 1)
        elif not isinstance(found, External):
            self.is_open = True

    def _scheme(self, made: Call) -> None:
        name = last_name(made.function)
        self.asking.add(name)
        errs = next((each.value for each in made.keywords if each.name == "auto_error"), None)
        if errs is None or (isinstance(errs, Literal) and errs.value is True):
            self.refusing.add(name)

    def _header(self, function: ProjectFunction, parameter: Parameter) -> None:
        """`authorization: str = Header(…)`: without a default, FastAPI refuses a request that has none."""
        if parameter.name.lower() != "authorization":
            return
        self.asking.add(function.fact.name)
        default = parameter.default
        if isinstance(default, Call) and last_name(default.function) == "Header":
            given = default.arguments[0] if default.arguments else None
            if (given is None and not any(each.name == "default" for each in default.keywords)) or isinstance(
                given, Opaque
            ):
                self.refusing.add(function.fact.name)


def _refuses(function: ProjectFunction) -> bool:
    """Whether a dependency raises 401 or 403, on whatever way through it."""
    for form in walked(function.module.statements(function.fact)):
        if isinstance(form, Raise) and isinstance(form.value, Call):
            given = passed_values(form.value)
            if any(_is_refusal(each) for each in given):
                return True
    return False


def _is_refusal(value: Expression) -> bool:
    if isinstance(value, Literal):
        return value.value in (401, 403)
    return isinstance(value, Attribute) and value.attr.startswith(("HTTP_401", "HTTP_403"))
