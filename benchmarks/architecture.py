"""Measure the rules about imports and layers: `python benchmarks/architecture.py`.

A project of 4,000 modules and 25,000 imports is made up, always the same one. Its facts are read first, and
are not part of the figures: these are the CPU seconds of the first rule, which pays for the import graph,
of each further rule, and of all together.
"""

from __future__ import annotations

import random
import tempfile
from pathlib import Path
from time import process_time

from archlint.collector import without_collector
from archlint.engine import open_project
from archlint.finding import Finding
from archlint.registry import load
from archlint.registry.opening import opened

MODULES = 4_000
IMPORTS = 25_000
LAYERS = ("routes", "tasks", "services", "selectors", "repositories", "models", "events", "core")
FEATURES = 50
UPWARD = 40
"""Imports that break the drawing."""

BODY = """

class Order:
    def place(self): ...

    def total(self):
        return self.place()


def run(order: Order):
    return order.place()
"""
"""What every module holds besides its imports: methods are uses, which some rules follow."""

CONFIG = f"""packs = ["layers", "imports", "layout"]

[layers]
{"".join(f'{name} = ["shop.*.{name}.**"]{chr(10)}' for name in LAYERS)}
[[rules."layers/upward-import"]]
transitive = true

[[rules."layers/skipped-layer"]]
closed = ["services"]
from-above = ["models", "events", "core"]

[[rules."layers/unassigned-module"]]
within = ["shop.*.*.**"]

[[rules."imports/forbidden"]]
from-modules = ["models", "core"]
to = ["routes", "sqlalchemy"]
transitive = true

[[rules."imports/independent"]]
modules = ["shop.f1", "shop.f2", "shop.f3"]
transitive = true

[[rules."imports/protected"]]
modules = ["models"]
importers = ["shop.**"]

[[rules."imports/cyclic"]]

[[rules."imports/cyclic-siblings"]]
within = ["shop"]

[[rules."imports/private"]]
"""


@without_collector()
def main() -> None:
    """Make the project up, and time every rule on it."""
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        write(root)
        config, registry = opened(root / "archlint.toml", root, load())
        project = open_project(config)
        imports = sum(len(module.facts.imports) for module in project.modules)
        print(f"{len(project.modules)} modules, {imports} imports")
        total = 0.0
        for active in registry.select(config, project):
            start = process_time()
            found = sum(isinstance(verdict, Finding) for verdict in active.rule.check(project))
            spent = process_time() - start
            total += spent
            print(f"{spent:7.3f} s  {found:6} findings  {active.rule.id}")
        print(f"{total:7.3f} s  together")


def write(root: Path) -> None:
    """The project: features of eight layers each, whose modules import downwards, and a few upwards."""
    dice = random.Random(7)
    names = [
        f"shop.f{number % FEATURES}.{LAYERS[number // FEATURES % len(LAYERS)]}.m{number}"
        for number in range(MODULES - 1 - FEATURES * (1 + len(LAYERS)))
    ]
    ranked = sorted(names, key=lambda name: (LAYERS.index(name.split(".")[2]), name))
    lines: dict[str, list[str]] = {name: ["from sqlalchemy import select"] for name in names}
    for number in range(IMPORTS - len(names)):
        upper, lower = sorted(dice.sample(range(len(ranked)), 2))
        importer, imported = (lower, upper) if number < UPWARD else (upper, lower)
        lines[ranked[importer]].append(f"from {ranked[imported]} import run as run{number}")
    for name, imports in lines.items():
        path = root.joinpath(*name.split(".")).with_suffix(".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join((*imports, BODY)))
        for folder in (path.parent, path.parent.parent, path.parent.parent.parent):
            (folder / "__init__.py").touch()
    (root / "archlint.toml").write_text(CONFIG)


if __name__ == "__main__":
    main()
