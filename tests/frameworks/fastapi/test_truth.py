"""What the rules of the pack claim, shown with the real FastAPI."""

import asyncio
import functools
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import pytest
from fastapi import APIRouter, Depends, FastAPI, Form, Security
from pydantic import EmailStr, create_model

from archlint.frameworks.fastapi.paths import covers


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
        router = APIRouter(dependencies=[Depends(plain())])  # type: ignore[arg-type]
        with pytest.raises((AssertionError, TypeError)):

            @router.get("/")
            def index() -> None: ...


class TestShadowedRoute:
    def test_the_first_that_matches_answers(self) -> None:
        router = APIRouter(prefix="/users")

        @router.get("/{user_id}")
        def user(user_id: int) -> str:
            return "one"

        @router.get("/me")
        def me() -> str:
            return "me"

        @router.put("/me")
        def change() -> str:
            return "changed"

        app = FastAPI()
        app.include_router(router)
        assert status(app, "/users/me")[0] == 422
        assert status(app, "/users/me", "PUT") == (200, b'"changed"')

    def test_so_it_is_with_routers(self) -> None:
        first, second = APIRouter(), APIRouter(prefix="/me")

        @first.get("/{name}")
        def named(name: str) -> str:
            return "named"

        @second.get("")
        def me() -> str:
            return "me"

        app, other = FastAPI(), FastAPI()
        for each in (first, second):
            app.include_router(each)
        for each in (second, first):
            other.include_router(each)
        assert status(app, "/me")[1] == b'"named"'
        assert status(other, "/me")[1] == b'"me"'

    def test_what_is_mounted_takes_all_below(self) -> None:
        app = FastAPI()
        app.mount("/", FastAPI(openapi_url=None))

        @app.get("/late")
        def late() -> str:
            return "late"

        assert status(app, "/late")[0] == 404

    @pytest.mark.parametrize(
        ("earlier", "later", "path", "is_shadowed"),
        [
            ("/a/{x}", "/a/b", "/a/b", True),
            ("/a/{x}", "/a/{y}", "/a/b", True),
            ("/a/{x:path}", "/a/b/c", "/a/b/c", True),
            ("/a/{x:int}", "/a/7", "/a/7", True),
            ("/a/{x:float}", "/a/{x:int}", "/a/7", True),
            ("/a/{x:int}", "/a/b", "/a/b", False),
            ("/a/{x}", "/a/b/c", "/a/b/c", False),
            ("/a/{x}.json", "/a/b", "/a/b", False),
            ("/a/{x}", "/a/b/", "/a/b/", False),
            ("/a/{x}", "/a/{y:path}", "/a/b/c", False),
            ("/a/{x}", "/a/{y}.json", "/a/b.json", True),
        ],
    )
    def test_paths_cover_what_they_match(
        self, earlier: str, later: str, path: str, is_shadowed: bool
    ) -> None:
        app = FastAPI()
        app.add_api_route(earlier, lambda: "earlier")
        app.add_api_route(later, lambda: "later")
        answer = b'"earlier"' if is_shadowed else b'"later"'
        assert covers(earlier, later) is is_shadowed
        assert status(app, path) == (200, answer)


class TestUndeclaredDependency:
    def test_addresses_need_a_validator(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "email_validator", None)
        monkeypatch.setattr("pydantic.networks.email_validator", None)
        with pytest.raises(ImportError, match="email-validator is not installed"):
            create_model("Customer", address=(EmailStr, ...))

    def test_forms_need_a_parser(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "python_multipart", None)
        monkeypatch.setitem(sys.modules, "multipart", None)
        with pytest.raises(RuntimeError, match="python-multipart"):

            @FastAPI().post("/")
            def index(name: Annotated[str, Form()]) -> None: ...
