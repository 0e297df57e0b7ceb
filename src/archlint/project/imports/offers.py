"""What packages offer to those outside, and what they keep to themselves."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from archlint.errors import ConfigError
from archlint.facts.expressions import Attribute, Name
from archlint.project.answer import Definition
from archlint.project.imports.import_graph import Edge
from archlint.project.imports.siblings import innermost
from archlint.project.module import Module
from archlint.project.objects.uses import Use, Uses
from archlint.project.option_places import option_problem
from archlint.project.patterns import is_path, matches, matches_name

if TYPE_CHECKING:
    from archlint.project.project import Project


class Offers:
    """Packages with what each makes public; a module belongs to the innermost one around it."""

    def __init__(self, closed: dict[Module, str], apart: dict[Module, str], public: tuple[str, ...]) -> None:
        both = {module: max(closed.get(module, ""), apart.get(module, ""), key=len) for module in closed}
        self._groups = {**apart, **both}
        self._closed = frozenset(closed.values())
        self._apart = frozenset(apart.values())
        self._public = public

    @classmethod
    def read(
        cls,
        project: Project,
        rule: str,
        packages: tuple[str, ...],
        apart: tuple[str, ...],
        public: tuple[str, ...],
    ) -> Offers:
        """What some options say: `packages`, those that are `apart`, and what is `public`.

        Raises ConfigError for a pattern that matches nothing, and for what is public in no package.
        """
        closed = innermost(project, rule, "packages", packages)
        offers = cls(closed, innermost(project, rule, "apart", apart), public)
        unmatched = (pattern for pattern in public if not offers._names(pattern, closed))
        problems = tuple(
            option_problem(project.config, rule, "public", each, f"`{each}` names nothing in `packages`")
            for each in unmatched
        )
        if problems:
            raise ConfigError(problems)
        return offers

    def owner(self, module: Module, taken: str) -> str:
        """The package that keeps to itself what is taken of a module; empty where it is offered."""
        group = self._groups.get(module, "")
        if group not in self._closed or any(_offers(module, taken, each) for each in self._public):
            return ""
        return group

    def is_inside(self, module: Module, owner: str) -> bool:
        """Whether a module lies in a package, and in none that stands apart inside it."""
        group = self._groups.get(module, "")
        if group == owner:
            return True
        return group not in self._apart and f"{module.name}.".startswith(f"{owner}.")

    def taken_through(self, project: Project, edge: Edge) -> Iterator[tuple[Use, str]]:
        """What a module takes by `shop.orders.prices.TAX` of a package it has imported as a whole.

        Each use with the dotted name it is written by, if the package does not offer it.
        """
        package, fact = edge.imported, edge.fact
        is_plain = not (fact.name or fact.is_renamed) and fact.alias == package.name.partition(".")[0]
        for use in project.view(Uses).named(edge.importer, {fact.alias}):
            written = _written(use.form)
            full = written if is_plain else f"{package.name}{written.removeprefix(fact.alias)}"
            if not full.startswith(f"{package.name}.") or not isinstance(use.answer, Definition):
                continue
            home = use.answer.module
            is_ours = self._groups.get(home) == self._groups.get(package)
            if is_ours and not self._offers_part(package, full) and self.owner(home, use.answer.name):
                yield use, full

    def _offers_part(self, package: Module, full: str) -> bool:
        """Whether the package offers a name, or what the name lies in."""
        while full != package.name:
            if any(not is_path(each) and matches_name(full, each) for each in self._public):
                return True
            full = full.rpartition(".")[0]
        return False

    def _names(self, pattern: str, modules: Collection[Module]) -> bool:
        return any(
            _offers(module, f"{module.name}.{name}".rstrip("."), pattern)
            for module in modules
            for name in ("", *module.bindings)
        )


def _offers(module: Module, taken: str, pattern: str) -> bool:
    return matches(module, pattern) or (not is_path(pattern) and matches_name(taken, pattern))


def _written(form: Name | Attribute) -> str:
    """A chain as it is written; what it begins with may be anything but a name."""
    if isinstance(form, Name):
        return form.id
    return f"{_written(form.value)}.{form.attr}" if isinstance(form.value, (Name, Attribute)) else ""
