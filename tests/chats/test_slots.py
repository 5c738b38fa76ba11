"""Finding a time together: three moments offered, one taken, a calendar file for both that follows every change."""

from datetime import UTC, datetime, timedelta

import pytest
import vobject
from icalendar import Calendar

from bot.calendar import in_minutes
from bot.checkins.screens import ChooseSlots, NoneSuits, SendSlots, TakeSlot
from tests.chats.casework import in_programme, opens_case, read_all, with_mentor
from tests.town.inhabitant import Inhabitant
from tests.town.sooner import GUIDED, sooner
from tests.town.town import Town
from tests.town.walked_once import walked_once

C = "checkins.staff"
B = "checkins.staff.button"
Y = "checkins.youth"

FRIDAY = datetime(2026, 3, 6, 12, 30, tzinfo=UTC)
"""14:30 in Rīga."""
MONDAY = datetime(2026, 3, 9, 13, 0, tzinfo=UTC)
"""15:00 in Rīga."""


async def checkin(town: Town) -> int:
    """The first of the programme, on Tuesday, 3 March at 10:00."""
    return int((await town.rows("SELECT id FROM checkins ORDER BY due_at"))[0][0])


@walked_once
async def offered(town: Town, name: str = "anna", mentor: str = "marta") -> tuple[Inhabitant, Inhabitant, Inhabitant]:
    """The mentor has typed one moment and chosen another, and sent both."""
    young, guide, liene = await in_programme(town, name, mentor)
    await guide.forges(ChooseSlots(await checkin(town)).pack())
    guide.sees(f"{C}.slots")
    await guide.says("6.3. 14:30")
    guide.sees(f"{C}.slots")
    await guide.taps_label("09.03" if mentor == "oksana" else "09.03.")
    guide.sees(f"{C}.slot_hours")
    await guide.taps_label("15:00")
    guide.sees(f"{C}.slots")
    await guide.taps(f"{B}.send_slots")
    guide.sees(f"{C}.slots_sent")
    young.sees(f"{Y}.slots")
    return young, guide, liene


def files(person: Inhabitant) -> list[Calendar]:
    """Every calendar file on that phone, in order."""
    attached = [message.attachment for message in person.phone.messages if message.attachment is not None]
    return [Calendar.from_ical(one.content) for one in attached]


def story(calendars: list[Calendar]) -> list[tuple[str, int, datetime]]:
    """Method, sequence and start of the one event in each."""
    found = []
    for calendar in calendars:
        (event,) = calendar.walk("VEVENT")
        found.append((str(calendar["METHOD"]), int(event["SEQUENCE"]), event["DTSTART"].dt.astimezone(UTC)))
    return found


def uids(*people: Inhabitant) -> set[str]:
    return {str(event["UID"]) for one in people for calendar in files(one) for event in calendar.walk("VEVENT")}


@pytest.mark.feature("G8")
@pytest.mark.parametrize(("name", "mentor"), sooner("anna", GUIDED))
async def test_a_mentor_offers_times_and_both_get_the_chosen_one_as_a_calendar_file(
    town: Town, name: str, mentor: str
) -> None:
    young, guide, liene = await offered(town, name, mentor)
    await young.taps_label("15:00")
    young.sees(f"{Y}.slot_taken")
    young.sees(f"{Y}.calendar_file")
    guide.sees(f"{C}.slot_taken")
    guide.sees(f"{C}.calendar_file")
    assert story(files(young)) == story(files(guide)) == [("REQUEST", 1, MONDAY)]
    assert len(uids(young, guide)) == 1
    summaries = [str(files(one)[0].walk("VEVENT")[0]["SUMMARY"]) for one in (young, guide)]
    assert summaries == [young.words(f"{Y}.calendar_summary"), (await town.person(name)).code_name]
    kept = await town.rows("SELECT due_at, state FROM checkins WHERE agreed_at IS NOT NULL")
    assert [(row.state, row.due_at) for row in kept] == [("planned", int(MONDAY.timestamp() * 1_000_000))] or len(
        kept
    ) == 1
    liene.sees_nothing()


