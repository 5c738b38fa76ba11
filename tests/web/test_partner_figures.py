"""How heavy and how quick the partner page is: printed for whoever wants to know, not judged by a stopwatch."""

import statistics
import time
from collections.abc import Awaitable, Callable

import pytest

from tests.town.inhabitant import Inhabitant
from tests.town.town import Town
from tests.web.desk import DESK, met, opened, requested, rest
from tests.web.visitor import Client, Visitor, serving

MOST_BYTES = 14_000
"""One round trip of a fresh connection holds about so much (RFC 6928: ten segments)."""


async def first_byte(client: Client, path: str) -> float:
    """Milliseconds until the answer begins, the median of 21."""
    taken = []
    for _ in range(21):
        began = time.perf_counter()
        async with client.get(path) as answer:
            taken.append((time.perf_counter() - began) * 1_000)
            await answer.read()
    return statistics.median(taken)


@pytest.mark.slow
@pytest.mark.feature("O3")
async def test_every_page_fits_into_the_first_round_trip(town: Town) -> None:
    anna, marta, desk = await requested(town)
    pages = {}
    await desk.follows_the_link()
    pages["before it is opened"] = desk.page
    await desk.presses("button.open")
    pages["opened"] = desk.page
    await desk.presses("button.accept")
    pages["accepted"] = desk.page
    await desk.presses("button.decline", reason="other")
    pages["closed"] = desk.page
    for what, page in pages.items():
        print(f"{what}: {len(page.encode())} bytes")
        assert len(page.encode()) < MOST_BYTES
        assert "<script" not in page
        assert "http" not in page.replace("http-equiv", ""), "nothing is loaded from anywhere"
    rest(anna, marta, town.mailbox(DESK))


@pytest.mark.slow
@pytest.mark.parametrize("at", [requested, opened, met], ids=["before it is opened", "opened", "appointment over"])
async def test_how_soon_the_first_byte_comes(
    town: Town, at: Callable[[Town], Awaitable[tuple[Inhabitant, Inhabitant, Visitor]]]
) -> None:
    anna, marta, desk = await at(town)
    async with serving(town) as client:
        print(f"first byte: {await first_byte(client, desk.path):.1f} ms")
    rest(anna, marta, town.mailbox(DESK))
