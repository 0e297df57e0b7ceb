"""Methods that a class inherits and that work on what it sets itself: the template and its heirs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Name
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.files.test_code import is_test
from archlint.project.flow.values import Arguments, Closure, Object
from archlint.project.functions import Functions, ProjectFunction

if TYPE_CHECKING:
    from archlint.facts.expressions import Expression
    from archlint.project.flow.flow import Flow
    from archlint.project.module import Module
    from archlint.project.project import Project

_MOST = 6
"""Heirs for whom one method is run; those of a library of views are many, and alike."""

_OWN = frozenset({Kind.VALUE, Kind.FUNCTION, Kind.CLASS})


def run_for_heirs(flow: Flow, modules: tuple[Module, ...]) -> None:
    """Run inherited methods with `self` as an object of each class that fills them in.

    On its own a method is run for the class that has it: for `self.model` of a list of anything that is
    none, or one of several. Heirs that only tests have are run as far as tests call them: they are half
    there, and what else they inherit is patched.
    """
    asked = {name: words for one in flow.semantics for name, words in one.asked_for.items()}
    inherited = _Inherited(flow.project, asked)
    runs: dict[ProjectFunction, int] = {}
    for module in (module for module in modules if not is_test(module.path)):
        for index, fact in enumerate(module.classes):
            if not fact.bases or not fact.members:
                continue
            cls = ProjectClass(module, index)
            receiver = flow.instance_of(flow.names.of_class(cls), flow.site(module))
            if not isinstance(receiver, Object):
                continue
            called = frozenset(name for one in flow.semantics for name in one.called(cls))
            decided = frozenset(name for one in flow.semantics for name in one.decides(cls))
            for method in inherited.by(cls, called, decided):
                runs[method] = runs.get(method, 0) + 1
                if runs[method] <= _MOST:
                    site = flow.site(method.module)
                    site.path.state = {}
                    flow.calls.invoke(site, Closure(method, receiver), Arguments(is_open=True))


def goes_its_own_way(hierarchy: ClassHierarchy, heir: ProjectClass, of: ProjectClass) -> bool:
    """Whether an heir writes a method of a class anew: what it sets only counts in runs of its own.

    `model = Article` beside a `rows` that loads more says nothing of what the inherited `rows` gives.
    """
    anew: set[str] = set()
    for ancestor in hierarchy.order(heir):
        if ancestor == of:
            break
        if isinstance(ancestor, ProjectClass):
            anew |= _methods_of(ancestor)
    return any(
        not anew.isdisjoint(_methods_of(ancestor))
        for ancestor in hierarchy.order(of)
        if isinstance(ancestor, ProjectClass)
    )


def _methods_of(cls: ProjectClass) -> set[str]:
    members = (member for member in cls.fact.members if member.kind is Kind.FUNCTION)
    return {member.name for member in members if not member.name.startswith("__")}


class _Inherited:
    """Which inherited methods ask for something that the heir sets, and begin with nobody but a stranger.

    What other methods of the same object call is run where they call it: perhaps never for this heir.
    """

    def __init__(self, project: Project, asked: Mapping[str, frozenset[str]]) -> None:
        self._asked = asked
        self._hierarchy = project.view(ClassHierarchy)
        self._functions = project.view(Functions)
        self._used: dict[ProjectFunction, tuple[frozenset[str], frozenset[str]]] = {}

    def by(self, cls: ProjectClass, called: frozenset[str], decided: frozenset[str]) -> list[ProjectFunction]:
        """The methods from classes of the project above with which the work of an heir begins.

        `called` are names of methods that a framework calls by itself, `decided` of those to which it passes
        what the heir decides.
        """
        own = {member.name for member in cls.fact.members if member.kind in _OWN}
        methods = list(self._methods(cls, own))
        asking = {
            method
            for method, is_hidden in methods
            if not is_hidden and (method.fact.name in decided or not own.isdisjoint(self._uses(method)[0]))
        }
        if not asking:
            return []
        asking |= self._that_lead_to(asking, methods, called)
        callers: dict[str, list[tuple[ProjectFunction, bool]]] = {}
        for method, is_hidden in methods:
            for name in self._uses(method)[1] - {method.fact.name}:
                callers.setdefault(name, []).append((method, is_hidden))
        return [
            method
            for method, _ in methods
            if method in asking and _begins(method, callers.get(method.fact.name, []), asking)
        ]

    def _that_lead_to(
        self,
        asking: set[ProjectFunction],
        methods: list[tuple[ProjectFunction, bool]],
        called: frozenset[str],
    ) -> set[ProjectFunction]:
        """The methods that the framework calls for this very heir, and that call others which ask."""
        names = {method.fact.name for method in asking}
        waiting = {method for method, is_hidden in methods if not is_hidden} - asking if called else set()
        reached: set[ProjectFunction] = set()
        while found := {method for method in waiting if not names.isdisjoint(self._uses(method)[1])}:
            reached |= found
            waiting -= found
            names |= {method.fact.name for method in found}
        return {method for method in reached if method.fact.name in called}

    def _methods(self, cls: ProjectClass, own: set[str]) -> Iterator[tuple[ProjectFunction, bool]]:
        """The methods of the classes above, and whether a nearer one of the same name hides them."""
        met = set(own)
        for ancestor in self._hierarchy.order(cls)[1:]:
            if not isinstance(ancestor, ProjectClass):
                continue
            for member in ancestor.fact.members:
                if member.kind is Kind.FUNCTION:
                    yield ProjectFunction(ancestor.module, member.index), member.name in met
            met.update(member.name for member in ancestor.fact.members)

    def _uses(self, method: ProjectFunction) -> tuple[frozenset[str], frozenset[str]]:
        """What a method asks its own object for, and what of that it calls."""
        known = self._used.get(method)
        if known is None:
            summary = self._functions.summary(method)
            called = _of_self(method, (site.call.function for site in summary.calls))
            asked = _of_self(method, (read.attribute for read in summary.reads))
            asked |= self._asked.get(method.fact.name, frozenset())
            known = self._used[method] = (asked | called, called)
        return known


def _begins(
    method: ProjectFunction, callers: list[tuple[ProjectFunction, bool]], asking: set[ProjectFunction]
) -> bool:
    """Whether a method is not only run where others that are run for the heir call it, or never."""
    if not callers:
        return not method.fact.name.startswith("_") or method.fact.name.startswith("__")
    return any(not is_hidden and caller not in asking for caller, is_hidden in callers)


def _of_self(method: ProjectFunction, forms: Iterable[Expression]) -> frozenset[str]:
    receiver = method.receiver
    return frozenset(
        form.attr
        for form in forms
        if isinstance(form, Attribute) and isinstance(form.value, Name) and form.value.id == receiver
    )
