"""The functions of the project, with the summaries of what they do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.facts.definitions import ClassFact, FunctionFact, Parameter
from archlint.facts.expressions import (
    Attribute,
    Call,
    Expression,
    Form,
    Keyword,
    Literal,
    Name,
    last_name,
    says,
)
from archlint.facts.forms import parts
from archlint.project.memo import Memo
from archlint.project.module import Module
from archlint.project.summaries import Summary, summarize

if TYPE_CHECKING:
    from archlint.project.project import Project


_OF_ANOTHER_KIND = frozenset({"dict", "data", "value", "values", "kwargs"})
"""What nobody calls the object that a method is of: such a function is static without saying so."""

CUSTOMARY = frozenset({"self", "cls", "_self", "_cls", "klass", "mcs", "metacls", "this"})
"""What everybody calls it, whatever the annotation."""


_HANDING_ON = frozenset(
    {"abstractmethod", "atomic", "cache", "cached_property", "classmethod", "fixture", "login_required"}
    | {"lru_cache", "override", "permission_required", "property", "shared_task", "staticmethod", "task"}
)


class ProjectFunction:
    """A function or method that the project defines. There is one object for each: it is asked for often."""

    __slots__ = ("fact", "index", "module")

    module: Module
    index: int
    fact: FunctionFact
    """What the source says of it."""

    def __new__(cls, module: Module, index: int) -> ProjectFunction:
        """The object for this function."""
        known = module.interned.get((cls, index))
        if known is None:
            known = module.interned[cls, index] = object.__new__(cls)
            known.module = module
            known.index = index
            known.fact = module.functions[index]
        return known

    def __repr__(self) -> str:
        return f"ProjectFunction({self.name!r})"

    @property
    def name(self) -> str:
        """Its dotted name, with the module's in front."""
        return f"{self.module.name}.{self.fact.qualname}"

    @property
    def scope(self) -> str:
        """The scope of its body, as `Import.scope` writes it."""
        return f"{self.fact.qualname}()"

    @property
    def outer(self) -> str:
        """The scope it is defined in, and its signature is written in; empty at module level."""
        return self.fact.qualname.rpartition(".")[0]

    @property
    def receiver(self) -> str:
        """The parameter that takes the instance or the class; empty for plain and static functions."""
        fact = self.fact
        if fact.owner < 0 or not fact.parameters or "staticmethod" in self.decorators:
            return ""
        first = fact.parameters[0]
        if first.name in CUSTOMARY or "classmethod" in self.decorators:
            return first.name
        if first.name in _OF_ANOTHER_KIND:
            return ""
        if not fact.decorators and self._others_say_self():
            return ""
        own = self.module.classes[fact.owner].name
        return first.name if first.annotation is None or _may_be(first.annotation, own) else ""

    @property
    def left_to_callers(self) -> tuple[Parameter, ...]:
        """The parameters that are left for those who call it on an object: all but the receiver."""
        return self.fact.parameters[bool(self.receiver) :]

    def _others_say_self(self) -> bool:
        """Whether other methods of the class say `self`: one that does not is called on the class."""
        members = self.module.classes[self.fact.owner].members
        others = (self.module.functions[m.index] for m in members if m.kind is Kind.FUNCTION)
        return any(other.parameters and other.parameters[0].name == "self" for other in others)

    @property
    def is_task_of_its_own(self) -> bool:
        """Whether a decorator passes the task first, as Celery's do: `@shared_task(bind=True)`."""
        return any(
            isinstance(decorator, Call) and any(_says_bind(keyword) for keyword in decorator.keywords)
            for decorator in self.fact.decorators
        )

    @property
    def is_handed_on(self) -> bool:
        """Whether its decorators hand on what it takes and gives.

        Others may take keywords away, and make a response of a dict.
        """
        return _HANDING_ON.issuperset(self.decorators)

    @property
    def decorators(self) -> tuple[str, ...]:
        """The last names of its decorators: `property`, `cached_property`, `get`."""
        decorators = self.fact.decorators
        return tuple([_last_name(decorator) for decorator in decorators]) if decorators else ()


def mentioning(module: Module, *names: str) -> list[ProjectFunction]:
    """The functions of a module in whose bodies one of some names stands; see `Module.mentions`."""
    return [ProjectFunction(module, index) for index in module.mentioning(*names)]


class Functions:
    """Every function of the project, and its summary, made once when it is asked for."""

    transparent = True

    def __init__(self, project: Project) -> None:
        self._modules = project.modules
        self._summary = Memo(project.reads, _summary)
        self._module_summary = Memo(project.reads, _module_summary)

    @classmethod
    def build(cls, project: Project) -> Functions:
        """The functions of a project."""
        return cls(project)

    def all(self) -> list[ProjectFunction]:
        """Every function, in the order of paths and lines."""
        return [ProjectFunction(m, i) for m in self._modules for i in range(len(m.functions))]

    def all_of(self, module: Module) -> list[ProjectFunction]:
        """The functions of one module, in the order of lines."""
        return [ProjectFunction(module, i) for i in range(len(module.functions))]

    def bodies(self, module: Module, *names: str) -> Iterator[tuple[str, Summary]]:
        """What a module does when it is imported, and its functions that mention some names; by scope."""
        yield "", self.module_summary(module)
        for function in mentioning(module, *names):
            yield function.scope, self.summary(function)

    def summary(self, of: ProjectFunction) -> Summary:
        """What a function does."""
        return self._summary(of)

    def module_summary(self, of: Module) -> Summary:
        """What a module does when it is imported, class and function bodies left out."""
        return self._module_summary(of)

    def class_summary(self, module: Module, of: ClassFact) -> Summary:
        """What a class body does when the class is made. Not kept: it is rarely asked for twice."""
        return summarize(module.statements(of))


def _summary(of: ProjectFunction) -> Summary:
    return summarize(of.module.statements(of.fact))


def _module_summary(of: Module) -> Summary:
    return summarize(of.body)


def _last_name(decorator: Expression) -> str:
    if isinstance(decorator, Call):
        return _last_name(decorator.function)
    if isinstance(decorator, Attribute):
        return decorator.attr
    return decorator.id if isinstance(decorator, Name) else ""


def _may_be(annotation: Form, cls: str) -> bool:
    """Whether an annotation speaks of a class, or of whatever a method is of."""
    if isinstance(annotation, Literal):
        return isinstance(annotation.value, str) and any(word in annotation.value for word in (cls, "Self"))
    name = last_name(annotation)
    return name in (cls, "Self") or any(_may_be(part, cls) for part in parts(annotation))


def _says_bind(keyword: Keyword) -> bool:
    return keyword.name == "bind" and says(keyword.value, True)
