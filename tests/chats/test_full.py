"""Full until: whoever receives referrals says so, it ends by itself, and new referrals stop until then."""

from datetime import date, timedelta

import pytest

from bot.directory.actions_register import AskFull, SayFull, TakeAgain
from bot.directory.store_availability import full_until_of
from bot.roles import Role
from tests.chats.referrals_talk import cast, code_name
from tests.chats.register_talk import NOT_YOURS, B, S, again, coordinator, entry
from tests.town.inhabitant import Inhabitant
from tests.town.town import START, Town

TODAY = date(2026, 3, 2)


async def specialist(town: Town) -> Inhabitant:
    return await town.staff("ilze", Role.SPECIALIST, speciality="psychologist")


async def full_people(town: Town, today: date = TODAY) -> dict[int, date]:
    number = (await town.person_quietly("ilze")).id
    async with town.open_database() as database, database.read() as db:
        return dict((await full_until_of(db, [number], [], today)).of_person)


@pytest.mark.feature("H14")
async def test_a_specialist_without_an_entry_is_full_until_a_day_and_sees_when_it_ends(town: Town) -> None:
    ilze = await specialist(town)
    await ilze.says("/full")
    ilze.sees(f"{S}.full.taking")
    await ilze.taps(f"{B}.full")
    ilze.sees(f"{S}.full.ask")
    await ilze.taps(f"{B}.full_fortnight")
    assert "16.03.2026." in ilze.sees(f"{S}.full.until").text
    (until,) = (await full_people(town)).values()
    assert until == TODAY + timedelta(days=14)
    assert await full_people(town, until) != {}
    assert await full_people(town, until + timedelta(days=1)) == {}
    await ilze.taps(f"{B}.takes_again")
    ilze.sees(f"{S}.full.taking")
    assert await full_people(town) == {}


@pytest.mark.feature("H14")
async def test_a_day_can_be_typed_and_one_that_cannot_be_is_asked_for_again(town: Town) -> None:
    ilze = await specialist(town)
    await ilze.forges(AskFull(None).pack())
    ilze.reads_rest()
    await ilze.says("drīz")
    ilze.sees(f"{S}.not_accepted.no_day")
    await ilze.says("01.01.2030.")
    ilze.sees(f"{S}.not_accepted.day_too_far")
    assert await full_people(town) == {}
    await ilze.says("24.4.")
    ilze.sees(f"{S}.full.until")
    assert set((await full_people(town)).values()) == {date(2026, 4, 24)}


@pytest.mark.feature("H14")
async def test_a_partner_with_an_entry_says_it_of_the_service_and_the_coordinator_sees_and_ends_it(town: Town) -> None:
    kaspars = await coordinator(town)
    raivis = await town.staff("raivis", Role.PARTNER, speciality="partner")
    one = await entry(town, receiver="raivis")
    await raivis.says("/full")
    raivis.sees(f"{S}.full.services")
    await raivis.taps(f"{B}.full_of")
    await raivis.taps(f"{B}.full_week")
    assert "08.03.2026." in raivis.reads_rest()[-1].text
    assert (await again(town, one)).full_until == date(2026, 3, 8)
    await kaspars.says("/directory")
    await kaspars.taps_label("Biedrība")
    await kaspars.taps(f"{B}.service_full")
    assert "08.03.2026." in kaspars.sees(f"{S}.line.full").text
    await kaspars.taps(f"{B}.takes_again")
    kaspars.sees(f"{S}.note.takes_again")
    assert (await again(town, one)).full_until is None


@pytest.mark.feature("H14")
async def test_nobody_says_it_for_somebody_elses_service(town: Town) -> None:
    await town.staff("raivis", Role.PARTNER, speciality="partner")
    ilze, marta = await specialist(town), await town.staff("marta", Role.MENTOR)
    one = await entry(town, receiver="raivis")
    for person in (ilze, marta):
        for action in (AskFull(one.id), SayFull(one.id, TODAY), TakeAgain(one.id)):
            await person.forges(action.pack())
            person.sees(NOT_YOURS)
    assert await again(town, one) == one


@pytest.mark.feature("H14")
async def test_an_old_button_whose_day_has_passed_asks_for_another(town: Town) -> None:
    ilze = await specialist(town)
    await ilze.forges(SayFull(None, TODAY - timedelta(days=1)).pack())
    ilze.sees(f"{S}.not_accepted.day_too_far")
    ilze.reads_rest()
    assert await full_people(town) == {}


@pytest.mark.feature("H14")
async def test_who_is_full_gets_no_new_referral_and_is_offered_again_on_the_day_after(town: Town) -> None:
    _, marta, ilze = await cast(town)
    await ilze.forges(SayFull(None, TODAY + timedelta(days=2)).pack())
    ilze.reads_rest()
    for on, is_offered in ((START + timedelta(days=2), False), (START + timedelta(days=3), True)):
        await town.move_to(on)
        await marta.says("/refer")
        await marta.taps_label(await code_name(town, "anna"))
        await marta.taps("referrals.staff.button.kind_psychologist")
        told = marta.reads_rest()[-1].text
        assert ("04.03.2026." in told) is not is_offered
        assert any("Ilze" in label for label in marta.buttons) is is_offered
