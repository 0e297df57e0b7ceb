"""Which permission classes a view of REST framework asks for.

https://www.django-rest-framework.org/api-guide/permissions/#setting-the-permission-policy
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Call, Collection, Expression, Name, Operation
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.django.settings.modules import Settings
from archlint.frameworks.django.settings.values import Listing, Scalar, Table
from archlint.frameworks.django.urls.making import Making
from archlint.frameworks.drf.view_classes import ViewClasses
from archlint.project.answer import Definition, External
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.files.test_code import is_test
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.module import Module
from archlint.project.scopes import Scopes
from archlint.project.symbols import Symbols

if TYPE_CHECKING:
    from archlint.project.project import Project

_API_VIEW = "rest_framework.decorators.api_view"
_PERMISSIONS = "rest_framework.decorators.permission_classes"
_BY_DEFAULT = "rest_framework.permissions.AllowAny"
_DEEPEST = 4
"""Names that stand for names."""

IsWanted = Callable[[str], bool]
"""Whether a permission class, by its dotted name, is one that is asked for."""


class Guarded(msgspec.Struct, frozen=True):
    """A view, and whether what is wanted guards it; None where nobody can tell."""

    view: ProjectClass | ProjectFunction
    by: bool | None


class Permissions:
    """Answers for every view of a project."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._scopes, self._functions = project.view(Scopes), project.view(Functions)
        self._hierarchy, self._values = project.view(ClassHierarchy), project.view(ClassValues)
        self._making = project.view(Making)

    @classmethod
    def build(cls, project: Project) -> Permissions:
        """The view of a project."""
        return cls(project)

    def guarded(self, is_wanted: IsWanted) -> Iterator[Guarded]:
        """Every view, in the order of the files; those of tests and bases of other views are left out."""
        default = self._default(is_wanted)
        for module in self._project.modules:
            if is_test(module.path) or module.is_stub:
                continue
            if any(fact.module.startswith("rest_framework") for fact in module.facts.imports):
                yield from self._functions_of(module, default, is_wanted)
        yield from self._classes(default, is_wanted)

    def _functions_of(self, module: Module, default: bool | None, is_wanted: IsWanted) -> Iterator[Guarded]:
        for index, fact in enumerate(module.functions):
            function = ProjectFunction(module, index)
            given: Expression | None = None
            is_view = False
            for decorator in (each for each in fact.decorators if isinstance(each, Call)):
                name = self._making.external(module, function.outer, decorator.function)
                is_view = is_view or name == _API_VIEW
                if name == _PERMISSIONS and decorator.arguments:
                    given = decorator.arguments[0]
            if is_view:
                by = default if given is None else self._given(module, function.outer, given, is_wanted)
                yield Guarded(function, by)

    def _classes(self, default: bool | None, is_wanted: IsWanted) -> Iterator[Guarded]:
        views = self._project.view(ViewClasses)
        found = [cls for cls in self._hierarchy.classes() if views.of(cls) is not None]
        bases = {above for cls in found for above in self._hierarchy.order(cls)[1:]}
        for cls in found:
            if cls not in bases and not is_test(cls.module.path):
                yield Guarded(cls, self._of_class(cls, default, is_wanted))

    def _of_class(self, cls: ProjectClass, default: bool | None, is_wanted: IsWanted) -> bool | None:
        if any(self._values.of(cls, name) is not None for name in ("get_permissions", "check_permissions")):
            return None
        found = self._values.of(cls, "permission_classes")
        if found is None:
            return default
        if found.value is None:
            return None
        return self._given(found.holder.module, found.holder.fact.qualname, found.value, is_wanted)

    def _given(
        self, module: Module, scope: str, value: Expression, is_wanted: IsWanted, depth: int = _DEEPEST
    ) -> bool | None:
        """Whether a list of permission classes, all of which have to agree, has one that is wanted."""
        if isinstance(value, Collection):
            each = [self._one(module, scope, item, is_wanted) for item in value.items]
            return True if True in each else (None if None in each else False)
        if isinstance(value, (Name, Attribute)) and depth:
            found = self._scopes.resolve(module, scope, value)
            if isinstance(found, Definition) and found.kind is Kind.VALUE and not found.member:
                bound = self._functions.module_summary(found.module).bound.get(found.qualname, ())
                if len(bound) == 1 and bound[0].how == "assign":
                    return self._given(found.module, "", bound[0].value, is_wanted, depth - 1)
        return None

    def _one(self, module: Module, scope: str, item: Expression, is_wanted: IsWanted) -> bool | None:
        """`IsOwner & IsAdmin` has both, `IsOwner | IsAdmin` only what is on both sides."""
        if isinstance(item, Operation) and item.operator in ("&", "|"):
            each = [self._one(module, scope, part, is_wanted) for part in item.operands]
            decisive = item.operator == "&"
            return decisive if decisive in each else (None if None in each else not decisive)
        if not isinstance(item, (Name, Attribute)):
            return None
        found = self._scopes.resolve(module, scope, item)
        if isinstance(found, External):
            return is_wanted(found.name)
        cls = self._hierarchy.of(found) if isinstance(found, Definition) else None
        return None if cls is None else self._is_one(cls, is_wanted)

    def _is_one(self, cls: ProjectClass, is_wanted: IsWanted) -> bool | None:
        order = self._hierarchy.order(cls)
        known = [each.name for each in order if isinstance(each, (ProjectClass, External))]
        if any(is_wanted(name) for name in known):
            return True
        return False if len(known) == len(order) else None

    def _default(self, is_wanted: IsWanted) -> bool | None:
        """Whether the settings guard every view that says nothing."""
        answers = {self._of_settings(table, is_wanted) for table in self._tables()}
        return answers.pop() if len(answers) == 1 else None

    def _tables(self) -> Iterator[Table | None]:
        settings = self._project.view(Settings)
        real = [one for one in settings.final if not is_test(one.module.path)]
        for one in real:
            value = one.get("REST_FRAMEWORK")
            yield value if isinstance(value, Table) and not value.is_open else None

    def _of_settings(self, table: Table | None, is_wanted: IsWanted) -> bool | None:
        if table is None:
            return None
        listed = table.get("DEFAULT_PERMISSION_CLASSES")
        if listed is None:
            return is_wanted(_BY_DEFAULT)
        if not isinstance(listed, Listing) or listed.is_open:
            return None
        symbols = self._project.view(Symbols)
        each: list[bool | None] = []
        for item in listed.items:
            if not isinstance(item, Scalar):
                return None
            found = symbols.resolve(str(item.value), item.place.module)
            cls = self._hierarchy.of(found) if isinstance(found, Definition) else None
            each.append(is_wanted(str(item.value)) if cls is None else self._is_one(cls, is_wanted))
        return True if True in each else (None if None in each else False)
