"""Dependencies: `Depends(get_session)` gives what the function returns or yields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.project.flow.behaviour import Behaviour, Site
from archlint.project.flow.semantics import Semantics
from archlint.project.flow.values import Arguments, Object, Value

if TYPE_CHECKING:
    from archlint.project.project import Project

_MAKERS = frozenset({"Depends", "Security"})


class Depends(Behaviour, frozen=True):
    """`Depends(get_session)`."""

    is_noted = False

    provider: Value

    def injected(self, site: Site) -> Value | None:
        """What the function gives, when FastAPI calls it for a request; an object is asked by `__call__`."""
        provider = self.provider
        return site.provided(
            site.attribute(provider, "__call__") if isinstance(provider, Object) else provider
        )


class DependsMaker(Behaviour, frozen=True):
    """`Depends` itself."""

    is_noted = False

    def call(self, arguments: Arguments, site: Site) -> Value:
        """The mark of a parameter. Without a function it stands for the class in the annotation."""
        provider = arguments.get("dependency", 0)
        return Depends(provider) if provider is not None else self


class FastApiSemantics(Semantics):
    """What FastAPI passes to handlers and dependencies."""

    @classmethod
    def of(cls, project: Project) -> FastApiSemantics | None:
        """For a project that uses FastAPI."""
        return cls() if project.imported & {"fastapi", "fastapi_injectable"} else None

    def external(self, name: str) -> Value | None:
        """`Depends` and `Security`."""
        root, _, last = name.rpartition(".")
        return DependsMaker() if root.partition(".")[0] == "fastapi" and last in _MAKERS else None
