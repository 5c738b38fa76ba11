"""Afterwards: one question to those who came and only to them, and what the organiser sees of the answers."""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import update

from bot.events.after import actions_after as after
from bot.events.after.ratings import Rating
from bot.events.event import Reply, State
from bot.roles import Role
from bot.storage.tables import invitations
from tests.chats.events_held import STARTS, came, held, invited
from tests.chats.events_talk import DAY, OGRE, agrees, at, sends, writes
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town

MORNING = at(DAY + timedelta(days=1), 11)


@pytest.fixture
async def kaspars(town: Town) -> Inhabitant:
    """The coordinator of Ogre."""
    return await town.staff("kaspars", Role.COORDINATOR, OGRE)


@pytest.mark.feature("I12", "S4.6")
async def test_those_who_came_are_asked_once_and_nobody_else(town: Town) -> None:
    anna, danylo, emma = await agrees(town, "anna"), await agrees(town, "danylo"), await agrees(town, "emma")
    event = await held(town, ask_at=MORNING)
    for name, reply in (("anna", Reply.YES), ("danylo", Reply.YES), ("emma", Reply.NO)):
        await invited(town, event, name, reply)
    await came(town, event, "anna")
    await town.move_to(MORNING - timedelta(minutes=1))
    anna.sees_nothing()
    await town.move_to(MORNING)
    anna.sees("events.youth.how_was_it")
    assert anna.words("events.any.button.rate_absent") not in anna.buttons
    danylo.sees_nothing()
    emma.sees_nothing()
    await anna.taps("events.any.button.rate_spark")
    anna.sees("events.youth.rated")
    await anna.taps("events.any.button.rate_growth")
    anna.sees("events.youth.rated")
    assert [row.rating for row in await town.rows("SELECT rating FROM invitations WHERE rating IS NOT NULL")] == [
        "growth"
    ]
    await danylo.forges(after.Rate(event, Rating.SPARK).pack())
    danylo.sees("people.youth.not_available")
    await town.move_to(MORNING + timedelta(hours=1))
    anna.sees_nothing()


@pytest.mark.feature("I12")
async def test_where_nobody_noted_who_came_those_who_said_yes_can_say_that_they_were_not_there(town: Town) -> None:
    danylo, emma = await agrees(town, "danylo"), await agrees(town, "emma")
    event = await held(town, ask_at=MORNING)
    await invited(town, event, "danylo")
    await invited(town, event, "emma", Reply.MAYBE)
    await town.move_to(MORNING)
    danylo.sees("events.youth.how_was_it")
    assert danylo.buttons[0] == danylo.words("events.any.button.rate_absent")
    await danylo.taps("events.any.button.rate_absent")
    danylo.sees("events.youth.not_there_thanks")
    emma.sees_nothing()


async def test_nobody_is_asked_after_a_cancelled_event_without_consent_or_a_week_late(town: Town) -> None:
    anna = await agrees(town, "anna")
    danylo = await town.youth("danylo")
    cancelled = await held(town, state=State.CANCELLED.value, ask_at=MORNING)
    late = await held(town, ask_at=MORNING - timedelta(days=8))
    other = await held(town, ask_at=MORNING)
    for event in (cancelled, late):
        await invited(town, event, "anna")
        await came(town, event, "anna")
    await invited(town, other, "danylo", via="door")
    await came(town, other, "danylo")
    await town.move_to(MORNING)
    anna.sees_nothing()
    danylo.sees_nothing()
    assert [row.id for row in await town.rows("SELECT id FROM events WHERE ask_at IS NOT NULL")] == [cancelled]


@pytest.mark.slow
async def test_an_answer_can_be_changed_for_a_week(town: Town) -> None:
    anna = await agrees(town, "anna")
    event = await held(town)
    await invited(town, event, "anna")
    await came(town, event, "anna")
    await town.move_to(STARTS + timedelta(days=6))
    await anna.forges(after.Rate(event, Rating.SPARK).pack())
    anna.sees("events.youth.rated")
    await town.move_to(STARTS + timedelta(days=8))
    await anna.forges(after.Rate(event, Rating.GROWTH).pack())
    anna.sees("events.youth.rating_closed")


@pytest.mark.feature("I12", "S4.6")
async def test_the_organiser_sees_ranges_and_a_picture_and_nothing_of_too_few(town: Town, kaspars: Inhabitant) -> None:
    event = await held(town, "kaspars")
    names = [f"guest{number}" for number in range(6)]
    for name in names:
        await town.staff(name, Role.MENTOR, OGRE)
        await invited(town, event, name, audience_group="mentors")
        await came(town, event, name)
    await town.move_to(MORNING)
    await kaspars.forges(after.ShowResults(event).pack())
    page = kaspars.sees("events.staff.results").text
    assert kaspars.words("events.staff.results_too_few", few=5) in page
    async with town.open_database() as database, database.write() as db:
        await db.execute(update(invitations).values(rating=Rating.SPARK.value))
    await kaspars.forges(after.ShowResults(event).pack())
    page = kaspars.sees("events.staff.results").text
    assert "5–9" in page
    assert kaspars.words("events.staff.count_few", few=5) in page
    await kaspars.taps("events.staff.button.draw_results")
    kaspars.sees("events.staff.results_drawn")
    drawn = kaspars.sees("events.staff.present_and_missing")
    assert drawn.attachment is not None
    picture = Image.open(BytesIO(drawn.attachment.content))
    assert picture.width == 1000
    kaspars.reads_rest()
    for name in names:
        town.people[name].reads_rest()


async def test_an_invitation_that_went_out_has_its_door_and_knows_when_to_ask(town: Town, kaspars: Inhabitant) -> None:
    anna = await agrees(town, "anna")
    await writes(kaspars)
    await sends(kaspars)
    anna.reads_rest()
    (row,) = await town.rows("SELECT ask_at FROM events WHERE state = 'sent'")
    assert row.ask_at == MORNING.timestamp() * 1_000_000
    await anna.taps("events.any.button.yes")
    anna.reads_rest()
    await anna.taps("events.youth.button.ticket")
    anna.sees("events.youth.ticket")
    await kaspars.says("/events")
    await kaspars.taps_label("Picas vakars")
    kaspars.reads_rest()
    await kaspars.taps("events.staff.button.door")
    kaspars.sees("events.staff.door")
