"""The path converters that a project has: those of Django, and those that it registers.

https://docs.djangoproject.com/en/5.2/topics/http/urls/#registering-custom-path-converters
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import Call, Literal, last_name
from archlint.facts.forms import walked
from archlint.frameworks.django.settings.installation import Installation

if TYPE_CHECKING:
    from archlint.project.project import Project

_STANDARD = frozenset({"int", "path", "slug", "str", "uuid"})
_REGISTERING = "register_converter"


def converters(project: Project) -> frozenset[str] | None:
    """Their names; None where some may be registered that cannot be seen."""
    if project.view(Installation).may_have_strangers:
        return None
    found = set(_STANDARD)
    for module in project.modules:
        if _REGISTERING not in project.code(module.path):
            continue
        bodies = (module.body, *(module.statements(fact) for fact in module.functions))
        calls = (form for body in bodies for form in walked(body) if isinstance(form, Call))
        for call in calls:
            if last_name(call.function) != _REGISTERING:
                continue
            named = (keyword.value for keyword in call.keywords if keyword.name == "type_name")
            name = next(iter((*named, *call.arguments[1:2])), None)
            if not isinstance(name, Literal) or not isinstance(name.value, str):
                return None
            found.add(name.value)
    return frozenset(found)
