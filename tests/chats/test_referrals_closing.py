"""Two-sided closing in chat: both say what happened, each ending is told, and nothing of the talk is asked."""

from datetime import timedelta

import pytest

from bot.calendar import in_minutes
from bot.checkins.chat_tasks import FinishTask
from bot.programme import store_tasks
from bot.programme.rules import CaseEnded
from bot.programme.tasks import Audience, TaskKind
from bot.referrals.closed import chat_outcome
from bot.referrals.closed.actions_outcome import AskAnother, Complete, GoesOn, Resolve, SayEarlier, SayMine
from bot.referrals.referral import Ending, Kind, Meeting, Said, State
from bot.roles import Role
from bot.turn import Tick
from tests.chats.referrals_met import met, open_tasks, put, standing, steps, words
from tests.chats.referrals_talk import S, Y, all_read, cast
from tests.town.inhabitant import Inhabitant
from tests.town.town import START, Town

AS_MENTOR = [("mentor", "mismatch")]


async def last_one(receiver: Inhabitant, said: str = "took_place") -> None:
    """The receiver says that it took place and that it was the last."""
    await receiver.taps(f"{S}.button.said_{said}")
    receiver.sees(f"{S}.ask_another")
    await receiver.taps(f"{S}.button.last")


# --- the six ways it goes ---------------------------------------------------------------------------------------


@pytest.mark.feature("O1", "H9", "H10", "H11", "S4.13")
async def test_both_say_that_it_took_place_and_it_is_done(town: Town) -> None:
    anna, marta, ilze = await met(town)
    assert "neviens te neprasa" in anna.sees(f"{Y}.due.ask_outcome").text
    ilze.sees(f"{S}.receiver_due.ask_outcome")
    await anna.taps(f"{Y}.button.said_helped")
    anna.sees(f"{Y}.said")
    marta.sees_nothing()
    await last_one(ilze)
    ilze.sees(f"{S}.said_completed")
    anna.sees(f"{Y}.told.completed")
    marta.sees(f"{S}.sender_told.completed")
    assert await standing(town) == (State.COMPLETED, None, 1)
    assert await words(town) == [(1, "took_place", "helped")]


@pytest.mark.feature("O1", "H11")
async def test_both_say_that_it_did_not_and_it_is_closed(town: Town) -> None:
    anna, marta, ilze = await met(town)
    await ilze.taps(f"{S}.button.said_did_not")
    ilze.sees(f"{S}.said")
    await anna.taps(f"{Y}.button.said_did_not")
    anna.sees(f"{Y}.said_not_happened")
    ilze.sees(f"{S}.receiver_told.not_happened")
    marta.sees(f"{S}.sender_told.not_happened")
    marta.find_button(f"{S}.button.choose_other")
    assert await standing(town) == (State.FAILED, Ending.DID_NOT_HAPPEN, 0)


@pytest.mark.feature("O1", "H10")
async def test_a_mismatch_is_the_mentors_task_until_they_have_found_out(town: Town) -> None:
    anna, marta, ilze = await met(town)
    await anna.taps(f"{Y}.button.said_did_not")
    await last_one(ilze)
    ilze.sees(f"{S}.said_mismatch")
    marta.sees(f"{S}.sender_told.mismatch")
    assert await open_tasks(town) == AS_MENTOR
    await marta.says("/today")
    marta.sees("programme.staff.task.mismatch")
    await marta.taps("checkins.staff.button.task")
    marta.sees(f"{S}.sent_card")
    all_read(anna, ilze)
    await marta.taps(f"{S}.button.did_take_place")
    marta.sees(f"{S}.resolved")
    anna.sees(f"{Y}.told.completed")
    ilze.sees(f"{S}.receiver_told.completed")
    assert await standing(town) == (State.COMPLETED, None, 1)
    assert await open_tasks(town) == []
    await marta.forges(Resolve(1, took_place=False).pack())
    marta.sees(f"{S}.moved_on")


@pytest.mark.feature("O1", "H9")
async def test_not_yet_from_the_provider_leads_straight_to_another_time(town: Town) -> None:
    anna, marta, ilze = await met(town)
    await ilze.taps(f"{S}.button.said_not_yet")
    ilze.sees(f"{S}.said_again")
    ilze.find_button(f"{S}.button.back")
    marta.sees(f"{S}.sender_told.again")
    anna.sees(f"{Y}.told.again")
    assert await standing(town) == (State.ACCEPTED, None, 0)
    await anna.taps(f"{Y}.button.said_took_place")
    anna.sees(f"{Y}.said_earlier")
    marta.sees(f"{S}.sender_told.earlier_mismatch")
    assert await open_tasks(town) == [("mentor", "earlier_mismatch")]
    all_read(marta)


