"""Packs that are folders, facts of packs, and rules that look at concrete trees."""

import sys

import pytest

from archlint import engine
from archlint.errors import ArchlintError, ConfigError
from archlint.registry import installed
from archlint.registry.opening import opened

INIT = '''"""Rules of a project."""
import ast
from collections.abc import Iterator

import msgspec


class Print(msgspec.Struct, frozen=True):
    line: int


def prints(tree: ast.Module) -> Iterator[Print]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id == "print":
            yield Print(node.lineno)


COLLECTORS = (prints,)
'''
RULE = '''"""Prints."""

from archlint.finding import Severity
from archlint.rule import ModuleRule

from . import prints


class Printing(ModuleRule, frozen=True):
    severity = Severity.WARNING
    since = "1"

    def check_module(self, project, module):
        for fact in module.collected(prints):
            yield self.finding(project.location(module, fact.line, 0), "prints", "log it")
'''
CONCRETE = '''"""Comments."""
from dataclasses import dataclass

from archlint.concrete_rule import ConcreteRule
from archlint.finding import Severity


class Commented(ConcreteRule, frozen=True):
    severity = Severity.WARNING
    since = "1"

    def nominate(self, project, module):
        return [function for function in module.functions if function.name == "looked_at"]

    def check_tree(self, project, module, tree):
        import libcst

        for comment in tree.nodes(libcst.Call):
            yield self.finding(tree.location(comment), f"{tree.code(comment)} in {tree.scope(comment)}", "h")
'''
FILES = {
    "archlint.toml": 'packs = ["./tools/our_rules"]\nexclude = ["tools/**"]\n',
    "tools/our_rules/__init__.py": INIT,
    "tools/our_rules/printing.py": RULE,
    "tools/our_rules/commented.py": CONCRETE,
    "a.py": "print(1)\n\n\nclass A:\n    def looked_at(self):\n        return f(1)\n",
    "b.py": "print(2)\n\n\ndef other():\n    f(2)\n",
}


@pytest.fixture
def lint(tmp_path):
    def run(files, **request):
        for path, text in files.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text)
        root = tmp_path.resolve()
        return engine.run(*opened(root / "archlint.toml", root, installed()), engine.Request(**request))

    return run


def told(report):
    return [
        (f.rule, f.location.path, f.location.line, f.message)
        for f in report.findings
        if f.rule.startswith("our-rules")
    ]


EXPECTED = [
    ("our-rules/printing", "a.py", 1, "prints"),
    ("our-rules/commented", "a.py", 6, "f(1) in A.looked_at()"),
    ("our-rules/printing", "b.py", 1, "prints"),
]


def test_a_folder_is_a_pack(lint, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    report = lint(FILES)
    assert report.failures == ()
    assert told(report) == EXPECTED
    assert not list(tmp_path.rglob("__pycache__"))
    assert not any(str(tmp_path) in path for path in sys.path)


def test_facts_are_collected_in_other_processes_too(lint):
    many = {f"m{n}.py": "print(3)\n" for n in range(100)}
    report = lint({**FILES, **many}, jobs=2)
    assert report.failures == ()
    assert len(told(report)) == 103


def test_facts_are_kept_until_the_pack_changes(lint, tmp_path):
    store = engine.store_for(tmp_path / "cache", tmp_path)
    assert told(lint(FILES, store=store)) == EXPECTED
    assert told(lint(FILES, store=store)) == EXPECTED
    for name in [name for name in sys.modules if name.startswith("archlint_packs")]:
        del sys.modules[name]  # as in another run
    changed = {**FILES, "tools/our_rules/__init__.py": INIT.replace('== "print"', '== "f"')}
    assert [line for rule, _, line, _ in told(lint(changed, store=store)) if rule.endswith("printing")] == [
        6,
        5,
    ]


def test_a_collector_that_raises_fails_the_rules_that_ask_it(lint):
    broken = INIT.replace("            yield Print", "            1 / 0\n            yield Print")
    report = lint({**FILES, "tools/our_rules/__init__.py": broken})
    (failure,) = report.failures
    assert failure.rule == "our-rules/printing"
    assert "failed on a.py: ZeroDivisionError" in failure.error
    assert [rule for rule, *_ in told(report)] == ["our-rules/commented"]


def test_a_folder_that_is_not_there(lint):
    with pytest.raises(ConfigError, match=r"1:10: no such folder: `\./tools/none`"):
        lint({"archlint.toml": 'packs = ["./tools/none"]\n'})


def test_two_packs_of_one_name(lint):
    with pytest.raises(ArchlintError, match="two packs have one name, `django`"):
        lint({"archlint.toml": 'packs = ["./django"]\n', "django/__init__.py": '"""Not that one."""\n'})


def test_a_collector_says_what_it_collects(lint):
    unsaid = INIT.replace(" -> Iterator[Print]", "")
    with pytest.raises(ArchlintError, match="must be annotated with its facts"):
        lint({**FILES, "tools/our_rules/__init__.py": unsaid})
