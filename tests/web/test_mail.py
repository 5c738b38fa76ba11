"""Letters by e-mail on /health and /metrics: there only where they can be sent, and only counts."""

from datetime import timedelta

import pytest

from bot.mail.post import GIVEN_UP_AFTER
from bot.turn import NOBODY, Mail, Message, Priority
from bot.words import Language, phrase
from tests.town.town import Town
from tests.web.conftest import Watch, Watched

pytestmark = pytest.mark.feature("N4", "O3")

WORDS = phrase("people.any.button.menu")
MAIL = Mail("planted-address@partner.example", Language.LV, WORDS, WORDS, "letter:1")
LETTER = Message(NOBODY, WORDS, priority=Priority.MAIL, at_night=True, once=MAIL.once, mail=MAIL)


async def works(bot: Watched) -> None:
    await bot.works()
    assert bot.app.post is not None
    await bot.app.post.drain()


async def test_who_sends_no_letters_is_not_asked_about_them(watch: Watch) -> None:
    async with watch() as bot:
        await bot.works()
        assert "mail" not in (await bot.health())[1]
        assert "bot_letters" not in await bot.page()


async def test_a_mail_server_that_takes_nothing_is_told_after_a_quarter_of_an_hour(town: Town, watch: Watch) -> None:
    town.turn_mail_on()
    town.mail.away = True
    async with watch() as bot:
        async with bot.app.database.write() as db:
            await town.queue(db, [LETTER])
        for _ in range(4):  # minutes 0, 1, 3 and 7
            await works(bot)
            assert (await bot.health())[1]["mail"]["ok"]
            town.clock.advance(timedelta(minutes=4))
        await works(bot)
        status, parts = await bot.health()
        assert (status, parts["mail"]["why"]) == (503, "the mail server takes no letters")
        town.mail.away = False
        town.clock.advance(timedelta(minutes=30))
        await works(bot)
        status, parts = await bot.health()
        assert (status, parts["mail"]) == (200, {"ok": True, "late_by": 0.0, "why": None})
        counted = await bot.metrics()
        assert counted['bot_letters_total{verdict="Sent"}'] == 1
        assert counted['bot_letters_total{verdict="Later"}'] == 4
        assert "planted" not in await bot.page()
    town.mailbox(MAIL.to).reads_rest()


async def test_a_failure_that_nobody_waits_for_any_more_is_forgotten(town: Town, watch: Watch) -> None:
    town.turn_mail_on()
    town.mail.away = True
    async with watch() as bot:
        async with bot.app.database.write() as db:
            await town.queue(db, [LETTER])
        await works(bot)
        town.clock.advance(GIVEN_UP_AFTER)
        await works(bot)
        town.clock.advance(timedelta(hours=3))
        await works(bot)
        assert (await bot.health())[1]["mail"]["ok"]


async def test_a_letter_that_waits_is_told_by_its_age(town: Town, watch: Watch) -> None:
    town.turn_mail_on()
    async with watch() as bot:
        async with bot.app.database.write() as db:
            await town.queue(db, [LETTER])
        town.clock.advance(timedelta(minutes=5))
        await bot.works()
        assert (await bot.metrics())['bot_oldest_message_seconds{priority="mail"}'] == 300
        await works(bot)
        assert (await bot.metrics())['bot_oldest_message_seconds{priority="mail"}'] == 0
    town.mailbox(MAIL.to).reads_rest()
