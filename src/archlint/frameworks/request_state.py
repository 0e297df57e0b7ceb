"""Where web frameworks let an application put things aside for its handlers."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from archlint.frameworks.handlers import has_worker, serves_requests
from archlint.project.flow.builtins.variables import CONTEXT
from archlint.project.flow.semantics import Semantics
from archlint.project.project import Project

OF_REQUESTS = frozenset(
    {
        CONTEXT,
        "g",
        "req",
        "req.context",
        "request",
        "request.context",
        "request.ctx",
        "request.state",
        "websocket",
        "websocket.state",
    }
)
"""What is put aside there goes with the request."""


class RequestState(Semantics):
    """aiohttp's `app["key"]` and `request["key"]`, Flask's `g`, Starlette's `app.state` and their like."""

    shelves = frozenset(
        {
            "app",
            "app.ctx",
            "app.state",
            "application",
            "config",
            "current_app",
            "extensions",
            "g",
            "req",
            "req.context",
            "request",
            "request.context",
            "request.ctx",
            "state",
            "websocket",
        }
    )

    never_returning = frozenset(
        {
            "bottle.abort",
            "flask.abort",
            "flask.helpers.abort",
            "quart.abort",
            "sanic.exceptions.abort",
            "werkzeug.exceptions.abort",
        }
    )

    yielded: ClassVar[Mapping[str, str]] = MappingProxyType(
        {"request.state": "lifespan", "websocket.state": "lifespan"}
    )

    @classmethod
    def of(cls, project: Project) -> RequestState | None:
        """For a project that uses a web framework."""
        if has_worker(project):
            return _WithWorker()
        return cls() if serves_requests(project) else None


class _WithWorker(RequestState):
    """Where there is a worker of arq, too: `ctx["key"]`."""

    shelves = RequestState.shelves | {"ctx"}
