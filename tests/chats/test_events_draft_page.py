"""The page of a draft says what goes along with the invitation, and every page beside it has a way back."""

import pytest
from sqlalchemy import update

from bot.events.event import State
from bot.events.files import store_files, store_organisers
from bot.events.files.actions_files import Purpose, ShowFiles, ShowOrganisers
from bot.events.from_file.actions_import import ImportFile, ShowDrafts
from bot.events.going_out.actions_sending import Open
from bot.events.questions.actions_questions import ShowFaq, ShowQuestions
from bot.events.sessions.actions_series import EditSessions, ShowCycles
from bot.events.writing.actions_writing import Ask, ChooseKind, Write
from bot.events.writing.drafts import Step
from bot.roles import Role
from bot.storage.tables import events
from tests.chats.events_sent import is_out
from tests.chats.events_talk import OGRE, drafted
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town


@pytest.fixture
async def kaspars(town: Town) -> Inhabitant:
    """The coordinator of Ogre."""
    return await town.staff("kaspars", Role.COORDINATOR, OGRE)


@pytest.mark.feature("I1")
async def test_the_page_of_a_draft_names_who_holds_it_and_what_goes_along(town: Town, kaspars: Inhabitant) -> None:
    event = await drafted(town, "kaspars")
    async with town.open_database() as database, database.write() as db:
        await store_organisers.add(db, event, "Ogres jauniešu dome")
        await store_files.add_file(db, event, Purpose.WITH, "f", "karte.pdf", "Karte", town.clock.now())
        await store_files.add_file(db, event, Purpose.AFTER, "g", "slaidi.pdf", "Slaidi", town.clock.now())
    await kaspars.forges(EditSessions(event).pack())
    await kaspars.says("Ogre; Jauniešu centrs; 12.3. 10:00; 30\nOgre; Bibliotēka; 13.3. 10:00; 30")
    kaspars.sees("events.staff.sessions")
    await kaspars.taps("events.any.button.back")

    page = kaspars.sees("events.staff.draft").text
    assert "Ogres jauniešu dome" in page
    assert kaspars.words("events.staff.draft_sessions", count=2) in page
    assert "Karte" in page
    assert "Slaidi" not in page


async def test_a_draft_with_nothing_along_says_nothing_of_it(town: Town, kaspars: Inhabitant) -> None:
    await kaspars.forges(Ask(await drafted(town, "kaspars"), Step.PAGE).pack())
    page = kaspars.sees("events.staff.draft").text
    assert kaspars.words("events.staff.draft_files", files="") not in page


async def test_files_organisers_and_sessions_lead_back_to_the_draft(town: Town, kaspars: Inhabitant) -> None:
    event = await drafted(town, "kaspars")
    for opening in (ShowFiles(event, Purpose.WITH), ShowOrganisers(event), EditSessions(event)):
        await kaspars.forges(opening.pack())
        kaspars.reads_rest()
        await kaspars.taps("events.any.button.back")
        kaspars.sees("events.staff.draft")


async def test_what_is_begun_beside_a_draft_leads_back_to_the_events(town: Town, kaspars: Inhabitant) -> None:
    await drafted(town, "kaspars")
    for opening in (ChooseKind(None), Write(), ShowDrafts(), ImportFile(), ShowCycles()):
        await kaspars.forges(opening.pack())
        kaspars.reads_rest()
        await kaspars.taps("events.staff.button.events")
        kaspars.sees("events.staff.no_events")


async def test_answers_shared_before_lead_back_to_the_questions_they_were_opened_from(
    town: Town, kaspars: Inhabitant
) -> None:
    event = await is_out(town)
    await kaspars.forges(ShowQuestions(event).pack())
    await kaspars.taps("events.staff.button.faq")
    kaspars.sees("events.staff.faq_none")
    await kaspars.taps("events.any.button.back")
    kaspars.sees("events.staff.questions_none")
    await kaspars.forges(ShowFaq(0, 999).pack())
    kaspars.sees("people.staff.not_available")


async def test_a_session_leads_to_all_the_others(town: Town, kaspars: Inhabitant) -> None:
    event = await drafted(town, "kaspars")
    await kaspars.forges(EditSessions(event).pack())
    await kaspars.says("Ogre; Jauniešu centrs; 12.3. 10:00; 30\nOgre; Bibliotēka; 13.3. 10:00; 30")
    async with town.open_database() as database, database.write() as db:
        await db.execute(update(events).values(state=State.SENT.value))
    kaspars.reads_rest()
    await kaspars.forges(Open(event).pack())
    kaspars.sees("events.staff.event")
    await kaspars.taps("events.staff.button.series")
    kaspars.sees("events.staff.series")
