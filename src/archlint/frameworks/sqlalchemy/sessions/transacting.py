"""Whether a session has a transaction, and whether a `with` statement still holds one that is over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from archlint.project.flow.remembered import Happened

if TYPE_CHECKING:
    from collections.abc import Callable

    from archlint.frameworks.orm import Place
    from archlint.frameworks.sqlalchemy.sessions.owner import Origin, Owner
    from archlint.project.flow.behaviour import Site

BEGINNING: Final = frozenset(
    {
        "add",
        "begin_nested",
        "bulk_insert_mappings",
        "bulk_update_mappings",
        "delete",
        "exec",
        "execute",
        "refresh",
        "scalar",
        "scalars",
        "stream",
        "stream_scalars",
    }
)
"""Methods of a session that begin a transaction where there is none, whatever they are given."""


class Transacting(Happened, frozen=True):
    """That a session has a transaction."""

    is_held: bool = False
    """A `with` statement holds it, and ends it."""

    over: Place | None = None
    """Where it was committed or rolled back, though the `with` statement still holds it."""


def transaction_of(remembered: Callable[[object], object], session: Origin) -> Transacting | None:
    """What a session has by what is remembered; None for nothing, and where nobody can tell."""
    found = remembered((session, _KEY))
    return found if isinstance(found, Transacting) else None


def is_idle(remembered: Callable[[object], object], session: Origin) -> bool:
    """Whether a session has committed, and surely begun no transaction since."""
    has_committed = isinstance(remembered((session, "commit")), Happened)
    return has_committed and remembered((session, _KEY)) == _NONE_BEGUN


def worked(site: Site, owner: Owner) -> None:
    """A session begins a transaction by itself, where it has none."""
    if transaction_of(site.state, owner.origin) is None:
        site.remember((owner.origin, _KEY), Transacting())


def fetched(site: Site, owner: Owner) -> None:
    """An object is asked for by its key: what a session holds from before a commit, it need not ask for."""
    is_asked_for = owner.expires is True or (
        owner.origin.kind == "made" and site.state((owner.origin, "commit")) in (None, _NONE_BEGUN)
    )
    if is_asked_for:
        worked(site, owner)


def held(site: Site, session: Origin) -> None:
    """A `with` statement begins a transaction."""
    site.remember((session, _KEY), Transacting(is_held=True))


def ended(site: Site, session: Origin, place: Place) -> None:
    """A transaction is committed or rolled back; who holds it holds it still."""
    before = transaction_of(site.state, session)
    if before is None or not before.is_held:
        released(site, session)
    elif before.over is None:
        site.remember((session, _KEY), Transacting(is_held=True, over=place))


def released(site: Site, session: Origin) -> None:
    """There is no transaction any more, and nobody holds one."""
    site.remember((session, _KEY), _NONE_BEGUN)


_KEY: Final = "transaction"
_NONE_BEGUN: Final = "nothing"
