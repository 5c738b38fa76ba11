"""A municipality's own help lines: entered by its coordinator, shown after the national ones, rung now and then."""

from datetime import timedelta

import pytest

from bot.roles import Role
from bot.safety.actions import AddLine, LineChecked, RemoveLine, ShowLine
from bot.safety.lines import lines
from tests.chats.casework import read_all
from tests.town.inhabitant import Inhabitant
from tests.town.town import START, Town

S = "safety.staff"
SB = "safety.staff.button"
OGRE = "LV-067"


async def enters(coordinator: Inhabitant, name: str = "Ogres atbalsta tālrunis", number: str = "2000 0001") -> None:
    await coordinator.says("/help_lines")
    await coordinator.taps(f"{SB}.add_line")
    coordinator.sees(f"{S}.ask_line_name")
    await coordinator.says(name)
    coordinator.sees(f"{S}.ask_line_number")
    await coordinator.says(number)
    coordinator.sees(f"{S}.ask_line_hours")
    await coordinator.says("darbdienās 9.00–17.00")
    coordinator.sees(f"{S}.line_not_shown")
    await coordinator.taps_label("latviski")
    coordinator.sees(f"{S}.line")


async def card_of(young: Inhabitant) -> str:
    await young.says("/help")
    text = young.sees("safety.youth.card").text
    young.reads_rest()
    return text


async def from_ogre(town: Town, name: str) -> Inhabitant:
    one = await town.youth(name)
    await one.says("/start ogre")
    one.reads_rest()
    return one


@pytest.mark.feature("D1")
async def test_a_line_is_shown_with_hours_and_languages_after_the_national_ones_to_people_of_the_place(
    town: Town,
) -> None:
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    anna, emma = await from_ogre(town, "anna"), await town.youth("emma")
    await enters(kaspars)
    card = await card_of(anna)
    assert card.index("112") < card.index("+37120000001")
    assert "darbdienās 9.00–17.00 (latviski)" in card
    assert "+37120000001" not in await card_of(emma)


@pytest.mark.feature("D1")
async def test_what_cannot_be_dialled_is_asked_for_again(town: Town) -> None:
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    anna = await from_ogre(town, "anna")
    await kaspars.says("/help_lines")
    await kaspars.taps(f"{SB}.add_line")
    await kaspars.says("Tālrunis")
    for wrong in ("zvani man", "12", "9" * 30, "+371 123"):
        kaspars.reads_rest()
        await kaspars.says(wrong)
        kaspars.sees(f"{S}.no_line_number")
    await kaspars.says("116 111")
    kaspars.sees(f"{S}.ask_line_hours")
    await kaspars.says("h" * 100)
    kaspars.sees(f"{S}.line_hours_too_long")
    assert "Tālrunis" not in await card_of(anna)


@pytest.mark.feature("D1")
async def test_a_card_is_honest_about_numbers_that_nobody_rang_and_shows_them_all_the_same(town: Town) -> None:
    anna = await from_ogre(town, "anna")
    honest = anna.words("safety.youth.not_rung_lately", emergency="112").removeprefix("<i>").removesuffix("</i>")
    rung = all(line.checked_on is not None for line in lines().values() if line.shown)
    card = await card_of(anna)
    assert "116111" in card
    assert card.count(honest) == (0 if rung else 1)


async def test_a_line_for_adults_is_not_on_the_card_of_a_minor(town: Town) -> None:
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    anna = await from_ogre(town, "anna")
    await anna.taps("screening.youth.button.begin")
    await anna.taps("screening.youth.button.age.15_17")
    anna.reads_rest()
    await enters(kaspars)
    await kaspars.taps(f"{SB}.ages.adults")
    kaspars.reads_rest()
    assert "+37120000001" not in await card_of(anna)
    await kaspars.taps(f"{SB}.ages.minors")
    kaspars.reads_rest()
    assert "+37120000001" in await card_of(anna)


async def test_a_line_can_be_taken_away(town: Town) -> None:
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    anna = await from_ogre(town, "anna")
    await enters(kaspars)
    await kaspars.taps(f"{SB}.remove_line")
    kaspars.sees(f"{S}.remove_line_ask")
    await kaspars.taps(f"{SB}.remove_line_sure")
    kaspars.sees(f"{S}.no_lines")
    assert "+37120000001" not in await card_of(anna)


@pytest.mark.feature("X35")
async def test_a_coordinator_of_another_place_can_neither_see_nor_change_them(town: Town) -> None:
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    ilze = await town.staff("ilze", Role.COORDINATOR, "LV-022")
    await enters(kaspars)
    line = (await town.rows("SELECT id FROM local_lines"))[0].id
    for action in (ShowLine(line), RemoveLine(line, sure=True), LineChecked(line), AddLine(OGRE)):
        await ilze.forges(action.pack())
        ilze.sees("people.staff.not_available")
    assert len(await town.rows("SELECT id FROM local_lines")) == 1


@pytest.mark.feature("D1", "O8")
async def test_lines_that_nobody_rang_for_three_months_are_named_once_a_month(town: Town) -> None:
    andrejs = await town.staff("andrejs", Role.ADMIN, None)
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    await enters(kaspars)
    await town.tick()
    national, own = [], []
    for day in (29, 31, 60, 65, 97, 129):
        await town.move_to(START + timedelta(days=day))
        national += [day for one in andrejs.reads_rest() if "help_lines.toml" in one.text]
        own += [day for one in kaspars.reads_rest() if "nav pārbaudīti trīs mēnešus" in one.text]
        if own == [97]:
            await kaspars.taps_label("Ogres atbalsta")
            kaspars.reads_rest()
            await kaspars.taps(f"{SB}.line_checked")
            kaspars.sees(f"{S}.line")
            own.append(0)
    assert national == [31, 65, 97, 129]
    assert own == [97, 0]
    read_all(andrejs, kaspars)


@pytest.mark.feature("D1")
async def test_who_may_be_abroad_is_told_what_short_numbers_do_there(town: Town) -> None:
    anna, danylo = await from_ogre(town, "anna"), await from_ogre(town, "danylo")
    somewhere = await town.youth("emma")
    assert "ārpus Latvijas" not in await card_of(anna)
    for one in (danylo, somewhere):
        wanted = one.words("safety.youth.abroad").removeprefix("<i>").removesuffix("</i>")
        assert wanted in await card_of(one)
