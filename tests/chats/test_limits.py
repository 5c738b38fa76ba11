"""How long programmes may be: limits of a municipality from a day on, and more time within them, with a reason."""

from datetime import UTC, date, datetime

import pytest

from bot.programme.joining.plans import Cadence
from bot.programme.mentors.screens_mentors import NameDeputy
from bot.programme.period.screens_time import DecideExtension, Extend, OpenLimits, SetLimits
from bot.programme.rules import Outcome, Stage
from bot.programme.screens import Begin, End, Propose
from bot.roles import Role
from tests.chats.casework import B, in_programme, opens_case, read_all, with_mentor
from tests.town.inhabitant import Inhabitant
from tests.town.sooner import GUIDED, sooner
from tests.town.town import Town

Y = "programme.youth"
S = "programme.staff"
OGRE = "LV-067"


async def only_case(town: Town) -> int:
    return int((await town.rows("SELECT id FROM cases"))[0][0])


async def ends_on(town: Town) -> str:
    return str((await town.rows("SELECT ends_on FROM cases"))[0][0])


async def sets(person: Inhabitant, shortest: int, longest: int, from_on: date) -> None:
    await person.forges(SetLimits(OGRE, shortest, longest, from_on).pack())
    person.sees(f"{S}.limits.page")


# --- the limits of a municipality -------------------------------------------------------------------------------


@pytest.mark.feature("F4", "S1.6")
async def test_a_lead_sets_limits_from_a_day_on_and_joining_offers_no_other_length(town: Town) -> None:
    anna, marta, liene = await with_mentor(town)
    await liene.says("/limits")
    assert "1–9" in liene.sees(f"{S}.limits.page").text
    await liene.taps(f"{B}.set_limits")
    await liene.taps_label("2")
    liene.sees(f"{S}.limits.longest")
    await liene.taps_label("4")
    liene.sees(f"{S}.limits.from_when")
    await liene.says("kaut kad")
    liene.sees(f"{S}.limits.day_unclear")
    await liene.says("2.3.")
    assert "2–4" in liene.sees(f"{S}.limits.page").text
    await opens_case(liene, town, "anna")
    await liene.taps(f"{B}.joins")
    await liene.taps(f"{B}.four_rules_hold")
    await liene.taps(f"{B}.start_today")
    assert [label.split()[0] for label in liene.buttons if label[0].isdigit()] == ["2", "3", "4"]
    read_all(anna, marta, liene)


@pytest.mark.feature("F4", "S1.6")
async def test_a_length_outside_the_limits_of_the_joining_day_is_refused_with_the_limits_named(town: Town) -> None:
    anna, marta, liene = await with_mentor(town)
    number = await only_case(town)
    await sets(liene, 1, 4, date(2026, 3, 9))
    early, late = date(2026, 3, 2), date(2026, 3, 9)
    await marta.forges(Propose(number, late, 6, Cadence.WEEKLY, 1, 10).pack())
    refused = marta.sees(f"{S}.begin.wrong_length").text
    assert "1–4" in refused
    await opens_case(liene, town, "anna")
    await liene.taps(f"{B}.joins")
    await liene.taps(f"{B}.four_rules_hold")
    await liene.forges(Begin(number, late, 6, Cadence.WEEKLY, 1, 10, sure=True).pack())
    liene.sees(f"{S}.begin.wrong_length")
    assert await town.rows("SELECT 1 FROM cases WHERE stage = 'profiling'")
    await liene.forges(Begin(number, early, 6, Cadence.WEEKLY, 1, 10, sure=True).pack())
    liene.sees(f"{S}.began")  # who joins a week before may still have six months
    read_all(anna, marta, liene)


@pytest.mark.feature("S1.6")
async def test_only_who_answers_for_the_municipality_sets_its_limits_and_never_for_the_past(town: Town) -> None:
    liene = await town.staff("liene", Role.LEAD)
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    marta = await town.staff("marta", Role.MENTOR)
    dace = await town.staff("dace", Role.COORDINATOR, None)
    await marta.forges(SetLimits(OGRE, 1, 2, date(2026, 3, 2)).pack())
    marta.sees("people.staff.not_available")
    for action in (OpenLimits("LV-026"), SetLimits("LV-026", 1, 2, date(2026, 3, 2))):
        await liene.forges(action.pack())
        liene.sees("people.staff.not_available")
    await kaspars.forges(SetLimits(OGRE, 1, 2, date(2026, 3, 1)).pack())
    kaspars.sees(f"{S}.limits.day_not_ahead")
    await kaspars.forges(SetLimits(OGRE, 5, 4, date(2026, 3, 2)).pack())
    kaspars.sees(f"{S}.limits.shortest")
    assert await town.rows("SELECT * FROM programme_limits") == []
    await sets(kaspars, 1, 6, date(2026, 9, 1))
    await sets(kaspars, 2, 6, date(2026, 9, 1))
    assert [tuple(row) for row in await town.rows("SELECT shortest, longest FROM programme_limits")] == [(2, 6)]
    await dace.says("/limits")
    dace.sees(f"{S}.limits.page")  # Ogre is the only municipality with a lead
    read_all(liene, kaspars, marta)


# --- more time --------------------------------------------------------------------------------------------------


