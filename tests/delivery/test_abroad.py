"""Who is abroad sleeps by their own clock and reads times by it; nobody else is held up for that."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from bot.storage.tables import people
from bot.turn import Message, Priority
from bot.words import phrase
from tests.delivery.post import START, Post, read, words

NEW_YORK = "America/New_York"


async def goes_abroad(post: Post, person: int, zone: str | None = NEW_YORK) -> None:
    async with post.database.write() as db:
        await db.execute(update(people).where(people.c.id == person).values(zone=zone))


@pytest.mark.feature("G5", "G6")
async def test_a_notice_waits_for_the_readers_own_morning_and_nobody_else_waits_with_it(post: Post) -> None:
    """It is ten in Rīga and three at night in New York."""
    far, near = await post.person(1), await post.person(2)
    await goes_abroad(post, 1)
    await post.queue(words(1, "far", Priority.NOTICE), words(2, "near", Priority.NOTICE), words(1, "an answer"))
    await post.drain()
    assert (read(far), read(near)) == (["an answer"], ["near"])
    assert await post.gate.idle()
    post.clock.move_to(datetime(2026, 3, 2, 13, 59, tzinfo=UTC))
    await post.drain()
    assert read(far) == ["an answer"]
    post.clock.move_to(datetime(2026, 3, 2, 14, 0, 1, tzinfo=UTC))
    await post.drain()
    assert read(far) == ["an answer", "far"]


@pytest.mark.feature("G5", "G6")
async def test_at_home_it_is_night_and_abroad_it_is_day(post: Post) -> None:
    far, near = await post.person(1), await post.person(2)
    await goes_abroad(post, 1)
    post.clock.move_to(datetime(2026, 3, 2, 20, 0, tzinfo=UTC))
    await post.queue(words(2, "near", Priority.NOTICE), words(1, "far", Priority.NOTICE))
    await post.drain()
    assert (read(far), read(near)) == (["far"], [])


@pytest.mark.feature("G5")
async def test_who_has_just_said_that_they_are_abroad_is_not_woken_by_the_next_message(post: Post) -> None:
    far = await post.person(1)
    await post.queue(words(1, "first", Priority.NOTICE))
    await post.drain()
    await goes_abroad(post, 1)
    await post.queue(words(1, "second", Priority.NOTICE))
    await post.drain()
    assert read(far) == ["first"]
    await goes_abroad(post, 1, None)
    post.clock.move_to(datetime(2026, 3, 2, 9, 0, tzinfo=UTC))
    await post.drain()
    assert read(far) == ["first", "second"]


@pytest.mark.feature("G5")
async def test_each_reads_the_same_moment_by_their_own_clock(post: Post) -> None:
    far, near = await post.person(1), await post.person(2)
    await goes_abroad(post, 1)
    post.clock.move_to(datetime(2026, 3, 2, 15, 0, tzinfo=UTC))
    at = phrase("post.any.words", words=datetime(2026, 3, 2, 16, 30, tzinfo=UTC))
    await post.queue(*(Message(person, at, priority=Priority.NOTICE) for person in (1, 2)))
    await post.drain()
    assert ("11:30" in read(far)[0], "18:30" in read(near)[0]) == (True, True)


async def test_a_zone_that_is_no_more_means_home(post: Post) -> None:
    far = await post.person(1)
    await goes_abroad(post, 1, "Europe/Nowhere")
    assert post.clock.now() == START
    await post.queue(words(1, "by day at home", Priority.NOTICE))
    await post.drain()
    assert read(far) == ["by day at home"]
