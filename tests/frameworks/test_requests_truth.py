"""What rules say of handlers that fail is shown with the frameworks that call them."""

from __future__ import annotations

import asyncio
from typing import Annotated

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request
from fastapi import Depends, FastAPI, Header, Request
from fastapi.testclient import TestClient
from flask import Flask, g
from flask import request as flask_request
from pydantic import BaseModel


class User(BaseModel):
    name: str


class Change(BaseModel):
    note: str | None = None


def _current_user(authorization: Annotated[str | None, Header()] = None) -> User | None:
    return User(name=authorization) if authorization else None


def _app() -> FastAPI:
    app = FastAPI()

    @app.get("/me")
    def me(user: Annotated[User | None, Depends(_current_user)]) -> dict[str, str]:
        return {"name": user.name}  # type: ignore[union-attr]

    @app.put("/change")
    def change(body: Change) -> dict[str, str]:
        return {"note": body.note.strip()}  # type: ignore[union-attr]

    @app.get("/state")
    def state(request: Request) -> dict[str, str]:
        return {"user": request.state.user}

    return app


@pytest.mark.parametrize(("method", "path", "body"), [("GET", "/me", None), ("PUT", "/change", {})])
def test_a_dependency_and_a_field_may_be_none(method: str, path: str, body: object) -> None:
    with pytest.raises(AttributeError, match="NoneType"):
        TestClient(_app()).request(method, path, json=body)


def test_what_is_sent_is_there() -> None:
    client = TestClient(_app())
    assert client.get("/me", headers={"Authorization": "ann"}).json() == {"name": "ann"}
    assert client.put("/change", json={"note": " a "}).json() == {"note": "a"}


def test_the_state_of_a_request_begins_empty() -> None:
    with pytest.raises(AttributeError, match="'State' object has no attribute 'user'"):
        TestClient(_app()).get("/state")


def test_flask_begins_with_nothing() -> None:
    app = Flask(__name__)
    with app.test_request_context("/"):
        with pytest.raises(AttributeError):
            assert g.user
        assert flask_request.headers.get("Authorization") is None
        assert g.get("user") is None


def test_aiohttp_begins_with_nothing() -> None:
    async def handler(request: web.Request) -> web.Response:
        return web.Response(text=request["user_id"])

    with pytest.raises(KeyError):
        asyncio.run(handler(make_mocked_request("GET", "/")))
