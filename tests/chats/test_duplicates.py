"""Perhaps the same young person twice: a lead is asked once, and says that they are two or which account goes on."""

import pytest

from bot.programme.screens import OpenDuplicate
from bot.roles import Role
from tests.chats.casework import B, P, asks_for_contact, joins, read_all
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town

D = f"{P}.duplicate"


async def twice(town: Town) -> tuple[Inhabitant, Inhabitant, Inhabitant]:
    """Anna asks for contact, then somebody with another account and the same answers; the lead's question is open."""
    liene = await town.staff("liene", Role.LEAD)
    anna = await town.youth("anna")
    await asks_for_contact(anna)
    second = await town.youth("annija")
    await asks_for_contact(second)
    read_all(liene, anna, second)
    return anna, second, liene


async def cases(town: Town) -> list[tuple[str, str | None]]:
    return [tuple(row) for row in await town.rows("SELECT stage, stage_reason FROM cases ORDER BY id")]


async def opens_question(liene: Inhabitant, town: Town) -> None:
    (row,) = await town.rows("SELECT case_id FROM tasks WHERE kind = 'duplicate' AND done_at IS NULL")
    await liene.says("/menu")
    liene.reads_rest()
    await liene.forges(OpenDuplicate(row.case_id).pack())


@pytest.mark.feature("E6")
async def test_a_lead_sees_both_by_code_name_and_after_different_is_never_asked_again(town: Town) -> None:
    anna, second, liene = await twice(town)
    await liene.says("/today")
    liene.reads_rest()
    await opens_question(liene, town)
    shown = liene.sees(D).text
    assert all([(await town.person(name)).code_name in shown for name in ("anna", "annija")])
    await liene.taps(f"{B}.different")
    liene.sees(f"{P}.case")
    assert await cases(town) == [("contact", None), ("contact", None)]
    assert await town.rows("SELECT id FROM tasks WHERE kind = 'duplicate' AND done_at IS NULL") == []
    await second.says("/forget")
    await second.taps("people.any.button.forget_sure")
    assert [row.id for row in await town.rows("SELECT id FROM tasks WHERE kind = 'duplicate'")] == []
    read_all(anna, second, liene)


@pytest.mark.feature("E6")
@pytest.mark.parametrize(("goes_on", "ends"), [("anna", "annija"), ("annija", "anna")])
async def test_the_account_that_is_left_reads_nothing_untrue_and_can_come_back(
    town: Town, goes_on: str, ends: str
) -> None:
    _, _, liene = await twice(town)
    await opens_question(liene, town)
    await liene.taps(f"{B}.same")
    liene.sees(f"{D}.which")
    await liene.taps_label((await town.person(goes_on)).code_name)
    liene.sees(f"{P}.case")
    told = town.people[ends].sees("programme.youth.duplicate").text
    assert "/start" in told
    assert (await town.person(goes_on)).code_name not in told
    town.people[goes_on].sees_nothing()
    closed = ("closed", "duplicate")
    assert await cases(town) == ([("contact", None), closed] if ends == "annija" else [closed, ("contact", None)])
    history = await town.rows("SELECT stage, reason FROM case_stages ORDER BY id DESC LIMIT 1")
    assert [tuple(row) for row in history] == [closed]
    liene.reads_rest()


@pytest.mark.feature("E6")
async def test_a_programme_that_runs_is_the_one_that_goes_on(town: Town) -> None:
    marta = await town.staff("marta", Role.MENTOR)
    anna, second, liene = await twice(town)
    older = (await town.rows("SELECT id FROM cases ORDER BY id"))[0].id
    await liene.forges(f"programme.assign:{older}:{(await town.person('marta')).id}")
    await joins(liene, town, "anna")
    read_all(anna, marta, liene)
    await opens_question(liene, town)
    await liene.taps(f"{B}.same")
    await liene.taps_label((await town.person("annija")).code_name)
    liene.sees(f"{D}.joined")
    assert [stage for stage, _ in await cases(town)] == ["programme", "contact"]
    read_all(second, marta)


@pytest.mark.feature("E6")
async def test_other_answers_or_another_place_bring_no_question_and_no_other_lead_sees_one(town: Town) -> None:
    anna, second, liene = await twice(town)
    emma = await town.youth("emma")
    await asks_for_contact(emma)
    danylo = await town.youth("danylo", anna.language)
    await asks_for_contact(danylo, link="cesis")
    tasks = await town.rows("SELECT case_id FROM tasks WHERE kind = 'duplicate'")
    assert len(tasks) == 1
    laura = await town.staff("laura", Role.LEAD, "LV-041")
    await laura.forges(OpenDuplicate(tasks[0].case_id).pack())
    laura.sees("people.staff.not_available")
    read_all(anna, second, emma, danylo, liene)


@pytest.mark.feature("E6")
async def test_a_case_that_is_given_its_municipality_is_looked_at_then(town: Town) -> None:
    dace = await town.staff("dace", Role.COORDINATOR, None)
    liene = await town.staff("liene", Role.LEAD)
    for name in ("anna", "annija"):
        young = await town.youth(name)
        await young.says("/start friend")
        await young.taps("screening.youth.button.begin")
        for question, code in (("age", "18_28"), ("status", "neither"), ("nva", "no"), ("region", "unsure")):
            await young.taps(f"screening.youth.button.{question}.{code}")
        for question, code in (("mood", "skip"), ("wish", "work"), ("contact", "yes")):
            await young.taps(f"screening.youth.button.{question}.{code}")
        assert await town.rows("SELECT id FROM tasks") == []
        dace.reads_rest()
        await dace.taps(f"{B}.choose_place")
        await dace.taps("directory.any.place.lv_067")
        read_all(young, dace, liene)
        if name == "anna":
            assert await town.rows("SELECT id FROM tasks") == []
    assert len(await town.rows("SELECT id FROM tasks WHERE kind = 'duplicate'")) == 1
