"""One referral by chat and one by letter, as each side sees it, in each language."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.referrals.referral import Line, Said
from bot.roles import Role
from bot.words import Language
from tests.chats.referrals_talk import all_read, case_of, riga
from tests.chats.test_referrals_offers import DESK, listed
from tests.town.inhabitant import Inhabitant
from tests.town.sooner import sooner
from tests.town.town import Town
from tests.web.desk import path_in, state
from tests.web.visitor import Visitor

S, Y = "referrals.staff", "referrals.youth"
YOUTH = {Language.LV: "anna", Language.UK: "danylo", Language.EN: "emma"}
NOTE = {
    Language.LV: "Labprāt pēcpusdienās, var arī tiešsaistē.",
    Language.UK: "Краще після обіду, можна й онлайн.",
    Language.EN: "Afternoons are best, online is fine too.",
}
CLUB = {Language.LV: "Fotoklubs", Language.UK: "Фотоклуб", Language.EN: "Photo club"}


async def guided(town: Town, language: Language) -> tuple[Inhabitant, Inhabitant]:
    """A young person and their mentor, who read the same language."""
    young = await town.youth(YOUTH[language], language)
    marta = await town.staff("marta", Role.MENTOR, language=language)
    await case_of(town, YOUTH[language], "marta")
    return young, marta


async def asks(marta: Inhabitant, kind: str, offer: str, note: str) -> None:
    await marta.says("/refer")
    await marta.taps(f"{S}.button.code_name")
    await marta.taps(f"{S}.button.kind_{kind}")
    await marta.taps(f"{S}.button.{offer}")
    await marta.says(note)
    marta.sees(f"{S}.asked")


async def agrees(young: Inhabitant) -> None:
    """They look at it in the receiver's language too, take a line out, and say yes."""
    young.sees(f"{Y}.ask")
    await young.taps(f"{Y}.button.preview")
    await young.taps_label(young.words(f"{Y}.line_name.{Line.PLACE.value}"))
    await young.taps(f"{Y}.button.agree")
    young.reads_rest()


@pytest.mark.feature("H3", "H4", "H5", "H7", "H9", "H10", "H11", "O1", "O2", "M1")
@pytest.mark.parametrize("language", sooner(Language.LV, Language))
async def test_a_referral_by_chat(town: Town, language: Language, tell_story: Callable[[str, str], None]) -> None:
    young, marta = await guided(town, language)
    ilze = await town.staff("ilze", Role.SPECIALIST, speciality="psychologist", language=language)
    town.transcript.lines.clear()

    town.transcript.heading("Asked, and a line taken out")
    await asks(marta, "psychologist", "offer", NOTE[language])
    await agrees(young)

    town.transcript.heading("Opened, and times offered")
    ilze.sees(f"{S}.receiver_told.agreed")
    await ilze.taps(f"{S}.button.open")
    await ilze.taps(f"{S}.button.accept")
    await ilze.taps(f"{S}.button.time_out")
    await ilze.taps(f"{S}.button.send_times")
    await young.taps(f"{Y}.button.time")
    all_read(young, marta, ilze)

    town.transcript.heading("The day before, and the hours before")
    await town.move_to(riga(town, 3, 3, "10:05"))
    await town.move_to(riga(town, 3, 4, "09:05"))
    all_read(young, marta, ilze)

    town.transcript.heading("What happened")
    await town.move_to(riga(town, 3, 4, "12:10"))
    await ilze.taps(f"{S}.button.said_helped")
    await ilze.taps(f"{S}.button.last")
    await young.taps(f"{Y}.button.said_helped")
    assert await state(town) == "completed"
    await young.says("/referrals")
    all_read(young, marta, ilze)
    tell_story(f"referral_by_chat.{language.value}", town.transcript.text())


@pytest.mark.feature("H8", "O3", "H4", "H9", "H10", "M1")
@pytest.mark.parametrize("language", sooner(Language.UK, Language))
async def test_a_referral_by_letter(town: Town, language: Language, tell_story: Callable[[str, str], None]) -> None:
    town.turn_mail_on()
    young, marta = await guided(town, language)
    mailbox = town.mailbox(DESK, language)
    await listed(town, kind="partner", name=CLUB[language], languages=[language.value], reads=language.value)
    town.transcript.lines.clear()

    town.transcript.heading("Asked, and a line taken out")
    await asks(marta, "partner", "offer_by_mail", NOTE[language])
    await agrees(young)

    town.transcript.heading("The letter, and the page behind its link")
    desk = Visitor(town, path_in(mailbox.sees(f"{S}.letter.body.requested")), language)
    await desk.follows_the_link()
    shows(town, desk)
    await desk.presses("button.open")
    shows(town, desk)
    await desk.presses("button.accept")
    shows(town, desk)
    await desk.presses("button.propose", date1="2026-03-05", time1="14:00")
    shows(town, desk)
    await young.taps(f"{Y}.button.time")
    all_read(young, marta)
    mailbox.reads_rest()

    town.transcript.heading("The day before, and the hours before")
    await town.move_to(riga(town, 3, 4, "10:05"))
    await town.move_to(riga(town, 3, 5, "12:05"))
    all_read(young, marta)
    mailbox.reads_rest()

    town.transcript.heading("What happened")
    await town.move_to(riga(town, 3, 5, "16:10"))
    desk = Visitor(town, path_in(mailbox.sees(f"{S}.letter.body.what_happened")), language)
    await desk.opens()
    shows(town, desk)
    await desk.presses("button.say", said=Said.HELPED.value)
    shows(town, desk)
    await young.taps(f"{Y}.button.said_helped")
    assert await state(town) == "completed"
    await town.move_to(town.clock.now() + timedelta(minutes=5))
    all_read(young, marta)
    mailbox.reads_rest()
    tell_story(f"referral_by_letter.{language.value}", town.transcript.text())


def shows(town: Town, desk: Visitor) -> None:
    town.transcript.page("desk", desk.lines)
