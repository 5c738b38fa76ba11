"""A network is asked for its opinion: written, answered, reminded of, closed, and collected as a table."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from bot.demo.emulator.model import Message
from bot.networks.actions_opinions import GiveAnswer, ShowOpinion
from bot.people import belongings
from bot.roles import Role
from tests.chats.networks_talk import OGRE, B, S, asked, dace_leads, network_of
from tests.town.town import Town

QUESTION = "Vai pašvaldībai vajag jaunatnes lietu plānu?"


def cells(message: Message) -> list[list[object]]:
    """What stands in the table that came with it."""
    assert message.attachment is not None
    sheet = load_workbook(BytesIO(message.attachment.content)).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.mark.feature("S3.8")
async def test_a_question_is_written_given_a_deadline_and_reaches_every_member_once(town: Town) -> None:
    dace = await dace_leads(town)
    marta = await town.staff("marta", Role.MENTOR, OGRE)
    await network_of(town, "dace", "marta")
    await dace.says("/network")
    await dace.taps_label("Darba grupa")
    await dace.taps(f"{B}.opinions")
    await dace.taps(f"{B}.ask")
    await dace.says(QUESTION)
    dace.sees(f"{S}.ask_deadline")
    await dace.says("kaut kad")
    dace.sees(f"{S}.deadline_unclear")
    await dace.says("6.3.")
    assert "1 dalībnieks" in dace.sees(f"{S}.opinion_ready").text  # whoever asks is not asked
    await dace.taps(f"{B}.send")
    dace.sees(f"{S}.opinion")
    dace.sees_nothing()
    assert QUESTION in marta.sees(f"{S}.push.asked").text
    await town.tick()
    marta.sees_nothing()
    (row,) = await town.rows("SELECT state, next_at < deadline AS reminds FROM opinion_requests")
    assert (row.state, row.reminds) == ("open", 1)


@pytest.mark.feature("S3.8", "X42")
async def test_an_answer_is_changed_collected_and_is_never_a_formula(town: Town) -> None:
    dace = await dace_leads(town)
    marta = await town.staff("marta", Role.MENTOR, OGRE)
    liene = await town.staff("liene", Role.LEAD, OGRE)
    number = await asked(town, await network_of(town, "dace", "marta", "liene"), "dace", QUESTION)
    marta.reads_rest()
    liene.reads_rest()
    await marta.taps(f"{B}.answer")
    asked_of_her = marta.sees(f"{S}.your_answer").text
    assert f"Marta, {marta.words('directory.any.place.lv_067')}" in asked_of_her
    assert marta.words("networks.any.seen_by.country") in asked_of_her
    assert "5. marts" in asked_of_her
    await marta.says("Nezinu")
    marta.sees(f"{S}.answer_kept")
    await marta.taps(f"{B}.answer_again")
    assert "Nezinu" in marta.sees(f"{S}.your_answer").text
    await marta.says('=HYPERLINK("http://x";"Jā")')
    marta.reads_rest()
    dace.reads_rest()
    await dace.forges(ShowOpinion(number).pack())
    page = dace.sees(f"{S}.opinion").text
    assert "Liene" in page
    assert "Marta" not in page
    await dace.taps(f"{B}.sheet")
    rows = cells(dace.sees(f"{S}.sheet_ready"))
    (answer,) = [row for row in rows if row[0] == "Marta"]
    assert answer[5] == '=HYPERLINK("http://x";"Jā")'
    assert dace.words("directory.any.place.lv_067") == answer[1]
    assert [dace.words("networks.any.sheet.silent")] == [row[0] for row in rows[4:6] if row[0]]
    assert rows[-1][0] == "Liene"


@pytest.mark.feature("S3.8")
async def test_only_the_silent_are_reminded_and_at_the_deadline_the_leader_gets_the_table(town: Town) -> None:
    dace = await dace_leads(town)
    marta = await town.staff("marta", Role.MENTOR, OGRE)
    liene = await town.staff("liene", Role.LEAD, OGRE)
    number = await asked(town, await network_of(town, "dace", "marta", "liene"), "dace", QUESTION)
    for one in (dace, marta, liene):
        one.reads_rest()
    await marta.forges(GiveAnswer(number).pack())
    await marta.says("Jā, vajag.")
    marta.reads_rest()
    await town.move_to(town.clock.now() + timedelta(days=2, hours=1))  # Wednesday; due on Thursday
    liene.sees(f"{S}.push.reminded")
    dace.sees_nothing()
    marta.reads_rest()
    await town.tick()
    liene.reads_rest()
    reminded = await town.rows("SELECT person_id FROM outbox WHERE once LIKE 'opinion:%:reminded:%'")
    assert len(reminded) == 1
    await town.move_to(town.clock.now() + timedelta(days=1, hours=8))
    dace.sees(f"{S}.opinion_closed")
    rows = cells(dace.sees(f"{S}.sheet_ready"))
    assert "Jā, vajag." in [row[5] for row in rows]
    marta.reads_rest()
    liene.reads_rest()
    dace.reads_rest()
    await liene.forges(GiveAnswer(number).pack())
    liene.sees(f"{S}.answers_over")
    assert [row.state for row in await town.rows("SELECT state FROM opinion_requests")] == ["closed"]


@pytest.mark.feature("S3.8")
async def test_with_whoever_is_erased_their_answer_and_their_votes_are_gone(town: Town) -> None:
    dace = await dace_leads(town)
    marta = await town.staff("marta", Role.MENTOR, OGRE)
    number = await asked(town, await network_of(town, "dace", "marta"), "dace", QUESTION)
    await marta.forges(GiveAnswer(number).pack())
    await marta.says("Neprasiet man.")
    person = (await town.person("marta")).id
    async with town.open_database() as database, database.write() as db:
        await belongings.erase(db, person, town.clock.now())
    assert await town.rows("SELECT id FROM opinion_answers") == []
    marta.reads_rest()
    dace.reads_rest()
    await dace.forges(ShowOpinion(number).pack())
    assert dace.words("networks.staff.answers_count", count=0) in dace.sees(f"{S}.opinion").text


async def test_somebody_outside_the_network_can_neither_read_nor_answer(town: Town) -> None:
    await dace_leads(town)
    marta = await town.staff("marta", Role.MENTOR, OGRE)
    kaspars = await town.staff("kaspars", Role.COORDINATOR, OGRE)
    number = await asked(town, await network_of(town, "dace"), "dace", QUESTION)
    await marta.forges(GiveAnswer(number).pack())
    marta.sees("people.staff.not_available")
    await kaspars.forges(ShowOpinion(number).pack())
    kaspars.sees("people.staff.not_available")
    town.people["dace"].reads_rest()
