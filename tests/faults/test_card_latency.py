"""How long somebody who writes of danger waits for the card: when all is quiet, and while everybody is written to."""

import asyncio
import itertools
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest

from bot.demo.emulator.model import Message
from bot.demo.emulator.phone import Phone
from tests.faults.broadcast import Broadcast, prepared, where_it_is_noon
from tests.faults.counts import SEED, full
from tests.faults.process import BotProcess, ServedTelegram, until
from tests.faults.vitals import p95

TITLE: Final = "Picas vakars"
GUESTS: Final = full(500, 10_000)
WHEN_QUIET, MEANWHILE = full(20, 100), full(15, 300)
"""How many write: one after the other, a second apart."""

LONGEST: Final = 2.0
"""Seconds that 99 of 100 may wait (fault table, X45)."""

WORDS: Final = (
    "i want to kill myself",
    "negribu vairs dzīvot",
    "я не хочу більше жити",
    "не хочу больше жить",
    "es ļoti gribu nomirt un neviens to nepamana",
)


def _is_card(message: Message) -> bool:
    return "116123" in message.text and "112" in message.text


def _answers(phone: Phone, after: int) -> list[Message]:
    """What the bot has said in that chat since, the invitation to everybody aside."""
    return [one for one in phone.messages[after:] if one.sender == "bot" and TITLE not in one.text]


async def _wait(phone: Phone, words: str) -> float:
    """Seconds from sending the words to the card, which must be the next answer."""
    before = len(phone.messages)
    sent = await phone.send(words)
    await until(lambda: bool(_answers(phone, before)), 30, "an answer to words of danger")
    answer = _answers(phone, before)[0]
    assert _is_card(answer), answer.text
    return (answer.sent_at - sent.sent_at).total_seconds()


async def _waits(broadcast: Broadcast, those: Sequence[Phone]) -> list[float]:
    """Somebody writes every second, whether the one before was answered or not."""
    words = itertools.cycle(WORDS)
    async with asyncio.TaskGroup() as group:
        waits = []
        for phone in those:
            waits.append(group.create_task(_wait(phone, next(words))))
            await asyncio.sleep(1)
    return [one.result() for one in waits]


def _told(what: str, waits: Sequence[float]) -> float:
    ordered = sorted(waits)
    most = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    print(
        f"seed {SEED}: card {what}: {len(ordered)} people, p50 {ordered[len(ordered) // 2] * 1000:.0f} ms, "
        f"p95 {p95(ordered) * 1000:.0f} ms, p99 {most * 1000:.0f} ms, worst {ordered[-1] * 1000:.0f} ms"
    )
    return most


@pytest.mark.slow
@pytest.mark.alone
@pytest.mark.feature("X45", "D1")
async def test_the_card_is_the_next_message_within_two_seconds_also_while_a_whole_town_is_written_to(
    served: ServedTelegram, tmp_path: Path
) -> None:
    telegram = served.telegram
    bot = BotProcess(served, tmp_path, **where_it_is_noon())
    broadcast = await prepared(telegram, bot.database, GUESTS)
    quiet, busy = broadcast.guests[:WHEN_QUIET], broadcast.guests[-MEANWHILE:]
    try:
        await bot.start()
        idle = _told("when all is quiet", await _waits(broadcast, quiet))
        await broadcast.announce(TITLE)
        await until(lambda: bool(broadcast.copies(TITLE)), 30, "the broadcast goes out")
        most = _told(f"during a broadcast to {GUESTS}", await _waits(broadcast, busy))
        reached = len(broadcast.copies(TITLE))
        print(f"seed {SEED}: {reached} of {GUESTS} had the invitation when the last of them wrote")
        assert idle <= LONGEST
        assert most <= LONGEST
        assert not telegram.problems
        assert await bot.stop() == 0
    finally:
        await bot.close()
