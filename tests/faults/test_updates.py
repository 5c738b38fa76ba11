"""Updates that come twice, late, out of order or under lower numbers: nothing is lost, nothing happens twice."""

import asyncio
import random
from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.demo.emulator.model import Message
from bot.demo.emulator.phone import Phone
from tests.faults.chatter import Chatter, all_do_more, crowd, kept
from tests.faults.counts import SEED, full
from tests.faults.process import BotProcess, ServedTelegram, until
from tests.faults.repeats import but_for_the_late

BATCHES = full(3, 20)
STEPS = full(8, 60)
AGAIN = 100
"""How many of the last updates come again; Telegram hands out so many at once at most."""


@pytest.mark.slow
@pytest.mark.feature("X20")
async def test_the_same_updates_again_do_nothing_a_second_time(served: ServedTelegram, bot: BotProcess) -> None:
    """After every batch, and over a restart in between."""
    telegram = served.telegram
    people = crowd(telegram, 5, random.Random(SEED), pause=0.1)
    await bot.start()
    again = 0
    for batch in range(BATCHES):
        await asyncio.gather(*(_walks(one, 4) for one in people))
        await _quiet(served)
        seen, told = _screens(people), bot.rows("SELECT count(*) FROM audit")
        if batch % 2:
            await bot.kill()
            await bot.start()
        again += telegram.faults.redeliver(AGAIN)
        await _quiet(served)
        assert _screens(people) == seen
        assert bot.rows("SELECT count(*) FROM audit") == told
    print(f"seed {SEED}: {again} updates came again, none did anything")
    assert again >= AGAIN / 2
    await _ended_well(served, bot, people)


@pytest.mark.slow
@pytest.mark.feature("X20")
async def test_updates_that_come_again_while_people_go_on_do_nothing_a_second_time(
    served: ServedTelegram, bot: BotProcess
) -> None:
    telegram, stop, again = served.telegram, asyncio.Event(), 0
    people = crowd(telegram, 10, random.Random(SEED), pause=0.5)
    await bot.start()
    async with asyncio.TaskGroup() as chats:
        for one in people:
            chats.create_task(one.chat(stop))
        for _ in range(BATCHES):
            await all_do_more(people, 1)
            again += telegram.faults.redeliver(AGAIN)
        stop.set()
    print(f"seed {SEED}: {again} updates came again among {sum(one.actions for one in people)} new ones")
    await _ended_well(served, bot, people)


@pytest.mark.slow
@pytest.mark.feature("X21")
async def test_update_numbers_that_start_again_lower_lose_nobody(served: ServedTelegram, bot: BotProcess) -> None:
    """Each time lower than all before, as no week of silence would bring it about so soon."""
    telegram = served.telegram
    people = crowd(telegram, 3, random.Random(SEED), pause=0.1)
    await bot.start()
    for lower in (100_000_000, 1_000_000, 1_000):
        await asyncio.gather(*(_walks(one, 3) for one in people))
        await _quiet(served)
        telegram.lower_update_ids(lower)
    await asyncio.gather(*(_walks(one, 3) for one in people))
    await _ended_well(served, bot, people)


@pytest.mark.slow
@pytest.mark.feature("X21")
async def test_batches_out_of_order_lose_nobody(served: ServedTelegram, bot: BotProcess) -> None:
    telegram, stop = served.telegram, asyncio.Event()
    telegram.faults.shuffle(SEED)
    people = crowd(telegram, 10, random.Random(SEED), pause=0.2)
    await bot.start()
    async with asyncio.TaskGroup() as chats:
        for one in people:
            chats.create_task(one.chat(stop))
        for _ in range(BATCHES):
            await all_do_more(people, 2)
            await bot.kill()
            await asyncio.sleep(1)
            await bot.start()
        await all_do_more(people, 2)
        stop.set()
    print(f"seed {SEED}: {sum(one.actions for one in people)} presses and lines in shuffled batches")
    await _ended_well(served, bot, people, repeats=BATCHES)


