"""Whoever waits for a place and could not take it just then is passed over, and keeps their turn until they can."""

from datetime import timedelta

import pytest

from bot.blocks import store as blocks
from bot.blocks.rules import Block, Reason
from bot.events.event import Terms
from bot.roles import Role
from tests.chats.events_places import come, friends, goes_out, seats, waits
from tests.chats.events_talk import OGRE
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town


async def a_full_boat(town: Town) -> tuple[Inhabitant, Inhabitant, Inhabitant, int]:
    """Anna has the one place, Danylo waits for it, and after him Emma; the number of the event."""
    await town.staff("kaspars", Role.COORDINATOR, OGRE)
    await town.staff("liene", Role.LEAD, OGRE)
    anna, danylo, emma = await friends(town, "anna", "danylo", "emma")
    event = await goes_out(town, Terms(capacity=1))
    await come(anna)
    await waits(danylo, emma)
    for one in town.people.values():
        one.reads_rest()
    return anna, danylo, emma, event


async def barred(town: Town, name: str, lasting: timedelta) -> None:
    """As if that had been decided an hour ago."""
    now = town.clock.now()
    number = (await town.person_quietly(name)).id
    async with town.open_database() as database, database.write() as db:
        await blocks.put(db, Block(number, now, None, Reason.FLOOD, now + lasting, None, None))


async def cannot_come(one: Inhabitant) -> None:
    await one.taps("events.youth.button.give_back")
    one.reads_rest()


@pytest.mark.feature("I7", "A7")
async def test_who_is_barred_is_passed_over_and_is_in_line_again_when_the_bar_ends(town: Town) -> None:
    anna, danylo, emma, event = await a_full_boat(town)
    await barred(town, "danylo", timedelta(hours=2))
    await cannot_come(anna)
    danylo.sees_nothing()
    emma.sees("events.youth.place_offered")
    assert await seats(town, event) == {"anna": None, "danylo": "waiting", "emma": "offered"}
    await town.move_to(town.later(hours=3))
    danylo.sees("blocks.youth.lifted")
    assert (await seats(town, event))["danylo"] == "waiting"
    await emma.taps("events.youth.button.decline")
    emma.sees("events.youth.declined")
    danylo.sees("events.youth.place_offered")


@pytest.mark.feature("I7", "A7")
async def test_an_offer_goes_on_the_moment_whoever_has_it_is_barred_and_their_turn_stays_theirs(
    town: Town,
) -> None:
    anna, danylo, emma, event = await a_full_boat(town)
    await cannot_come(anna)
    danylo.sees("events.youth.place_offered")
    number, liene = (await town.person("danylo")).id, town.people["liene"]
    await liene.forges(f"blocks.block:{number}:threats:week")
    danylo.reads_rest()
    emma.sees("events.youth.place_offered")
    assert await seats(town, event) == {"anna": None, "danylo": "waiting", "emma": "offered"}
    await emma.taps("events.youth.button.decline")
    emma.reads_rest()
    assert (await seats(town, event))["danylo"] == "waiting"
    await liene.forges(f"blocks.lift:{number}")
    liene.reads_rest()
    danylo.sees("blocks.youth.lifted")
    danylo.sees("events.youth.place_offered")


@pytest.mark.feature("I7", "A7")
async def test_an_offer_that_nobody_read_by_night_is_not_said_once_it_is_another_s(town: Town) -> None:
    anna, danylo, emma, event = await a_full_boat(town)
    await town.move_to(town.clock.now().replace(hour=21))
    for one in town.people.values():
        one.reads_rest()
    await cannot_come(anna)
    assert await seats(town, event) == {"anna": None, "danylo": "offered", "emma": "waiting"}
    danylo.sees_nothing()
    await town.people["liene"].forges(f"blocks.block:{(await town.person('danylo')).id}:threats:week")
    await town.move_to(town.later(hours=14))
    danylo.does_not_see("events.youth.place_offered")
    emma.sees("events.youth.place_offered")
    assert await seats(town, event) == {"anna": None, "danylo": "waiting", "emma": "offered"}
    for one in town.people.values():
        one.reads_rest()


@pytest.mark.feature("I7", "O4")
async def test_who_has_asked_for_help_is_passed_over_and_offered_what_is_free_once_somebody_was_there(
    town: Town,
) -> None:
    anna, danylo, emma, event = await a_full_boat(town)
    await emma.taps("events.youth.button.leave_list")
    await danylo.says("/help")
    await danylo.taps("safety.youth.button.ask")
    await danylo.taps("safety.youth.button.agree")
    danylo.reads_rest()
    emma.reads_rest()
    await cannot_come(anna)
    danylo.sees_nothing()
    assert await seats(town, event) == {"anna": None, "danylo": "waiting", "emma": None}
    (alert,) = await town.rows("SELECT id FROM alerts WHERE youth_id IS NOT NULL")
    liene = town.people["liene"]
    await liene.forges(f"safety.take:{alert.id}")
    await liene.forges(f"safety.close:{alert.id}:reached")
    danylo.sees("safety.youth.alert.reached")
    danylo.sees("events.youth.place_offered")
    for name in ("danylo", "liene", "kaspars"):
        town.people[name].reads_rest()


@pytest.mark.feature("I7", "O4")
async def test_an_offer_that_ran_out_while_they_waited_for_help_takes_nobodys_turn(town: Town) -> None:
    anna, danylo, emma, event = await a_full_boat(town)
    await cannot_come(anna)
    danylo.sees("events.youth.place_offered")
    await danylo.says("/help")
    await danylo.taps("safety.youth.button.ask")
    await danylo.taps("safety.youth.button.agree")
    danylo.reads_rest()
    await town.live_until(town.later(hours=26), timedelta(hours=13))
    danylo.does_not_see("events.youth.offer_lapsed")
    emma.sees("events.youth.place_offered")
    assert await seats(town, event) == {"anna": None, "danylo": "waiting", "emma": "offered"}
    for one in town.people.values():
        one.reads_rest()
