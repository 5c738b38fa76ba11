"""Letters in the whole bot: dropped with whom they speak of, tried by `doctor`; and none is lost when it is killed."""

import random
import shutil
import signal
from collections import Counter
from pathlib import Path

import pytest

from bot.delivery import outbox
from bot.doctor import _mail
from bot.mail.post import AT_A_TIME
from bot.settings import Settings
from bot.storage.database import Database
from bot.turn import NOBODY, Mail, Message, Priority
from bot.words import Language, phrase
from tests.faults.process import BotProcess, served_telegram, until
from tests.faults.test_webhook import free_port
from tests.mail.servers import Mailserver, serving
from tests.town.town import Town

WORDS = phrase("people.any.button.menu")


def letter(to: str, number: int = 1, about: int | None = None) -> Message:
    mail = Mail(to, Language.LV, WORDS, WORDS, f"letter:{number}", about)
    return Message(NOBODY, WORDS, priority=Priority.MAIL, about=about, at_night=True, once=mail.once, mail=mail)


@pytest.mark.feature("O3")
async def test_a_letter_of_somebody_who_erased_themselves_is_never_sent(town: Town) -> None:
    town.turn_mail_on()
    town.mail.away = True
    anna = await town.youth("anna")
    number = (await town.person("anna")).id
    async with town.open_database() as database, database.write() as db:
        await town.queue(db, [letter("desk@partner.example", 1, number), letter("other@partner.example", 2)])
    await town.tick()
    await anna.says("/forget")
    await anna.taps("people.any.button.forget_sure")
    anna.reads_rest()
    town.mail.away = False
    await town.move_to(town.later(hours=2))
    town.mailbox("desk@partner.example").sees_nothing()
    town.mailbox("other@partner.example").sees("people.any.button.menu")


@pytest.mark.feature("O3")
async def test_without_mail_a_letter_waits_and_the_bot_does_the_rest(town: Town) -> None:
    async with town.open_database() as database, database.write() as db:
        await town.queue(db, [letter("desk@partner.example")])
    anna = await town.youth("anna")
    await anna.says("/language")
    anna.reads_rest()
    assert [row.state for row in await town.rows("SELECT state FROM outbox WHERE priority = 3")] == ["waiting"]


def settings(port: int) -> Settings:
    return Settings(
        smtp_url=f"smtp://127.0.0.1:{port}?starttls=no",
        mail_from="partneri@bot.example",
        public_url="https://bot.example",
        http_bind="127.0.0.1:8080",
    )


@pytest.mark.feature("N4", "O3")
async def test_doctor_says_whether_letters_could_be_sent_and_sends_none() -> None:
    taking = Mailserver()
    assert "cannot be written to" in (await _mail(Settings())).sentence
    async with serving(taking) as port:
        assert (await _mail(settings(port))).sentence == "The mail server lets us in."
        encrypted = settings(port).model_copy(update={"smtp_url": f"smtp://127.0.0.1:{port}"})
        found = await _mail(encrypted)
        assert (found.good, found.grave) == (False, True)
    assert (await _mail(settings(port))).grave is False
    assert taking.letters == []


@pytest.mark.slow
@pytest.mark.feature("X1", "X14")
async def test_kill_9_while_letters_go_loses_none_and_repeats_only_what_was_under_way(
    database_file: Path, tmp_path: Path
) -> None:
    letters, seed = 200, 20261122
    chance = random.Random(seed)
    taking = Mailserver()
    async with served_telegram() as served, serving(taking) as port:
        (tmp_path / "home").mkdir()
        found = settings(port)
        bot = BotProcess(
            served,
            tmp_path / "home",
            BOT_SMTP_URL=str(found.smtp_url),
            BOT_MAIL_FROM=str(found.mail_from),
            BOT_PUBLIC_URL=str(found.public_url),
            BOT_HTTP_BIND=f"127.0.0.1:{free_port()}",
        )
        shutil.copy(database_file, bot.database)
        database = Database(f"sqlite+aiosqlite:///{bot.database}")
        async with database.write() as db:
            queued = [letter(f"desk{one}@partner.example", one) for one in range(letters)]
            await outbox.add(db, queued, served.clock.now())
        await database.close()
        kills = 0
        while len(taking.ids) < letters:
            await bot.spawn()
            due = min(letters, len(taking.ids) + chance.randrange(5, 60))
            await until(lambda due=due: len(taking.ids) >= due, 60, "letters go")  # type: ignore[misc]
            await bot.send_signal(signal.SIGKILL)
            await bot.ended(10)
            kills += 1
        await bot.start()
        sent = "SELECT count(*) FROM outbox WHERE priority = 3 AND state = 'sent'"
        await until(lambda: bot.rows(sent) == [(letters,)], 60, "all are noted")
        assert await bot.stop() == 0
        assert "desk" not in bot.stderr
        bot.check_database()
    repeats = Counter(taking.ids.values())
    print(f"\nseed {seed}: {kills} kills among {letters} letters, {sum(taking.ids.values()) - letters} repeats")
    assert len(taking.ids) == letters
    assert sum(taking.ids.values()) - letters <= kills * AT_A_TIME
    assert max(repeats) <= 1 + kills
