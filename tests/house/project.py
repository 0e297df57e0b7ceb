"""archlint as archlint sees it."""

from functools import cache
from pathlib import Path

from archlint import engine
from archlint.config.loading import load as load_config
from archlint.config.lookup import find
from archlint.project import Module, Project
from archlint.project.imports.import_graph import ImportGraph
from archlint.registry import load

ROOT = Path(__file__).parent.parent.parent


@cache
def project() -> Project:
    registry = load()
    found = load_config(find(ROOT), ROOT, registry.rules, registry.packs)
    return engine.open_project(found)


@cache
def needed(module: Module) -> frozenset[Module]:
    """The modules that are imported as soon as a module is."""
    edges = project().view(ImportGraph).imports_of(module)
    return frozenset(edge.imported for edge in edges if not edge.fact.typing and not edge.fact.scope)


def leaving(module: Module) -> set[str]:
    """The packages outside archlint that are imported as soon as a module is."""
    edges = project().view(ImportGraph).external_of(module)
    return {edge.name.partition(".")[0] for edge in edges if not edge.fact.typing and not edge.fact.scope}
