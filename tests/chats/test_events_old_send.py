"""A button to send that was left in the chat: whatever became of the invitation since, a press shows how it stands."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import update

from bot.events.event import State
from bot.events.going_out.actions_sending import AskSend, Resume
from bot.events.writing import store_drafts
from bot.events.writing.actions_writing import Discard
from bot.roles import Role
from bot.storage.tables import events
from bot.words import Language
from tests.chats.events_sent import is_out
from tests.chats.events_talk import OGRE, agrees, drafted
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town


@pytest.fixture
async def kaspars(town: Town) -> Inhabitant:
    """The coordinator of Ogre."""
    return await town.staff("kaspars", Role.COORDINATOR, OGRE)


async def _asked(kaspars: Inhabitant, event: int) -> tuple[int, str]:
    """The number of the message that asks for the last press, and what its button carries."""
    await kaspars.forges(AskSend(event).pack())
    kaspars.sees("events.staff.send_ask")
    message, (_, data) = kaspars.find_button("events.staff.button.send_sure")
    return message.id, data


async def _becomes(town: Town, event: int, **changes: Any) -> None:
    async with town.open_database() as database, database.write() as db:
        draft = await store_drafts.draft(db, event)
        assert draft is not None
        await store_drafts.save(db, replace(draft, **changes))


@pytest.mark.feature("X43")
@pytest.mark.parametrize(
    "changes",
    [{"place": "Bibliotēka"}, {"titles": {Language.LV: "Cits vakars"}, "details": {Language.LV: "Cits."}}],
    ids=["place", "title"],
)
async def test_what_was_written_otherwise_is_shown_anew(
    town: Town, kaspars: Inhabitant, changes: Mapping[str, Any]
) -> None:
    await agrees(town, "anna")
    event = await drafted(town, "kaspars")
    old = await _asked(kaspars, event)
    await _becomes(town, event, **changes)
    await kaspars.taps_old(*old)
    kaspars.sees("events.staff.send_ask")
    assert await town.rows("select state from events") == [("draft",)]


async def test_what_was_thrown_away_is_said_to_be_and_leads_on(town: Town, kaspars: Inhabitant) -> None:
    await agrees(town, "anna")
    event = await drafted(town, "kaspars")
    old = await _asked(kaspars, event)
    await kaspars.forges(Discard(event, sure=True).pack())
    kaspars.sees("events.staff.discarded")
    await kaspars.taps_old(*old)
    kaspars.sees("events.staff.draft_gone")
    await kaspars.taps("events.staff.button.events")
    kaspars.sees("events.staff.no_events")


async def test_a_draft_somebody_else_threw_away_is_not_there(town: Town, kaspars: Inhabitant) -> None:
    await agrees(town, "anna")
    event = await drafted(town, "kaspars")
    _, data = await _asked(kaspars, event)
    await kaspars.forges(Discard(event, sure=True).pack())
    dace = await town.staff("dace", Role.COORDINATOR)
    await dace.forges(data)
    dace.sees("people.staff.not_available")
    kaspars.reads_rest()


async def test_what_was_sent_meanwhile_shows_its_page(town: Town, kaspars: Inhabitant) -> None:
    await agrees(town, "anna")
    event = await drafted(town, "kaspars")
    old = await _asked(kaspars, event)
    async with town.open_database() as database, database.write() as db:
        await db.execute(update(events).values(state=State.SENT.value))
    await kaspars.taps_old(*old)
    kaspars.sees("events.staff.event")


async def test_an_old_press_to_send_on_shows_how_many_are_left_now(town: Town, kaspars: Inhabitant) -> None:
    await agrees(town, "anna")
    event = await is_out(town, state=State.STOPPED)
    await kaspars.forges(Resume(event, 7, "00000000").pack())
    kaspars.sees("events.staff.resume_ask_again")
