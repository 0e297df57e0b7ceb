"""What the rules on loader options and operators of relationships claim, shown with the real SQLAlchemy."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import create_engine, func, select
from sqlalchemy.exc import ArgumentError, InvalidRequestError
from sqlalchemy.orm import Session, contains_eager, defaultload, defer, joinedload, load_only, selectinload
from sqlalchemy.orm.exc import LoaderStrategyException

from tests.frameworks.sqlalchemy.test_values_truth import Base, Customer, Order, Tag

Run = Callable[[Any], object]

REFUSED: dict[str, tuple[Run, type[Exception]]] = {
    "another class": (lambda s: s.scalars(select(Customer).options(joinedload(Order.tags))), ArgumentError),
    "a joined class": (
        lambda s: s.query(Order).join(Order.customer).options(contains_eager(Customer.orders)).all(),
        ArgumentError,
    ),
    "columns": (lambda s: s.execute(select(Order.id).options(selectinload(Order.tags))), ArgumentError),
    "a count": (lambda s: s.query(func.count(Order.id)).options(joinedload(Order.tags)).all(), ArgumentError),
    "get": (lambda s: s.get(Order, 1, options=[selectinload(Customer.orders)]), ArgumentError),
    "a chain": (lambda s: selectinload(Order.customer).selectinload(Order.tags), ArgumentError),
    "a chain of columns": (lambda s: selectinload(Order.customer).load_only(Order.number), ArgumentError),
    "options behind": (lambda s: selectinload(Order.customer).options(defer(Order.number)), ArgumentError),
    "two that do not follow": (
        lambda s: s.scalars(select(Order).options(selectinload(Order.customer, Order.tags))),
        ArgumentError,
    ),
    "a column": (
        lambda s: s.scalars(select(Order).options(joinedload(Order.number))),
        LoaderStrategyException,
    ),
    "a relationship": (
        lambda s: s.scalars(select(Order).options(defer(Order.tags))),
        LoaderStrategyException,
    ),
    "a name of a column": (lambda s: load_only("number"), ArgumentError),  # type: ignore[arg-type]
    "a list": (lambda s: select(Order).options([joinedload(Order.tags)]), ArgumentError),  # type: ignore[arg-type]
    "== key": (lambda s: Order.customer == 1, ArgumentError),
    "== column": (lambda s: Order.customer == Customer.id, ArgumentError),
    "== list": (lambda s: Customer.orders == [], InvalidRequestError),
    "contains(key)": (lambda s: Order.tags.contains(1), ArgumentError),
    "in_": (lambda s: Order.customer.in_([1]), NotImplementedError),
    "is_": (lambda s: Order.customer.is_(None), NotImplementedError),
    "like": (lambda s: Order.customer.like("A%"), NotImplementedError),
    "between": (lambda s: Order.customer.between(1, 2), NotImplementedError),
    "desc": (lambda s: Order.customer.desc(), NotImplementedError),
    "<": (lambda s: Order.customer < 2, NotImplementedError),
}
TAKEN: dict[str, Run] = {
    "a chain": lambda s: s.scalars(select(Customer).options(selectinload(Customer.orders, Order.tags))).all(),
    "columns of another": lambda s: s.scalars(
        select(Order).options(joinedload(Order.customer).load_only(Customer.name), defer(Order.number))
    ).all(),
    "two classes": lambda s: s.execute(select(Order, Tag).options(joinedload(Order.customer))).all(),
    "a column that is passed over": lambda s: s.scalars(
        select(Order).options(defaultload(Order.number))
    ).all(),
    "a list for a query": lambda s: s.query(Order).options([selectinload(Order.tags)]).all(),
    "== None": lambda s: s.scalars(select(Order).where(Order.customer == None)).all(),  # noqa: E711
    "many == None": lambda s: s.scalars(select(Customer).where(Customer.orders == None)).all(),  # noqa: E711
}


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        yield session


@pytest.mark.parametrize("claim", REFUSED)
def test_what_leads_nowhere_raises(claim: str, session: Session) -> None:
    run, expected = REFUSED[claim]
    with pytest.raises(expected):
        run(session)


@pytest.mark.parametrize("claim", TAKEN)
@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
def test_what_leads_on_does_not(claim: str, session: Session) -> None:
    TAKEN[claim](session)
