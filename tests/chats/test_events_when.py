"""A coordinator writes when an event starts in words, and sees the date that was understood before it is kept."""

import pytest

from bot.events.writing.actions_writing import Ask, SureWhen
from bot.events.writing.drafts import Step
from bot.roles import Role
from tests.chats.events_talk import OGRE, drafted
from tests.town.town import Town


@pytest.mark.feature("I2")
async def test_a_weekday_is_shown_as_a_date_and_kept_after_a_yes(town: Town) -> None:
    kaspars = await town.staff("kaspars", Role.COORDINATOR, OGRE)
    event = await drafted(town, "kaspars", starts_at=None)
    await kaspars.forges(Ask(event, Step.WHEN).pack())
    kaspars.sees("events.staff.ask_when")
    await kaspars.says("piektdien 15:00")
    assert "piektd., 6. marts, 15:00" in kaspars.sees("events.staff.when_meant").text
    await kaspars.says("у п’ятницю о 15:00")  # another can be typed at once
    assert "piektd., 6. marts, 15:00" in kaspars.sees("events.staff.when_meant").text
    assert await town.rows("select starts_at from events") == [(None,)]

    await kaspars.taps("events.staff.button.when_sure")

    assert "6. marts, 15:00" in kaspars.sees("events.staff.draft").text


async def test_a_date_in_figures_needs_no_second_press(town: Town) -> None:
    kaspars = await town.staff("kaspars", Role.COORDINATOR, OGRE)
    event = await drafted(town, "kaspars", starts_at=None)
    await kaspars.forges(Ask(event, Step.WHEN).pack())
    kaspars.sees("events.staff.ask_when")
    await kaspars.says("6.3. 15:00")
    kaspars.sees("events.staff.draft")


async def test_a_day_in_words_asks_for_the_hour_and_shows_the_date_with_it(town: Town) -> None:
    kaspars = await town.staff("kaspars", Role.COORDINATOR, OGRE)
    event = await drafted(town, "kaspars", starts_at=None)
    await kaspars.forges(Ask(event, Step.WHEN).pack())
    kaspars.sees("events.staff.ask_when")
    await kaspars.says("parīt")
    assert "04.03.2026" in kaspars.sees("events.staff.ask_hour").text
    await kaspars.says("17")
    kaspars.sees("events.staff.draft")


async def test_a_yes_to_what_has_gone_by_asks_again(town: Town) -> None:
    kaspars = await town.staff("kaspars", Role.COORDINATOR, OGRE)
    event = await drafted(town, "kaspars", starts_at=None)
    await kaspars.forges(SureWhen(event, 1).pack())
    kaspars.sees("events.staff.when_past")
    await kaspars.forges(SureWhen(event, 10**14).pack())
    kaspars.sees("events.staff.when_unreadable")
