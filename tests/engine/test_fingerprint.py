"""What a finding is known by, however its file is laid out."""

from __future__ import annotations

import pytest

from archlint.config.model import Config
from archlint.engine import open_project
from archlint.finding import Finding, Location, Severity
from archlint.fingerprint import identify


@pytest.fixture
def known(tmp_path):
    """The fingerprint of a finding at a place in a file of this text."""

    def known(text: str, place: tuple[int, int, int, int], message: str = "it is wrong") -> str:
        (tmp_path / "a.py").write_text(text, encoding="utf-8")
        finding = Finding("p/r", Severity.ERROR, Location("a.py", *place), message, "mend it")
        (identified,) = identify(open_project(Config(root=tmp_path)), [finding])
        return identified.fingerprint

    return known


def test_a_statement_told_by_its_line(known):
    short = known("x = session.query(A).filter(B.c == 'a').all()\n", (1, 1, 1, 46))
    text = 'x = (\n    session.query(A)  # why\n    .filter(B.c == "a")\n    .all()\n)\n'
    assert {known(text, (line, 1, line, len(text.split("\n")[line - 1]) + 1)) for line in (1, 2, 3)} == {
        short
    }
    assert known("x = session.query(A).filter(B.c == 'b').all()\n", (1, 1, 1, 46)) != short


def test_an_item_told_by_its_start(known):
    short = known("x = Column(A, default={}, nullable=False)\n", (1, 15, 1, 42))
    assert known("x = Column(\n    A,\n    default={},\n    nullable=False,\n)\n", (3, 5, 3, 16)) == short
    assert known("x = Column(A, default={})\n", (1, 15, 1, 26)) == short
    assert known("x = Column(A, default=[])\n", (1, 15, 1, 26)) != short


def test_a_definition_told_by_its_line(known):
    short = known("def f(a, b): return a\n", (1, 1, 1, 22))
    assert known("\n\ndef f(\n    a: int,\n):\n    return a\n", (3, 1, 3, 7)) == short
    assert known("def g(a, b): return a\n", (1, 1, 1, 22)) != short


def test_an_expression_told_in_full(known):
    short = known("x = f(a, 'b')\n", (1, 5, 1, 14))
    assert known('y = [\n    f(\n        a,\n        "b",\n    )\n]\n', (2, 5, 5, 6)) == short


def test_the_message_does_not_count_and_the_function_around_does(known):
    text = "def f():\n    return a.b\n"
    assert known(text, (2, 12, 2, 15)) == known(text, (2, 12, 2, 15), "it is not right")
    assert known(text, (2, 12, 2, 15)) != known(text.replace("f", "g"), (2, 12, 2, 15))
