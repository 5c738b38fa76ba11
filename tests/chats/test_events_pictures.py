"""Pictures of events: who agreed to be seen in them is asked once, shown to the organiser, and can take it back."""

import pytest

from bot.events.event import Reply, Terms
from bot.people.actions import Forget, Give, Withdraw
from bot.people.rules import Purpose
from bot.roles import Role
from tests.chats.events_places import friends, goes_out, took_part
from tests.chats.events_sent import is_invited
from tests.chats.events_talk import CESIS, OGRE
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town


@pytest.fixture
async def kaspars(town: Town) -> Inhabitant:
    """The coordinator of Ogre."""
    return await town.staff("kaspars", Role.COORDINATOR, OGRE)


async def agrees_to_pictures(one: Inhabitant) -> None:
    await one.forges(Give(Purpose.PICTURES).pack())
    one.sees("people.youth.given_pictures")


async def takes_it_back(one: Inhabitant) -> None:
    await one.forges(Withdraw(Purpose.PICTURES, sure=True).pack())
    one.sees("people.youth.withdrawn_pictures")


@pytest.mark.feature("C2")
async def test_who_has_a_place_is_offered_to_agree_to_pictures_until_they_once_did(
    town: Town, kaspars: Inhabitant
) -> None:
    (anna,) = await friends(town, "anna")
    event = await goes_out(town, Terms(capacity=5), listed=True, quietly=True)
    offer = anna.words("people.youth.button.about_pictures")
    await anna.forges(f"events.answer:{event}:yes")
    anna.sees("events.youth.has_place")
    assert offer in anna.buttons
    await anna.taps("people.youth.button.about_pictures")
    anna.sees("people.youth.about_pictures")
    assert not await town.rows("SELECT id FROM consents WHERE purpose = 'pictures'"), "nobody has read yet what it is"
    await anna.taps("people.youth.button.give_pictures")
    anna.sees("people.youth.given_pictures")
    for _ in range(2):
        await anna.forges(f"events.invitation:{event}")
        anna.reads_rest()
        assert offer not in anna.buttons
        await takes_it_back(anna)
    await town.tick()
    kaspars.sees("events.staff.no_pictures")


@pytest.mark.feature("C2")
async def test_the_organiser_sees_whose_picture_may_be_published_and_whose_may_not(
    town: Town, kaspars: Inhabitant
) -> None:
    anna, _ = await friends(town, "anna", "danylo")
    event = await goes_out(town, Terms(), quietly=True)
    for name in ("anna", "danylo"):
        await is_invited(town, event, name, Reply.YES)
    await agrees_to_pictures(anna)
    await kaspars.forges(f"events.guests:{event}:coming:0")
    page = kaspars.sees("events.staff.guests").text.splitlines()
    marks = {(await town.person(name)).code_name: name for name in ("anna", "danylo")}
    marked = {name: "bildēs" in line for line in page for code, name in marks.items() if code in line}
    assert marked == {"anna": True, "danylo": False}
    assert any("atpazīstami" in line for line in page)


@pytest.mark.feature("C3")
async def test_who_takes_the_yes_back_has_it_passed_on_to_those_who_hold_their_events(
    town: Town, kaspars: Inhabitant
) -> None:
    dace = await town.staff("dace", Role.COORDINATOR, CESIS)
    (anna,) = await friends(town, "anna")
    was_at = await goes_out(town, Terms(), quietly=True)
    await took_part(town, was_at, "anna")
    not_there = await goes_out(town, Terms(), quietly=True)
    await is_invited(town, not_there, "anna", Reply.NO)
    await agrees_to_pictures(anna)
    await takes_it_back(anna)
    await town.tick()
    told = kaspars.sees("events.staff.no_pictures").text
    assert (await town.person("anna")).code_name in told
    assert told.count("Laivu brauciens") == 1
    dace.sees_nothing()
    await takes_it_back(anna)
    await town.tick()
    kaspars.sees_nothing()


@pytest.mark.feature("C3")
async def test_who_has_everything_erased_has_their_pictures_taken_down_as_well(town: Town, kaspars: Inhabitant) -> None:
    anna, danylo = await friends(town, "anna", "danylo")
    event = await goes_out(town, Terms(), quietly=True)
    await took_part(town, event, "anna")
    await took_part(town, event, "danylo")  # who never agreed to any
    await agrees_to_pictures(anna)
    code_name = (await town.person("anna")).code_name
    for one in (danylo, anna):
        await one.forges(Forget(sure=True).pack())
        one.sees("people.youth.forgotten")
    await town.tick()
    assert code_name in kaspars.sees("events.staff.no_pictures").text
    kaspars.sees_nothing()
