"""A mentor's hours in the chat: check-ins count by themselves, the rest is written down, the month is printed."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from bot.programme.worked.hours import What
from bot.programme.worked.hours_actions import AddHours, ChangeHours, DropHours, MonthSheet, OpenHoursOf, TeamHours
from bot.roles import Role
from bot.words import Language
from tests.chats.casework import in_programme, joins, opens_case, read_all, with_mentor
from tests.town.inhabitant import Inhabitant
from tests.town.sooner import sooner
from tests.town.town import Town

B = "programme.staff.button"
H = "programme.staff.hours"
C = "checkins.staff.button"
FIRST_CHECK_IN = datetime(2026, 3, 3, 8, 0, tzinfo=UTC)


async def records_an_hour(town: Town, marta: Inhabitant) -> None:
    """The check-in of Tuesday 3 March: met, 60 minutes."""
    await town.move_to(FIRST_CHECK_IN)
    await marta.taps(f"{C}.met")
    await marta.taps(f"{C}.minutes.60")
    marta.reads_rest()


async def only_case(town: Town) -> int:
    ((number,),) = await town.rows("SELECT id FROM cases")
    return int(number)


async def test_a_check_in_and_a_line_beside_it_add_up_against_the_goal(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    await records_an_hour(town, marta)
    await opens_case(marta, town, "anna")
    await marta.taps(f"{B}.hours_of")
    assert "1:00</b>" not in marta.sees(f"{H}.of_youth").text
    await marta.taps(f"{B}.add_hours")
    marta.sees(f"{H}.what")
    await marta.taps("programme.any.hours.along")
    marta.sees(f"{H}.day")
    await marta.taps_label("02.03.")
    marta.sees(f"{H}.time")
    await marta.taps_label("1:30")
    shown = marta.sees(f"{H}.of_youth_done").text
    assert "2:30" in shown
    assert "20" in shown
    await marta.says("/hours")
    shown = marta.sees(f"{H}.month").text
    assert "2:30" in shown
    assert (await town.person("anna")).code_name in shown
    assert await town.rows("SELECT 1 FROM hours WHERE what = 'along' AND minutes = 90 AND \"on\" = '2026-03-02'")
    read_all(anna, liene)


async def test_day_and_time_can_be_typed_a_sunday_too_and_nonsense_is_asked_again(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    case = await only_case(town)
    await marta.forges(AddHours(case, What.OTHERS).pack())
    marta.sees(f"{H}.day")
    await marta.says("31.01.")
    marta.sees(f"{H}.day_unclear")
    await marta.says("1.3.")  # yesterday, a Sunday
    marta.sees(f"{H}.time")
    await marta.says("Ļ" * 4000)
    marta.sees(f"{H}.time_unclear")
    await marta.says("1:15")
    assert "1:15" in marta.sees(f"{H}.of_youth_done").text
    assert await town.rows("SELECT 1 FROM hours WHERE minutes = 75 AND \"on\" = '2026-03-01'")
    read_all(anna, liene)


async def test_a_second_tap_writes_no_second_line(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    whole = AddHours(await only_case(town), What.PREPARING, FIRST_CHECK_IN.date().replace(day=2), 30).pack()
    await marta.forges(whole)
    await marta.forges(whole)
    marta.reads_rest()
    assert len(await town.rows("SELECT 1 FROM hours")) == 1
    await town.move_to(town.later(hours=1))
    await marta.forges(whole)
    marta.reads_rest()
    assert len(await town.rows("SELECT 1 FROM hours")) == 2  # an hour later it is meant
    read_all(anna, liene)


async def test_own_lines_of_this_month_and_the_last_are_changed_and_deleted_and_older_ones_stand(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    case = await only_case(town)
    await marta.forges(AddHours(case, What.PREPARING, FIRST_CHECK_IN.date().replace(day=2), 30).pack())
    await marta.taps_label("02.03. · 0:30")
    marta.sees(f"{H}.change")
    await marta.says("?")
    marta.sees(f"{H}.change_unclear")
    await marta.taps_label("2:00")
    assert "2:00" in marta.sees(f"{H}.of_youth_done").text
    await marta.taps_label("02.03. · 2:00")
    await marta.taps(f"{B}.drop_hours")
    marta.sees(f"{H}.drop_question")
    await marta.taps(f"{B}.drop_hours_sure")
    marta.sees(f"{H}.of_youth_done")
    assert not await town.rows("SELECT 1 FROM hours")
    await marta.forges(AddHours(case, What.PREPARING, FIRST_CHECK_IN.date().replace(day=2), 45).pack())
    ((line,),) = await town.rows("SELECT id FROM hours")
    await town.move_to(datetime(2026, 5, 5, 8, 0, tzinfo=UTC))
    read_all(anna, marta, liene)
    for action in (ChangeHours(line), ChangeHours(line, 60), DropHours(line, sure=True)):
        await marta.forges(action.pack())
        marta.sees("people.staff.not_available")
    assert await town.rows("SELECT 1 FROM hours WHERE minutes = 45")
    await marta.forges(OpenHoursOf(case, FIRST_CHECK_IN.date().replace(day=1)).pack())
    assert "0:45" in marta.sees(f"{H}.of_youth").text
    await marta.taps_label("aprīlis")
    marta.sees(f"{H}.nothing_yet")
    read_all(anna, liene)


async def test_a_lead_sees_what_mentors_spent_and_nothing_of_what_on(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    await records_an_hour(town, marta)
    await marta.forges(AddHours(await only_case(town), What.ALONG, FIRST_CHECK_IN.date(), 120).pack())
    read_all(anna, marta, liene)
    await liene.says("/hours")
    shown = liene.sees(f"{H}.team").text
    assert "Marta: 3:00" in shown
    assert (await town.person("anna")).code_name not in shown
    laura = await town.staff("laura", Role.LEAD, "LV-041")
    await laura.says("/hours")
    laura.sees(f"{H}.team_nothing")
    await liene.taps_label("februāris")
    liene.sees(f"{H}.team_nothing")


async def test_nobody_touches_hours_that_are_not_theirs(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    case = await only_case(town)
    await marta.forges(AddHours(case, What.ALONG, FIRST_CHECK_IN.date().replace(day=2), 60).pack())
    ((line,),) = await town.rows("SELECT id FROM hours")
    oksana = await town.staff("oksana", Role.MENTOR)
    for action in (
        OpenHoursOf(case),
        AddHours(case, What.ALONG, FIRST_CHECK_IN.date().replace(day=2), 60),
        ChangeHours(line, 600),
        DropHours(line, sure=True),
    ):
        await oksana.forges(action.pack())
        oksana.sees("people.staff.not_available")
    await liene.forges(ChangeHours(line, 600).pack())  # a lead may see the case, and keeps hours of their own
    liene.sees("people.staff.not_available")
    await oksana.forges(TeamHours().pack())
    oksana.sees("people.staff.not_available")
    assert [tuple(row) for row in await town.rows("SELECT minutes FROM hours")] == [(60,)]
    read_all(anna, marta)


async def test_the_month_sheet_comes_as_two_files_whose_total_is_the_chats(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    await records_an_hour(town, marta)
    await marta.forges(AddHours(await only_case(town), What.ALONG, FIRST_CHECK_IN.date(), 95).pack())
    marta.reads_rest()
    await marta.says("/hours")
    await marta.taps(f"{B}.month_sheet")
    marta.sees(f"{H}.sheet_coming")
    assert "2:35" in marta.sees(f"{H}.sheet_ready").text
    table, page = (one.attachment for one in marta.phone.messages[-2:])
    assert table is not None
    assert page is not None
    assert (table.name, page.name) == ("proti-un-dari-2026-03.xlsx", "proti-un-dari-2026-03.pdf")
    sheet = load_workbook(BytesIO(table.content)).worksheets[0]
    values = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert "Marta" in values
    assert (await town.person("anna")).code_name in values
    assert 155 in values
    assert page.content.startswith(b"%PDF")
    await marta.forges(MonthSheet(FIRST_CHECK_IN.date().replace(month=1, day=1)).pack())
    marta.reads_rest()  # nothing was written down then: the month, and no empty sheet
    assert not await town.rows("SELECT 1 FROM makings")
    read_all(anna, liene)


async def test_without_a_goal_none_is_spoken_of(town: Town) -> None:
    town.settings = town.settings.model_copy(update={"hours_a_month": 0})
    anna, marta, liene = await in_programme(town)
    await marta.says("/hours")
    assert "20" not in marta.sees(f"{H}.month").text.replace("2026", "")
    read_all(anna, liene)


@pytest.mark.parametrize("language", sooner(Language.UK, Language))
async def test_the_pages_read_in_every_language(town: Town, language: Language) -> None:
    anna, marta, liene = await with_mentor(town)
    await joins(liene, town, "anna")
    await town.set_language("marta", language)
    marta.language = language
    read_all(anna, marta, liene)
    await marta.says("/hours")
    marta.sees(f"{H}.month")
    await marta.forges(AddHours(await only_case(town)).pack())
    marta.sees(f"{H}.what")
