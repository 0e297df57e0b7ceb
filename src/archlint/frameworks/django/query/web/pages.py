"""Pages of a query set, as `Paginator` makes them.

https://docs.djangoproject.com/en/5.2/ref/paginator/
"""

from __future__ import annotations

import msgspec

from archlint.frameworks.django.query.sets.query_set import QuerySet
from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Behaviour, Site
from archlint.project.flow.values import SLICE, Arguments, Constant, Value


class PageMaker(Behaviour, frozen=True):
    """`Paginator(orders, 20)`."""

    is_noted = False

    rows: QuerySet

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """`page(1)` and `get_page(1)` give a page."""
        if name not in ("page", "get_page"):
            return UNKNOWN
        return Page(msgspec.structs.replace(self.rows, is_sliced=True))

    def attribute(self, name: str, site: Site) -> Value:
        """The query set behind it."""
        return self.rows if name == "object_list" else UNKNOWN


class Page(Behaviour, frozen=True):
    """One page: a sequence of rows."""

    rows: QuerySet

    def attribute(self, name: str, site: Site) -> Value:
        """The rows themselves."""
        return self.rows if name == "object_list" else UNKNOWN

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """`has_next()` and the like give nothing that matters here."""
        return UNKNOWN

    def each(self, site: Site) -> Value:
        """One of its rows."""
        return self.rows.each(site)

    def item(self, index: Value, site: Site) -> Value:
        """`page[0]`."""
        if index == SLICE:
            return self
        return self.rows.row("one") if isinstance(index, Constant) else UNKNOWN
