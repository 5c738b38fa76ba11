"""A bell that has much to do lets others in between: a press waits for a page of a broadcast, not for all of it."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import literal, select

from bot.clock import SystemClock
from bot.routes import Routes
from bot.schedule import Schedule
from bot.storage.database import Database
from bot.turn import Tick

PAGES = 3


@pytest.fixture
async def database(database_file: Path) -> AsyncIterator[Database]:
    one = Database(f"sqlite+aiosqlite:///{database_file}")
    yield one
    await one.close()


def bell(database: Database, routes: Routes) -> Schedule:
    return Schedule(
        database, routes, SystemClock(), ZoneInfo("Europe/Riga"), lambda: None, is_telegram_away=lambda: False
    )


@pytest.mark.feature("X16")
async def test_a_press_and_then_its_answer_go_between_two_pages_of_a_broadcast(database: Database) -> None:
    order: list[str] = []
    pressed: list[asyncio.Task[None]] = []
    routes = Routes()

    async def press() -> None:
        for step in ("press", "answer"):
            async with database.write():
                order.append(step)

    @routes.at_tick(select(literal(1)))
    async def page(_tick: Tick) -> bool:
        order.append("page")
        if not pressed:
            pressed.append(asyncio.create_task(press()))
            await asyncio.sleep(0)
        return order.count("page") < PAGES

    await bell(database, routes).ring()
    await asyncio.gather(*pressed)
    assert order == ["page", "press", "answer", "page", "page"]


async def test_what_falls_due_does_not_wait_for_ever_for_a_quiet_moment(database: Database) -> None:
    pages = 0
    routes = Routes()

    @routes.at_tick(select(literal(1)))
    async def page(_tick: Tick) -> bool:
        nonlocal pages
        pages += 1
        return pages < PAGES

    async def presses() -> None:
        while True:
            async with database.write():
                await asyncio.sleep(0.001)

    busy = asyncio.create_task(presses())
    async with asyncio.timeout(5):
        await bell(database, routes).ring()
    busy.cancel()
    await asyncio.gather(busy, return_exceptions=True)
    assert pages == PAGES
