"""How somebody is 4 weeks and 6 months after the programme: one question each while the case is open, and the record
of staff, asked for until it stands."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.programme.afterwards.reopening import Comeback
from bot.programme.afterwards.results import Answer
from bot.programme.period.screens_time import AnswerResult, BeginAftercare, ChooseResult, OpenResults, RecordResult
from bot.programme.rules import Outcome, OutcomeGroup, Stage
from bot.programme.screens import End, Reopen
from bot.roles import Role
from bot.storage.tables import alerts
from tests.chats.casework import B, in_programme, read_all
from tests.town.inhabitant import Inhabitant
from tests.town.sooner import GUIDED, sooner
from tests.town.town import Town

Y = "programme.youth"
S = "programme.staff"

FOUR_WEEKS = datetime(2026, 3, 30, 6, 0, tzinfo=UTC)
"""09:00 in Rīga on Monday, 28 days after the programme's last day; the clocks have changed the day before."""

SIX_MONTHS = datetime(2026, 9, 2, 6, 0, tzinfo=UTC)


async def only_case(town: Town) -> int:
    return int((await town.rows("SELECT id FROM cases"))[0][0])


async def in_aftercare(
    town: Town, name: str = "anna", mentor: str = "marta"
) -> tuple[Inhabitant, Inhabitant, Inhabitant]:
    """A programme that ended today, 2 March, with a month of aftercare; everything read."""
    young, guide, liene = await in_programme(town, name, mentor)
    await liene.forges(BeginAftercare(await only_case(town), 1, sure=True).pack())
    read_all(young, guide, liene)
    return young, guide, liene


async def result(town: Town, kind: str = "four_weeks") -> int:
    return int((await town.rows("SELECT id FROM results WHERE kind = :kind", kind=kind))[0][0])


@pytest.mark.feature("O13", "S4.15")
@pytest.mark.parametrize(("name", "mentor"), sooner("danylo", GUIDED))
async def test_after_four_weeks_one_question_and_a_task_and_after_six_months_the_last(
    town: Town, name: str, mentor: str
) -> None:
    young, guide, liene = await in_aftercare(town, name, mentor)
    await town.move_to(FOUR_WEEKS - timedelta(minutes=1))
    young.reads_rest()
    read_all(guide, liene)
    await town.move_to(FOUR_WEEKS)
    young.sees(f"{Y}.result.four_weeks")
    guide.sees(f"{S}.result.ask.four_weeks")
    assert young.find_button("people.youth.button.help")
    await young.taps(f"{Y}.button.result.learning")
    young.sees(f"{Y}.result.better")
    number = await result(town)
    for better in ("mood", "plans", "mood"):
        await young.forges(f"programme.result_better:{number}:{better}")
    await young.taps(f"{Y}.button.better_done")
    young.sees(f"{Y}.result.thanks")
    guide.sees(f"{S}.result.answered")
    kept = await town.rows("SELECT answer, better, outcome FROM results WHERE id = :number", number=number)
    assert [tuple(row) for row in kept] == [("learning", "plans", None)]
    await guide.forges(ChooseResult(number).pack())
    guide.sees(f"{S}.result.choose.four_weeks")
    await guide.taps(f"{B}.outcomes.learning")
    await guide.taps("programme.any.outcome.training_nonformal")
    guide.sees(f"{S}.result.recorded")
    assert not await town.rows("SELECT 1 FROM tasks WHERE kind = 'result' AND done_at IS NULL")
    await town.move_to(SIX_MONTHS - timedelta(hours=1))
    read_all(young, guide, liene)
    await town.move_to(SIX_MONTHS)
    young.sees(f"{Y}.result.six_months")
    await young.taps(f"{Y}.button.result.not_said")
    young.sees(f"{Y}.result.not_said")
    await guide.forges(RecordResult(await result(town, "six_months"), Outcome.JOB).pack())
    guide.sees(f"{S}.result.recorded_last")
    liene.sees(f"{S}.result.now_close")
    await liene.taps(f"{B}.close")
    read_all(young, guide, liene)


