"""Attributes that a module reads of other modules: `search.blueprint` after `from shop import search`."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.bindings import Kind
from archlint.facts.expressions import (
    Attribute,
    Call,
    Collection,
    Comprehension,
    Conditional,
    Lambda,
    Name,
    dotted,
    last_name,
)
from archlint.facts.forms import names_in, parts, walked
from archlint.facts.statements import Assign, If, Try
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.imports.top_reads import Span
from archlint.project.module import Module
from archlint.project.scopes import Scopes
from archlint.project.symbols import Symbols

if TYPE_CHECKING:
    from archlint.facts.bindings import Binding
    from archlint.facts.definitions import FunctionFact
    from archlint.facts.expressions import Form
    from archlint.facts.statements import Handler
    from archlint.project.answer import Answer
    from archlint.project.project import Project

_ASKING = ("hasattr", "getattr")
_FORGIVING = ("AttributeError", "suppress")
_CATCHING = frozenset(
    {"", "AttributeError", "BaseException", "Exception", "ImportError", "ModuleNotFoundError", "NameError"}
)


class ModuleRead(msgspec.Struct, frozen=True):
    """One attribute of one module, where nothing expects that it is missing."""

    source: Module
    name: str
    span: Span


def module_reads(project: Project, module: Module) -> Iterator[ModuleRead]:
    """What a module reads of the modules that it imports whole."""
    names = _imported_whole(project, module)
    if names:
        yield from _Search(project, module, names).reads()


def _imported_whole(project: Project, module: Module) -> dict[str, Module]:
    """The names that stand for modules of the project wherever they are not bound anew."""
    symbols, found = project.view(Symbols), {}
    for fact in module.facts.imports:
        if not fact.alias or fact.typing or fact.guarded or fact.platform:
            continue
        target = symbols.imported(module, fact)
        if not isinstance(target, Module) or target.is_stub or target is module:
            continue
        bindings = module.bindings.get(fact.alias, ())
        if len(bindings) < 2 or all(_brings(symbols, module, each) is target for each in bindings):
            found[fact.alias] = target
    return found


def _brings(symbols: Symbols, module: Module, binding: Binding) -> Answer | None:
    """What an import binds: `import shop.orders` and `import shop.mails` both bind `shop`."""
    if binding.kind is not Kind.IMPORT:
        return None
    return symbols.imported(module, module.facts.imports[binding.index])


class _Search:
    def __init__(self, project: Project, module: Module, names: dict[str, Module]) -> None:
        self._module = module
        self._names = names
        self._bound_anew: Set[str] = frozenset()
        """What the function that is searched binds besides its imports: `query = query.Query()`."""

        self._functions = project.view(Functions)
        self._scopes = project.view(Scopes)
        self._symbols = project.view(Symbols)

    def reads(self) -> Iterator[ModuleRead]:
        """What is read in the body, in class bodies and in functions that expect no failure."""
        module = self._module
        yield from self._in("", module.body)
        for cls in module.classes:
            yield from self._in(cls.qualname, module.statements(cls))
        for index, fact in enumerate(module.functions):
            function = ProjectFunction(module, index)
            said = (*fact.decorators, *(each.default for each in fact.parameters if each.default is not None))
            yield from self._in(function.outer, said)
            if self._relies_on_names(fact):
                self._bound_anew = self._functions.summary(function).bound.keys()
                yield from self._in(function.scope, module.statements(fact))
                self._bound_anew = frozenset()

    def _relies_on_names(self, fact: FunctionFact) -> bool:
        """Whether a function speaks of the modules, and does not ask first what they have."""
        module = self._module
        if not module.mentions(fact, *self._names) or module.mentions(fact, *_FORGIVING):
            return False
        return not module.mentions(fact, *_ASKING) or self._names.keys().isdisjoint(
            _asked(module.statements(fact))
        )

    def _in(self, scope: str, forms: tuple[Form, ...]) -> Iterator[ModuleRead]:
        for form in forms:
            if _expects_failure(form):
                continue
            if isinstance(form, (Comprehension, Lambda)) and not _bound_by(form).isdisjoint(self._names):
                continue  # the name is its own
            if isinstance(form, Attribute):
                source = self._module_of(scope, form.value)
                if source is not None:
                    begin = _root(form)
                    yield ModuleRead(source, form.attr, (begin.line, begin.column, form.line, form.column))
            yield from self._in(scope, _read_by(form))

    def _module_of(self, scope: str, form: Form) -> Module | None:
        """The module that a name is, or a chain of them: `shop.orders`."""
        if isinstance(form, Name):
            known = self._names.get(form.id) if form.id not in self._bound_anew else None
            is_it = known is not None and self._scopes.name(self._module, scope, form.id) is known
            return known if is_it else None
        around = self._module_of(scope, form.value) if isinstance(form, Attribute) else None
        found = self._symbols.attribute(around, form.attr) if around and isinstance(form, Attribute) else None
        return found if isinstance(found, Module) else None


def _read_by(form: Form) -> tuple[Form, ...]:
    """What is read to do something; what is set is not."""
    if not isinstance(form, Assign) or form.operator:
        return parts(form)
    targets = (target.value if isinstance(target, Attribute) else target for target in form.targets)
    return (*targets, form.value)


def _expects_failure(form: Form) -> bool:
    """Whether what a form reads may be missing, and it knows."""
    if isinstance(form, Try):
        return any(_catches(handler) for handler in form.handlers)
    return isinstance(form, (If, Conditional)) and any(name in _ASKING for name in names_in([form.test]))


def _catches(handler: Handler) -> bool:
    """Whether a handler catches that an attribute is missing, or nobody can tell: `except ERRORS`."""
    caught = handler.type.items if isinstance(handler.type, Collection) else (handler.type,)
    names = [last_name(each) if each is not None else "" for each in caught]
    return any(name in _CATCHING or name.isupper() for name in names)


def _asked(forms: tuple[Form, ...]) -> set[str]:
    """The first names of what is asked for an attribute by `hasattr(ssl, "PROTOCOL_TLS")`."""
    calls = (form for form in walked(forms) if isinstance(form, Call) and last_name(form.function) in _ASKING)
    return {dotted(each).partition(".")[0] for call in calls for each in call.arguments[:1]}


def _root(form: Attribute) -> Name | Attribute:
    found: Form = form
    while isinstance(found, Attribute):
        found = found.value
    return found if isinstance(found, Name) else form


def _bound_by(form: Comprehension | Lambda) -> set[str]:
    if isinstance(form, Lambda):
        return set(form.parameters)
    return {each for generator in form.generators for each in names_in([generator.target])}
