"""The serializers that a view may take, and serializer classes among values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import Call, last_name
from archlint.project.answer import UNKNOWN
from archlint.project.classes import ProjectClass, class_itself
from archlint.project.flow.values import Arguments, Closure, Object, Value, alternatives
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.facts.expressions import Expression
    from archlint.project.flow.place import Place
    from archlint.project.functions import ProjectFunction

_BY_ACTION = ("action", "method", "detail", "kwargs", "user", "suffix", "swagger_fake_view")
"""What tells one request from another that the same code serves otherwise, too."""


def serializers_of(view: Object, site: Place) -> list[ProjectClass]:
    """The classes that a view may take for its serializer; none where one of them is not known."""
    own = site.attribute(view, "get_serializer_class")
    value: Value = UNKNOWN
    if isinstance(own, Closure):
        value = site.call(own, Arguments())
    elif isinstance(view.of, ProjectClass):
        value = site.own_of_class(view.of, "serializer_class")
    found = [class_itself(option) for option in alternatives(value)]
    known = [cls for cls in found if cls is not None]
    return known if len(known) == len(found) else []


def each_possible(view: Object, site: Place) -> list[ProjectClass]:
    """All that a view may take for one action; none where it may choose by what it does.

    `if self.request.query_params.get("short")`: any of them is for whoever asks.
    """
    found = serializers_of(view, site)
    own = site.attribute(view, "get_serializer_class")
    if len(found) < 2 or not isinstance(own, Closure):
        return found
    function = own.function
    chooses = any(function.module.mentions(function.fact, name) for name in _BY_ACTION)
    return [] if chooses else list(dict.fromkeys(found))


def serializers_in(function: ProjectFunction | None, view: Object, site: Place) -> list[ProjectClass]:
    """Those that a view may take while it runs a method: `@action(serializer_class=…)` gives its own."""
    said = _said_by_action(function) if function is not None else None
    if function is None or said is None:
        return serializers_of(view, site)
    if isinstance(site.attribute(view, "get_serializer_class"), Closure):
        return []
    scopes = site.project.view(Scopes)
    cls = class_itself(scopes.resolve(function.module, function.outer, said))
    return [] if cls is None else [cls]


def _said_by_action(function: ProjectFunction) -> Expression | None:
    """The class that the decorator of a method names."""
    for decorator in function.fact.decorators:
        if isinstance(decorator, Call) and last_name(decorator.function) == "action":
            named = (keyword.value for keyword in decorator.keywords if keyword.name == "serializer_class")
            return next(named, None)
    return None