async def test_the_file_is_read_by_another_program_with_the_clock_of_riga(town: Town) -> None:
    anna, marta, _ = await offered(town)
    await anna.taps_label("15:00")
    read_all(anna, marta)
    attached = next(one.attachment for one in anna.phone.messages if one.attachment is not None)
    assert attached.name == "calendar.ics"
    read = vobject.readOne(attached.content.decode())
    assert read.vevent.dtstart.value.astimezone(UTC) == MONDAY
    assert read.vtimezone.tzid.value == "Europe/Riga"
    assert (await town.person("anna")).code_name not in attached.content.decode()


@pytest.mark.feature("G8")
async def test_two_presses_on_two_times_have_one_winner(town: Town) -> None:
    anna, marta, _ = await offered(town)
    offer = int((await town.rows("SELECT id FROM slot_offers"))[0][0])
    await anna.forges(TakeSlot(offer, 0).pack())
    read_all(anna, marta)
    await anna.forges(TakeSlot(offer, 1).pack())
    anna.sees(f"{Y}.slot_stands")
    await anna.forges(NoneSuits(offer).pack())
    assert (
        anna.words(f"{Y}.slot_stands", at=FRIDAY).split(":")[0]
        in anna.phone.messages[-2].text + anna.phone.messages[-1].text
    )
    anna.reads_rest()
    marta.sees_nothing()
    assert [tuple(row) for row in await town.rows("SELECT chosen FROM slot_offers")] == [(0,)]
    assert story(files(anna)) == [("REQUEST", 1, FRIDAY)]


@pytest.mark.feature("G8")
async def test_a_move_afterwards_and_the_end_of_the_case_reach_both_calendars(town: Town) -> None:
    anna, marta, liene = await offered(town)
    await anna.taps_label("15:00")
    read_all(anna, marta)
    await marta.forges(f"checkins.move:{await checkin(town)}")
    marta.sees(f"{C}.move_question")
    message = marta.phone.messages[-1]
    await marta.taps_label(message.buttons[-2].text)
    marta.sees(f"{C}.moved")
    anna.sees(f"{Y}.moved")
    anna.sees(f"{Y}.calendar_file")
    marta.sees(f"{C}.calendar_file")
    await opens_case(liene, town, "anna")
    await liene.taps("programme.staff.button.close")
    await liene.taps("programme.staff.button.outcomes.work")
    await liene.taps("programme.any.outcome.job")
    await liene.taps("programme.staff.button.end_it")
    read_all(anna, marta, liene)
    for one in (anna, marta):
        told = story(files(one))
        assert [(method, sequence) for method, sequence, _ in told] == [("REQUEST", 1), ("REQUEST", 2), ("CANCEL", 3)]
        assert told[1][2] == told[2][2]
    assert len(uids(anna, marta)) == 1


@pytest.mark.feature("G8")
async def test_when_none_suits_the_mentor_hears_it_and_what_would(town: Town) -> None:
    anna, marta, _ = await offered(town)
    await anna.taps(f"{Y}.button.none_suits")
    anna.sees(f"{Y}.what_would_suit")
    marta.sees(f"{C}.none_suits")
    await anna.says("x" * 201)
    anna.sees(f"{Y}.wish_too_long")
    await anna.says("Pirmdien pēc četriem")
    anna.sees(f"{Y}.wish_passed_on")
    assert "Pirmdien pēc četriem" in marta.sees(f"{C}.wish").text
    await marta.taps(f"{B}.slots")
    marta.sees(f"{C}.slots")
    assert files(anna) == files(marta) == []


