"""Files people send: large, lying about their type, or not to be had. The bot fetches none that it did not ask for, and
never half of one."""

import sqlite3
from contextlib import closing

import pytest

from bot.demo.emulator.phone import Phone
from tests.faults.counts import full
from tests.faults.process import BotProcess, ServedTelegram, until
from tests.faults.vitals import memory_mb

FILES = full(5, 50)
FIFTY_MB = b"x" * 50_000_000
"""One content for all: what is measured is the bot's memory, not the emulator's."""


@pytest.mark.slow
@pytest.mark.feature("X27")
async def test_files_of_every_kind_are_answered_kindly_and_never_fetched(
    served: ServedTelegram, bot: BotProcess
) -> None:
    telegram = served.telegram
    anna = telegram.phone(2000, "Anna", language_code="lv")
    await bot.start()
    await _answered(anna, "/start")
    await _answered(anna, "Labdien, te būs mani faili")  # what listens for danger is read with the first words
    before = memory_mb(bot.pid)
    highest = before
    telegram.faults.truncate(times=1_000)
    for number in range(FILES):
        sent = len(anna.messages)
        match number % 5:
            case 0:
                await anna.send_document("all-of-it.zip", FIFTY_MB, mime_type="application/zip")
            case 1:
                await anna.send_document("cv.pdf", b"MZ\x90 no pdf at all", mime_type="application/pdf")
            case 2:
                await anna.send_document("../../bot.db", FIFTY_MB, mime_type="image/png", caption="=cmd|' /C calc'!A0")
            case 3:
                await anna.send_photo(b"<svg onload=alert(1)>", caption="/forget")
            case _:
                await anna.send_voice(FIFTY_MB)
        await until(lambda sent=sent: len(anna.messages) >= sent + 2, 10, "the file is answered")
        highest = max(highest, memory_mb(bot.pid))
    print(f"{FILES} files: {highest - before:.1f} MB more at most, of {before:.0f} MB")
    assert highest - before <= 20
    assert telegram.ledger.counts["getFile"] == 0
    assert telegram.faults.truncated_downloads == 1_000
    await until(lambda: telegram.updates_waiting == 0, 10, "everything is confirmed")
    assert await bot.stop() == 0
    assert bot.database.stat().st_size < 2_000_000
    assert bot.rows("SELECT count(*) FROM people") == [(1,)]
    assert not telegram.problems
    assert not telegram.unanswered()
    assert "Traceback" not in bot.stderr
    bot.check_database()


@pytest.mark.slow
@pytest.mark.feature("X27")
async def test_a_file_that_was_asked_for_is_fetched_whole(served: ServedTelegram, bot: BotProcess) -> None:
    telegram = served.telegram
    kaspars = telegram.phone(2001, "Kaspars", language_code="en")
    await bot.start()
    await _answered(kaspars, "/start")
    with closing(sqlite3.connect(bot.database)) as live, live:
        live.execute("INSERT INTO grants (person_id, role, granted_at) VALUES (1, 'coordinator', 0)")
    await _answered(kaspars, "/exchange")
    await kaspars.tap("Send a file")
    await until(lambda: "Up to 5 MB" in kaspars.messages[-1].text, 10, "a file is asked for")
    telegram.faults.truncate(times=1)
    whole = "id,name,municipality\ncentre,Centre,LV-067\n"
    await kaspars.send_document("organizations.csv", whole.encode(), mime_type="text/csv")
    await until(lambda: "expected: one of: partner_kind" in kaspars.messages[-1].text, 60, "the whole file is read")
    assert telegram.ledger.counts["getFile"] == 2
    assert telegram.faults.truncated_downloads == 0
    assert bot.rows("SELECT count(*) FROM organizations") == [(0,)]
    assert bot.rows("SELECT count(*) FROM received_files") == [(0,)]
    assert await bot.stop() == 0
    bot.check_database()


async def _answered(phone: Phone, line: str) -> None:
    sent = len(phone.messages)
    await phone.send(line)
    await until(lambda: len(phone.messages) >= sent + 2, 10, f"{line} is answered")