@pytest.mark.feature("O1", "H6", "H10")
async def test_where_one_side_stays_silent_the_mentor_is_asked_to_find_out(town: Town) -> None:
    anna, marta, ilze = await met(town)
    liene = await town.staff("liene", Role.LEAD)
    await anna.taps(f"{Y}.button.said_took_place")
    all_read(anna, ilze)
    await steps(town, 2)
    anna.sees_nothing()
    ilze.sees(f"{S}.receiver_due.ask_outcome_again")
    marta.sees(f"{S}.sender_due.tell_no_outcome")
    marta.find_button(f"{S}.button.did_take_place")
    await steps(town)
    liene.sees(f"{S}.sender_due.tell_leads_no_outcome")
    liene.sees(f"{S}.sender_due.close_no_outcome")
    anna.sees(f"{Y}.due.close_no_outcome")
    ilze.sees(f"{S}.receiver_due.close_no_outcome")
    assert await standing(town) == (State.FAILED, Ending.UNCONFIRMED, 0)
    all_read(marta, liene)


@pytest.mark.feature("O1", "H6")
async def test_where_both_stay_silent_it_is_closed_and_everybody_knows(town: Town) -> None:
    anna, marta, ilze = await met(town)
    await steps(town)
    anna.sees(f"{Y}.due.ask_outcome_again")
    anna.sees(f"{Y}.due.close_no_outcome")
    ilze.sees(f"{S}.receiver_due.close_no_outcome")
    marta.sees(f"{S}.sender_due.close_no_outcome")
    assert await standing(town) == (State.FAILED, Ending.NOBODY_ANSWERED, 0)
    assert await words(town) == []


@pytest.mark.feature("O1", "H6")
async def test_not_yet_from_the_young_person_and_silence_lead_back_to_a_time(town: Town) -> None:
    anna, marta, ilze = await met(town)
    await anna.taps(f"{Y}.button.said_not_yet")
    all_read(anna, marta, ilze)
    await steps(town, 4)
    assert await standing(town) == (State.ACCEPTED, None, 0)
    anna.sees(f"{Y}.due.close_no_outcome_again")
    ilze.sees(f"{S}.receiver_due.close_no_outcome_again")
    marta.sees(f"{S}.sender_due.close_no_outcome_again")
    assert await words(town) == [(1, None, "not_yet")]


# --- changing one's word, twice, too early ----------------------------------------------------------------------


@pytest.mark.feature("O1")
async def test_a_word_may_be_changed_as_long_as_it_is_not_settled(town: Town) -> None:
    anna, marta, ilze = await met(town)
    await anna.taps(f"{Y}.button.said_did_not")
    await last_one(ilze, "helped")
    assert await open_tasks(town) == AS_MENTOR
    await anna.taps(f"{Y}.button.said_took_place")
    anna.sees(f"{Y}.said_completed")
    assert await standing(town) == (State.COMPLETED, None, 1)
    assert await open_tasks(town) == []
    await anna.forges(SayMine(1, Said.DID_NOT).pack())
    anna.sees(f"{Y}.moved_on")
    await ilze.forges(Complete(1, Said.DID_NOT).pack())
    ilze.sees(f"{S}.received_now")
    all_read(marta)


async def test_before_the_appointment_nothing_can_be_said_of_it(town: Town) -> None:
    anna, marta, ilze = await cast(town)
    await put(town, "ilze", meeting=Meeting(at=START + timedelta(days=2)))
    await anna.forges(SayMine(1, Said.HELPED).pack())
    anna.sees(f"{Y}.said_too_early")
    for forged in (AskAnother(1, Said.HELPED), GoesOn(1, Said.HELPED), Complete(1, Said.DID_NOT)):
        await ilze.forges(forged.pack())
    ilze.sees(f"{S}.received_now")
    assert await standing(town) == (State.IN_PROGRESS, None, 0)
    all_read(marta)


@pytest.mark.feature("H10")
async def test_the_task_goes_with_the_referral_however_that_ends(town: Town) -> None:
    anna, marta, ilze = await met(town)
    await anna.taps(f"{Y}.button.said_did_not")
    await last_one(ilze)
    await anna.taps(f"{Y}.button.withdraw")
    await anna.taps(f"{Y}.button.withdraw_sure")
    assert await open_tasks(town) == []
    all_read(anna, marta, ilze)


