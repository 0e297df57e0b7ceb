"""Routers that nobody mounts: their routes are written down, and no application has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Final

from archlint.facts.expressions import Attribute, Call, Expression, Form, Literal, Name
from archlint.facts.forms import walked
from archlint.facts.statements import Assign
from archlint.project.answer import Definition, External, Unresolved
from archlint.project.files.test_code import is_test
from archlint.project.functions import Functions
from archlint.project.scopes import Scopes
from archlint.project.symbols import Symbols

if TYPE_CHECKING:
    from archlint.facts.statements import Statement
    from archlint.frameworks.inventory.mounts import Router
    from archlint.project.answer import Answer
    from archlint.project.module import Module
    from archlint.project.project import Project

_APPLICATIONS: Final = ("Application", "FastAPI", "Flask", "Quart")
_APPLICATIONS_OF: Final = frozenset({"aiohttp", "fastapi", "flask", "quart"})
_MAKERS: Final = frozenset(
    {
        *("aiohttp.web.RouteTableDef", "aiohttp.web_routedef.RouteTableDef"),
        *("fastapi.APIRouter", "fastapi.routing.APIRouter"),
        *("flask.Blueprint", "flask.blueprints.Blueprint", "quart.Blueprint"),
    }
)
_LOADING: Final = frozenset({"importlib", "pkgutil", "werkzeug.utils"})
"""What finds modules, and what is in them, by their names."""

_BY_NAME: Final = (b"getattr", b"attrgetter", b"globals", b"vars", b"__dict__")
"""What takes something out of a module by its name: `getattr(module, "router")`."""


class IdleRouters:
    """Answers for the routers of a project that makes an application itself."""

    transparent = True

    def __init__(self, project: Project) -> None:
        self._project = project
        self._functions, self._scopes = project.view(Functions), project.view(Scopes)
        self._symbols = project.view(Symbols)
        self._modules = [m for m in project.modules if not is_test(m.path) and not m.is_stub]
        self._answers: dict[Router, bool] = {}

    @classmethod
    def build(cls, project: Project) -> IdleRouters:
        """The view of a project."""
        return cls(project)

    def has(self, router: Router | None) -> bool:
        """Whether a router is one that nobody speaks of, but to add routes to it."""
        if router is None:
            return False
        if router not in self._answers:
            module = self._project.module_at(router[0])
            self._answers[router] = (
                module is not None
                and self._is_closed
                and self._is_plain(module, router[1])
                and not self._is_spoken_of(module, router[1], frozenset())
            )
        return self._answers[router]

    @cached_property
    def _is_closed(self) -> bool:
        """Whether an application is made here, and nothing looks for routers by the names of modules."""
        if any(not _LOADING.isdisjoint(module.imported) for module in self._modules):
            return False
        return any(map(self._makes_application, self._modules))

    def _makes_application(self, module: Module) -> bool:
        if module.imported.isdisjoint(_APPLICATIONS_OF):
            return False
        return any(
            isinstance(found := self._scopes.resolve(module, scope, site.call.function), External)
            and found.name.partition(".")[0] in _APPLICATIONS_OF
            and found.name.rpartition(".")[2] in _APPLICATIONS
            for scope, summary in self._functions.bodies(module, *_APPLICATIONS)
            for site in summary.calls
        )

    def _is_plain(self, module: Module, name: str) -> bool:
        """Whether a framework's own class makes it, once."""
        bound = self._functions.module_summary(module).bound.get(name, ())
        value = bound[0].value if len(bound) == 1 else None
        if not isinstance(value, Call):
            return False
        made_by = self._scopes.resolve(module, "", value.function)
        return isinstance(made_by, External) and made_by.name in _MAKERS

    def _is_spoken_of(self, home: Module, name: str, above: frozenset[Router]) -> bool:
        """Whether a name of a module may be meant anywhere, under the names that imports give it, too."""
        if (home.path, name) in above:
            return False
        above |= {(home.path, name)}
        return any(self._speaks_of(module, home, name, above) for module in self._modules)

    def _speaks_of(self, module: Module, home: Module, name: str, above: frozenset[Router]) -> bool:
        if module is not home and any(self._takes_all(module, home)):
            return True
        is_said = module.speaks_of(name.encode())
        if is_said and any(self._means(module, scope, form, home, name) for scope, form in _forms(module)):
            return True
        aliases = {
            fact.alias
            for fact in module.facts.imports
            if fact.name == name and _may_be(self._symbols.imported(module, fact), home, name)
        }
        return any(self._is_spoken_of(module, alias, above) for alias in aliases)

    def _takes_all(self, module: Module, home: Module) -> Iterator[bool]:
        """Whether stars of a module import all of another."""
        for fact in module.facts.imports:
            if fact.name == "*":
                yield self._symbols.imported_module(module, fact) in (home, *Unresolved)

    def _means(self, module: Module, scope: str, form: Form, home: Module, name: str) -> bool:
        if isinstance(form, Literal):
            return form.value == name and module.speaks_of(*_BY_NAME)
        if isinstance(form, Attribute) and form.attr == name:
            return _may_be(self._scopes.resolve(module, scope, form), home, name)
        return isinstance(form, Name) and form.id == name and module is home


def _may_be(answer: Answer, home: Module, name: str) -> bool:
    """Whether an answer is the name of a module, or nobody can tell."""
    if isinstance(answer, Definition):
        return bool(answer.member) or (answer.module, answer.qualname) == (home, name)
    return isinstance(answer, Unresolved)


def _forms(module: Module) -> Iterator[tuple[str, Form]]:
    """All that is said in a module, with its scope; not what a router is asked to do itself."""
    functions = module.functions
    bodies: list[tuple[str, tuple[Statement, ...]]] = [("", module.body)]
    bodies += [(each.qualname, module.statements(each)) for each in module.classes]
    bodies += [(f"{each.qualname}()", module.statements(each)) for each in functions]
    for scope, body in bodies:
        yield from ((scope, form) for form in _said(body))
    around = [each for function in functions for each in function.decorators]
    around += [each for cls in module.classes for each in cls.decorators]
    defaults = [one.default for function in functions for one in function.parameters]
    yield from (("", form) for form in _said([*around, *(each for each in defaults if each is not None)]))


def _said(forms: Iterable[Form]) -> Iterator[Form]:
    forms = [form for form in forms if not _lists_names(form)]
    own = {id(each) for form in walked(forms) for each in _not_said(form)}
    return (form for form in walked(forms) if id(form) not in own)


def _not_said(form: Form) -> Iterator[Expression]:
    """The name that is bound, and the one whose method is called: `@router.get("/orders")`."""
    if isinstance(form, Assign):
        yield from (target for target in form.targets if isinstance(target, Name))
    called = form.function if isinstance(form, Call) else None
    if isinstance(called, Attribute) and isinstance(called.value, Name):
        yield called.value


def _lists_names(form: Form) -> bool:
    """`__all__ = ["router"]`."""
    return isinstance(form, Assign) and any(isinstance(t, Name) and t.id == "__all__" for t in form.targets)
