"""Functions that web frameworks run in a thread, once the handler has returned, or whenever somebody asks."""

from __future__ import annotations

from archlint.frameworks.handlers import serves_requests
from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Behaviour, Site
from archlint.project.flow.calls.elsewhere import Runner
from archlint.project.flow.calls.postponing import Streamer
from archlint.project.flow.semantics import Semantics
from archlint.project.flow.values import Arguments, Value
from archlint.project.project import Project


class ProxyMaker(Behaviour, frozen=True):
    """`LocalProxy(get_session)`: what the function gives, asked for at each use."""

    is_noted = False

    def call(self, arguments: Arguments, site: Site) -> Value:
        """What the function gives."""
        function = arguments.get("local", 0)
        return UNKNOWN if function is None else site.call_elsewhere(function, Arguments())


_LATER = Runner(answers=False)
_THREAD = Runner()
_STREAMER = Streamer()

_RUNNERS: dict[str, Value] = {
    "fastapi.BackgroundTasks.add_task": _LATER,
    "fastapi.background.BackgroundTasks.add_task": _LATER,
    "starlette.background.BackgroundTasks.add_task": _LATER,
    "starlette.background.BackgroundTask": _LATER,
    "litestar.background_tasks.BackgroundTask": _LATER,
    "fastapi.concurrency.run_in_threadpool": _THREAD,
    "starlette.concurrency.run_in_threadpool": _THREAD,
    "litestar.concurrency.sync_to_thread": _THREAD,
    "fastapi.responses.StreamingResponse": _STREAMER,
    "starlette.responses.StreamingResponse": _STREAMER,
    "sse_starlette.EventSourceResponse": _STREAMER,
    "sse_starlette.sse.EventSourceResponse": _STREAMER,
    "litestar.response.ServerSentEvent": _STREAMER,
    "litestar.response.Stream": _STREAMER,
    "werkzeug.local.LocalProxy": ProxyMaker(),
}


class Background(Semantics):
    """What runs the functions and goes through the generators that it is given."""

    @classmethod
    def of(cls, project: Project) -> Background | None:
        """For a project that uses a web framework."""
        return cls() if serves_requests(project) else None

    def external(self, name: str) -> Value | None:
        """By their dotted names."""
        return _RUNNERS.get(name)
