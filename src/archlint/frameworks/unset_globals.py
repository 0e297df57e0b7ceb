"""Names of modules that begin as None, and that whoever reads them finds so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Attribute, Call, Expression, Name, Subscript, says
from archlint.facts.forms import walked_here
from archlint.facts.statements import Declare
from archlint.frameworks.handlers import serves_requests
from archlint.frameworks.sqlalchemy.startup.asked_for import AskedFor, names_of
from archlint.project.files.test_code import is_test
from archlint.project.functions import Functions, ProjectFunction, mentioning
from archlint.project.imports.import_graph import ImportGraph
from archlint.project.symbols import Symbols
from archlint.project.words import Words

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project


class Unset(msgspec.Struct, frozen=True):
    """A use of a name that is None."""

    module: Module
    form: Expression
    name: str
    setter: ProjectFunction
    is_copied: bool
    """It was imported while it was None; else nothing ever sets it."""


def unset_globals(project: Project) -> Iterator[Unset | None]:
    """The uses of names that functions set later; None for names that are set in time, or may be."""
    if not serves_requests(project):
        return
    for module in project.modules:
        if is_test(module.path) or not module.speaks_of(b"global"):
            continue
        for name, setters in _set_later(project, module).items():
            found = [*_copied(project, module, name, setters), *_never_set(project, module, name, setters)]
            yield from found or (None,)


def _set_later(project: Project, module: Module) -> dict[str, list[ProjectFunction]]:
    """The names that begin as None, with the functions of the module that set them."""
    functions = project.view(Functions)
    body = functions.module_summary(module).bound
    found: dict[str, list[ProjectFunction]] = {}
    for function in mentioning(module, "global"):
        declared = {
            name
            for form in module.statements(function.fact)
            if isinstance(form, Declare) and form.kind == "global"
            for name in form.names
        }
        for name in declared & functions.summary(function).bound.keys():
            bound = body.get(name, [])
            if len(bound) == 1 and says(bound[0].value, None):
                found.setdefault(name, []).append(function)
    return found


def _copied(project: Project, home: Module, name: str, setters: list[ProjectFunction]) -> Iterator[Unset]:
    """The uses in modules that import a name as they are loaded, where only functions set it."""
    graph, symbols = project.view(ImportGraph), project.view(Symbols)
    if _is_set_early(project, home, name, setters):
        return
    for module in dict.fromkeys(edge.importer for edge in graph.importers_of(home)):
        if is_test(module.path) or all(edge.fact.deferred for edge in graph.importers_of(module)):
            continue  # it may be loaded when the name is set
        for fact in module.facts.imports:
            is_taken = fact.name == name and not (fact.deferred or fact.typing or fact.guarded)
            if is_taken and symbols.imported_module(module, fact) is home:
                yield from _uses(project, module, fact.alias, name, setters, is_copied=True)


def _never_set(project: Project, home: Module, name: str, setters: list[ProjectFunction]) -> Iterator[Unset]:
    """The uses in the module itself, where nothing runs the functions that set it."""
    asked = project.view(AskedFor)
    if _is_set_early(project, home, name, setters) or any(map(asked.is_asked_for, setters)):
        return
    yield from _uses(project, home, name, name, setters, is_copied=False)


def _is_set_early(project: Project, home: Module, name: str, setters: list[ProjectFunction]) -> bool:
    """Whether code that is run with its module sets the name, or some code sets it from outside."""
    outside = re.compile(rf"\.{re.escape(name)}\s*(?::[^=\n]*)?=(?!=)|setattr\(")
    names = {setter.fact.name for setter in setters}
    words = project.view(Words)
    return any(
        not names.isdisjoint(names_of(module.body))
        or (module is not home and outside.search(project.code(module.path)) is not None)
        for module in dict.fromkeys(each for word in (name, *names) for each in words.modules(word))
        if not is_test(module.path)
    )


def _uses(
    project: Project,
    module: Module,
    written: str,
    name: str,
    setters: list[ProjectFunction],
    *,
    is_copied: bool,
) -> Iterator[Unset]:
    """What functions ask of a name without asking whether it is there."""
    for function in mentioning(module, written):
        if function in setters or written in module.locals(function.fact):
            continue
        forms = list(walked_here(module.statements(function.fact)))
        spoken = sum(isinstance(form, Name) and form.id == written for form in forms)
        asked = [form for form in forms if _is_asked(form, written)]
        if asked and len(asked) == spoken:
            yield Unset(module, asked[0], name, setters[0], is_copied)  # type: ignore[arg-type]


def _is_asked(form: object, name: str) -> bool:
    """`name(…)`, `name.attribute`, `name[key]`."""
    of = (
        form.function
        if isinstance(form, Call)
        else form.value
        if isinstance(form, (Attribute, Subscript))
        else None
    )
    return isinstance(of, Name) and of.id == name
