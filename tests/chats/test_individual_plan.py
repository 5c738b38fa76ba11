"""The individual programme: written by the mentor, approved by the lead, seen and ticked by the young person."""

from datetime import date, timedelta

import pytest

from bot.programme.planning.actions_plan import (
    AddGoal,
    AddStep,
    ApprovePlan,
    DropStep,
    LayPlan,
    OpenGoal,
    OpenGoals,
    OpenMyGoal,
    OpenStep,
    ReadPlan,
    SendBack,
    SetDay,
    TakeTemplate,
    TickStep,
)
from bot.programme.planning.goals import MOST_GOALS, MOST_WORDS, Measure
from bot.programme.planning.templates import TemplateName
from bot.roles import Role
from bot.storage.tables import grants
from tests.chats.casework import B, P, in_programme, opens_case, read_all, with_mentor
from tests.town.inhabitant import Inhabitant
from tests.town.sooner import NAMES, sooner
from tests.town.town import START, Town
from tests.town.walked_once import walked_once

Y = "programme.youth"
A = "programme.any"
NEVER = "<script>&"


async def writes(mentor: Inhabitant, town: Town, youth: str, *measures: str, goal: str = "Atrast darbu") -> None:
    """The mentor adds one goal with a step of each kind."""
    await opens_case(mentor, town, youth)
    await mentor.taps(f"{B}.open_goals")
    await mentor.taps(f"{B}.add_goal")
    await mentor.says(goal)
    for measure in measures:
        await mentor.taps(f"{B}.add_step")
        await mentor.taps(f"{A}.measure.{measure}")
        await mentor.taps(f"{B}.back_to_goal")
    await mentor.taps(f"{B}.back_to_goals")


@walked_once
async def approved(town: Town, *measures: str) -> tuple[Inhabitant, Inhabitant, Inhabitant]:
    """Anna's plan with one goal and these steps, approved by Liene; everything read."""
    anna, marta, liene = await in_programme(town)
    await writes(marta, town, "anna", *(measures or ("coach", "applying")))
    await marta.taps(f"{B}.lay")
    await liene.taps(f"{B}.read_plan")
    await liene.taps(f"{B}.approve")
    anna.sees(f"{Y}.plan_approved")
    read_all(anna, marta, liene)
    return anna, marta, liene


async def only(town: Town, what: str) -> int:
    return int((await town.rows(f"SELECT id FROM {what}"))[-1][0])


async def done(town: Town, action: str) -> int:
    """How often that stands in the audit."""
    return len(await town.rows("SELECT 1 FROM audit WHERE action = :action", action=action))


# --- goals and steps ----------------------------------------------------------------------------------------------


@pytest.mark.feature("F1")
async def test_a_mentor_writes_a_goal_and_steps_with_words_day_and_who_helps(town: Town) -> None:
    _, marta, _ = await in_programme(town)
    await writes(marta, town, "anna", goal=f"Atrast   darbu\nkafejnīcā {NEVER}")
    marta.reads_rest()
    await marta.taps_label("1. Atrast darbu")
    await marta.taps(f"{B}.add_step")
    await marta.taps(f"{A}.measure.applying")
    await marta.taps(f"{B}.word_step")
    await marta.says("Uzrakstīt CV kopā ar draugu")
    await marta.taps(f"{B}.day")
    marta.reads_rest()
    await marta.says("vakar")
    marta.sees(f"{P}.goals.day_unclear")
    await marta.says("2.6.2026")
    marta.sees(f"{P}.goals.day_unclear")
    await marta.says("15.4.")
    await marta.taps(f"{B}.helper")
    await marta.taps(f"{A}.helper.family")
    shown = marta.reads_rest()[-1].text
    for part in (f"Atrast darbu kafejnīcā {NEVER}", "CV un pieteikumi darbam: Uzrakstīt CV", "15.04.2026", "ar ģimeni"):
        assert part in shown
    rows = await town.rows("SELECT kind, words, due_on, helper, state FROM steps")
    assert [tuple(row) for row in rows] == [("applying", "Uzrakstīt CV kopā ar draugu", "2026-04-15", "family", "open")]


