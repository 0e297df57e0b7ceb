"""The settings of import-linter as a draft."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from archlint.adoption.draft import Draft, Entry
from archlint.adoption.import_linter.contracts import Contract, translated
from archlint.adoption.import_linter.layers import whole
from archlint.adoption.import_linter.settings import Options, Settings


def draft(settings: Settings, names: Collection[str], *, loads_by_name: bool = False) -> Draft:
    """The rules that say the same as the contracts.

    Given the dotted names of the modules that are there, and whether any is loaded by its name.
    """
    own = frozenset(name for name in names if _is_within(name, settings.roots)) or frozenset(names)
    beside = {name.partition(".")[0] for name in names} - {name.partition(".")[0] for name in own}
    type_checking = not settings.session.flag("exclude_type_checking_imports")
    drawn = _drawn(settings.contracts)
    layers = whole(drawn) if drawn else None
    entries: list[Entry] = []
    behind: list[str] = []
    for told in settings.contracts:
        contract = Contract(
            told,
            own,
            settings.roots,
            type_checking,
            loads_by_name,
            has_drawing=bool(layers) and told is drawn,
            beside=beside,
        )
        found = translated(contract)
        entries += found
        behind += _without_equal(contract, found)
    roots = ", ".join(f"`{root}`" for root in settings.roots)
    return Draft(
        comments=(
            f"Moved in from {settings.file}: the contracts of import-linter on {roots}, each as a rule.",
        ),
        layers=layers or {},
        entries=tuple(entries),
        without_equal=tuple(behind),
    )


def _is_within(name: str, roots: Sequence[str]) -> bool:
    return any(f"{name}.".startswith(f"{root}.") for root in roots)


def _drawn(contracts: Sequence[Options]) -> Options | None:
    """The contract whose layers become those of the configuration: one that leaves nothing out, if any."""
    candidates = [told for told in contracts if told.text("type") == "layers" and whole(told)]
    exhaustive = (told for told in candidates if told.flag("exhaustive"))
    return next(exhaustive, candidates[0] if candidates else None)


def _without_equal(contract: Contract, found: Sequence[Entry]) -> Iterator[str]:
    name = contract.told.text("name") or contract.kind
    if not found and contract.kind not in ("forbidden", "protected"):
        yield f'contract "{name}": `{contract.kind}` is a type of the project\'s own'
    elif not found:
        yield f'contract "{name}": its modules overlap or are not there, so that it forbids nothing'
