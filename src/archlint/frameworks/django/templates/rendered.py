"""Which templates are shown with which values: by `render`, and by generic views."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Literal, Subscript
from archlint.facts.forms import walked
from archlint.facts.statements import Assign
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.loads.made_sets import made_query_set
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.query.sets.asked import query_sets
from archlint.frameworks.django.query.web.rendering import RENDERERS, Renderer
from archlint.frameworks.places.expressions import place
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.flow.trace import Called, Trace
from archlint.project.flow.values import Arguments, Closure, Constant, Entries, Object, Value

if TYPE_CHECKING:
    from archlint.finding import Location
    from archlint.project.module import Module
    from archlint.project.project import Project

_VIEWS = "django.views.generic."
_ROWS = frozenset({"get_queryset", "queryset"})


class Rendered(msgspec.Struct, frozen=True):
    """A template with what it is given."""

    name: str
    given: Mapping[str, Value]
    module: Module
    at: Location
    traces: tuple[Trace, ...]
    """The runs in which the values are made."""

    is_at_once: bool = False
    """It is shown where it is asked for; otherwise the framework shows it later."""


def rendered(project: Project) -> Iterator[Rendered]:
    """All of a project, as far as names and values can be seen."""
    yield from rendered_by_calls(project)
    yield from _of_views(project)


def rendered_by_calls(project: Project) -> Iterator[Rendered]:
    """Those that a function of Django's is told to show."""
    from archlint.frameworks.places.expressions import spot

    for trace, call in project.view(DataFlow).events(Called):
        if not isinstance(call.callee, Renderer):
            continue
        first = RENDERERS[call.callee.name]
        name = call.arguments.get("template_name", first) or call.arguments.get("template", first)
        context = call.arguments.get("context", first + 1)
        if isinstance(name, Constant) and isinstance(name.value, str) and isinstance(context, Entries):
            at = spot(project, trace.module, call.form)
            is_at_once = not call.callee.name.endswith("Response")
            yield Rendered(name.value, dict(context.values), trace.module, at, (trace,), is_at_once)


def _of_views(project: Project) -> Iterator[Rendered]:
    values, flow = project.view(ClassValues), project.view(DataFlow).flow
    models = project.view(DjangoModels)
    replaced = _replaced(project)
    for module in project.modules:
        for index, fact in enumerate(module.classes):
            cls = ProjectClass(module, index)
            outside = (values.outside(cls) or ()) if fact.bases and cls not in replaced else ()
            kinds = {name.rpartition(".")[2] for name in outside if name.startswith(_VIEWS)}
            kind = "list" if "ListView" in kinds else "detail" if "DetailView" in kinds else ""
            if not kind and "TemplateView" not in kinds:
                continue
            site = flow.site(module)
            value, trace = made_query_set(project, Object(cls), site)
            sets = query_sets(value) or ()
            own = site.attribute(Object(cls), "get_context_data")
            is_own = isinstance(own, Closure)
            made = site.flow.called(site, own, Arguments(is_open=True))[1] if is_own else None
            given: dict[str, Value] = dict(placed(made)) if made is not None else {}
            model = models.model(sets[0].model) if len(sets) == 1 else None
            if kind and isinstance(model, DjangoModel):
                shown: Value = sets[0] if kind == "list" else sets[0].row("one")
                for name in _names(values, cls, kind, model):
                    given.setdefault(name, shown)
            template = _text(values, cls, "template_name")
            if not template and kind and isinstance(model, DjangoModel):
                template = f"{model.app_label}/{model.name.lower()}_{kind}.html"
            if template and given:
                at = project.location(module, fact.line, fact.column)
                yield Rendered(template, given, module, at, tuple(one for one in (trace, made) if one))


def _replaced(project: Project) -> set[ProjectClass]:
    """The classes below which all bring rows of their own: nobody sees those of the class itself."""
    hierarchy = project.view(ClassHierarchy)
    heirs: dict[ProjectClass, list[bool]] = {}
    for cls in hierarchy.classes():
        brings = any(member.name in _ROWS for member in cls.fact.members)
        for base in hierarchy.bases(cls) if cls.fact.bases else ():
            if isinstance(base, ProjectClass) and not any(m.name in _ROWS for m in base.fact.members):
                heirs.setdefault(base, []).append(brings)
    return {cls for cls, brought in heirs.items() if all(brought)}


def _names(values: ClassValues, cls: ProjectClass, kind: str, model: DjangoModel) -> Iterator[str]:
    """The names under which a generic view shows its rows, or its one object."""
    named = _text(values, cls, "context_object_name")
    name = model.name.lower()
    if kind == "list":
        yield from ("object_list", "page_obj", named or f"{name}_list")
    else:
        yield from ("object", named or name)


def _text(values: ClassValues, cls: ProjectClass, name: str) -> str:
    found = values.of(cls, name)
    value = found.value.value if found is not None and isinstance(found.value, Literal) else None
    return value if isinstance(value, str) else ""


def placed(trace: Trace) -> Iterator[tuple[str, Value]]:
    """What `context["orders"] = …` puts there, and what is returned as a dict."""
    if isinstance(trace.result, Entries):
        yield from trace.result.values
    if trace.function is None:
        return
    results = {place(event.form): event.result for event in trace.events if isinstance(event, Called)}
    for form in walked(trace.module.statements(trace.function.fact)):
        if isinstance(form, Assign) and isinstance(form.targets[0], Subscript):
            key, value = form.targets[0].index, results.get(place(form.value))
            if isinstance(key, Literal) and isinstance(key.value, str) and value is not None:
                yield key.value, value
