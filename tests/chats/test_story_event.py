"""One event from its first line to the question afterwards, as a Latvian and a Ukrainian young person, a mentor and the
coordinator see it."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.roles import Role
from bot.words import Language
from tests.chats.events_talk import DAY, OGRE, agrees, at
from tests.chats.referrals_talk import all_read
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town

S, B, Y = "events.staff", "events.staff.button", "events.youth"


async def writes(kaspars: Inhabitant) -> None:
    """In Latvian and Ukrainian, for young people and mentors, with two places."""
    await kaspars.says("/event")
    await kaspars.taps(f"{B}.kind_youth_event")
    await kaspars.taps("people.any.button.language_lv")
    await kaspars.says("Laivu diena")
    await kaspars.says("Dosimies ar laivām pa Daugavu. Vestes un pusdienas būs.")
    await kaspars.says("Ogres tilts")
    await kaspars.says("12.3. 14:00")
    await kaspars.taps(f"{B}.add_uk")
    await kaspars.says("День на човнах")
    await kaspars.says("Попливемо човнами Даугавою. Жилети й обід будуть.")
    await kaspars.taps(f"{B}.onward")


async def changes(kaspars: Inhabitant) -> None:
    """Another place, looked at and told."""
    await kaspars.says("/events")
    await kaspars.taps_label("Laivu diena")
    await kaspars.taps(f"{B}.change")
    await kaspars.taps(f"{B}.part_place")
    await kaspars.says("Ogres estrāde")
    await kaspars.taps(f"{B}.review_change")
    await kaspars.taps(f"{B}.tell_change")


@pytest.mark.feature("I1", "I2", "I3", "I5", "I6", "I7", "I8", "I9", "I11", "I12", "I13", "M1")
async def test_an_event_from_its_first_line_to_the_question_afterwards(
    town: Town, tell_story: Callable[[str, str], None]
) -> None:
    anna = await agrees(town, "anna", language=Language.LV)
    danylo = await agrees(town, "danylo", language=Language.UK)
    marta = await town.staff("marta", Role.MENTOR, OGRE)
    kaspars = await town.staff("kaspars", Role.COORDINATOR, OGRE)
    everybody = (anna, danylo, marta, kaspars)
    all_read(*everybody)
    town.transcript.lines.clear()

    town.transcript.heading("Kaspars writes an invitation")
    await writes(kaspars)
    await kaspars.taps_label("○ mentori")
    await kaspars.taps(f"{B}.onward")
    await kaspars.taps(f"{B}.more")
    await kaspars.taps("events.staff.section.time")
    await kaspars.taps("events.staff.detail.capacity")
    await kaspars.says("2")
    await kaspars.taps("events.staff.button.to_draft")
    await kaspars.taps(f"{B}.preview")
    await kaspars.taps("events.any.button.back")
    await kaspars.taps(f"{B}.send")
    await kaspars.taps(f"{B}.send_sure")
    await town.after_a_moment()
    all_read(kaspars)

    town.transcript.heading("It arrives, and there are two places for three who would like to come")
    all_read(anna, danylo, marta)
    await marta.taps("events.any.button.yes")
    await anna.taps("events.any.button.yes")
    all_read(anna, marta)
    await danylo.taps("events.any.button.yes")
    await danylo.taps(f"{Y}.button.join_list")
    await anna.taps(f"{Y}.button.give_back")
    await danylo.taps(f"{Y}.button.take_place")
    all_read(*everybody)

    town.transcript.heading("The day before, the place changes")
    await town.move_to(at(DAY - timedelta(days=1), 9, 30))
    await changes(kaspars)
    all_read(*everybody)
    await danylo.taps("events.any.button.yes")
    await marta.taps("events.any.button.no")
    all_read(*everybody)
    await town.move_to(at(DAY - timedelta(days=1), 10, 5))
    all_read(*everybody)
    await town.move_to(at(DAY, 12, 5))
    all_read(*everybody)

    town.transcript.heading("At the door")
    await danylo.says("/events")
    await town.move_to(at(DAY, 13, 50))
    await kaspars.says("/events")
    await kaspars.taps_label("Laivu diena")
    await kaspars.taps(f"{B}.door")
    await kaspars.taps(f"{B}.guest_list")
    all_read(kaspars)
    await kaspars.taps_label((await town.person("danylo")).code_name)
    all_read(*everybody)

    town.transcript.heading("Afterwards")
    await town.live_until(at(DAY + timedelta(days=1), 12), timedelta(hours=6))
    await danylo.taps("events.any.button.rate_growth")
    all_read(*everybody)
    tell_story("event", town.transcript.text())
