"""Attributes that a module reads of other modules: `search.blueprint` after `from shop import search`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Comprehension, Lambda, Name
from archlint.facts.statements import Try
from archlint.project.functions import ProjectFunction
from archlint.project.module import Module
from archlint.project.scopes import Scopes
from archlint.project.summaries import parts
from archlint.project.symbols import Symbols
from archlint.project.top_reads import Span

if TYPE_CHECKING:
    from archlint.facts.expressions import Form
    from archlint.project.project import Project

_EXPECTING = ("hasattr", "getattr", "AttributeError", "suppress")


@dataclass(frozen=True, slots=True)
class ModuleRead:
    """One attribute of one module, where nothing expects that it is missing."""

    source: Module
    name: str
    span: Span


def module_reads(project: Project, module: Module) -> Iterator[ModuleRead]:
    """What a module reads of the modules that it imports whole."""
    names = _imported_whole(project, module)
    if not names:
        return
    scopes = project.view(Scopes)
    yield from _in(scopes, module, "", module.body, names)
    for cls in module.classes:
        yield from _in(scopes, module, cls.qualname, module.statements(cls), names)
    for index, fact in enumerate(module.functions):
        function = ProjectFunction(module, index)
        said = (*fact.decorators, *(each.default for each in fact.parameters if each.default is not None))
        yield from _in(scopes, module, function.outer, said, names)
        if module.mentions(fact, *names) and not module.mentions(fact, *_EXPECTING):
            yield from _in(scopes, module, function.scope, module.statements(fact), names)


def _imported_whole(project: Project, module: Module) -> dict[str, Module]:
    """The names that stand for modules of the project wherever they are not bound anew."""
    symbols, found = project.view(Symbols), {}
    for fact in module.facts.imports:
        if (
            not fact.alias
            or fact.typing
            or fact.guarded
            or fact.platform
            or len(module.bindings.get(fact.alias, ())) > 1
        ):
            continue
        if not fact.name and "." in fact.module and fact.alias == fact.module.partition(".")[0]:
            continue
        target = symbols.imported(module, fact)
        if isinstance(target, Module) and not target.is_stub and target is not module:
            found[fact.alias] = target
    return found


def _in(
    scopes: Scopes, module: Module, scope: str, forms: tuple[Form, ...], names: dict[str, Module]
) -> Iterator[ModuleRead]:
    for form in forms:
        if isinstance(form, Try):
            continue  # it may expect the failure
        if isinstance(form, (Comprehension, Lambda)) and not _bound_by(form).isdisjoint(names):
            continue  # the name is its own
        if isinstance(form, Attribute) and isinstance(form.value, Name) and form.value.id in names:
            if scopes.name(module, scope, form.value.id) is names[form.value.id]:
                begin = form.value
                yield ModuleRead(
                    names[begin.id], form.attr, (begin.line, begin.column, form.line, form.column)
                )
            continue
        yield from _in(scopes, module, scope, parts(form), names)


def _bound_by(form: Comprehension | Lambda) -> set[str]:
    if isinstance(form, Lambda):
        return set(form.parameters)
    return {each for generator in form.generators for each in _names(generator.target)}


def _names(form: Form) -> Iterator[str]:
    if isinstance(form, Name):
        yield form.id
    for part in parts(form):
        yield from _names(part)
