"""Letters that come back: a report that names a letter by a Message-ID that we signed is believed, no other is."""

import logging
import os
from email.message import EmailMessage
from email.policy import SMTP
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bouncing import BRING_IT_LATER, DONE, take
from bot.delivery import outbox
from bot.mail.bounces import LONGEST, Fate, read
from bot.turn import NOBODY, Mail, Message, Priority
from bot.words import Language, phrase
from tests.faults.process import ROOT, run_command
from tests.town.mailbox import report_on
from tests.town.town import Town

pytestmark = pytest.mark.feature("O3", "X13")

ADDRESS = "desk@partner.example"
POSTFIX = (Path(__file__).parent / "postfix.eml").read_bytes()
EXCHANGE = (Path(__file__).parent / "exchange.eml").read_bytes()


async def write(town: Town, occasion: str = "referral:999:mail:1") -> Mail:
    """A letter for something that no capability knows: whatever hears of its loss has nothing to do."""
    words = phrase("people.any.button.menu")
    mail = Mail(ADDRESS, Language.LV, words, words, occasion)
    async with town.open_database() as database, database.write() as db:
        letter = Message(NOBODY, mail.body, priority=Priority.MAIL, at_night=True, once=mail.once, mail=mail)
        await outbox.add(db, [letter], town.clock.now())
    await town.settle()
    return mail


@pytest.fixture
async def posted(town: Town) -> Town:
    """The town with one letter delivered."""
    town.turn_mail_on()
    await write(town)
    town.mailbox(ADDRESS).sees("people.any.button.menu")
    return town


async def bounce(town: Town, message: bytes, **settings: str) -> int:
    """A mail server hands over what came to the address of the letters; the exit code."""
    await town.database.close()
    return await take(town.settings.model_copy(update=settings), BytesIO(message), town.clock.now())


async def state(town: Town) -> str:
    ((found,),) = await town.rows("SELECT state FROM outbox WHERE priority = 3")
    return str(found)


async def test_a_letter_that_failed_is_lost_once_however_often_it_is_reported(
    posted: Town, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot.bouncing")
    (letter,) = posted.mailbox(ADDRESS).letters
    for _ in range(2):
        assert await bounce(posted, report_on(letter)) == DONE
        assert await state(posted) == "unreachable"
    told = [vars(record) for record in caplog.records if record.name == "bot.bouncing"]
    assert [(one["action"], one["outbox"]) for one in told] == [("letter_failed", 1)] * 2
    assert ADDRESS not in str(told)


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
async def test_a_letter_that_is_only_late_is_not_lost(posted: Town, action: str) -> None:
    (letter,) = posted.mailbox(ADDRESS).letters
    assert await bounce(posted, report_on(letter, action)) == DONE
    assert await state(posted) == "sent"


async def test_a_forged_or_guessed_report_changes_nothing(posted: Town) -> None:
    (letter,) = posted.mailbox(ADDRESS).letters
    genuine = report_on(letter)
    mark = letter.message_id.split(".")[2].partition("@")[0].encode()
    for forged in (
        genuine.replace(mark, b"0" * 40),
        genuine.replace(b"letter.1.", b"letter.2."),
        genuine.replace(mark, b""),
    ):
        assert forged != genuine
        assert await bounce(posted, forged) == DONE
        assert await state(posted) == "sent"


async def test_whatever_else_comes_to_that_address_is_taken_and_dropped(posted: Town) -> None:
    answer = b"From: desk@partner.example\r\nSubject: Out of office\r\n\r\nI am away.\r\n"
    for message in (answer, b"", b"\xff\xfe\x00" * 400_000, report_on(posted.mailbox(ADDRESS).letters[0])[:300]):
        assert await bounce(posted, message) == DONE
    assert await state(posted) == "sent"


async def test_while_there_is_no_database_the_mail_server_is_to_keep_the_report(posted: Town, tmp_path: Path) -> None:
    (letter,) = posted.mailbox(ADDRESS).letters
    nowhere = f"sqlite+aiosqlite:///{tmp_path / 'nowhere' / 'bot.db'}"
    assert await bounce(posted, report_on(letter), database_url=nowhere) == BRING_IT_LATER
    await posted.database.close()
    posted.database_file.write_bytes(b"no database" * 1000)
    assert await bounce(posted, report_on(letter)) == BRING_IT_LATER


@pytest.mark.slow
async def test_the_command_takes_a_report_on_its_standard_input(posted: Town) -> None:
    (letter,) = posted.mailbox(ADDRESS).letters
    await posted.database.close()
    where = {"BOT_DATABASE_URL": posted.settings.database_url}
    assert (await run_command("bounce", given=report_on(letter), BOT_TIMEZONE="Rīga", **where))[0] == os.EX_TEMPFAIL
    assert await state(posted) == "sent"
    await posted.database.close()
    code, out, errors = await run_command("bounce", given=report_on(letter), **where)
    assert (code, out, await state(posted)) == (os.EX_OK, "", "unreachable")
    assert "letter_failed" in errors


async def test_a_report_that_is_quicker_than_the_answer_to_the_letter_counts(posted: Town) -> None:
    """The line was cut after the letter was taken: it would go again, and there is no need to."""
    async with posted.open_database() as database, database.write() as db:
        await db.exec_driver_sql(
            "UPDATE outbox SET state = 'waiting', mail_to = 'desk@partner.example' WHERE priority = 3"
        )
    await posted.mailbox(ADDRESS).bounces(posted.mailbox(ADDRESS).letters[0])
    posted.mailbox(ADDRESS).sees_nothing()
    assert await state(posted) == "unreachable"


@pytest.mark.parametrize("report", [POSTFIX, EXCHANGE], ids=["with its headers alone", "with the whole letter"])
def test_reports_as_mail_servers_write_them_are_read(report: bytes) -> None:
    found = read(report)
    assert found is not None
    assert (found.mark.row, found.mark.signature, found.fate) == (42, "0123456789abcdef" * 2 + "01234567", Fate.FAILED)


def test_of_two_recipients_of_which_one_failed_the_letter_failed() -> None:
    both = POSTFIX.replace(
        b"Final-Recipient:", b"Final-Recipient: rfc822; list@x\r\nAction: expanded\r\n\r\nFinal-Recipient:", 1
    )
    found = read(both)
    assert found is not None
    assert found.fate is Fate.FAILED


@given(st.binary(max_size=2000))
def test_no_bytes_make_it_fall_over(junk: bytes) -> None:
    assert read(junk) is None
    for place in (junk, b"Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\n" + junk):
        read(place)


@given(st.integers(0, len(POSTFIX) - 1), st.binary(max_size=8))
def test_a_damaged_report_is_read_or_not_but_breaks_nothing(at: int, junk: bytes) -> None:
    read(POSTFIX[:at] + junk + POSTFIX[at + len(junk) :])
    read(POSTFIX[:at])


def test_a_report_nested_without_end_is_no_report() -> None:
    nested = EmailMessage(policy=SMTP)
    nested.set_content("x")
    for _ in range(60):
        outer = EmailMessage(policy=SMTP)
        outer.make_mixed()
        outer.attach(nested)
        nested = outer
    raw = b"Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\n" + nested.as_bytes() + b"\r\n--b--"
    assert read(raw) is None
    assert read(b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" * 5000) is None
    assert read(b"x" * (2 * LONGEST)) is None


def test_the_readme_names_the_command_for_the_alias() -> None:
    assert "python -m bot bounce" in (ROOT / "README.md").read_text("utf-8")
