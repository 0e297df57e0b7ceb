"""Whose session a listener is given, or asks an object for, in the middle of what it hears."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from archlint.frameworks.sqlalchemy.listeners import OF_OBJECTS, OF_SESSIONS, Listeners
from archlint.frameworks.sqlalchemy.places import here
from archlint.frameworks.sqlalchemy.sessions.owner import Origin, Owner

if TYPE_CHECKING:
    from archlint.project.flow.behaviour import Site
    from archlint.project.functions import ProjectFunction

HEARD: Final = "heard in "
"""How the kind of such a session begins; the event follows."""


def given_to_listener(function: ProjectFunction, name: str, site: Site) -> Owner | None:
    """The first parameter of a listener to events of sessions; None for all others."""
    event = site.project.view(Listeners).event(function)
    if event not in OF_SESSIONS or function.fact.parameters[0].name != name:
        return None
    return _owner(event, site)


def of_object(site: Site) -> Owner | None:
    """What a listener to events of objects gets by `object_session(order)`; None for all others."""
    event = site.project.view(Listeners).event(site.function)
    return _owner(event, site) if event in OF_OBJECTS else None


def _owner(event: str, site: Site) -> Owner:
    return Owner(Origin(f"{HEARD}{event}", here(site)), False, None, False)
