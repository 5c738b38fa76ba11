"""What the round deletes is over for the person too: a step of the last days counts, whatever it was."""

from datetime import timedelta

import pytest

from bot.people.retention import DataClass, days
from bot.roles import Role
from tests.chats.casework import read_all
from tests.chats.test_alerts import SB, Y, asks_for_a_person
from tests.chats.test_retention import there
from tests.town.town import Town


@pytest.mark.feature("C6")
async def test_whose_request_for_a_person_ended_yesterday_is_not_erased_today(town: Town) -> None:
    dace = await town.staff("dace", Role.COORDINATOR, None)
    anna = await town.youth("anna")
    began, keep = town.clock.now(), days(town.settings)[DataClass.ANSWERS]
    await town.move_to(began + timedelta(days=keep - 1))
    await asks_for_a_person(anna)
    anna.sees(f"{Y}.told")
    await dace.taps(f"{SB}.take")
    await dace.taps(f"{SB}.reached")
    read_all(anna, dace)
    await town.move_to(began + timedelta(days=keep + 1))
    assert await there(town, "anna")


@pytest.mark.feature("C6")
async def test_who_wrote_of_danger_lately_is_not_erased(town: Town) -> None:
    anna = await town.youth("anna")
    began, keep = town.clock.now(), days(town.settings)[DataClass.ANSWERS]
    await town.move_to(began + timedelta(days=keep - 1))
    await anna.says("es negribu dzīvot")
    anna.sees("safety.youth.card")
    anna.reads_rest()
    await town.move_to(began + timedelta(days=keep + 1))
    assert await there(town, "anna")
