"""Slow work in a thread, while everything else goes on."""

import asyncio
import threading
from collections.abc import Callable
from typing import TypeVar

V = TypeVar("V")


async def in_thread(work: Callable[[], V]) -> V:
    """Run it in a thread that, unlike those of an executor, nobody waits for at the end of the process."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[V] = loop.create_future()

    def report(made: V | None, broken: BaseException | None) -> None:
        if done.cancelled():
            return
        if made is not None:
            done.set_result(made)
        else:
            done.set_exception(broken or LookupError("nothing was made"))

    def run() -> None:
        made, broken = None, None
        try:
            made = work()
        except BaseException as caught:  # whatever it is, somebody waits for the end of it
            broken = caught
        if not loop.is_closed():
            loop.call_soon_threadsafe(report, made, broken)

    threading.Thread(target=run, name="workshop", daemon=True).start()
    return await done
