"""What the rules of the pack claim, shown with the real FastAPI."""

import asyncio
import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import pytest
from fastapi import APIRouter, Depends, FastAPI, Security


def generator() -> Iterator[int]:
    yield 1


async def coroutine() -> int:
    return 1


class Plain: ...


def plain() -> Plain:
    return Plain()


class Callables:
    def __call__(self) -> int:
        return 1


def factory() -> Callable[[], int]:
    return lambda: 1


@contextmanager
def managed() -> Iterator[int]:
    yield 1


def status(app: FastAPI, path: str, method: str = "GET") -> tuple[int, bytes]:
    """Ask an application, without a server."""
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "scheme": "http",
        "query_string": b"",
        "headers": [],
        "server": ("test", 80),
        "client": ("test", 1),
        "state": {},
    }
    asyncio.run(app(scope, receive, send))
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent[1:])


class TestCalledDependency:
    @pytest.mark.parametrize("make", [generator, coroutine, plain, Plain])
    @pytest.mark.parametrize("marker", [Depends, Security])
    @pytest.mark.filterwarnings("ignore:coroutine")
    def test_what_cannot_be_called_is_refused_at_import(self, make: Callable[[], Any], marker: Any) -> None:
        made = make()
        with pytest.raises(TypeError, match="not a callable object"):

            @FastAPI().get("/")
            def index(it: Annotated[Any, marker(made)]) -> None: ...

    @pytest.mark.parametrize("made", [Callables(), factory(), functools.partial(plain), Plain])
    def test_what_can_be_called_is_taken(self, made: Any) -> None:
        app = FastAPI()

        @app.get("/", dependencies=[Depends(made)])
        def index() -> int:
            return 1

        assert status(app, "/")[0] == 200

    def test_a_manager_can_be_called_as_a_decorator(self) -> None:
        assert callable(managed())

    def test_of_what_decorates_it_is_refused_too(self) -> None:
        router = APIRouter(dependencies=[Depends(plain())])
        with pytest.raises((AssertionError, TypeError)):

            @router.get("/")
            def index() -> None: ...
