"""Where the requests of web frameworks keep what clients send."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from archlint.frameworks.requests import Requests
from archlint.frameworks.sent.texts import COOKIES, FORM, HEADERS, QUERY, SentTextGetter, SentTexts
from archlint.project.answer import External
from archlint.project.flow.behaviour import Site
from archlint.project.flow.semantics import Semantics
from archlint.project.flow.values import Object, Value

if TYPE_CHECKING:
    from archlint.facts.definitions import Parameter
    from archlint.project.functions import ProjectFunction
    from archlint.project.project import Project


_WSGI: Final = {
    "args": SentTexts(QUERY),
    "cookies": SentTexts(COOKIES),
    "form": SentTexts(FORM),
    "headers": SentTexts(HEADERS),
}
_AIOHTTP: Final = {
    "cookies": SentTexts(COOKIES),
    "headers": SentTexts(HEADERS),
    "match_info": SentTexts("the path"),
    "query": SentTexts(QUERY),
}
_ASGI: Final = {
    "cookies": SentTexts(COOKIES),
    "headers": SentTexts(HEADERS),
    "query_params": SentTexts(QUERY),
}
_SANIC: Final = {
    "args": SentTexts(QUERY, is_list=True),
    "cookies": SentTexts(COOKIES),
    "form": SentTexts(FORM, is_list=True),
    "headers": SentTexts(HEADERS),
}
_TORNADO: Final = {
    "get_argument": SentTextGetter("the arguments"),
    "get_body_argument": SentTextGetter(FORM),
    "get_query_argument": SentTextGetter(QUERY),
}
_KEPT: Final[Mapping[str, Mapping[str, Value]]] = {
    "aiohttp.web.Request": _AIOHTTP,
    "aiohttp.web_request.Request": _AIOHTTP,
    "fastapi.Request": _ASGI,
    "fastapi.requests.Request": _ASGI,
    "flask.Request": _WSGI,
    "litestar.Request": _ASGI,
    "litestar.connection.Request": _ASGI,
    "sanic.Request": _SANIC,
    "sanic.request.Request": _SANIC,
    "starlette.requests.Request": _ASGI,
    "tornado.web.RequestHandler": _TORNADO,
}
"""By the class of the request, and the name of its attribute. What Django's request keeps is not followed."""

_GLOBAL: Final = {f"flask.request.{name}": kept for name, kept in _WSGI.items()} | {
    f"quart.request.{name}": _WSGI[name] for name in ("args", "cookies", "headers")
}
"""The one request that there is at a time; Quart's form has to be awaited."""

_VIEWS: Final = {
    "aiohttp.web.View": "aiohttp.web.Request",
    "aiohttp.web_urldispatcher.View": "aiohttp.web.Request",
}
_PACKAGES: Final = frozenset(name.partition(".")[0] for name in (*_KEPT, *_GLOBAL))


class SentSemantics(Semantics):
    """What requests have of their clients."""

    def __init__(self, project: Project) -> None:
        self._requests = project.view(Requests)

    @classmethod
    def of(cls, project: Project) -> SentSemantics | None:
        """For a project that uses a web framework whose requests are known."""
        return None if _PACKAGES.isdisjoint(project.imported) else cls(project)

    def external(self, name: str) -> Value | None:
        """`request.args` of Flask."""
        return _GLOBAL.get(name)

    def member(self, of: Object, base: str, name: str, site: Site) -> Value | None:
        """What a request keeps, and the request of a view."""
        if name == "request" and base in _VIEWS:
            return Object(External(_VIEWS[base]))
        kept = _KEPT.get(base)
        return None if kept is None else kept.get(name)

    def parameter(self, function: ProjectFunction, parameter: Parameter, site: Site) -> Value | None:
        """The request that a framework passes, where no annotation says so."""
        if parameter.annotation is not None or parameter.default is not None:
            return None
        found = self._requests.passed(function, parameter.name)
        return Object(found[0]) if found and found[0].name in _KEPT else None
