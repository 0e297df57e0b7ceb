"""Functions that show a template: who calls them is noted, whatever they are given."""

from __future__ import annotations

from archlint.frameworks.django.query.named import Function

RENDERERS = {
    "django.shortcuts.render": 1,
    "django.template.loader.render_to_string": 0,
    "django.template.response.TemplateResponse": 1,
}
"""The position of the template's name; that of the context is the next."""


class Renderer(Function, frozen=True):
    """`render(request, "orders.html", {"orders": orders})`."""

    is_noted = True