@pytest.mark.feature("G13", "O13", "S4.15")
async def test_once_the_case_is_closed_only_staff_are_asked(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    await liene.forges(End(await only_case(town), Stage.CLOSED, Outcome.JOB, sure=True).pack())
    anna.sees(f"{Y}.closed")
    read_all(marta, liene)
    for moment in (FOUR_WEEKS, SIX_MONTHS):
        await town.move_to(moment)
        anna.sees_nothing()
    marta.sees(f"{S}.result.ask.four_weeks")
    marta.sees(f"{S}.result.ask.six_months")
    await anna.forges(AnswerResult(await result(town), Answer.WORK).pack())
    anna.sees(f"{Y}.result.over")
    await marta.forges(OpenResults(await only_case(town)).pack())
    marta.sees(f"{S}.result.page")
    for kind, outcome in (("four_weeks", Outcome.JOB), ("six_months", Outcome.EDUCATION)):
        await marta.forges(RecordResult(await result(town, kind), outcome).pack())
        marta.sees(f"{S}.result.recorded")
    read_all(marta, liene)


@pytest.mark.feature("O13", "S4.15")
async def test_what_is_not_recorded_is_reminded_of_twice_in_working_time_then_the_lead_has_it(town: Town) -> None:
    anna, marta, liene = await in_aftercare(town)
    await town.move_to(FOUR_WEEKS)
    anna.sees(f"{Y}.result.four_weeks")
    read_all(marta, liene)
    await town.move_to(datetime(2026, 4, 2, 6, 0, tzinfo=UTC))
    marta.sees(f"{S}.result.reminded.four_weeks")
    await town.move_to(datetime(2026, 4, 8, 6, 0, tzinfo=UTC))  # Easter lies between
    liene.reads_rest()
    marta.reads_rest()
    await town.move_to(datetime(2026, 4, 9, 6, 0, tzinfo=UTC))
    marta.sees(f"{S}.result.reminded_twice.four_weeks")
    await town.move_to(datetime(2026, 4, 14, 6, 0, tzinfo=UTC))
    liene.sees(f"{S}.result.with_lead.four_weeks")
    open_now = await town.rows("SELECT audience FROM tasks WHERE kind = 'result' AND done_at IS NULL")
    assert [row[0] for row in open_now] == ["lead"]
    read_all(anna, marta, liene)
    await town.move_to(datetime(2026, 5, 12, 6, 0, tzinfo=UTC))
    marta.does_not_see(f"{S}.result.reminded_twice.four_weeks")
    read_all(anna, marta, liene)


@pytest.mark.feature("S4.15", "X36")
async def test_nobody_else_answers_or_records_and_the_first_answer_counts(town: Town) -> None:
    anna, marta, liene = await in_aftercare(town)
    number = await result(town)
    await anna.forges(AnswerResult(number, Answer.WORK).pack())
    anna.sees(f"{Y}.result.over")  # it has not been asked yet
    await marta.forges(RecordResult(number, Outcome.JOB).pack())
    marta.sees(f"{S}.result.page")
    await town.move_to(FOUR_WEEKS)
    read_all(anna, marta, liene)
    danylo = await town.youth("danylo")
    oksana = await town.staff("oksana", Role.MENTOR)
    await danylo.forges(AnswerResult(number, Answer.WORK).pack())
    danylo.sees("people.youth.not_available")
    for action in (OpenResults(await only_case(town)), ChooseResult(number, OutcomeGroup.WORK)):
        await oksana.forges(action.pack())
        oksana.sees("people.staff.not_available")
    await anna.forges(AnswerResult(number, Answer.WORK).pack())
    anna.sees(f"{Y}.result.better")
    await anna.forges(AnswerResult(number, Answer.LEARNING).pack())
    anna.sees(f"{Y}.result.kept")
    assert (await town.rows("SELECT answer FROM results WHERE kind = 'four_weeks'"))[0][0] == "work"
    await liene.forges(RecordResult(number, Outcome.JOB).pack())
    liene.sees(f"{S}.result.recorded")
    await marta.forges(RecordResult(number, Outcome.LOST_CONTACT).pack())
    marta.sees(f"{S}.result.page")
    assert (await town.rows("SELECT outcome FROM results WHERE kind = 'four_weeks'"))[0][0] == "job"
    read_all(anna, marta, liene)


@pytest.mark.feature("G11", "G12", "S4.15")
async def test_a_bell_that_rings_twice_after_an_outage_asks_once(town: Town) -> None:
    anna, marta, liene = await in_aftercare(town)
    await town.move_to(FOUR_WEEKS + timedelta(days=5))
    await town.tick()
    await town.tick()
    anna.sees(f"{Y}.result.four_weeks")
    assert (
        await town.rows(
            "SELECT count(*) FROM outbox WHERE once LIKE 'result:%' AND person_id IN (SELECT youth_id FROM cases)"
        )
    )[0][0] == 1
    read_all(anna, marta, liene)


@pytest.mark.feature("O13")
async def test_who_is_in_the_programme_again_leaves_no_task_behind_that_nobody_can_settle(town: Town) -> None:
    anna, marta, liene = await in_aftercare(town)
    await town.move_to(FOUR_WEEKS)
    number = await only_case(town)
    await liene.forges(End(number, Stage.CLOSED, Outcome.JOB, sure=True).pack())
    await liene.forges(Reopen(number, Comeback.CHANGED).pack())
    await town.live_until(FOUR_WEEKS + timedelta(days=8), step=timedelta(hours=6))
    assert [row.state for row in await town.rows("SELECT state FROM results WHERE kind = 'four_weeks'")] == ["off"]
    assert not await town.rows("SELECT 1 FROM tasks WHERE kind = 'result' AND done_at IS NULL")
    read_all(anna, marta, liene)


@pytest.mark.feature("O13")
async def test_the_question_waits_while_a_call_for_help_is_open(town: Town) -> None:
    anna, marta, liene = await in_aftercare(town)
    await town.move_to(FOUR_WEEKS - timedelta(hours=1))
    read_all(anna, marta, liene)
    anna_id = (await town.person("anna")).id
    async with town.open_database() as database, database.write() as db:
        alert = alerts.insert().values(youth_id=anna_id, kind="contact", state="taken", opened_at=FOUR_WEEKS)
        await db.execute(alert)
    await town.move_to(FOUR_WEEKS)
    anna.does_not_see(f"{Y}.result.four_weeks")
    async with town.open_database() as database, database.write() as db:
        await db.execute(alerts.update().values(closed_at=FOUR_WEEKS))
    await town.move_to(FOUR_WEEKS + timedelta(hours=1))
    anna.sees(f"{Y}.result.four_weeks")
    read_all(anna, marta, liene)
