"""What happens to a referral when nobody answers: reminders, others are told, and it ends."""

from datetime import timedelta

import pytest

from bot.referrals.referral import Ending, State
from bot.roles import Role
from tests.chats.referrals_met import steps
from tests.chats.referrals_talk import S, Y, all_read, appointed, asked, requested, riga, states
from tests.town.town import Town
from tests.web.desk import DESK, NAME
from tests.web.desk import requested as to_desk


@pytest.mark.feature("H6")
async def test_a_receiver_who_does_not_answer_is_reminded_and_then_passed_over(town: Town) -> None:
    anna, marta, ilze = await requested(town)
    await steps(town, 1)
    ilze.sees(f"{S}.receiver_due.remind_receiver")
    for one in (anna, marta, ilze):
        one.sees_nothing()
    await steps(town, 1)
    marta.sees(f"{S}.sender_due.tell_receiver_silent")
    await marta.taps(f"{S}.button.choose_other")
    marta.sees(f"{S}.nobody_else")
    anna.sees(f"{Y}.told.failed")
    ilze.sees(f"{S}.receiver_told.unopened_ended")
    assert await states(town) == [State.FAILED]


@pytest.mark.feature("H6", "H8")
async def test_a_desk_that_does_not_answer_is_written_to_again_and_then_passed_over(town: Town) -> None:
    anna, marta, _ = await to_desk(town)
    mailbox = town.mailbox(DESK)
    await steps(town, 1)
    mailbox.sees("referrals.staff.letter.body.reminder")
    marta.sees_nothing()
    await steps(town, 1)
    told = marta.sees(f"{S}.sender_due.tell_receiver_silent")
    assert NAME in told.text
    await marta.taps(f"{S}.button.choose_other")
    marta.reads_rest()
    anna.sees(f"{Y}.told.failed")
    mailbox.sees("referrals.staff.letter.body.over")
    assert await states(town) == [State.FAILED]


@pytest.mark.feature("H6")
async def test_a_youth_whose_specialist_never_answers_hears_so_and_it_ends_with_everybody_told(town: Town) -> None:
    anna, marta, ilze = await requested(town)
    liene = await town.staff("liene", Role.LEAD)
    elsewhere = await town.staff("dace", Role.LEAD, "LV-041")
    await steps(town, 2)
    marta.sees(f"{S}.sender_due.tell_receiver_silent")
    anna.sees_nothing()
    liene.sees_nothing()
    await steps(town, 1)
    assert "Marta" in anna.sees(f"{Y}.due.tell_leads_silent").text
    for guide in (marta, liene):
        guide.sees(f"{S}.sender_due.tell_leads_silent")
        guide.find_button(f"{S}.button.choose_other")
    await steps(town, 1)
    anna.sees(f"{Y}.due.close_unanswered")
    for guide in (marta, liene):
        guide.sees(f"{S}.sender_due.close_unanswered")
        guide.find_button(f"{S}.button.choose_other")
    ilze.sees(f"{S}.receiver_due.close_unanswered")
    (row,) = await town.rows("SELECT state, reason, next_at FROM referrals")
    assert tuple(row) == (State.FAILED, Ending.NOBODY_ANSWERED, None)
    await town.move_to(town.clock.now() + timedelta(days=40))
    for one in (anna, marta, liene, ilze, elsewhere):
        one.sees_nothing()


@pytest.mark.feature("H6", "S1.9")
async def test_a_lead_who_is_told_of_the_silence_can_choose_somebody_else(town: Town) -> None:
    anna, marta, ilze = await requested(town)
    liene = await town.staff("liene", Role.LEAD)
    await town.staff("zane", Role.SPECIALIST, speciality="psychologist")
    await steps(town, 3)
    all_read(anna, marta, ilze)
    liene.sees(f"{S}.sender_due.tell_leads_silent")
    await liene.taps(f"{S}.button.choose_other")
    liene.sees(f"{S}.choose_receiver")
    assert "Zane" in liene.buttons[0]
    anna.sees(f"{Y}.told.failed")
    marta.sees(f"{S}.sender_told.failed")
    ilze.sees(f"{S}.receiver_told.unopened_ended")
    assert await states(town) == [State.FAILED]


async def test_where_no_lead_is_left_whoever_stands_in_is_told_and_shown_the_case(town: Town) -> None:
    anna, marta, ilze = await requested(town)
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    await steps(town, 3)
    kaspars.sees(f"{S}.sender_due.tell_leads_silent")
    await kaspars.taps("programme.staff.button.open_case")
    kaspars.sees("programme.staff.case")
    all_read(anna, marta, ilze)


@pytest.mark.feature("H6")
async def test_an_act_in_between_begins_the_waiting_anew(town: Town) -> None:
    anna, marta, ilze = await requested(town)
    await steps(town, 3)
    all_read(anna, marta, ilze)
    await ilze.taps(f"{S}.button.open")
    all_read(anna, marta, ilze)
    await steps(town, 1)
    ilze.sees(f"{S}.receiver_due.remind_receiver")
    assert await states(town) == [State.RECEIVED]
    for one in (anna, marta):
        one.sees_nothing()


async def test_a_young_person_who_does_not_answer_is_asked_once_more_the_mentor_told_and_it_ends(town: Town) -> None:
    anna, marta, ilze = await asked(town)
    anna.sees(f"{Y}.ask")
    await steps(town, 1)
    anna.sees(f"{Y}.ask_again")
    marta.sees_nothing()
    await steps(town, 1)
    marta.sees(f"{S}.sender_due.tell_youth_silent")
    anna.sees_nothing()
    await steps(town, 1)
    anna.sees(f"{Y}.due.close_undecided")
    marta.sees(f"{S}.sender_due.close_undecided")
    ilze.sees_nothing()
    assert await states(town) == [State.FAILED]


@pytest.mark.feature("G11")
async def test_after_an_outage_no_reminder_of_what_is_over_goes_out_and_the_mentor_hears_so(town: Town) -> None:
    anna, marta, ilze = await appointed(town)
    await town.move_to(riga(town, 3, 10, "15:00"))
    anna.sees(f"{Y}.due.ask_outcome")
    anna.sees_nothing()
    ilze.sees(f"{S}.receiver_due.ask_outcome")
    ilze.sees_nothing()
    marta.sees(f"{S}.unreminded")
    marta.sees_nothing()
