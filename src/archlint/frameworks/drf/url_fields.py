"""The name of the field that leads to an object itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.frameworks.django.settings.modules import Settings
from archlint.frameworks.django.settings.values import Scalar, Table, alternatives

if TYPE_CHECKING:
    from archlint.project.project import Project


def url_fields(project: Project) -> frozenset[str]:
    """What it may be called: `url`, or what settings say as `URL_FIELD_NAME`."""
    found = {"url"}
    for module in project.view(Settings).modules:
        for table in alternatives(module.get("REST_FRAMEWORK")):
            name = table.get("URL_FIELD_NAME") if isinstance(table, Table) else None
            if isinstance(name, Scalar) and isinstance(name.value, str):
                found.add(name.value)
    return frozenset(found)
