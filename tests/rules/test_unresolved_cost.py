"""What many missing names cost: twice as many take about twice as long, not four times."""

from time import process_time

from archlint.config.model import Config
from archlint.engine import open_project
from archlint.finding import Finding
from archlint.rules.imports.unresolved import UnresolvedImport

FILES = 20


def seconds(folder, missing):
    (folder / "app").mkdir(parents=True)
    (folder / "app" / "__init__.py").touch()
    (folder / "app" / "names.py").write_text("".join(f"def name_{n}(): ...\n" for n in range(300)))
    for file in range(FILES):
        imports = (f"from app.names import gone_{file}_{n}\n" for n in range(missing // FILES))
        (folder / "app" / f"use_{file}.py").write_text("".join(imports))
    project = open_project(Config(root=folder))
    start = process_time()
    found = [verdict for verdict in UnresolvedImport().check(project) if isinstance(verdict, Finding)]
    assert len(found) == missing
    return process_time() - start


def test_cost_grows_with_the_findings(tmp_path):
    few = min(seconds(tmp_path / f"few-{n}", 400) for n in range(3))
    assert seconds(tmp_path / "many", 3200) < 8 * 3 * few
