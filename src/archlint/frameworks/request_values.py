"""What code keeps on a request for others to find: who reads it, and who sets it.

`request["user"]` of aiohttp, `request.state.user` of Starlette, `g.user` of Flask.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Final

import msgspec

from archlint.facts.expressions import (
    Attribute,
    Call,
    Expression,
    Form,
    Literal,
    Mapping,
    Name,
    Subscript,
    Yield,
    last_name,
)
from archlint.facts.forms import walked
from archlint.facts.statements import Annotate, Assign, For, With
from archlint.frameworks.inventory.texts import UNSEEN, text_of
from archlint.frameworks.nullable.answering import Answering
from archlint.frameworks.nullable.remaining import unexpected
from archlint.frameworks.places.expressions import place
from archlint.project.answer import External
from archlint.project.files.test_code import is_test
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project

AIOHTTP: Final = "aiohttp"
FLASK: Final = "flask"
STARLETTE: Final = "starlette"

_IMPORTED: Final = frozenset({"aiohttp", "fastapi", "flask", "starlette"})
_APPLICATIONS: Final = {
    "aiohttp.web.Application": AIOHTTP,
    "fastapi.FastAPI": STARLETTE,
    "flask.Flask": FLASK,
    "starlette.applications.Starlette": STARLETTE,
}
_MAKERS: Final = ("Application", "FastAPI", "Flask", "Starlette")
_HARMLESS: Final = frozenset(
    {
        *("aiohttp", "aiohttp_cors", "aiohttp_jinja2", "flask", "flask_bcrypt", "flask_cors"),
        *("flask_marshmallow", "flask_migrate", "flask_sqlalchemy", "starlette"),
    }
)
"""Packages with a framework's name in theirs that keep nothing on a request."""

_OTHERS: Final = frozenset(
    {"django", "falcon", "fastapi", "flask", "litestar", "quart", "sanic", "scrapy", "starlette", "tornado"}
)
"""Packages whose requests take keys, too, or are called so."""

_REQUESTS: Final = frozenset({"req", "request"})
_SETTING: Final = frozenset({"setattr", "update", "setdefault", "__setitem__"})
_WORDS: Final = ("g", "request", "req", "state")


class Kept(msgspec.Struct, frozen=True):
    """A place where something is read or set."""

    framework: str
    key: str
    function: ProjectFunction
    form: Expression
    is_sure: bool = True
    """Whether this is a request for other reasons than its name."""


