"""The filters and simple tags that a project registers for its templates.

https://docs.djangoproject.com/en/5.2/howto/custom-template-tags/
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Call, Expression, last_name, written_text
from archlint.project.files.test_code import is_test
from archlint.project.functions import ProjectFunction

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project

_KINDS = frozenset({"filter", "simple_tag", "inclusion_tag"})


class Library:
    """Answers by the names that templates use."""

    def __init__(self, project: Project) -> None:
        self._known: dict[tuple[str, str], ProjectFunction | None] = {}
        for module in project.modules:
            if "/templatetags/" in f"/{module.path}" and not is_test(module.path):
                for kind, name, function in _registered(module):
                    taken = (kind, name) in self._known
                    self._known[kind, name] = None if taken else function

    @classmethod
    def build(cls, project: Project) -> Library:
        """The view of a project."""
        return cls(project)

    def filter(self, name: str) -> ProjectFunction | None:
        """The one function that is a filter of this name."""
        return self._known.get(("filter", name))

    def inclusion_tag(self, name: str) -> tuple[ProjectFunction, str] | None:
        """The one function of a tag that shows a template, and the template."""
        function = self._known.get(("inclusion_tag", name))
        decorators = function.fact.decorators if function is not None else ()
        shown = [shown_by(each) for each in decorators if isinstance(each, Call)]
        return (function, shown[0]) if function is not None and shown and shown[0] else None

    def simple_tag(self, name: str) -> ProjectFunction | None:
        """The one function that is a tag of this name, and needs no context."""
        return self._known.get(("simple_tag", name))


def _registered(module: Module) -> Iterator[tuple[str, str, ProjectFunction]]:
    for index, fact in enumerate(module.functions):
        for decorator in fact.decorators:
            registering = decorator.function if isinstance(decorator, Call) else decorator
            if isinstance(registering, Attribute) and registering.attr in _KINDS:
                name = _named(decorator) or fact.name
                if not _takes_context(decorator):
                    yield registering.attr, name, ProjectFunction(module, index)


def shown_by(decorator: Call) -> str:
    """The template that a tag shows: `@register.inclusion_tag("shop/_menu.html")`; else empty."""
    if last_name(decorator.function) != "inclusion_tag":
        return ""
    named = [keyword.value for keyword in decorator.keywords if keyword.name == "filename"]
    first = next(iter((*named, *decorator.arguments)), None)
    return written_text(first) or ""


def _named(decorator: Expression) -> str:
    """`@register.filter("badge")`, `@register.simple_tag(name="badge")`."""
    if not isinstance(decorator, Call):
        return ""
    named = [keyword.value for keyword in decorator.keywords if keyword.name == "name"]
    is_shown = last_name(decorator.function) == "inclusion_tag"
    first = next(iter((*named, *(() if is_shown else decorator.arguments))), None)
    return written_text(first) or ""


def _takes_context(decorator: Expression) -> bool:
    keywords = decorator.keywords if isinstance(decorator, Call) else ()
    return any(keyword.name == "takes_context" for keyword in keywords)
