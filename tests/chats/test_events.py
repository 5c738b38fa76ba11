"""Young people and staff are invited: they answer, change their answer, and find what they were invited to."""

from datetime import timedelta

import pytest

from bot.people import store as people
from bot.people.rules import Purpose
from bot.roles import Role
from tests.chats.events_sent import is_invited, is_out
from tests.chats.events_talk import DAY, OGRE, agrees, at, facts_in, sends, writes
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town


@pytest.fixture
async def kaspars(town: Town) -> Inhabitant:
    """The coordinator of Ogre."""
    return await town.staff("kaspars", Role.COORDINATOR, OGRE)


@pytest.mark.feature("I6")
async def test_a_young_person_answers_changes_their_mind_and_the_coordinator_sees_the_numbers_move(
    town: Town, kaspars: Inhabitant
) -> None:
    anna, danylo = await agrees(town, "anna"), await agrees(town, "danylo")
    await writes(kaspars)
    await sends(kaspars)
    anna.reads_rest()
    danylo.reads_rest()
    await anna.taps("events.any.button.yes")
    anna.sees("events.youth.said_yes_reminded")
    await danylo.taps("events.any.button.maybe")
    danylo.sees("events.youth.said_maybe")
    await kaspars.taps("events.staff.button.open")
    page = facts_in(kaspars.sees("events.staff.event"), "events.staff.event", kaspars)
    assert [page[reply] for reply in ("yes", "maybe", "no", "silent")] == ["1", "1", "0", "0"]
    await anna.taps("events.any.button.no")
    anna.sees("events.youth.said_no")
    await kaspars.says("/events")
    line = facts_in(kaspars.sees("events.staff.events"), "events.staff.line", kaspars)
    assert [line[reply] for reply in ("invited", "yes", "maybe", "no")] == ["2", "0", "1", "1"]


async def test_the_same_answer_twice_changes_nothing(town: Town, kaspars: Inhabitant) -> None:
    anna = await agrees(town, "anna")
    event = await is_out(town)
    await is_invited(town, event, "anna")
    await anna.forges(f"events.answer:{event}:yes")
    anna.sees("events.youth.said_yes_reminded")
    before = await town.rows("select answer, answered_at from invitations")
    town.clock.move_to(town.clock.now() + timedelta(minutes=5))
    await anna.forges(f"events.answer:{event}:yes")
    anna.reads_rest()
    assert await town.rows("select answer, answered_at from invitations") == before
    assert len(await town.rows("select id from audit where action = 'event.answered'")) == 1


async def test_a_young_person_finds_their_invitations_with_their_answers(town: Town, kaspars: Inhabitant) -> None:
    anna = await agrees(town, "anna")
    await anna.forges("events.mine")
    anna.sees("events.youth.nothing_coming")
    event = await is_out(town)
    await is_invited(town, event, "anna")
    await anna.forges(f"events.answer:{event}:maybe")
    anna.reads_rest()
    await anna.says("/menu")
    await anna.taps("events.youth.button.mine")
    page = anna.sees("events.youth.coming").text
    assert "Picas vakars" in page
    assert anna.words("events.youth.line_maybe") in page
    await anna.taps_label("Picas vakars")
    anna.sees("events.youth.said_maybe")


async def test_an_answer_after_the_start_is_explained_kindly(town: Town, kaspars: Inhabitant) -> None:
    anna = await agrees(town, "anna")
    event = await is_out(town)
    await is_invited(town, event, "anna")
    await town.move_to(at(DAY, 17))
    await anna.forges(f"events.answer:{event}:yes")
    anna.sees("events.youth.has_started")
    assert [row[0] for row in await town.rows("select answer from invitations")] == [None]
    kaspars.reads_rest()


async def test_who_no_longer_wants_to_be_written_to_is_neither_told_nor_counted(
    town: Town, kaspars: Inhabitant
) -> None:
    anna, danylo = await agrees(town, "anna"), await agrees(town, "danylo")
    event = await is_out(town)
    for name in ("anna", "danylo"):
        await is_invited(town, event, name)
    withdrew = await town.person("danylo")
    async with town.open_database() as database, database.write() as db:
        await people.withdraw_consent(db, withdrew.id, Purpose.EVENTS.value, town.clock.now())
    await kaspars.forges(f"events.cancel:{event}:0")
    asked = kaspars.sees("events.staff.cancel_ask")
    assert facts_in(asked, "events.staff.cancel_ask", kaspars)["count"] == "1"
    await kaspars.taps("events.staff.button.cancel_sure")
    kaspars.reads_rest()
    anna.sees("events.youth.cancelled")
    danylo.sees_nothing()
