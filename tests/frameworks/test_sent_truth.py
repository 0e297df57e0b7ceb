"""What a client sends is text in all the frameworks that `python/unconverted-text` knows."""

from __future__ import annotations

import pytest
from aiohttp.test_utils import make_mocked_request
from flask import Flask
from flask import request as flask_request
from starlette.requests import Request

_HEADERS = {"X-Limit": "20", "Cookie": "limit=20"}


def test_flask_gives_text_unless_a_type_is_passed() -> None:
    with Flask(__name__).test_request_context("/?limit=20", headers=_HEADERS):
        kept = (flask_request.args, flask_request.headers, flask_request.cookies)
        assert [each.get("limit") or each.get("X-Limit") for each in kept] == ["20"] * 3
        assert flask_request.args.get("limit", 5, type=int) == flask_request.args.get("limit", 5, int) == 20
        assert flask_request.args.get("other", 5) == 5
    with Flask(__name__).test_request_context("/", method="POST", data={"limit": 20}):
        assert flask_request.form["limit"] == "20"


def test_aiohttp_gives_text() -> None:
    request = make_mocked_request("GET", "/?limit=20", headers=_HEADERS, match_info={"limit": "20"})
    kept = (request.query, request.match_info, request.cookies)
    assert [each.get("limit", 5) for each in kept] == ["20"] * 3
    assert request.headers["X-Limit"] == "20"


def test_starlette_gives_text() -> None:
    headers = [(name.lower().encode(), value.encode()) for name, value in _HEADERS.items()]
    request = Request({"type": "http", "query_string": b"limit=20", "headers": headers})
    assert [request.query_params["limit"], request.cookies["limit"], request.headers["x-limit"]] == ["20"] * 3


def test_text_is_no_number() -> None:
    text: object = "20"
    for use in (
        lambda value: value - 1,
        lambda value: value + 1,
        lambda value: 1 + value,
        lambda value: value > 1,
        lambda value: [1, 2][:value],
        lambda value: min(value, 100),
        lambda value: range(value),
    ):
        with pytest.raises(TypeError):
            use(text)
