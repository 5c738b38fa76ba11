"""The gate against an emulated Telegram: urgent first, in order within a chat, and nothing lost on the way."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, update

from bot.delivery import outbox
from bot.people.screens import OpenHelp
from bot.storage.tables import outbox as rows_to_send
from bot.storage.tables import people
from bot.turn import Attachment, Message, Priority, button
from bot.words import Language, phrase
from tests.delivery.post import START, Post, read, words

NIGHT = datetime(2026, 3, 2, 21, 30, tzinfo=UTC)
MORNING = datetime(2026, 3, 3, 7, 0, tzinfo=UTC)


def order_of_arrival(post: Post) -> list[str]:
    return [one.text for one in post.telegram.outgoing()]


async def test_replies_pass_notices_and_notices_pass_broadcasts(post: Post) -> None:
    for number in (1, 2, 3):
        await post.person(number)
    await post.queue(words(1, "broadcast", Priority.BROADCAST), words(2, "notice", Priority.NOTICE), words(3, "reply"))
    await post.drain()
    assert order_of_arrival(post) == ["reply", "notice", "broadcast"]


@pytest.mark.feature("X16")
async def test_a_reply_passes_a_broadcast_that_is_under_way(post: Post) -> None:
    for number in range(1, 201):
        await post.person(number)
    await post.queue(*(words(number, "broadcast", Priority.BROADCAST) for number in range(2, 201)))
    for _ in range(20):
        await post.gate._round()
        await post.gate._tasks.settled()
        await post.clock.sleep(0.1)
    asked_at, before = post.clock.now(), len(order_of_arrival(post))
    await post.queue(words(1, "reply"))
    await post.drain()
    (reply,) = [one for one in post.telegram.outgoing() if one.text == "reply"]
    assert reply.sent_at - asked_at < timedelta(seconds=1.1)
    assert order_of_arrival(post).index("reply") <= before + 1
    assert len(order_of_arrival(post)) == 200
    assert post.clock.now() - START < timedelta(seconds=9)


async def test_messages_of_one_chat_arrive_in_the_order_they_were_said(post: Post) -> None:
    anna, danylo = await post.person(1), await post.person(2)
    await post.queue(*(words(1 + number % 2, f"{number}") for number in range(40)))
    await post.drain()
    assert read(anna) == [str(number) for number in range(0, 40, 2)]
    assert read(danylo) == [str(number) for number in range(1, 40, 2)]


@pytest.mark.feature("X15")
async def test_a_429_holds_its_chat_to_the_second_and_nobody_else(post: Post) -> None:
    anna, danylo = await post.person(1), await post.person(2)
    post.telegram.faults.fail("sendMessage", retry_after=40, chat=1)
    await post.queue(words(1, "first"), words(1, "second"), words(2, "to danylo"))
    await post.drain()
    await post.queue(words(1, "third"), words(2, "more"))
    await post.drain()
    assert (read(anna), read(danylo)) == ([], ["to danylo", "more"])
    post.clock.move_to(START + timedelta(seconds=39))
    await post.drain()
    assert read(anna) == []
    post.clock.move_to(START + timedelta(seconds=41))
    await post.drain()
    assert read(anna) == ["first", "second", "third"]


@pytest.mark.feature("X15")
async def test_a_restart_forgets_neither_the_hold_nor_the_order(post: Post) -> None:
    anna = await post.person(1)
    post.telegram.faults.fail("sendMessage", retry_after=40, chat=1)
    await post.queue(words(1, "first"))
    await post.drain()
    await post.restart()
    await post.queue(words(1, "second"))
    await post.drain()
    assert read(anna) == []
    post.clock.move_to(START + timedelta(seconds=41))
    await post.drain()
    assert read(anna) == ["first", "second"]


@pytest.mark.feature("X13")
@pytest.mark.parametrize("kind", ["502", "html", "garbage", "timeout", "cut"])
async def test_whatever_the_network_does_everything_arrives_in_order(post: Post, kind: str) -> None:
    anna = await post.person(1)
    post.telegram.faults.fail("sendMessage", kind=kind, times=4)
    await post.queue(words(1, "first"), words(1, "second"))
    for _ in range(12):
        await post.drain()
        await post.clock.sleep(5.0)
    assert read(anna) == ["first", "second"]


@pytest.mark.feature("X12")
async def test_when_nothing_gets_through_the_gate_backs_off_and_then_sends_everything(post: Post) -> None:
    phones = [await post.person(number) for number in range(1, 21)]
    await post.queue(*(words(number, "hello") for number in range(1, 21)))
    post.telegram.faults.stop_listening()
    tries = 0
    sender = post.gate._sender

    async def counted(letter: Any) -> Any:
        nonlocal tries
        tries += 1
        return await sender(letter)

    post.gate._sender = counted
    for _ in range(300):
        await post.gate._round()
        await post.gate._tasks.settled()
        await post.clock.sleep(2.0)
    assert tries < 20 * 75  # ten minutes at eight seconds each, and not one every two seconds
    post.telegram.faults.listen()
    await post.gate._round()  # takes note of what failed last
    await post.clock.sleep(31.0)
    await post.drain()
    assert all(read(phone) == ["hello"] for phone in phones)


@pytest.mark.feature("X24")
async def test_a_message_that_cannot_be_edited_is_said_in_a_new_one(post: Post) -> None:
    anna = await post.person(1)
    await post.queue(words(1, "old"))
    await post.drain()
    (old,) = (message for message in anna.messages if message.sender == "bot")
    await anna.delete(old.id)
    await post.queue(words(1, "new", edits=old.id), words(1, "after it"))
    await post.drain()
    assert read(anna) == ["new", "after it"]


@pytest.mark.feature("X24")
async def test_a_file_cannot_become_a_text_so_the_text_is_a_new_message(post: Post) -> None:
    anna = await post.person(1)
    await post.queue(
        Message(1, phrase("post.any.words", words="your data"), attachment=Attachment("my-data.json", b"{}"))
    )
    await post.drain()
    (file,) = (message for message in anna.messages if message.sender == "bot")
    assert file.attachment is not None
    assert file.attachment.name == "my-data.json"
    await post.queue(words(1, "menu", edits=file.id))
    await post.drain()
    assert read(anna) == ["your data", "menu"]


@pytest.mark.feature("X24")
async def test_an_edit_that_changes_nothing_counts_as_sent(post: Post) -> None:
    anna = await post.person(1)
    await post.queue(words(1, "same"))
    await post.drain()
    (message,) = (one for one in anna.messages if one.sender == "bot")
    await post.queue(words(1, "same", edits=message.id))
    await post.drain()
    assert read(anna) == ["same"]
    assert await post.states() == ["sent", "sent"]


@pytest.mark.feature("X17")
async def test_who_blocked_the_bot_is_marked_once_their_queue_dropped_and_the_capabilities_hear_of_it(
    post: Post,
) -> None:
    anna = await post.person(1)
    await anna.block()
    await post.queue(*(words(1, f"{count}", Priority.NOTICE) for count in range(20)))
    await post.drain()
    await post.queue(words(1, "more"))
    await post.drain()
    assert post.lost == [1]
    assert set(await post.states()) == {"unreachable"}
    assert len(post.telegram.refusals) == 2


async def test_an_accident_of_who_hears_of_it_stops_nobody_elses_messages(post: Post) -> None:
    anna, danylo = await post.person(1), await post.person(2)
    await anna.block()

    async def failing(db: Any, person_id: int) -> None:
        raise LookupError("no such case")

    post.gate._lost = failing
    await post.queue(words(1, "to anna"), words(2, "to danylo"))
    await post.drain()
    await post.drain()
    assert read(danylo) == ["to danylo"]
    assert await post.states() == ["unreachable", "sent"]


async def test_what_telegram_will_never_take_is_kept_by_number_without_its_words_and_not_tried_again(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    anna = await post.person(1)
    await post.queue(words(1, "secret " * 1000), words(1, "fine"))
    await post.drain()
    await post.drain()
    rejected, sent, _ = await post.rows()
    assert read(anna) == ["fine", "sorry"]  # never nothing
    assert (rejected.state, rejected.facts, sent.state) == ("rejected", {}, "sent")
    assert "too long" in rejected.fault
    assert "secret" not in caplog.text
    assert len(post.telegram.refusals) == 1
    post.telegram.problems.clear()  # the point of this test


@pytest.mark.parametrize("wrong", ["post.any.no_such_key", "post.any.words"])
async def test_a_text_that_cannot_be_filled_in_holds_nobody_up(post: Post, wrong: str) -> None:
    anna = await post.person(1)
    await post.queue(Message(1, phrase(wrong)), words(1, "after it"))
    await post.drain()
    assert read(anna) == ["after it", "sorry"]
    assert await post.states() == ["rejected", "sent", "sent"]


@pytest.mark.feature("G6")
@pytest.mark.feature("X31")
async def test_the_night_holds_notices_and_broadcasts_but_neither_replies_nor_what_cannot_wait(post: Post) -> None:
    anna = await post.person(1)
    post.clock.move_to(NIGHT)
    await post.queue(
        words(1, "notice", Priority.NOTICE),
        words(1, "broadcast", Priority.BROADCAST),
        words(1, "crisis", Priority.NOTICE, at_night=True),
        words(1, "reply"),
    )
    await post.drain()
    assert read(anna) == ["reply", "crisis"]
    post.clock.move_to(MORNING - timedelta(seconds=1))
    await post.drain()
    assert read(anna) == ["reply", "crisis"]
    post.clock.move_to(MORNING)
    await post.drain()
    assert read(anna) == ["reply", "crisis", "notice", "broadcast"]


@pytest.mark.feature("X31")
async def test_a_notice_that_was_in_hand_when_the_night_began_waits_too(post: Post) -> None:
    anna = await post.person(1)
    post.clock.move_to(datetime(2026, 3, 2, 18, 59, 59, tzinfo=UTC))
    await post.queue(*(words(1, f"{count}", Priority.NOTICE) for count in range(8)))
    await post.drain()
    assert len(read(anna)) < 8
    post.clock.move_to(MORNING)
    await post.drain()
    assert read(anna) == [str(count) for count in range(8)]


async def test_what_has_expired_is_not_sent(post: Post) -> None:
    anna = await post.person(1)
    await post.queue(
        words(1, "too late", expires_at=START + timedelta(hours=1), once="an occasion"), words(1, "in time")
    )
    post.clock.move_to(START + timedelta(hours=2))
    await post.drain()
    assert read(anna) == ["in time"]
    assert await post.states() == ["expired", "sent"]
    assert post.lapsed == ["an occasion"]


@pytest.mark.feature("G12")
async def test_a_crash_with_messages_under_way_repeats_one_at_most(post: Post) -> None:
    phones = {number: await post.person(number) for number in range(1, 11)}
    post.telegram.faults.hang_after("sendMessage", chat=1)
    await post.queue(*(words(number, f"to {number}") for number in range(1, 11)))
    await post.gate._round()
    await post.gate._tasks.settled()  # sent, but the process dies before the next round settles anything
    await post.restart()
    await post.clock.sleep(5.0)
    await post.drain()
    assert set(await post.states()) == {"sent"}
    assert all(1 <= len(read(phone)) <= 2 for phone in phones.values())
    await post.restart()
    await post.drain()
    assert sum(len(read(phone)) for phone in phones.values()) <= 11


async def test_stopping_lets_what_is_under_way_arrive_and_settles_it(post: Post) -> None:
    anna = await post.person(1)
    stop = asyncio.Event()
    post.telegram.subscribe(lambda _: stop.set())
    await post.queue(words(1, "before the end"))
    await post.gate.run(stop, idle=0.01)
    assert read(anna) == ["before the end"]
    assert await post.states() == ["sent"]


@pytest.mark.feature("X43")
async def test_a_stopped_batch_sends_nothing_more_not_even_what_was_in_hand(post: Post) -> None:
    phones = [await post.person(number) for number in range(1, 101)]
    await post.queue(*(words(number, "wrong", Priority.BROADCAST, batch="event:1") for number in range(1, 101)))
    await post.gate._round()
    await post.gate._tasks.settled()
    before = sum(len(read(phone)) for phone in phones)
    async with post.database.write() as db:
        unsent = rows_to_send.c.state.in_(["waiting", "in_flight"])
        await db.execute(update(rows_to_send).where(unsent).values(state="stopped"))
    await post.drain()
    assert 0 < before < 30
    assert sum(len(read(phone)) for phone in phones) == before
    states = await post.states()
    assert (states.count("sent"), states.count("stopped")) == (before, 100 - before)


@pytest.mark.feature("X49")
async def test_who_was_erased_while_messages_were_in_hand_gets_no_more_of_them(post: Post) -> None:
    anna, marta = await post.person(1), await post.person(2)
    await post.queue(*(words(1, f"{count}") for count in range(3)))
    await post.queue(*(words(2, f"of anna {count}", Priority.NOTICE, about=1) for count in range(6)))
    await post.gate._round()
    await post.gate._tasks.settled()
    async with post.database.write() as db:
        await db.execute(delete(people).where(people.c.id == 1))
    await post.drain()
    assert len(read(anna)) == 1
    assert read(marta) == []
    assert await post.rows() == []


async def test_a_round_that_failed_leaves_nothing_in_flight_for_ever(post: Post) -> None:
    anna = await post.person(1)
    await post.queue(words(1, "first"), words(1, "second"))
    async with post.database.write() as db:  # claimed, and then the commit's answer was lost
        await outbox.claim(db, post.clock.now(), [outbox.Room(Priority.REPLY, 9, ())], quiet=False)
    post.gate._unsure = True
    await post.drain()
    assert read(anna) == ["first", "second"]


async def test_a_failed_commit_settles_in_the_next_round_and_sends_nothing_twice(post: Post) -> None:
    anna = await post.person(1)
    await post.queue(words(1, "once"))
    await post.gate._round()
    await post.gate._tasks.settled()
    whole = post.gate._database
    await whole.close()

    class Away:
        def write(self, **_: Any) -> Any:
            raise OSError("disk full")

    post.gate._database = Away()  # type: ignore[assignment]
    with pytest.raises(OSError, match="disk full"):
        await post.gate._round()
    post.gate._database = whole
    await post.drain()
    assert read(anna) == ["once"]
    assert await post.states() == ["sent"]


@pytest.mark.feature("M6")
async def test_a_message_that_waited_is_said_in_the_language_its_reader_has_by_then(post: Post) -> None:
    anna = await post.person(1, Language.LV)
    key = ((button("post.any.button", OpenHelp()),),)
    await post.queue(
        Message(1, phrase("post.any.words", words="w"), key, Priority.NOTICE, not_before=START + timedelta(hours=1))
    )
    async with post.database.write() as db:
        await db.execute(update(people).where(people.c.id == 1).values(language="uk"))
    post.clock.move_to(START + timedelta(hours=1))
    await post.drain()
    (message,) = (one for one in anna.messages if one.sender == "bot")
    assert [one.text for one in message.buttons] == ["uk"]
