"""Every call that makes a URL pattern, wherever it stands: in URLconfs, in `get_urls()` of the admin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Call, Expression, Literal
from archlint.facts.outline import last_name
from archlint.frameworks.django.urls.making import Making, Written, argument, items
from archlint.frameworks.django.urls.names import INCLUDES, MAKERS
from archlint.project.functions import Functions
from archlint.project.module import Module
from archlint.project.symbols import Symbols

if TYPE_CHECKING:
    from archlint.project.project import Project

_NAMES = frozenset(name.rpartition(".")[2] for name in (*MAKERS, *INCLUDES))
_PLACES = ("django.urls", "django.conf.urls", "django.conf")


class PatternCall(msgspec.Struct, frozen=True):
    """A call of `path()` or its kin, and where it stands."""

    module: Module
    scope: str
    written: Written
    included: Expression | None
    """What `include()` is given, where its view is one."""


def pattern_calls(project: Project) -> Iterator[PatternCall]:
    """The calls of the whole project, in the order of the files."""
    for module in project.modules:
        if not module.is_stub and _may_make(module):
            yield from _in_module(project, module)


def included_modules(project: Project) -> Iterator[tuple[Module, Module, Literal]]:
    """What URLconfs include by text: who does, what, and where it is written."""
    symbols = project.view(Symbols)
    for call in pattern_calls(project):
        pair = items(call.included) if call.included is not None else None
        written = pair[0] if pair else call.included
        if isinstance(written, Literal) and isinstance(written.value, str):
            found = symbols.resolve(written.value, call.module)
            if isinstance(found, Module):
                yield call.module, found, written


def _in_module(project: Project, module: Module) -> Iterator[PatternCall]:
    functions, making = project.view(Functions), project.view(Making)
    names = _names(module)
    for scope, summary in functions.bodies(module, *names):
        for site in summary.calls:
            if last_name(site.call.function) not in names:
                continue
            written = making.written(module, scope, site.call)
            if written is not None:
                yield PatternCall(module, scope, written, _included(making, module, scope, written.view))


def _included(making: Making, module: Module, scope: str, view: Expression | None) -> Expression | None:
    if view is None or not isinstance(view, Call) or not making.is_include(module, scope, view):
        return None
    return argument(view, 0, "arg")


def _may_make(module: Module) -> bool:
    return any(_is_maker(fact.name) or fact.module in _PLACES[:2] for fact in module.facts.imports) and any(
        fact.module in ("django.urls", "django.urls.conf", "django.conf.urls", "django.conf", "django")
        for fact in module.facts.imports
    )


def _is_maker(name: str) -> bool:
    return name in _NAMES


def _names(module: Module) -> frozenset[str]:
    """What the makers of patterns may be called in a module."""
    return _NAMES.union(fact.alias for fact in module.facts.imports if _is_maker(fact.name) and fact.alias)
