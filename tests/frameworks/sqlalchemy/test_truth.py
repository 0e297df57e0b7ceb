"""What the rules on mapping call bad fails with the real SQLAlchemy, and what they call good does not."""

from pathlib import Path
from textwrap import dedent

import pytest

from archlint.pages import Example
from archlint.registry import load
from archlint.testing import examples
from tests.frameworks.apart import ask

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
    "relationship-in-mixin": {"InvalidRequestError"},
    "reserved-attribute": {"InvalidRequestError", "SADeprecationWarning", "SAWarning"},
    "tables-not-created": {"OperationalError"},
    "textual-relationship-annotation": {"InvalidRequestError"},
    "unjoinable-relationship": {"NoForeignKeysError"},
    "unknown-foreign-key-target": {"NoReferencedTableError", "NoReferencedColumnError"},
    "unknown-relationship-column": {"AttributeError", "InvalidRequestError"},
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
    "Bad: the function that makes the application imports the models behind its call": """
        import main
        from database import engine
        from models import Trip
        from sqlalchemy import select

        engine.connect().execute(select(Trip))
    """,
    "Bad: a package that makes the application, and imports its views too late": """
        from shop import create_app
        from sqlalchemy import select

        create_app()
        from shop.db import engine
        from shop.models import Order

        engine.connect().execute(select(Order))
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
    "Good: a base from another distribution may name the tables": """
        import sys
        from types import ModuleType

        from sqlalchemy.orm import declared_attr

        class BaseModelBase:
            @declared_attr
            def __tablename__(cls):
                return cls.__name__.lower()

        common = ModuleType("backend.common")
        common.BaseModelBase = BaseModelBase
        sys.modules["backend.common"] = common

        from node.model.team import member

        assert member.c.team_id.references(member.metadata.tables["team"].c.id)
    """,
}
"""What shows the examples in which it matters who imports what: the probe imports all of it."""

APART = ("Advanced Alchemy", "FastAPI Users")
"""The first has tests of its own, the second asks for an older SQLAlchemy than the one that is here."""

EXAMPLES = [
    example
    for example in examples(load({"archlint", "sqlalchemy"}), "sqlalchemy", EDGE_CASES)
    if example.rule.partition("/")[2] in RAISES
    and "(left alone)" not in example.title
    and not any(library in example.title for library in APART)
]


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    root = tmp_path_factory.mktemp("pages")
    return ask(PROBE, {str(each): question(each, root / str(n)) for n, each in enumerate(EXAMPLES)})


def question(example: Example, folder: Path) -> dict[str, str]:
    for path, text in example.files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    dialect = DIALECTS.get(example.rule.partition("/")[2], "sqlite")
    return {"root": str(folder), "dialect": dialect, "program": dedent(PROGRAMS.get(example.title, ""))}


def test_every_rule_is_shown() -> None:
    assert {example.rule.partition("/")[2] for example in EXAMPLES} == set(RAISES)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_sqlalchemy_says_the_same(example: Example, said) -> None:
    expected = RAISES[example.rule.partition("/")[2]] if example.is_bad else {"fine"}
    assert said[str(example)] in expected
