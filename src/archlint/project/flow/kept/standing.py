"""What functions set or fill that outlasts them: names of modules, attributes of classes.

`global session`, `orders.append(order)`, `Cache.last = order`: whoever comes later finds it there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Call, Expression, Subscript, last_name
from archlint.project.answer import UNKNOWN, Definition
from archlint.project.classes import ProjectClass
from archlint.project.flow.builtins.containers import CHANGING
from archlint.project.flow.kept.keeping import Keeping
from archlint.project.flow.kept.shelves import Shelf
from archlint.project.flow.telling import is_telling
from archlint.project.flow.values import NONE, Entries, Items, Many, Object, Value
from archlint.project.functions import Functions, ProjectFunction, mentioning
from archlint.project.imports.import_graph import ImportGraph
from archlint.project.module import Module
from archlint.project.words import Words

if TYPE_CHECKING:
    from archlint.project.flow.flow import Flow
    from archlint.project.flow.trace import Trace
    from archlint.project.summaries import Summary

Home = tuple[Module, str]
"""A module, and a name in it: `latest`, `Cache.latest`."""

_OF_OBJECTS = "()."
_MOST = 24
"""Functions that speak of a name; where there are more, only those of its own module are run."""


class Standing:
    """Knows what functions put under names that outlast them."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._kept: dict[Home, Keeping] = {}
        self._setting: dict[Home, tuple[ProjectFunction, ...]] = {}
        self._filling: dict[Home, tuple[ProjectFunction, ...]] = {}
        self._known: dict[Module, tuple[Module, ...]] = {}

    def __iter__(self) -> Iterator[tuple[Shelf, Value]]:
        """What outlasts all functions: objects may not."""
        for (module, name), keeping in self._kept.items():
            for value in keeping.values() if _OF_OBJECTS not in name else ():
                yield Shelf(module.path, name), value

    def home(self, owner: Value, name: str) -> Home | None:
        """Where an attribute stands that outlasts a function: those of modules, plain classes, objects.

        Objects of one class are alike: what is put on one may be found on any.
        """
        if isinstance(owner, Module):
            return self.home_of_name(owner, name)
        if isinstance(owner, Definition) and not owner.member:
            return owner.module, f"{owner.qualname}.{name}"
        if isinstance(owner, Object) and isinstance(owner.of, ProjectClass):
            return owner.of.module, f"{owner.of.fact.qualname}{_OF_OBJECTS}{name}"
        return None

    def home_of_name(self, module: Module, name: str) -> Home:
        """The module that a name comes from, perhaps by import, and what it is called there."""
        found = self._flow.names.found(module, name)
        if isinstance(found, Definition) and not found.member:
            return found.module, found.qualname
        return module, name

    def put(self, trace: Trace, home: Home, value: Value) -> None:
        """A function sets a name, or fills what stands there."""
        if is_telling(value) or isinstance(value, (Entries, Many)):
            self._kept.setdefault(home, Keeping()).put(trace, value)

    def set_in(self, home: Home) -> Value:
        """What functions of a module set a name of it to."""
        if home not in self._setting:
            module, name = home
            found = [i for i, fact in enumerate(module.functions) if module.mentions(fact, "global")]
            wanted = [i for i in found if module.mentions(module.functions[i], name)]
            self._setting[home] = tuple([ProjectFunction(module, index) for index in wanted])
        self._flow.run_all(self._setting[home])
        return self._kept.get(home, _EMPTY).found()

    def filled_in(self, home: Home) -> Value:
        """What functions put into the list or dict that a name stands for, or set an attribute to."""
        if home not in self._filling:
            self._filling[home] = self._functions(home)
        self._flow.run_all(self._filling[home])
        found = self._kept.get(home, _EMPTY).found()
        is_of_class = found is UNKNOWN and _OF_OBJECTS in home[1]
        return self.filled_in((home[0], home[1].replace(_OF_OBJECTS, "."))) if is_of_class else found

    def _functions(self, home: Home) -> tuple[ProjectFunction, ...]:
        """The functions that set or fill what a name stands for."""
        own, word = home[0], home[1].rpartition(".")[2]
        speaking = frozenset(self._flow.project.view(Words).modules(word))
        found: list[ProjectFunction] = []
        for module in self._knowing(own):
            found += self._changing(module, word) if module in speaking else ()
            if len(found) > _MOST:
                return tuple(self._changing(own, word))
        return tuple(found)

    def _changing(self, module: Module, word: str) -> Iterator[ProjectFunction]:
        summary = self._flow.project.view(Functions).summary
        return (each for each in mentioning(module, word) if _changes(summary(each), word))

    def _knowing(self, own: Module) -> Iterable[Module]:
        """The modules that may put something into another: it, and who imports it or from its packages."""
        if own not in self._known:
            self._known[own] = tuple(self._find_knowing(own))
        return self._known[own]

    def _find_knowing(self, own: Module) -> Iterable[Module]:
        graph = self._flow.project.view(ImportGraph)
        known, waiting = {own: None}, [own]
        while waiting:
            importers = {edge.importer for edge in graph.importers_of(waiting.pop())} - known.keys()
            known.update(dict.fromkeys(sorted(importers, key=lambda module: module.path)))
            waiting += [importer for importer in importers if importer.is_package]
        return known


_EMPTY = Keeping()


def _changes(summary: Summary, word: str) -> bool:
    """Whether a body sets or fills something by a name: `x.word = …`, `word[key] = …`, `x.word.append(…)`."""
    if any(target.attr == word for target, _ in summary.stored):
        return True
    if any(last_name(target.value) == word for target, _ in summary.keyed):
        return True
    return any(_fills(site.call.function, word) for site in summary.calls)


def _fills(method: Expression, word: str) -> bool:
    if not isinstance(method, Attribute) or method.attr not in CHANGING:
        return False
    owner = method.value
    if isinstance(owner, Call) and isinstance(owner.function, Attribute):
        owner = owner.function.value  # `word.setdefault(key, []).append(…)`
    elif isinstance(owner, Subscript):
        owner = owner.value
    return last_name(owner) == word


def begins_empty(value: Value) -> bool:
    """Whether it is what a name is given for functions to fill: None, an empty list or dict."""
    if isinstance(value, Items):
        return not value.items
    return (value.__class__ is Entries and value == Entries(())) or value == NONE
