"""What happens to a referral when nobody answers: reminders, others are told, and it ends."""

from datetime import timedelta

import pytest

from bot.referrals.referral import Ending, State
from bot.roles import Role
from tests.chats.referrals_talk import S, Y, all_read, appointed, asked, requested, riga, states
from tests.town.town import Town


@pytest.mark.feature("H6")
async def test_a_receiver_who_does_not_answer_is_reminded_and_then_passed_over(town: Town) -> None:
    anna, marta, ilze = await requested(town)
    await town.live_until(riga(town, 3, 5))
    ilze.sees(f"{S}.receiver_due.remind_receiver")
    ilze.sees_nothing()
    marta.sees_nothing()
    await town.live_until(riga(town, 3, 7))
    marta.sees(f"{S}.sender_due.tell_receiver_silent")
    await marta.taps(f"{S}.button.choose_other")
    marta.sees(f"{S}.nobody_else")
    anna.sees(f"{Y}.told.failed")
    ilze.sees(f"{S}.receiver_told.unopened_ended")
    assert await states(town) == [State.FAILED]


@pytest.mark.slow
@pytest.mark.feature("H6")
async def test_a_youth_whose_specialist_never_answers_hears_so_and_it_ends_with_everybody_told(town: Town) -> None:
    anna, marta, ilze = await requested(town)
    liene = await town.staff("liene", Role.LEAD)
    elsewhere = await town.staff("dace", Role.LEAD, "LV-041")
    await town.live_until(riga(town, 3, 10, "09:30"))
    marta.sees(f"{S}.sender_due.tell_receiver_silent")
    anna.sees_nothing()
    liene.sees_nothing()
    await town.live_until(riga(town, 3, 10, "12:00"))
    anna.sees(f"{Y}.due.tell_leads_silent")
    marta.sees(f"{S}.sender_due.tell_leads_silent")
    liene.sees(f"{S}.sender_due.tell_leads_silent")
    await town.live_until(riga(town, 3, 17, "09:30"))
    assert await states(town) == [State.REQUESTED]
    await town.live_until(riga(town, 3, 17, "12:00"))
    anna.sees(f"{Y}.due.close_unanswered")
    marta.sees(f"{S}.sender_due.close_unanswered")
    liene.sees(f"{S}.sender_due.close_unanswered")
    ilze.sees(f"{S}.receiver_due.close_unanswered")
    (row,) = await town.rows("SELECT state, reason, next_at FROM referrals")
    assert tuple(row) == (State.FAILED, Ending.NOBODY_ANSWERED, None)
    await town.live_until(riga(town, 4, 20), step=timedelta(days=1))
    for one in (anna, marta, liene, ilze, elsewhere):
        one.sees_nothing()


@pytest.mark.feature("H6")
async def test_a_lead_who_is_told_of_the_silence_can_choose_somebody_else(town: Town) -> None:
    anna, marta, ilze = await requested(town)
    liene = await town.staff("liene", Role.LEAD)
    await town.staff("zane", Role.SPECIALIST, speciality="psychologist")
    await town.live_until(riga(town, 3, 10, "12:00"))
    all_read(anna, marta, ilze)
    liene.sees(f"{S}.sender_due.tell_leads_silent")
    await liene.taps(f"{S}.button.choose_other")
    liene.sees(f"{S}.choose_receiver")
    assert liene.buttons[0].startswith("Zane")
    anna.sees(f"{Y}.told.failed")
    marta.sees(f"{S}.sender_told.failed")
    ilze.sees(f"{S}.receiver_told.unopened_ended")
    assert await states(town) == [State.FAILED]


async def test_where_no_lead_is_left_whoever_stands_in_is_told_and_shown_the_case(town: Town) -> None:
    anna, marta, ilze = await requested(town)
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    await town.live_until(riga(town, 3, 10, "12:00"))
    kaspars.sees(f"{S}.sender_due.tell_leads_silent")
    await kaspars.taps("programme.staff.button.open_case")
    kaspars.sees("programme.staff.case")
    all_read(anna, marta, ilze)


@pytest.mark.feature("H6")
async def test_an_act_in_between_begins_the_waiting_anew(town: Town) -> None:
    anna, marta, ilze = await requested(town)
    await town.live_until(riga(town, 3, 16), step=timedelta(hours=4))
    all_read(anna, marta, ilze)
    await ilze.taps(f"{S}.button.open")
    all_read(anna, marta, ilze)
    await town.live_until(riga(town, 3, 18, "09:30"), step=timedelta(hours=4))
    assert await states(town) == [State.RECEIVED]
    for one in (anna, marta, ilze):
        one.sees_nothing()


async def test_an_appointment_of_which_nobody_says_what_came_ends_too(town: Town) -> None:
    anna, marta, ilze = await appointed(town)
    liene = await town.staff("liene", Role.LEAD)
    await town.live_until(riga(town, 3, 12), step=timedelta(hours=6))
    all_read(anna, marta, ilze)
    await town.live_until(riga(town, 3, 13), step=timedelta(hours=6))
    for guide in (marta, liene):
        guide.sees(f"{S}.sender_due.tell_leads_no_outcome")
    anna.sees(f"{Y}.due.tell_leads_no_outcome")
    await town.live_until(riga(town, 3, 20), step=timedelta(hours=6))
    for guide in (marta, liene):
        guide.sees(f"{S}.sender_due.close_no_outcome")
    anna.sees(f"{Y}.due.close_no_outcome")
    ilze.sees(f"{S}.receiver_due.close_no_outcome")
    assert await states(town) == [State.FAILED]


async def test_a_young_person_who_does_not_answer_is_asked_once_more_the_mentor_told_and_it_ends(town: Town) -> None:
    anna, marta, ilze = await asked(town)
    anna.sees(f"{Y}.ask")
    await town.live_until(riga(town, 3, 12), step=timedelta(hours=6))
    anna.sees(f"{Y}.ask_again")
    anna.sees_nothing()
    marta.sees(f"{S}.sender_due.tell_youth_silent")
    await town.live_until(riga(town, 3, 20), step=timedelta(hours=6))
    anna.sees(f"{Y}.due.close_undecided")
    marta.sees(f"{S}.sender_due.close_undecided")
    ilze.sees_nothing()
    assert await states(town) == [State.FAILED]


@pytest.mark.feature("G11")
async def test_after_an_outage_no_reminder_of_what_is_over_goes_out_and_the_mentor_hears_so(town: Town) -> None:
    anna, marta, ilze = await appointed(town)
    await town.move_to(riga(town, 3, 10, "15:00"))
    anna.sees_nothing()
    ilze.sees(f"{S}.receiver_due.ask_outcome")
    ilze.sees_nothing()
    marta.sees(f"{S}.unreminded")
    marta.sees_nothing()