@pytest.mark.feature("F1")
async def test_goals_and_steps_are_moved_worded_anew_and_taken_out(town: Town) -> None:
    _, marta, _ = await in_programme(town)
    await writes(marta, town, "anna", "coach", "career", "driving")
    await writes(marta, town, "anna", goal="Iepazīt pilsētu")
    await marta.taps_label("2. Iepazīt")
    await marta.taps(f"{B}.up")
    await marta.taps(f"{B}.word_goal")
    await marta.says("Iepazīt Ogri")
    await marta.taps(f"{B}.back_to_goals")
    shown = marta.reads_rest()[-1].text
    assert shown.index("1. Iepazīt Ogri") < shown.index("2. Atrast darbu")
    await marta.taps_label("2. Atrast")
    await marta.taps_label("3")
    await marta.taps(f"{B}.up")
    await marta.taps(f"{B}.back_to_goal")
    await marta.taps_label("1")
    await marta.taps(f"{B}.drop_step")
    shown = marta.reads_rest()[-1].text
    assert shown.index("Autoskola") < shown.index("Karjeras konsultācija")
    assert "kouču" not in shown
    await marta.taps(f"{B}.drop_goal")
    assert [row[0] for row in await town.rows("SELECT words FROM goals")] == ["Iepazīt Ogri"]
    assert await town.rows("SELECT 1 FROM steps") == []
    marta.reads_rest()


@pytest.mark.feature("F1")
async def test_limits_are_said_kindly_and_nothing_longer_is_kept(town: Town) -> None:
    _, marta, _ = await in_programme(town)
    await opens_case(marta, town, "anna")
    await marta.taps(f"{B}.open_goals")
    await marta.taps(f"{B}.add_goal")
    marta.reads_rest()
    await marta.says("a" * 4096)
    marta.sees(f"{P}.goals.too_long")
    await marta.says("a" * MOST_WORDS)
    case = await only(town, "cases")
    for number in range(MOST_GOALS + 2):
        await marta.forges(AddGoal(case).pack())
        await marta.says(f"mērķis {number}")
    assert len(await town.rows("SELECT 1 FROM goals")) == MOST_GOALS
    read_all(marta)


@pytest.mark.feature("F1")
async def test_a_second_press_writes_no_second_step(town: Town) -> None:
    _, marta, _ = await in_programme(town)
    await writes(marta, town, "anna")
    press = AddStep(await only(town, "goals"), Measure.COACH, 0).pack()
    await marta.forges(press)
    await marta.forges(press)
    case = await only(town, "cases")
    await marta.forges(TakeTemplate(case, TemplateName.FIRST_STEPS, 1).pack())
    await marta.forges(TakeTemplate(case, TemplateName.FIRST_STEPS, 1).pack())
    assert [row[0] for row in await town.rows("SELECT template FROM goals ORDER BY id")] == [
        None, "rhythm", "strengths"
    ]  # fmt: skip
    assert len(await town.rows("SELECT 1 FROM steps WHERE kind = 'coach'")) == 2
    marta.reads_rest()


@pytest.mark.feature("S4.7", "S4.11", "S4.12")
async def test_the_newcomer_template_is_suggested_for_ukrainian_and_read_in_each_ones_language(town: Town) -> None:
    danylo, marta, liene = await in_programme(town, "danylo")
    await opens_case(marta, town, "danylo")
    await marta.taps(f"{B}.open_goals")
    await marta.taps(f"{B}.templates")
    marta.sees(f"{P}.goals.templates_suggested")
    await marta.taps(f"{P}.template.newcomer")
    shown = marta.reads_rest()[-1].text
    order = [marta.words(f"{A}.goal.{one}") for one in ("settle_in", "languages", "wellbeing", "aims", "work_or_study")]
    places = [shown.index(one) for one in order]
    assert places == sorted(places)
    await marta.taps(f"{B}.lay")
    await liene.taps(f"{B}.read_plan")
    await liene.taps(f"{B}.approve")
    read_all(marta, liene, danylo)
    await danylo.says("/plan")
    page = danylo.reads_rest()[-1].text
    assert all(danylo.words(f"{A}.goal.{one}") in page for one in ("settle_in", "languages", "wellbeing", "aims"))
    assert danylo.words(f"{A}.measure.volunteering") in page
    assert "Латиська мова" in page


