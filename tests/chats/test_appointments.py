"""A time found together: offered by either side, chosen with one tap, recalled, given up without a word of blame."""

from datetime import timedelta

import pytest

from bot.calendar import in_minutes
from bot.referrals.actions import CallOff, ChooseTime
from bot.referrals.appointment.actions_times import (
    CannotCome,
    DescribeAlike,
    Described,
    MyTimes,
    SendMyTimes,
    SendTimes,
    TakeTime,
)
from bot.referrals.referral import Choice, Kind, Meeting, State
from bot.roles import Role
from tests.chats.appointments_talk import WEDNESDAY, accepted, offered
from tests.chats.referrals_met import put
from tests.chats.referrals_talk import (
    NOT_YOURS,
    S,
    Y,
    all_read,
    appointed,
    asks,
    cast,
    code_name,
    riga,
    states,
)
from tests.town.sooner import GUIDED, sooner
from tests.town.town import Town

# --- times ------------------------------------------------------------------------------------------------------


@pytest.mark.feature("H7")
@pytest.mark.feature("S4.13")
@pytest.mark.parametrize(("youth", "mentor"), sooner("danylo", GUIDED))
async def test_up_to_three_times_are_offered_and_one_is_chosen_with_one_tap(
    town: Town, youth: str, mentor: str
) -> None:
    young, guide, ilze = await cast(town, youth, mentor)
    await asks(guide, await code_name(town, youth))
    await young.taps(f"{Y}.button.agree")
    await ilze.taps(f"{S}.button.open")
    await ilze.taps(f"{S}.button.accept")
    all_read(young, guide, ilze)
    await ilze.taps(f"{S}.button.time_out")
    await ilze.says("12.03. 14:30")
    await ilze.taps(f"{S}.button.send_times")
    assert "14:30" in ilze.reads_rest()[-1].text
    shown = young.sees(f"{Y}.told.proposed")
    assert [line for line in shown.text.splitlines() if "10:00" in line or "14:30" in line] == young.buttons[:2]
    guide.sees(f"{S}.sender_told.proposed")
    await young.taps_label("14:30")
    young.sees(f"{Y}.time_agreed")
    young.sees(f"{Y}.calendar_file")
    ilze.sees(f"{S}.receiver_told.appointed")
    ilze.sees(f"{S}.calendar_file")
    guide.sees(f"{S}.sender_told.appointed")
    assert await states(town) == [State.IN_PROGRESS]


async def test_a_time_is_put_in_and_taken_out_and_no_fourth_fits(town: Town) -> None:
    _, _, ilze = await accepted(town)
    assert len(ilze.buttons) == 7  # six suggestions, and the way back
    for label in ("4. marts, 10:00", "4. marts, 16:00"):
        await ilze.taps_label(label)
    assert [label[-5:] for label in ilze.buttons if label.startswith("✓")] == ["10:00", "16:00"]
    await ilze.taps(f"{S}.button.time_in")
    assert sum(label.startswith("✓") for label in ilze.buttons) == 1
    await ilze.says("12.03. 14:30")
    await ilze.says("13.03. 14:30")
    assert len(ilze.buttons) == 5  # three times, the way to send them, the way back
    await ilze.says("14.03. 14:30")
    ilze.sees(f"{S}.times_full")
    assert len(ilze.buttons) == 5
    ilze.reads_rest()


async def test_what_cannot_be_read_or_offered_is_asked_for_again_and_nothing_is_lost(town: Town) -> None:
    _, _, ilze = await accepted(town)
    await ilze.taps(f"{S}.button.time_out")
    for typed, key in (("rīt", "unreadable"), ("02.03. 09:00", "over"), ("02.07. 09:00", "too_far")):
        await ilze.says(typed)
        ilze.sees(f"{S}.times_{key}")
        ilze.find_button(f"{S}.button.send_times")
    await ilze.forges(SendTimes(1, 1).pack())
    ilze.sees(f"{S}.times_over")
    assert await states(town) == [State.ACCEPTED]


@pytest.mark.feature("H7")
async def test_none_suits_and_the_young_person_offers_times_of_which_the_receiver_takes_one(town: Town) -> None:
    anna, marta, ilze = await offered(town)
    message, (_, old_yes) = anna.find_button(f"{Y}.button.time")
    await anna.taps(f"{Y}.button.time_another")
    anna.sees(f"{Y}.time_another")
    ilze.sees(f"{S}.receiver_told.another_time")
    marta.sees(f"{S}.sender_told.another_time")
    await anna.says("vakarā")
    anna.sees(f"{Y}.times_unreadable")
    await anna.taps_label("5. marts, 16:00")
    await anna.says("13.03. 16:00")
    anna.sees(f"{Y}.my_times")
    await anna.taps(f"{Y}.button.send_times")
    anna.sees(f"{Y}.my_times_sent")
    marta.sees(f"{S}.sender_told.proposed_by_youth")
    ilze.sees(f"{S}.receiver_told.proposed_by_youth")
    await anna.taps_old(message.id, old_yes)
    anna.sees(f"{Y}.moved_on")
    await ilze.taps_label("13. marts, 16:00")
    ilze.sees(f"{S}.time_taken")
    ilze.sees(f"{S}.calendar_file")
    assert "16:00" in anna.sees(f"{Y}.told.appointed").text
    anna.sees(f"{Y}.calendar_file")
    marta.sees(f"{S}.sender_told.appointed")
    assert await states(town) == [State.IN_PROGRESS]


