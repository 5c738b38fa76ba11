"""To many people an invitation goes out only when a second coordinator has looked at it (four eyes)."""

from datetime import date

import pytest
from sqlalchemy import text

from bot.events.going_out.actions_sending import AskSend, Look, Return
from bot.roles import Role
from tests.chats.events_talk import CESIS, OGRE, agrees, at, drafted, event_id, watched
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town


@pytest.fixture
async def kaspars(town: Town) -> Inhabitant:
    """The coordinator of Ogre, who may send to one person alone."""
    return await watched(town)


@pytest.fixture
async def rudite(town: Town) -> Inhabitant:
    """Another coordinator of Ogre."""
    return await town.staff("rudite", Role.COORDINATOR, OGRE)


async def _hands_in(kaspars: Inhabitant) -> tuple[Inhabitant, Inhabitant]:
    """An invitation to Anna and Danylo, handed in."""
    town = kaspars.town
    anna, danylo = await agrees(town, "anna"), await agrees(town, "danylo")
    await kaspars.forges(AskSend(await drafted(town, "kaspars")).pack())
    kaspars.sees("events.staff.send_ask")
    await kaspars.taps("events.staff.button.submit_sure")
    kaspars.sees("events.staff.submitted")
    return anna, danylo


@pytest.mark.feature("I3", "X43")
async def test_it_goes_out_when_a_second_coordinator_has_seen_the_same_and_says_yes(
    town: Town, kaspars: Inhabitant, rudite: Inhabitant
) -> None:
    anna, danylo = await _hands_in(kaspars)
    anna.sees_nothing()
    rudite.sees("events.staff.look_please")
    await rudite.taps("events.staff.button.look")
    assert rudite.words("events.staff.people", count=2) in rudite.sees("events.staff.look_at").text
    await rudite.taps("events.staff.button.preview")
    rudite.sees("events.staff.preview")
    await rudite.taps("events.staff.button.preview_uk")
    assert "Піца-вечір" in rudite.sees("events.staff.preview").text
    await rudite.taps("events.any.button.back")
    await rudite.taps("events.staff.button.approve")
    rudite.sees("events.staff.event")
    rudite.reads_rest()
    anna.sees("events.youth.invitation")
    danylo.sees("events.youth.invitation")
    kaspars.sees("events.staff.approved")
    await town.after_a_moment()
    assert kaspars.words("events.staff.state.done") in kaspars.sees("events.staff.progress").text
    rows = await town.rows("select decision, stated, decided_by, submitted_by from event_approvals")
    ids = [(await town.person(name)).id for name in ("rudite", "kaspars")]
    assert [tuple(row) for row in rows] == [("approved", 2, *ids)]


@pytest.mark.feature("I3")
async def test_its_author_cannot_say_yes_to_it(town: Town, kaspars: Inhabitant, rudite: Inhabitant) -> None:
    anna, _ = await _hands_in(kaspars)
    await rudite.taps("events.staff.button.look")
    _, (_, approve) = rudite.find_button("events.staff.button.approve")
    await kaspars.forges(approve)
    await kaspars.forges(Return(await event_id(town)).pack())
    kaspars.does_not_see("events.staff.ask_why_return")
    anna.sees_nothing()
    assert [row.state for row in await town.rows("select state from events")] == ["submitted"]
    kaspars.reads_rest()
    rudite.reads_rest()


@pytest.mark.feature("I3")
async def test_it_comes_back_with_a_reason_and_goes_the_same_way_again(
    town: Town, kaspars: Inhabitant, rudite: Inhabitant
) -> None:
    anna, _ = await _hands_in(kaspars)
    await rudite.taps("events.staff.button.look")
    await rudite.taps("events.staff.button.return")
    await rudite.says("x" * 301)
    rudite.sees("events.staff.why_too_long")
    await rudite.says("Norādiet, ka picas ir arī veģetāriešiem.")
    rudite.sees("events.staff.handed_back")
    assert "veģetāriešiem" in kaspars.sees("events.staff.returned").text
    await kaspars.taps("events.staff.button.go_on")
    assert "veģetāriešiem" in kaspars.sees("events.staff.draft").text
    await kaspars.taps("events.staff.button.send")
    await kaspars.taps("events.staff.button.submit_sure")
    kaspars.reads_rest()
    rudite.sees("events.staff.look_please")
    anna.sees_nothing()


@pytest.mark.feature("I3", "X43")
async def test_whatever_is_changed_afterwards_makes_a_draft_of_it_again(
    town: Town, kaspars: Inhabitant, rudite: Inhabitant
) -> None:
    anna, _ = await _hands_in(kaspars)
    await rudite.taps("events.staff.button.look")
    rudite.reads_rest()
    await kaspars.says("/event")
    kaspars.reads_rest()
    await kaspars.forges(f"events.ask:{await event_id(town)}:title:")
    await kaspars.says("Pavisam kas cits")
    kaspars.reads_rest()
    await rudite.taps("events.staff.button.approve")
    rudite.sees("events.staff.waits_no_more")
    anna.sees_nothing()
    assert [row.state for row in await town.rows("select state from events")] == ["draft"]


