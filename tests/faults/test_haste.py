"""The same button many times at once has one effect, and a flood from some phones slows nobody else down."""

import asyncio
import random
import re
import time
from collections.abc import Sequence
from typing import Final

import pytest

from bot.demo.emulator.phone import Phone
from bot.words import Language
from tests.faults.chatter import crowd, kept
from tests.faults.counts import SEED, full
from tests.faults.process import BotProcess, ServedTelegram, until
from tests.faults.stage import Stage, action_of, records_in, sampled
from tests.town.reading import pattern

TIMES: Final = 20
KINDS: Final = full(60, 5_000)
FLOOD_SECONDS: Final = full(6, 60)
A_SECOND: Final = 30

_COUNTED: Final = frozenset({"help_card_openings"})
"""What is counted on each press."""

_EACH_TIME: Final = frozenset(
    {"accesses.exported", "network.sheet", "event.needs_read", "feed.renewed", "events_feed.renewed"}
)
"""What the audit notes on each press: each brings another file, and no file goes out without a line; each is another
look at what guests need; and each puts another address in the place of the one before, in the same message."""

_SECRET: Final = re.compile(r"'[0-9a-f]{64}'")
"""The hash of what is made up anew each time."""


@pytest.mark.slow
@pytest.mark.feature("X40")
@pytest.mark.asyncio(loop_scope="session")
async def test_a_button_pressed_again_and_again_does_what_it_does_once(stage: Stage) -> None:
    """From the same state once, and twenty times in one go: the same rows, and the others are told the same."""
    dice, wrong, pressed = random.Random(SEED), [], 0
    for name, data in _buttons(stage, dice):
        once = await _after(stage, name, data, 1)
        often = await _after(stage, name, data, TIMES)
        pressed += TIMES
        if once != often:
            wrong.append((name, data, once, often))
    print(f"\nX40 seed {SEED}: {pressed} presses of {pressed // TIMES} buttons, {len(wrong)} with more than one effect")
    assert not wrong, "\n".join(map(str, [one[:2] for one in wrong] + wrong[:1]))


def _buttons(stage: Stage, dice: random.Random) -> list[tuple[str, str]]:
    """One button of each kind and person, of those that are theirs."""
    found = {}
    for name in sorted(stage.shown):
        mine = stage.records_shown(name)
        for data in sampled(dice, stage.shown[name], 10_000):
            action = action_of(data)
            if action is not None and stage.is_theirs(name, action, mine):
                found.setdefault((action.tag, stage.known[name].roles), (name, data))
                found.setdefault((action.tag, name, records_in(action)), (name, data))
    return sampled(dice, set(found.values()), KINDS)


async def _after(stage: Stage, name: str, data: str, times: int) -> object:
    own = stage.person(name).phone.id
    said = await stage.press(name, [data] * times)
    changed = sorted(
        (table, _SECRET.sub("…", repr(row))) for table, row in stage.changes() if _happens_once(table, row)
    )
    stage.reset()
    return changed, sorted(one.text for one in said if one.chat != own)


def _happens_once(table: str, row: Sequence[object]) -> bool:
    return table not in _COUNTED and not (table == "audit" and _EACH_TIME & set(row))


@pytest.mark.slow
@pytest.mark.feature("X40")
async def test_twenty_presses_within_a_tenth_of_a_second_lead_one_step_on(
    served: ServedTelegram, bot: BotProcess
) -> None:
    (one,) = crowd(served.telegram, 1, random.Random(SEED))
    await bot.start()
    await one.arrive()
    question = one.phone.messages[-1]
    data = next(key.data for key in question.buttons if key.data and key.data.endswith(":18_28"))
    for _ in range(TIMES):
        await one.phone.forge_press(data, question.id)
        await asyncio.sleep(0.1 / TIMES)
    await until(lambda: not one.phone.spinners and served.telegram.updates_waiting == 0, 30, "all are answered")
    answers, shown, _ = kept(bot, one)
    assert (answers, shown) == ({"age": "18_28"}, "status")
    assert bot.rows("SELECT count(*) FROM screenings") == [(1,)]
    assert not served.telegram.problems


@pytest.mark.slow
@pytest.mark.alone
@pytest.mark.feature("X40")
async def test_a_flood_from_five_phones_meets_a_polite_limit_and_holds_nobody_else_back(
    served: ServedTelegram, bot: BotProcess
) -> None:
    telegram = served.telegram
    flooders = [telegram.phone(4_000 + number, "Flood", language_code="lv") for number in range(5)]
    others = [telegram.phone(4_100 + number, "Other", language_code="lv") for number in range(5)]
    await bot.start()
    for phone in (*flooders, *others):
        await phone.send("/menu")
        await until(lambda phone=phone: phone.messages[-1].sender == "bot", 10, "everybody is known")
        await phone.forge_press("people.language:lv")
    await until(lambda: telegram.updates_waiting == 0, 10, "everybody has chosen a language")
    await asyncio.sleep(1.5)
    usual = _p95(await _answered(others, []))
    taken = await _answered(others, flooders)
    p95 = _p95(taken)
    await until(lambda: telegram.updates_waiting == 0, 60, "the flood is taken")
    sent = sum(message.sender == "person" for phone in flooders for message in phone.history)
    answers = sum(message.sender == "bot" for phone in flooders for message in phone.history)
    print(
        f"\nX40: {sent} lines from five phones, {answers} answers to them; others' p95 {p95:.2f} s, before {usual:.2f}"
    )
    assert p95 <= max(1.0, 4 * usual)  # where even a quiet bot takes a quarter of a second, the machine is busy
    assert not telegram.problems
    await _read_out(flooders)
    polite = pattern("people.youth.too_fast", Language.LV)
    assert all(any(polite.search(message.text) for message in phone.history) for phone in flooders)
    assert "Traceback" not in bot.stderr
    assert await bot.stop() == 0
    bot.check_database()


async def _answered(others: list[Phone], flooders: list[Phone]) -> list[float]:
    """How long answers to the others took for a while, with all the flooders at it."""
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        for phone in flooders:
            tasks.create_task(_flood(phone, stop))
        waits = [tasks.create_task(_asks(phone, stop)) for phone in others]
        await asyncio.sleep(FLOOD_SECONDS)
        stop.set()
    return [one for wait in waits for one in wait.result()]


def _p95(taken: list[float]) -> float:
    return sorted(taken)[int(len(taken) * 0.95)]


async def _flood(phone: Phone, stop: asyncio.Event) -> None:
    while not stop.is_set():
        await phone.send("čau")
        await asyncio.sleep(1 / A_SECOND)


async def _asks(phone: Phone, stop: asyncio.Event) -> list[float]:
    """How long each answer took, in seconds; a question every second and a bit."""
    taken = []
    while not stop.is_set():
        asked, began = await phone.send("/menu"), time.perf_counter()
        await until(lambda asked=asked: phone.messages[-1].id > asked.id, 30, "the menu comes")
        taken.append(time.perf_counter() - began)
        await asyncio.sleep(1.2)
    return taken


async def _read_out(phones: list[Phone]) -> None:
    """Until nothing more has come for two seconds."""
    before = -1
    while before != (now := sum(len(phone.history) for phone in phones)):
        before = now
        await asyncio.sleep(2)
