"""The end of a programme: rarer talks, mentoring after it, the closing talk; and after closing nothing at all."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.people.actions import Withdraw
from bot.people.rules import Purpose
from bot.programme.period.pauses import PauseReason
from bot.programme.period.screens_time import BeginAftercare, MakePause, OpenEnding, ThinOut
from bot.programme.rules import Outcome, Stage
from bot.programme.screens import End
from bot.storage.due import DUE
from tests.chats.casework import B, P, in_programme, opens_case, read_all
from tests.town.inhabitant import Inhabitant
from tests.town.sooner import GUIDED, sooner
from tests.town.town import Town
from tests.town.walked_once import walked_once

Y = "programme.youth"
S = "programme.staff"


async def only_case(town: Town) -> int:
    return int((await town.rows("SELECT id FROM cases"))[0][0])


async def stage(town: Town) -> str:
    return str((await town.rows("SELECT stage FROM cases"))[0][0])


async def days(town: Town, after: str = "") -> list[str]:
    rows = await town.rows(
        "SELECT planned_on FROM checkins WHERE state = 'planned' AND planned_on > :after ORDER BY planned_on",
        after=after,
    )
    return [row[0] for row in rows]


@walked_once
async def at_the_end(
    town: Town, name: str = "anna", mentor: str = "marta"
) -> tuple[Inhabitant, Inhabitant, Inhabitant]:
    """A programme whose last day, Monday 1 June, is behind; everything read."""
    people = await in_programme(town, name, mentor)
    await town.move_to(datetime(2026, 6, 2, 5, 30, tzinfo=UTC))
    read_all(*people)
    return people


async def aftercare_begins(town: Town, liene: Inhabitant, months: int = 3) -> None:
    await liene.forges(BeginAftercare(await only_case(town), months, sure=True).pack())
    liene.sees(f"{S}.aftercare.began")


@pytest.mark.feature("O13")
async def test_in_aftercare_nobody_is_told_the_rhythm_of_the_programme_that_is_over(town: Town) -> None:
    anna, marta, liene = await at_the_end(town)
    await aftercare_begins(town, liene)
    read_all(anna, marta, liene)
    rarer = anna.words("checkins.any.why.aftercare")
    for command, page in (("/plan", "programme.youth.plan.page"), ("/plans", "checkins.youth.plans")):
        await anna.says(command)
        told = anna.sees(page).text
        assert rarer in told
        assert anna.words("programme.any.on_weekday.1") not in told
    await liene.says("/cases")
    liene.sees(f"{P}.cases")
    await liene.taps_label((await town.person("anna")).code_name)
    assert "10:00" not in liene.sees(f"{P}.case").text


@pytest.mark.feature("O6", "O13")
async def test_the_list_of_what_comes_names_no_question_that_nobody_will_ask_after_closing(town: Town) -> None:
    anna, marta, liene = await at_the_end(town)
    await aftercare_begins(town, liene)
    read_all(anna, marta, liene)
    question = anna.words("checkins.youth.why.result")
    await anna.says("/plans")
    anna.reads_rest()
    await anna.taps("checkins.youth.button.plans_more")
    assert question in anna.sees("checkins.youth.plans").text
    await liene.forges(End(await only_case(town), Stage.CLOSED, Outcome.JOB, sure=True).pack())
    read_all(anna, marta, liene)
    await anna.says("/plans")
    assert question not in anna.sees("checkins.youth.plans").text


@pytest.mark.feature("O13", "E4")
async def test_after_the_programme_a_case_can_be_closed_and_not_begun_or_put_off_again(town: Town) -> None:
    *others, liene = await at_the_end(town)
    await town.move_to(datetime(2026, 6, 2, 6, 0, tzinfo=UTC))
    await aftercare_begins(town, liene)
    read_all(*others, liene)
    await opens_case(liene, town, "anna")
    assert liene.words(f"{B}.close") in liene.buttons
    for gone in ("joins", "elsewhere", "not_now"):
        assert liene.words(f"{B}.{gone}") not in liene.buttons
    read_all(*others, liene)


@pytest.mark.feature("F4", "O13")
@pytest.mark.parametrize(("name", "mentor"), sooner("emma", GUIDED))
async def test_at_the_end_the_lead_is_asked_and_aftercare_thins_out_to_a_closing_talk(
    town: Town, name: str, mentor: str
) -> None:
    young, guide, liene = await at_the_end(town, name, mentor)
    await town.move_to(datetime(2026, 6, 2, 6, 0, tzinfo=UTC))
    liene.sees(f"{P}.period.passed.lead")
    await liene.taps(f"{B}.aftercare")
    liene.sees(f"{S}.aftercare.how_long")
    assert liene.buttons[0].startswith("3 ")
    await liene.taps_label("3 ")
    liene.sees(f"{S}.aftercare.sure")
    await liene.taps(f"{B}.begin_aftercare")
    liene.sees(f"{S}.aftercare.began")
    told = young.sees(f"{Y}.aftercare.began").text
    assert "2026" in told
    assert await stage(town) == "aftercare"
    # Tuesdays: every other week in the first month, every fourth week then, the closing talk in the last seven days.
    assert await days(town, "2026-06-01") == ["2026-06-09", "2026-06-23", "2026-07-21", "2026-08-18", "2026-09-01"]
    read_all(guide, liene)


@pytest.mark.feature("O13")
async def test_the_closing_talk_is_announced_to_both_and_the_case_is_kept_open_quietly(town: Town) -> None:
    anna, marta, liene = await at_the_end(town)
    await aftercare_begins(town, liene)
    read_all(anna, marta, liene)
    await town.move_to(datetime(2026, 8, 18, 6, 0, tzinfo=UTC))  # two weeks before 1 September, a Tuesday
    anna.sees(f"{Y}.aftercare.closing_talk")
    marta.sees(f"{S}.aftercare.closing_talk_nears")
    await marta.says("/today")
    marta.sees(f"{S}.task.closing_talk")
    read_all(marta, liene)
    await marta.forges(f"programme.closing_talk:{await only_case(town)}:0")
    marta.sees(f"{S}.aftercare.closing_talk")
    await marta.taps(f"{B}.closing_talk_done")
    assert not await town.rows("SELECT 1 FROM tasks WHERE kind = 'closing_talk' AND done_at IS NULL")
    read_all(anna, marta, liene)
    await town.move_to(datetime(2026, 9, 2, 6, 0, tzinfo=UTC))
    liene.sees(f"{S}.aftercare.passed")
    await liene.taps(f"{B}.keep_open")
    liene.sees(f"{S}.aftercare.kept_open")
    read_all(anna, marta, liene)
    for moment in (datetime(2026, 9, 7, 8, 0, tzinfo=UTC), datetime(2026, 11, 2, 8, 0, tzinfo=UTC)):
        await town.move_to(moment)
    anna.sees_nothing()
    assert await days(town, "2026-09-01") == []
    assert await stage(town) == "aftercare"
    read_all(marta, liene)


@pytest.mark.feature("O13")
async def test_in_the_last_month_talks_are_every_other_week_when_the_lead_says_so(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    number = await only_case(town)
    weekly = await days(town, "2026-05-01")
    await liene.forges(OpenEnding(number).pack())
    liene.sees(f"{S}.ending.page")
    await liene.taps(f"{B}.thin_out")
    liene.sees(f"{S}.ending.thins_out")
    anna.sees(f"{Y}.ending.thins_out")
    marta.sees(f"{S}.ending.thins_out")
    thinner = await days(town, "2026-05-01")
    assert len(thinner) <= (len(weekly) + 1) // 2
    assert set(thinner) <= set(weekly)
    await liene.forges(ThinOut(number, on=False).pack())
    anna.sees(f"{Y}.ending.as_before")
    assert await days(town, "2026-05-01") == weekly
    read_all(marta, liene)


@pytest.mark.feature("O13")
async def test_aftercare_agreed_early_ends_the_programme_today_and_keeps_a_pause(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    number = await only_case(town)
    await marta.forges(MakePause(number, PauseReason.EXAMS, date(2026, 3, 2), date(2026, 3, 23)).pack())
    await aftercare_begins(town, liene, 1)
    assert await stage(town) == "paused"
    kept = (await town.rows("SELECT ends_on, aftercare_until FROM cases"))[0]
    assert tuple(kept) == ("2026-03-02", "2026-04-02")
    assert await days(town) == ["2026-03-31"]  # 10 March lies in the pause; the closing talk is left
    read_all(anna, marta, liene)
    await town.move_to(datetime(2026, 3, 23, 7, 0, tzinfo=UTC))
    assert await stage(town) == "aftercare"
    read_all(anna, marta, liene)


@pytest.mark.feature("O13", "X36")
async def test_only_a_lead_begins_aftercare_and_only_once(town: Town) -> None:
    anna, marta, liene = await at_the_end(town)
    await town.move_to(datetime(2026, 6, 2, 6, 30, tzinfo=UTC))  # it is day by now
    read_all(marta, liene)
    number = await only_case(town)
    await marta.forges(BeginAftercare(number, 3, sure=True).pack())
    marta.sees("people.staff.not_available")
    await liene.forges(BeginAftercare(number, 7, sure=True).pack())
    liene.sees(f"{S}.aftercare.how_long")
    await aftercare_begins(town, liene)
    anna.sees(f"{Y}.aftercare.began")
    await liene.forges(BeginAftercare(number, 6, sure=True).pack())
    liene.sees(f"{S}.case")
    anna.sees_nothing()
    assert (await town.rows("SELECT count(*) FROM results"))[0][0] == 2
    read_all(marta, liene)


# --- after closing ----------------------------------------------------------------------------------------------


STAFF_ONLY = {"result after the programme"}
"""What may still fall due for a case that is closed: a task for staff, never a message to the young person."""


async def still_due(town: Town) -> set[str]:
    """The names of everything due of the only case and its records."""
    names = set()
    for name, column in DUE.items():
        table = column.table
        if table.name == "cases" or "case_id" in table.c:
            found = await town.rows(f"SELECT count(*) FROM {table.name} WHERE {column.name} IS NOT NULL")
            if found[0][0]:
                names.add(name)
    return names


@pytest.mark.slow
@pytest.mark.feature("G13", "O13")
@pytest.mark.parametrize("when", ["in the programme", "in a pause", "in aftercare"])
async def test_after_closing_nothing_is_due_but_the_results_that_staff_record(town: Town, when: str) -> None:
    anna, marta, liene = await in_programme(town)
    number = await only_case(town)
    await marta.forges(MakePause(number, PauseReason.EXAMS, date(2026, 5, 4), date(2026, 5, 18)).pack())
    if when == "in a pause":
        await marta.forges(MakePause(number, PauseReason.FAMILY, date(2026, 3, 2), date(2026, 3, 9)).pack())
    if when == "in aftercare":
        await aftercare_begins(town, liene)
    read_all(anna, marta, liene)
    await liene.forges(End(number, Stage.CLOSED, Outcome.JOB, sure=True).pack())
    assert await still_due(town) == STAFF_ONLY
    anna.sees(f"{Y}.closed")
    read_all(marta, liene)
    at = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
    while at < datetime(2026, 10, 1, tzinfo=UTC):
        at += timedelta(days=9, hours=2)
        await town.move_to(at)
        anna.sees_nothing()
    read_all(marta, liene)


@pytest.mark.feature("C3", "G13")
@pytest.mark.parametrize("when", ["in the programme", "in a pause", "in aftercare"])
async def test_who_takes_their_yes_back_is_asked_nothing_more(town: Town, when: str) -> None:
    anna, marta, liene = await in_programme(town)
    number = await only_case(town)
    if when == "in a pause":
        await marta.forges(MakePause(number, PauseReason.FAMILY, date(2026, 3, 2), date(2026, 3, 9)).pack())
    if when == "in aftercare":
        await aftercare_begins(town, liene)
    read_all(anna, marta, liene)
    await withdraws(anna)
    assert await still_due(town) <= STAFF_ONLY
    assert await stage(town) in ("closed", "not_now")
    read_all(anna, marta, liene)
    for moment in (datetime(2026, 3, 9, 8, 0, tzinfo=UTC), datetime(2026, 4, 1, 8, 0, tzinfo=UTC)):
        await town.move_to(moment)
        anna.sees_nothing()
    read_all(marta, liene)


async def withdraws(person: Inhabitant) -> None:
    """Takes back the yes to the programme."""
    await person.forges(Withdraw(Purpose.PROGRAMME, sure=True).pack())
