"""How many presses a second the bot handles and commits, without the network: `python -m tests.bench.committing N`
hands them to dispatch N at a time, as polls bring them, and prints JSON. Run with a slow disk by `slow_disk`."""

import asyncio
import json
import sys
import time
from pathlib import Path

from bot.app import put_together
from bot.arrival import Arrival, Pressed
from bot.clock import SystemClock
from bot.settings import Settings
from tests.bench import town
from tests.bench.telegram_stub import TOKEN

PRESSES = 1_000


async def measure(at_once: int, home: Path) -> float:
    """Presses a second, after some that compile the statements."""
    path = home / "committing.db"
    town.at_first_question(path)
    app = put_together(Settings(database_url=f"sqlite+aiosqlite:///{path}"), TOKEN, SystemClock())
    try:
        await app.dispatcher.handle([_arrival(person) for person in range(1, 101)])
        presses = [_arrival(person) for person in range(101, 101 + PRESSES)]
        began = time.perf_counter()
        for start in range(0, PRESSES, at_once):
            await app.dispatcher.handle(presses[start : start + at_once])
        return PRESSES / (time.perf_counter() - began)
    finally:
        await app.database.close()


def _arrival(person: int) -> Arrival:
    chat, data = town.first_answer(person)
    return Arrival(person, chat, "lv", Pressed(900, data))


if __name__ == "__main__":
    print(json.dumps({"per_second": asyncio.run(measure(int(sys.argv[1]), Path.home()))}))