class RequestValues:
    """All of a project, code for tests left out."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._scopes, self._answering = project.view(Scopes), project.view(Answering)
        self._frameworks = frozenset(self._made())
        self.reads: list[Kept] = []
        self._sets: dict[tuple[str, str], list[ProjectFunction]] = {}
        self._open: set[str] = {each for each in self._frameworks if self._is_filled_from_outside(each)}
        for module in project.modules if self._frameworks else ():
            if not is_test(module.path) and not module.is_stub:
                self._read(module)

    def is_certain(self, read: Kept) -> bool:
        """Whether a request leads to a read of one, and nobody unseen may have set what is read."""
        if self.is_open(read.framework) or not self.is_run(read.function):
            return False
        return read.is_sure or bool(self.setting(read))

    def is_open(self, framework: str) -> bool:
        """Whether somebody may set what nobody sees."""
        return framework in self._open

    def setting(self, kept: Kept) -> tuple[ProjectFunction, ...]:
        """The functions that set what is read somewhere."""
        return tuple(self._sets.get((kept.framework, kept.key), ()))

    def is_run(self, function: ProjectFunction) -> bool:
        """Whether requests lead to a function, as far as can be seen."""
        return self._answering.answers(function) or self.is_used(function)

    def is_used(self, function: ProjectFunction) -> bool:
        """Whether anything speaks of a function, or of what it stands in, besides importing it."""
        called = (each.function for each in function.fact.decorators if isinstance(each, Call))
        if any(last_name(each) != "wraps" for each in called):
            return True  # `@app.middleware("http")`
        outermost = function.fact.qualname.partition("()")[0].partition(".")[0]
        around = next((each for each in function.module.functions if each.qualname == outermost), None)
        decorators = (*function.fact.decorators, *(around.decorators if around is not None else ()))
        if any(_registers(each) for each in decorators):
            return True
        return self._is_said(outermost) or self._is_said(function.fact.name)

    def _is_said(self, name: str) -> bool:
        said = re.compile(rf"(?<![\w\"']){re.escape(name)}(?!\w)")
        return any(said.search(line) for line in self._lines if name in line)

    @cached_property
    def _lines(self) -> tuple[str, ...]:
        """The lines of the project that neither import nor define."""
        return tuple(
            line
            for module in self._project.modules
            if not is_test(module.path)
            for line in _without_imports(self._project.text(module.path).text)
        )

    def _made(self) -> Iterator[str]:
        for module in self._project.modules:
            if is_test(module.path) or module.imported.isdisjoint(
                {"aiohttp", "fastapi", "flask", "starlette"}
            ):
                continue
            for scope, summary in self._project.view(Functions).bodies(
                module, "Application", "FastAPI", "Flask"
            ):
                for site in summary.calls:
                    found = self._scopes.resolve(module, scope, site.call.function)
                    if isinstance(found, External) and found.name in _APPLICATIONS:
                        yield _APPLICATIONS[found.name]

    def _is_filled_from_outside(self, framework: str) -> bool:
        """Whether a package may set something: an extension, a middleware from outside."""
        roots = {name.partition(".")[0] for name in self._project.imported}
        return any(framework in root for root in roots - _HARMLESS)

    def _read(self, module: Module) -> None:
        for function in self._project.view(Functions).all_of(module):
            speaks = module.mentions(function.fact, *_WORDS, *self._aliases(module))
            if not speaks and not function.fact.is_generator:
                continue
            statements = module.statements(function.fact)
            targets = {place(each) for form in walked(statements) for each in _targets(form)}
            expected = {place(form) for form in unexpected(statements)}
            texts = {form.value for form in walked(statements) if isinstance(form, Literal)}
            for form in walked(statements):
                self._note_calls(function, form)
                found = self._kept(function, form)
                if found is None or not isinstance(form, (Attribute, Subscript)):
                    continue
                if place(form) in targets:
                    self._sets.setdefault(found, []).append(function)
                elif place(form) in expected and (isinstance(form, Subscript) or found[1] not in texts):
                    is_sure = found[0] != AIOHTTP or self._has_request(function)
                    self.reads.append(Kept(*found, function, form, is_sure))

    def _aliases(self, module: Module) -> tuple[str, ...]:
        return tuple(fact.alias for fact in module.facts.imports if fact.name == "g")

    def _kept(self, function: ProjectFunction, form: Form) -> tuple[str, str] | None:
        """The framework and the key of a place where something is kept."""
        if isinstance(form, Subscript) and AIOHTTP in self._frameworks:
            return self._of_aiohttp(function, form)
        if not isinstance(form, Attribute) or form.attr.startswith("_"):
            return None
        if isinstance(form.value, Attribute) and form.value.attr == "state" and STARLETTE in self._frameworks:
            return (STARLETTE, form.attr) if last_name(form.value.value) in _REQUESTS else None
        if FLASK in self._frameworks and self._is_g(function, form.value):
            return (FLASK, form.attr) if form.attr not in _METHODS else None
        return None

    def _of_aiohttp(self, function: ProjectFunction, form: Subscript) -> tuple[str, str] | None:
        has_request = self._has_request(function)
        if last_name(form.value) not in _REQUESTS or not (self._is_only_aiohttp or has_request):
            return None
        key = text_of(self._project, function.module, function.scope, form.index)
        if key == UNSEEN:
            self._open |= {AIOHTTP} if has_request else set()
            return None
        return AIOHTTP, key

    def _has_request(self, function: ProjectFunction) -> bool:
        """Whether `request` is aiohttp's: in what answers, and in middleware."""
        if self._answering.answers(function) or "middleware" in function.decorators:
            return True
        return "aiohttp" in function.module.imported

    @cached_property
    def _is_only_aiohttp(self) -> bool:
        """Whether a request can be no other framework's."""
        return _OTHERS.isdisjoint(name.partition(".")[0] for name in self._project.imported)

    def _is_g(self, function: ProjectFunction, form: Expression) -> bool:
        if last_name(form) != "g" and not isinstance(form, Name):
            return False
        found = self._scopes.resolve(function.module, function.scope, form)
        return isinstance(found, External) and found.name in ("flask.g", "flask.globals.g")

    def _note_calls(self, function: ProjectFunction, form: Form) -> None:
        """What sets something by its name: `setattr(g, "user", user)`, a lifespan that yields a dict."""
        if isinstance(form, Yield) and isinstance(form.value, Mapping):
            for key in form.value.keys:
                if isinstance(key, Literal):
                    self._sets.setdefault((STARLETTE, str(key.value)), []).append(function)
        if isinstance(form, Subscript) and isinstance(form.index, Literal) and form.index.value == "state":
            self._open.add(STARLETTE)  # `scope["state"]["user"] = …`
        if not isinstance(form, Call) or last_name(form.function) not in _SETTING:
            return
        given = (form.function.value if isinstance(form.function, Attribute) else None, *form.arguments)
        for each in given[:2]:
            if each is None:
                continue
            if last_name(each) == "state":
                self._open.add(STARLETTE)
            elif last_name(each) in _REQUESTS:
                self._open.add(AIOHTTP)
            elif last_name(each) == "g":
                self._open.add(FLASK)


_METHODS: Final = frozenset({"get", "pop", "setdefault"})


def _targets(form: Form) -> tuple[Expression, ...]:
    """What a statement sets."""
    if isinstance(form, Assign):
        return () if form.operator else tuple(each for one in form.targets for each in (one, *_inside(one)))
    if isinstance(form, (Annotate, For)):
        return (form.target,)
    if isinstance(form, With):
        return tuple(item.target for item in form.items if item.target is not None)
    return ()


def _inside(target: Expression) -> tuple[Expression, ...]:
    """The targets in `g.user, g.role = …`."""
    return getattr(target, "items", ())


def _registers(decorator: Expression) -> bool:
    """`@app.before_request`; `@web.middleware` only marks."""
    named = decorator.function if isinstance(decorator, Call) else decorator
    return isinstance(named, Attribute) and last_name(named.value) != "web"


_IMPORT: Final = re.compile(
    r"^\s*(?:from\s+[\w.]+\s+import\s*\([^)]*\)|(?:from|import|def|async def|class)\b.*)", re.M
)


def _without_imports(text: str) -> list[str]:
    return _IMPORT.sub("", text).splitlines()
