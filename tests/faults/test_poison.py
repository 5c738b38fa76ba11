"""Updates that nobody can read, or that a later Bot API will send: set aside or passed over; nobody waits for them."""

import asyncio
import random
from collections.abc import Mapping
from typing import Any, Final

import pytest

from bot.demo.emulator.phone import Phone
from tests.faults.chatter import all_do_more, crowd, kept
from tests.faults.counts import SEED, full
from tests.faults.process import TOKEN, BotProcess, ServedTelegram, until
from tests.faults.vitals import cpu_seconds

SECRET: Final = "word-nobody-may-log"
LOOKED_AT: Final = full(5, 30)
"""Seconds over which the processor time is taken."""

_PERSON: Final = {"id": 2099, "is_bot": False, "first_name": SECRET}
_CHAT: Final = {"id": 2099, "type": "private", "first_name": SECRET}


def _message(**more: Any) -> dict[str, Any]:
    return {"message_id": 1, "date": 1_760_000_000, "from": _PERSON, "chat": _CHAT, **more}


def _press(**more: Any) -> dict[str, Any]:
    return {"id": "1", "from": _PERSON, "chat_instance": "1", "message": _message(), **more}


UNREADABLE: Final[Mapping[str, Any]] = {
    "a message with a number alone": {"message": {"message_id": 1, "text": SECRET}},
    "a message that is a word": {"message": SECRET},
    "a message that is a list": {"message": [_message(text=SECRET)]},
    "a text that is a number, a sender that is a list": {"message": _message(text=7, **{"from": [SECRET]})},
    "a chat that is a word": {"message": _message(text=SECRET, chat=SECRET)},
    "a press whose data is a list": {"callback_query": _press(data=[SECRET])},
    "a person with a number that no account has": {
        "message": _message(text=SECRET, **{"from": {**_PERSON, "id": -(10**30)}})
    },
    "a membership without a member": {"my_chat_member": {"chat": _CHAT, "from": _PERSON, "date": 1_760_000_000}},
}
"""Each has a number of its own, so it is set aside under it and confirmed."""

WITHOUT_NUMBER: Final[Mapping[str, Any]] = {
    "an update that is a list": [SECRET],
    "an update that is a word": SECRET,
    "an update whose number is a word": {"update_id": SECRET, "message": _message(text=SECRET)},
    "an update below all numbers": {"update_id": -(10**30), "message": _message(text=SECRET)},
}

ABSURD: Final[Mapping[str, Any]] = {
    "a date beyond all calendars": {"message": _message(date=10**18, text=SECRET)},
    "a date before all calendars": {"message": _message(date=-(10**18), text=SECRET)},
    "an edit of no date": {"edited_message": _message(edit_date="yesterday", text=SECRET)},
}
"""Readable but for a field that nobody needs: set aside or answered, as the bot likes."""


@pytest.mark.slow
@pytest.mark.alone
@pytest.mark.feature("X18")
async def test_broken_updates_are_set_aside_and_nobody_waits_for_them(served: ServedTelegram, bot: BotProcess) -> None:
    telegram = served.telegram
    anna = telegram.phone(2000, "Anna", language_code="lv")
    await bot.start()
    await _seconds_to_answer(anna, "/menu")
    slowest = 0.0
    for raw in (*UNREADABLE.values(), *ABSURD.values(), *WITHOUT_NUMBER.values()):
        telegram.push(raw)
        slowest = max(slowest, await _seconds_to_answer(anna, "/menu"))
    await until(lambda: telegram.updates_waiting == 0, 10, "the broken ones are confirmed")
    aside = bot.rows("SELECT fault FROM set_aside")
    print(f"{len(aside)} set aside, the next person answered within {slowest:.2f} s")
    assert slowest < 2
    assert len(UNREADABLE) <= len(aside) <= len(UNREADABLE) + len(ABSURD)
    assert not [fault for (fault,) in aside if SECRET in fault]
    assert bot.runs
    assert SECRET not in bot.stderr
    assert TOKEN not in bot.stderr
    assert "Traceback" not in bot.stderr
    assert not telegram.problems
    assert await bot.stop() == 0
    bot.check_database()


@pytest.mark.slow
@pytest.mark.feature("X18")
async def test_updates_that_cannot_be_confirmed_do_not_make_it_spin(served: ServedTelegram, bot: BotProcess) -> None:
    telegram = served.telegram
    anna = telegram.phone(2000, "Anna")
    await bot.start()
    await _seconds_to_answer(anna, "/menu")
    for raw in WITHOUT_NUMBER.values():
        telegram.push(raw)
    before, used = telegram.ledger.counts["getUpdates"], cpu_seconds(bot.pid)
    await asyncio.sleep(LOOKED_AT)
    share = (cpu_seconds(bot.pid) - used) / LOOKED_AT
    print(f"{share:.1%} of a processor over {LOOKED_AT} s")
    assert share < 0.05
    assert telegram.ledger.counts["getUpdates"] - before <= 2.5 * LOOKED_AT
    assert await _seconds_to_answer(anna, "/menu") < 2
    assert SECRET not in bot.stderr


NEXT_YEAR: Final[tuple[Mapping[str, Any], ...]] = (
    {"brand_new": {"text": SECRET}},
    {"brand_new": [SECRET]},
    {"brand_new": SECRET},
    {"thought": _message(text=SECRET)},
    {"message": _message(hologram={"text": SECRET})},
    {"message": _message(poll={"question": SECRET}, giveaway={"prize": SECRET})},
    {"my_chat_member": {"chat": {"id": 2099, "type": "hive"}, "from": _PERSON, "date": 1, "new_chat_member": {}}},
    {},
)


@pytest.mark.slow
@pytest.mark.feature("X19")
async def test_fields_and_kinds_of_a_later_bot_api_are_passed_over(served: ServedTelegram, bot: BotProcess) -> None:
    telegram, dice = served.telegram, random.Random(SEED)
    telegram.faults.decorate()
    await bot.start()
    people, stop = crowd(telegram, 5, dice, pause=0.3), asyncio.Event()
    async with asyncio.TaskGroup() as chats:
        for one in people:
            chats.create_task(one.chat(stop))
        for raw in NEXT_YEAR:
            telegram.push(dict(raw))
            await all_do_more(people, 1)
        stop.set()
    await until(lambda: telegram.updates_waiting == 0, 30, "all updates are confirmed")
    assert await bot.stop() == 0
    print(f"seed {SEED}: {len(NEXT_YEAR)} strange updates among {sum(one.actions for one in people)} of every day")
    assert all(kept(bot, one) == (one.answers, one.asked, one.finished) for one in people)
    assert [one.repeats for one in people] == [0] * len(people)
    assert not telegram.problems
    assert not [line for line in bot.stderr.splitlines() if " ERROR " in line and "set aside" not in line]
    assert "Traceback" not in bot.stderr
    assert SECRET not in bot.stderr


async def _seconds_to_answer(phone: Phone, line: str) -> float:
    loop = asyncio.get_running_loop()
    began, newest = loop.time(), (await phone.send(line)).id
    await until(lambda: phone.messages[-1].id > newest, 10, f"{line} is answered")
    taken = loop.time() - began
    await asyncio.sleep(max(0.0, 1.1 - taken))  # no faster than one message a second, which Telegram would hold back
    return taken
