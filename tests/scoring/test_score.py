"""Sums, shares, levels and changes of scores."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archlint.finding import Accepted, Finding, Location, Severity
from archlint.level import Level
from archlint.registry import load
from archlint.report import Report, Tally
from archlint.scoring.change import compare
from archlint.scoring.levels import by_level, level_of
from archlint.scoring.score import Score, share_kept, share_resolved, summed
from archlint.scoring.wording import percent, points

TALLIES = {
    "imports/unresolved": Tally(kept=90, broken=5, unknown=5),
    "layers/upward-import": Tally(kept=40, broken=10),
    "sqlalchemy/mismatched-driver": Tally(kept=2),
    "sqlalchemy/unknown-attribute": Tally(kept=50, unknown=50),
}


def report(tallies, files=0, **more) -> Report:
    return Report(Path(), files, tuple(more.pop("findings", ())), tallies=tallies, **more)


def found(rule: str, path: str) -> Finding:
    return Finding(rule, Severity.ERROR, Location(path, 1, 1, 1, 2), "message", "hint")


_TALLIES = st.builds(Tally, *[st.integers(0, 10**6)] * 3)
_RULES = st.sampled_from(["a/x", "a/y", "b/x", "c/z"])


def test_the_score_sums_up_packs():
    score = Score.of(TALLIES)
    assert list(score.packs) == ["imports", "layers", "sqlalchemy"]
    assert score.packs["sqlalchemy"] == Tally(kept=52, unknown=50)
    assert score.total == Tally(kept=182, broken=15, unknown=55)


def test_what_is_unknown_is_a_place_and_not_kept():
    assert share_kept(Tally(kept=50, unknown=50)) == Fraction(1, 2)
    assert share_resolved(Tally(kept=40, broken=10, unknown=50)) == Fraction(1, 2)
    assert share_kept(Tally()) is None
    assert share_resolved(Tally()) is None


@given(st.dictionaries(_RULES, _TALLIES))
def test_nothing_is_lost_between_rules_packs_and_levels(tallies):
    total = Score.of(tallies).total
    assert total == summed(tallies.values())
    levels = by_level(
        report(tallies), {rule: Level(len(rule + at) % 4) for rule, at in zip(tallies, "abcd", strict=False)}
    )
    assert levels[-1].upto == total
    assert summed(each.own for each in levels) == total
    assert sum(each.rules for each in levels) == len(tallies)


def test_levels_build_on_each_other():
    registry = load()
    levels = by_level(report(TALLIES), {rule: level_of(rule, registry) for rule in TALLIES})
    assert [(each.level.name, each.rules, each.upto.examined) for each in levels] == [
        ("NONE", 1, 100),
        ("ARCHITECTURE", 1, 150),
        ("DATABASE", 1, 152),
        ("ORM", 1, 252),
    ]


def test_a_file_is_clean_until_a_rule_is_broken_in_it():
    findings = [found("imports/unresolved", "a.py"), found("orm/x", "a.py"), found("orm/x", "README.md")]
    accepted = [Accepted(found("orm/x", "b.py")), Accepted(found("layers/y", "c.py"))]
    tallies = dict.fromkeys(("imports/unresolved", "layers/y", "orm/x"), Tally(broken=1))
    whole = report(tallies, files=10, findings=findings, suppressed=accepted[:1], baselined=accepted[1:])
    levels = {"imports/unresolved": Level.NONE, "layers/y": Level.ARCHITECTURE, "orm/x": Level.ORM}
    assert [each.clean for each in by_level(whole, levels)] == [9, 8, 8, 7]


def test_a_pack_that_says_nothing_is_about_architecture():
    registry = load()
    assert level_of("layers/upward-import", registry) is Level.ARCHITECTURE
    assert level_of("acme/unheard-of", registry) is Level.ARCHITECTURE


@pytest.mark.parametrize("pack", load().packs.values(), ids=lambda pack: pack.name)
def test_levels_are_declared_of_rules_that_exist(pack):
    from importlib import import_module

    said = getattr(import_module(pack.package), "LEVELS", {})
    known = {card.id.partition("/")[2] for card in pack.rules}
    assert set(said) - known <= {"*"}


def test_a_change_counts_packs_that_came_and_went():
    before = Score.of({"imports/unresolved": Tally(kept=9, broken=1), "old/rule": Tally(kept=1)})
    after = Score.of({"imports/unresolved": Tally(kept=10), "new/rule": Tally(broken=2)})
    change = compare(before, after, "main")
    assert list(change.packs) == ["imports", "new", "old"]
    assert (change.packs["imports"].broken, change.packs["imports"].share) == (-1, Fraction(1, 10))
    assert (change.packs["new"].broken, change.packs["new"].share) == (2, None)
    assert (change.packs["old"].broken, change.packs["old"].share) == (0, None)
    assert change.total.broken == 1


@given(_TALLIES, _TALLIES)
def test_what_has_not_changed_is_no_change(one, other):
    score = Score.of({"a/x": one, "b/x": other})
    change = compare(score, score, "main")
    assert {each.broken for each in change.packs.values()} == {0}
    assert {each.share for each in change.packs.values()} <= {0, None}


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (None, "-"),
        (Fraction(0), "0.0 %"),
        (Fraction(1, 3), "33.3 %"),
        (Fraction(2, 3), "66.6 %"),
        (Fraction(99_999, 100_000), "99.9 %"),
        (Fraction(1), "100.0 %"),
    ],
)
def test_only_all_is_a_hundred_per_cent(share, words):
    assert percent(share) == words


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (None, "-"),
        (Fraction(0), "±0"),
        (Fraction(1, 8), "+12.50"),
        (Fraction(-1, 1000), "-0.10"),
        (Fraction(1, 10**6), "+<0.01"),
        (Fraction(-1, 10**6), "-<0.01"),
    ],
)
def test_no_change_hides_behind_rounding(change, words):
    assert points(change) == words