async def test_the_young_person_may_offer_a_time_first(town: Town) -> None:
    anna, marta, ilze = await accepted(town)
    await anna.says("/referrals")
    await anna.taps_label("Ilze")
    await anna.taps(f"{Y}.button.my_times")
    await anna.taps(f"{Y}.button.time_out")
    await anna.taps(f"{Y}.button.send_times")
    all_read(anna, marta)
    ilze.sees(f"{S}.receiver_told.proposed_by_youth")
    await ilze.taps(f"{S}.button.other_time")
    ilze.sees(f"{S}.ask_time")
    await ilze.taps_label("6. marts, 16:00")
    await ilze.taps(f"{S}.button.send_times")
    anna.sees(f"{Y}.told.proposed")
    await ilze.forges(TakeTime(1, in_minutes(WEDNESDAY)).pack())
    assert await states(town) == [State.ACCEPTED]
    all_read(anna, marta, ilze)


async def test_saying_no_to_all_of_it_takes_it_back(town: Town) -> None:
    anna, marta, ilze = await offered(town)
    await anna.taps(f"{Y}.button.time_no")
    anna.sees(f"{Y}.withdrawn_read")
    ilze.sees(f"{S}.receiver_told.opened_ended")
    marta.sees(f"{S}.sender_told.withdrawn")
    assert await states(town) == [State.CANCELLED]


async def test_typed_times_go_by_the_clock_of_who_is_abroad(town: Town) -> None:
    anna, marta, ilze = await accepted(town)
    await anna.says("/zone London")
    await anna.says("/referrals")
    await anna.taps_label("Ilze")
    await anna.taps(f"{Y}.button.my_times")
    await anna.says("12.03. 14:30")
    await anna.taps(f"{Y}.button.send_times")
    assert "14:30" in anna.reads_rest()[-1].text
    assert "16:30" in ilze.sees(f"{S}.receiver_told.proposed_by_youth").text
    marta.reads_rest()


# --- reminders, and not being able to come ----------------------------------------------------------------------


@pytest.mark.feature("H7")
async def test_both_are_reminded_the_day_before_and_two_hours_before(town: Town) -> None:
    anna, marta, ilze = await accepted(town)
    await ilze.says("05.03. 14:00")
    await ilze.taps(f"{S}.button.send_times")
    await anna.taps(f"{Y}.button.time")
    all_read(anna, marta, ilze)
    await town.move_to(riga(town, 3, 4, "09:59"))
    anna.sees_nothing()
    await anna.says("/plans")
    ahead, reminded = riga(town, 3, 5, "14:00"), riga(town, 3, 4, "10:00")
    line = anna.words("checkins.youth.coming.appointment_reminded", at=ahead, reminds_at=reminded)
    assert line.replace("<b>", "").replace("</b>", "") in anna.sees("checkins.youth.plans").text
    await town.move_to(riga(town, 3, 4, "10:00"))
    near = anna.sees(f"{Y}.due.appointment_near")
    assert anna.words("referrals.any.meeting.no_place") in near.text
    ilze.sees(f"{S}.receiver_due.appointment_near")
    await ilze.taps(f"{S}.button.describe")
    await ilze.says("Skolas iela 4")
    all_read(anna, ilze)
    await town.move_to(riga(town, 3, 5, "12:00"))
    assert "Skolas iela 4" in anna.sees(f"{Y}.due.appointment_soon").text
    ilze.sees(f"{S}.receiver_due.appointment_soon")
    marta.sees_nothing()
    await anna.says("/plans")
    line = anna.words("checkins.youth.coming.appointment", at=ahead)
    assert line.replace("<b>", "").replace("</b>", "") in anna.sees("checkins.youth.plans").text.splitlines()


