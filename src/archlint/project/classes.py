"""The classes of the project, their bases and the order in which attributes are looked up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

from msgspec.structs import replace

from archlint.facts.bindings import Binding, Kind
from archlint.facts.definitions import ClassFact
from archlint.facts.expressions import Call, Expression
from archlint.project.answer import UNKNOWN, Answer, Definition, External, Unresolved
from archlint.project.memo import Memo
from archlint.project.module import Module
from archlint.project.scopes import Scopes, meant

if TYPE_CHECKING:
    from archlint.project.project import Project


class ProjectClass:
    """A class that the project defines. There is one object for each: it is asked for often."""

    __slots__ = ("fact", "index", "module")

    module: Module
    index: int
    fact: ClassFact
    """What the source says of it."""

    def __new__(cls, module: Module, index: int) -> ProjectClass:
        """The object for this class."""
        known = module.interned.get((cls, index))
        if known is None:
            known = module.interned[cls, index] = object.__new__(cls)
            known.module = module
            known.index = index
            known.fact = module.classes[index]
        return known

    def __repr__(self) -> str:
        return f"ProjectClass({self.name!r})"

    @property
    def name(self) -> str:
        """Its dotted name, with the module's in front."""
        return f"{self.module.name}.{self.fact.qualname}"


Ancestor: TypeAlias = ProjectClass | External | Unresolved
"""A class in a method resolution order. UNKNOWN stands for a base that cannot be resolved."""


class ClassHierarchy:
    """Bases, method resolution order and members of classes, as far as the source tells."""

    transparent = True

    def __init__(self, project: Project) -> None:
        self._scopes = project.view(Scopes)
        self._modules = project.modules
        self._orders = Memo(project.reads, self._order, circular=_of_itself)
        self._bases = Memo(project.reads, self._ancestors)
        self._heirs = Memo(project.reads, self._find_heirs)

    @classmethod
    def build(cls, project: Project) -> ClassHierarchy:
        """The classes of a project."""
        return cls(project)

    def classes(self) -> list[ProjectClass]:
        """Every class of the project."""
        return [ProjectClass(m, i) for m in self._modules for i in range(len(m.classes))]

    def of(self, answer: Answer) -> ProjectClass | None:
        """The class that a name stands for, nested classes (`Order.Meta`) too."""
        if not isinstance(answer, Definition):
            return None
        found = meant(answer)
        if found is None or found.kind is not Kind.CLASS:
            return None
        return ProjectClass(found.module, found.index)

    def bases(self, of: ProjectClass) -> tuple[Ancestor, ...]:
        """The direct bases, in order."""
        return self._bases(of)

    def order(self, of: ProjectClass) -> tuple[Ancestor, ...]:
        """The method resolution order, the class itself first; `object` is left out.

        Where the bases contradict each other, which Python refuses, they stand in the order in which
        they are met. A base that cannot be resolved is UNKNOWN, once, at its place.
        """
        return self._orders(of)

    def below(self, of: ProjectClass) -> Sequence[ProjectClass]:
        """The classes of the project that inherit from one, through others too."""
        return self._heirs(None).get(of, ())

    def is_subclass(self, of: ProjectClass, name: str) -> bool | None:
        """Whether a class is or inherits from the one of this dotted name; None if a base is unknown."""
        order = self.order(of)
        if any(not isinstance(ancestor, Unresolved) and ancestor.name == name for ancestor in order):
            return True
        return None if any(isinstance(ancestor, Unresolved) for ancestor in order) else False

    def subclasses(self, name: str) -> list[ProjectClass]:
        """The classes that surely inherit from the one of this dotted name, itself left out."""
        return [c for c in self.classes() if c.name != name and self.is_subclass(c, name)]

    def member(
        self, of: ProjectClass, name: str
    ) -> tuple[ProjectClass, Binding] | External | Unresolved | None:
        """Who gives a class the attribute `name`: a class body of the project, with its binding.

        External where a base outside the project may give it, UNKNOWN where nobody can tell, and None
        where no class of the order has it.
        """
        for ancestor in self.order(of):
            if isinstance(ancestor, Unresolved):
                return UNKNOWN
            if isinstance(ancestor, External):
                return replace(ancestor, name=f"{ancestor.name}.{name}")
            found = [m for m in ancestor.fact.members if m.name == name and m.kind is not Kind.DELETED]
            if found:
                return ancestor, found[-1]
        return None

    def _find_heirs(self, _: None) -> dict[ProjectClass, list[ProjectClass]]:
        below: dict[ProjectClass, list[ProjectClass]] = {}
        for cls in self.classes():
            for ancestor in self.order(cls)[1:] if cls.fact.bases else ():
                if isinstance(ancestor, ProjectClass):
                    below.setdefault(ancestor, []).append(cls)
        return below

    def _ancestors(self, of: ProjectClass) -> tuple[Ancestor, ...]:
        scope = of.fact.qualname.rpartition(".")[0]
        return tuple(self._ancestor(self._scopes.resolve(of.module, scope, base)) for base in of.fact.bases)

    def _order(self, of: ProjectClass) -> tuple[Ancestor, ...]:
        return (of, *merged([*map(self._order_of, self.bases(of)), self.bases(of)]))

    def _order_of(self, base: Ancestor) -> tuple[Ancestor, ...]:
        return self.order(base) if isinstance(base, ProjectClass) else (base,)

    def _ancestor(self, answer: Answer) -> Ancestor:
        if isinstance(answer, External):
            return answer
        return self.of(answer) or UNKNOWN


def _of_itself(of: ProjectClass) -> tuple[Ancestor, ...]:
    """The order of a class that inherits from itself."""
    return (of, UNKNOWN)


_OBJECT = External("builtins.object")


def merged(sequences: list[tuple[Ancestor, ...]]) -> list[Ancestor]:
    """The C3 merge of some orders, `object` left out."""
    merged: list[Ancestor] = []
    pending = [[a for a in sequence if a != _OBJECT] for sequence in sequences]
    while pending := [sequence for sequence in pending if sequence]:
        if len(pending) == 1:
            return [*merged, *dict.fromkeys(pending[0])]  # nearly always soon: most classes have one base
        heads = (sequence[0] for sequence in pending)
        head = next((h for h in heads if not any(h in sequence[1:] for sequence in pending)), pending[0][0])
        merged.append(head)
        pending = [[a for a in sequence if a != head] for sequence in pending]
    return merged


def class_itself(value: object) -> ProjectClass | None:
    """The class of the project that an answer or a value is, by its definition."""
    if isinstance(value, Definition) and value.kind is Kind.CLASS and not value.member:
        return ProjectClass(value.module, value.index)
    return None


def outside_decorator(scopes: Scopes, cls: ProjectClass, decorator: Expression) -> str:
    """The dotted name of a class's decorator from outside the project; empty for any other."""
    made = decorator.function if isinstance(decorator, Call) else decorator
    found = scopes.resolve(cls.module, cls.fact.qualname.rpartition(".")[0], made)
    return found.name if isinstance(found, External) else ""
