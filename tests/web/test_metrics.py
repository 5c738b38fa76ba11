"""/metrics counts and ages what the bot does, and names nobody."""

import logging
import re
from datetime import timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.roles import Role
from bot.storage.tables import metadata
from bot.turn import Message, Priority
from bot.words import phrase
from tests.chats.casework import in_programme
from tests.town.town import Town
from tests.web.conftest import Watch

pytestmark = pytest.mark.feature("N5")


async def test_updates_and_sendings_are_counted_by_kind(town: Town, watch: Watch) -> None:
    anna = town.newcomer("anna")
    async with watch() as bot:
        await anna.phone.send("/start")
        await bot.works()
        await anna.phone.tap("Latviešu")
        await anna.phone.send_sticker()
        await anna.phone.block()
        await bot.works()
        told = await bot.metrics()
        kinds = {name: told[f'bot_updates_handled_total{{kind="{name}"}}'] for name in ("Typed", "Pressed", "NotText")}
        assert kinds == {"Typed": 1, "Pressed": 1, "NotText": 1}
        assert told['bot_updates_handled_total{kind="Blocked"}'] == 1
        assert told['bot_sendings_total{priority="reply",verdict="Sent"}'] == 1
        assert told["bot_ready"] == 1


async def test_answers_429_are_counted_apart(town: Town, watch: Watch) -> None:
    anna = await town.youth("anna")
    async with watch() as bot:
        town.telegram.faults.fail("sendMessage", retry_after=3)
        await anna.phone.send("/menu")
        await bot.works()
        told = await bot.metrics()
        assert told["bot_told_to_wait_total"] == 1
        assert told['bot_sendings_total{priority="reply",verdict="Later"}'] == 1
        assert told['bot_outbox_rows{state="waiting"}'] == 1
    town.clock.advance(timedelta(seconds=5))
    await town.settle()
    anna.reads_rest()


async def test_the_oldest_of_everything_grows_until_it_is_done(town: Town, watch: Watch) -> None:
    young, mentor, _ = await in_programme(town)
    late = ("bot_oldest_update_seconds", 'bot_oldest_message_seconds{priority="reply"}',
            'bot_oldest_message_seconds{priority="notice"}', 'bot_oldest_due_seconds{kind="check-in"}')  # fmt: skip
    async with watch() as bot:
        told = await bot.metrics()
        assert [told[name] for name in late] == [0, 0, 0, 0]
        bot.app.dispatcher.inbox.received(town.clock.monotonic())
        person, guide = await town.person(young.name), await town.person(mentor.name)
        async with bot.app.database.write() as db:
            await town.queue(db, [Message(person.id, phrase("people.youth.menu", name="Bura-1"), at_night=True)])
            notice = Message(guide.id, phrase("people.staff.menu", name="Marta"), priority=Priority.NOTICE)
            await town.queue(db, [notice])
            checkins = metadata.tables["checkins"]
            await db.execute(checkins.update().where(checkins.c.number == 1).values(next_at=town.clock.now()))
        town.clock.advance(timedelta(seconds=40))
        told = await bot.metrics()
        assert [told[name] for name in late] == [40, 40, 40, 40]
        await bot.works()
        bot.app.dispatcher.inbox.done([])
        told = await bot.metrics()
        assert [told[name] for name in late] == [0, 0, 0, 0]
    await town.settle()
    for one in town.people.values():
        one.reads_rest()


async def test_what_waits_for_the_morning_is_not_late_and_is_counted_from_the_morning_on(
    town: Town, watch: Watch
) -> None:
    mentor = await town.staff("marta", Role.MENTOR)
    await town.move_to(town.clock.now().replace(hour=22))
    async with watch() as bot:
        to = (await town.person("marta")).id
        async with bot.app.database.write() as db:
            await town.queue(db, [Message(to, phrase("people.staff.menu", name="Marta"), priority=Priority.NOTICE)])
        name = 'bot_oldest_message_seconds{priority="notice"}'
        town.clock.advance(timedelta(hours=8))
        assert (await bot.metrics())[name] == 0
        town.clock.move_to(town.clock.now().replace(hour=7, minute=0, second=30, microsecond=0))
        assert (await bot.metrics())[name] == 30
    await town.settle()
    mentor.reads_rest()


async def test_the_time_from_a_press_to_its_answer_is_told(town: Town, watch: Watch) -> None:
    anna = await town.youth("anna")
    async with watch() as bot:
        town.clock.advance(timedelta(seconds=5))
        for slow in (0.0, 2.0):
            await anna.phone.send("/menu")
            await bot.app.polling.once()
            town.clock.advance(timedelta(seconds=slow))
            await bot.app.gate.drain()
            town.clock.advance(timedelta(seconds=20))
        for _ in range(2):
            told = await bot.metrics()
            assert told["bot_answer_seconds_count"] == 2
            assert told['bot_answer_seconds_bucket{le="0.25"}'] == 1
            assert told['bot_answer_seconds_bucket{le="2.5"}'] == 2
            assert 2 <= told["bot_answer_seconds_sum"] < 2.1
    anna.notice_changes()
    anna.reads_rest()


async def test_what_the_log_complains_of_is_counted_by_action(watch: Watch) -> None:
    async with watch() as bot:
        log = logging.getLogger("bot.dispatch")
        log.addHandler(bot.faults)
        log.error("update failed", extra={"action": "update_failed", "update": 7})
        logging.getLogger("bot.dispatch").info("serving", extra={"action": "serving"})
        log.removeHandler(bot.faults)
        told = await bot.metrics()
        assert told['bot_faults_total{action="update_failed"}'] == 1
        assert 'bot_faults_total{action="serving"}' not in told


async def test_no_label_names_a_person_a_place_or_a_record(town: Town, watch: Watch) -> None:
    await in_programme(town)
    async with watch() as bot:
        await bot.works()
        page = await bot.page()
    assert {family.name for family in text_string_to_metric_families(page)} >= {"bot_ready", "bot_answer_seconds"}
    labels = {
        value
        for family in text_string_to_metric_families(page)
        for one in family.samples
        for value in one.labels.values()
    }
    assert all(re.fullmatch(r"[A-Za-z_ -]+|[0-9.]+|\+Inf", value) for value in labels), labels
    people = await town.rows("SELECT code_name, municipality, telegram_id FROM people")
    assert people
    told = {str(word) for row in people for word in row if word is not None}
    assert not told & labels
    assert "LV-" not in page
    for one in town.people.values():
        one.reads_rest()
