"""All the ways in which the modules of a drawing reach what they may not: by imports, and by use without."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute
from archlint.project.answer import Definition
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.drawing.crossings import (
    Breaks,
    Crossing,
    handed_on,
    imported,
    is_crossing,
    roundabout,
)
from archlint.project.drawing.held_functions import HeldFunctions
from archlint.project.drawing.layers import Layers
from archlint.project.drawing.out_of_reach import OutOfReach
from archlint.project.imports.first_imports import Counts
from archlint.project.imports.import_graph import Edge, ImportGraph
from archlint.project.imports.reexports import names_handed_on
from archlint.project.module import Module
from archlint.project.names.aliases import meant
from archlint.project.objects.uses import Use, Uses
from archlint.project.objects.values import Instance, Values
from archlint.project.references import ReferenceKind

if TYPE_CHECKING:
    from archlint.project.project import Project

Known = Callable[[Module, Module], bool]
"""Whether that one module reaches another has been told already."""


def breaches(
    project: Project,
    layers: Layers,
    edges: Iterable[Edge],
    counts: Counts,
    breaks: Breaks,
    *,
    reexports: bool,
    transitive: bool,
    uses: bool,
    references: Collection[ReferenceKind] = (),
) -> Iterator[Crossing]:
    """Every import that breaks a drawing, and what reaches the same without one.

    `edges` are those between its layers, of which some break it.
    Where a module imports what it may not, each use of that is no further breach.
    """
    told: set[tuple[Module, Module]] = set()

    def is_told(source: Module, target: Module) -> bool:
        return (source, target) in told

    def written() -> Iterator[Crossing]:
        for edge in edges:
            if breaks(edge.importer, edge.imported):
                yield imported(project, edge)
        if reexports:
            yield from handed_on(project, layers, counts, breaks)

    for crossing in written():
        told.add((crossing.source, crossing.target))
        yield crossing
    lines: set[tuple[str, int]] = set()
    for crossing in _through_modules(project, layers, counts, breaks, is_told) if reexports else ():
        lines.add((crossing.location.path, crossing.location.line))
        yield crossing
    if transitive:
        yield from roundabout(project, layers, counts, breaks, references)
    if uses:
        for crossing in _by_other_names(project, layers, counts, breaks, is_told):
            line = (crossing.location.path, crossing.location.line)
            if line not in lines:
                lines.add(line)
                yield crossing
        for crossing in _on_objects(project, layers, breaks, is_told):
            if (crossing.location.path, crossing.location.line) not in lines:  # `services.Orders().find()`
                yield crossing


def _through_modules(
    project: Project, layers: Layers, counts: Counts, breaks: Breaks, known: Known
) -> Iterator[Crossing]:
    """The names, each once, that are asked of a module and defined in a layer that may not be reached.

    `services.OrderRepository()` needs no import of the repository, and a star import names nothing.
    """
    graph, uses = project.view(ImportGraph), project.view(Uses)
    doors = _Doors(project, layers)
    for module in project.modules:
        if module not in layers or module.is_stub:
            continue
        roots: set[str] = set()
        for edge in graph.imports_of(module):
            behind = doors.behind(edge)
            if not behind or not counts(edge):
                continue
            if any(is_crossing(layers, module, home) and breaks(module, home) for home in behind):
                roots |= doors.names(edge)
        seen: set[str] = set()
        for use, answer in _of_others(project, layers, uses.named(module, roots) if roots else (), module):
            target, name = answer.module, f"{answer.module.name}.{answer.qualname}"
            if name not in seen and breaks(module, target) and not known(module, target):
                seen.add(name)
                yield _used(project, use, target, name)


def _by_other_names(
    project: Project, layers: Layers, counts: Counts, breaks: Breaks, known: Known
) -> Iterator[Crossing]:
    """What is used by another name than its own: held by a dict or a `partial` in no layer, named by a text.

    What a `partial` in a layer fills in, that layer offers. A dict hands on what it holds, wherever it is,
    and where it lies in the layer that may not have it, it is told of there.
    """
    uses, held = project.view(Uses), HeldFunctions(project, layers)
    for module in project.modules:
        if module not in layers or module.is_stub:
            continue
        edges = filter(counts, project.view(ImportGraph).imports_of(module))
        roots = {name for edge in edges for name in held.names(edge)}
        tables = uses.of_tables(module) if held.are_asked(module) else ()
        named = uses.through_values(module, roots) if roots else ()

        def is_broken(use: Use, module: Module = module) -> bool:
            home, answer = use.alias_in, use.answer
            if not isinstance(answer, Definition) or known(module, answer.module):
                return False
            is_told_there = home is not None and home in layers and breaks(home, answer.module)
            return breaks(module, answer.module) and not is_told_there

        found = filter(is_broken, (*tables, *named, *uses.of_texts(module)))
        for use, answer in _of_others(project, layers, found, module):
            yield _used(project, use, answer.module, answer.name)


def _on_objects(project: Project, layers: Layers, breaks: Breaks, known: Known) -> Iterator[Crossing]:
    """The methods that are asked of objects whose class lies in a layer that may not be reached.

    `service.orders.find()` needs no import either. What a class inherits from another layer is its own.
    """
    uses = project.view(Uses)

    def is_broken(source: Module, target: Module) -> bool:
        return is_crossing(layers, source, target) and breaks(source, target)

    members = OutOfReach(project, layers, is_broken)
    homes = _homes_of_methods(project)
    for module in project.modules:
        if module not in layers or module.is_stub:
            continue

        def is_news(home: Module, module: Module = module) -> bool:
            return is_broken(module, home) and not known(module, home)

        found = tuple(uses.of_members(module, members.names(module)))
        for use, owner in chain(
            _received(project, layers, module, found), _told(project, found, homes, is_news)
        ):
            if is_news(owner.module):
                yield _used(project, use, owner.module, f"{owner.name}.{use.last}")


def _received(
    project: Project, layers: Layers, module: Module, uses: Iterable[Use]
) -> Iterator[tuple[Use, ProjectClass]]:
    """Those of other layers' methods whose receiver the facts tell, with its class."""
    values = project.view(Values)
    for use, _ in _of_others(project, layers, uses, module):
        if use.function is None or not isinstance(use.form, Attribute):
            continue
        receiver = values.of(use.function, use.form.value)
        if isinstance(receiver, Definition):
            receiver = values.held(receiver)
        if isinstance(receiver, Instance) and isinstance(receiver.of, ProjectClass):
            yield use, receiver.of


