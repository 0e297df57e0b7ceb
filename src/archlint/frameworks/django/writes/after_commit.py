"""Functions that run once a transaction is over: `transaction.on_commit(notify)`.

None is open then, whatever was around the call: each query is on its own, unless they begin another one.
https://docs.djangoproject.com/en/5.2/topics/db/transactions/#performing-actions-after-commit
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Call, Expression, Lambda, Name, last_name
from archlint.frameworks.django.urls.making import argument
from archlint.project.answer import Definition, External
from archlint.project.files.test_code import is_test
from archlint.project.functions import Functions, ProjectFunction, mentioning
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.project.project import Project

_AFTER = "on_commit"
_MAKER = "django.db.transaction.on_commit"


class AfterCommit:
    """Knows the functions that are handed to `on_commit()`, by their names, in lambdas and partials."""

    def __init__(self, project: Project) -> None:
        self._scopes = project.view(Scopes)
        self._functions = project.view(Functions)
        self._all = frozenset(self._handed(project))

    @classmethod
    def build(cls, project: Project) -> AfterCommit:
        """The view of a project."""
        return cls(project)

    def runs(self, function: ProjectFunction) -> bool:
        """Whether some code lets a function run after its transaction."""
        return function in self._all

    def _handed(self, project: Project) -> Iterator[ProjectFunction]:
        for module in project.modules:
            if is_test(module.path) or not module.speaks_of(_AFTER.encode()):
                continue
            for function in mentioning(module, _AFTER):
                for site in self._functions.summary(function).calls:
                    given = self._given(function, site.call)
                    found = self._named(function, given) if given is not None else None
                    if found is not None:
                        yield found

    def _given(self, function: ProjectFunction, call: Call) -> Expression | None:
        """What `on_commit()` is to call."""
        if last_name(call.function) != _AFTER:
            return None
        found = self._scopes.resolve(function.module, function.scope, call.function)
        if not isinstance(found, External) or found.name != _MAKER:
            return None
        given = argument(call, 0, "func")
        if isinstance(given, Lambda):
            given = given.body
        if not isinstance(given, Call):
            return given
        return argument(given, 0, "func") if last_name(given.function) == "partial" else given.function

    def _named(self, function: ProjectFunction, form: Expression) -> ProjectFunction | None:
        if not isinstance(form, (Name, Attribute)):
            return None
        found = self._scopes.resolve(function.module, function.scope, form)
        if not isinstance(found, Definition) or found.kind is not Kind.FUNCTION or found.member:
            return None
        return ProjectFunction(found.module, found.index)
