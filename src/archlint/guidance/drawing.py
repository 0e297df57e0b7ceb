"""The drawing of the layers, in words."""

from __future__ import annotations

from collections.abc import Iterator

from archlint.config.model import Config, Layer
from archlint.demand import named


def drawing(config: Config) -> Iterator[str]:
    """The layers from top to bottom, and what each may use; nothing where none are drawn."""
    if not config.layers:
        return
    yield "From top to bottom; a layer may use those below it."
    yield ""
    for at, layer in enumerate(config.layers):
        yield f"{at + 1}. `{layer.name}`: {', '.join(_patterns(layer))}{_notes(layer)}"


def standing(config: Config, layer: Layer) -> Iterator[str]:
    """Where one layer stands among the others."""
    at = config.layers.index(layer)
    above = [each.name for each in config.layers[:at]]
    below = [each.name for each in config.layers[at + 1 :]]
    yield f"May use {named(below)}." if below else "The lowest layer: it uses no other."
    if above:
        yield f"May not use {named(above, 'or')}."
    if layer.independent:
        yield f"The parts of `{layer.name}` may not use one another."


def _patterns(layer: Layer) -> Iterator[str]:
    yield from (f"`{pattern}`" for pattern in layer.patterns)


def _notes(layer: Layer) -> str:
    but = f", but not {named(layer.exceptions)}" if layer.exceptions else ""
    return f"{but}; its parts may not use one another" if layer.independent else but
