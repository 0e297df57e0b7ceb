"""Methods that nobody in the project calls, of objects that it makes: resources, middleware, view classes.

A framework calls them. On its own such a method knows what the annotations of its class promise; the object
that was made, perhaps in the one place where everything is put together, holds more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.files.test_code import is_test
from archlint.project.flow.calls.signatures import matters
from archlint.project.flow.values import Arguments, Closure, Object, Value
from archlint.project.functions import ProjectFunction, mentioning
from archlint.project.imports.import_graph import ImportGraph

if TYPE_CHECKING:
    from archlint.project.flow.flow import Flow

_NOT_OF_OBJECTS = frozenset({"classmethod", "staticmethod"})


class Composed:
    """The objects that were made of others, in their order."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._waiting: dict[Object, None] = {}
        self._asked: set[Object] = set()

    def kept(self, made: Object) -> Object:
        """An object that has just been made; its turn comes."""
        if _holds_something(made) and made not in self._asked:
            self._waiting[made] = None
        return made

    def run(self) -> None:
        """Run each such method with the first object that holds something worth to follow.

        What is made on the way has its turn, too.
        """
        while self._waiting:
            waiting, self._waiting = self._waiting, {}
            self._asked.update(waiting)
            known = {each.function for each in self._flow.made if _holds_something(each.receiver)}
            for receiver in waiting:
                for method in _methods(self._flow, receiver):
                    if method not in known:
                        known.add(method)
                        self._run(method, receiver)

    def run_first(self, methods: Iterable[ProjectFunction]) -> None:
        """Run some methods before their turn, for what they put aside is asked for."""
        for method in methods:
            if method.fact.owner < 0:
                continue
            cls = ProjectClass(method.module, method.fact.owner)
            self._have_made(cls)
            made = next((each for each in self._waiting if each.of == cls), None)
            if made is not None:
                self._run(method, made)

    def _have_made(self, cls: ProjectClass) -> None:
        """Run what may make objects of a class."""
        name = cls.fact.name
        importers = {edge.importer for edge in self._flow.project.view(ImportGraph).importers_of(cls.module)}
        for module in sorted({cls.module, *importers}, key=lambda each: each.path):
            if is_test(module.path) or not module.speaks_of(name.encode()):
                continue
            self._flow.module_trace(module)
            for function in mentioning(module, name):
                self._flow.root(function)

    def _run(self, method: ProjectFunction, receiver: Object) -> None:
        site = self._flow.site(method.module)
        site.path.state = {}
        self._flow.calls.invoke(site, Closure(method, receiver), Arguments(is_open=True))


def _holds_something(receiver: Value | None) -> bool:
    return isinstance(receiver, Object) and any(matters(value) for _, value in receiver.fields)


def _methods(flow: Flow, receiver: Object) -> Iterator[ProjectFunction]:
    """What others may call of an object."""
    assert isinstance(receiver.of, ProjectClass)
    met: set[str] = set()
    for ancestor in flow.project.view(ClassHierarchy).order(receiver.of):
        if not isinstance(ancestor, ProjectClass):
            continue
        for member in ancestor.fact.members:
            if member.kind is Kind.FUNCTION and member.name not in met and _is_public(member.name):
                method = ProjectFunction(ancestor.module, member.index)
                if _NOT_OF_OBJECTS.isdisjoint(method.decorators):
                    yield method
        met.update(member.name for member in ancestor.fact.members)


def _is_public(name: str) -> bool:
    return name == "__call__" or not name.startswith("_")
