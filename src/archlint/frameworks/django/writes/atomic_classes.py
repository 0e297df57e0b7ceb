"""Classes whose methods the framework calls inside of a transaction, that something else has opened.

https://docs.djangoproject.com/en/5.2/topics/class-based-views/intro/#decorating-the-class
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import Call, Expression, Form, last_name
from archlint.facts.forms import parts
from archlint.facts.statements import With
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.django.writes.transactions import Transactions
from archlint.project.answer import External
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.functions import ProjectFunction

if TYPE_CHECKING:
    from archlint.project.project import Project

_ENTERING = frozenset({"dispatch", "as_view", "__call__", "initialize_request"})
"""Methods through which a request comes to the others."""

_USERS = frozenset({"serializer_class", "form_class", "form"})
_LEADING = _ENTERING | {
    "get",
    "post",
    "put",
    "patch",
    "create",
    "update",
    "form_valid",
    "perform_create",
    "perform_update",
}
"""Methods of views that lead to the saving of a form or serializer."""


class AtomicClasses:
    """Answers for methods, by the classes that they stand in and those that use them."""

    def __init__(self, project: Project) -> None:
        self._hierarchy = project.view(ClassHierarchy)
        self._transactions = project.view(Transactions)
        self._users: dict[str, list[ProjectClass]] = {}
        values = project.view(ClassValues)
        for module in project.modules:
            for index, fact in enumerate(module.classes):
                if not any(member.name in _USERS for member in fact.members):
                    continue
                cls = ProjectClass(module, index)
                for name, value in values.values(cls).items():
                    if name in _USERS and last_name(value):
                        self._users.setdefault(last_name(value), []).append(cls)

    @classmethod
    def build(cls, project: Project) -> AtomicClasses:
        """The view of a project."""
        return cls(project)

    def of(self, function: ProjectFunction) -> bool:
        """Whether a method may run in a transaction of its class, or of one that uses its class."""
        if function.fact.owner < 0:
            return False
        cls = ProjectClass(function.module, function.fact.owner)
        if self._opens(cls, _ENTERING):
            return True
        return any(self._is_admin(user) or self._opens(user, _LEADING) for user in self._users_of(cls))

    def _users_of(self, cls: ProjectClass) -> list[ProjectClass]:
        return self._users.get(cls.fact.name, [])

    def _is_admin(self, cls: ProjectClass) -> bool:
        order = self._hierarchy.order(cls)
        return any(
            isinstance(one, External) and one.name.startswith("django.contrib.admin.") for one in order
        )

    def _opens(self, cls: ProjectClass, names: frozenset[str]) -> bool:
        for one in self._hierarchy.order(cls):
            if not isinstance(one, ProjectClass):
                continue
            if any(self._transactions.is_atomic(one.module, each) for each in one.fact.decorators):
                return True
            for member in one.fact.members:
                if member.name in names and member.index >= 0 and self._is_atomic(one, member.index):
                    return True
        return False

    def _is_atomic(self, cls: ProjectClass, index: int) -> bool:
        function = ProjectFunction(cls.module, index)
        if self._transactions.wraps(function):
            return True
        return any(map(_opens, cls.module.statements(function.fact)))


def _opens(form: Form) -> bool:
    if isinstance(form, With) and any(_is_atomic(item.context) for item in form.items):
        return True
    return any(map(_opens, parts(form)))


def _is_atomic(form: Expression) -> bool:
    return last_name(form.function if isinstance(form, Call) else form) == "atomic"
