"""Pauses as both sides live them: made by either, begun and ended by themselves, changed in a tap, over at closing."""

from datetime import UTC, date, datetime

import pytest

from bot.people.belongings import erase
from bot.programme.period.pauses import PauseReason
from bot.programme.period.screens_time import ChangePause, EndPause, MakePause, MyPauses, OpenPauses
from bot.roles import Role
from tests.chats.casework import B, P, in_programme, opens_case, read_all
from tests.town.inhabitant import Inhabitant
from tests.town.sooner import GUIDED, sooner
from tests.town.town import Town

Y = "programme.youth"
S = "programme.staff"
OPEN = ("planned", "asked", "reminded", "escalated", "missed")


async def stage(town: Town) -> str:
    return str((await town.rows("SELECT stage FROM cases"))[0][0])


async def days(town: Town) -> list[str]:
    """The local days on which check-ins are planned."""
    rows = await town.rows("SELECT planned_on FROM checkins WHERE state = 'planned' ORDER BY planned_on")
    return [row[0] for row in rows]


async def pause(town: Town) -> tuple[int, str, str, str]:
    """Number, first day, day of going on and state of the only pause."""
    row = (await town.rows("SELECT id, starts_on, resumes_on, state FROM pauses"))[0]
    return int(row[0]), row[1], row[2], row[3]


async def marta_pauses(town: Town, marta: Inhabitant, length: str = "two_weeks") -> None:
    """The mentor makes a pause for exams from today."""
    await opens_case(marta, town, "anna")
    await marta.taps(f"{B}.pauses")
    await marta.taps("programme.any.pause_reason.exams")
    await marta.taps(f"programme.any.button.pause.{length}")


@pytest.mark.feature("G16")
async def test_a_pause_leaves_out_its_check_ins_and_ends_by_itself_on_a_working_morning(town: Town) -> None:
    anna, marta, liene = await in_programme(town)  # Monday, 2 March 2026, on Tuesdays
    before = await days(town)
    await marta_pauses(town, marta)
    marta.sees(f"{S}.pause.made")
    assert anna.sees(f"{Y}.pause.made")
    assert anna.find_button("people.youth.button.help")
    liene.sees(f"{S}.pause.made")
    assert await stage(town) == "paused"
    assert await days(town) == [day for day in before if not "2026-03-02" <= day < "2026-03-16"]
    await anna.says("/plan")
    assert "16.03.2026" in anna.sees("checkins.youth.line.paused").text
    await town.move_to(datetime(2026, 3, 13, 7, 59, tzinfo=UTC))
    for one in (anna, marta, liene):
        one.sees_nothing()
    await town.move_to(datetime(2026, 3, 13, 8, 0, tzinfo=UTC))  # the Friday before: nobody plans a Monday on a Sunday
    anna.sees(f"{Y}.pause.eve")
    marta.sees(f"{S}.pause.eve")
    liene.sees(f"{S}.pause.eve")
    await town.move_to(datetime(2026, 3, 16, 6, 59, tzinfo=UTC))
    assert await stage(town) == "paused"
    await town.move_to(datetime(2026, 3, 16, 7, 0, tzinfo=UTC))
    assert await stage(town) == "programme"
    assert await days(town) == [day for day in before if day >= "2026-03-16"]
    for one in (anna, marta, liene):
        one.sees_nothing()
    history = await town.rows("SELECT stage, reason FROM case_stages ORDER BY id DESC LIMIT 2")
    assert [tuple(row) for row in history] == [("programme", None), ("paused", "exams")]


