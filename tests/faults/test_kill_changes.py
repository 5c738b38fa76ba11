"""`kill -9` while a change of an event is being told: everybody hears it, and nobody an older state after it."""

import asyncio
import random
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from bot.clock import SystemClock
from bot.events import store
from bot.events.changed import changes, store_changes
from bot.events.changed.changes import Part
from bot.storage.database import Database
from bot.storage.tables import events, invitations
from tests.faults.broadcast import COORDINATOR, FIRST_GUEST, OGRE, prepared, where_it_is_noon
from tests.faults.counts import SEED, full
from tests.faults.process import BotProcess, ServedTelegram, until
from tests.faults.repeats import Lives, sent_by_chat

GUESTS = full(300, 2_000)
"""More than a page of `due_changes`."""
KILLS = full(6, 100)
OLD, FIRST, LAST = "Jauniešu centrs", "Bibliotēka", "Skolas zāle"


@pytest.fixture
async def daytime_bot(served: ServedTelegram, tmp_path: Path) -> AsyncIterator[BotProcess]:
    one = BotProcess(served, tmp_path, **where_it_is_noon())
    yield one
    await one.close()


async def is_out(database: Path) -> int:
    """An event that all the guests have and said yes to, an hour ago."""
    now = SystemClock().now()
    opened = Database(f"sqlite+aiosqlite:///{database}")
    event = {
        "created_by": COORDINATOR,
        "state": "sent",
        "language": "lv",
        "titles": {"lv": "Picas vakars"},
        "details": {"lv": "Cepsim picu."},
        "place": OLD,
        "starts_at": now + timedelta(days=2),
        "municipality": OGRE,
        "audience": {"groups": ["youth"]},
        "created_at": now - timedelta(hours=1),
    }
    guest = {"invited_at": now - timedelta(hours=1), "answer": "yes", "answered_at": now, "seat": "held"}
    async with opened.write() as db:
        number = int((await db.execute(insert(events).values(**event).returning(events.c.id))).scalar_one())
        everybody = range(FIRST_GUEST, FIRST_GUEST + GUESTS)
        rows = [{"event_id": number, "person_id": one, "answered_sequence": 0, **guest} for one in everybody]
        await db.execute(insert(invitations), rows)
    await opened.close()
    return number


async def moves_to(database: Path, number: int, place: str) -> None:
    """What the coordinator's last press leads to; the process must not be running."""
    now = SystemClock().now()
    opened = Database(f"sqlite+aiosqlite:///{database}")
    async with opened.write() as db:
        event = await store.event(db, number)
        assert event is not None
        new: dict[Part, changes.Value] = {Part.PLACE: place}
        old: dict[Part, changes.Value] = {Part.PLACE: event.place}
        assert await store_changes.change(db, event, new, now)
        await store_changes.overtake(db, number, now)
        kept = changes.as_json(old), changes.as_json(new)
        await store_changes.add(db, number, changes.Kind.CHANGE, *kept, COORDINATOR, now, sequence=event.sequence + 1)
    await opened.close()


@pytest.mark.slow
@pytest.mark.feature("I13", "X2")
async def test_kills_while_a_change_is_told_miss_nobody_and_repeat_one_notice_each_at_most(
    served: ServedTelegram, daytime_bot: BotProcess
) -> None:
    dice, lives = random.Random(SEED), Lives(served.telegram)
    await prepared(served.telegram, daytime_bot.database, GUESTS)
    event = await is_out(daytime_bot.database)
    await moves_to(daytime_bot.database, event, FIRST)
    for left in range(KILLS, 0, -1):
        if left == KILLS // 2:
            await moves_to(daytime_bot.database, event, LAST)  # some have heard of the first
        have = len(served.telegram.ledger.outgoing)
        lives.begins()
        await daytime_bot.start()
        more = have + dice.randrange(1, 2 * GUESTS // KILLS)
        await until(lambda goal=more: len(served.telegram.ledger.outgoing) >= goal, 60, "some more have it")
        await asyncio.sleep(dice.uniform(0, 0.05))
        await daytime_bot.kill()
    lives.begins()
    await daytime_bot.start()
    waits = "SELECT count(*) FROM outbox WHERE state IN ('waiting', 'in_flight')"
    untold = "SELECT count(*) FROM event_changes WHERE state = 'telling'"
    await until(lambda: daytime_bot.rows(untold) == [(0,)] and daytime_bot.rows(waits) == [(0,)], 120, "all are told")
    heard = {chat: [message.text for message in said] for chat, said in sent_by_chat(served.telegram).items()}
    lasts = {chat: [text for text in texts if LAST in text] for chat, texts in heard.items()}
    of_first = {chat for chat, texts in heard.items() if any(FIRST in text and LAST not in text for text in texts)}
    twice = sum(len(texts) - len(set(texts)) for texts in heard.values())
    print(f"seed {SEED}: {KILLS} kills, {len(lasts)} of {GUESTS} heard, {len(of_first)} both, {twice} notices twice")
    assert {chat for chat, texts in lasts.items() if texts} == set(range(FIRST_GUEST, FIRST_GUEST + GUESTS))
    assert twice <= KILLS
    for chat, texts in heard.items():
        assert LAST in texts[-1]
        assert (FIRST in texts[-1]) is (chat in of_first)  # from what they knew
        assert (OLD in texts[-1]) is (chat not in of_first)
    assert await daytime_bot.stop() == 0
    assert "Traceback" not in daytime_bot.stderr
    daytime_bot.check_database()
