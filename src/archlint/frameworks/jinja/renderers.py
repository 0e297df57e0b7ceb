"""Functions and objects that show templates of Jinja: who calls them is noted, whatever they are given."""

from __future__ import annotations

from archlint.frameworks.handlers import serves_requests
from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Behaviour, Site
from archlint.project.flow.semantics import Semantics
from archlint.project.flow.values import Arguments, Value
from archlint.project.project import Project


class Renderer(Behaviour, frozen=True):
    """`render_template("orders.html", orders=orders)`, `Template("orders.html", context=…)`."""


class Templates(Behaviour, frozen=True):
    """Starlette's `Jinja2Templates`, the class and what it makes."""

    def call(self, arguments: Arguments, site: Site) -> Value:
        """Its object."""
        return self

    def instance(self, site: Site) -> Value:
        """Its object."""
        return self

    def attribute(self, name: str, site: Site) -> Value:
        """What shows a template."""
        return Renderer() if name == "TemplateResponse" else UNKNOWN


_KNOWN: dict[str, Value] = {
    "aiohttp_jinja2.render_template": Renderer(),
    "fastapi.templating.Jinja2Templates": Templates(),
    "flask.render_template": Renderer(),
    "flask.stream_template": Renderer(),
    "flask.templating.render_template": Renderer(),
    "litestar.response.Template": Renderer(),
    "litestar.response.template.Template": Renderer(),
    "quart.render_template": Renderer(),
    "starlette.templating.Jinja2Templates": Templates(),
}


class JinjaSemantics(Semantics):
    """What shows templates."""

    @classmethod
    def of(cls, project: Project) -> JinjaSemantics | None:
        """For a project with a framework that shows templates of Jinja."""
        return cls() if serves_requests(project) else None

    def external(self, name: str) -> Value | None:
        """By their dotted names."""
        return _KNOWN.get(name)
