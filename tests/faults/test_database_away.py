"""The disk is full, or somebody holds the database: people hear so, help is there, nothing is lost, and it passes.

Chatters walk the first questions all the while; Emma needs help just then, and Danylo writes something else. What the
bot said past its outbox is told by its words.
"""

import asyncio
import random
import resource
import sqlite3
import subprocess
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing, suppress
from pathlib import Path
from typing import Final, Protocol
from zoneinfo import ZoneInfo

import pytest

from bot.demo.emulator.phone import Phone
from bot.texts import Texts
from bot.words import Language, phrase
from tests.faults.chatter import Chatter, all_do_more, crowd, kept
from tests.faults.counts import SEED, full
from tests.faults.process import BotProcess, ServedTelegram, until

WORDS: Final = Texts(ZoneInfo("Europe/Riga"))
UNSAVED: Final = WORDS.plain(phrase("people.youth.unsaved", lines=""), Language.UK).split("\n")[0]
CARD: Final = WORDS.plain(phrase("safety.youth.card", lines=""), Language.EN).split("\n")[0]
BACK_WITHIN: Final = 60.0
HELP_WITHIN: Final = 15.0
"""Seconds; five of them may go to a try that waits for the lock."""


def said(phone: Phone, words: str) -> int:
    """How often the bot said that on this phone."""
    return sum(message.sender == "bot" and words in message.text for message in phone.history)


class Disk(Protocol):
    """A disk for the database that can be filled and freed."""

    folder: Path

    def fill(self, pid: int) -> None: ...

    def free(self, pid: int) -> None: ...


Trouble = Callable[[], AbstractAsyncContextManager[None]]


class SmallDisk:
    """A file system of a few megabytes in memory, filled by a file of somebody else."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=10m", "tmpfs", str(folder)],
            capture_output=True,
            text=True,
            check=False,
        )
        if mounted.returncode:
            pytest.skip(f"no file system can be mounted here: {mounted.stderr.strip()}")

    def fill(self, _: int) -> None:
        with suppress(OSError), (self.folder / "filler").open("ab", buffering=0) as filler:
            while True:
                filler.write(bytes(4096))

    def free(self, _: int) -> None:
        (self.folder / "filler").unlink()

    def remove(self) -> None:
        subprocess.run(["umount", "-l", str(self.folder)], check=True)


class Quota:
    """No file may hold as much as a page, as under a quota that is used up; needs no rights."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()

    def fill(self, pid: int) -> None:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (4_000, resource.RLIM_INFINITY))

    def free(self, pid: int) -> None:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))

    def remove(self) -> None: ...


@asynccontextmanager
async def kept_full(disk: Disk, pid: int) -> AsyncIterator[None]:
    """Somebody takes every byte that comes free."""

    async def fill() -> None:
        while True:
            disk.fill(pid)
            await asyncio.sleep(0.05)

    task = asyncio.ensure_future(fill())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        disk.free(pid)


@pytest.mark.slow
@pytest.mark.alone
@pytest.mark.feature("X5")
@pytest.mark.parametrize("kind", [SmallDisk, Quota])
async def test_on_a_full_disk_help_is_there_and_nothing_is_lost(
    served: ServedTelegram, tmp_path: Path, kind: type[SmallDisk] | type[Quota]
) -> None:
    disk = kind(tmp_path / "disk")
    file = disk.folder / "bot.db"
    bot = BotProcess(served, tmp_path, BOT_DATABASE_URL=f"sqlite+aiosqlite:///{file}")
    bot.database = file
    try:
        await _live_through(served, bot, lambda: kept_full(disk, bot.pid), full(12, 40))
    finally:
        await bot.close()
        disk.remove()


@pytest.mark.slow
@pytest.mark.alone
@pytest.mark.feature("X6")
async def test_a_database_that_somebody_holds_for_half_a_minute_costs_patience_only(
    served: ServedTelegram, bot: BotProcess
) -> None:
    @asynccontextmanager
    async def held() -> AsyncIterator[None]:
        with closing(sqlite3.connect(bot.database, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            yield
            other.execute("ROLLBACK")

    await _live_through(served, bot, held, 30)


async def _live_through(served: ServedTelegram, bot: BotProcess, trouble: Trouble, seconds: float) -> None:
    """People chat before, during and after the trouble; judged from their phones and by the file."""
    people = crowd(served.telegram, 8, random.Random(SEED), pause=0.5)
    emma = served.telegram.phone(3000, "Emma", language_code="en")
    danylo = served.telegram.phone(3001, "Danylo", language_code="uk")
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    await bot.start()
    async with asyncio.TaskGroup() as chats:
        for one in people:
            chats.create_task(one.chat(stop))
        await all_do_more(people, 2)
        async with trouble():
            await until(lambda: "database_away" in bot.stderr, 30, "the bot says that it cannot write")
            asked = loop.time()
            await emma.send("/help")
            await until(lambda: said(emma, CARD) == 1, 30, "help is there")
            helped = loop.time() - asked
            await danylo.send("/start")
            await until(lambda: said(danylo, UNSAVED) == 1, 30, "whoever does something hears that it is not kept")
            await asyncio.sleep(max(0.0, seconds - (loop.time() - asked)))
        freed = loop.time()
        await until(lambda: served.telegram.updates_waiting == 0, BACK_WITHIN, "everything is handled")
        await until(lambda: said(emma, CARD) == 2, BACK_WITHIN, "help has its ordinary answer")
        back = loop.time() - freed
        await all_do_more(people, 2)
        stop.set()
    await until(lambda: served.telegram.updates_waiting == 0, 30, "the last updates are confirmed")
    assert await bot.stop() == 0
    assert helped <= HELP_WITHIN
    told = [said(one.phone, UNSAVED) for one in people]
    print(
        f"seed {SEED}: help after {helped:.1f} s, everything handled {back:.1f} s after its end, "
        f"{sum(told)} of {len(people)} were told, {bot.stderr.count('database_away')} alarms"
    )
    _check(served, bot, people, told)


def _check(served: ServedTelegram, bot: BotProcess, people: Sequence[Chatter], told: Sequence[int]) -> None:
    assert max(told) <= 2  # at most once a minute
    assert [one.repeats for one in people] == list(told)  # and besides, not one message too few or twice
    assert all(kept(bot, one) == (one.answers, one.asked, one.finished) for one in people)
    assert not served.telegram.problems
    assert not served.telegram.unanswered()
    assert bot.rows("SELECT count(*) FROM outbox WHERE state NOT IN ('sent')") == [(0,)]
    assert "Traceback" not in bot.stderr
    assert ", line " not in bot.stderr
    assert ".py:" not in bot.stderr  # a trace as the log writes it
    assert bot.stderr.count("database_away") == bot.stderr.count("database_back") <= 5
    bot.check_database()
