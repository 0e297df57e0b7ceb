"""What Flask passes to the function of a route."""

from __future__ import annotations

import pytest
from flask import Blueprint, Flask


def test_names_of_the_path_are_those_of_the_function() -> None:
    app = Flask(__name__)
    app.testing = True
    blueprint = Blueprint("orders", __name__, url_prefix="/shops/<shop>")

    @blueprint.get("/orders/<int:order_id>")
    def order(shop: str, id: int) -> str:
        return f"{shop} {id}"

    @blueprint.get("/lines/<int:number>")
    def line(shop: str, number: int) -> str:
        return f"{shop} {number}"

    @blueprint.get("/all")
    def everything(shop: str, number: int) -> str:
        return f"{shop} {number}"

    app.register_blueprint(blueprint)
    client = app.test_client()
    assert client.get("/shops/a/lines/1").text == "a 1"
    with pytest.raises(TypeError, match="unexpected keyword argument 'order_id'"):
        client.get("/shops/a/orders/1")
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'number'"):
        client.get("/shops/a/all")


def test_commands_run_when_somebody_asks_for_them_by_name() -> None:
    ran: list[str] = []
    app = Flask(__name__)

    @app.cli.command()
    def init_db() -> None:
        ran.append("init_db")

    @app.get("/")
    def index() -> str:
        return "served"

    assert app.test_client().get("/").text == "served"
    assert ran == []
    assert app.test_cli_runner().invoke(args=["init-db"]).exit_code == 0
    assert ran == ["init_db"]