@pytest.mark.feature("O1", "H10", "H6")
async def test_a_mismatch_that_nobody_clears_up_is_reminded_told_to_the_lead_and_ends(town: Town) -> None:
    anna, marta, ilze = await met(town)
    liene = await town.staff("liene", Role.LEAD)
    await anna.taps(f"{Y}.button.said_did_not")
    await last_one(ilze)
    all_read(anna, marta, ilze)
    await steps(town)
    marta.sees(f"{S}.sender_due.remind_of_mismatch")
    liene.sees(f"{S}.sender_due.tell_leads_mismatch")
    marta.sees(f"{S}.sender_due.close_unclear")
    anna.sees(f"{Y}.due.close_unclear")
    ilze.sees(f"{S}.receiver_due.close_unclear")
    assert await standing(town) == (State.FAILED, Ending.UNCLEAR, 0)
    assert await open_tasks(town) == []
    all_read(liene)


@pytest.mark.feature("H10")
async def test_what_was_asked_for_apart_from_the_mentor_is_the_leads_task_and_never_the_mentors(town: Town) -> None:
    anna, marta, ilze = await met(town, without_mentor=True)
    liene = await town.staff("liene", Role.LEAD)
    all_read(marta)
    await anna.taps(f"{Y}.button.said_did_not")
    await last_one(ilze)
    liene.sees(f"{S}.sender_told.mismatch")
    assert await open_tasks(town) == [("lead", "mismatch")]
    await liene.says("/today")
    liene.sees("programme.staff.task.mismatch")
    marta.sees_nothing()
    await marta.says("/today")
    marta.does_not_see("programme.staff.task.mismatch")
    await marta.forges(Resolve(1, took_place=True).pack())
    marta.sees("people.staff.not_available")
    all_read(anna, marta, ilze)


# --- more than one appointment ----------------------------------------------------------------------------------


@pytest.mark.feature("S4.13", "H9", "H11")
async def test_another_one_is_proposed_at_once_and_the_sessions_are_counted(town: Town) -> None:
    anna, marta, ilze = await met(town)
    await ilze.taps(f"{S}.button.said_helped")
    await ilze.taps(f"{S}.button.another")
    ilze.sees(f"{S}.goes_on")
    ilze.find_button(f"{S}.button.back")
    marta.sees(f"{S}.sender_told.goes_on")
    anna.sees(f"{Y}.told.goes_on")
    assert await standing(town) == (State.ACCEPTED, None, 1)
    await ilze.says("/referrals")
    assert "notikusi 1 tikšanās" in ilze.sees(f"{S}.received").text
    await anna.taps(f"{Y}.button.said_helped")
    anna.sees(f"{Y}.said_earlier")
    marta.sees_nothing()
    assert await words(town) == [(1, "helped", "helped")]


@pytest.mark.parametrize(
    ("said", "answered", "key"),
    [
        ("said_helped", ("said_took_place", "another"), "goes_on"),
        ("said_did_not", ("said_not_yet",), "again"),
    ],
)
async def test_who_has_said_how_it_was_is_not_asked_whether_it_was_so(
    town: Town, said: str, answered: tuple[str, ...], key: str
) -> None:
    anna, marta, ilze = await met(town)
    await anna.taps(f"{Y}.button.{said}")
    anna.reads_rest()
    for button in answered:
        await ilze.taps(f"{S}.button.{button}")
    anna.sees(f"{Y}.told.{key}_as_said")
    marta.sees(f"{S}.sender_told.{key}")
    all_read(anna, marta, ilze)


@pytest.mark.feature("H10", "S4.13")
async def test_a_later_word_that_it_did_not_take_place_opens_nothing_again_but_is_a_task(town: Town) -> None:
    anna, marta, ilze = await met(town)
    await ilze.taps(f"{S}.button.said_helped")
    await ilze.taps(f"{S}.button.another")
    all_read(anna, marta, ilze)
    await anna.taps(f"{Y}.button.said_did_not")
    anna.sees(f"{Y}.said_earlier")
    marta.sees(f"{S}.sender_told.earlier_mismatch")
    assert await standing(town) == (State.ACCEPTED, None, 1)
    assert await open_tasks(town) == [("mentor", "earlier_mismatch")]
    await marta.says("/today")
    marta.sees("programme.staff.task.earlier_mismatch")
    await marta.taps("checkins.staff.button.task")
    marta.sees(f"{S}.sent_card_disputed")
    await marta.says("/today")
    await marta.taps("checkins.staff.button.task_done")
    assert await open_tasks(town) == []
    for minute in (0, 10**12):
        await anna.forges(SayEarlier(1, minute, Said.DID_NOT).pack())
    anna.sees(f"{Y}.moved_on")
    all_read(marta)


