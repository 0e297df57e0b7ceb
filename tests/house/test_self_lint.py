"""archlint keeps its own architecture."""

from archlint import engine
from archlint.project.drawing.layers import Layers
from archlint.registry import load

from .project import project


def test_archlint_finds_nothing_in_archlint() -> None:
    report = engine.run(project().config, load())
    assert [f"{f.location.path}:{f.location.line}: {f.message}" for f in report.findings] == []
    assert report.tallies["layers/upward-import"].kept > 100
    assert report.failures == ()


def test_every_module_is_in_the_drawing() -> None:
    layers = project().view(Layers)
    outside = [module.name for module in project().modules if layers.of(module) is None]
    assert outside == []
