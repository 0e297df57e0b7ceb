"""What a third party's pack may rest on. A name that is missed here breaks somebody's pack: think twice."""

from importlib import import_module

import pytest

PUBLIC = {
    "archlint.rule": {"ModuleRule", "Outcome", "Rule", "Verdict"},
    "archlint.concrete_rule": {"ConcreteRule", "Nominee"},
    "archlint.project": {
        "MISSING",
        "UNKNOWN",
        "Answer",
        "Definition",
        "External",
        "Folder",
        "Module",
        "Project",
        "Unresolved",
        "View",
    },
    "archlint.testing": {"check_example", "examples", "mismatches"},
    "archlint.registry": {"ActiveRule", "Pack", "Registry", "installed", "load", "recall"},
}
FINDING = ("Confidence", "Edit", "Finding", "Fix", "Location", "Related", "Severity")
VIEWS = {
    "archlint.project.classes": "ClassHierarchy",
    "archlint.project.imports.import_graph": "ImportGraph",
    "archlint.project.drawing.layers": "Layers",
    "archlint.project.scopes": "Scopes",
    "archlint.project.symbols": "Symbols",
    "archlint.project.objects.uses": "Uses",
    "archlint.project.objects.values": "Values",
}


@pytest.mark.parametrize("name", PUBLIC)
def test_the_public_names(name: str) -> None:
    module = import_module(name)
    assert set(module.__all__) == PUBLIC[name]
    assert all(hasattr(module, each) for each in module.__all__)


def test_the_words_and_the_views() -> None:
    assert all(hasattr(import_module("archlint.finding"), each) for each in FINDING)
    assert all(hasattr(import_module(module), view) for module, view in VIEWS.items())


def test_what_a_tree_offers() -> None:
    from archlint.concrete.tree import Tree

    offered = {"around", "code", "code_of", "kinds", "location", "nodes", "scope", "within"}
    assert {each for each in vars(Tree) if not each.startswith("_")} == offered
