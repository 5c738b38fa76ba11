"""P2: fifty people a second press, whether the ones before were answered or not; how long each waits."""

import asyncio
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tests.bench import contenders, town
from tests.bench.contenders import Contender
from tests.bench.figures import Effort, Peer, Row, at_most, median, quantile
from tests.bench.processes import folder, running
from tests.bench.telegram_stub import Press, TelegramStub, now, served

A_SECOND: Final = 50
SECONDS: Final = 10
_WARM_UP: Final = 150
_PATIENCE: Final = 60.0


@dataclass(frozen=True, slots=True)
class Waited:
    """Milliseconds from a press until its answer and its acknowledgement came, half of them and 99 of 100 at most.

    Counted from the press itself: what it waits until the bot asks for it is a part of the wait.
    """

    half: float
    most: float
    acknowledged: float
    handed_half: float
    handed_most: float
    handed_acknowledged: float


async def measure(effort: Effort) -> list[Row]:
    those = contenders.with_us(effort, [contenders.ptb(), contenders.aiogram()])
    found: list[list[Waited]] = [[] for _ in those]
    for _ in range(effort.runs):
        for one, runs in zip(those, found, strict=True):
            runs.append(await wait_under_load(one, {}))
    what = f"one press at {A_SECOND}/s open load"
    ours, others = found[0], tuple(zip((one.name for one in those[1:]), found[1:], strict=True))
    since_given = (
        f"since given out: p50 {median(one.handed_half for one in ours):.1f}, "
        f"p99 {median(one.handed_most for one in ours):.1f}, "
        f"acknowledged p99 {median(one.handed_acknowledged for one in ours):.1f} ms"
    )
    return [
        Row("P2", f"{what}: answered, p50", "ms", _half(ours), _peers(others, _half), (at_most(6),), effort.runs),
        Row(
            "P2",
            f"{what}: answered, p99",
            "ms",
            _most(ours),
            _peers(others, _most),
            (at_most(15),),
            effort.runs,
            since_given,
        ),
        Row("P2", f"{what}: acknowledged, p99", "ms", _acked(ours), _peers(others, _acked), (at_most(5),), effort.runs),
    ]


async def wait_under_load(contender: Contender, settings: Mapping[str, str]) -> Waited:
    """Ten seconds of presses at random moments."""
    async with folder() as home, served() as telegram:
        prepared = {**contender.settings, **contender.prepare(home), **settings}
        async with running(contender.command, telegram.address, prepared, home) as bot:
            try:
                await telegram.until(lambda: telegram.calls["getUpdates"] > 0, _PATIENCE)
                await _press(telegram, 1, _WARM_UP)
                await telegram.all_answered(_PATIENCE)
                await telegram.quiet()
                presses = await _press(telegram, _WARM_UP + 1, A_SECOND * SECONDS)
                await telegram.all_answered(_PATIENCE)
                await telegram.quiet()
            except TimeoutError:
                raise bot.fail(f"{contender.name} left presses unanswered") from None
        return _waited(presses)


async def _press(telegram: TelegramStub, first: int, count: int) -> list[Press]:
    """So many people press, each once, at the moments of a Poisson process of the same seed for everybody."""
    dice = random.Random(1)
    at = now()
    made: list[Press] = []
    for person in range(first, first + count):
        at += dice.expovariate(A_SECOND)
        await asyncio.sleep(max(at - now(), 0))
        made += telegram.press([town.first_answer(person)])
    return made


def _waited(presses: Sequence[Press]) -> Waited:
    answered, acknowledged, handed, handed_acknowledged = [], [], [], []
    for one in presses:
        assert one.handed_at is not None
        assert one.edited_at is not None
        answered.append((one.edited_at - one.made_at) * 1000)
        handed.append((one.edited_at - one.handed_at) * 1000)
        if one.acked_at is not None:
            acknowledged.append((one.acked_at - one.made_at) * 1000)
            handed_acknowledged.append((one.acked_at - one.handed_at) * 1000)
    assert len(acknowledged) == len(presses), "a press was never acknowledged"
    return Waited(
        quantile(answered, 0.5),
        quantile(answered, 0.99),
        quantile(acknowledged, 0.99),
        quantile(handed, 0.5),
        quantile(handed, 0.99),
        quantile(handed_acknowledged, 0.99),
    )


def _half(runs: Sequence[Waited]) -> float | None:
    return median(one.half for one in runs)


def _most(runs: Sequence[Waited]) -> float | None:
    return median(one.most for one in runs)


def _acked(runs: Sequence[Waited]) -> float | None:
    return median(one.acknowledged for one in runs)


def _peers(
    others: Sequence[tuple[str, list[Waited]]], figure: Callable[[Sequence[Waited]], float | None]
) -> tuple[Peer, ...]:
    return tuple(Peer(name, figure(runs)) for name, runs in others)