@pytest.mark.feature("G16")
async def test_why_somebody_pauses_is_read_by_those_who_guide_them_and_by_no_coordinator(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    await marta_pauses(town, marta)
    read_all(anna, marta, liene, kaspars)
    await kaspars.says("/cases")
    kaspars.sees(f"{P}.cases")
    await kaspars.taps_label((await town.person("anna")).code_name)
    exams = kaspars.words("programme.any.pause_reason.exams")
    assert exams not in kaspars.sees(f"{P}.case").text
    await kaspars.taps(f"{B}.history")
    assert exams not in kaspars.sees(f"{S}.history").text
    await opens_case(liene, town, "anna")
    await liene.taps(f"{B}.pauses")
    assert exams in liene.sees(f"{S}.pause.some").text


@pytest.mark.feature("G16", "O6")
@pytest.mark.parametrize(("name", "mentor"), sooner("emma", GUIDED))
async def test_a_young_person_pauses_makes_it_longer_and_ends_it(town: Town, name: str, mentor: str) -> None:
    young, guide, liene = await in_programme(town, name, mentor)
    await young.forges(MyPauses().pack())
    young.sees(f"{Y}.pause.none")
    await young.taps("programme.any.pause_reason.other")
    young.sees(f"{Y}.pause.until")
    await young.taps("programme.any.button.pause.week")
    young.sees(f"{Y}.pause.made")
    assert guide.sees(f"{S}.pause.made")
    liene.sees(f"{S}.pause.made")
    await young.taps(f"{Y}.button.pauses")
    young.sees(f"{Y}.pause.some")
    await young.taps(f"{Y}.button.pause_longer")
    young.sees(f"{Y}.pause.changed")
    assert (await pause(town))[2] == "2026-03-16"
    await young.taps(f"{Y}.button.pauses")
    await young.taps(f"{Y}.button.pause_over")
    young.sees(f"{Y}.pause.over")
    assert await stage(town) == "programme"
    assert "2026-03-03" in await days(town)
    read_all(young, guide, liene)


@pytest.mark.feature("G16")
async def test_a_pause_may_lie_ahead_and_be_typed(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    before = await days(town)
    await opens_case(marta, town, "anna")
    await marta.taps(f"{B}.pauses")
    await marta.taps("programme.any.pause_reason.exams")
    await marta.taps(f"{B}.pause_later")
    await marta.says("kad zied ceriņi")
    marta.sees(f"{S}.pause.from_when")
    await marta.says("04.05.")
    marta.sees(f"{S}.pause.until")
    await marta.says("x" * 4096)
    marta.sees(f"{S}.pause.day_unclear")
    await marta.says("16.05.")  # a Saturday: it goes on on Monday
    marta.sees(f"{S}.pause.made")
    assert (await pause(town))[1:] == ("2026-05-04", "2026-05-18", "planned")
    assert await days(town) == [day for day in before if not "2026-05-04" <= day < "2026-05-18"]
    assert await stage(town) == "programme"
    read_all(anna, marta, liene)
    await town.move_to(datetime(2026, 5, 4, 8, 0, tzinfo=UTC))
    assert await stage(town) == "paused"
    await town.move_to(datetime(2026, 5, 18, 7, 0, tzinfo=UTC))
    assert await stage(town) == "programme"
    read_all(anna, marta, liene)


@pytest.mark.feature("G16")
async def test_a_pause_that_lay_ahead_is_taken_back_and_its_check_ins_stand_again(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    before = await days(town)
    number = int((await town.rows("SELECT id FROM cases"))[0][0])
    await marta.forges(MakePause(number, PauseReason.TRAVEL, date(2026, 4, 1), date(2026, 4, 20)).pack())
    assert len(await days(town)) < len(before)
    await liene.forges(OpenPauses(number).pack())
    await liene.taps(f"{B}.pause_call_off")
    liene.sees(f"{S}.pause.called_off")
    assert await days(town) == before
    assert (await town.rows("SELECT count(*) FROM checkins WHERE state = 'planned'"))[0][0] == len(before)
    read_all(anna, marta, liene)
    await town.move_to(datetime(2026, 4, 2, 8, 0, tzinfo=UTC))
    assert await stage(town) == "programme"
    read_all(anna, marta, liene)


@pytest.mark.feature("G16")
async def test_too_long_overlapping_and_past_pauses_are_refused_with_what_is_possible(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    number = int((await town.rows("SELECT id FROM cases"))[0][0])

    async def tries(starts_on: date, resumes_on: date) -> None:
        await marta.forges(MakePause(number, PauseReason.FAMILY, starts_on, resumes_on).pack())

    await tries(date(2026, 3, 2), date(2026, 6, 2))
    assert "90" in marta.sees(f"{S}.pause.too_long").text
    await tries(date(2026, 3, 1), date(2026, 3, 9))  # yesterday
    marta.sees(f"{S}.pause.not_ahead")
    await tries(date(2026, 6, 2), date(2026, 6, 9))  # after the last day
    marta.sees_nothing()  # the same words stand there already
    await tries(date(2026, 4, 6), date(2026, 4, 20))
    marta.sees(f"{S}.pause.made")
    await tries(date(2026, 4, 10), date(2026, 4, 27))
    marta.sees(f"{S}.pause.overlaps")
    await marta.forges(ChangePause((await pause(town))[0], date(2026, 12, 1)).pack())
    marta.sees(f"{S}.pause.too_long")
    assert (await town.rows("SELECT count(*) FROM pauses"))[0][0] == 1
    read_all(anna, marta, liene)


@pytest.mark.feature("G16", "X36")
async def test_nobody_else_pauses_and_a_second_press_changes_nothing(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    await marta_pauses(town, marta)
    read_all(anna, marta, liene)
    number, *_ = await pause(town)
    case = int((await town.rows("SELECT id FROM cases"))[0][0])
    oksana = await town.staff("oksana", Role.MENTOR)
    danylo = await town.youth("danylo")
    for action in (OpenPauses(case), EndPause(number), ChangePause(number, date(2026, 3, 30))):
        await oksana.forges(action.pack())
        oksana.sees("people.staff.not_available")
    for action in (
        EndPause(number),
        MakePause(case, PauseReason.OTHER, date(2026, 3, 2), date(2026, 3, 9)),
        MyPauses(),
    ):
        await danylo.forges(action.pack())
        danylo.sees("people.youth.not_available")
    for _ in range(2):
        await marta.forges(ChangePause(number, date(2026, 3, 23)).pack())
    marta.reads_rest()
    anna.sees(f"{Y}.pause.changed")
    anna.sees_nothing()
    for _ in range(2):
        await marta.forges(EndPause(number).pack())
    marta.reads_rest()
    anna.sees(f"{Y}.pause.over")
    anna.sees_nothing()
    liene.reads_rest()
    assert (await town.rows("SELECT count(*) FROM case_stages WHERE stage = 'paused'"))[0][0] == 1


@pytest.mark.feature("G13", "G16")
async def test_closed_withdrawn_or_erased_in_mid_pause_nothing_more_comes(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    await marta_pauses(town, marta)
    await opens_case(liene, town, "anna")
    await liene.taps(f"{B}.ending")
    await liene.taps(f"{B}.close")
    await liene.taps(f"{B}.outcomes.work")
    await liene.taps("programme.any.outcome.job")
    await liene.taps(f"{B}.end_it")
    read_all(anna, marta, liene)
    assert (await pause(town))[3] == "stopped"
    await town.move_to(datetime(2026, 3, 13, 9, 0, tzinfo=UTC))
    await town.move_to(datetime(2026, 3, 17, 9, 0, tzinfo=UTC))
    anna.sees_nothing()
    read_all(marta, liene)
    assert await stage(town) == "closed"


@pytest.mark.feature("C5", "G16")
async def test_an_erased_young_person_takes_the_pause_along(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    await marta_pauses(town, marta)
    read_all(anna, marta, liene)
    person = (await town.person("anna")).id
    async with town.open_database() as database, database.write() as db:
        await erase(db, person, town.clock.now())
    assert await town.rows("SELECT * FROM pauses") == []
    await town.move_to(datetime(2026, 3, 16, 9, 0, tzinfo=UTC))
    read_all(marta, liene)
    anna.sees_nothing()


@pytest.mark.feature("G11", "G16")
async def test_an_outage_over_the_eve_says_on_the_morning_that_it_goes_on_once(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    await marta_pauses(town, marta)
    read_all(anna, marta, liene)
    await town.move_to(datetime(2026, 3, 16, 7, 30, tzinfo=UTC))
    anna.sees(f"{Y}.pause.eve")
    await town.tick()
    anna.sees_nothing()
    assert await stage(town) == "programme"
    read_all(marta, liene)


@pytest.mark.feature("F4", "G16")
async def test_during_a_pause_the_warning_that_the_period_ends_still_comes(town: Town) -> None:
    anna, marta, liene = await in_programme(town)  # to 1 June
    await town.move_to(datetime(2026, 4, 29, 8, 0, tzinfo=UTC))
    read_all(anna, marta, liene)
    await marta_pauses(town, marta, "month")
    read_all(anna, marta, liene)
    await town.move_to(datetime(2026, 5, 5, 6, 0, tzinfo=UTC))
    anna.sees(f"{Y}.ending.nears")
    marta.sees(f"{P}.period.nears.others")
    liene.sees(f"{P}.period.nears.lead")
    assert await stage(town) == "paused"
    read_all(anna, marta, liene)


@pytest.mark.feature("F4", "G16")
async def test_where_the_settings_say_so_a_pause_moves_the_end_by_its_days_and_gives_back_what_is_not_used(
    town: Town,
) -> None:
    town.settings = town.settings.model_copy(update={"pause_extends": True})
    anna, marta, liene = await in_programme(town)  # 2 March to 1 June
    talks = len(await days(town))
    await marta_pauses(town, marta)
    assert await ends_on(town) == "2026-06-15"
    assert len(await days(town)) == talks
    assert max(await days(town)) == "2026-06-09"
    number, _, resumes_on, _ = await pause(town)
    await marta.forges(ChangePause(number, date(2026, 3, 23)).pack())
    assert (resumes_on, await ends_on(town)) == ("2026-03-16", "2026-06-22")
    read_all(anna, marta, liene)
    await town.move_to(datetime(2026, 3, 11, 9, 0, tzinfo=UTC))
    await marta.forges(EndPause(number).pack())
    assert await ends_on(town) == "2026-06-10"  # nine days were used
    assert len(await days(town)) == talks
    read_all(anna, marta, liene)
    await town.move_to(datetime(2026, 5, 11, 8, 0, tzinfo=UTC))
    anna.sees(f"{Y}.ending.nears")
    read_all(anna, marta, liene)


@pytest.mark.feature("F4", "G16")
async def test_a_pause_ended_where_its_first_day_has_not_come_yet_takes_no_day_from_the_end(town: Town) -> None:
    town.settings = town.settings.model_copy(update={"pause_extends": True})
    anna, marta, liene = await in_programme(town)
    await anna.says("/zone New York")
    await town.move_to(datetime(2026, 3, 3, 3, 0, tzinfo=UTC))  # Tuesday here, Monday evening there
    await marta_pauses(town, marta)
    number, begins, *_ = await pause(town)
    await anna.forges(EndPause(number).pack())
    assert (begins, (await pause(town))[2]) == ("2026-03-03", "2026-03-03")
    assert await ends_on(town) == "2026-06-01"
    read_all(anna, marta, liene)


@pytest.mark.feature("F4", "G16")
async def test_a_pause_moves_no_end_where_the_settings_do_not_say_so(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    await marta_pauses(town, marta)
    assert await ends_on(town) == "2026-06-01"
    read_all(anna, marta, liene)


async def ends_on(town: Town) -> str:
    return str((await town.rows("SELECT ends_on FROM cases"))[0][0])