@pytest.mark.slow
@pytest.mark.feature("X21")
async def test_lines_of_one_person_count_in_the_order_in_which_they_wrote_them(
    served: ServedTelegram, bot: BotProcess
) -> None:
    """They wrote while the bot was down, and Telegram hands it out in any order."""
    telegram = served.telegram
    telegram.faults.shuffle(SEED)
    phones = [telegram.phone(2000 + number, "Person", language_code="lv") for number in range(8)]
    for phone in phones:
        await phone.send("/language")
        await phone.send("/start ogre")
        await phone.send("/help")
    await bot.start()
    await until(lambda: all(_said(phone) == 3 for phone in phones), 60, "every line is answered")
    await _quiet(served)
    last = {phone.messages[-1].text for phone in phones}
    first = {next(message.text for message in phone.messages if message.sender == "bot") for phone in phones}
    assert len(last) == len(first) == 1
    assert last != first
    assert await bot.stop() == 0
    assert not telegram.problems


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
@pytest.mark.feature("X24")
async def test_people_who_delete_messages_and_press_twice_always_get_on(
    served: ServedTelegram, bot: BotProcess
) -> None:
    """Every third screen is deleted before its button is pressed, and every third press is made twice; whoever came to
    an end that leaves nothing to press begins anew."""
    telegram, dice = served.telegram, random.Random(SEED)
    phones = [telegram.phone(2000 + number, "Person", language_code="lv") for number in range(5)]
    await bot.start()
    for phone in phones:
        await phone.send("/start ogre")
    await _quiet(served)
    deleted = twice = 0
    for _ in range(STEPS):
        for phone in phones:
            shown = next((message for message in reversed(phone.messages) if _own_buttons(message)), None)
            if shown is None:
                await phone.send("/start ogre")
                continue
            data, chance = dice.choice(_own_buttons(shown)), dice.randrange(3)
            if chance == 0:
                await phone.delete(shown.id)
                deleted += 1
            for _ in range(2 if chance == 1 else 1):
                await phone.forge_press(data, shown.id)
            twice += chance == 1
        await until(lambda: telegram.updates_waiting == 0, 30, "all presses are taken")
        await until(lambda: not telegram.unanswered(), 30, "everybody is answered")
        await asyncio.sleep(1.1)
    unsent = "SELECT key, state FROM outbox WHERE state != 'sent'"
    await until(lambda: bot.rows(unsent) == [], 60, "everything is sent")
    print(f"seed {SEED}: {STEPS * len(phones)} presses, {deleted} on deleted messages, {twice} made twice")
    assert await bot.stop() == 0
    assert not [one for phone in phones for one in phone.spinners]
    assert not telegram.unanswered()
    assert not telegram.problems
    assert "Traceback" not in bot.stderr
    bot.check_database()


def _own_buttons(message: Message) -> list[str]:
    """What its buttons carry, but for those that end the walk or change the language of it."""
    return [one.data for one in message.buttons if one.data and one.data.startswith(("screening.", "people.language"))]


def _said(phone: Phone) -> int:
    return sum(message.sender == "bot" for message in phone.messages)


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


async def _ended_well(served: ServedTelegram, bot: BotProcess, people: Sequence[Chatter], repeats: int = 0) -> None:
    """Nothing lost, nothing done twice, and at most so many messages said twice."""
    await until(lambda: served.telegram.updates_waiting == 0, 30, "all updates are confirmed")
    assert await bot.stop() == 0
    assert all(one.repeats >= 0 for one in people)
    assert sum(one.repeats for one in people) <= repeats
    assert all(kept(bot, one) == (one.answers, one.asked, one.finished) for one in people)
    assert bot.rows("SELECT key, state FROM outbox WHERE state != 'sent'") == []
    assert not but_for_the_late(served.telegram)
    assert not served.telegram.unanswered()
    assert "Traceback" not in bot.stderr
    bot.check_database()


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
