"""Starting from the copy of a walk is the same as having walked; only a town in which nothing happened does."""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import count
from pathlib import Path

import pytest

from bot.roles import Role
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town
from tests.town.walked_once import walked_once

Found = Callable[[], Awaitable[Town]]
Walk = Callable[[Town], Awaitable[Inhabitant]]


@pytest.fixture
async def found(fresh_database: Path, tmp_path: Path) -> AsyncIterator[Found]:
    """Founds a new town at each call."""
    numbers = count()
    async with AsyncExitStack() as towns:

        async def one() -> Town:
            file = tmp_path / f"{next(numbers)}.db"
            shutil.copy(fresh_database, file)
            return await towns.enter_async_context(_town(file))

        yield one


@asynccontextmanager
async def _town(file: Path) -> AsyncIterator[Town]:
    town = Town(file)
    yield town
    await town.database.close()
    town.check()


@pytest.fixture
def walks() -> list[Town]:
    """The towns in which the walk was taken in full."""
    return []


@pytest.fixture
def arrives(walks: list[Town]) -> Walk:
    @walked_once
    async def arrives(town: Town) -> Inhabitant:
        walks.append(town)
        return await town.youth("anna")

    return arrives


@pytest.fixture
def hires(walks: list[Town]) -> Walk:
    @walked_once
    async def hires(town: Town) -> Inhabitant:
        walks.append(town)
        await town.people["anna"].says("/menu")
        town.people["anna"].reads_rest()
        return await town.staff("liene", Role.LEAD)

    return hires


async def test_who_starts_from_a_copy_finds_what_the_walk_left_and_goes_on_alone(
    found: Found, arrives: Walk, walks: list[Town]
) -> None:
    walked, copied = await found(), await found()
    anna, again = await arrives(walked), await arrives(copied)
    assert walks == [walked]
    assert again is copied.people["anna"]
    assert again.phone.messages == anna.phone.messages
    assert copied.clock.now() == walked.clock.now()
    assert await copied.person("anna") == await walked.person("anna")
    await again.says("/menu")
    again.sees("people.youth.menu")
    anna.sees_nothing()
    assert copied.clock.now() > walked.clock.now()
    assert len(again.phone.messages) == len(anna.phone.messages) + 2


async def test_a_walk_after_a_walk_is_copied_too_and_whoever_was_there_before_stays_who_they_are(
    found: Found, arrives: Walk, hires: Walk, walks: list[Town]
) -> None:
    walked, copied = await found(), await found()
    for town in (walked, copied):
        anna = await arrives(town)
        liene = await hires(town)
        assert town.people["anna"] is anna
        assert town.people["liene"] is liene
    assert walks == [walked, walked]
    assert len(anna.phone.messages) == len(walked.people["anna"].phone.messages)
    await anna.says("/menu")
    anna.sees("people.youth.menu")
    await liene.says("/menu")
    liene.sees("people.staff.menu")


async def test_after_anything_else_in_the_database_a_further_walk_is_taken_in_full(
    found: Found, arrives: Walk, hires: Walk, walks: list[Town]
) -> None:
    walked, looked_into = await found(), await found()
    for town in (walked, looked_into):
        await arrives(town)
        await town.rows("SELECT 1")
        await town.database.close()
        await hires(town)
    assert walks == [walked, walked, looked_into]


async def test_a_town_that_keeps_no_walks_neither_takes_one_up_nor_leaves_one(
    found: Found, arrives: Walk, walks: list[Town]
) -> None:
    towns = [await found() for _ in range(3)]
    towns[0].keeps_walks = towns[2].keeps_walks = False
    for town in towns:
        await arrives(town)
    assert walks == towns


async def test_where_anything_differs_the_walk_is_taken_in_full(found: Found, arrives: Walk, walks: list[Town]) -> None:
    towns = [await found() for _ in range(4)]
    _, peopled, later, decided = towns
    await peopled.staff("liene", Role.LEAD)
    later.clock.move_to(later.later(hours=1))
    decided.settings = decided.settings.model_copy(update={"alerts_at_night": True})
    for town in towns:
        await arrives(town)
    assert walks == towns
