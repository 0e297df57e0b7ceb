"""The drawing laid over the modules."""

import pytest

from archlint.config.model import Layer, Origin
from archlint.errors import ConfigError
from archlint.project.drawing.layers import Layers

FILES = {"app/api/orders.py": "", "app/models.py": "", "app/main.py": ""}


def layer_of(project, path):
    layer = project.view(Layers).of(project.module_at(path))
    return layer.name if layer else None


def test_paths_and_dotted_names(make_project):
    layers = (Layer("api", ("app/api/**",)), Layer("models", ("app.models",)))
    project = make_project(FILES, layers=layers)
    assert layer_of(project, "app/api/orders.py") == "api"
    assert layer_of(project, "app/models.py") == "models"
    assert layer_of(project, "app/main.py") is None


@pytest.mark.parametrize("reverse", [False, True])
def test_the_longest_pattern_wins_in_any_order(make_project, reverse):
    layers = (Layer("api", ("app/api/**",)), Layer("rest", ("app/**",)))
    project = make_project(FILES, layers=layers[::-1] if reverse else layers)
    assert layer_of(project, "app/api/orders.py") == "api"
    assert layer_of(project, "app/main.py") == "rest"


def test_patterns_that_match_nothing_are_errors_at_their_place(make_project):
    layers = (Layer("api", ("app/api/**", "app/rest/**")), Layer("gone", ("shop.models",)))
    origins = {"layers.api.1": Origin("archlint.toml", 3, 20)}
    project = make_project(FILES, layers=layers, origins=origins)
    with pytest.raises(ConfigError) as caught:
        project.view(Layers)
    first, second = caught.value.problems
    assert (first.path, first.line, first.column) == ("archlint.toml", 3, 20)
    assert "`app/rest/**` matches no module" in first.message
    assert "`shop.models`" in second.message
