"""While an invitation goes out its counts stand in its author's chat: never more edits than there is to tell."""

from datetime import date, timedelta

import pytest

from bot.events import store
from bot.events.going_out.actions_sending import AskResume, AskSend, Open
from bot.roles import Role
from tests.chats.events_talk import OGRE, agrees, at, drafted, facts_in
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town


@pytest.fixture
async def kaspars(town: Town) -> Inhabitant:
    """The coordinator of Ogre."""
    return await town.staff("kaspars", Role.COORDINATOR, OGRE)


async def _sends(kaspars: Inhabitant) -> int:
    """A drafted invitation, confirmed; its number."""
    number = await drafted(kaspars.town, "kaspars")
    await kaspars.forges(AskSend(number).pack())
    kaspars.sees("events.staff.send_ask")
    await kaspars.taps("events.staff.button.send_sure")
    return number


@pytest.mark.feature("I4")
async def test_one_message_counts_until_the_end_and_then_stays(town: Town, kaspars: Inhabitant) -> None:
    anna, danylo = await agrees(town, "anna"), await agrees(town, "danylo")
    await danylo.phone.deactivate()
    await _sends(kaspars)
    first = kaspars.sees("events.staff.progress")
    await town.after_a_moment()
    last = kaspars.sees("events.staff.progress")
    assert last.id == first.id
    assert kaspars.words("events.staff.state.done") in last.text
    told = facts_in(last, "events.staff.progress", kaspars)
    assert [told[name] for name in ("total", "sent", "delivered", "unreachable")] == ["2", "2", "1", "1"]
    await town.live_until(town.later(hours=5), timedelta(minutes=10))
    kaspars.sees_nothing()
    anna.sees("events.youth.invitation")


@pytest.mark.feature("I4")
async def test_at_night_it_says_until_when_it_waits_and_is_left_alone_until_then(
    town: Town, kaspars: Inhabitant
) -> None:
    anna = await agrees(town, "anna")
    await town.move_to(at(date(2026, 3, 2), 22))
    await _sends(kaspars)
    held = kaspars.words("events.staff.state.held", until=at(date(2026, 3, 3), 9))
    assert held in kaspars.sees("events.staff.progress").text
    await town.live_until(at(date(2026, 3, 3), 8, 59), timedelta(minutes=30))
    kaspars.sees_nothing()
    await town.live_until(at(date(2026, 3, 3), 9, 1), timedelta(seconds=10))
    assert kaspars.words("events.staff.state.done") in kaspars.sees("events.staff.progress").text
    kaspars.sees_nothing()
    anna.sees("events.youth.invitation")


@pytest.mark.feature("I4")
async def test_the_page_of_the_event_comes_beside_the_counting_message(town: Town, kaspars: Inhabitant) -> None:
    await agrees(town, "anna")
    await town.move_to(at(date(2026, 3, 2), 22))
    number = await _sends(kaspars)
    counting = kaspars.sees("events.staff.progress")
    await kaspars.taps("events.staff.button.open")
    assert kaspars.sees("events.staff.event").id != counting.id
    await town.move_to(at(date(2026, 3, 3), 9, 30))
    town.people["anna"].sees("events.youth.invitation")
    await town.after_a_moment()
    assert kaspars.sees("events.staff.progress").id == counting.id
    await kaspars.taps_old(counting.id, Open(number).pack())  # it has come to its end: now it may become the page
    assert kaspars.sees("events.staff.event").id == counting.id


@pytest.mark.feature("I4")
async def test_a_deleted_message_is_followed_by_one_new_one_not_by_many(town: Town, kaspars: Inhabitant) -> None:
    await agrees(town, "anna")
    await agrees(town, "danylo")
    await town.move_to(at(date(2026, 3, 2), 22))
    await _sends(kaspars)
    counting = kaspars.sees("events.staff.progress")
    await kaspars.phone.delete(counting.id)
    await town.live_until(at(date(2026, 3, 3), 9, 5), timedelta(minutes=15))
    assert len([one for one in kaspars.reads_rest() if "Picas vakars" in one.text]) == 1
    for name in ("anna", "danylo"):
        town.people[name].sees("events.youth.invitation")


# --- later, and not at all --------------------------------------------------------------------------------------


@pytest.mark.feature("I3")
async def test_it_goes_out_at_the_time_that_was_chosen(town: Town, kaspars: Inhabitant) -> None:
    anna = await agrees(town, "anna")
    await kaspars.forges(AskSend(await drafted(town, "kaspars")).pack())
    kaspars.sees("events.staff.send_ask")
    await kaspars.taps("events.staff.button.send_at")
    kaspars.sees("events.staff.ask_send_at")
    await kaspars.says("vakar")
    kaspars.sees("events.staff.when_unreadable")
    await kaspars.says("3.3. 22:00")
    asked = kaspars.sees("events.staff.send_ask").text
    night, morning = at(date(2026, 3, 3), 22), at(date(2026, 3, 4), 9)
    assert kaspars.words("events.staff.leaves.at_held", chosen=night, at=morning) in asked
    await kaspars.taps("events.staff.button.send_at")
    await kaspars.taps("events.staff.button.send_tomorrow")
    kaspars.reads_rest()
    await kaspars.taps("events.staff.button.send_sure")
    tomorrow = at(date(2026, 3, 3), 10)
    waits = kaspars.words("events.staff.state.scheduled", at=tomorrow)
    assert waits in kaspars.sees("events.staff.progress").text
    await town.move_to(at(date(2026, 3, 3), 9, 59))
    anna.sees_nothing()
    await town.move_to(tomorrow)
    anna.sees("events.youth.invitation")
    await town.after_a_moment()
    assert kaspars.words("events.staff.state.done") in kaspars.sees("events.staff.progress").text


