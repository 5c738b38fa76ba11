"""P3: a broadcast under 30 messages a second and one a second per chat at 50 ms delay, while fifty people press
buttons. Limits are on on both sides; the same people's presses before the broadcast tell what idle is."""

import asyncio
import importlib.util
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.bench import invitation, presser, town
from tests.bench.figures import Effort, Peer, Row, at_least, at_most, median, quantile
from tests.bench.processes import Running, folder, running
from tests.bench.telegram_stub import TelegramStub, served

DELAY: Final = 0.05
LIMIT: Final = 30
IDLE_SECONDS: Final = 40.0
EACH_PRESSES_EVERY: Final = 55.0
"""Seconds: people read before they tap. All fifty together nearly once a second, as in `tests.faults`."""

WARM_SECONDS: Final = 2.0
"""For the others, whose idle nobody asks for."""

IDLE: Final = "idle, same run"
_STARTS_WITHIN: Final = 60.0
_STARTER: Final = town.chat_of(9_999_999)


@dataclass(frozen=True, slots=True)
class Sender:
    """Somebody who broadcasts; without `begin` a press of "broadcast:N" begins it."""

    name: str
    command: tuple[str, ...]
    prepare: Callable[[Path, int], Mapping[str, str]] = lambda _path, _count: {}
    begin: Callable[[Path, int], None] | None = None


@dataclass(frozen=True, slots=True)
class Went:
    """How a broadcast went: messages and answers a second, refusals (429), and milliseconds that presses waited."""

    per_second: float
    refused: int
    press_half: float
    press_most: float
    press_longest: float
    idle_most: float
    delivered: int


OURS: Final = Sender("ours", ("tests.bench.our_bot",), invitation.guests, invitation.send)


LONG: Final = 1_000
"""To more people than this only the usual way is measured beside ours: each takes as long as the broadcast itself."""


def peers(count: int) -> list[Sender]:
    """The ways one finds; those with AIORateLimiter, which is the usual one, where its library is there."""
    ways = {}
    if importlib.util.find_spec("aiolimiter"):
        ways |= {"limiter": "AIORateLimiter, loop in a handler", "gather": "AIORateLimiter, gather in a handler"}
    if count <= LONG:
        ways |= {"loop": "python-telegram-bot, loop in a handler", "bare": "gather, waiting after each refusal"}
    found = [Sender(name, ("tests.bench.peers.ptb_broadcast", how)) for how, name in ways.items()]
    if count > LONG:
        return found
    found.append(Sender("aiogram, sleep(0.05) loop", ("tests.bench.peers.aiogram_broadcast",)))
    found.append(Sender("aiohttp, two lanes, nothing kept", ("tests.bench.peers.windowed",)))
    return found


async def measure(effort: Effort) -> list[Row]:
    those = [OURS, *(peers(effort.broadcast) if effort.beside else [])]
    found: list[list[Went]] = [[] for _ in those]
    for _ in range(effort.long_runs):
        for one, runs in zip(those, found, strict=True):
            runs.append(await broadcast(one, effort.broadcast))
    names = [one.name for one in those[1:]]

    def beside(figure: Callable[[Went], float]) -> tuple[Peer, ...]:
        return tuple(Peer(name, _median(runs, figure)) for name, runs in zip(names, found[1:], strict=True))

    def row(work: str, unit: str, figure: Callable[[Went], float], **rest: object) -> Row:
        return Row("P3", f"{what}: {work}", unit, _median(found[0], figure), runs=effort.long_runs, **rest)

    what = f"broadcast to {effort.broadcast:,} while {len(presser.PEOPLE)} people press"
    idle = Peer(IDLE, _median(found[0], lambda one: one.idle_most))
    return [
        row(
            "messages and answers",
            "% of the limit",
            lambda one: one.per_second / LIMIT * 100,
            peers=beside(lambda one: one.per_second / LIMIT * 100),
            goals=(at_least(97),),
        ),
        row(
            "refused (429)",
            "times",
            lambda one: one.refused,
            peers=beside(lambda one: one.refused),
            goals=(at_most(0),),
        ),
        row("a press answered, p50", "ms", lambda one: one.press_half, peers=beside(lambda one: one.press_half)),
        row(
            "a press answered, p95",
            "ms",
            lambda one: one.press_most,
            peers=(idle, *beside(lambda one: one.press_most)),
            goals=(at_most(1.2, IDLE),),
        ),
    ]


async def broadcast(sender: Sender, count: int) -> Went:
    """One broadcast, from idle to the last message."""
    async with folder() as home, served(DELAY, limited=True) as telegram:
        path = home / "bot.db"
        async with running(sender.command, telegram.address, sender.prepare(path, count), home) as bot:
            await started(bot, telegram)
            async with presser.pressing(telegram, presser.PEOPLE, EACH_PRESSES_EVERY) as before:
                await asyncio.sleep(IDLE_SECONDS if sender is OURS else WARM_SECONDS)
            await telegram.quiet()
            async with presser.pressing(telegram, presser.PEOPLE, EACH_PRESSES_EVERY) as meanwhile:
                await _begin(sender, telegram, path, count)
                await _arrived(telegram, count)
            await telegram.quiet(1.0)
        return _went(telegram, before, meanwhile)


async def started(bot: Running, telegram: TelegramStub) -> None:
    """Wait until it polls and has nothing else to do."""
    try:
        await telegram.until(lambda: telegram.calls["getUpdates"] > 0, _STARTS_WITHIN)
    except TimeoutError:
        raise bot.fail("never polled") from None
    await telegram.quiet(1.0)


async def _begin(sender: Sender, telegram: TelegramStub, path: Path, count: int) -> None:
    if sender.begin is None:
        telegram.press([(_STARTER, f"broadcast:{count}")])
    else:
        await asyncio.to_thread(sender.begin, path, count)


async def _arrived(telegram: TelegramStub, count: int) -> None:
    """Wait for the last message, or until no message has come for ten seconds: then the rest never will."""
    while len(telegram.sent_at) < count:
        before = len(telegram.sent_at)
        await asyncio.sleep(10.0 if before else 3.0)
        if before and len(telegram.sent_at) == before:
            return


def _went(telegram: TelegramStub, before: Sequence[presser.Press], meanwhile: Sequence[presser.Press]) -> Went:
    first, last = min(telegram.sent_at), max(telegram.sent_at)
    answers = [one.edited_at for one in meanwhile if one.edited_at is not None and first <= one.edited_at <= last]
    during = presser.waits([one for one in meanwhile if first <= one.made_at <= last])
    idle = presser.waits(before)
    arrived = sorted([*telegram.sent_at, *answers])
    return Went(
        # The slope of the count over time, which the burst at the beginning does not flatter as first-to-last would.
        statistics.linear_regression(arrived, range(len(arrived))).slope,
        telegram.refused,
        quantile(during, 0.5),
        quantile(during, 0.95),
        max(during),
        quantile(idle, 0.95),
        len(telegram.sent_at),
    )


def _median(runs: Sequence[Went], figure: Callable[[Went], float]) -> float | None:
    return median(figure(one) for one in runs)
