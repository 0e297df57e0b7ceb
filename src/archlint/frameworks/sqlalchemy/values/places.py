"""Where a value is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import Await
from archlint.frameworks.orm import Place
from archlint.frameworks.sqlalchemy.places import place_of

if TYPE_CHECKING:
    from archlint.project.flow.behaviour import Site


def here(site: Site) -> Place:
    """The place of the expression that is being evaluated; for a method its name's line."""
    form = site.form
    while isinstance(form, Await):
        form = form.value
    line = getattr(form, "line", 0)
    return Place(site.module, line, getattr(form, "column", 0)) if line else place_of(site.module, form)