def _told(
    project: Project,
    uses: tuple[Use, ...],
    homes: dict[str, set[Module]],
    is_news: Callable[[Module], bool],
) -> Iterator[tuple[Use, ProjectClass]]:
    """The same where callers or inference tell the class, asked for methods that such a layer has."""
    from archlint.project.objects.receivers import Receivers

    if not uses:
        return iter(())
    return project.view(Receivers).calls(uses, lambda name: any(map(is_news, homes.get(name, ()))))


def _homes_of_methods(project: Project) -> dict[str, set[Module]]:
    """The modules whose classes have a method, by its name."""
    homes: dict[str, set[Module]] = {}
    for owner in project.view(ClassHierarchy).classes():
        for member in owner.fact.members:
            if member.kind is Kind.FUNCTION:
                homes.setdefault(member.name, set()).add(owner.module)
    return homes


def _of_others(
    project: Project, layers: Layers, uses: Iterable[Use], module: Module
) -> Iterator[tuple[Use, Definition]]:
    """The uses of what other layers define, each place once."""
    seen = set()
    for use in sorted(uses, key=lambda use: use.span):
        answer = meant(project, use.answer) if use.answer is not None else None
        if not isinstance(answer, Definition) or use.span in seen:
            continue
        if is_crossing(layers, module, answer.module):
            seen.add(use.span)
            yield use, answer


_NO_HOMES: frozenset[Module] = frozenset()


class _Doors:
    """What can be had through an imported module; each module is looked at once."""

    def __init__(self, project: Project, layers: Layers) -> None:
        self._project = project
        self._inside = _packages_around(layers)
        self._homes: dict[Module, set[Module]] = {}

    def behind(self, edge: Edge) -> Collection[Module]:
        """The homes of what an import opens, of each layer at least one."""
        is_star = edge.fact.name == "*"
        is_module = is_star or edge.fact.target == edge.imported.name
        if edge.fact.name and not is_module:
            return _NO_HOMES
        opened = [edge.imported] if is_module else []
        if edge.fact.binds_top:
            opened += self._project.by_name.get(edge.fact.alias, ())
        homes = {home for module in opened for home in self._handed_on(module)}
        if not is_star:
            homes.update(each for module in opened for each in self._inside.get(module.name, ()))
        return homes

    def names(self, edge: Edge) -> set[str]:
        """The names under which it is opened."""
        if edge.fact.name == "*":
            return set(names_handed_on(self._project, edge.imported))
        return {edge.fact.alias}

    def _handed_on(self, module: Module) -> set[Module]:
        if module not in self._homes:
            self._homes[module] = {
                answer if isinstance(answer, Module) else answer.module
                for answer in names_handed_on(self._project, module).values()
            }
        return self._homes[module]


def _packages_around(layers: Layers) -> dict[str, list[Module]]:
    """For the name of every package around a layer, one member of each layer inside it."""
    table: dict[str, dict[tuple[str, str], Module]] = {}
    for layer in layers.layers:
        for module in layers.members(layer):
            package = module.name.rpartition(".")[0]
            while package:
                table.setdefault(package, {}).setdefault((layer.name, layers.part(module)), module)
                package = package.rpartition(".")[0]
    return {package: list(members.values()) for package, members in table.items()}


def _used(project: Project, use: Use, target: Module, name: str) -> Crossing:
    subject = use.function.name if use.function else use.module.name
    place = project.location(use.module, *use.span)
    return Crossing(use.module, target, "use", f"`{subject}` uses `{name}`", place, (), name)
