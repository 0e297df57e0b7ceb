"""What a project asks of itself in one state: its configuration, its contract, what it has accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec.structs import fields

from archlint.baseline import Entry
from archlint.baseline.standing import Choice, standing
from archlint.finding import Severity
from archlint.source import digest_of

if TYPE_CHECKING:
    from archlint.config.model import Config, Layer
    from archlint.registry import ActiveRule, Registry

CONTRACTS: Final = ("openapi.yaml", "openapi.yml", "openapi.json")
"""Where the promised HTTP API is looked for."""

_COMPARED: Final = frozenset(
    {
        "root",
        "file",
        "source",
        "files",
        "origins",
        "packs",
        "exclude",
        "fail_on",
        "layers",
        "severities",
        "rules",
        "contract",
    }
)
"""What is compared piece by piece, or says where the rest comes from."""


class Use(msgspec.Struct, frozen=True, array_like=True):
    """One use of a rule: how bad it is, and with which options, as text."""

    severity: Severity
    options: dict[str, tuple[str, ...]]


class LayerTerms(msgspec.Struct, frozen=True, array_like=True):
    """What is said of one layer."""

    name: str
    patterns: tuple[str, ...]
    optional: bool
    independent: bool
    exceptions: tuple[str, ...]


class Terms(msgspec.Struct, frozen=True, array_like=True):
    """All of it, as values that can be compared."""

    fail_on: Severity = Severity.ERROR
    packs: tuple[str, ...] | None = None
    exclude: tuple[str, ...] = ()
    layers: tuple[LayerTerms, ...] = ()
    rules: dict[str, tuple[Use, ...]] = {}
    """Every rule that is not turned off, be its pack in force or not."""

    others: dict[str, tuple[str, ...]] = {}
    """What the rest of the configuration says besides its defaults, by key."""

    contract: str = ""
    """The path of the OpenAPI file; empty where there is none."""

    contract_digest: bytes = b""
    baseline: tuple[Entry, ...] = ()


def terms_of(config: Config, registry: Registry, choice: Choice = Choice()) -> Terms:  # noqa: B008 -- frozen
    """The terms of a configuration. Raises ArchlintError as loading its baseline and its rules does."""
    baseline = standing(config, choice)
    contract = _contract(config)
    return Terms(
        fail_on=config.fail_on,
        packs=config.packs,
        exclude=config.exclude,
        layers=tuple(map(_layer, config.layers)),
        rules=_rules(config, registry),
        others={
            field.name: _said(getattr(config, field.name), field.default)
            for field in fields(config)
            if field.name not in _COMPARED
        },
        contract=contract,
        contract_digest=digest_of(config.root / contract) if contract else b"",
        baseline=baseline.entries if baseline else (),
    )


def _rules(config: Config, registry: Registry) -> dict[str, tuple[Use, ...]]:
    found: dict[str, tuple[Use, ...]] = {}
    for active in registry.rules_of(registry.packs, config):
        found[active.card.id] = (*found.get(active.card.id, ()), _use(active))
    return found


def _use(active: ActiveRule) -> Use:
    options = {option.replace("_", "-"): _texts(value) for option, value in active.instance.options.items()}
    return Use(active.severity or active.card.severity, options)


def _texts(value: Any) -> tuple[str, ...]:  # noqa: ANN401 -- whatever an option may hold
    """The elements of a list, the only element of anything else."""
    return tuple(map(str, value)) if isinstance(value, (tuple, list)) else (str(value),)


def _layer(layer: Layer) -> LayerTerms:
    return LayerTerms(layer.name, layer.patterns, layer.optional, layer.independent, layer.exceptions)


def _said(value: object, default: object) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return tuple(map(repr, value))
    return () if value == default else (repr(value),)


def _contract(config: Config) -> str:
    if config.contract.openapi:
        return config.contract.openapi
    return next((name for name in CONTRACTS if (config.root / name).is_file()), "")
