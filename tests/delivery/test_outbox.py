"""What is to be said, as rows: added once, claimed by one, settled, and blanked when it has gone."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from bot.delivery import outbox
from bot.delivery.outbox import Claimed, Room
from bot.delivery.packing import Packing
from bot.people.screens import OpenHelp
from bot.storage.tables import people
from bot.turn import Attachment, Farewell, Message, Priority, button
from bot.words import Language, phrase
from tests.delivery.post import START, Post, words

EVERYTHING = [Room(priority, 100, ()) for priority in Priority]


async def claimed(post: Post, rooms: list[Room] = EVERYTHING, *, quiet: bool = False) -> list[Claimed]:
    async with post.database.write() as db:
        return await outbox.claim(db, post.clock.now(), rooms, quiet=quiet)


def said(rows: list[Claimed]) -> list[object]:
    return [row.phrase.facts["words"] for row in rows]


@pytest.mark.feature("G12")
async def test_an_occasion_is_used_once_however_often_it_is_queued(post: Post) -> None:
    await post.person(1)
    await post.queue(words(1, "one", once="occasion"), words(1, "again", once="occasion"))
    await post.queue(words(1, "later", once="occasion"), words(1, "no occasion"), words(1, "none either"))
    assert said(await claimed(post)) == ["one", "no occasion", "none either"]


async def test_nothing_is_said_to_or_of_somebody_who_is_gone(post: Post) -> None:
    await post.person(1)
    await post.queue(
        words(99, "to nobody"), words(1, "of nobody", about=99), words(1, "of herself", about=1), words(1, "to her")
    )
    assert said(await claimed(post)) == ["of herself", "to her"]


async def test_nobody_is_written_to_first_who_has_not_agreed_but_everybody_is_answered(post: Post) -> None:
    await post.person(1, agreed=False)
    await post.queue(
        words(1, "answer"),
        words(1, "notice", Priority.NOTICE),
        words(1, "broadcast", Priority.BROADCAST),
        words(1, "must be said", Priority.NOTICE, at_night=True),
    )
    assert said(await claimed(post)) == ["answer", "must be said"]


@pytest.mark.feature("N6")
async def test_what_one_claimed_nobody_else_can_claim(post: Post) -> None:
    await post.person(1)
    await post.queue(words(1, "once"))
    assert said(await claimed(post)) == ["once"]
    assert await claimed(post) == []
    assert await post.states() == ["in_flight"]


async def test_a_claim_takes_the_oldest_of_each_priority_up_to_its_room(post: Post) -> None:
    for number in range(1, 8):
        await post.person(number)
    await post.queue(*(words(one, f"broadcast {one}", Priority.BROADCAST) for one in range(1, 8)))
    await post.queue(*(words(one, f"reply {one}") for one in range(1, 8)))
    taken = await claimed(post, [Room(Priority.REPLY, 2, ()), Room(Priority.BROADCAST, 3, ())])
    assert said(taken) == ["reply 1", "reply 2", "broadcast 1", "broadcast 2", "broadcast 3"]


async def test_one_chat_with_hundreds_of_messages_leaves_room_for_the_others(post: Post) -> None:
    for number in (1, 2, 3):
        await post.person(number)
    await post.queue(*(words(1, f"flood {count}") for count in range(300)), words(2, "to two"), words(3, "to three"))
    taken = await claimed(post, [Room(Priority.REPLY, 200, ())])
    assert said(taken) == ["flood 0", "flood 1", "flood 2", "to two", "to three"]
    assert said(await claimed(post, [Room(Priority.REPLY, 200, {1})])) == []


async def test_what_is_not_due_yet_or_no_more_is_not_claimed(post: Post) -> None:
    await post.person(1)
    minute = timedelta(minutes=1)
    await post.queue(
        words(1, "later", not_before=START + minute),
        words(1, "too late", expires_at=START - minute),
        words(1, "in time", expires_at=START + minute),
    )
    assert said(await claimed(post)) == ["in time"]
    async with post.database.write() as db:
        assert await outbox.expire(db, post.clock.now()) == []  # it was for no occasion that has a name
    rows = await post.rows()
    assert [row.state for row in rows] == ["waiting", "expired", "in_flight"]
    assert rows[1].facts == {}


@pytest.mark.feature("G6")
async def test_while_it_is_quiet_only_what_may_go_at_night_is_claimed(post: Post) -> None:
    await post.person(1)
    await post.queue(
        words(1, "reply"),
        words(1, "notice", Priority.NOTICE),
        words(1, "crisis", Priority.NOTICE, at_night=True),
        words(1, "broadcast", Priority.BROADCAST),
    )
    assert said(await claimed(post, quiet=True)) == ["reply", "crisis"]
    async with post.database.read() as db:
        assert not await outbox.anything_due(db, post.clock.now(), quiet=True)
        assert await outbox.anything_due(db, post.clock.now(), quiet=False)


async def test_a_row_that_cannot_be_read_is_set_aside_and_holds_nobody_up(post: Post) -> None:
    await post.person(1)
    await post.queue(words(1, "broken"), words(1, "also broken"), words(1, "whole"))
    await post.change(1, facts={"words": {"is": "something of a later version"}})
    await post.change(2, keyboard=[[{"no": "label"}]])
    assert said(await claimed(post)) == ["whole"]
    assert await post.states() == ["rejected", "rejected", "in_flight"]


@pytest.mark.feature("C6")
async def test_what_a_message_said_is_blanked_once_it_has_gone(post: Post) -> None:
    await post.person(1)
    await post.queue(
        Message(1, phrase("post.any.words", words="secret"), attachment=Attachment("secret.txt", b"secret"))
    )
    (row,) = await claimed(post)
    async with post.database.write() as db:
        await outbox.mark_sent(db, [(row, 77, post.clock.now())])
    (kept,) = await post.rows()
    assert (kept.state, kept.message_id) == ("sent", 77)
    assert (kept.facts, kept.keyboard, kept.attachment, kept.attachment_name) == ({}, [], None, None)


async def test_a_farewell_leaves_no_row_and_no_chat_behind(post: Post) -> None:
    await post.person(1)
    farewell = Message(1, phrase("post.any.words", words="bye"), farewell=Farewell(4711, Language.UK))
    async with post.database.write() as db:
        await db.execute(delete(people).where(people.c.id == 1))
    await post.queue(farewell)
    (row,) = await claimed(post)
    assert (row.chat, row.language) == (4711, Language.UK)
    async with post.database.write() as db:
        await outbox.mark_sent(db, [(row, 1, post.clock.now())])
    assert await post.rows() == []


async def test_an_answer_for_a_row_that_waits_again_settles_nothing(post: Post) -> None:
    """The number may by then belong to another message: one was erased under way and the next took its place."""
    await post.person(1)
    await post.queue(words(1, "given back"))
    (row,) = await claimed(post)
    async with post.database.write() as db:
        await outbox.put_back(db, [row.id], START)
        await outbox.mark_sent(db, [(row, 5, post.clock.now())])
    assert await post.states() == ["waiting"]
    assert said(await claimed(post)) == ["given back"]


@pytest.mark.feature("X17")
async def test_somebody_who_cannot_be_reached_is_marked_once_and_their_queue_dropped(post: Post) -> None:
    await post.person(1)
    await post.person(2)
    await post.queue(words(1, "under way"), words(1, "waiting", Priority.BROADCAST), words(2, "to somebody else"))
    await claimed(post, [Room(Priority.REPLY, 1, ())])
    async with post.database.write() as db:
        assert await outbox.drop_for(db, 1, post.clock.now())
        assert not await outbox.drop_for(db, 1, post.clock.now())
        assert await db.scalar(select(people.c.unreachable_at).where(people.c.id == 1)) == START
    assert await post.states() == ["unreachable", "unreachable", "waiting"]


async def test_what_was_in_flight_waits_again_but_for_what_is_still_in_hand(post: Post) -> None:
    await post.person(1)
    await post.queue(words(1, "lost"), words(1, "in hand"))
    await claimed(post)
    async with post.database.write() as db:
        await outbox.reopen(db, but=[2])
    assert await post.states() == ["waiting", "in_flight"]


async def test_settled_rows_go_after_a_fortnight_those_of_a_batch_later_and_waiting_ones_never(post: Post) -> None:
    await post.person(1)
    await post.queue(words(1, "old"), words(1, "counted", batch="event:1"), words(1, "waits"))
    for row in (1, 2):
        await post.change(row, state="sent", done_at=START)
    async with post.database.write() as db:
        await outbox.prune(db, START + timedelta(days=15))
    assert [row.batch for row in await post.rows()] == ["event:1", None]
    async with post.database.write() as db:
        await outbox.prune(db, START + timedelta(days=400))
    assert await post.states() == ["waiting"]


def test_words_and_buttons_that_many_are_told_are_packed_once() -> None:
    words, keyboard = phrase("post.any.words", words="Nāc!"), ((button("post.any.button", OpenHelp()),),)
    packing = Packing(START)
    first, second = (packing.row(Message(person, words, keyboard)) for person in (1, 2))
    assert first["facts"] is second["facts"]
    assert first["keyboard"] is second["keyboard"]
