"""A network that an invitation names is asked about again when it goes out: whose it is may have changed since."""

from datetime import date

import pytest

from bot.events import store
from bot.events.audience import Audience, Group
from bot.events.event import State
from bot.events.going_out.actions_sending import AskResume, AskSend
from bot.roles import Role
from tests.chats.events_sent import is_out
from tests.chats.events_talk import CESIS, OGRE, agrees, at, drafted, watched
from tests.chats.networks_talk import network_of
from tests.town.town import Town

_NAMES_IT = "UPDATE events SET audience = json_set(audience, '$.networks', json_array({}))"


async def names_a_network_of_others(town: Town) -> None:
    """The one draft there is names a network of Cēsis from now on, as if it had been its author's once."""
    await town.staff("dace", Role.COORDINATOR, CESIS)
    network = await network_of(town, "dace", "anna", "danylo", municipality=CESIS)
    async with town.open_database() as database, database.write() as db:
        await db.exec_driver_sql(_NAMES_IT.format(network))


@pytest.mark.feature("I2", "I3")
async def test_an_invitation_to_a_network_that_is_not_theirs_any_more_does_not_go_out(town: Town) -> None:
    kaspars = await town.staff("kaspars", Role.COORDINATOR, OGRE)
    anna, danylo = await agrees(town, "anna"), await agrees(town, "danylo")
    event = await drafted(town, "kaspars")
    await names_a_network_of_others(town)
    await kaspars.forges(AskSend(event).pack())
    kaspars.sees("events.staff.send_ask")
    await kaspars.taps("events.staff.button.send_sure")
    assert "Darba grupa" in kaspars.sees("events.staff.networks_not_yours").text
    for one in (anna, danylo):
        one.sees_nothing()
    assert [row.state for row in await town.rows("select state from events")] == ["draft"]


@pytest.mark.feature("I3")
async def test_nor_by_the_yes_of_somebody_who_does_not_run_it_either(town: Town) -> None:
    kaspars = await watched(town)
    rudite = await town.staff("rudite", Role.COORDINATOR, OGRE)
    anna, _ = await agrees(town, "anna"), await agrees(town, "danylo")
    await kaspars.forges(AskSend(await drafted(town, "kaspars")).pack())
    await kaspars.taps("events.staff.button.submit_sure")
    await rudite.taps("events.staff.button.look")
    kaspars.reads_rest()
    rudite.reads_rest()
    await names_a_network_of_others(town)
    await rudite.taps("events.staff.button.approve")
    assert "Darba grupa" in rudite.sees("events.staff.networks_not_theirs").text
    anna.sees_nothing()
    assert [row.state for row in await town.rows("select state from events")] == ["submitted"]


@pytest.mark.feature("I3")
async def test_nor_at_the_time_it_was_planned_for(town: Town) -> None:
    kaspars = await town.staff("kaspars", Role.COORDINATOR, OGRE)
    anna, _ = await agrees(town, "anna"), await agrees(town, "danylo")
    await kaspars.forges(AskSend(await drafted(town, "kaspars", send_at=at(date(2026, 3, 3), 10))).pack())
    await kaspars.taps("events.staff.button.send_sure")
    kaspars.reads_rest()
    await names_a_network_of_others(town)
    await town.move_to(at(date(2026, 3, 3), 11))
    assert "Darba grupa" in kaspars.sees("events.staff.networks_lost").text
    anna.sees_nothing()
    await kaspars.taps("events.staff.button.go_on")
    kaspars.sees("events.staff.audience")
    assert [row.state for row in await town.rows("select state from events")] == ["draft"]


async def test_what_goes_to_networks_of_its_author_goes_out_at_its_time(town: Town) -> None:
    kaspars = await town.staff("kaspars", Role.COORDINATOR, OGRE)
    anna, danylo = await agrees(town, "anna"), await agrees(town, "danylo")
    network = await network_of(town, "kaspars", "anna", municipality=OGRE)
    audience = Audience(None, frozenset({Group.YOUTH}), networks=frozenset({network}))
    event = await drafted(town, "kaspars", audience, send_at=at(date(2026, 3, 3), 10))
    async with town.open_database() as database, database.write() as db:
        await store.begin_sending(db, event, town.clock.now())
    await town.move_to(at(date(2026, 3, 3), 11))
    anna.sees("events.youth.invitation")
    danylo.sees_nothing()
    kaspars.reads_rest()


@pytest.mark.feature("I3")
async def test_nor_to_the_rest_after_a_stop(town: Town) -> None:
    kaspars = await town.staff("kaspars", Role.COORDINATOR, OGRE)
    await agrees(town, "anna")
    await agrees(town, "danylo")
    event = await is_out(town, state=State.STOPPED)
    await kaspars.forges(AskResume(event).pack())
    kaspars.sees("events.staff.resume_ask")
    await names_a_network_of_others(town)
    await kaspars.taps("events.staff.button.resume_sure")
    assert "Darba grupa" in kaspars.sees("events.staff.resume_networks").text
    assert [row.state for row in await town.rows("select state from events")] == ["stopped"]


async def test_what_nobody_answers_for_any_more_is_stopped_at_its_time(town: Town) -> None:
    await town.staff("kaspars", Role.COORDINATOR, OGRE)
    anna, _ = await agrees(town, "anna"), await agrees(town, "danylo")
    event = await is_out(town, state=State.SENDING, send_at=at(date(2026, 3, 3), 10), sent_at=None)
    await names_a_network_of_others(town)
    async with town.open_database() as database, database.write() as db:
        await db.exec_driver_sql("UPDATE events SET created_by = NULL")
    await town.move_to(at(date(2026, 3, 3), 11))
    anna.sees_nothing()
    assert await town.rows(f"SELECT state FROM events WHERE id = {event}") == [("stopped",)]
