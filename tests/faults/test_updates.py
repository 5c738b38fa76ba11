"""Updates that are broken, come twice or come late: everybody else is answered, and nothing happens a second time."""

import asyncio
import os
import random
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

import pytest

from bot.demo.emulator.model import Message
from bot.demo.emulator.phone import Phone
from tests.faults.chatter import Chatter, crowd, kept
from tests.faults.process import TOKEN, BotProcess, ServedTelegram, until

SEED = int(os.environ.get("BOT_TEST_SEED", "1"))
SECRET: Final = "word-nobody-may-log"

_PERSON: Final = {"id": 2099, "is_bot": False, "first_name": SECRET}
_CHAT: Final = {"id": 2099, "type": "private", "first_name": SECRET}


def _message(**more: Any) -> dict[str, Any]:
    return {"message_id": 1, "date": 1_760_000_000, "from": _PERSON, "chat": _CHAT, **more}


POISON: Final[Mapping[str, Any]] = {
    "a message with a number alone": {"message": {"message_id": 1, "text": SECRET}},
    "a message that is a word": {"message": SECRET},
    "a date beyond all calendars": {"message": _message(date=10**18, text=SECRET)},
    "a text that is a number, a sender that is a list": {"message": _message(text=7, **{"from": [SECRET]})},
    "a press whose data is a list": {
        "callback_query": {"id": "1", "from": _PERSON, "chat_instance": "1", "data": [SECRET], "message": _message()}
    },
    "a person with a number that no account has": {
        "message": _message(text=SECRET, **{"from": {**_PERSON, "id": -(10**30)}})
    },
    "an update that is a list": [SECRET],
    "an update whose number is a word": {"update_id": SECRET, "message": _message(text=SECRET)},
    "an update below all numbers": {"update_id": -(10**30), "message": _message(text=SECRET)},
}


@pytest.mark.feature("X18")
async def test_broken_updates_are_set_aside_and_nobody_waits_for_them(served: ServedTelegram, bot: BotProcess) -> None:
    telegram = served.telegram
    anna = telegram.phone(2000, "Anna", language_code="lv")
    await bot.start()
    assert await _seconds_to_answer(anna, "/menu") < 2
    for raw in POISON.values():
        telegram.push(raw)
        assert await _seconds_to_answer(anna, "/menu") < 2
    await until(lambda: telegram.updates_waiting == 0, 10, "the broken ones are confirmed")
    assert bot.runs
    assert SECRET not in bot.stderr
    assert TOKEN not in bot.stderr
    aside = bot.rows("SELECT fault FROM set_aside")
    assert len(aside) == sum(isinstance(raw, dict) and "update_id" not in raw for raw in POISON.values())
    assert all(SECRET not in fault for (fault,) in aside)
    assert not telegram.problems


@pytest.mark.feature("X18")
async def test_an_update_that_cannot_be_confirmed_does_not_make_it_spin(
    served: ServedTelegram, bot: BotProcess
) -> None:
    telegram = served.telegram
    await bot.start()
    telegram.push([SECRET])
    await asyncio.sleep(1)
    before = telegram.ledger.counts["getUpdates"]
    await asyncio.sleep(3)
    assert telegram.ledger.counts["getUpdates"] - before <= 8
    assert await _seconds_to_answer(telegram.phone(2000, "Anna"), "/menu") < 2


@pytest.mark.slow
@pytest.mark.feature("X19")
async def test_fields_and_kinds_of_a_later_bot_api_are_passed_over(served: ServedTelegram, bot: BotProcess) -> None:
    telegram = served.telegram
    telegram.faults.decorate()
    await bot.start()
    telegram.push({"brand_new": {"text": SECRET}})
    (one,) = crowd(telegram, 1, random.Random(SEED), pause=0.1)
    await _walks(one, 10)
    assert "ERROR" not in bot.stderr
    assert "Traceback" not in bot.stderr


@pytest.mark.feature("X20")
async def test_the_same_updates_again_do_nothing_a_second_time(served: ServedTelegram, bot: BotProcess) -> None:
    telegram = served.telegram
    people = crowd(telegram, 5, random.Random(SEED), pause=0.1)
    await bot.start()
    for batch in range(2):
        await asyncio.gather(*(_walks(one, 4) for one in people))
        await _quiet(served)
        seen, told = _screens(people), bot.rows("SELECT count(*) FROM audit")
        if batch % 2:
            await bot.kill()
            await bot.start()
        assert telegram.faults.redeliver(100) > 0
        await _quiet(served)
        assert _screens(people) == seen
        assert bot.rows("SELECT count(*) FROM audit") == told
    assert await bot.stop() == 0
    assert [one.repeats for one in people] == [0] * len(people)
    assert all(kept(bot, one) == (one.answers, one.asked, one.finished) for one in people)
    assert not telegram.problems


