"""Loosening as findings: `archlint/loosened`, at the place where it is done.

These are made after suppressions and baselines have been applied: no change can accept its own loosening.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from archlint.baseline.document import places
from archlint.baseline.standing import Choice, standing
from archlint.changes.found import Found
from archlint.changes.loosening import Loosening, loosened
from archlint.changes.state import State, suppressed_by
from archlint.changes.terms import Terms, terms_of
from archlint.config.model import OWN_PACK
from archlint.finding import Finding, Location, Severity
from archlint.fingerprint import fingerprint
from archlint.project.patterns import is_path, matches_name, matches_path

if TYPE_CHECKING:
    from archlint.baseline import Entry
    from archlint.config.model import Config
    from archlint.project import Project
    from archlint.registry import Registry

RULE: Final = "archlint/loosened"

_MOST: Final = 10
"""Entries of the baseline that are told one by one; more are told as one, as at the beginning."""


class Loosened:
    """What a change loosens in a project as it is now.

    The configuration counts as it is `written`: what one run is asked for besides loosens nothing.
    """

    def __init__(
        self, project: Project, config: Config, written: Config, registry: Registry, choice: Choice
    ) -> None:
        self._project = project
        self._config = written
        self._choice = choice
        self._terms = terms_of(written, registry, choice)
        self._is_asked = _is_on(config, registry) or not _is_on(written, registry)

    def findings(self, before: Found, after: State, moved: Mapping[str, str]) -> Iterator[Finding]:
        """A finding for each thing. Who turns this rule off in the change is told of that as well."""
        severity = self._severity(before.terms) if self._is_asked else None
        if severity is None:
            return
        yield from (replace(each, severity=severity) for each in self._all(before, after, moved))

    def growth(self, before: Found) -> int:
        """How many findings more the baseline accepts than it did; less than 0 where it has shrunk."""
        if before.terms is None:
            return 0
        return _accepts(self._terms) - _accepts(before.terms)

    def _severity(self, before: Terms | None) -> Severity | None:
        """The severity as it is or as it was, whichever is worse; None where the rule was off before too."""
        found = [
            use.severity for terms in (before, self._terms) if terms for use in terms.rules.get(RULE, ())
        ]
        return max(found, default=None)

    def _all(self, before: Found, after: State, moved: Mapping[str, str]) -> Iterator[Finding]:
        if before.terms is not None:
            there = [(path, sketch.name) for path, sketch in before.state.modules.items()]

            def drawn(pattern: str, others: Collection[str]) -> bool:
                found = (module for module in there if _matches(module, pattern))
                return any(not any(_matches(module, each) for each in others) for module in found)

            for each in loosened(before.terms, self._terms, before.packs, drawn):
                yield self._finding(self._place(each), each.message, each.hint)
            yield from self._contract(before.terms)
            yield from self._accepted(before.terms)
        yield from self._suppressed(before.state, after, moved)

    def _place(self, each: Loosening) -> Location:
        """The nearest place in the configuration; the file as such where it says nothing any more."""
        key = each.key
        while key and key not in self._config.origins:
            key = key.rpartition(".")[0]
        origin = self._config.origins.get(key)
        source = self._config.source or "archlint.toml"
        if origin is None or not origin.line or origin.source.startswith(("/", "..")):
            return Location(source, 1, 1, 1, 1)
        text = self._project.text(origin.source).line(origin.line)
        return Location(
            origin.source, origin.line, origin.column, origin.line, max(len(text) + 1, origin.column)
        )

    def _contract(self, before: Terms) -> Iterator[Finding]:
        path = self._terms.contract
        if path and path == before.contract and before.contract_digest != self._terms.contract_digest:
            message = f"edits the contract `{path}` together with what has to keep it"
            hint = "promise it in a change of its own, and keep it in the next"
            yield self._finding(Location(path, 1, 1, 1, 1), message, hint)

    def _accepted(self, before: Terms) -> Iterator[Finding]:
        """The entries of the baseline that accept more than before."""
        baseline = standing(self._config, self._choice)
        if baseline is None:
            return
        grown = tuple(_grown(before.baseline, baseline.entries))
        if len(grown) > _MOST:
            yield self._finding(Location(baseline.name, 1, 1, 1, 1), _together(grown), "fix them instead")
            return
        lines = self._project.text(baseline.name).lines
        known = places(lines)
        for entry, more in grown:
            at = known.get((entry.rule, entry.path, entry.fingerprint), 1)
            place = Location(baseline.name, at, 1, at, len(lines[at - 1]) + 1 if lines else 1)
            message = f"accepts {_counted(more)} of `{entry.rule}` in `{entry.path}` into the baseline"
            yield self._finding(place, message, "fix it instead")

    def _suppressed(self, before: State, after: State, moved: Mapping[str, str]) -> Iterator[Finding]:
        """The comments that suppress what none did before."""
        known = {moved.get(path, path): Counter(found) for path, found in before.suppressions.items()}
        for module in self._project.modules:
            left = known.get(module.path, Counter())
            for each in module.suppressions:
                names = suppressed_by(each.names)
                if each.fault:
                    continue
                if left[names] > 0:
                    left[names] -= 1
                    continue
                what = ", ".join(f"`{name}`" for name in names) or "every rule"
                whole = " in the whole file" if each.whole_file else ""
                place = Location(module.path, each.line, each.column, each.line, each.end_column)
                yield self._finding(place, f"suppresses {what}{whole}", "fix the finding instead")

    def _finding(self, place: Location, message: str, hint: str) -> Finding:
        known_by = fingerprint(RULE, place.path, message)
        return Finding(RULE, Severity.WARNING, place, message, hint, fingerprint=known_by)


def _is_on(config: Config, registry: Registry) -> bool:
    return any(active.card.id == RULE for active in registry.rules_of((OWN_PACK,), config))


def _accepts(terms: Terms) -> int:
    return sum(entry.count for entry in terms.baseline)


def _together(grown: Sequence[tuple[Entry, int]]) -> str:
    total, rules = sum(more for _, more in grown), {entry.rule for entry, _ in grown}
    of = f"`{min(rules)}`" if len(rules) == 1 else f"{len(rules)} rules"
    return f"accepts {_counted(total)} of {of} into the baseline"


def _counted(number: int) -> str:
    return "a finding" if number == 1 else f"{number:,} findings"


def _grown(before: Iterable[Entry], after: Iterable[Entry]) -> Iterator[tuple[Entry, int]]:
    """The entries that accept more than before, and how many; one may have moved with its file."""
    left = Counter({(entry.path, entry.fingerprint): entry.count for entry in before})
    more: dict[Entry, int] = {}
    for entry in after:
        known = min(entry.count, left[entry.path, entry.fingerprint])
        left[entry.path, entry.fingerprint] -= known
        more[entry] = entry.count - known
    elsewhere: Counter[str] = Counter()
    for (_, known_by), count in left.items():
        elsewhere[known_by] += count
    for entry, count in more.items():
        moved = min(count, elsewhere[entry.fingerprint])
        elsewhere[entry.fingerprint] -= moved
        if count > moved:
            yield entry, count - moved


def _matches(module: tuple[str, str], pattern: str) -> bool:
    path, name = module
    return matches_path(path, pattern) if is_path(pattern) else matches_name(name, pattern)
