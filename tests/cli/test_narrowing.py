"""`--select` and `--ignore`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TypeVar

import pytest

from archlint.card import Card
from archlint.config.model import Config, RuleInstance
from archlint.config.narrowing import Narrowing, narrowed
from archlint.errors import UsageError
from archlint.finding import Severity
from archlint.registry import installed

from .conftest import DRAWING

T = TypeVar("T")


@pytest.fixture
def several(tree):
    """Findings of three rules in three packs, and one suppression that is of use and one that is not."""
    return tree(
        {
            "archlint.toml": DRAWING,
            "web/schemas.py": "class OrderIn: ...\n",
            "domain/a.py": "from web.schemas import OrderIn\n",
            "domain/b.py": "from domain.a import nothing  # archlint: ignore[imports/unresolved]\n",
            "domain/c.py": "from domain.a import nothing\nx = 1  # archlint: ignore[imports/unresolved]\n",
            "domain/broken.py": "(\n",
        }
    )


def rules(result):
    return sorted({json.loads(line)["rule"] for line in result.out.splitlines()})


@pytest.fixture
def run(archlint):
    def call(*arguments):
        result = archlint("--output-format", "json-lines", *arguments)
        assert result.status in (0, 1), result.err
        return result

    return call


BROKEN, UPWARD, UNRESOLVED, UNUSED = (
    "archlint/syntax-error",
    "layers/upward-import",
    "imports/unresolved",
    "archlint/unused-suppression",
)


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ([], [UNRESOLVED, UPWARD, UNUSED, BROKEN]),
        (["--select", "layers"], [UPWARD, BROKEN]),
        (["--select", "layers/*"], [UPWARD, BROKEN]),
        (["--select", "layers,imports"], [UPWARD, UNRESOLVED, BROKEN]),
        (["--select", "layers", "--select", UNRESOLVED], [UPWARD, UNRESOLVED, BROKEN]),
        (["--select", UNUSED], [UNUSED, BROKEN]),
        (["--select", UNUSED, "--select", "imports"], [UNRESOLVED, UNUSED, BROKEN]),
        (["--select", "layers", "--ignore", UPWARD], [BROKEN]),
        (["--select", UPWARD, "--ignore", "layers"], [UPWARD, BROKEN]),
        (["--select", "layers", "--ignore", "layers"], [BROKEN]),
        (["--ignore", "layers"], [UNRESOLVED, UNUSED, BROKEN]),
        (["--ignore", f"{UNRESOLVED}, {UNUSED}"], [UPWARD, BROKEN]),
        (["--ignore", "archlint"], [UNRESOLVED, UPWARD, BROKEN]),
        (["--ignore", "archlint", "--ignore", BROKEN], [UNRESOLVED, UPWARD]),
    ],
)
def test_what_runs(several, run, arguments, found):
    if "--select" in arguments and UNUSED in arguments and "imports" not in arguments:
        # of the suppressions of a rule that does not run nobody can say whether they are of use
        found = [rule for rule in found if rule != UNUSED]
    assert rules(run(*arguments)) == sorted(found)


def each_after_each(ways: Sequence[T]) -> list[T]:
    """The shortest order in which each comes once right after each, itself too."""
    order: list[T] = []
    for number, way in enumerate(ways):
        order.append(way)
        order += [each for other in ways[number + 1 :] for each in (way, other)]
    return [*order, ways[0]]


def test_what_is_remembered_is_what_was_asked_for(several, run):
    """Every way to ask, after every way, gives what a run without a memory gives."""
    ways: tuple[list[str], ...] = (
        [],
        ["--select", "layers"],
        ["--ignore", "layers"],
        ["--select", "imports", "domain/c.py"],
        ["--fail-on", "warning", "--ignore", UNRESOLVED, "--ignore", UPWARD, "--ignore", BROKEN],
    )
    alone = {str(way): run(*way, "--no-cache") for way in ways}
    assert len({each.out for each in alone.values()}) == len(ways)
    for way in each_after_each(ways):
        assert run(*way) == alone[str(way)]


def test_what_is_remembered_knows_the_baseline(several, run, archlint):
    """What is accepted of rules that do not run is neither shown nor stale."""
    assert archlint("baseline", "write").status == 0
    (several / "domain/d.py").write_text("from domain.a import neither\n")
    ways: tuple[list[str], ...] = (
        [],
        ["--no-baseline"],
        ["--select", "layers", "--strict-baseline"],
        ["--no-baseline", "--ignore", "layers"],
        ["--select", UNRESOLVED, "--verbose"],
    )
    alone = {str(way): run(*way, "--no-cache") for way in ways}
    assert [len(each.out.splitlines()) for each in alone.values()] == [1, 5, 0, 4, 1]
    assert [each.status for each in alone.values()] == [1, 1, 0, 1, 1]
    for way in each_after_each(ways):
        assert run(*way) == alone[str(way)]


def test_a_rule_that_is_turned_off_runs_when_it_is_asked_for(several, run):
    (several / "archlint.toml").write_text(f'packs = ["imports"]\n[rules]\n"layers/*" = "off"\n{DRAWING}')
    assert UPWARD not in rules(run())
    for select in (UPWARD, "layers"):
        assert rules(run("--select", select)) == [BROKEN, UPWARD]


def test_severities_stay_those_of_the_configuration(several, run):
    (several / "archlint.toml").write_text(f'{DRAWING}\n[rules]\n"layers/*" = "note"\n')
    result = run("--select", "layers", "domain/a.py")
    assert result.status == 0
    assert json.loads(result.out)["severity"] == "note"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--select", "layer"], "no such rule or pack: `layer`; did you mean `layers`?"),
        (["--ignore", "layers/upward-imports"], "did you mean `layers/upward-import`?"),
        (["--ignore", "zzz/*"], "no such rule or pack: `zzz`; `archlint rules` lists all rules"),
        (["--select", ""], "the name of the rule is empty"),
        (["--select", "layers,"], "the name of the rule is empty"),
    ],
)
def test_names_that_are_none(several, archlint, arguments, words):
    for _ in range(2):
        result = archlint(*arguments)
        assert (result.status, result.out) == (2, "")
        assert words in result.err


def test_a_name_of_one_project_is_none_of_those_inside_it(tree, archlint):
    pattern = '[[patterns]]\nid = "acme/print"\npattern = "print($...A)"\nmessage = "prints"\nhint = "log"\n'
    tree({"archlint.toml": pattern, "a.py": "print(1)\n", "in/archlint.toml": "", "in/b.py": "print(1)\n"})
    for _ in range(2):
        result = archlint("--select", "acme/print", "--output-format", "concise")
        assert (result.status, result.out) == (1, "a.py:1:1: error [acme/print] prints\n")
    assert "no such rule or pack: `acme/print`" in archlint("--select", "acme/print", "in").err


def test_a_rule_that_needs_a_table_says_so(several, archlint):
    result = archlint("--select", "layers/restricted-use")
    assert result.status == 2
    assert "`layers/restricted-use` needs a table" in result.err


def card(rule: str, recommended: bool = True) -> Card:
    return Card(rule, "m", "N", Severity.WARNING, recommended, (), False)


CARDS = {
    each.id: each for each in (card("a/x"), card("a/y"), card("a/rare", False), card("b/z"), card(BROKEN))
}


def severities(config: Config, select=(), ignore=()):
    return dict(narrowed(config, Narrowing(select, ignore), CARDS).severities)


def test_of_a_pack_runs_what_is_recommended_or_configured(tmp_path):
    off = {"b/z": None}
    config = Config(tmp_path)
    assert severities(config, ("a",)) == off
    assert severities(config, ("a/rare",)) == {**off, "a/x": None, "a/y": None, "a/rare": Severity.WARNING}
    noted = Config(tmp_path, severities={"a/rare": Severity.NOTE, "a/x": None, "a/*": Severity.ERROR})
    assert severities(noted, ("a",)) == {
        **off,
        "a/rare": Severity.NOTE,
        "a/x": Severity.ERROR,
        "a/y": Severity.ERROR,
    }
    with_table = Config(tmp_path, rules={"a/rare": (RuleInstance(),)})
    assert severities(with_table, ("a",)) == off
    assert narrowed(config, Narrowing(("a",)), CARDS).packs == ("a", "archlint")


def test_nothing_asked_changes_nothing(tmp_path):
    config = Config(tmp_path, severities={"a/x": None})
    assert narrowed(config, Narrowing(), CARDS) is config
    assert severities(config, (), ("b",)) == {"a/x": None, "b/z": None}
    with pytest.raises(UsageError, match="no such rule or pack: `c`"):
        narrowed(config, Narrowing((), ("c",)), CARDS)
    assert "a/x" not in installed().rules