@pytest.mark.feature("I3")
async def test_when_somebody_more_is_reached_it_is_shown_again_before_it_goes(
    town: Town, kaspars: Inhabitant, rudite: Inhabitant
) -> None:
    anna, _ = await _hands_in(kaspars)
    await rudite.taps("events.staff.button.look")
    emma = await agrees(town, "emma")
    await rudite.taps("events.staff.button.approve")
    assert rudite.words("events.staff.people", count=3) in rudite.sees("events.staff.look_at_again").text
    anna.sees_nothing()
    await rudite.taps("events.staff.button.approve")
    for one in (anna, emma, town.people["danylo"]):
        one.sees("events.youth.invitation")
    await town.after_a_moment()
    kaspars.reads_rest()
    rudite.reads_rest()


@pytest.mark.feature("I3")
async def test_of_two_who_press_at_once_one_sends_it_and_the_other_sees_it_go(
    town: Town, kaspars: Inhabitant, rudite: Inhabitant
) -> None:
    dace = await town.staff("dace", Role.COORDINATOR, OGRE)
    anna, danylo = await _hands_in(kaspars)
    for one in (rudite, dace):
        one.sees("events.staff.look_please")
        await one.taps("events.staff.button.look")
        one.sees("events.staff.look_at")
    for one in (rudite, dace):  # neither is taken before both have pressed
        message, (_, approve) = one.find_button("events.staff.button.approve")
        await one.phone.press(message.id, approve)
    await town.after_a_moment()
    rudite.sees("events.staff.event")
    dace.sees("events.staff.event")
    for one in (anna, danylo):
        one.sees("events.youth.invitation")
        one.sees_nothing()
    kaspars.sees("events.staff.approved")
    await town.after_a_moment()
    kaspars.sees("events.staff.progress")
    assert len(await town.rows("select id from audit where action = 'event.approved'")) == 1


@pytest.mark.feature("I3", "H4")
async def test_only_who_could_have_sent_it_may_say_yes_at_the_moment_of_the_press(
    town: Town, kaspars: Inhabitant, rudite: Inhabitant
) -> None:
    dace = await town.staff("dace", Role.COORDINATOR, CESIS)
    anna, _ = await _hands_in(kaspars)
    await rudite.taps("events.staff.button.look")
    rudite.reads_rest()
    _, (_, approve) = rudite.find_button("events.staff.button.approve")
    for data in (approve, Look(await event_id(town)).pack()):
        await dace.forges(data)
        dace.sees("people.staff.not_available")
    number = (await town.person("rudite")).id
    async with town.open_database() as database, database.write() as db:
        await db.execute(text("delete from grants where person_id = :one"), {"one": number})
    await rudite.forges(approve)
    rudite.reads_rest()
    anna.sees_nothing()
    assert [row.state for row in await town.rows("select state from events")] == ["submitted"]


@pytest.mark.feature("I3")
async def test_without_a_second_coordinator_in_the_town_the_national_one_is_asked(
    town: Town, kaspars: Inhabitant
) -> None:
    dace = await town.staff("dace", Role.COORDINATOR, None)
    await _hands_in(kaspars)
    dace.sees("events.staff.look_please")
    await dace.taps("events.staff.button.look")
    await dace.taps("events.staff.button.approve")
    for one in ("anna", "danylo"):
        town.people[one].sees("events.youth.invitation")
    await town.after_a_moment()
    kaspars.reads_rest()
    dace.reads_rest()


@pytest.mark.feature("I3")
async def test_with_nobody_to_look_at_it_its_author_hears_so_and_nothing_goes(town: Town, kaspars: Inhabitant) -> None:
    anna = await agrees(town, "anna")
    await agrees(town, "danylo")
    await kaspars.forges(AskSend(await drafted(town, "kaspars")).pack())
    asked = kaspars.sees("events.staff.send_ask").text
    assert kaspars.words("events.staff.note_nobody_to_ask", above=1) in asked
    assert kaspars.words("events.staff.button.submit_sure", number=2) not in kaspars.buttons
    await kaspars.forges(f"events.send:{await event_id(town)}:2:00000000")
    kaspars.reads_rest()
    anna.sees_nothing()


@pytest.mark.feature("I3")
async def test_after_a_working_day_those_who_were_asked_are_reminded_once(
    town: Town, kaspars: Inhabitant, rudite: Inhabitant
) -> None:
    await _hands_in(kaspars)
    rudite.sees("events.staff.look_please")
    await town.move_to(at(date(2026, 3, 3), 9, 30))
    rudite.sees_nothing()
    await town.move_to(at(date(2026, 3, 3), 12))
    rudite.sees("events.staff.look_reminder")
    assert "Rudite" in kaspars.sees("events.staff.nobody_looked").text
    await town.move_to(at(date(2026, 3, 5), 12))
    rudite.sees_nothing()
    kaspars.sees_nothing()


@pytest.mark.feature("I3")
async def test_its_author_takes_it_back_and_nobody_can_send_it_any_more(
    town: Town, kaspars: Inhabitant, rudite: Inhabitant
) -> None:
    anna, _ = await _hands_in(kaspars)
    await rudite.taps("events.staff.button.look")
    rudite.reads_rest()
    await kaspars.says("/events")
    await kaspars.taps("events.any.button.title")
    kaspars.reads_rest()
    await kaspars.taps("events.staff.button.withdraw")
    kaspars.sees("events.staff.withdrawn")
    await rudite.taps("events.staff.button.approve")
    rudite.sees("events.staff.waits_no_more")
    await town.move_to(at(date(2026, 3, 4), 12))
    rudite.sees_nothing()
    anna.sees_nothing()
