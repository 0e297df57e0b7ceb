"""What the rules on mapping call bad fails with the real SQLAlchemy, and what they call good does not."""

import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from archlint.pages import Example
from archlint.registry import load
from archlint.testing import examples

PROBE = Path(__file__).with_name("probe.py")
EDGE_CASES = Path(__file__).parent.parent.parent / "rules"

RAISES = {
    "ambiguous-foreign-keys": {"AmbiguousForeignKeysError"},
    "asymmetric-back-populates": {"InvalidRequestError", "ArgumentError"},
    "conflicting-relationship-options": {"ArgumentError", "InvalidRequestError", "LoaderStrategyException"},
    "duplicate-table": {"InvalidRequestError"},
    "generic-array-contains": {"NotImplementedError"},
    "invalid-secondary": {
        "AmbiguousForeignKeysError",
        "ArgumentError",
        "InvalidRequestError",
        "NoForeignKeysError",
    },
    "mapped-column-in-table": {"ArgumentError"},
    "missing-primary-key": {"ArgumentError"},
    "missing-remote-side": {"ArgumentError"},
    "missing-table-name": {"InvalidRequestError"},
    "reserved-attribute": {"InvalidRequestError", "SADeprecationWarning", "SAWarning"},
    "tables-not-created": {"OperationalError"},
    "textual-relationship-annotation": {"InvalidRequestError"},
    "unjoinable-relationship": {"NoForeignKeysError"},
    "unknown-foreign-key-target": {"NoReferencedTableError", "NoReferencedColumnError"},
    "unknown-relationship-target": {"InvalidRequestError", "UnmappedClassError"},
    "unmapped-annotation": {"MappedAnnotationError", "ArgumentError"},
    "unsupported-column-type": {"CompileError", "UnsupportedCompilationError"},
}
DIALECTS = {"generic-array-contains": "postgresql"}
PROGRAMS = {
    "Bad: the function that creates them imports the models behind that": """
        from shop import create_app

        app = create_app()
        from shop.models import Order

        with app.app_context():
            Order.query.all()
    """,
    "Bad: a base of its own, whose tables nobody creates": """
        from shop.main import Order, engine
        from sqlalchemy import select

        engine.connect().execute(select(Order))
    """,
    "Bad: the module of the class is only for type checkers": """
        import shop
        from sqlalchemy.orm import configure_mappers

        configure_mappers()
    """,
}
"""What shows the examples in which it matters who imports what: the probe imports all of it."""

RUN = """
import sys
sys.path.insert(0, sys.argv[1])
try:
    exec(sys.argv[2])
except Exception as problem:
    print(type(problem).__name__)
"""
EXAMPLES = [
    example
    for example in examples(load({"archlint", "sqlalchemy"}), "sqlalchemy", EDGE_CASES)
    if example.rule.partition("/")[2] in RAISES and "(left alone)" not in example.title
]


def outcome(example: Example, folder: Path) -> str:
    for path, text in example.files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    program = PROGRAMS.get(example.title)
    dialect = DIALECTS.get(example.rule.partition("/")[2], "sqlite")
    told = ["-c", RUN, str(folder), dedent(program)] if program else [str(PROBE), str(folder), dialect]
    run = subprocess.run([sys.executable, *told], capture_output=True, text=True, check=False)
    return run.stdout.strip() or run.stderr


def test_every_rule_is_shown() -> None:
    assert {example.rule.partition("/")[2] for example in EXAMPLES} == set(RAISES)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_sqlalchemy_says_the_same(example: Example, tmp_path: Path) -> None:
    expected = RAISES[example.rule.partition("/")[2]] if example.is_bad else {"fine"}
    assert outcome(example, tmp_path) in expected
