"""The runner of examples tells when a page lies."""

from pathlib import Path

import pytest

from archlint.errors import ArchlintError
from archlint.pages import Example, parse
from archlint.registry import Registry, load
from archlint.testing import check_example, examples

from .conftest import Install
from .packs import rule

BAD = '```python\nx = 1  # error: [acme/bad-thing] "bad example"\n```'


def example(section: str, rule_id: str = "acme/bad-thing") -> Example:
    (only,) = parse(f"A page.\n\n{section}\n", rule_id).examples
    return only


def test_examples_that_keep_their_word(acme: Registry) -> None:
    found = examples(acme, "acme")
    assert [str(each) for each in found] == [
        "acme/bad-thing Bad",
        "acme/bad-thing Good",
        "acme/rare-thing Bad",
        "acme/rare-thing Good",
    ]
    assert check_example(found[2], acme) != []  # the other rule of the pack speaks as well
    assert check_example(found[1], acme) == []


@pytest.mark.parametrize(
    ("section", "mismatch"),
    [
        ("## Bad\n\n```python\nx = 1\n```", "a Bad section needs an expectation"),
        (f"## Good\n\n{BAD}", "a Good section may have no expectation"),
        ("## Good\n\nNothing.", "the section has no files"),
        (
            "## Good\n\n```python\nx = 1\n```",
            'unexpected example.py:1: error: [acme/bad-thing] "bad example.py"',
        ),
        (
            f"## Bad\n\n{BAD}".replace("error:", "note:"),
            'expected example.py:1: note: [acme/bad-thing] "bad example"',
        ),
        (f"## Bad\n\n{BAD}".replace("x = 1", "\nx = 1"), "expected example.py:2: "),
        (f"## Bad\n\n{BAD}".replace("bad example", "worse"), '[acme/bad-thing] "worse"'),
        (
            f"## Bad\n\n{BAD}".replace("bad-thing", "rare-thing"),
            "expected example.py:1: error: [acme/rare-thing]",
        ),
        (
            "## Good\n\n```toml\nlairs = 1\n```",
            "archlint could not run: archlint.toml:1:1: unknown key `lairs`",
        ),
        (
            "## Good\n\n`a.txt`:\n\n```text\n```",
            "rule `acme/bad-thing` examined nothing in this Good section",
        ),
    ],
)
def test_a_broken_promise_is_told(acme: Registry, section: str, mismatch: str) -> None:
    assert mismatch in "\n".join(check_example(example(section), acme))


def test_one_finding_meets_one_expectation(acme: Registry) -> None:
    twice = BAD.replace("  #", '  # error: [acme/bad-thing] "bad"  #')
    assert check_example(example(f"## Bad\n\n{twice}"), acme) == [
        'expected example.py:1: error: [acme/bad-thing] "bad example"'
    ]


def test_a_rule_that_is_not_recommended_runs_in_its_examples(install: Install) -> None:
    files = {"acme/__init__.py": "", "acme/bad_thing.py": rule("acme/bad-thing", recommended=False)}
    install("acme", files, "acme = acme")
    registry = load(only=["archlint", "acme"])
    assert [check_example(each, registry) for each in examples(registry, "acme")] == [[], []]


def test_a_rule_that_raises_is_told(install: Install) -> None:
    source = rule("acme/bad-thing").replace("for module in", "raise KeyError('oh')\n        for module in")
    install("acme", {"acme/__init__.py": "", "acme/bad_thing.py": source}, "acme = acme")
    registry = load(only=["archlint", "acme"])
    told = check_example(examples(registry, "acme")[0], registry)
    assert told[0].startswith("rule `acme/bad-thing` raised KeyError: 'oh'\nTraceback")


def test_a_page_needs_both_sides(install: Install) -> None:
    source = rule("acme/bad-thing").replace("## Good", "## Fine")
    install("acme", {"acme/__init__.py": "", "acme/bad_thing.py": source}, "acme = acme")
    with pytest.raises(
        ArchlintError, match="the page of `acme/bad-thing` needs both a Bad and a Good section"
    ):
        examples(load(only=["acme"]), "acme")


def test_edge_cases_lie_in_files_named_after_their_rules(acme: Registry, tmp_path: Path) -> None:
    folder = tmp_path / "cases"
    (folder / "acme").mkdir(parents=True)
    (folder / "acme" / "bad-thing.md").write_text(f"# Edge cases\n\n## Bad: an edge\n\n{BAD}\n")
    assert str(examples(acme, "acme", folder)[-1]) == "acme/bad-thing Bad: an edge"
    (folder / "acme" / "bad-thin.md").write_text("# Edge cases\n")
    with pytest.raises(ArchlintError, match="no such rule: `acme/bad-thin`"):
        examples(acme, "acme", folder)
