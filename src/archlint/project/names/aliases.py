"""What a name of a module stands for that only gives another name to a class or function elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Name
from archlint.project.answer import UNKNOWN, Answer, Definition, External
from archlint.project.functions import Functions
from archlint.project.module import Module
from archlint.project.scopes import Scopes
from archlint.project.symbols import Symbols

if TYPE_CHECKING:
    from archlint.project.project import Project


def meant(project: Project, answer: Answer) -> Answer:
    """The class, function or module behind `Orders = repositories.OrderRepository`; else what was asked for.

    What is asked of such a name is asked of what it stands for: `facade.orders.find`.
    """
    if isinstance(answer, Definition) and answer.member:
        own = replace(answer, member="")
        found = meant(project, own)
        return answer if found == own else _asked(project, found, answer.member)
    found, seen = answer, {answer}
    while isinstance(found, Definition) and not found.member:
        if found.kind in (Kind.CLASS, Kind.FUNCTION):
            return found
        found = _next(project, found.module, found.qualname)
        if isinstance(found, (Module, External)):
            return found
        if found in seen:
            break
        seen.add(found)
    return answer


def _asked(project: Project, of: Answer, member: str) -> Answer:
    for name in member.split("."):
        of = project.view(Symbols).attribute(of, name)
    return of


def is_alias(project: Project, module: Module, name: str) -> bool:
    """Whether a name of a module only gives another name to something elsewhere."""
    binding = module.binds(name)
    if binding is None or binding.kind is not Kind.VALUE:
        return False
    own = Definition(module, binding.kind, name, binding.index, binding.line)
    return meant(project, own) != own


def _next(project: Project, module: Module, name: str) -> Answer:
    """What one assignment says, where there is but one and it is of a plain name."""
    bound = project.view(Functions).module_summary(module).bound.get(name, ())
    if len(bound) != 1 or bound[0].how != "assign" or not isinstance(bound[0].value, (Name, Attribute)):
        return UNKNOWN
    return project.view(Scopes).resolve(module, "", bound[0].value)
