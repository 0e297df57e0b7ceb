"""What the functions that a call may run take from it, where it is sure which these are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Final

import msgspec

from archlint.facts.bindings import UNBOUND, Kind
from archlint.facts.expressions import Attribute, Call, Expression, Name, dotted, last_name
from archlint.project.answer import Definition, External
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.functions import CUSTOMARY, Functions, ProjectFunction
from archlint.project.objects.called import called_function
from archlint.project.objects.constructors import Constructors
from archlint.project.objects.doubts import DOUBTING, doubted
from archlint.project.objects.makers import decorator_names
from archlint.project.objects.promises import Instance
from archlint.project.objects.values import Values
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.facts.definitions import Parameter
    from archlint.project.module import Module
    from archlint.project.project import Project

_KEEPING: Final = frozenset(
    {
        "abc.abstractmethod",
        "builtins.classmethod",
        "builtins.staticmethod",
        "contextlib.asynccontextmanager",
        "contextlib.contextmanager",
        "django.db.transaction.atomic",
        "functools.cache",
        "functools.lru_cache",
        "typing.final",
        "typing.no_type_check",
        "typing.override",
        "typing_extensions.override",
    }
)
"""Decorators that take what the function takes."""

_PROTOCOLS: Final = frozenset({"typing.Protocol", "typing_extensions.Protocol"})
_MADE_BEFORE: Final = frozenset({"__class_getitem__", "__init_subclass__", "__new__"})
_MANY: Final = 50
"""Heirs from which on nobody looks at each."""


class Taken(msgspec.Struct, frozen=True):
    """One function or class that a call may run, and what it takes there."""

    name: str
    parameters: Sequence[Parameter]
    module: Module
    line: int
    column: int
    is_bare: bool = False
    """A class that says nothing of it: others may give it a constructor."""


class TakenParameters:
    """Answers for calls in functions."""

    transparent = True

    def __init__(self, project: Project) -> None:
        self._project = project
        self._values = project.view(Values)
        self._scopes = project.view(Scopes)
        self._hierarchy = project.view(ClassHierarchy)
        self._constructors = project.view(Constructors)
        self._functions = project.view(Functions)

    @classmethod
    def build(cls, project: Project) -> TakenParameters:
        """The view of a project."""
        return cls(project)

    def by(self, caller: ProjectFunction, call: Call) -> tuple[Taken, ...]:
        """All that a call may run, the likeliest first; empty where nobody can tell."""
        if not _is_bound_once(caller.module, call.function, caller.module.locals(caller.fact)):
            return ()
        callee = self._values.callee(caller, call)
        if isinstance(callee, Definition) and callee.kind is Kind.CLASS and not callee.member:
            cls = ProjectClass(callee.module, callee.index)
            is_local = isinstance(call.function, Name) and call.function.id in caller.module.locals(
                caller.fact
            )
            return () if is_local and self._hierarchy.below(cls) else self._made(cls)
        function = called_function(callee)
        if function is None or not _is_named_so(caller.module, call.function, function):
            return ()
        if function.fact.owner < 0:
            return self._all([(function, 0)])
        if not isinstance(call.function, Attribute):
            return ()
        if self._is_doubted(caller, call.function.value):
            return ()
        receiver = self._values.of(caller, call.function.value)
        if isinstance(receiver, Instance) and isinstance(receiver.of, ProjectClass):
            return self._asked(caller, call.function, function, receiver.of)
        owner = None if isinstance(receiver, Instance) else self._hierarchy.of(receiver)
        if owner is None:
            return ()
        is_own = isinstance(call.function.value, Name) and call.function.value.id == caller.receiver
        if is_own and self._hierarchy.below(owner):
            return ()
        return self._all([(function, 1 if "classmethod" in function.decorators else 0)])

    def _is_doubted(self, caller: ProjectFunction, receiver: Expression) -> bool:
        """Whether the caller asks of which class something is: it may be of another than is promised."""
        is_asked = caller.module.mentions(caller.fact, *DOUBTING)
        return is_asked and dotted(receiver) in doubted(self._functions.summary(caller))

    def at_import(self, module: Module, scope: str, call: Call) -> tuple[Taken, ...]:
        """The same for a call that runs when a module is imported, of a function or a class."""
        if not _is_bound_once(module, call.function):
            return ()
        callee = self._scopes.resolve(module, scope, call.function)
        if not isinstance(callee, Definition) or callee.member:
            return ()
        if callee.kind is Kind.CLASS:
            return self._made(ProjectClass(callee.module, callee.index))
        function = called_function(callee)
        if function is None or function.fact.owner >= 0 or not _is_named_so(module, call.function, function):
            return ()
        return self._all([(function, 0)])

    def _made(self, cls: ProjectClass) -> tuple[Taken, ...]:
        """What a class takes; a name of a function's own may stand for an heir of it, too."""
        found = self._constructors.of(cls)
        if found is None:
            return ()
        says = found.method.fact if found.method is not None else cls.fact
        home = found.method.module if found.method is not None else cls.module
        is_bare = found.method is None and not found.parameters
        return (Taken(cls.fact.name, found.parameters, home, says.line, says.column, is_bare),)

    def _asked(
        self, caller: ProjectFunction, form: Attribute, function: ProjectFunction, cls: ProjectClass
    ) -> tuple[Taken, ...]:
        """What a method takes, for objects of a class and for those of its heirs."""
        heirs = self._hierarchy.below(cls)
        order = self._hierarchy.order(cls)
        if len(heirs) > _MANY or any(
            isinstance(each, External) and each.name in _PROTOCOLS for each in order
        ):
            return ()
        if isinstance(form.value, Call) and last_name(form.value.function) == "super":
            if form.value.arguments:
                return ()
            family = [ProjectClass(caller.module, caller.fact.owner), *heirs]
            if any(len(each.fact.bases) > 1 for each in family):
                return ()  # who is next depends on the others
            return self._all([(function, 1)])
        found = [(function, 1)]
        for each in heirs:
            member = self._hierarchy.member(each, form.attr)
            if not isinstance(member, tuple) or member[1].kind is not Kind.FUNCTION:
                return ()
            found.append((ProjectFunction(member[0].module, member[1].index), 1))
        if any(
            form.attr in each.fact.attributes for each in (*order, *heirs) if isinstance(each, ProjectClass)
        ):
            return ()  # an object may have another one
        return self._all(list(dict.fromkeys(found)))

    def _all(self, functions: list[tuple[ProjectFunction, int]]) -> tuple[Taken, ...]:
        """What some functions take, with how many given before the caller's; empty if one is not sure."""
        taken: list[Taken] = []
        for function, bound in functions:
            if not self._is_sure(function):
                return ()
            fact = function.fact
            before = 0 if "staticmethod" in function.decorators else bound
            first = fact.parameters[:before]
            if len(first) < before or any(each.kind not in ("positional", "normal") for each in first):
                return ()
            if first and first[0].name not in CUSTOMARY:
                return ()  # `zope.interface` has methods without `self`, and others are no methods in the end
            taken.append(Taken(fact.name, fact.parameters[before:], function.module, fact.line, fact.column))
        return tuple(taken)

    def _is_sure(self, function: ProjectFunction) -> bool:
        """Whether a function is what stands there: defined once, with decorators that change nothing."""
        module, fact = function.module, function.fact
        if module.is_stub or sum(each.qualname == fact.qualname for each in module.functions) != 1:
            return False
        if fact.owner >= 0 and not self._constructors.is_left_as_written(ProjectClass(module, fact.owner)):
            return False
        if fact.owner < 0 and not function.outer:
            bindings = [each for each in module.bindings.get(fact.name, ()) if each.kind not in UNBOUND]
            if len(bindings) != 1:
                return False
        return all(
            not _KEEPING.isdisjoint(decorator_names(self._project, module, function.outer, each))
            for each in fact.decorators
        )


def _is_bound_once(module: Module, form: Expression, own: Collection[str] = ()) -> bool:
    """Whether the first name of a chain is the module's, bound once, or a function's own."""
    while isinstance(form, Attribute):
        form = form.value
    if not isinstance(form, Name) or form.id in own:
        return True
    bindings = module.bindings.get(form.id, ())
    return sum(each.kind not in UNBOUND and not each.typing for each in bindings) <= 1


def _is_named_so(module: Module, form: Expression, function: ProjectFunction) -> bool:
    """Whether a function is called by its name, or by that of an import.

    `log = partial(_log, True)` takes less.
    """
    name = function.fact.name
    if name in _MADE_BEFORE:
        return False
    imports = module.facts.imports
    return last_name(form) == name or any(
        isinstance(form, Name) and fact.alias == form.id and fact.name == name for fact in imports
    )
