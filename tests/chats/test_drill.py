"""A drill of the line: everybody sees that it is one, it goes the same way, and the report says who answered when."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.roles import Role
from bot.safety.actions import ShowDrill, StartDrill
from tests.chats.casework import asks_for_contact, read_all
from tests.town.inhabitant import Inhabitant
from tests.town.town import START, Town
from tests.town.walked_once import walked_once

S = "safety.staff"
SB = "safety.staff.button"
OGRE = "LV-067"


@walked_once
async def the_line(town: Town) -> tuple[Inhabitant, Inhabitant, Inhabitant]:
    """Marta mentors, Liene leads and Kaspars coordinates Ogre."""
    marta = await town.staff("marta", Role.MENTOR)
    liene = await town.staff("liene", Role.LEAD)
    return marta, liene, await town.staff("kaspars", Role.COORDINATOR)


async def starts(coordinator: Inhabitant) -> None:
    await coordinator.says("/drill")
    coordinator.sees(f"{S}.drill")
    await coordinator.taps(f"{SB}.start_drill")
    coordinator.sees(f"{S}.drill_begun")


@pytest.mark.feature("D5", "O8")
async def test_the_first_words_say_that_it_is_a_drill_and_no_young_person_hears_of_it(town: Town) -> None:
    marta, liene, kaspars = await the_line(town)
    oksana = await town.staff("oksana", Role.MENTOR)
    anna = await town.youth("anna")
    await starts(kaspars)
    assert marta.sees(f"{S}.alert_drill").text.startswith("MĀCĪBAS.")
    assert oksana.sees(f"{S}.alert_drill").text.startswith("ТРЕНУВАННЯ.")
    for one in (liene, anna):
        one.sees_nothing()


@pytest.mark.feature("D5", "O8")
async def test_the_report_says_who_answered_when_and_who_did_not(town: Town) -> None:
    marta, liene, kaspars = await the_line(town)
    oksana = await town.staff("oksana", Role.MENTOR)
    await starts(kaspars)
    await town.move_to(town.later(hours=4 / 60))
    read_all(marta, oksana)
    await marta.taps(f"{SB}.take")
    marta.sees(f"{S}.drill_thanks")
    await kaspars.says("/drill")
    kaspars.sees(f"{S}.drill_running")
    await town.move_to(town.later(hours=16 / 60))
    report = kaspars.sees(f"{S}.drill_report").text
    assert "Marta" in report
    assert "pēc 4 minūtēm" in report
    assert any("Oksana" in line and "atbildes nav" in line for line in report.splitlines())
    liene.sees_nothing()
    await oksana.taps(f"{SB}.take")
    oksana.sees(f"{S}.drill_over")


@pytest.mark.feature("D5")
async def test_when_everybody_who_was_told_has_answered_the_report_comes_at_once(town: Town) -> None:
    marta, _, kaspars = await the_line(town)
    await starts(kaspars)
    marta.sees(f"{S}.alert_drill")
    await marta.taps(f"{SB}.take")
    marta.sees(f"{S}.drill_thanks")
    assert "Marta" in kaspars.sees(f"{S}.drill_report").text


@pytest.mark.feature("D5")
async def test_silence_takes_a_drill_down_the_same_line_and_it_ends_there(town: Town) -> None:
    marta, liene, kaspars = await the_line(town)
    await starts(kaspars)
    marta.sees(f"{S}.alert_drill")
    for one in (liene, kaspars):
        await town.move_to(town.later(hours=16 / 60))
        one.sees(f"{S}.alert_drill")
    await town.move_to(town.later(hours=16 / 60))
    report = kaspars.sees(f"{S}.drill_nobody").text
    assert "Marta" in report
    assert "Liene" in report
    await town.move_to(START + timedelta(days=1))
    for one in (marta, liene, kaspars):
        one.sees_nothing()


async def test_there_is_no_drill_at_night_when_it_would_say_nothing(town: Town) -> None:
    marta, _, kaspars = await the_line(town)
    await town.move_to(datetime(2026, 3, 2, 21, 0, tzinfo=UTC))
    await kaspars.says("/drill")
    kaspars.sees(f"{S}.drill_not_now")
    await kaspars.forges(StartDrill(OGRE).pack())
    assert await town.rows("SELECT id FROM alerts WHERE drill") == []
    marta.sees_nothing()


async def test_a_coordinator_drills_their_own_municipality_and_one_for_the_country_chooses(town: Town) -> None:
    marta, _, kaspars = await the_line(town)
    for action in (ShowDrill("LV-022"), StartDrill("LV-022"), StartDrill("LV-999")):
        await kaspars.forges(action.pack())
        kaspars.sees("people.staff.not_available")
    dace = await town.staff("dace", Role.COORDINATOR, None)
    await town.staff("ilze", Role.LEAD, "LV-022")
    await dace.says("/drill")
    dace.sees(f"{S}.drill_place")
    await dace.taps("directory.any.place.lv_067")
    dace.sees(f"{S}.drill")
    await dace.taps(f"{SB}.start_drill")
    dace.sees(f"{S}.drill_begun")
    marta.sees(f"{S}.alert_drill")


@pytest.mark.feature("D5", "O8")
async def test_a_month_without_a_drill_is_told_to_the_coordinator_once_a_month(town: Town) -> None:
    liene = await town.staff("liene", Role.LEAD)
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    other = await town.staff("ilze", Role.COORDINATOR, "LV-022")
    anna = await town.youth("anna")
    await asks_for_contact(anna)
    told = []
    for day in (29, 31, 45, 60, 64, 73):
        await town.move_to(START + timedelta(days=day))
        told += [town.clock.now() for one in kaspars.reads_rest() if "30 dienās nav bijis mācību" in one.text]
    assert [at.date().isoformat() for at in told] == ["2026-04-02", "2026-05-05"]
    other.sees_nothing()
    await kaspars.says("/drill")
    await kaspars.taps(f"{SB}.start_drill")
    await town.move_to(town.clock.now() + timedelta(days=20))
    assert not any("30 dienās nav bijis mācību" in one.text for one in kaspars.reads_rest())
    read_all(liene, anna)