async def test_for_others_no_template_is_suggested_before_the_rest(town: Town) -> None:
    _, marta, _ = await in_programme(town)
    await opens_case(marta, town, "anna")
    await marta.taps(f"{B}.open_goals")
    await marta.taps(f"{B}.templates")
    marta.does_not_see(f"{P}.goals.templates_suggested")
    assert marta.find_button(f"{P}.template.first_steps")
    marta.reads_rest()


# --- the lead's yes -----------------------------------------------------------------------------------------------


@pytest.mark.feature("F3")
async def test_the_lead_reads_sends_back_with_a_comment_and_approves_what_was_changed(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    await writes(marta, town, "anna", "coach")
    await marta.taps(f"{B}.lay")
    marta.sees(f"{P}.lay.sent")
    liene.sees(f"{P}.lay.asked")
    await liene.taps(f"{B}.read_plan")
    assert "kouču" in liene.sees(f"{P}.lay.state_yours").text
    await liene.taps(f"{B}.send_back")
    liene.sees(f"{P}.lay.ask_comment")
    await liene.says("b" * 501)
    liene.sees(f"{P}.lay.comment_too_long")
    await liene.says("Lūdzu, pieliec arī autoskolu")
    liene.sees(f"{P}.lay.sent_back")
    assert "autoskolu" in marta.sees(f"{P}.lay.sent_back_told").text
    assert [tuple(row) for row in await town.rows("SELECT audience, kind, done_at FROM tasks")][-1] == (
        "mentor", "refill_plan", None
    )  # fmt: skip
    await anna.says("/plan")
    assert "kouču" not in anna.reads_rest()[-1].text
    await marta.taps(f"{B}.open_goals")
    marta.sees_words("Lūdzu, pieliec arī autoskolu")
    await marta.taps_label("1. Atrast")
    await marta.taps(f"{B}.add_step")
    await marta.taps(f"{A}.measure.driving")
    await marta.taps(f"{B}.back_to_goal")
    await marta.taps(f"{B}.back_to_goals")
    await marta.taps(f"{B}.lay")
    assert await town.rows("SELECT 1 FROM tasks WHERE kind = 'refill_plan' AND done_at IS NULL") == []
    await liene.taps(f"{B}.read_plan")
    await liene.taps(f"{B}.approve")
    liene.sees(f"{P}.lay.approved")
    marta.sees(f"{P}.lay.approved_told")
    anna.sees(f"{Y}.plan_approved")
    await anna.taps(f"{Y}.button.plan")
    assert "Autoskola" in anna.reads_rest()[-1].text
    assert await town.rows("SELECT 1 FROM tasks WHERE done_at IS NULL AND kind LIKE '%plan'") == []
    assert (await done(town, "plan.sent_back"), await done(town, "plan.approved")) == (1, 1)


@pytest.mark.feature("F3", "F2")
async def test_a_change_after_the_approval_needs_a_new_one_and_is_not_seen_before(town: Town) -> None:
    anna, marta, liene = await approved(town)
    await opens_case(marta, town, "anna")
    await marta.taps(f"{B}.open_goals")
    marta.sees(f"{P}.goals.standing.approved")
    await marta.taps_label("1. Atrast")
    await marta.taps(f"{B}.word_goal")
    await marta.says("Atrast darbu Ogrē")
    await marta.taps(f"{B}.back_to_goals")
    marta.sees(f"{P}.goals.standing.changed")
    await anna.says("/plan")
    assert "Ogrē" not in anna.reads_rest()[-1].text
    await marta.taps(f"{B}.lay")
    await liene.taps(f"{B}.read_plan")
    await liene.taps(f"{B}.approve")
    read_all(anna, marta, liene)
    await anna.says("/plan")
    assert "Ogrē" in anna.reads_rest()[-1].text


@pytest.mark.feature("F3")
async def test_an_approved_step_that_is_dropped_is_kept_and_can_be_taken_up(town: Town) -> None:
    anna, marta, _ = await approved(town)
    first = int((await town.rows("SELECT id FROM steps ORDER BY id"))[0][0])
    await marta.forges(DropStep(first).pack())
    assert "✖️" in marta.reads_rest()[-1].text
    await anna.says("/plan")
    assert "kouču" not in anna.reads_rest()[-1].text
    await marta.forges(OpenStep(first).pack())
    await marta.taps(f"{B}.take_up")
    marta.reads_rest()
    assert [row[0] for row in await town.rows("SELECT state FROM steps ORDER BY id")] == ["open", "open"]
    await anna.says("/plan")
    assert "kouču" in anna.reads_rest()[-1].text


@pytest.mark.feature("F3")
async def test_two_leads_cannot_both_decide(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    laura = await town.staff("laura", Role.LEAD)
    await writes(marta, town, "anna", "coach")
    await marta.taps(f"{B}.lay")
    read_all(marta)
    for lead in (liene, laura):
        await lead.taps(f"{B}.read_plan")
        read_all(lead)
    await laura.taps(f"{B}.send_back")
    laura.reads_rest()
    await liene.taps(f"{B}.approve")
    liene.sees(f"{P}.lay.approved")
    await laura.says("Tā nevar")
    laura.sees(f"{P}.lay.state_approved")
    await laura.forges(ApprovePlan(await only(town, "plan_decisions")).pack())
    assert [tuple(row) for row in await town.rows("SELECT state, comment FROM plan_decisions")] == [("approved", None)]
    read_all(anna, marta)


@pytest.mark.feature("F3")
async def test_two_leads_who_press_in_the_same_moment_leave_one_decision_and_one_notice(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    laura = await town.staff("laura", Role.LEAD)
    await writes(marta, town, "anna", "coach")
    await marta.taps(f"{B}.lay")
    read_all(marta)
    press = ApprovePlan(await only(town, "plan_decisions")).pack()
    for lead in (liene, laura):
        await lead.phone.forge_press(press)
    await town.settle()
    assert await done(town, "plan.approved") == 1
    anna.sees(f"{Y}.plan_approved")
    anna.sees_nothing()
    read_all(marta, liene, laura)


@pytest.mark.feature("F3", "S4.4")
async def test_a_lead_who_is_the_mentor_approves_alone_only_where_nobody_else_leads(town: Town) -> None:
    await town.staff("liene", Role.MENTOR)
    anna, _, liene = await in_programme(town, mentor="liene")
    await writes(liene, town, "anna", "coach")
    await liene.taps(f"{B}.lay")
    liene.sees(f"{P}.lay.alone")
    laura = await town.staff("laura", Role.LEAD)
    await liene.taps(f"{B}.read_plan")
    liene.sees(f"{P}.lay.state_others")
    number = await only(town, "plan_decisions")
    await liene.forges(ApprovePlan(number).pack())
    assert await done(town, "plan.approved_alone") == 0
    await laura.forges(ApprovePlan(number).pack())
    laura.sees(f"{P}.lay.approved")
    read_all(anna, liene)


@pytest.mark.feature("F3", "S4.4")
async def test_the_only_lead_approves_their_own_plan_and_the_record_says_so(town: Town) -> None:
    await town.staff("liene", Role.MENTOR)
    anna, _, liene = await in_programme(town, mentor="liene")
    await writes(liene, town, "anna", "coach")
    await liene.taps(f"{B}.lay")
    await liene.taps(f"{B}.read_plan")
    liene.sees(f"{P}.lay.state_alone")
    await liene.taps(f"{B}.approve")
    anna.sees(f"{Y}.plan_approved")
    assert await done(town, "plan.approved_alone") == 1
    read_all(liene)


@pytest.mark.feature("F3")
async def test_a_plan_nobody_decides_on_is_said_to_the_lead_once_and_then_to_the_coordinator_once(town: Town) -> None:
    _, marta, liene = await in_programme(town, weekday=4)
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    await writes(marta, town, "anna", "coach")
    await marta.taps(f"{B}.lay")
    read_all(marta, liene)
    await town.live_until(START + timedelta(days=1, hours=23), step=timedelta(hours=6))
    liene.does_not_see(f"{P}.lay.reminder")
    await town.live_until(START + timedelta(days=2, hours=2))
    liene.sees(f"{P}.lay.reminder")
    kaspars.sees_nothing()
    await town.live_until(START + timedelta(days=4, hours=3), step=timedelta(hours=6))
    assert "gaida lēmumu" in kaspars.sees(f"{P}.lay.escalated").text
    await town.live_until(START + timedelta(days=9), step=timedelta(hours=12))
    kaspars.sees_nothing()
    assert not any("gaida lēmumu" in one.text for one in liene.reads_rest())
    await kaspars.forges(ReadPlan(await only(town, "plan_decisions")).pack())
    kaspars.sees("people.staff.not_available")
    read_all(marta, town.people["anna"])


@pytest.mark.feature("F3")
async def test_what_cannot_be_laid_down_says_why_and_leads_there(town: Town) -> None:
    _, marta, _ = await in_programme(town)
    await writes(marta, town, "anna")
    await marta.taps(f"{B}.lay")
    marta.sees(f"{P}.lay.without_steps")
    await marta.taps(f"{B}.open_goal")
    marta.reads_rest()
    await marta.taps(f"{B}.add_step")
    await marta.taps(f"{A}.measure.coach")
    marta.reads_rest()
    await marta.forges(SetDay(await only(town, "steps"), date(2027, 6, 1)).pack())
    marta.sees(f"{P}.goals.day_unclear")
    assert await town.rows("SELECT 1 FROM steps WHERE due_on IS NOT NULL") == []


# --- the young person ---------------------------------------------------------------------------------------------


@pytest.mark.feature("F2")
@pytest.mark.parametrize("name", sooner("danylo", NAMES))
async def test_a_young_person_reads_steps_in_their_language_and_ticks_one(town: Town, name: str) -> None:
    young, marta, liene = await in_programme(town, name)
    await writes(marta, town, name, "psychologist", "driving", goal="Dzīvot savā ritmā")
    await marta.taps(f"{B}.lay")
    await liene.taps(f"{B}.read_plan")
    await liene.taps(f"{B}.approve")
    young.sees(f"{Y}.plan_approved")
    await young.taps(f"{Y}.button.plan")
    page = young.sees(f"{Y}.plan.with_goals").text
    assert "Dzīvot savā ritmā" in page
    assert young.words(f"{A}.measure.driving") in page
    await young.taps_label("1. Dzīvot")
    young.sees(f"{Y}.goal")
    await young.taps_label(young.words(f"{A}.measure.driving"))
    assert "✅ " + young.words(f"{A}.measure.driving") in young.sees(f"{Y}.goal").text
    read_all(marta, liene)
    await opens_case(marta, town, name)
    await marta.taps(f"{B}.open_goals")
    assert "(1 no 2)" in marta.sees(f"{P}.goals.page").text
    await young.taps_label("✅")
    assert "✅" not in young.sees(f"{Y}.goal").text


@pytest.mark.feature("F2")
async def test_the_mentor_hears_of_ticks_once_a_day_and_a_tick_is_no_change_of_the_plan(town: Town) -> None:
    anna, marta, _ = await approved(town, "coach", "applying", "driving")
    ids = [int(row[0]) for row in await town.rows("SELECT id FROM steps ORDER BY id")]
    await anna.forges(TickStep(ids[0], done=True).pack())
    assert "kouču" not in marta.sees(f"{P}.goals.ticked").text
    await anna.forges(TickStep(ids[1], done=True).pack())
    await anna.forges(TickStep(ids[1], done=True).pack())
    await anna.forges(TickStep(ids[0], done=False).pack())
    marta.sees_nothing()
    await marta.taps(f"{B}.open_goals")
    marta.sees(f"{P}.goals.standing.approved")
    await town.move_to(START + timedelta(days=1, hours=1))
    await anna.forges(TickStep(ids[2], done=True).pack())
    marta.sees(f"{P}.goals.ticked")
    assert [row[0] for row in await town.rows("SELECT state FROM steps ORDER BY id")] == ["open", "done", "done"]
    read_all(anna, marta)


@pytest.mark.feature("F2")
async def test_a_draft_is_nobody_elses_and_forged_buttons_do_nothing(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    oksana = await town.staff("oksana", Role.MENTOR)
    ilze = await town.staff("ilze", Role.SPECIALIST, speciality="psychologist")
    danylo = await town.youth("danylo")
    await writes(marta, town, "anna", "coach")
    goal, step, case = await only(town, "goals"), await only(town, "steps"), await only(town, "cases")
    await anna.forges(OpenMyGoal(goal).pack())
    anna.sees("people.youth.not_available")
    await anna.forges(TickStep(step, done=True).pack())
    anna.sees("people.youth.not_available")
    await marta.taps(f"{B}.lay")
    number = await only(town, "plan_decisions")
    for stranger in (oksana, ilze):
        for action in (OpenGoals(case), OpenGoal(goal), OpenStep(step), LayPlan(case), ReadPlan(number)):
            await stranger.forges(action.pack())
            stranger.sees("people.staff.not_available")
    for action in (ApprovePlan(number), SendBack(number)):
        await marta.forges(action.pack())
        marta.sees("people.staff.not_available")
    await danylo.forges(TickStep(step, done=True).pack())
    danylo.sees("people.youth.not_available")
    assert [row[0] for row in await town.rows("SELECT state FROM steps")] == ["open"]
    read_all(marta, liene, anna)


async def test_the_plan_stays_to_be_read_once_the_case_has_ended_and_nothing_waits(town: Town) -> None:
    anna, marta, liene = await with_mentor(town)
    await writes(marta, town, "anna", "coach")
    await marta.taps(f"{B}.lay")
    read_all(anna, marta, liene)
    await opens_case(liene, town, "anna")
    await liene.taps(f"{B}.elsewhere")
    await liene.taps(f"{A}.outcome.job")
    await liene.taps(f"{B}.end_it")
    read_all(anna, marta, liene)
    await town.live_until(START + timedelta(days=7), step=timedelta(hours=12))
    assert not any("gaida lēmumu" in one.text for one in liene.reads_rest())
    await marta.forges(AddGoal(await only(town, "cases")).pack())
    marta.sees("people.staff.not_available")
    await marta.forges(OpenGoals(await only(town, "cases")).pack())
    marta.sees(f"{P}.goals.page")
    read_all(anna, marta)


@pytest.mark.feature("F3")
async def test_what_waits_for_the_lead_and_what_came_back_stand_on_the_lists_of_the_day(town: Town) -> None:
    anna, marta, liene = await with_mentor(town)
    await writes(marta, town, "anna", "coach")
    await marta.taps(f"{B}.lay")
    liene.reads_rest()
    await liene.says("/today")
    liene.sees(f"{P}.task.approve_plan")
    await liene.taps("checkins.staff.button.task")
    liene.sees(f"{P}.lay.state_yours")
    await liene.taps(f"{B}.send_back")
    liene.reads_rest()
    await liene.says("Par īsu")
    read_all(liene, marta, anna)
    await marta.says("/today")
    marta.sees(f"{P}.task.refill_plan")
    await marta.taps("checkins.staff.button.task")
    marta.sees_words("Par īsu")
    await liene.says("/today")
    liene.does_not_see(f"{P}.task.approve_plan")
    liene.reads_rest()


@pytest.mark.feature("F3")
async def test_where_nobody_leads_the_mentor_is_told_so_and_the_coordinator_hears_after_two_working_days(
    town: Town,
) -> None:
    anna, marta, _ = await with_mentor(town)
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    async with town.open_database() as database, database.write() as db:
        await db.execute(grants.delete().where(grants.c.role == Role.LEAD.value))
    await writes(marta, town, "anna", "coach")
    await marta.taps(f"{B}.lay")
    marta.sees(f"{P}.lay.nobody")
    await town.live_until(START + timedelta(days=2, hours=2), step=timedelta(hours=6))
    kaspars.sees(f"{P}.lay.escalated")
    await town.live_until(START + timedelta(days=7), step=timedelta(hours=12))
    assert not any("gaida lēmumu" in one.text for one in kaspars.reads_rest())
    read_all(anna, marta, town.people["liene"])
