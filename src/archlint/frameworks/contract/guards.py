"""What of FastAPI refuses a request without a token: the dependencies of a route, and theirs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import msgspec

from archlint.facts.bindings import Kind
from archlint.facts.expressions import (
    Call,
    Collection,
    Expression,
    Literal,
    Opaque,
    Subscript,
    last_name,
    says,
)
from archlint.frameworks.contract.refusals import gives_none, refuses, refuses_none
from archlint.frameworks.fastapi.injections import dependency_of
from archlint.frameworks.inventory.texts import bound_at, stands_for
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
        self._met: dict[ProjectFunction, bool] = {}
        self.refusing: set[str] = set()
        self.asking: set[str] = set()
        self.is_open = False

    def read(self, function: ProjectFunction, depth: int) -> bool:
        """Look at what a function is given; whether a request without a token may make it None."""
        if function in self._met or depth > _DEEPEST:
            return self._met.get(function, False)
        self._met[function] = False
        tokens = {each.name for each in function.fact.parameters if self._is_token(function, each, depth)}
        if depth and refuses(function):
            self.asking.add(function.fact.name)  # perhaps only where a token is given, and wrong
        if depth and refuses_none(function, frozenset(tokens)):
            self.refusing.add(function.fact.name)
        self._met[function] = bool(tokens) and gives_none(function)
        return self._met[function]

    def _is_token(self, function: ProjectFunction, parameter: Parameter, depth: int) -> bool:
        """Whether a parameter is None for a request without a token."""
        is_token = self._header(function, parameter)
        for module, scope, call in self._said(function, parameter):
            if isinstance(call, Call) and last_name(call.function) in _MARKERS:
                is_token = self._depends(module, scope, call, depth) or is_token
        return is_token

    def listed(self, module: Module, scope: str, value: Expression) -> None:
        """Look at `dependencies=[Depends(…)]`."""
        bound = bound_at(self._project, module, scope, value)
        (module, value), scope = bound or (module, value), "" if bound else scope
        if not isinstance(value, Collection):
            self.is_open = True
            return
        for item in value.items:
            if isinstance(item, Call) and last_name(item.function) in _MARKERS:
                self._depends(module, scope, item, 0)
            else:
                self.is_open = True

    def _said(
        self, function: ProjectFunction, parameter: Parameter
    ) -> Iterator[tuple[Module, str, Expression | None]]:
        """The default, and what stands behind the type in `Annotated[…]`, each with where it is written.

        An annotation may have a name of its own, which another module gives it.
        """
        module, scope, said = function.module, function.outer, parameter.annotation
        yield module, scope, parameter.default
        bound = bound_at(self._project, module, scope, said) if said is not None else None
        if bound is not None:
            (module, said), scope = bound, ""
        if isinstance(said, Subscript) and isinstance(said.index, Collection):
            yield from ((module, scope, item) for item in said.index.items[1:])

    def _depends(self, module: Module, scope: str, call: Call, depth: int) -> bool:
        given = dependency_of(call)
        if given is None:
            self.is_open = True
            return False
        made = given if isinstance(given, Call) else stands_for(self._project, module, scope, given)
        if isinstance(made, Call) and last_name(made.function) in _SCHEMES:
            return self._scheme(made)
        found = self._scopes.resolve(module, scope, given)
        if isinstance(found, Definition) and found.kind is Kind.FUNCTION and not found.member:
            return self.read(ProjectFunction(found.module, found.index), depth + 1)
        if not isinstance(found, External):
            self.is_open = True
        return False

    def _scheme(self, made: Call) -> bool:
        name = last_name(made.function)
        self.asking.add(name)
        errs = next((each.value for each in made.keywords if each.name == "auto_error"), None)
        if errs is None or says(errs, True):
            self.refusing.add(name)
            return False
        return isinstance(errs, Literal)

    def _header(self, function: ProjectFunction, parameter: Parameter) -> bool:
        """`authorization: str = Header(…)`: without a default, FastAPI refuses a request that has none."""
        if parameter.name.lower() != "authorization":
            return False
        self.asking.add(function.fact.name)
        default = parameter.default
        if isinstance(default, Call) and last_name(default.function) == "Header":
            given = default.arguments[0] if default.arguments else None
            is_needed = given is None and not any(each.name == "default" for each in default.keywords)
            if is_needed or isinstance(given, Opaque):
                self.refusing.add(function.fact.name)
            default = given
        return says(default, None)
