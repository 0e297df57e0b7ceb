"""Which models the admin shows at all, with a class of their own or without."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeGuard

from archlint.facts.expressions import Call, Expression, Literal, last_name
from archlint.frameworks.django.models.registered import DjangoModels
from archlint.frameworks.django.urls.making import items
from archlint.project.functions import Functions

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project

_ADMIN = "django.contrib.admin"
_REGISTER = "register"


class Registrations:
    """Every model that any site of a project is told to show."""

    def __init__(self, project: Project) -> None:
        self._functions = project.view(Functions)
        self._references = project.view(DjangoModels).references
        self._shown: set[str] = set()
        self._is_open = any(_takes_over(project, module) for module in project.modules)
        """Whether some registration names a model that nobody sees: in a loop, in a helper, elsewhere."""

        for module in project.modules:
            if _reaches_admin(module):
                for scope, given in self._named(module):
                    self._take(module, scope, given)

    @classmethod
    def build(cls, project: Project) -> Registrations:
        """The view of a project."""
        return cls(project)

    def lack(self, key: str) -> bool:
        """Whether a model is surely shown by nobody."""
        return not self._is_open and key not in self._shown

    def _named(self, module: Module) -> Iterator[tuple[str, Expression]]:
        """What is given to whatever is called as if it registered something, and in which scope."""
        for fact in module.classes:
            for call in filter(_registers, fact.decorators):
                yield from (("", given) for given in call.arguments)
        for scope, summary in self._functions.bodies(module, _REGISTER):
            for call in filter(_registers, (site.call for site in summary.calls)):
                yield from ((scope, given) for given in call.arguments[:1])

    def _take(self, module: Module, scope: str, given: Expression) -> None:
        if isinstance(given, Literal):
            return  # what a router or a library of tags registers
        for one in items(given) or (given,):
            key = self._references.expression(None, one, module, scope).key
            self._shown.add(key)
            self._is_open = self._is_open or not key


def _registers(form: Expression) -> TypeGuard[Call]:
    return isinstance(form, Call) and _REGISTER in last_name(form.function).lower()


def _reaches_admin(module: Module) -> bool:
    """Whether a module has Django's admin at hand, or a site that another one made."""
    last = module.name.rpartition(".")[2]
    return last == "admin" or any(
        fact.module.startswith(_ADMIN)
        or (fact.module, fact.name) == ("django.contrib", "admin")
        or "site" in fact.name
        for fact in module.facts.imports
    )


def _takes_over(project: Project, module: Module) -> bool:
    """Whether a module may register what the admin module of some package does."""
    return any(
        fact.module.endswith(".admin")
        and not fact.module.startswith("django.contrib.")
        and fact.module not in project.by_name
        for fact in module.facts.imports
    )
