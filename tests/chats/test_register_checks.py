"""Is it still right? Who is asked when, what their answer does, and how old the last one is."""

from datetime import timedelta

import pytest

from bot.roles import Role
from tests.chats.register_talk import B, S, again, coordinator, entry
from tests.town.town import Town

SOON = timedelta(days=1)
"""So that the check falls on the second day of the town, a Tuesday."""


@pytest.mark.feature("H1")
async def test_after_half_a_year_its_owner_is_asked_and_says_that_all_is_right(town: Town) -> None:
    kaspars = await coordinator(town)
    one = await entry(town, "kaspars")
    await kaspars.forges(f"directory.check:{one.id}:right")
    kaspars.sees(f"{S}.note.verified")
    checked = await again(town, one)
    assert checked.verify_at is not None
    assert checked.verify_at - town.clock.now() > timedelta(days=179)
    await town.move_to(checked.verify_at - timedelta(minutes=1))
    kaspars.sees_nothing()
    await town.move_to(checked.verify_at)
    question = kaspars.sees(f"{S}.check.ask")
    assert kaspars.words(f"{S}.checked.days", count=181) in question.text, "the 180th day is a Saturday"
    await kaspars.taps(f"{B}.check.right")
    kaspars.sees(f"{S}.note.verified")
    assert (await again(town, one)).asked_times == 0


@pytest.mark.feature("H1")
async def test_a_silent_owner_is_asked_once_more_after_two_weeks_and_then_the_coordinators(town: Town) -> None:
    kaspars = await coordinator(town)
    raivis = await town.staff("raivis", Role.PARTNER, speciality="partner")
    one = await entry(town, "raivis", "raivis", verify_at=town.clock.now() + SOON)
    for asked in (raivis, raivis, kaspars, kaspars):
        at = (await again(town, one)).verify_at
        assert at is not None
        await town.move_to(at)
        asked.sees(f"{S}.check.ask")
        for other in (kaspars, raivis):
            other.sees_nothing()
        later = (await again(town, one)).verify_at
        assert later is not None
        assert later - at >= timedelta(days=14)


@pytest.mark.feature("H1", "S0.10")
async def test_a_partner_who_says_that_something_changed_has_the_coordinator_told(town: Town) -> None:
    kaspars = await coordinator(town)
    raivis = await town.staff("raivis", Role.PARTNER, speciality="partner")
    await entry(town, "raivis", "raivis", verify_at=town.clock.now() + SOON)
    await town.move_to(town.clock.now() + SOON)
    raivis.sees(f"{S}.check.ask")
    await raivis.taps(f"{B}.check.changed")
    raivis.sees(f"{S}.check.passed_on")
    assert "Raivis" in kaspars.sees(f"{S}.check.told_changed").text
    await kaspars.taps(f"{B}.show_service")
    kaspars.sees(f"{S}.service")


@pytest.mark.feature("H1")
async def test_without_an_owner_the_coordinators_are_asked_and_can_take_it_out_of_use_at_once(town: Town) -> None:
    kaspars = await coordinator(town)
    one = await entry(town, verify_at=town.clock.now() + SOON)
    await town.move_to(town.clock.now() + SOON)
    kaspars.sees(f"{S}.check.ask")
    await kaspars.taps(f"{B}.check.gone")
    kaspars.sees(f"{S}.retire_service")
    await kaspars.taps(f"{B}.retire_sure")
    kaspars.sees(f"{S}.note.service_retired")
    found = await again(town, one)
    assert found.is_retired
    assert found.verify_at is None


@pytest.mark.feature("H1")
async def test_of_an_entry_whose_partner_is_out_of_use_nobody_is_asked(town: Town) -> None:
    kaspars = await coordinator(town)
    one = await entry(town, "kaspars", verify_at=town.clock.now() + SOON)
    await kaspars.forges(f"directory.retire_partner:{one.organization.id}:1")
    kaspars.reads_rest()
    await town.move_to(town.clock.now() + SOON)
    kaspars.sees_nothing()
    assert (await again(town, one)).verify_at is None
