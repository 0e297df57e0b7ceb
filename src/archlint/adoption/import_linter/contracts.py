"""Each contract of import-linter as the rules that say the same."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Final, TypeAlias

import msgspec

from archlint.adoption.draft import Entry, Value
from archlint.adoption.import_linter import expressions
from archlint.adoption.import_linter.layers import drawing, unassigned
from archlint.adoption.import_linter.settings import Options
from archlint.project.patterns import matches_name

Translation: TypeAlias = Callable[["Contract"], Iterator[Entry]]


class Contract(msgspec.Struct, frozen=True):
    """A contract, with what holds for all of them."""

    told: Options
    names: Collection[str]
    """The dotted names of the modules that are there."""

    roots: tuple[str, ...]
    """The packages that import-linter looks at; all else is from outside."""

    type_checking: bool
    """Whether imports that only type checkers see count."""

    loads_by_name: bool = False
    """Whether the project has imports that import-linter does not see: `import_module("shop.orders")`."""

    has_drawing: bool = False
    """Whether its layers are the table `layers` of the configuration."""

    beside: Collection[str] = ()
    """The topmost packages of the project that are no roots, such as its tests."""

    @property
    def kind(self) -> str:
        """Its type."""
        return self.told.text("type")

    @property
    def because(self) -> str:
        """Its name, and how to mend what breaks it."""
        return ": ".join(part for part in (self.told.text("name"), self._guidance) if part)

    @property
    def _guidance(self) -> str:
        return self.told.text("broken_contract_guidance")

    def common(self) -> dict[str, Value]:
        """The options that every rule about imports has."""
        spares = self.told.text("unmatched_ignore_imports_alerting", "error") != "error"
        ignore = tuple(expressions.imports(each, spares) for each in self.told.values("ignore_imports"))
        found: dict[str, Value] = {} if self.type_checking else {"type-checking": False}
        if self.loads_by_name:
            found["dynamic"] = False
        return {**found, "ignore": ignore} if ignore else found

    def pattern(self, expression: str) -> str:
        """What an expression stands for: packages with what is in them, if the contract says no other."""
        as_packages = self.told.flag("as_packages", True) and not self._is_outside(expression)
        return expressions.package(expression) if as_packages else expressions.module(expression)

    def _is_outside(self, expression: str) -> bool:
        """Whether it is of another distribution: not of a root package, nor of what lies beside these."""
        top = expression.partition(".")[0]
        if "*" in top or top in {root.partition(".")[0] for root in self.roots}:
            return False
        return top not in self.beside

    def matching(self, expression: str) -> tuple[str, ...]:
        """The dotted names that an expression stands for; a name without wildcards is itself."""
        if "*" not in expression:
            return (expression,)
        pattern = expressions.module(expression)
        return tuple(sorted({name for name in self.names if matches_name(name, pattern)}))


def translated(contract: Contract) -> tuple[Entry, ...]:
    """The rules that say the same as a contract; none for a type that is not import-linter's own."""
    translation = _TRANSLATIONS.get(contract.kind)
    return tuple(translation(contract)) if translation else ()


def _forbidden(contract: Contract) -> Iterator[Entry]:
    more = contract.common()
    if not contract.told.flag("allow_indirect_imports"):
        more = {"transitive": True, **more}
    else:
        more = {"reexports": False, **more}
    for sources, targets in _apart(contract):
        options: dict[str, Value] = {
            "from-modules": tuple(map(contract.pattern, sources)),
            "to": tuple(map(contract.pattern, targets)),
        }
        yield Entry("imports/forbidden", {**options, **more}, contract.because)


def _apart(contract: Contract) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Sources and what is forbidden to them, split where a pair overlaps: those import-linter skips."""
    told = contract.told
    sources, targets = told.values("source_modules"), told.values("forbidden_modules")
    ends = [end for each in targets for end in contract.matching(each)]
    starts = [start for each in sources for start in contract.matching(each)]
    if not any(expressions.overlap(start, end) for start in starts for end in ends):
        yield sources, targets
        return
    groups: dict[tuple[str, ...], list[str]] = {}
    for start in starts:
        allowed = tuple(end for end in ends if not expressions.overlap(start, end))
        groups.setdefault(allowed, []).append(start)
    yield from ((tuple(group), allowed) for allowed, group in groups.items() if allowed)


def _independence(contract: Contract) -> Iterator[Entry]:
    modules = tuple(map(expressions.module, contract.told.values("modules")))
    options: dict[str, Value] = {"modules": modules, "transitive": True, **contract.common()}
    yield Entry("imports/independent", options, contract.because)


def _protected(contract: Contract) -> Iterator[Entry]:
    importers = tuple(map(contract.pattern, contract.told.values("allowed_importers")))
    listed: Mapping[str, Value] = {"importers": importers} if importers else {}
    within = tuple(map(expressions.package, contract.roots))
    for expression in contract.told.values("protected_modules"):
        # Not the wildcard as it is: what it matches would be free to import each other.
        for name in contract.matching(expression):
            options = {"modules": (contract.pattern(name),), **listed, "within": within, **contract.common()}
            yield Entry("imports/protected", options, contract.because)


def _layers(contract: Contract) -> Iterator[Entry]:
    own = {} if contract.has_drawing else drawing(contract.told)
    options: dict[str, Value] = {"reexports": False, "transitive": True, **contract.common(), **own}
    yield Entry("layers/upward-import", options, contract.because)
    if contract.told.flag("exhaustive"):
        names = [name for each in contract.told.values("containers") for name in contract.matching(each)]
        yield Entry("layers/unassigned-module", {**unassigned(contract.told, names), **own}, contract.because)


def _acyclic_siblings(contract: Contract) -> Iterator[Entry]:
    told = contract.told
    options: dict[str, Value] = {"within": tuple(map(expressions.module, told.values("ancestors")))}
    if depth := told.text("depth"):
        options["depth"] = int(depth)
    if skipped := told.values("skip_descendants"):
        options["skip"] = tuple(map(expressions.module, skipped))
    yield Entry("imports/cyclic-siblings", {**options, **contract.common()}, contract.because)


_TRANSLATIONS: Final[Mapping[str, Translation]] = {
    "forbidden": _forbidden,
    "independence": _independence,
    "protected": _protected,
    "layers": _layers,
    "acyclic_siblings": _acyclic_siblings,
}
