"""What the pages of the rules call bad fails in the real Django, and what they call good does not."""

from pathlib import Path

import pytest

from archlint.finding import Severity
from archlint.pages import Example
from archlint.registry import load
from archlint.testing import examples

from .real import real

REGISTRY = load()
RULES = (
    "app-not-installed",
    "field-clash",
    "impossible-on-delete",
    "incomplete-admin-settings",
    "invalid-field-argument",
    "invalid-field-name",
    "invalid-generic-relation",
    "invalid-index-name",
    "invalid-meta-option",
    "invalid-permission",
    "invalid-primary-key",
    "invalid-through",
    "invalid-to-field",
    "invalid-user-model",
    "misnamed-app",
    "missing-on-delete",
    "reverse-accessor-clash",
    "swapped-user-model",
    "unknown-meta-field",
    "unknown-relation-target",
    "unresolved-setting",
)
EDGES = Path(__file__).parents[2] / "rules"
PAGES = [
    example
    for example in examples(REGISTRY, "django", EDGES)
    # What else is good may rest on packages that are not here.
    if example.rule.removeprefix("django/") in RULES and (example.is_bad or example.title == "Good")
]


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    projects = {str(example): example.files for example in PAGES}
    return real(projects, tmp_path_factory.mktemp("pages"))


@pytest.mark.parametrize("example", PAGES, ids=str)
def test_django_says_the_same(example: Example, said) -> None:
    assert bool(said[str(example)]) is example.is_bad, said[str(example)]


def test_these_rules_speak_of_errors() -> None:
    assert {REGISTRY.rules[f"django/{rule}"].severity for rule in RULES} == {Severity.ERROR}
