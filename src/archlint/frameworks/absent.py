"""What classes and modules of web frameworks no longer have, or never had, although much code asks for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import msgspec

from archlint.facts.expressions import Attribute, Name
from archlint.frameworks.passed_types import PassedTypes
from archlint.project.objects.uses import Use, Uses

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project


class Absent(msgspec.Struct, frozen=True):
    """One attribute that is not there."""

    owner: str
    """The dotted name of the class."""

    hint: str
    distribution: str
    since: str = ""
    """The version that has removed it; empty for what was never there."""


_FIRST: Final = "call it as the application is made, within `app.app_context()`"
_ON_APP: Final = "ask the application, which has it: a router has not"
_ON_ROUTER: Final = "ask `app.router`, which has it"
_ON_FLASK: Final = (
    "`request` is aiohttp's: look at `request.query`, `await request.json()` or `request.match_info`"
)


def _of(
    owner: str, distribution: str, hint: str, names: str, since: str = ""
) -> Iterator[tuple[str, Absent]]:
    for name in names.split():
        yield f"{owner}.{name}", Absent(owner, hint, distribution, since)


ABSENT: Final[Mapping[str, Absent]] = MappingProxyType(
    dict(
        [
            *_of("flask.Flask", "flask", _FIRST, "before_first_request", "2.3"),
            *_of("flask.Blueprint", "flask", _FIRST, "before_app_first_request", "2.3"),
            *_of("flask.Blueprint", "flask", "register it with the application", "before_first_request run"),
            *_of("fastapi.APIRouter", "fastapi", _ON_APP, "exception_handler middleware"),
            *_of("fastapi.APIRouter", "fastapi", _ON_APP, "add_exception_handler add_middleware"),
            *_of("aiohttp.web.Application", "aiohttp", _ON_ROUTER, "add_get add_post add_put add_delete"),
            *_of("aiohttp.web.Application", "aiohttp", _ON_ROUTER, "add_patch add_route add_view"),
            *_of("aiohttp.web.Request", "aiohttp", _ON_FLASK, "args form get_json path_params query_params"),
        ]
    )
)
"""By dotted name."""


class Asked(msgspec.Struct, frozen=True):
    """A place that asks for something that is not there."""

    module: Module
    form: Attribute
    absent: Absent


def asked(project: Project) -> Iterator[Asked]:
    """Every such place: the class is known by what makes the object, by annotations, by what is passed."""
    used = [name for name, each in ABSENT.items() if each.distribution in project.imported]
    last = {name.rpartition(".")[2] for name in used}
    packed = tuple(name.encode() for name in sorted(last))
    if not used:
        return
    for module in project.modules:
        if module.is_stub or not module.speaks_of(*packed):
            continue
        for use in project.view(Uses).of(module):
            if not isinstance(use.form, Attribute) or use.last not in last:
                continue
            found = ABSENT.get(use.name) if use.name else _passed(project, use)
            if found is not None:
                yield Asked(module, use.form, found)


def _passed(project: Project, use: Use) -> Absent | None:
    """The same for a parameter for which all callers pass an object of one such class."""
    function = use.function
    if function is None or not isinstance(use.form, Attribute) or not isinstance(use.form.value, Name):
        return None
    parameter = next((each for each in function.fact.parameters if each.name == use.form.value.id), None)
    if parameter is None:
        return None
    passed = project.view(PassedTypes).of(function, parameter)
    names = {str(getattr(kind, "name", "")) for each in passed for kind in each.types[:1]}
    return ABSENT.get(f"{names.pop()}.{use.last}") if len(names) == 1 else None
