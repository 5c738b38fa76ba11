"""/health says ready only of a bot that does what it is for, and how late each part is."""

import sqlite3
import subprocess
import sys
from collections import namedtuple
from contextlib import closing
from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError

from bot.clock import DOUBTED_AFTER
from bot.storage import on_the_spot
from bot.storage.tables import metadata
from bot.web import health
from tests.chats.casework import in_programme
from tests.town.town import Town
from tests.web.conftest import Watch

pytestmark = pytest.mark.feature("N4")


def test_who_does_not_listen_does_not_load_what_it_takes() -> None:
    program = (
        "import sys, bot.app; print([one for one in sys.modules if one.startswith(('prometheus', 'bot.web.server'))])"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "[]\n"


async def test_before_anything_has_begun_it_is_not_ready(watch: Watch) -> None:
    async with watch() as bot:
        status, parts = await bot.health()
        assert status == 503
        assert {name: part["late_by"] for name, part in parts.items()} == dict.fromkeys(
            ("poll", "gate", "schedule", "database")
        )


async def test_a_bot_that_works_is_ready_and_on_time(watch: Watch) -> None:
    async with watch() as bot:
        await bot.works()
        status, parts = await bot.health()
        assert status == 200
        assert all(part == {"ok": True, "late_by": 0.0, "why": None} for part in parts.values())


@pytest.mark.parametrize(
    ("silent", "seconds"),
    [("poll", 25 + 25), ("gate", 1 + 30), ("schedule", 1 + 15)],
)
async def test_each_part_that_falls_silent_is_named_and_told_late(watch: Watch, silent: str, seconds: int) -> None:
    async with watch() as bot:
        await bot.works()
        beats = {
            "poll": bot.app.polling.heartbeat,
            "gate": bot.app.gate.heartbeat,
            "schedule": bot.app.schedule.heartbeat,
        }
        for more, expected in ((0, 200), (1, 503)):
            began = bot.town.clock.monotonic()
            bot.town.clock.advance(timedelta(seconds=seconds + more))
            for name, beat in beats.items():
                beat.beat(began if name == silent else bot.town.clock.monotonic())
            status, parts = await bot.health()
            assert status == expected
            assert [name for name, part in parts.items() if not part["ok"]] == ([silent] if more else [])
        assert parts[silent]["late_by"] == seconds + 1 - (25 if silent == "poll" else 1)


async def test_when_messages_do_not_get_out_it_is_not_ready_though_all_else_goes_on(town: Town, watch: Watch) -> None:
    anna = await town.youth("anna")
    async with watch() as bot:
        town.telegram.faults.fail("sendMessage", code=500, times=1000)
        await anna.phone.send("/menu")
        for _ in range(6):
            await bot.works()
            town.clock.advance(timedelta(seconds=6))
        await bot.works()
        status, parts = await bot.health()
        assert status == 503
        assert [name for name, part in parts.items() if not part["ok"]] == ["gate"]
        assert parts["gate"]["late_by"] > 30
        town.telegram.faults.clear()
        town.clock.advance(timedelta(seconds=31))
        await bot.works()
        assert (await bot.health())[0] == 200
    await town.settle()
    anna.reads_rest()


async def test_one_chat_that_telegram_holds_back_is_no_illness(town: Town, watch: Watch) -> None:
    anna = await town.youth("anna")
    async with watch() as bot:
        town.telegram.faults.fail("sendMessage", retry_after=300, chat=anna.phone.id)
        for _ in range(5):
            await anna.phone.send("/menu")
            await bot.works()
            town.clock.advance(timedelta(seconds=40))
        await bot.works()
        assert (await bot.health())[0] == 200
        town.clock.advance(timedelta(seconds=300))
        await bot.works()
    anna.notice_changes()
    anna.reads_rest()


async def test_what_fell_due_and_is_not_done_is_told_late(town: Town, watch: Watch) -> None:
    await in_programme(town)
    async with watch() as bot:
        await bot.works()
        async with bot.app.database.write() as db:
            checkins = metadata.tables["checkins"]
            first = town.clock.now() - timedelta(minutes=5)
            await db.execute(checkins.update().where(checkins.c.number == 1).values(next_at=first))
        status, parts = await bot.health()
        assert status == 503
        assert parts["schedule"] == {"ok": False, "late_by": 300.0, "why": "what fell due is not done"}
        await bot.works()
        assert (await bot.health())[0] == 200
    await town.settle()
    for one in town.people.values():
        one.reads_rest()


async def test_a_database_that_cannot_be_read_is_told(town: Town, watch: Watch) -> None:
    async with watch() as bot:
        await bot.works()
        async with bot.app.database.write() as db:
            await db.exec_driver_sql("ALTER TABLE outbox RENAME TO gone")
        status, parts = await bot.health()
        assert status == 503
        assert parts["database"]["why"] == "it cannot be read"
        async with bot.app.database.write() as db:
            await db.exec_driver_sql("ALTER TABLE gone RENAME TO outbox")


async def test_a_database_that_cannot_be_written_is_told(
    town: Town, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(on_the_spot, "BUSY_MS", 1)
    async with watch() as bot:
        await bot.works()
        with closing(sqlite3.connect(town.database_file)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(OperationalError):
                await bot.works()
            status, parts = await bot.health()
        assert status == 503
        assert parts["database"]["why"] == "it cannot be written"
        await bot.works()
        assert (await bot.health())[0] == 200


async def test_a_full_disk_is_told_before_it_hurts(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")  # as shutil gives it
    async with watch() as bot:
        await bot.works()
        monkeypatch.setattr(health.shutil, "disk_usage", lambda _: usage(10**10, 10**10 - 1, 1))
        status, parts = await bot.health()
        assert status == 503
        assert parts["database"]["why"] == "its disk is full"


@pytest.mark.feature("X29")
async def test_a_machine_whose_clock_telegram_contradicts_is_not_well(watch: Watch) -> None:
    async with watch() as bot:
        await bot.works()
        for _ in range(DOUBTED_AFTER):
            bot.app.clock.hear(bot.town.clock.now() + timedelta(days=1), 0.1)
        status, parts = await bot.health()
        assert status == 503
        assert parts["schedule"]["why"] == "the machine's clock is wrong"
        bot.app.clock.hear(bot.town.clock.now(), 0.1)
        assert (await bot.health())[0] == 200
