"""Imports every module of a folder with the real SQLAlchemy; configures, compiles and calls what is there.

Run as a script, with a folder and a dialect. Prints `fine`, or the name of what was raised.
"""

import gc
import importlib
import sys
import warnings
from pathlib import Path


def modules(root: Path) -> list[str]:
    paths = sorted(root.rglob("*.py"), key=lambda path: (path.stem != "main", path))
    parts = [path.relative_to(root).with_suffix("").parts for path in paths]
    return [".".join(part for part in each if part != "__init__") for each in parts]


def probe(root: Path, dialect: str) -> None:
    sys.path.insert(0, str(root))
    for name in modules(root):
        module = importlib.import_module(name)
        if hasattr(module, "prepare"):
            module.prepare()
            module.refund()
    from sqlalchemy import MetaData
    from sqlalchemy.dialects import registry
    from sqlalchemy.orm import configure_mappers
    from sqlalchemy.schema import CreateTable

    configure_mappers()
    for metadata in [each for each in gc.get_objects() if isinstance(each, MetaData)]:
        if any(table.schema == "pg_catalog" for table in metadata.tables.values()):
            continue  # SQLAlchemy's own
        for table in metadata.sorted_tables:
            str(CreateTable(table).compile(dialect=registry.load(dialect)()))
    for name in modules(root):
        if hasattr(sys.modules[name], "tagged"):
            sys.modules[name].tagged("news")


if __name__ == "__main__":
    warnings.simplefilter("error")
    warnings.filterwarnings("ignore", category=DeprecationWarning)
    try:
        probe(Path(sys.argv[1]), sys.argv[2])
    except Exception as problem:
        sys.stdout.write(type(problem).__name__)
    else:
        sys.stdout.write("fine")
