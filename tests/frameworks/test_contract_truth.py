"""What rules say of contracts is what clients meet: with Django, FastAPI, Flask and aiohttp."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Callable
from typing import Annotated

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient as AiohttpClient
from aiohttp.test_utils import TestServer
from fastapi import APIRouter, Body, Depends, FastAPI, Header
from fastapi.security import HTTPBearer, OAuth2PasswordBearer
from fastapi.testclient import TestClient
from flask import Blueprint, Flask
from flask.views import MethodView
from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel, to_pascal

from archlint.frameworks.pydantic.generated_names import _KNOWN

DJANGO = """
import django
from django.conf import settings

settings.configure(
    DEBUG=False,
    SECRET_KEY="secret",
    ROOT_URLCONF="__main__",
    ALLOWED_HOSTS=["testserver"],
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
)
django.setup()
from django.http import JsonResponse
from django.test import Client
from django.urls import path
from django.views import View


class Orders(View):
    def get(self, request):
        return JsonResponse({})

    def post(self, request):
        return JsonResponse({"got": request.POST["number"]})


class Stock(Orders):
    http_method_names = ["get"]

    def dispatch(self, request, *args, **kwargs):
        return super().dispatch(request, *args, **kwargs)


urlpatterns = [path("orders/", Orders.as_view()), path("stock", Stock.as_view())]
client = Client()
print(client.put("/orders/").status_code, client.get("/shops").status_code)
print(client.post("/orders/", {"number": 3}).json())
redirect = client.post("/orders", {"number": 3})
print(redirect.status_code, redirect["Location"])
print(client.get("/stock").status_code, client.post("/stock").status_code, client.put("/stock").status_code)
"""


def test_django() -> None:
    """Another method is 405, no route is 404, and a slash more is a redirect that keeps no body."""
    done = subprocess.run([sys.executable, "-c", DJANGO], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:4] == ["405 404", "{'got': '3'}", "301 /orders/", "200 405 405"]


def test_fastapi() -> None:
    app = FastAPI()

    @app.get("/orders")
    def orders() -> list[int]:
        return []

    client = TestClient(app)
    assert client.get("/orders").status_code == 200
    assert client.post("/orders").status_code == 405
    assert client.get("/shops").status_code == 404


def test_routers_that_nobody_includes_answer_nothing() -> None:
    """Of FastAPI, Flask and aiohttp alike."""
    app, router = FastAPI(), APIRouter()

    @router.get("/orders")
    def orders() -> list[int]:
        return []

    assert TestClient(app).get("/orders").status_code == 404

    pages = Blueprint("pages", __name__)
    pages.add_url_rule("/orders", view_func=dict, endpoint="orders")
    assert Flask(__name__).test_client().get("/orders").status_code == 404

    async def status() -> int:
        routes = web.RouteTableDef()

        @routes.get("/orders")
        async def listed(request: web.Request) -> web.Response:
            return web.json_response([])

        async with AiohttpClient(TestServer(web.Application())) as client:
            return (await client.get("/orders")).status

    assert asyncio.run(status()) == 404


def test_flask() -> None:
    app = Flask(__name__)
    app.add_url_rule("/orders", view_func=dict, methods=["POST"], endpoint="orders")
    client = app.test_client()
    assert client.post("/orders").status_code == 200
    assert client.get("/orders").status_code == 405
    assert client.get("/shops").status_code == 404


def test_aiohttp() -> None:
    async def orders(request: web.Request) -> web.Response:
        return web.json_response([])

    async def statuses() -> list[int]:
        app = web.Application()
        app.add_routes([web.get("/orders", orders)])
        async with AiohttpClient(TestServer(app)) as client:
            asked = [client.get("/orders"), client.post("/orders"), client.get("/shops")]
            return [(await each).status for each in asked]

    assert asyncio.run(statuses()) == [200, 405, 404]


def test_view_classes_take_what_they_have_functions_for() -> None:
    class Shops(MethodView):
        def get(self) -> list[str]:
            return []

    class Orders(web.View):
        async def get(self) -> web.Response:
            return web.json_response([])

    app = Flask(__name__)
    app.add_url_rule("/shops", view_func=Shops.as_view("shops"))
    client = app.test_client()
    assert [client.get("/shops").status_code, client.post("/shops").status_code] == [200, 405]

    async def statuses() -> list[int]:
        served = web.Application()
        served.add_routes([web.view("/orders", Orders)])
        async with AiohttpClient(TestServer(served)) as client:
            return [(await client.get("/orders")).status, (await client.post("/orders")).status]

    assert asyncio.run(statuses()) == [200, 405]


def test_bearers_of_fastapi_take_no_other_word() -> None:
    app = FastAPI()

    @app.get("/one", dependencies=[Depends(HTTPBearer())])
    @app.get("/two", dependencies=[Depends(OAuth2PasswordBearer("login"))])
    def orders() -> list[int]:
        return []

    client = TestClient(app)
    for path in ("/one", "/two"):
        assert client.get(path, headers={"Authorization": "Bearer x"}).status_code == 200
        assert client.get(path, headers={"Authorization": "Token x"}).status_code in (401, 403)


class NewUser(BaseModel):
    email: str


class Article(BaseModel):
    slug: str
    tag_list: list[str]
    read_count: int = Field(0, serialization_alias="readCount")


def test_bodies_of_fastapi_have_the_shape_of_the_model() -> None:
    app = FastAPI()

    @app.post("/bare")
    def bare(body: NewUser) -> str:
        return body.email

    @app.post("/embedded")
    def embedded(user: Annotated[NewUser, Body(embed=True)]) -> str:
        return user.email

    client = TestClient(app)
    wrapped = {"user": {"email": "a@example.org"}}
    assert client.post("/bare", json=wrapped).status_code == 422
    assert client.post("/embedded", json=wrapped).status_code == 200
    assert client.post("/bare", json={}).status_code == 422


def test_answers_of_fastapi_have_the_keys_of_the_model() -> None:
    app = FastAPI()

    @app.get("/article")
    def article() -> Article:
        return Article(slug="one", tag_list=[], read_count=0)

    assert TestClient(app).get("/article").json().keys() == {"slug", "tag_list", "readCount"}


def test_schemes_of_fastapi_refuse_unless_told_otherwise() -> None:
    app = FastAPI(dependencies=[Depends(HTTPBearer(auto_error=False))])

    @app.get("/open")
    def welcome() -> str:
        return ""

    @app.get("/closed", dependencies=[Depends(HTTPBearer())])
    def closed() -> str:
        return ""

    @app.get("/asked")
    def asked(authorization: Annotated[str, Header()]) -> str:
        return authorization

    client = TestClient(app)
    assert client.get("/open").status_code == 200
    assert client.get("/closed").status_code in (401, 403)
    assert client.get("/asked").status_code == 422


def test_schemes_that_refuse_nobody_give_none() -> None:
    app = FastAPI()

    @app.get("/")
    def seen(found: Annotated[object, Depends(HTTPBearer(auto_error=False))]) -> bool:
        return found is None

    assert TestClient(app).get("/").json() is True


@pytest.mark.parametrize("generator", [to_camel, to_pascal])
@pytest.mark.parametrize("name", ["orders", "orders_count", "a_b_c", "line_2", "_own", "two__lines", "x1y"])
def test_generated_aliases_are_those_of_pydantic(generator: Callable[[str], str], name: str) -> None:
    """What is not certain is left open."""
    made = _KNOWN[f"pydantic.alias_generators.{generator.__name__}"](name)
    assert made in ("", generator(name))
    assert bool(made) is (name in ("orders", "orders_count", "a_b_c"))


def test_answers_have_the_aliases_of_the_nearest_configuration() -> None:
    class Base(BaseModel):
        model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)

    class Order(Base):
        item_count: int
        free_text: str = Field("", alias="text")

    app = FastAPI()
    order = Order(item_count=1, text="")
    app.get("/order", response_model=Order)(lambda: order)
    app.get("/plain", response_model=Order, response_model_by_alias=False)(lambda: order)
    client = TestClient(app)
    assert client.get("/order").json().keys() == {"itemCount", "text"}
    assert client.get("/plain").json().keys() == {"item_count", "free_text"}
