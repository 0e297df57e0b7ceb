"""What Python and Pydantic do with objects taken for others, and with decorators that call themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict


class Order(BaseModel):
    number: int


class Anything(BaseModel):
    model_config = ConfigDict(extra="allow")


@dataclass
class Line:
    number: int


@pytest.mark.parametrize("value", [Order(number=1), Line(1)], ids=str)
def test_an_object_is_no_dict(value: Any) -> None:
    with pytest.raises(TypeError, match="not subscriptable"):
        value["number"]


def test_a_model_refuses_what_it_does_not_declare() -> None:
    order: Any = Order(number=1)
    with pytest.raises(ValueError, match='has no field "owner"'):
        order.owner = "ann"
    order.number = 2
    thing: Any = Anything()
    thing.owner = "ann"
    assert thing.owner == "ann"


def test_a_decorator_that_calls_what_it_decorates_never_ends() -> None:
    def required(view: Callable[[], str]) -> Callable[[], str]:
        @wraps(view)
        def inner() -> str:
            return view() if current() else ""

        return inner

    @required
    def current() -> str:
        return "ann"

    with pytest.raises(RecursionError):
        current()
