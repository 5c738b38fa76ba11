"""A cycle changes twice before anybody has heard of it; it gets another name, and an end."""

from datetime import date

import pytest

from bot.events.event import Reply
from bot.events.sessions import store_cycles
from bot.events.sessions.actions_series import ChooseCycle, EndCycle, PickCycle, SetCycleDates, ShowCycle
from bot.roles import Role
from bot.words import Language
from tests.chats.events_sent import is_invited, is_out
from tests.chats.events_talk import OGRE, agrees, at, drafted
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town


async def somebody_comes(town: Town) -> tuple[Inhabitant, Inhabitant, int]:
    """Dace, who leads a cycle, and Anna, who comes to an event of it, the evening before."""
    dace = await town.staff("dace", Role.COORDINATOR, None)
    number = (await town.person("dace")).id
    async with town.open_database() as database, database.write() as db:
        cycle = await store_cycles.begin(db, "Būt kopā", Language.LV, number, town.clock.now())
    event = await is_out(town, "dace", series_id=cycle)
    anna = await agrees(town, "anna")
    anna.reads_rest()
    await is_invited(town, event, "anna", Reply.YES)
    await town.move_to(at(date(2026, 3, 2), 22))
    return dace, anna, cycle


async def sets_countries(dace: Inhabitant, cycle: int, *codes: str) -> None:
    """Each in turn, as it was agreed to."""
    for version, code in enumerate(codes, 1):
        await dace.forges(f"events.cycle_lands:{cycle}:{code}:{version}")
    dace.reads_rest()


@pytest.mark.feature("S2.14")
async def test_of_two_versions_in_one_night_the_newest_alone_arrives_with_what_was_known(town: Town) -> None:
    dace, anna, cycle = await somebody_comes(town)
    await sets_countries(dace, cycle, "LV", "LVEE")
    anna.sees_nothing()
    await town.move_to(at(date(2026, 3, 3), 9))
    said = anna.sees("events.youth.cycle_changed").text
    assert "valstis vēl nav zināmas" in said
    assert "Latvija, Igaunija" in said
    anna.sees_nothing()
    await dace.forges(f"events.cycle_lands:{cycle}:LVCZ:3")
    dace.reads_rest()
    said = anna.sees("events.youth.cycle_changed").text
    assert ("Latvija, Igaunija" in said, "Latvija, Čehija" in said) == (True, True)
    anna.sees_nothing()


@pytest.mark.feature("S2.14")
async def test_a_version_taken_back_before_anybody_heard_it_is_told_to_nobody(town: Town) -> None:
    dace, anna, cycle = await somebody_comes(town)
    await sets_countries(dace, cycle, "LV")
    await town.move_to(at(date(2026, 3, 3), 9))
    anna.sees("events.youth.cycle_changed")
    await town.move_to(at(date(2026, 3, 3), 22))
    for version, code in ((2, "LVEE"), (3, "LV")):
        await dace.forges(f"events.cycle_lands:{cycle}:{code}:{version}")
    dace.reads_rest()
    await town.move_to(at(date(2026, 3, 4), 9))
    anna.sees_nothing()


@pytest.mark.feature("S2.14")
async def test_a_cycle_gets_another_name_and_nobody_is_written_to(town: Town) -> None:
    dace, anna, cycle = await somebody_comes(town)
    await dace.forges(ShowCycle(cycle).pack())
    await dace.taps("events.staff.button.cycle_title")
    dace.sees("events.staff.ask_cycle_title")
    await dace.says("x" * 101)
    dace.sees("events.staff.too_long")
    await dace.says("Kopā tālāk")
    assert "Kopā tālāk" in dace.sees("events.staff.cycle").text
    await town.move_to(at(date(2026, 3, 3), 9))
    anna.sees_nothing()


@pytest.mark.feature("S2.14")
async def test_an_ended_cycle_takes_no_more_events_and_can_go_on(town: Town) -> None:
    dace, anna, cycle = await somebody_comes(town)
    await dace.forges(ShowCycle(cycle).pack())
    await dace.taps("events.staff.button.cycle_end")
    dace.sees("events.staff.cycle_end_ask")
    await dace.taps("events.staff.button.cycle_end_sure")
    assert "noslēgts" in dace.sees("events.staff.cycle").text
    draft = await drafted(town, "dace")
    await dace.forges(PickCycle(draft, cycle).pack())
    await dace.forges(SetCycleDates(cycle, date(2026, 7, 1), date(2026, 8, 1), 1).pack())
    assert await town.rows(f"SELECT series_id FROM events WHERE id = {draft}") == [(None,)]
    assert await town.rows("SELECT from_on FROM event_series") == [(None,)]
    dace.reads_rest()
    await dace.forges(ChooseCycle(draft).pack())
    dace.sees("events.staff.no_cycles")

    await dace.forges(ShowCycle(cycle).pack())
    await dace.taps("events.staff.button.cycle_goes_on")
    dace.reads_rest()
    await dace.forges(PickCycle(draft, cycle).pack())
    dace.sees("events.staff.more")
    assert await town.rows(f"SELECT series_id FROM events WHERE id = {draft}") == [(cycle,)]
    anna.sees_nothing()


async def test_a_coordinator_of_one_town_ends_no_cycle(town: Town) -> None:
    _, _, cycle = await somebody_comes(town)
    kaspars = await town.staff("kaspars", Role.COORDINATOR, OGRE)
    await kaspars.forges(EndCycle(cycle, ended=True, sure=True).pack())
    kaspars.sees("people.staff.not_available")
    assert await town.rows("SELECT ended_at FROM event_series") == [(None,)]
