"""What is added to classes after their bodies: `User.orders = relationship(...)`, `setattr(User, ...)`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Call, Expression, Name
from archlint.facts.statements import Assign, If, Statement
from archlint.frameworks.orm import Place
from archlint.frameworks.sqlalchemy.mapping.body import Declared
from archlint.project.functions import ProjectFunction

if TYPE_CHECKING:
    from archlint.frameworks.sqlalchemy.candidates import Candidates
    from archlint.frameworks.sqlalchemy.made import Names
    from archlint.project.classes import ClassHierarchy, ProjectClass
    from archlint.project.functions import Functions
    from archlint.project.module import Module

_ADDED = (
    "Column",
    "association_proxy",
    "column_property",
    "composite",
    "deferred",
    "hybrid_property",
    "relationship",
    "synonym",
)


class LateAttributes:
    """The attributes that modules add to classes, and the classes to which code adds what nobody sees."""

    def __init__(
        self, candidates: Candidates, names: Names, hierarchy: ClassHierarchy, functions: Functions
    ) -> None:
        self._names = names
        self._hierarchy = hierarchy
        self._functions = functions
        self._added: dict[ProjectClass, list[Declared]] = {}
        self._opened: set[ProjectClass] = set()
        for module in candidates.mentioning_at_top(*_ADDED):
            for cls, declared in self._assigned(module, module.body, is_sure=True):
                self._added.setdefault(cls, []).append(declared)
        for module in candidates.mentioning("setattr", "add_property"):
            self._opened.update(self._written(module))

    def of(self, cls: ProjectClass) -> Iterable[Declared]:
        """What is added to a class."""
        return self._added.get(cls, ())

    def is_opened(self, cls: ProjectClass) -> bool:
        """Whether code adds attributes to a class whose names nobody can tell."""
        return cls in self._opened

    def _assigned(
        self, module: Module, statements: Iterable[Statement], *, is_sure: bool
    ) -> Iterator[tuple[ProjectClass, Declared]]:
        """What is assigned; of what a condition decides, no more than the name is known."""
        for statement in statements:
            if isinstance(statement, If):
                yield from self._assigned(module, (*statement.body, *statement.orelse), is_sure=False)
            if not isinstance(statement, Assign) or not isinstance(statement.value, Call):
                continue
            for target in statement.targets:
                cls = self._class(module, "", target.value) if isinstance(target, Attribute) else None
                if cls is not None and isinstance(target, Attribute):
                    column = max(target.column - len(target.attr), 0)
                    place = Place(module, target.line, column)
                    yield cls, Declared(target.attr, place, statement.value if is_sure else None)

    def _written(self, module: Module) -> Iterator[ProjectClass]:
        bodies = [("", self._functions.module_summary(module))]
        for index in range(len(module.functions)):
            function = ProjectFunction(module, index)
            blob = function.module.encoded(function.fact)
            if b"setattr" in blob or b"add_property" in blob:
                bodies.append((function.scope, self._functions.summary(function)))
        for scope, summary in bodies:
            for site in summary.calls:
                target = _receiver(site.call)
                cls = self._class(module, scope, target) if target is not None else None
                if cls is not None:
                    yield cls

    def _class(self, module: Module, scope: str, expression: Expression) -> ProjectClass | None:
        if not isinstance(expression, (Name, Attribute)):
            return None
        return self._hierarchy.of(self._names.resolve(module, scope, expression))


def _receiver(call: Call) -> Expression | None:
    """The class that `setattr(User, …)`, `User.__mapper__.add_property(…)` or `inspect(User)` speaks of."""
    function = call.function
    if isinstance(function, Name) and function.id == "setattr" and call.arguments:
        return call.arguments[0]
    if not isinstance(function, Attribute) or function.attr != "add_property":
        return None
    owner = function.value
    if isinstance(owner, Attribute) and owner.attr == "__mapper__":
        return owner.value
    return owner.arguments[0] if isinstance(owner, Call) and owner.arguments else None
