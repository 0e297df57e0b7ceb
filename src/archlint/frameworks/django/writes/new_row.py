"""A row that code makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from archlint.facts.expressions import Call
    from archlint.frameworks.django.models.registered import DjangoModel
    from archlint.project.flow.trace import Called, Trace
    from archlint.project.module import Module


class NewRow(msgspec.Struct, frozen=True):
    """A row that is made, all of whose fields are known."""

    trace: Trace
    event: Called
    """The call that writes it."""

    module: Module
    form: Call
    """Where it is made, and should be given its fields."""

    model: DjangoModel
    omitted: tuple[str, ...]
