"""People who block the bot, delete their account or never wrote to it, in mid-broadcast: each costs one send."""

import asyncio
import random
from pathlib import Path

import pytest
from sqlalchemy import insert

from bot.clock import SystemClock
from bot.demo.emulator.phone import Phone
from bot.people import store as people_store
from bot.programme.rules import Stage
from bot.roles import Grant, Role
from bot.storage.database import Database
from bot.storage.tables import cases, people
from tests.faults.broadcast import OGRE, Broadcast, prepared, where_it_is_noon
from tests.faults.counts import SEED, full
from tests.faults.process import BotProcess, ServedTelegram, until

FIRST, SECOND = "Picas vakars", "Filmu vakars"
GUESTS = full(200, 1_000)
OF_EACH = GUESTS // 20
"""So many block the bot, so many delete their account, and so many never wrote to it."""

MENTOR = 901


@pytest.mark.slow
@pytest.mark.feature("X17", "A6")
async def test_whoever_cannot_be_reached_costs_one_send_and_stops_nobody(
    served: ServedTelegram, tmp_path: Path
) -> None:
    telegram = served.telegram
    bot = BotProcess(served, tmp_path, **where_it_is_noon())
    broadcast = await prepared(telegram, bot.database, GUESTS)
    gone = random.Random(SEED).sample(list(broadcast.guests), 3 * OF_EACH)
    blocked, deleted, strangers = gone[:OF_EACH], gone[OF_EACH : 2 * OF_EACH], gone[2 * OF_EACH :]
    mentored = [blocked[0], deleted[0], strangers[0]]
    mentor = await _mentor_of(broadcast, mentored)
    for phone in strangers:
        telegram.people[phone.id].started = False
    try:
        await broadcast.announce(FIRST)
        await bot.start()
        await until(lambda: len(broadcast.copies(FIRST)) >= 5, 60, "it is under way")
        for phone in (*blocked, *deleted):
            await (phone.block() if phone in blocked else phone.deactivate())
        await _finished(broadcast, bot, FIRST)
        refused = [one for one in telegram.refusals if one.status in (400, 403)]
        of_one = {phone.id: sum(one.chat_id == phone.id for one in refused) for phone in gone}
        reached = {chat for chat in broadcast.copies(FIRST) if chat not in of_one}
        told = [message.text for message in mentor.messages if message.sender == "bot"]
        print(
            f"seed {SEED}: {len(gone)} of {GUESTS} gone, {sum(of_one.values())} sends refused, at most "
            f"{max(of_one.values())} for one person; {len(reached)} others reached; the mentor told {len(told)} times"
        )
        assert len(reached) == GUESTS - len(gone)
        assert max(of_one.values()) == 1
        assert len(refused) == sum(of_one.values())
        assert len(told) == len(mentored)

        for phone in blocked[: OF_EACH // 2]:
            await phone.unblock()
        await until(lambda: telegram.updates_waiting == 0, 30, "their return is known")
        await broadcast.announce(SECOND)
        await _finished(broadcast, bot, SECOND)
        back = {phone.id for phone in blocked[: OF_EACH // 2]}
        assert set(broadcast.copies(SECOND)) == {phone.id for phone in broadcast.guests} - of_one.keys() | back
        later = [one.chat_id for one in telegram.refusals if one.status in (400, 403)][len(refused) :]
        assert len(later) == len(set(later))
        assert not [chat for chat in later if of_one.get(chat) or chat in back]
        assert len(mentor.messages) == len(told) + 1  # whom they work with is back
        assert await bot.stop() == 0
        assert not telegram.problems
        assert "Traceback" not in bot.stderr
        bot.check_database()
    finally:
        await bot.close()


async def _mentor_of(broadcast: Broadcast, youths: list[Phone]) -> Phone:
    """A mentor who works with these young people, and the mentor's phone."""
    now = SystemClock().now()
    database = Database(f"sqlite+aiosqlite:///{broadcast.database}")
    case = {
        "municipality": OGRE,
        "stage": Stage.PROFILING.value,
        "stage_at": now,
        "screening_outcome": "likely",
        "age_band": "18_28",
        "opened_at": now,
        "mentor_id": MENTOR,
    }
    async with database.write() as db:
        row = {"id": MENTOR, "telegram_id": MENTOR, "language": "en", "language_chosen": True, "code_name": "Osta-901"}
        await db.execute(insert(people), [{**row, "created_at": now}])
        await people_store.grant(db, MENTOR, Grant(Role.MENTOR, OGRE), now)
        await db.execute(insert(cases), [{**case, "youth_id": phone.id} for phone in youths])
    await database.close()
    phone = broadcast.telegram.phone(MENTOR, "Marta")
    broadcast.telegram.people[MENTOR].started = True
    return phone


async def _finished(broadcast: Broadcast, bot: BotProcess, title: str) -> None:
    sending = "SELECT count(*) FROM events WHERE state = 'sending'"
    waits = "SELECT count(*) FROM outbox WHERE state IN ('waiting', 'in_flight')"
    await until(lambda: bot.rows(sending) == [(0,)], 60, f"{title} is handed to delivery")
    await until(lambda: bot.rows(waits) == [(0,)], 240, f"nothing of {title} waits any more")
    await asyncio.sleep(1)
