"""Coroutine functions of the standard library and of well-known packages: calls do nothing by themselves.

Only what makes a coroutine is here. What gives a task or a future runs without an `await`
(`asyncio.gather`), and what gives a context manager is for `async with` (`aiohttp.ClientSession.get`).
"""

from __future__ import annotations

_OF_REQUESTS = "body close is_disconnected json"
_OF_SOCKETS = (
    "accept close receive receive_bytes receive_json receive_text send send_bytes send_json send_text"
)
_OF_UPLOADS = "close read seek write"
_OF_HTTPX = "aclose delete get head options patch post put request send"
_OF_REDIS = (
    "decr decrby delete exists expire expireat flushall flushdb get getset hdel hexists hget hgetall hkeys"
    " hmget hset hvals incr incrby keys llen lpop lpush lrange mget mset persist ping publish rename rpop"
    " rpush sadd set setex setnx sismember smembers srem ttl xadd zadd zcard zincrby zrange zrem zscore"
)
_OF_ASYNCPG = "close copy_records_to_table execute executemany fetch fetchrow fetchval"

_METHODS = {
    "aiohttp.ClientResponse": "json read text",
    "aiohttp.ClientSession": "close",
    "aiohttp.web.Request": "json post read text",
    "aiohttp.web.StreamResponse": "prepare write write_eof",
    "aiohttp.web.WebSocketResponse": "close prepare receive receive_json receive_str send_json send_str",
    "aiosqlite.Connection": "close commit rollback",
    "asyncio.Condition": "wait wait_for",
    "asyncio.Event": "wait",
    "asyncio.Lock": "acquire",
    "asyncio.Queue": "get join put",
    "asyncio.Semaphore": "acquire",
    "asyncio.StreamReader": "read readexactly readline readuntil",
    "asyncio.StreamWriter": "drain wait_closed",
    "asyncpg.Connection": _OF_ASYNCPG,
    "asyncpg.Pool": _OF_ASYNCPG,
    "fastapi.Request": _OF_REQUESTS,
    "fastapi.UploadFile": _OF_UPLOADS,
    "fastapi.WebSocket": _OF_SOCKETS,
    "fastapi.datastructures.UploadFile": _OF_UPLOADS,
    "fastapi.requests.Request": _OF_REQUESTS,
    "fastapi.websockets.WebSocket": _OF_SOCKETS,
    "httpx.AsyncClient": _OF_HTTPX,
    "httpx.Response": "aclose aread",
    "redis.asyncio.Redis": _OF_REDIS,
    "redis.asyncio.client.Redis": _OF_REDIS,
    "starlette.datastructures.UploadFile": _OF_UPLOADS,
    "starlette.requests.Request": _OF_REQUESTS,
    "starlette.websockets.WebSocket": _OF_SOCKETS,
}
_FUNCTIONS = {
    "aiofiles.os": "listdir makedirs mkdir remove rename replace rmdir stat unlink",
    "anyio": "sleep sleep_forever",
    "anyio.to_thread": "run_sync",
    "asyncio": "create_subprocess_exec create_subprocess_shell open_connection sleep to_thread wait wait_for",
    "asyncpg": "connect",
    "fastapi.concurrency": "run_in_threadpool",
    "starlette.concurrency": "run_in_threadpool",
}
_SAID = {**_METHODS, **_FUNCTIONS}

COROUTINES = frozenset(f"{owner}.{name}" for owner, names in _SAID.items() for name in names.split())
"""Their dotted names."""

PACKAGES = frozenset(owner.partition(".")[0] for owner in _SAID)
"""What a project imports that has any."""

NAMES = frozenset(name for names in _SAID.values() for name in names.split())
"""Their last names."""
