from __future__ import annotations

import ast
import subprocess
import sys

import pytest

from archlint.concrete.parsing import parse
from archlint.facts.extract import extract
from archlint.source import Unparsable


def test_a_file_for_a_newer_python_has_a_tree() -> None:
    tree = parse(b"class A[T]: 0\n\ntry: 0\nexcept A, B: 0\n")

    assert [(type(node).__name__, node.lineno) for node in tree.body] == [("ClassDef", 1), ("Try", 3)]


def test_a_broken_file_keeps_its_fault() -> None:
    with pytest.raises(Unparsable) as caught:
        parse(b"x = 1\ny = (\n")

    assert str(caught.value) == "2:5: '(' was never closed"


def test_the_age_of_the_running_python_is_told_where_it_may_matter() -> None:
    with pytest.raises(Unparsable) as caught:
        parse(b'x = 1\ny = t"{z}" ""\n')

    version = ".".join(map(str, sys.version_info[:2]))
    assert caught.value.message.endswith(f" (archlint runs on Python {version} here)")
    assert caught.value.line == 2


def test_what_parses_costs_no_libcst() -> None:
    program = "\n".join(
        [
            "import sys",
            "from archlint.facts.extract import extract",
            "for source in (b'x = 1', b'{% if x %}', b'from {{ x }} import y', b'x = 1\\0'):",
            "    extract('a.py', 'a', source)",
            "print('libcst' in sys.modules, 'archlint.concrete.lowering' in sys.modules)",
        ]
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert answer.stdout.split() == ["False", "True"]


def test_facts_of_a_file_for_a_newer_python() -> None:
    facts = extract("a.py", "a", b'import b\ntype C = b.C\n\ntry: f"{b.d["e"]}"\nexcept C, D: 0\n')

    assert facts.fault is None
    assert [(binding.name, binding.line) for binding in facts.bindings if binding.name == "C"] == [("C", 2)]


def test_the_tree_is_the_same_for_what_every_python_knows() -> None:
    source = b"def f(a, *b, c=1):\n    return [x for x in f'{a!r}']\n"

    assert ast.dump(parse(source), include_attributes=True) == ast.dump(
        ast.parse(source), include_attributes=True
    )