async def test_an_offer_that_nobody_answers_comes_back_to_the_mentor_after_a_working_day(town: Town) -> None:
    anna, marta, liene = await offered(town)
    await marta.says("/today")
    marta.sees(f"{C}.line.slots_unanswered")
    told = datetime(2026, 3, 3, 12, tzinfo=UTC)
    await town.live_until(told, step=timedelta(hours=2))
    marta.sees(f"{C}.slots_unanswered")
    read_all(anna, marta, liene)
    await town.live_until(told + timedelta(hours=6), step=timedelta(hours=3))
    marta.does_not_see(f"{C}.slots_unanswered")
    read_all(anna, marta, liene)


async def test_a_newer_offer_takes_the_place_of_the_one_before(town: Town) -> None:
    anna, marta, _ = await offered(town)
    before = int((await town.rows("SELECT id FROM slot_offers"))[0][0])
    await marta.forges(SendSlots(await checkin(town), in_minutes(FRIDAY)).pack())
    read_all(anna, marta)
    await anna.forges(TakeSlot(before, 0).pack())
    anna.sees(f"{Y}.slots_settled")
    marta.sees_nothing()


async def test_a_time_that_is_over_cannot_be_taken(town: Town) -> None:
    anna, marta, liene = await offered(town)
    offer = int((await town.rows("SELECT id FROM slot_offers"))[0][0])
    await town.live_until(FRIDAY + timedelta(hours=1), step=timedelta(hours=12))
    read_all(anna, marta, liene)
    await anna.forges(TakeSlot(offer, 0).pack())
    anna.sees(f"{Y}.slot_gone")
    await anna.taps_label("15:00")
    anna.sees(f"{Y}.slot_taken")
    read_all(anna, marta, liene)


async def test_what_cannot_be_read_or_offered_is_asked_for_again_and_nothing_is_lost(town: Town) -> None:
    _, marta, _ = await in_programme(town)
    await marta.forges(ChooseSlots(await checkin(town)).pack())
    read_all(marta)
    await marta.says("6.3. 14:30")
    marta.sees(f"{C}.slots")
    for typed, answer in (
        ("rīt no rīta", "slot_unclear"), ("31.4. 10:00", "slot_unclear"), ("x" * 4096, "slot_unclear"),
        ("8.3. 12:00", "slot_not_good"), ("6.3. 05:00", "slot_not_good"), ("6.5. 12:00", "slot_not_good"),
    ):  # fmt: skip
        await marta.says(typed)
        assert "14:30" in marta.sees(f"{C}.{answer}").text
    await marta.says("6.3. 15.45")
    await marta.says("9.3. 9:00")
    assert [one.text.count("•") for one in marta.reads_rest()] == [2, 3]


@pytest.mark.feature("G8")
async def test_nobody_else_offers_or_takes_a_time(town: Town) -> None:
    anna, marta, liene = await offered(town)
    danylo, oksana, _ = await with_mentor(town, "danylo", "oksana")
    offer = int((await town.rows("SELECT id FROM slot_offers"))[0][0])
    number = await checkin(town)
    await danylo.forges(TakeSlot(offer, 0).pack())
    await danylo.forges(NoneSuits(offer).pack())
    await oksana.forges(ChooseSlots(number).pack())
    await oksana.forges(SendSlots(number, in_minutes(FRIDAY)).pack())
    for one in (danylo, oksana):
        audience = "staff" if one.is_staff else "youth"
        refused = one.words(f"people.{audience}.not_available")
        assert {message.text for message in one.reads_rest()} == {refused}
    read_all(anna, marta, liene)
    assert [tuple(row) for row in await town.rows("SELECT chosen FROM slot_offers")] == [(None,)]


@pytest.mark.feature("G8")
async def test_a_second_press_sends_the_same_times_only_once(town: Town) -> None:
    anna, marta, _ = await in_programme(town)
    send = SendSlots(await checkin(town), in_minutes(FRIDAY), in_minutes(MONDAY)).pack()
    for _press in range(2):
        await marta.forges(send)
    marta.sees(f"{C}.slots_sent")
    anna.sees(f"{Y}.slots")
    anna.sees_nothing()
    assert len(await town.rows("SELECT 1 FROM slot_offers")) == 1