@pytest.mark.feature("X21")
async def test_update_numbers_that_start_again_lower_lose_nobody(served: ServedTelegram, bot: BotProcess) -> None:
    telegram = served.telegram
    people = crowd(telegram, 3, random.Random(SEED), pause=0.1)
    await bot.start()
    await asyncio.gather(*(_walks(one, 3) for one in people))
    await _quiet(served)
    await asyncio.sleep(0.5)
    telegram.lower_update_ids(1_000)
    await asyncio.gather(*(_walks(one, 3) for one in people))
    assert await bot.stop() == 0
    assert all(kept(bot, one) == (one.answers, one.asked, one.finished) for one in people)


@pytest.mark.feature("X24")
async def test_a_press_on_a_message_that_is_gone_is_answered_by_a_new_one(
    served: ServedTelegram, bot: BotProcess
) -> None:
    (one,) = crowd(served.telegram, 1, random.Random(SEED))
    await bot.start()
    await one.arrive()
    question = one.phone.messages[-1]
    data = _answer(question, "18_28")
    await one.phone.delete(question.id)
    await one.phone.forge_press(data, question.id)
    await until(lambda: one.phone.messages[-1].id > question.id, 5, "the next question comes as a new message")
    assert one.phone.messages[-1].buttons
    assert not served.telegram.problems


@pytest.mark.feature("X24")
async def test_two_presses_in_a_row_lead_one_step_on(served: ServedTelegram, bot: BotProcess) -> None:
    (one,) = crowd(served.telegram, 1, random.Random(SEED))
    await bot.start()
    await one.arrive()
    question = one.phone.messages[-1]
    data = _answer(question, "18_28")
    for _ in range(3):
        await one.phone.forge_press(data, question.id)
    await _quiet(served)
    answers, shown, _ = kept(bot, one)
    assert (answers, shown) == ({"age": "18_28"}, "status")
    assert len(one.phone.messages) == 2
    assert not one.phone.spinners
    assert not served.telegram.problems


@pytest.mark.feature("X24")
async def test_a_press_too_old_to_acknowledge_still_does_what_it_says(served: ServedTelegram, bot: BotProcess) -> None:
    """The bot was down for 20 seconds: Telegram takes no answer to the press any more, but the person gets theirs."""
    (one,) = crowd(served.telegram, 1, random.Random(SEED))
    await bot.start()
    await one.arrive()
    await bot.kill()
    step = asyncio.ensure_future(one.step())
    await until(lambda: served.telegram.updates_waiting > 0, 5, "the press waits at Telegram")
    served.clock.move_to(served.clock.now() + timedelta(seconds=20))
    await bot.start()
    await step
    assert kept(bot, one) == (one.answers, one.asked, one.finished)
    assert not served.telegram.problems


async def _seconds_to_answer(phone: Phone, line: str) -> float:
    loop = asyncio.get_running_loop()
    began, newest = loop.time(), (await phone.send(line)).id
    await until(lambda: phone.messages[-1].id > newest, 10, f"{line} is answered")
    taken = loop.time() - began
    await asyncio.sleep(max(0.0, 1.1 - taken))  # no faster than one message a second, which Telegram would hold back
    return taken


def _answer(question: Message, code: str) -> str:
    """What the button for that answer carries."""
    return next(button.data for button in question.buttons if button.data and button.data.endswith(f":{code}"))


async def _walks(one: Chatter, steps: int) -> None:
    stop = asyncio.Event()
    goal = one.actions + steps
    chat = asyncio.ensure_future(one.chat(stop))
    await until(lambda: chat.done() or one.actions >= goal, 60, "they get on")
    stop.set()
    await chat


async def _quiet(served: ServedTelegram) -> None:
    """Until every update is confirmed and nothing more has been said for a second."""
    telegram = served.telegram
    await until(lambda: telegram.updates_waiting == 0, 30, "all updates are confirmed")
    said = -1
    while said != len(telegram.outgoing()):
        said = len(telegram.outgoing())
        await asyncio.sleep(1)


def _screens(people: list[Chatter]) -> list[list[tuple[int, str]]]:
    return [[(message.id, message.text) for message in one.phone.messages] for one in people]
