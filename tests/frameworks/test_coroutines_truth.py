"""What is said to be a coroutine function makes a coroutine, in the library itself."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable
from typing import Any

import httpx
import pytest
import redis.asyncio

from archlint.frameworks.coroutines import COROUTINES

OF_REDIS = sorted(name for name in COROUTINES if name.startswith("redis."))


def found(name: str) -> Callable[..., Any]:
    """What stands under a dotted name: in a module, or in a class of one."""
    owner, _, last = name.rpartition(".")
    try:
        holder: Any = importlib.import_module(owner)
    except ModuleNotFoundError:
        module, _, cls = owner.rpartition(".")
        holder = getattr(importlib.import_module(module), cls)
    function: Callable[..., Any] = getattr(holder, last)
    return function


@pytest.mark.parametrize("name", sorted(COROUTINES.difference(OF_REDIS)))
def test_is_a_coroutine_function(name: str) -> None:
    assert inspect.iscoroutinefunction(found(name))


@pytest.mark.parametrize("name", OF_REDIS)
def test_redis_makes_a_coroutine_of_a_command(name: str) -> None:
    function = found(name)
    required = [
        each
        for each in inspect.signature(function).parameters.values()
        if each.default is each.empty and each.kind is each.POSITIONAL_OR_KEYWORD
    ]
    values = {"keys": ["a"], "mapping": {"a": 1}, "fields": {"a": 1}}
    given: list[Any] = [values.get(each.name, 1) for each in required[1:]]
    kwargs = {"mapping": {"a": 1}} if name.endswith("hset") else {}
    made = function(redis.asyncio.Redis(), *given, **kwargs)
    try:
        assert inspect.iscoroutine(made)
    finally:
        made.close()


def test_a_dropped_call_does_nothing() -> None:
    calls: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        calls.append(request)
        return httpx.Response(200)

    client = httpx.AsyncClient(transport=httpx.MockTransport(answer))
    made = client.get("http://shop")
    with pytest.raises(AttributeError):
        made.status_code  # type: ignore[attr-defined] # noqa: B018
    made.close()
    assert calls == []
