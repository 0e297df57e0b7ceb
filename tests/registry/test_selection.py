"""Which rules run, how often, how severe and why."""

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from archlint.config.model import Config, Origin, RuleInstance
from archlint.errors import ArchlintError
from archlint.finding import Severity
from archlint.project import Project
from archlint.registry import ActiveRule, Registry, load

from .conftest import Install
from .packs import rule, with_detection

OFF = None
REFUSES = """
    def __post_init__(self):
        if self.limit < 0:
            raise ValueError("limit is below 0")
"""
BAD, RARE = "acme/bad-thing", "acme/rare-thing"


def selected(registry: Registry, **settings: Any) -> list[ActiveRule]:
    config = Config(root=Path(), **settings)
    active = registry.select(config, Project(config, ()))
    return [each for each in active if each.rule.id.startswith("acme/")]


def ids(registry: Registry, **settings: Any) -> list[str]:
    return [each.rule.id for each in selected(registry, **settings)]


def test_recommended_rules_run(acme: Registry) -> None:
    assert ids(acme) == [BAD]


def test_others_run_where_they_are_configured(acme: Registry) -> None:
    assert ids(acme, severities={RARE: Severity.NOTE}) == [BAD, RARE]
    assert ids(acme, rules={RARE: (RuleInstance(),)}) == [BAD, RARE]


def test_a_severity_for_the_pack_does_not_bring_in_what_is_not_recommended(acme: Registry) -> None:
    assert ids(acme, severities={"acme/*": Severity.NOTE}) == [BAD]


@pytest.mark.parametrize(
    ("severities", "expected"),
    [
        ({}, None),
        ({BAD: Severity.NOTE}, Severity.NOTE),
        ({"acme/*": Severity.NOTE}, Severity.NOTE),
        ({"acme/*": Severity.NOTE, BAD: Severity.WARNING}, Severity.WARNING),
        ({"acme/*": OFF, BAD: Severity.WARNING}, Severity.WARNING),
        ({"other/*": OFF}, None),
    ],
)
def test_the_nearest_severity_counts(acme: Registry, severities: dict, expected: Severity | None) -> None:
    (only,) = selected(acme, severities=severities)
    assert only.severity is expected


@pytest.mark.parametrize("severities", [{BAD: OFF}, {"acme/*": OFF}, {"acme/*": Severity.NOTE, BAD: OFF}])
def test_off_is_off(acme: Registry, severities: dict) -> None:
    assert ids(acme, severities=severities) == []


def test_off_beats_a_table_that_was_inherited(acme: Registry) -> None:
    assert ids(acme, severities={BAD: OFF}, rules={BAD: (RuleInstance(),)}) == []


def test_a_table_beats_a_pack_that_is_off(acme: Registry) -> None:
    assert ids(acme, severities={"acme/*": OFF}, rules={RARE: (RuleInstance(),)}) == [RARE]


def test_each_table_is_a_rule_with_its_own_options(acme: Registry) -> None:
    tables = (
        RuleInstance(options={"limit": 1}, severity=Severity.NOTE, because="one is enough"),
        RuleInstance(options={"limit": 2}),
        RuleInstance(),
    )
    found = selected(acme, rules={RARE: tables}, severities={"acme/*": Severity.WARNING, BAD: OFF})
    assert [(each.rule.limit, each.severity, each.instance.because) for each in found] == [  # type: ignore[attr-defined]
        (1, Severity.NOTE, "one is enough"),
        (2, Severity.WARNING, ""),
        (3, Severity.WARNING, ""),
    ]


def test_the_packs_that_are_listed_run_and_archlints_own(acme: Registry) -> None:
    registry = replace(acme, packs=with_detection(acme, {"acme": True, "archlint": False}))
    config = Config(root=Path(), packs=())
    assert {each.rule.id.partition("/")[0] for each in registry.select(config, Project(config, ()))} == {
        "archlint"
    }
    assert ids(registry, packs=("acme",)) == [BAD]


def test_packs_are_detected_where_none_are_listed(acme: Registry) -> None:
    absent = replace(acme, packs=with_detection(acme, {"acme": False, "archlint": False}))
    assert ids(absent) == []
    assert ids(absent, packs=("acme",)) == [BAD]


def test_configuring_a_rule_brings_in_its_pack(acme: Registry) -> None:
    absent = replace(acme, packs=with_detection(acme, {"acme": False, "archlint": False}))
    assert ids(absent, severities={RARE: Severity.NOTE}) == [BAD, RARE]
    assert ids(absent, severities={"acme/*": Severity.NOTE}) == []
    assert ids(absent, severities={BAD: OFF}) == []


def test_a_rule_that_needs_an_option(install: Install) -> None:
    source = rule("acme/bad-thing", recommended=False, options="only_in: str")
    install("acme", {"acme/__init__.py": "", "acme/bad_thing.py": source}, "acme = acme")
    registry = load(only=["acme"])
    origin = {f"rules.{BAD}": Origin("archlint.toml", 3, 1)}
    with pytest.raises(
        ArchlintError, match=r"^archlint.toml:3: `acme/bad-thing` needs a table with .* `only-in`$"
    ):
        selected(registry, severities={BAD: Severity.NOTE}, origins=origin)


def test_a_rule_that_refuses_its_options(install: Install) -> None:
    source = rule("acme/bad-thing", options="limit: int = 3") + REFUSES
    install("acme", {"acme/__init__.py": "", "acme/bad_thing.py": source}, "acme = acme")
    instance = RuleInstance(options={"limit": -1}, origin=Origin("pyproject.toml", 9, 1))
    with pytest.raises(
        ArchlintError, match=r"^pyproject.toml:9: `acme/bad-thing` refuses its options: limit is below 0$"
    ):
        selected(load(only=["acme"]), rules={BAD: (instance,)})
