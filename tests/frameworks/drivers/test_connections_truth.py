"""What connections do once they are closed, or started twice."""

import asyncio
import sqlite3

import aiosqlite
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient as AiohttpClient
from aiohttp.test_utils import TestServer


def test_a_closed_connection_refuses_its_cursors_too():
    connection = sqlite3.connect(":memory:")
    cursor = connection.execute("SELECT 1")
    connection.close()
    for use in (cursor.fetchall, lambda: connection.execute("SELECT 1")):
        with pytest.raises(sqlite3.ProgrammingError):
            use()


def test_a_with_does_not_close_one_of_sqlite3():
    with sqlite3.connect(":memory:") as connection:
        pass
    assert connection.execute("SELECT 1").fetchone() == (1,)
    connection.close()


def test_a_with_closes_one_of_aiosqlite():
    async def used():
        async with aiosqlite.connect(":memory:") as connection:
            cursor = await connection.execute("SELECT 1")
        for use in (lambda: connection.execute("SELECT 1"), cursor.fetchall):
            with pytest.raises((ValueError, sqlite3.ProgrammingError)):
                await use()

    asyncio.run(used())


def test_a_connection_of_aiosqlite_starts_once():
    async def awaited():
        connection = await aiosqlite.connect(":memory:")
        try:
            with pytest.raises(RuntimeError, match="threads can only be started once"):
                async with connection:
                    pass
        finally:
            await connection.close()

    async def entered():
        connection = aiosqlite.connect(":memory:")
        async with connection:
            pass
        with pytest.raises(RuntimeError, match="threads can only be started once"):
            async with connection:
                pass

    asyncio.run(awaited())
    asyncio.run(entered())


def test_what_on_startup_opens_in_a_block_is_closed_for_handlers():
    """What `cleanup_ctx` opens so is not: it goes on once the server ends."""
    started, lasting = (web.AppKey(name, aiosqlite.Connection) for name in ("started", "lasting"))

    async def connect(app):
        async with aiosqlite.connect(":memory:") as connection:
            app[started] = connection

    async def connected(app):
        async with aiosqlite.connect(":memory:") as connection:
            app[lasting] = connection
            yield

    async def used(request):
        await request.app[lasting].execute("SELECT 1")
        with pytest.raises((ValueError, sqlite3.ProgrammingError)):
            await request.app[started].execute("SELECT 1")
        return web.Response()

    async def status():
        app = web.Application()
        app.on_startup.append(connect)
        app.cleanup_ctx.append(connected)
        app.router.add_get("/", used)
        async with AiohttpClient(TestServer(app)) as client:
            return (await client.get("/")).status

    assert asyncio.run(status()) == 200
