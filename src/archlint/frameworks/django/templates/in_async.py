"""Templates that asynchronous code shows, and that query the database while they are shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.finding import Location
from archlint.frameworks.call_sites import CallSites
from archlint.frameworks.django.templates.reads import asked_by_template
from archlint.frameworks.django.templates.rendered import Rendered, rendered_by_calls
from archlint.frameworks.django.writes.waiting import waits
from archlint.frameworks.places.expressions import spot
from archlint.project.files.test_code import is_test

if TYPE_CHECKING:
    from archlint.project.functions import ProjectFunction
    from archlint.project.project import Project


class ShownInAsync(msgspec.Struct, frozen=True):
    """A template whose queries the event loop would have to wait for."""

    where: Rendered
    function: ProjectFunction
    """The asynchronous function."""

    at: Location
    """The place in it that leads to the template."""

    asked: str
    """The variable for which the template queries the database."""


def shown_in_async(project: Project) -> Iterator[ShownInAsync]:
    """Every one of a project. What the framework shows later, it shows in a thread."""
    sites = project.view(CallSites)
    for where in rendered_by_calls(project):
        if not where.is_at_once or is_test(where.module.path):
            continue
        for trace, way in sites.ways_up(where.traces[0], waits):
            if trace.function is None or not trace.function.fact.is_async:
                continue
            asked = asked_by_template(project, where)
            if asked is None:
                break
            at = spot(project, trace.module, way[-1].event.form) if way else where.at
            yield ShownInAsync(where, trace.function, at, asked.text)