@pytest.mark.feature("I5")
async def test_what_was_to_go_later_is_a_draft_again_when_it_is_stopped_before(town: Town, kaspars: Inhabitant) -> None:
    anna = await agrees(town, "anna")
    number = await drafted(town, "kaspars", send_at=at(date(2026, 3, 3), 10))
    await kaspars.forges(AskSend(number).pack())
    await kaspars.taps("events.staff.button.send_sure")
    kaspars.reads_rest()
    await kaspars.taps("events.staff.button.stop")
    kaspars.sees("events.staff.taken_back")
    await town.move_to(at(date(2026, 3, 3), 11))
    anna.sees_nothing()
    kaspars.sees_nothing()
    await kaspars.taps("events.staff.button.go_on")
    kaspars.sees("events.staff.draft")


@pytest.mark.feature("I3", "X43")
async def test_what_has_become_many_by_its_time_waits_for_a_second_coordinator(town: Town, kaspars: Inhabitant) -> None:
    rudite = await town.staff("rudite", Role.COORDINATOR, OGRE)
    town.settings = town.settings.model_copy(update={"four_eyes_above": 1})
    anna = await agrees(town, "anna")
    number = await drafted(town, "kaspars", send_at=at(date(2026, 3, 3), 10))
    await kaspars.forges(AskSend(number).pack())
    await kaspars.taps("events.staff.button.send_sure")
    kaspars.reads_rest()
    danylo = await agrees(town, "danylo")
    await town.move_to(at(date(2026, 3, 3), 10))
    anna.sees_nothing()
    kaspars.sees("events.staff.became_many")
    rudite.sees("events.staff.look_please")
    await rudite.taps("events.staff.button.look")
    await rudite.taps("events.staff.button.approve")
    anna.sees("events.youth.invitation")
    danylo.sees("events.youth.invitation")
    await town.after_a_moment()
    kaspars.reads_rest()
    rudite.reads_rest()


# --- stopping it, and sending it on -----------------------------------------------------------------------------


@pytest.mark.feature("I5")
async def test_after_a_stop_it_is_sent_to_the_rest_only_when_somebody_says_so_and_once(
    town: Town, kaspars: Inhabitant
) -> None:
    anna, danylo = await agrees(town, "anna"), await agrees(town, "danylo")
    await town.move_to(at(date(2026, 3, 2), 22))
    await _sends(kaspars)
    kaspars.reads_rest()
    await kaspars.taps("events.staff.button.stop")
    stopped = facts_in(kaspars.sees("events.staff.stopped"), "events.staff.stopped", kaspars)
    assert (stopped["sent"], stopped["in_flight"], stopped["stopped"]) == ("0", "0", "2")
    await town.live_until(at(date(2026, 3, 3), 12), timedelta(hours=1))
    anna.sees_nothing()
    kaspars.sees_nothing()
    await kaspars.taps("events.staff.button.resume")
    assert kaspars.words("events.staff.people", count=2) in kaspars.sees("events.staff.resume_ask").text
    message, (_, resume) = kaspars.find_button("events.staff.button.resume_sure")
    for _ in range(2):  # the second press finds it going
        await kaspars.taps_old(message.id, resume)
    for one in (anna, danylo):
        one.sees("events.youth.invitation")
        one.sees_nothing()
    await town.after_a_moment()
    kaspars.reads_rest()
    rows = await town.rows("select count(*), count(distinct person_id) from invitations")
    assert tuple(rows[0]) == (2, 2)


@pytest.mark.feature("I5", "X43")
async def test_what_was_changed_after_the_second_look_only_another_coordinator_sends_on(
    town: Town, kaspars: Inhabitant
) -> None:
    rudite = await town.staff("rudite", Role.COORDINATOR, OGRE)
    town.settings = town.settings.model_copy(update={"four_eyes_above": 1})
    anna, danylo = await agrees(town, "anna"), await agrees(town, "danylo")
    number = await drafted(town, "kaspars")
    async with town.open_database() as database, database.write() as db:
        await store.begin_sending(db, number, town.clock.now())
        await store.stop(db, number)
    await kaspars.forges(AskResume(number).pack())
    await kaspars.taps("events.staff.button.resume_sure")
    assert "Rudite" in kaspars.sees("events.staff.needs_another").text
    anna.sees_nothing()
    await rudite.forges(AskResume(number).pack())
    await rudite.taps("events.staff.button.resume_sure")
    anna.sees("events.youth.invitation")
    danylo.sees("events.youth.invitation")
    kaspars.sees("events.staff.sent_on")
    await town.after_a_moment()
    kaspars.reads_rest()
    rudite.reads_rest()