@pytest.mark.feature("H7")
@pytest.mark.parametrize(("youth", "mentor"), sooner("emma", GUIDED))
async def test_who_cannot_come_says_so_with_a_button_and_is_asked_for_another_time(
    town: Town, youth: str, mentor: str
) -> None:
    young, guide, ilze = await cast(town, youth, mentor)
    await asks(guide, await code_name(town, youth))
    await young.taps(f"{Y}.button.agree")
    await ilze.taps(f"{S}.button.open")
    await ilze.taps(f"{S}.button.accept")
    await ilze.taps(f"{S}.button.time_out")
    await ilze.taps(f"{S}.button.send_times")
    await young.taps(f"{Y}.button.time")
    all_read(young, guide, ilze)
    await town.move_to(riga(town, 3, 3))
    young.sees(f"{Y}.due.appointment_near")
    ilze.reads_rest()
    await young.taps(f"{Y}.button.cannot_come")
    young.sees(f"{Y}.cannot_come_sure")
    await young.taps(f"{Y}.button.keep_time")
    await young.taps(f"{Y}.button.cannot_come")
    again = young.sees(f"{Y}.cannot_come_sure")
    await young.taps(f"{Y}.button.cannot_come_sure")
    young.sees(f"{Y}.called_off")
    young.sees(f"{Y}.calendar_cancelled")
    ilze.sees(f"{S}.receiver_told.called_off_by_youth")
    ilze.sees(f"{S}.calendar_cancelled")
    guide.sees(f"{S}.sender_told.called_off_by_youth")
    await young.taps_old(again.id, CannotCome(1, sure=True).pack())
    young.sees(f"{Y}.moved_on")
    await young.forges(MyTimes(1).pack())
    await young.says("12.03. 14:30")
    await young.taps(f"{Y}.button.send_times")
    young.sees(f"{Y}.my_times_sent")
    await ilze.taps(f"{S}.button.take_time")
    all_read(young, guide, ilze)
    await town.move_to(riga(town, 3, 11))
    young.sees(f"{Y}.due.appointment_near")
    ilze.sees(f"{S}.receiver_due.appointment_near")


async def test_an_agreed_appointment_is_called_off_and_another_time_is_agreed_on(town: Town) -> None:
    anna, marta, ilze = await appointed(town)
    await ilze.says("/referrals")
    await ilze.taps(f"{S}.button.one_received")
    await ilze.taps(f"{S}.button.call_off")
    ilze.sees(f"{S}.call_off_sure")
    await ilze.taps(f"{S}.button.keep_appointment")
    ilze.sees(f"{S}.card")
    assert await states(town) == [State.IN_PROGRESS]
    await ilze.taps(f"{S}.button.call_off")
    await ilze.taps(f"{S}.button.call_off_sure")
    again = ilze.sees(f"{S}.called_off")
    anna.sees(f"{Y}.told.called_off")
    anna.sees(f"{Y}.calendar_cancelled")
    marta.sees(f"{S}.sender_told.called_off")
    assert await states(town) == [State.ACCEPTED]
    await ilze.taps_old(again.id, CallOff(1, sure=True).pack())
    ilze.sees(f"{S}.received_now")
    await ilze.taps(f"{S}.button.propose")
    await ilze.says("13.03. 16:00")
    await ilze.taps(f"{S}.button.send_times")
    ilze.sees(f"{S}.proposed")
    await anna.taps(f"{Y}.button.time")
    assert "16:00" in anna.sees(f"{Y}.time_agreed").text
    anna.sees(f"{Y}.calendar_file")
    assert await states(town) == [State.IN_PROGRESS]
    all_read(marta, ilze)


async def test_a_reminder_that_waited_through_an_outage_comes_once_and_before_the_start(town: Town) -> None:
    anna, marta, ilze = await appointed(town)
    await town.move_to(riga(town, 3, 4, "09:30"))
    anna.sees(f"{Y}.due.appointment_soon")
    anna.sees_nothing()
    ilze.sees(f"{S}.receiver_due.appointment_soon")
    ilze.sees_nothing()
    marta.sees_nothing()


async def test_nobody_else_chooses_describes_or_calls_off(town: Town) -> None:
    anna, marta, ilze = await appointed(town)
    minute = in_minutes(WEDNESDAY + timedelta(days=1))
    for action in (SendTimes(1, minute), TakeTime(1, minute), Described(1, None, interpreter=True), DescribeAlike(1)):
        await marta.forges(action.pack())
        marta.sees(NOT_YOURS)
    for own in (SendMyTimes(1, minute), CannotCome(1, sure=True), ChooseTime(1, minute, Choice.YES)):
        await ilze.forges(own.pack())
        ilze.sees(NOT_YOURS)
    await anna.forges(CallOff(1, sure=True).pack())
    anna.reads_rest()
    assert await states(town) == [State.IN_PROGRESS]


@pytest.mark.feature("H7")
async def test_who_agrees_to_two_meetings_at_once_is_told_so_and_may_give_one_up(town: Town) -> None:
    anna, marta, ilze = await offered(town)
    await town.staff("zane", Role.SPECIALIST, speciality="coach")
    await put(town, "zane", Kind.COACH, meeting=Meeting(WEDNESDAY + timedelta(minutes=30)))
    await anna.taps(f"{Y}.button.time")
    anna.sees(f"{Y}.time_agreed")
    assert "Zane" in anna.sees(f"{Y}.time_twice").text
    await anna.taps_label("Zane")
    anna.sees(f"{Y}.card")
    all_read(anna, marta, ilze)
