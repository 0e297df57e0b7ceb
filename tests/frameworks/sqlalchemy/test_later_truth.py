"""What runs once a handler has returned, and how factories are told: with the real frameworks."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from fastapi import BackgroundTasks, FastAPI
from fastapi.responses import StreamingResponse
from fastapi.testclient import TestClient
from litestar import Litestar, get
from litestar.di import NamedDependency, Provide
from litestar.testing import TestClient as LitestarClient
from sqlalchemy import Engine, ForeignKey, create_engine, select
from sqlalchemy.exc import IntegrityError, PendingRollbackError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship, sessionmaker
from sqlalchemy.orm.exc import DetachedInstanceError


class Base(DeclarativeBase):
    pass


class Customer(Base):
    __tablename__ = "customers"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    customer: Mapped[Customer] = relationship()


@pytest.fixture
def engine(tmp_path) -> Iterator[Engine]:
    engine = create_engine(f"sqlite:///{tmp_path}/shop.db")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(Order(customer=Customer(name="Anna")))
        session.commit()
    yield engine
    engine.dispose()


def test_a_background_task_finds_the_session_of_the_handler_closed(engine: Engine) -> None:
    app = FastAPI()

    @app.get("/")
    def confirm(tasks: BackgroundTasks) -> None:
        with Session(engine) as session:
            order = session.scalars(select(Order)).one()
            tasks.add_task(lambda: order.customer.name)

    with pytest.raises(DetachedInstanceError):
        TestClient(app).get("/")


def test_a_stream_is_gone_through_when_the_session_of_the_handler_is_closed(engine: Engine) -> None:
    app = FastAPI()

    def names(orders: list[Order]) -> Iterator[str]:
        for order in orders:
            yield order.customer.name

    @app.get("/")
    def export() -> StreamingResponse:
        with Session(engine) as session:
            return StreamingResponse(names(list(session.scalars(select(Order)))))

    with pytest.raises(DetachedInstanceError):
        TestClient(app).get("/")


def test_a_handler_of_litestar_is_given_what_its_decorator_provides(engine: Engine) -> None:
    def provide_order() -> Order:
        with Session(engine) as session:
            return session.scalars(select(Order)).one()

    @get("/", dependencies={"order": Provide(provide_order, sync_to_thread=False)}, sync_to_thread=False)
    def show(order: NamedDependency[Order]) -> str:
        with pytest.raises(DetachedInstanceError):
            assert order.customer
        return "detached"

    with LitestarClient(Litestar([show])) as client:
        assert client.get("/").text == "detached"


def test_a_factory_is_told_later_what_a_commit_does(engine: Engine) -> None:
    factory = sessionmaker()
    factory.configure(bind=engine, expire_on_commit=False)
    with factory.begin() as session:
        order = session.scalars(select(Order)).one()
    assert order.id == 1
    factory.configure(expire_on_commit=True)
    with factory.begin() as session:
        order = session.scalars(select(Order)).one()
    with pytest.raises(DetachedInstanceError):
        assert order.id


def test_closing_closes_and_a_merge_of_what_was_stored_writes_nothing(engine: Engine) -> None:
    with closing(Session(engine)) as session:
        order = session.scalars(select(Order)).one()
    with pytest.raises(DetachedInstanceError):
        assert order.customer
    with Session(engine) as session:
        merged = session.merge(order)
        assert not session.is_modified(merged)
        assert merged.customer.name == "Anna"


def test_a_commit_that_fails_spoils_the_next_turn(engine: Engine) -> None:
    with Session(engine) as session:
        for number in (1, 2):
            session.add(Order(id=number, customer_id=1))
            try:
                session.commit()
            except IntegrityError:
                continue
            except PendingRollbackError:
                break
        else:
            pytest.fail("the second turn went well")
