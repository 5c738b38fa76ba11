"""Too young: under 13 nothing is kept, whichever way it comes out; 13 and 14 are shown other help; 15 to 17 decide
themselves whether to talk, and nobody at home hears of it from the bot."""

from typing import Any

import pytest

from bot.roles import Role
from bot.storage.tables import metadata
from bot.words import Language
from tests.chats.test_screening import B, Q, answers, begins, outcomes
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town

SAID_AFTERWARDS = {"handled", "outbox", "reached", "audit", "sources"}
"""Update numbers, the farewell without its words, counts that name nobody, the bot's own rounds, the poster."""


async def everything(town: Town) -> dict[str, list[Any]]:
    return {name: [tuple(row) for row in await town.rows(f'SELECT * FROM "{name}"')] for name in metadata.tables}


async def comes_to_the_age(town: Town, name: str = "anna") -> Inhabitant:
    one = await town.youth(name)
    await one.says("/start ogre")
    one.reads_rest()
    await begins(one)
    return one


async def nothing_is_left(town: Town, one: Inhabitant, before: dict[str, list[Any]]) -> None:
    shown = one.sees("screening.youth.stop_child")
    assert "116111" in shown.text
    assert not any(button.data for button in shown.buttons)  # a press would make somebody new of them
    after = await everything(town)
    changed = {name for name, rows in after.items() if rows != before[name]}
    assert changed <= SAID_AFTERWARDS
    assert not await town.rows("SELECT * FROM people WHERE telegram_id = :one", one=one.phone.id)
    assert not await town.rows("SELECT * FROM audit WHERE actor_id IS NOT NULL")
    assert not await town.rows("SELECT * FROM reached WHERE person_id IS NOT NULL")
    left = await town.rows("SELECT chat_id, facts FROM outbox WHERE person_id IS NULL OR state = 'waiting'")
    assert all(tuple(row) == (None, "{}") for row in left)


@pytest.mark.feature("X48")
@pytest.mark.parametrize("line", ["5", "man ir 12", "дванадцять", "2016"])
async def test_a_typed_age_under_13_stops_before_anything_is_kept(town: Town, line: str) -> None:
    before = await everything(town)
    anna = await comes_to_the_age(town)
    await anna.says(line)
    await nothing_is_left(town, anna, before)


@pytest.mark.feature("X48")
@pytest.mark.parametrize(("name", "language"), [("anna", "lv"), ("danylo", "uk"), ("emma", "en")])
async def test_the_button_under_13_stops_in_every_language(town: Town, name: str, language: str) -> None:
    before = await everything(town)
    one = await comes_to_the_age(town, name)
    await one.taps(f"{B}.age.under_13")
    await nothing_is_left(town, one, before)


@pytest.mark.feature("X48")
async def test_a_child_who_asks_for_a_person_leaves_nothing_and_nobody_is_told(town: Town) -> None:
    liene = await town.staff("liene", Role.LEAD)
    before = await everything(town)
    anna = await town.youth("anna")
    await anna.says("/menu")
    await anna.taps(f"{B}.talk")
    await anna.taps(f"{B}.age.under_13")
    await nothing_is_left(town, anna, before)
    liene.sees_nothing()


@pytest.mark.feature("X48")
async def test_a_birth_year_that_could_be_12_or_13_is_asked_about_first(town: Town) -> None:
    before = await everything(town)
    anna = await comes_to_the_age(town)
    await anna.says("2013")
    anna.sees("screening.youth.note.which_age")
    await anna.taps_label("12")
    await nothing_is_left(town, anna, before)


@pytest.mark.feature("X48")
async def test_going_back_to_the_age_late_takes_everything_with_it(town: Town) -> None:
    before = await everything(town)
    anna = await comes_to_the_age(town)
    await answers(anna, age="18_28", status="neither", nva="no")
    await anna.taps(f"{B}.answers")
    anna.sees("screening.youth.answers")
    await anna.taps_label("Vecums")
    anna.sees(f"{Q}.age")
    await anna.taps(f"{B}.age.under_13")
    await nothing_is_left(town, anna, before)


async def test_who_comes_back_comes_as_somebody_new(town: Town) -> None:
    anna = await comes_to_the_age(town)
    await anna.taps(f"{B}.age.under_13")
    anna.sees("screening.youth.stop_child")
    await anna.taps(f"{B}.age.15_17")
    anna.sees("screening.youth.gone")
    await anna.says("/start")
    anna.sees("people.any.choose_language")


async def test_who_has_people_of_the_programme_is_asked_before_all_of_it_goes(town: Town) -> None:
    liene = await town.staff("liene", Role.LEAD)
    anna = await comes_to_the_age(town)
    await answers(anna, age="18_28", status="neither", nva="no", mood="good", wish="work", contact="yes")
    anna.reads_rest()
    liene.reads_rest()
    await anna.says("/menu")
    await anna.taps(f"{B}.questions")
    await anna.taps(f"{B}.start_over")
    anna.reads_rest()
    await anna.taps(f"{B}.age.under_13")
    anna.sees("screening.youth.child_sure")
    await anna.taps(f"{B}.not_child")
    anna.sees(f"{Q}.age")
    assert await town.rows("SELECT * FROM cases")
    await anna.taps(f"{B}.age.under_13")
    await anna.taps(f"{B}.child")
    anna.sees("screening.youth.stop_child")
    liene.reads_rest()
    assert not await town.rows("SELECT * FROM cases")


@pytest.mark.feature("X48")
async def test_13_and_14_are_shown_other_help_and_a_way_to_ask(town: Town) -> None:
    danylo = await comes_to_the_age(town, "danylo")
    await danylo.says("чотирнадцять")
    shown = danylo.sees("screening.youth.outcome.refer_child")
    assert "116111" in shown.text
    assert danylo.find_button("directory.any.button.contacts")
    assert [tuple(row) for row in await town.rows("SELECT answers, outcome FROM screenings")] == [("{}", "refer_child")]


@pytest.mark.feature("C7")
@pytest.mark.parametrize("name", ["anna", "danylo", "emma"])
async def test_under_18_it_is_theirs_to_decide_and_the_consent_at_home_comes_before_the_start(
    town: Town, name: str
) -> None:
    liene = await town.staff("liene", Role.LEAD)
    one = await comes_to_the_age(town, name)
    await answers(one, age="15_17", status="neither", nva="no", mood="skip", wish="talk", contact="yes")
    one.sees("screening.youth.outcome.likely_minor")
    one.reads_rest()
    card = liene.reads_rest()
    assert not any("parent" in message.text.casefold() or "vecāk" in message.text.casefold() for message in card)
    told = await town.rows("SELECT DISTINCT person_id FROM outbox WHERE person_id IS NOT NULL")
    assert {row[0] for row in told} == {(await town.person(name)).id, (await town.person("liene")).id}
    assert await outcomes(town) == ["likely_minor"]


@pytest.mark.feature("X48")
async def test_the_ages_are_settings(town: Town) -> None:
    town.settings = town.settings.model_copy(update={"age_alone": 14, "age_joins": 16, "age_adult": 21, "age_last": 25})
    before = await everything(town)
    emma = await town.youth("emma", Language.EN)
    await begins(emma)
    assert emma.buttons[:6] == ["Under 14", "14–15", "16–20", "21–24", "25", "26 or older"]
    await emma.says("13")
    shown = emma.sees("screening.youth.stop_child")
    assert "14" in shown.text
    emma.unread.append(shown)
    await nothing_is_left(town, emma, before)
