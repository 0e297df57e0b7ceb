"""What FastAPI refuses to answer with, whatever the handler has done by then."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.exceptions import ResponseValidationError
from fastapi.testclient import TestClient
from pydantic import BaseModel


class Order(BaseModel):
    number: int
    total: int


class Shown(BaseModel):
    order: Order


class Counted(BaseModel):
    number: int
    total: int
    count: int


def _answer(promised: Any, returned: Any) -> Any:
    app = FastAPI()

    @app.get("/", response_model=promised)
    def handler() -> Any:
        return returned

    return TestClient(app).get("/").json()


@pytest.mark.parametrize(
    ("promised", "returned"),
    [
        (list[Order], {"orders": []}),
        (list[Order], Order(number=1, total=2)),
        (Order, [Order(number=1, total=2)]),
        (Order, {"number": 1}),
        (Order, None),
        (Shown, Order(number=1, total=2)),
        (Shown, {"order": {"number": 1}}),
    ],
)
def test_what_is_not_as_promised_is_refused(promised: Any, returned: Any) -> None:
    with pytest.raises(ResponseValidationError):
        _answer(promised, returned)


@pytest.mark.parametrize(
    ("promised", "returned"),
    [
        (list[Order], [{"number": 1, "total": 2}]),
        (Order, Counted(number=1, total=2, count=1)),
        (Order, {"number": 1, "total": 2, "count": 3}),
        (Order | None, None),
    ],
)
def test_what_has_more_is_taken(promised: Any, returned: Any) -> None:
    assert _answer(promised, returned) in ([{"number": 1, "total": 2}], {"number": 1, "total": 2}, None)
