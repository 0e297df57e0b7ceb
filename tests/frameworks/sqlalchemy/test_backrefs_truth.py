"""What the rule on the names of backrefs claims, shown with the real SQLAlchemy."""

from typing import Any

import pytest
from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import declarative_base, relationship

TAKEN: dict[str, Any] = {
    "a relationship": lambda: {"orders": relationship("Order", foreign_keys="Order.customer_id")},
    "a column": lambda: {"orders": Column(Integer)},
}


def _configured(of_customer: dict[str, Any], other: str) -> None:
    base = declarative_base()
    key = {"id": Column(Integer, primary_key=True)}
    customer = type("Customer", (base,), {"__tablename__": "customers", **key, **of_customer})
    body = {
        "__tablename__": "orders",
        "id": Column(Integer, primary_key=True),
        "customer_id": Column(ForeignKey("customers.id")),
        "payer_id": Column(ForeignKey("customers.id")),
        "customer": relationship("Customer", foreign_keys="Order.customer_id", backref="orders"),
        "payer": relationship("Customer", foreign_keys="Order.payer_id", backref=other),
    }
    order = type("Order", (base,), body)
    try:
        base.registry.configure()
    finally:
        base.registry.dispose()
        del customer, order  # a registry alone does not keep its classes


@pytest.mark.parametrize("claim", TAKEN)
def test_a_name_that_is_declared_raises(claim: str) -> None:
    with pytest.raises(ArgumentError, match="property of that name exists"):
        _configured(TAKEN[claim](), "paid")


def test_a_name_that_another_gives_raises() -> None:
    with pytest.raises(ArgumentError, match="property of that name exists"):
        _configured({}, "orders")


def test_other_names_do_not() -> None:
    _configured({}, "paid")