@pytest.mark.feature("H10")
async def test_a_dispute_taken_back_or_a_case_that_ends_takes_the_task_away(town: Town) -> None:
    anna, marta, ilze = await met(town)
    await ilze.taps(f"{S}.button.said_helped")
    await ilze.taps(f"{S}.button.another")
    minute = in_minutes(START)
    await anna.forges(SayEarlier(1, minute, Said.DID_NOT).pack())
    await anna.forges(SayEarlier(1, minute, Said.TOOK_PLACE).pack())
    assert await open_tasks(town) == []
    await anna.forges(SayEarlier(1, minute, Said.DID_NOT).pack())
    async with town.bot() as app, app.database.write() as db:
        await chat_outcome.case_ended(Tick(town.clock.now(), db, town.settings.zone), CaseEnded(1, 1))
    assert await open_tasks(town) == []
    all_read(anna, marta, ilze)


@pytest.mark.feature("S0.4")
async def test_a_partners_help_such_as_a_youth_centres_counts_like_a_specialists(town: Town) -> None:
    anna, marta, _ = await cast(town)
    raivis = await town.staff("raivis", Role.PARTNER)
    await put(town, "raivis", Kind.PARTNER)
    await town.move_to(START + timedelta(hours=2, minutes=10))
    await anna.taps(f"{Y}.button.said_took_place")
    await last_one(raivis, "helped")
    marta.sees(f"{S}.sender_told.completed")
    assert await standing(town) == (State.COMPLETED, None, 1)
    all_read(anna, raivis)


@pytest.mark.feature("S4.14")
async def test_a_career_consultant_and_the_young_person_say_that_an_aim_is_set(town: Town) -> None:
    anna, marta, _ = await cast(town)
    janis = await town.staff("janis", Role.SPECIALIST, speciality="career_consultant")
    await put(town, "janis", Kind.CAREER_CONSULTANT)
    await town.move_to(START + timedelta(hours=2, minutes=10))
    await anna.taps(f"{Y}.button.said_aim")
    await last_one(janis, "aim")
    assert await standing(town) == (State.COMPLETED, None, 1)
    assert await words(town) == [(1, "helped", "helped")]
    all_read(anna, marta, janis)


@pytest.mark.feature("H11", "S4.13")
async def test_no_notice_about_an_outcome_asks_for_or_holds_anything_that_was_said(town: Town) -> None:
    anna, marta, ilze = await met(town)
    await ilze.taps(f"{S}.button.said_took_place")
    await ilze.says("Mēs runājām par skolu.")
    await ilze.taps(f"{S}.button.last")
    await anna.taps(f"{Y}.button.said_took_place")
    for one in (anna, marta, ilze):
        assert not any("runājām" in message.text for message in one.phone.messages if message.sender == "bot")
    (kept,) = await town.rows("SELECT * FROM referral_sessions")
    assert set(kept._mapping) == {"referral_id", "number", "at", "provider_said", "youth_said"}
    all_read(anna, marta, ilze)


@pytest.mark.feature("O1", "X34")
async def test_a_task_about_what_was_asked_apart_from_the_mentor_is_not_the_mentors_though_they_lead(
    town: Town,
) -> None:
    anna, marta, ilze = await met(town, without_mentor=True)
    await town.staff("marta", Role.LEAD)
    async with town.open_database() as database, database.write() as db:
        kind, now = TaskKind.EARLIER_MISMATCH, town.clock.now()
        await store_tasks.open_task(db, 1, Audience.LEAD, kind, now, subject_id=1)
    (task,) = await town.rows("SELECT id FROM tasks WHERE kind = 'earlier_mismatch'")
    await marta.forges(FinishTask(task.id).pack())
    marta.sees("people.staff.not_available")
    assert await town.rows("SELECT id FROM tasks WHERE kind = 'earlier_mismatch' AND done_at IS NULL")
    anna.reads_rest()
    ilze.reads_rest()
