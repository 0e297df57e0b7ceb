"""What the rule on refused arguments claims, shown with the real SQLAlchemy."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import and_, case, create_engine, func, or_, select
from sqlalchemy.exc import ArgumentError, CompileError, InvalidRequestError
from sqlalchemy.orm import Session

from tests.frameworks.sqlalchemy.test_values_truth import Base, Customer, Order, Tag, order_tags

Run = Callable[[Any], object]

REFUSED: dict[str, tuple[Run, type[Exception]]] = {
    "keyword of filter": (lambda s: s.query(Order).filter(number="1"), TypeError),
    "keyword of where": (lambda s: select(Order).where(number="1"), TypeError),  # type: ignore[call-arg]
    "condition of filter_by": (lambda s: s.query(Order).filter_by(Order.id == 1), TypeError),
    "list of conditions": (lambda s: select(Order).where([Order.id == 1]), ArgumentError),  # type: ignore[arg-type]
    "dict of conditions": (lambda s: s.query(Order).filter({"id": 1}), ArgumentError),
    "list for and_": (lambda s: and_([Order.id == 1]), ArgumentError),  # type: ignore[arg-type]
    "class as condition": (lambda s: s.query(Order).filter(Order), ArgumentError),
    "list of columns": (lambda s: select(Order).order_by([Order.id]), ArgumentError),  # type: ignore[arg-type]
    "desc": (lambda s: select(Order).order_by(Order.id.desc), ArgumentError),  # type: ignore[arg-type]
    "any": (lambda s: select(Order).where(Order.tags.any), ArgumentError),  # type: ignore[arg-type]
    "unknown name": (lambda s: s.scalars(select(Order).order_by("placed")), CompileError),
    "relationship by name": (lambda s: s.scalars(select(Order).order_by("customer")), CompileError),
    "group by an unknown name": (lambda s: s.query(Order.id).group_by("placed").all(), CompileError),
    "count of a class": (lambda s: select(func.count(Order)), ArgumentError),  # type: ignore[arg-type]
    "in_ of one": (lambda s: Order.id.in_(1), ArgumentError),  # type: ignore[arg-type]
    "in_ of None": (lambda s: Order.id.in_(None), ArgumentError),  # type: ignore[arg-type]
    "in_ of two": (lambda s: Order.id.in_(1, 2), TypeError),  # type: ignore[call-arg, arg-type]
    "== object": (lambda s: Order.customer_id == s.get(Customer, 1), ArgumentError),
    "== class": (lambda s: Order.customer_id == Customer, ArgumentError),
    "get by keyword": (lambda s: s.get(Order, id=1), TypeError),
    "get without key": (lambda s: s.get(Order), TypeError),
    "get of two": (lambda s: s.get(Order, 1, 2), TypeError),
    "get of a text": (lambda s: s.get("Order", 1), InvalidRequestError),
    "get by a longer key": (lambda s: s.get(Order, (1, 2)), InvalidRequestError),
    "get by another column": (lambda s: s.get(Order, {"number": "1"}), InvalidRequestError),
    "add_all of two": (lambda s: s.add_all(Tag(), Tag()), TypeError),
    "delete of two": (lambda s: s.delete(Tag(), Tag()), TypeError),
    "class as statement": (lambda s: s.execute(Order), ArgumentError),
    **{
        f"{name} after a limit": (lambda s, run=run: run(s.query(Order).limit(1)), InvalidRequestError)  # type: ignore[misc]
        for name, run in {
            "filter": lambda q: q.filter(Order.id == 1),
            "filter_by": lambda q: q.filter_by(id=1),
            "where": lambda q: q.where(Order.id == 1),
            "order_by": lambda q: q.order_by(Order.id),
            "group_by": lambda q: q.group_by(Order.id),
            "having": lambda q: q.having(Order.id == 1),
            "join": lambda q: q.join(Order.customer),
            "outerjoin": lambda q: q.outerjoin(Order.customer),
            "update": lambda q: q.update({"number": "1"}),
            "delete": lambda q: q.delete(),
        }.items()
    },
    "filter after an offset": (lambda s: s.query(Order).offset(1).filter(Order.id == 1), InvalidRequestError),
}
TAKEN: dict[str, Run] = {
    "filter after no limit": lambda s: s.query(Order).limit(None).filter(Order.id == 1).all(),
    "where after a limit of a statement": lambda s: s.scalars(select(Order).limit(1).where(Order.id == 1)),
    "options after a limit": lambda s: s.query(Order).limit(1).distinct().all(),
    "name of a column": lambda s: s.scalars(select(Order).order_by("number")).all(),
    "name of a joined column": lambda s: s.scalars(select(Order).join(Order.customer).order_by("name")).all(),
    "name with its table": lambda s: s.scalars(select(Order).order_by("orders_number")).all(),
    "generator for or_": lambda s: or_(Order.id == each for each in (1, 2)),  # type: ignore[arg-type]
    "label": lambda s: s.execute(select(Order.id.label("key")).order_by("key")).all(),
    "column of a table": lambda s: s.execute(select(order_tags).order_by("tag_id")).all(),
    "get": lambda s: (s.get(Order, 1), s.get(Order, ident=1), s.get(Order, {"id": 1}), s.get(Order, (1,))),
    "function of a connection": lambda s: s.execute(func.max(Order.id)).scalar(),
    "in_": lambda s: Order.id.in_(each for each in (1, 2)),
}


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(Order(id=1, number="A1", customer=Customer(id=1, name="Ann")))
        session.commit()
        yield session


@pytest.mark.parametrize("claim", REFUSED)
def test_what_is_refused_raises(claim: str, session: Session) -> None:
    run, expected = REFUSED[claim]
    with pytest.raises(expected):
        run(session)


@pytest.mark.parametrize("claim", TAKEN)
def test_what_is_taken_does_not(claim: str, session: Session) -> None:
    TAKEN[claim](session)


def test_add_of_two_raises_or_leaves_the_second_out() -> None:
    """SQLAlchemy 2.1 refuses it; before, the second is taken for an option."""
    first, second = Tag(), Tag()
    with Session() as session:
        try:
            session.add(first, second)  # type: ignore[call-arg, arg-type, misc, unused-ignore]
        except TypeError:
            return
        assert first in session
        assert second not in session


def test_case_takes_several_lists_of_a_condition_and_its_result_but_no_list_alone() -> None:
    low, high = [Order.id < 3, "low"], [Order.id > 5, "high"]
    assert "WHEN" in str(case(low, high))  # type: ignore[arg-type]
    with pytest.raises(ArgumentError):
        case(low)  # type: ignore[arg-type]


def test_a_frozen_result_is_no_result() -> None:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        frozen = session.execute(select(Order)).freeze()
    assert frozen.with_new_rows([])().all() == []
    assert not hasattr(frozen, "all")
