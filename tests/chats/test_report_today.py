"""Danger to a child: whom to tell, what to say first, the time of the report, and no evening without it."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.roles import Role
from bot.safety.actions import OpenReport, Reported
from bot.safety.reports import Body
from tests.chats.casework import opens_case, read_all
from tests.chats.test_alerts import has_case
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town
from tests.town.walked_once import walked_once

S = "safety.staff"
SB = "safety.staff.button"


@walked_once
async def with_case(town: Town, young: str = "anna") -> tuple[Inhabitant, Inhabitant, Inhabitant]:
    """The young person, their mentor Marta and Liene, who leads Ogre."""
    one = await town.youth(young)
    marta = await town.staff("marta", Role.MENTOR)
    liene = await town.staff("liene", Role.LEAD)
    await has_case(town, young, "marta")
    return one, marta, liene


async def reports(town: Town) -> list[tuple[str | None, datetime | None]]:
    return [
        (row.reported_to, row.reported_at)
        for row in await town.rows("SELECT reported_to, reported_at FROM child_reports ORDER BY id")
    ]


@pytest.mark.feature("X47")
async def test_from_the_case_to_the_record_in_two_taps_with_numbers_and_words_for_the_young_person(town: Town) -> None:
    danylo, marta, liene = await with_case(town, "danylo")
    await opens_case(marta, town, "danylo")
    await marta.taps(f"{SB}.report")
    page = marta.sees(f"{S}.report").text
    assert all(number in page for number in ("112", "110", "116111", "Bāriņtiesa"))
    assert danylo.words("safety.youth.report_words") in page
    await marta.taps(f"{SB}.reported.police")
    marta.sees(f"{S}.reported.police")
    liene.sees(f"{S}.report_made.police")
    (row,) = await reports(town)
    assert row[0] == "police"
    assert row[1] is not None
    noted = await town.rows("SELECT action FROM audit WHERE subject = 'child_report' ORDER BY id")
    assert [one.action for one in noted] == ["child_report.opened", "child_report.police"]
    await town.move_to(datetime(2026, 3, 3, 12, 0, tzinfo=UTC))
    for one in (danylo, marta, liene):
        one.sees_nothing()


@pytest.mark.feature("X47")
@pytest.mark.parametrize(
    ("opened", "reminded"),
    [
        (datetime(2026, 3, 2, 8, 30, tzinfo=UTC), datetime(2026, 3, 2, 10, 31, tzinfo=UTC)),
        (datetime(2026, 3, 2, 14, 0, tzinfo=UTC), datetime(2026, 3, 2, 15, 1, tzinfo=UTC)),
        (datetime(2026, 3, 2, 19, 30, tzinfo=UTC), datetime(2026, 3, 2, 20, 1, tzinfo=UTC)),
        (datetime(2026, 3, 7, 20, 0, tzinfo=UTC), datetime(2026, 3, 7, 20, 31, tzinfo=UTC)),
    ],
    ids=["morning", "towards the end of the day", "at night", "on a Saturday night"],
)
async def test_what_is_not_recorded_is_asked_for_the_same_day_of_whoever_began_it_and_of_the_lead(
    town: Town, opened: datetime, reminded: datetime
) -> None:
    _, marta, liene = await with_case(town)
    await town.move_to(opened - timedelta(minutes=1))
    await marta.forges(OpenReport((await town.person("anna")).id).pack())
    marta.sees(f"{S}.report")
    await town.move_to(reminded - timedelta(minutes=5))
    marta.sees_nothing()
    liene.sees_nothing()
    await town.move_to(reminded)
    marta.sees(f"{S}.report_reminder")
    liene.sees(f"{S}.report_reminder")
    await liene.taps(f"{SB}.reported.orphans_court")
    liene.sees(f"{S}.reported.orphans_court")
    await town.move_to(reminded + timedelta(days=2))
    marta.sees_nothing()


@pytest.mark.feature("X47")
async def test_a_day_that_ends_without_a_report_is_said_in_the_morning_and_every_one_after(town: Town) -> None:
    _, marta, liene = await with_case(town)
    await marta.forges(OpenReport((await town.person("anna")).id).pack())
    await town.live_until(datetime(2026, 3, 2, 21, 50, tzinfo=UTC), step=timedelta(hours=2))
    read_all(marta, liene)
    for day in (3, 4):
        await town.move_to(datetime(2026, 3, day, 7, 0, tzinfo=UTC))
        marta.sees(f"{S}.report_late")
        liene.sees(f"{S}.report_late")
    await marta.taps(f"{SB}.reported.nobody")
    marta.sees(f"{S}.reported.nobody")
    liene.sees(f"{S}.report_made.nobody")


async def test_the_command_asks_whom_it_is_about_and_serves_who_has_no_cases(town: Town) -> None:
    _, marta, _ = await with_case(town)
    ilze = await town.staff("ilze", Role.SPECIALIST, speciality="psychologist")
    await marta.says("/report")
    marta.sees(f"{S}.report_about")
    await marta.taps(f"{SB}.about_other")
    marta.sees(f"{S}.report")
    await ilze.says("/report")
    ilze.sees(f"{S}.report")
    await ilze.taps(f"{SB}.reported.child_protection")
    ilze.sees(f"{S}.reported.child_protection")
    assert [one[0] for one in await reports(town)] == [None, "child_protection"]
    read_all(*town.people.values())


async def test_pressing_twice_is_one_report_and_the_first_answer_stands(town: Town) -> None:
    _, marta, liene = await with_case(town)
    youth = (await town.person("anna")).id
    for _ in range(2):
        await marta.forges(OpenReport(youth).pack())
        marta.sees(f"{S}.report")
    await marta.taps(f"{SB}.reported.police")
    marta.sees(f"{S}.reported.police")
    number = (await town.rows("SELECT id FROM child_reports"))[0].id
    await marta.forges(Reported(number, Body.NOBODY).pack())
    assert [one[0] for one in await reports(town)] == ["police"]
    read_all(marta, liene)


@pytest.mark.feature("X35")
async def test_a_report_about_somebody_elses_young_person_cannot_be_opened_or_recorded(town: Town) -> None:
    _, marta, _ = await with_case(town)
    oksana = await town.staff("oksana", Role.MENTOR, "LV-022")
    youth = (await town.person("anna")).id
    await marta.forges(OpenReport(youth).pack())
    marta.sees(f"{S}.report")
    number = (await town.rows("SELECT id FROM child_reports"))[0].id
    for action in (OpenReport(youth), OpenReport(424242), Reported(number, Body.POLICE)):
        await oksana.forges(action.pack())
        oksana.sees("people.staff.not_available")
    assert await reports(town) == [(None, None)]
