"""Uses of what a class has from its bases, or does otherwise than they do, by the names of all of them.

`orders.find()` is one of `app.OrderRepository.find` although only `app.Repository` defines it, and
`mail.send()` is one of `app.Port.send` although the class of `mail` has a `send` of its own. So is what a
property gives, and what a method keeps in `self`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeGuard

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute
from archlint.project.answer import Definition, External, Unresolved
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.functions import Functions
from archlint.project.objects.attribute_writes import in_methods
from archlint.project.objects.promises import Instance
from archlint.project.objects.uses import Mention, Use, Uses
from archlint.project.objects.values import Values
from archlint.project.patterns import matches_name
from archlint.project.scopes import Scopes
from archlint.project.spans import name_span

if TYPE_CHECKING:
    from archlint.project.classes import Ancestor
    from archlint.project.module import Module
    from archlint.project.objects.use_chains import UsesByModule
    from archlint.project.project import Project

_ANY = "*"


class InheritedUses:
    """The uses that somebody tells of, and those of some symbols by the other names of a class."""

    def __init__(self, project: Project, told: UsesByModule, symbols: Iterable[str]) -> None:
        self._told = told
        self._uses = project.view(Uses)
        self._values = project.view(Values)
        self._scopes = project.view(Scopes)
        self._functions = project.view(Functions)
        self._hierarchy = project.view(ClassHierarchy)
        own = {module.name.partition(".")[0] for module in project.modules}
        self._symbols = tuple(each for each in symbols if _may_be_inherited(each, own))
        self._last = {each.rpartition(".")[2] for each in self._symbols}
        self._known: dict[tuple[ProjectClass, str], External | Definition | None] = {}

    def of(self, module: Module) -> tuple[Use, ...]:
        """The uses of a module, in no particular order; of one place there may be several."""
        return (*self._told.of(module), *self._inherited(module))

    def _inherited(self, module: Module) -> Iterator[Use]:
        for mention in self._uses.mentions(module) if self._symbols else ():
            function, how, form, _ = mention
            span = name_span(form)
            if span is None or not isinstance(form, Attribute) or not self._is_asked_for(form.attr):
                continue
            cls = self._receiver(module, mention, form)
            answer = self._meant(cls, form.attr) if cls is not None else None
            if answer is not None:
                yield Use(module, function, how, answer.name, form.attr, span, form, answer)

    def _is_asked_for(self, attr: str) -> bool:
        return attr in self._last or any(_ANY in each for each in self._last)

    def _receiver(self, module: Module, mention: Mention, form: Attribute) -> ProjectClass | None:
        """The class of the project that is asked, itself or one of its objects."""
        function, _, _, scope = mention
        if function is not None:
            value = self._values.of(function, form.value)
        else:
            value = self._scopes.resolve(module, scope, form.value)
        if isinstance(value, Definition) and value.kind is Kind.VALUE:
            value = self._values.held(value)
        if isinstance(value, Instance):
            return value.of if isinstance(value.of, ProjectClass) else None
        return self._hierarchy.of(value)

    def _meant(self, cls: ProjectClass, attr: str) -> External | Definition | None:
        """What an attribute of a class is one of, by the nearest class of which a symbol speaks."""
        key = cls, attr
        if key not in self._known:
            having = (each for each in self._hierarchy.order(cls) if self._has(each, attr))
            wanted = (each for each in having if self._is_wanted(f"{each.name}.{attr}"))
            self._known[key] = next((_member(each, attr) for each in wanted), None)
        return self._known[key]

    def _is_wanted(self, name: str) -> bool:
        return any(matches_name(name, each) for each in self._symbols)

    def _has(self, ancestor: Ancestor, attr: str) -> TypeGuard[ProjectClass | External]:
        """Of a class from outside only those say what it has who write down the very name."""
        if isinstance(ancestor, Unresolved):
            return False
        if isinstance(ancestor, External):
            return attr in self._last
        if isinstance(self._hierarchy.member(ancestor, attr), tuple):
            return True
        return any(True for _ in in_methods(self._functions, self._hierarchy, ancestor, attr))


def _member(of: ProjectClass | External, attr: str) -> External | Definition:
    if isinstance(of, External):
        return External(f"{of.name}.{attr}")
    return Definition(of.module, Kind.CLASS, of.fact.qualname, of.index, of.fact.line, attr)


def _may_be_inherited(symbol: str, own: set[str]) -> bool:
    """Whether a symbol may name what a class of the project has, or by its very name what it overrides."""
    owner, _, last = symbol.rpartition(".")
    is_ours = _ANY in owner or owner.partition(".")[0] in own
    return is_ours or (_ANY not in last and owner.rpartition(".")[2][:1].isupper())
