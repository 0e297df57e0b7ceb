"""What a root URLconf names for errors: `handler404` and its kin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archlint.facts.expressions import Expression, Name
from archlint.facts.statements import Assign
from archlint.frameworks.django.urls.roots import roots

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project

HANDLERS = ("handler400", "handler403", "handler404", "handler500")


@dataclass(frozen=True, slots=True)
class Handler:
    """One of them."""

    module: Module
    name: str
    value: Expression


def handlers(project: Project) -> Iterator[Handler]:
    """Those of every root URLconf; elsewhere Django does not look for them."""
    for module in roots(project):
        for assign in (statement for statement in module.body if isinstance(statement, Assign)):
            for target in assign.targets:
                if isinstance(target, Name) and target.id in HANDLERS:
                    yield Handler(module, target.id, assign.value)
