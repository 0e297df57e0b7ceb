"""Imports every module of a folder with the real SQLAlchemy; configures, compiles and calls what is there.

`tests/frameworks/apart.py` runs this.
"""

import gc
import importlib
import sys
import warnings
from pathlib import Path

import flask_sqlalchemy  # noqa: F401  # loaded once, before the projects
import sqlmodel  # noqa: F401
from sqlalchemy import MetaData
from sqlalchemy.dialects import registry
from sqlalchemy.orm import configure_mappers
from sqlalchemy.schema import CreateTable


def say(root: str, dialect: str, program: str) -> str:
    """`fine`, or the name of what is raised by the program, if there is one, and else by all modules."""
    sys.path.insert(0, root)
    try:
        if program:
            exec(program, {})
        else:
            warnings.simplefilter("error")
            warnings.filterwarnings("ignore", category=DeprecationWarning)
            probe(Path(root), dialect)
    except Exception as problem:
        return type(problem).__name__
    return "fine"


def modules(root: Path) -> list[str]:
    paths = sorted(root.rglob("*.py"), key=lambda path: (path.stem != "main", path))
    parts = [path.relative_to(root).with_suffix("").parts for path in paths]
    return [".".join(part for part in each if part != "__init__") for each in parts]


def probe(root: Path, dialect: str) -> None:
    for name in modules(root):
        module = importlib.import_module(name)
        if hasattr(module, "prepare"):
            module.prepare()
            module.refund()
    configure_mappers()
    for metadata in [each for each in gc.get_objects() if isinstance(each, MetaData)]:
        if any(table.schema == "pg_catalog" for table in metadata.tables.values()):
            continue  # SQLAlchemy's own
        for table in metadata.sorted_tables:
            str(CreateTable(table).compile(dialect=registry.load(dialect)()))
    for name in modules(root):
        if hasattr(sys.modules[name], "tagged"):
            sys.modules[name].tagged("news")