@pytest.mark.feature("F4")
@pytest.mark.parametrize(("name", "mentor"), sooner("danylo", GUIDED))
async def test_a_mentor_asks_for_more_time_with_a_reason_and_the_lead_agrees(
    town: Town, name: str, mentor: str
) -> None:
    young, guide, liene = await in_programme(town, name, mentor)  # 2 March to 1 June
    await opens_case(guide, town, name)
    await guide.taps(f"{B}.extend")
    guide.sees(f"{S}.extend.until_when")
    await guide.taps(f"{B}.extend_until")  # a month later
    guide.sees(f"{S}.extend.why")
    await guide.says("x" * 4096)
    guide.sees(f"{S}.extend.reason_length")
    await guide.says("Kursi beidzas jūnijā")
    guide.sees(f"{S}.extend.sent_to_lead")
    assert await ends_on(town) == "2026-06-01"
    assert "Kursi beidzas jūnijā" in liene.sees(f"{S}.extend.asked").text
    await liene.says("/today")
    liene.sees(f"{S}.task.extension")
    number = int((await town.rows("SELECT id FROM extensions"))[0][0])
    await liene.forges(DecideExtension(number, agreed=True).pack())
    liene.sees(f"{S}.extend.done")
    guide.sees(f"{S}.extend.done")
    young.sees(f"{Y}.extended")
    assert await ends_on(town) == "2026-07-01"
    assert (await town.rows("SELECT max(planned_on) FROM checkins"))[0][0] == "2026-06-30"
    assert not await town.rows("SELECT 1 FROM tasks WHERE kind = 'extension' AND done_at IS NULL")
    await liene.forges(DecideExtension(number, agreed=False).pack())
    read_all(young, guide, liene)
    assert await ends_on(town) == "2026-07-01"
    await town.move_to(datetime(2026, 5, 5, 8, 0, tzinfo=UTC))
    liene.does_not_see(f"{S}.period.nears.lead")
    read_all(young, guide, liene)


@pytest.mark.feature("F4")
async def test_a_lead_extends_to_the_longest_length_and_no_further(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    number = await only_case(town)
    await sets(liene, 1, 4, date(2026, 3, 3))  # a day too late for this programme
    await liene.forges(Extend(number, date(2026, 12, 2)).pack())
    at_limit = liene.sees(f"{S}.extend.at_limit").text
    assert "01.12.2026" in at_limit
    assert "9" in at_limit
    await liene.forges(Extend(number, date(2026, 12, 1)).pack())
    liene.sees(f"{S}.extend.why")
    await liene.says("Darba prakse līdz gada beigām")
    liene.sees(f"{S}.extend.done")
    assert await ends_on(town) == "2026-12-01"
    anna.sees(f"{Y}.extended")
    marta.sees(f"{S}.extend.done")
    await opens_case(liene, town, "anna")
    await liene.taps(f"{B}.extend")
    liene.sees(f"{S}.extend.at_limit")
    await liene.taps(f"{B}.ending")
    liene.sees(f"{S}.ending.page")


@pytest.mark.feature("F4")
async def test_where_nobody_leads_a_mentor_is_told_and_no_wish_for_more_time_is_kept(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    number = await only_case(town)
    await liene.says("/forget")
    await liene.taps("people.any.button.forget_sure")
    read_all(anna, marta, liene)
    await marta.forges(Extend(number, date(2026, 7, 1)).pack())
    await marta.says("Vēl mazliet")
    marta.sees("programme.staff.begin.no_lead")
    assert await town.rows("SELECT id FROM extensions") == []
    read_all(anna, marta)


@pytest.mark.feature("F4")
async def test_a_deputy_who_asked_for_more_time_hears_that_it_was_agreed(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    oksana = await town.staff("oksana", Role.MENTOR)
    number = await only_case(town)
    await liene.forges(NameDeputy(number, (await town.person("oksana")).id).pack())
    read_all(anna, marta, oksana, liene)
    await oksana.forges(Extend(number, date(2026, 7, 1)).pack())
    await oksana.says("Vēl mazliet")
    read_all(oksana)
    await liene.taps(f"{B}.extension_yes")
    oksana.sees(f"{S}.extend.done")
    marta.sees(f"{S}.extend.done")
    read_all(anna, liene)


@pytest.mark.feature("F4")
async def test_a_declined_wish_for_more_time_is_told_and_changes_nothing(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    number = await only_case(town)
    await marta.forges(Extend(number, date(2026, 7, 1)).pack())
    await marta.says("Vēl mazliet")
    await liene.taps(f"{B}.extension_no")
    marta.sees(f"{S}.extend.declined")
    assert await ends_on(town) == "2026-06-01"
    anna.sees_nothing()
    read_all(marta, liene)


@pytest.mark.feature("F4")
async def test_a_wish_for_more_time_leaves_the_list_with_the_case(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    number = await only_case(town)
    await marta.forges(Extend(number, date(2026, 7, 1)).pack())
    await marta.says("Kursi beidzas jūnijā")
    await liene.forges(End(number, Stage.CLOSED, Outcome.JOB, sure=True).pack())
    assert not await town.rows("SELECT 1 FROM tasks WHERE kind = 'extension' AND done_at IS NULL")
    read_all(anna, marta, liene)
