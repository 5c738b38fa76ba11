"""P6: a broadcast to 100,000 people from its beginning until all are queued, while three people press buttons: memory,
the first message out, how long a press waits meanwhile, and how many go out after a press on "stop"."""

import asyncio
import importlib.util
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.bench import invitation, presser, town
from tests.bench.broadcast import DELAY, IDLE, OURS, WARM_SECONDS, Sender, started
from tests.bench.figures import Effort, Peer, Row, at_most, median, quantile
from tests.bench.processes import folder, running
from tests.bench.telegram_stub import TelegramStub, now, served

PEOPLE: Final = 100_000
IDLE_SECONDS: Final = 20.0
EACH_PRESSES_EVERY: Final = 3.3
"""Seconds: all three together nearly once a second, as in P3. More answers than the limit keeps room for would wait
for the messages that go out, and that would be what is measured."""

WATCHED: Final = 30.0
"""Seconds that the others are watched: to send all of it takes everybody an hour."""

GIVES_UP: Final = 180.0
STOPS_WITHIN: Final = 5.0
"""Seconds after the answer to "stop" in which more messages are looked for."""

_LAST_ANSWERS: Final = 5.0
_STARTER: Final = town.chat_of(9_999_999)


@dataclass(frozen=True, slots=True)
class Fanned:
    """Seconds until all were queued and until the first message was out, MB at rest and at most, and how long presses
    waited meanwhile and before: 95 of 100 at most, and the longest (milliseconds); messages after "stop" was pressed,
    and seconds until it was answered."""

    queued: float | None
    first_out: float | None
    rest_mb: float
    peak_mb: float
    most: float
    idle_most: float
    longest: float
    after_stop: int | None
    stop_answered: float | None


def _peers() -> list[Sender]:
    found = [Sender("aiohttp, 64 in flight, nothing kept", ("tests.bench.peers.windowed",))]
    if importlib.util.find_spec("aiolimiter"):
        found.insert(0, Sender("gather with AIORateLimiter", ("tests.bench.peers.ptb_broadcast", "gather")))
    return found


async def measure(effort: Effort) -> list[Row]:
    those = [OURS, *(_peers() if effort.beside else [])]
    found: list[list[Fanned]] = [[] for _ in those]
    for _ in range(effort.long_runs):
        for one, runs in zip(those, found, strict=True):
            runs.append(await fan_out(one))
    names = [one.name for one in those[1:]]

    def beside(figure: Callable[[Fanned], float | None]) -> tuple[Peer, ...]:
        return tuple(Peer(name, _median(runs, figure)) for name, runs in zip(names, found[1:], strict=True))

    def row(work: str, unit: str, figure: Callable[[Fanned], float | None], **rest: object) -> Row:
        what = f"fan-out to {PEOPLE:,}: {work}"
        return Row("P6", what, unit, _median(found[0], figure), runs=effort.long_runs, **rest)

    idle = Peer(IDLE, _median(found[0], lambda one: one.idle_most))
    at_rest = Peer("at rest, same run", _median(found[0], lambda one: one.rest_mb))
    return [
        row("all queued", "s", lambda one: one.queued, goals=(at_most(20),)),
        row(
            "peak memory",
            "MB",
            lambda one: one.peak_mb,
            peers=(at_rest, *beside(lambda one: one.peak_mb)),
            goals=(at_most(150),),
        ),
        row(
            "first message out",
            "s",
            lambda one: one.first_out,
            peers=beside(lambda one: one.first_out),
            goals=(at_most(2),),
        ),
        row(
            "a press answered meanwhile, p95",
            "ms",
            lambda one: one.most,
            peers=(idle, *beside(lambda one: one.most)),
            goals=(at_most(1.2, IDLE),),
        ),
        row("longest wait of a press meanwhile", "ms", lambda one: one.longest, peers=beside(lambda one: one.longest)),
        row("messages after a press on stop", "messages", lambda one: one.after_stop, goals=(at_most(30),)),
        row("stop answered", "s", lambda one: one.stop_answered),
    ]


async def fan_out(sender: Sender) -> Fanned:
    """One fan-out, from idle until all are queued."""
    async with folder() as home, served(DELAY, limited=True) as telegram:
        path = home / "bot.db"
        settings = await asyncio.to_thread(sender.prepare, path, PEOPLE)
        async with running(sender.command, telegram.address, settings, home) as bot:
            await started(bot, telegram)
            async with presser.pressing(telegram, presser.FEW, EACH_PRESSES_EVERY) as before:
                await asyncio.sleep(IDLE_SECONDS if sender is OURS else WARM_SECONDS)
            rest = bot.memory_mb
            async with presser.pressing(telegram, presser.FEW, EACH_PRESSES_EVERY) as meanwhile:
                began = now()
                queued = await _fan(sender, telegram, path, began)
            with suppress(TimeoutError):
                await telegram.all_answered(_LAST_ANSWERS)
            after_stop, stop_answered = (None, None) if sender.begin is None else await _stop(telegram)
            return Fanned(
                queued,
                min(telegram.sent_at) - began if telegram.sent_at else None,
                rest,
                bot.peak_mb,
                quantile(presser.waits(meanwhile), 0.95),
                quantile(presser.waits(before), 0.95),
                max(presser.waits(meanwhile)),
                after_stop,
                stop_answered,
            )


async def _fan(sender: Sender, telegram: TelegramStub, path: Path, began: float) -> float | None:
    """Begin it and wait until all are queued; the seconds that took, None for those who have no queue on the disk."""
    if sender.begin is None:
        telegram.press([(_STARTER, f"broadcast:{PEOPLE}")])
        await asyncio.sleep(WATCHED)
        return None
    await asyncio.to_thread(sender.begin, path, PEOPLE)
    while not await asyncio.to_thread(invitation.queued, path):
        if now() - began > GIVES_UP:
            raise AssertionError(f"not queued within {GIVES_UP:.0f} s")
        await asyncio.sleep(0.1)
    return now() - began


async def _stop(telegram: TelegramStub) -> tuple[int, float]:
    """The coordinator stops it: how many messages came after the press, and after how many seconds it was answered."""
    (press,) = telegram.press([invitation.stop(PEOPLE)])
    with suppress(TimeoutError):
        await telegram.all_answered(GIVES_UP)
    answered_at = press.edited_at or now()
    await asyncio.sleep(STOPS_WITHIN)
    return sum(press.made_at < at for at in telegram.sent_at), answered_at - press.made_at


def _median(runs: Sequence[Fanned], figure: Callable[[Fanned], float | None]) -> float | None:
    return median(figure(one) for one in runs)
