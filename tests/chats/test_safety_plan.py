"""The safety plan: written by mentor and lead, read by the young person, seen by nobody else."""

import pytest

from bot.programme.mentors.screens_mentors import EndDeputy, NameDeputy
from bot.roles import Role
from bot.safety.actions import OpenSafetyPlan, SetLevel, WritePlan
from bot.safety.plans import Level
from tests.chats.casework import opens_case, read_all
from tests.chats.test_report_today import with_case
from tests.town.town import Town

S = "safety.staff"
SB = "safety.staff.button"
STEPS = "1. Iet ārā ar suni.\n2. Zvanīt māsai."


@pytest.mark.feature("D6")
async def test_mentor_and_lead_write_it_and_the_young_person_reads_the_steps_from_the_card(town: Town) -> None:
    anna, marta, liene = await with_case(town)
    await anna.says("/help")
    anna.sees("safety.youth.card")
    with pytest.raises(AssertionError):
        anna.find_button("safety.youth.button.my_plan")
    await opens_case(marta, town, "anna")
    await marta.taps(f"{SB}.plan")
    marta.sees(f"{S}.plan_no_steps")
    await marta.taps(f"{SB}.write_plan")
    marta.sees(f"{S}.ask_steps")
    await marta.says("x" * 1001)
    marta.sees(f"{S}.steps_too_long")
    await marta.says(STEPS)
    assert STEPS in marta.sees(f"{S}.plan").text
    assert marta.words("people.any.button.menu") in marta.buttons, "a way on from the plan"
    await opens_case(liene, town, "anna")
    await liene.taps(f"{SB}.plan")
    assert STEPS in liene.sees(f"{S}.plan").text
    await liene.taps(f"{SB}.level.urgent")
    assert liene.words(f"{S}.level.urgent") in liene.sees(f"{S}.plan").text
    await anna.says("/help")
    await anna.taps("safety.youth.button.my_plan")
    read = anna.sees("safety.youth.my_plan").text
    assert STEPS in read
    assert liene.words(f"{S}.level.urgent") not in read
    noted = await town.rows("SELECT action FROM audit WHERE action LIKE 'safety_plan%' ORDER BY id")
    assert [one.action for one in noted] == ["safety_plan.changed", "safety_plan.urgent"]
    looked = await town.rows("SELECT viewer_id FROM accesses WHERE what = 'safety' ORDER BY id")
    assert [one.viewer_id for one in looked] == [(await town.person(name)).id for name in ("marta", "liene")]


@pytest.mark.feature("D6", "E3")
async def test_whoever_stands_in_for_the_mentor_reads_it_and_reads_no_more_when_that_is_over(town: Town) -> None:
    anna, marta, liene = await with_case(town)
    oksana = await town.staff("oksana", Role.MENTOR)
    youth, deputy = (await town.person("anna")).id, (await town.person("oksana")).id
    (case,) = await town.rows("SELECT id FROM cases")
    await marta.forges(NameDeputy(case.id, deputy).pack())
    read_all(anna, marta, liene, oksana)
    await oksana.forges(OpenSafetyPlan(youth).pack())
    oksana.sees(f"{S}.plan_no_steps")
    await marta.forges(EndDeputy(case.id, deputy).pack())
    read_all(anna, marta, liene, oksana)
    await oksana.forges(OpenSafetyPlan(youth).pack())
    oksana.sees("people.staff.not_available")
    read_all(oksana)


@pytest.mark.feature("D6", "X35")
async def test_coordinators_specialists_and_other_mentors_never_see_it(town: Town) -> None:
    anna, marta, _ = await with_case(town)
    youth = (await town.person("anna")).id
    await marta.forges(SetLevel(youth, Level.WATCH).pack())
    marta.reads_rest()
    strangers = [
        await town.staff("kaspars", Role.COORDINATOR),
        await town.staff("oksana", Role.MENTOR),
        await town.staff("dace", Role.LEAD, "LV-022"),
        await town.staff("ilze", Role.SPECIALIST, speciality="psychologist"),
    ]
    for one in strangers:
        await one.forges(OpenSafetyPlan(youth).pack())
        one.sees("people.staff.not_available")
    for action in (SetLevel(youth, Level.NONE), WritePlan(youth)):
        await strangers[1].forges(action.pack())
        strangers[1].sees("people.staff.not_available")
    await anna.forges(OpenSafetyPlan(youth).pack())
    anna.reads_rest()
    assert [row.level for row in await town.rows("SELECT level FROM safety_plans")] == ["watch"]


@pytest.mark.feature("D6")
async def test_it_goes_with_the_young_person(town: Town) -> None:
    anna, marta, liene = await with_case(town)
    await marta.forges(SetLevel((await town.person("anna")).id, Level.WATCH).pack())
    await anna.says("/forget")
    await anna.taps("people.any.button.forget_sure")
    assert await town.rows("SELECT level FROM safety_plans") == []
    read_all(anna, marta, liene)
