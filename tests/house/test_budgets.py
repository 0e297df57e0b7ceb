"""The budgets of the house: short modules, shallow imports, no cycles, nothing heavy too early."""

import ast
import re
import subprocess
import sys
from graphlib import TopologicalSorter
from statistics import median

import pytest

from archlint.project import Module

from .project import ROOT, leaving, needed, project

MODULES = [module for module in project().modules if module.name.startswith("archlint")]
HEAVY = {"libcst", "astroid", "sqlglot", "yaml"}
BLOCKS = (ast.If, ast.For, ast.While, ast.With, ast.Try)
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
VAGUE = {"util", "utils", "common", "helper", "helpers", "misc", "core", "base", "manager"}


def test_archlint_sees_itself() -> None:
    assert {"archlint.engine", "archlint.rule", "archlint.rules.layers.upward_import"} <= {
        m.name for m in MODULES
    }


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_no_module_is_long(module: Module) -> None:
    assert module.facts.lines <= 400


def test_most_modules_are_short() -> None:
    assert median(module.facts.lines for module in MODULES) <= 100


def test_no_import_cycle_and_no_deep_chain() -> None:
    depth: dict[Module, int] = {}
    order = TopologicalSorter({module: needed(module) for module in MODULES}).static_order()  # refuses cycles
    for module in order:
        depth[module] = max((depth[each] + 1 for each in needed(module)), default=0)
    assert {module.name: depth[module] for module in MODULES if depth[module] > 10} == {}


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_no_function_is_nested_deeply(module: Module) -> None:
    functions = [node for node in ast.walk(_tree(module)) if isinstance(node, ast.FunctionDef)]
    assert [function.name for function in functions if _nesting(function) > 4] == []


def _tree(module: Module) -> ast.Module:
    return ast.parse((ROOT / module.path).read_text(encoding="utf-8"))


def _nesting(node: ast.AST) -> int:
    """How many statements lie around the innermost one; an `elif` lies in none but its `if`."""
    deepest = 0
    for child in ast.iter_child_nodes(node):
        if isinstance(child, DEFINITIONS):
            continue
        is_elif = isinstance(node, ast.If) and isinstance(child, ast.If) and node.orelse == [child]
        deepest = max(deepest, _nesting(child) + (isinstance(child, BLOCKS) and not is_elif))
    return deepest


def test_names_say_what_is_inside() -> None:
    assert [module.name for module in MODULES if module.name.rpartition(".")[2] in VAGUE] == []


def test_a_rule_imports_no_other_rule() -> None:
    rules = [module for module in MODULES if module.name.startswith("archlint.rules.")]
    crossing = [
        (rule.name, other.name)
        for rule in rules
        for other in needed(rule)
        if other in rules and not other.is_package
    ]
    assert crossing == []


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_the_tree_of_the_standard_library_is_read_in_few_places(module: Module) -> None:
    if "ast" in leaving(module):
        assert module.name.startswith(("archlint.facts.walk", "archlint.source", "archlint.config.docs"))


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_heavy_libraries_are_imported_where_they_are_used(module: Module) -> None:
    if not module.name.startswith(
        ("archlint.concrete.", "archlint.frameworks.", "archlint.project.objects.inference")
    ):
        assert leaving(module) & HEAVY == set()


def test_nothing_heavy_is_imported_with_the_engine() -> None:
    code = "import sys, archlint.engine; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "msgspec" in run.stdout.split()
    assert HEAVY & set(run.stdout.split()) == set()


def test_nobody_looks_into_functions_unnoticed() -> None:
    """What a verdict rests on is noted where a file is looked into: by `Module`, and by it alone."""
    encoded = re.compile(r"\bbytes\([\w.\[\]]*(?<!facts)\.body\)|\bbytes\([\w.]*\.definitions\)")
    looking = {m.path for m in MODULES if encoded.search((ROOT / m.path).read_text(encoding="utf-8"))}
    assert looking == {"src/archlint/project/module.py"}
