"""The classes of the project that a value is an object of, and the runs in which that counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from archlint.facts.expressions import Attribute, Expression, Subscript
from archlint.frameworks.asking_first import doubts
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.places.expressions import place
from archlint.frameworks.runs_of_tests import RunsOfTests
from archlint.project.classes import ProjectClass
from archlint.project.files.test_code import is_test
from archlint.project.flow.trace import Extended, Subscripted, Trace
from archlint.project.flow.values import Object, Value, something
from archlint.project.functions import Functions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.project.project import Project

E = TypeVar("E", Extended, Subscripted)

_ALL: Final = frozenset({"", "BaseException", "Exception"})


def own_classes(value: Value) -> tuple[ProjectClass, ...]:
    """The classes of the objects that a value may be; None among them counts for nothing."""
    found = [each.of for each in something(value) if isinstance(each, Object)]
    return tuple([each for each in found if isinstance(each, ProjectClass)])


def unexpected_uses(project: Project, kind: type[E], failure: str) -> Iterator[tuple[Trace, E]]:
    """What happens to objects of the project's classes, once for each place.

    What only tests do is left out, and what stands where somebody expects a failure, or something else.
    """
    met: set[tuple[str, int, int]] = set()
    functions = project.view(Functions)
    happened: list[tuple[Trace, E]] = project.view(DataFlow).events(kind)
    for trace, event in happened:
        use: Extended | Subscripted = event
        key = (trace.module.path, *place(use.form))
        if key in met or is_test(trace.module.path) or not own_classes(use.receiver):
            continue
        caught = {name.rpartition(".")[2] for name in use.context.caught}
        is_expected = not caught.isdisjoint(_ALL | {failure}) or doubts(functions, trace, asked(use.form))
        if not is_expected and not project.view(RunsOfTests).lead_to(trace):
            met.add(key)
            yield trace, event


def asked(form: Expression) -> Expression:
    """What something is asked of, or set on."""
    return form.value if isinstance(form, (Attribute, Subscript)) else form
