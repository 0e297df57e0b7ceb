"""What templates find without a view that hands it to them: context processors and inclusion tags.

https://docs.djangoproject.com/en/5.2/ref/templates/api/#writing-your-own-context-processors
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Call
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.settings.modules import Settings
from archlint.frameworks.django.settings.values import Listing, Scalar, SettingValue, Table, alternatives
from archlint.frameworks.django.templates.library import shown_by
from archlint.frameworks.django.templates.rendered import Rendered, placed
from archlint.frameworks.places.classes import function_at
from archlint.frameworks.templates.files import Templates
from archlint.project.answer import Definition
from archlint.project.files.test_code import is_test
from archlint.project.functions import ProjectFunction
from archlint.project.symbols import Symbols

if TYPE_CHECKING:
    from archlint.frameworks.django.settings.modules import SettingsModule
    from archlint.project.project import Project


def in_context(project: Project) -> Iterator[Rendered]:
    """The templates that read such values."""
    if project.view(Templates).are_there:
        yield from _of_processors(project)
        yield from _of_tags(project)


def _of_processors(project: Project) -> Iterator[Rendered]:
    """Whatever template is shown: those that speak of what the processor gives."""
    templates, flow = project.view(Templates), project.view(DataFlow).flow
    for function in dict.fromkeys(_processors(project)):
        trace = flow.root(function)
        given = dict(placed(trace))
        for name in templates.saying(given):
            yield Rendered(name, given, function.module, function_at(project, function), (trace,))


def _of_tags(project: Project) -> Iterator[Rendered]:
    """`@register.inclusion_tag("shop/_menu.html")`."""
    flow = project.view(DataFlow).flow
    for module in project.modules:
        if "/templatetags/" not in f"/{module.path}" or is_test(module.path):
            continue
        for index, fact in enumerate(module.functions):
            for decorator in fact.decorators:
                name = shown_by(decorator) if isinstance(decorator, Call) else ""
                if name:
                    function = ProjectFunction(module, index)
                    trace = flow.root(function)
                    at = function_at(project, function)
                    yield Rendered(name, dict(placed(trace)), module, at, (trace,))


def _processors(project: Project) -> Iterator[ProjectFunction]:
    """The functions of the project that settings name as context processors."""
    symbols = project.view(Symbols)
    for settings in project.view(Settings).modules:
        for name in _named_processors(settings):
            found = symbols.resolve(name, settings.module)
            if isinstance(found, Definition) and found.kind is Kind.FUNCTION and not found.member:
                yield ProjectFunction(found.module, found.index)


def _named_processors(settings: SettingsModule) -> Iterator[str]:
    engines = [each for each in _items(settings.get("TEMPLATES")) if isinstance(each, Table)]
    for options in (each for engine in engines for each in alternatives(engine.get("OPTIONS"))):
        for text in _items(options.get("context_processors")) if isinstance(options, Table) else ():
            if isinstance(text, Scalar) and isinstance(text.value, str):
                yield text.value


def _items(value: SettingValue | None) -> Iterator[SettingValue]:
    """What a list may hold, choices taken apart."""
    for each in alternatives(value):
        for item in each.items if isinstance(each, Listing) else ():
            yield from alternatives(item)
