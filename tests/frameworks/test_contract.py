"""Contracts are read with their lines, and routes are found by the end of their paths."""

from __future__ import annotations

import pytest

from archlint.finding import Location
from archlint.frameworks.contract.document import Operation, _read
from archlint.frameworks.contract.routes import ServedRoutes
from archlint.frameworks.contract.served import Served

PLACE = Location("web.py", 1, 1, 1, 1)


def routes(*paths: str, is_open: bool = False, has_open_head: bool = True) -> ServedRoutes:
    found = ServedRoutes.__new__(ServedRoutes)
    found.is_open = is_open
    found.routes = tuple(Served(path, None, None, PLACE, "flask", has_open_head) for path in paths)
    return found


def operation(path: str) -> Operation:
    return Operation(path, "GET", PLACE, {}, {}, False)


def test_lines_are_those_of_the_keys() -> None:
    said = _read("paths:\n  /orders:\n    get: {}\n    post: &p {a: 1}\n  /shops: *p\n")
    assert said["paths"]["/orders"].lines == {"get": 3, "post": 4}
    assert said["paths"]["/shops"] is said["paths"]["/orders"]["post"]


@pytest.mark.parametrize("text", ["", "a: [", "- 1", "a: &a [*a]", "\x00", "3"])
def test_what_cannot_be_read_promises_nothing(text: str) -> None:
    assert "paths" not in _read(text)


@pytest.mark.parametrize(
    "path", ["/orders/{number}", "/api/orders/<int:number>", "/…/orders/{}", "/v1/orders/{x:path}"]
)
def test_routes_end_in_the_path(path: str) -> None:
    answered = routes(path).of(operation("/orders/{number}"))
    assert answered.served or answered.is_doubtful


@pytest.mark.parametrize(
    "path", ["/{slug}", "/…", "/{a}/{b}", "/…/{number}", "/<path:rest>", r"/orders/{rest:.+}"]
)
def test_what_may_take_it_leaves_a_doubt(path: str) -> None:
    answered = routes(path).of(operation("/orders/{number}"))
    assert not answered.served
    assert answered.is_doubtful


@pytest.mark.parametrize(
    "path", ["/orders", "/orders/feed", "/shops/{number}", "/orders/{number}/lines", "/…/lines"]
)
def test_other_paths_leave_none(path: str) -> None:
    answered = routes(path, has_open_head=False).of(operation("/orders/{number}"))
    assert not answered.served
    assert not answered.is_doubtful
