"""People who press buttons, each about every second or slower, and how long each press waits for its answer."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from tests.bench import town
from tests.bench.telegram_stub import Press, TelegramStub, now

PEOPLE = tuple(range(1, 51))
"""Those who are there to press: not invited to anything, each in the middle of the questions."""

FEW = PEOPLE[:3]

EVERY = 1.1
"""Seconds: at exactly one a second into one chat the limit itself would hold back a little more of each answer, idle or
not, and that would be what is measured."""


@asynccontextmanager
async def pressing(telegram: TelegramStub, people: Sequence[int], every: float = EVERY) -> AsyncIterator[list[Press]]:
    """These people press, evenly one after another, each once in `every` seconds, for as long as this lasts; the list
    grows."""
    made: list[Press] = []
    tasks = [
        asyncio.create_task(_press(telegram, made, one, every * place / len(people), every))
        for place, one in enumerate(people)
    ]
    try:
        yield made
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _press(telegram: TelegramStub, made: list[Press], person: int, after: float, every: float) -> None:
    """Answer the first question and go back to it, again and again."""
    await asyncio.sleep(after)
    chat, give = town.first_answer(person)
    buttons = (give, f"screening.back:{person}:status")
    pressed = sum(one.chat == chat for one in telegram.presses)
    while True:
        made += telegram.press([(chat, buttons[pressed % 2])])
        pressed += 1
        await asyncio.sleep(every)


def waits(presses: Sequence[Press]) -> list[float]:
    """Milliseconds from each press to its answer, or until now for one that still has none."""
    return [((one.edited_at or now()) - one.made_at) * 1000 for one in presses]
