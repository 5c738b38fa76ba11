"""The register of partners in chat: entered step by step, changed, taken out of use, and nobody else's to touch."""

import pytest

from bot.directory.actions_register import (
    AnswerCheck,
    AskField,
    AskFull,
    ChangePartner,
    ChangeService,
    Check,
    ListAgreements,
    ListPartners,
    PickReceiver,
    RetirePartner,
    RetireService,
    ShowPartner,
    ShowService,
)
from bot.directory.register import Help, Offer, ServiceField
from bot.roles import Role
from tests.chats.referrals_talk import cast, code_name
from tests.chats.register_talk import (
    CESIS,
    NOT_YOURS,
    OGRE,
    B,
    S,
    again,
    coordinator,
    enters_partner,
    enters_service,
    entry,
    service_of,
)
from tests.town.town import Town


@pytest.mark.feature("H1", "S0.1", "S0.8")
async def test_a_coordinator_enters_a_partner_and_its_service_step_by_step(town: Town) -> None:
    kaspars = await coordinator(town)
    await enters_partner(kaspars)
    await enters_service(kaspars)
    card = kaspars.sees(f"{S}.note.entered").text
    for told in ("Ceturtdienu darbnīca", "16–24", "Brīvības iela 12", "darbnica@example.org", "No kurienes: Ogre"):
        assert told in card
    kaspars.sees_nothing()
    await kaspars.taps(f"{B}.still_right")
    assert kaspars.words(f"{S}.checked.today") in kaspars.sees(f"{S}.note.verified").text
    (row,) = await town.rows("SELECT id FROM services")
    found = await service_of(town, row.id)
    assert found.is_offered
    assert (found.languages, found.areas, found.capacity) == (("lv", "uk"), (OGRE,), 8)
    assert found.offers == (Offer.TRAINING,)


@pytest.mark.feature("H1")
async def test_what_was_entered_stays_when_they_go_back_or_leave_in_the_middle(town: Town) -> None:
    kaspars = await coordinator(town)
    await enters_partner(kaspars)
    await kaspars.taps(f"{B}.add_service")
    await kaspars.taps(f"{S}.help.coach")
    await kaspars.says("Koučs jauniešiem")
    await kaspars.taps(f"{B}.go_on")
    await kaspars.taps(f"{B}.go_on")
    await kaspars.says("15-29")
    await kaspars.taps(f"{B}.go_back")
    kaspars.sees(f"{S}.ask_service.ages")
    await kaspars.says("/directory")
    await kaspars.taps_label("Biedrība Zilais kalns")
    await kaspars.taps_label("Koučs jauniešiem")
    card = kaspars.sees(f"{S}.service").text
    assert "15–29" in card
    assert kaspars.words(f"{S}.not_offered_missing") in card
    assert kaspars.words(f"{B}.still_right") not in kaspars.buttons


@pytest.mark.feature("H1")
async def test_what_cannot_be_right_is_asked_for_again_and_changes_nothing(town: Town) -> None:
    kaspars = await coordinator(town)
    one = await entry(town, "kaspars")
    for field, typed, why in (
        (ServiceField.REACHED, "nav e-pasta", "no_email"),
        (ServiceField.AGES, "29-15", "no_ages"),
        (ServiceField.CAPACITY, "daudz", "no_capacity"),
        (ServiceField.AREAS, "Ogre, Nekuriene", "no_place"),
        (ServiceField.NAME, "x" * 4000, "too_long"),
    ):
        await kaspars.forges(AskField(one.id, field).pack())
        kaspars.sees(f"{S}.ask_service.{field.value}")
        await kaspars.says(typed)
        kaspars.sees(f"{S}.not_accepted.{why}")
    assert await again(town, one) == one


@pytest.mark.feature("H1")
async def test_who_answers_on_telegram_is_chosen_from_those_who_take_such_referrals(town: Town) -> None:
    kaspars = await coordinator(town)
    await town.staff("ilze", Role.SPECIALIST, speciality="psychologist")
    await town.staff("raivis", Role.PARTNER, speciality="partner")
    one = await entry(town, "kaspars")
    await kaspars.forges(AskField(one.id, ServiceField.REACHED).pack())
    kaspars.reads_rest()
    assert "Ilze" not in kaspars.buttons
    await kaspars.taps_label("Raivis")
    kaspars.sees(f"{S}.note.saved")
    found = await again(town, one)
    assert (found.receiver_id, found.email) == ((await town.person("raivis")).id, None)
    await kaspars.forges(PickReceiver(one.id, (await town.person("ilze")).id, False).pack())
    kaspars.sees(NOT_YOURS)
    assert await again(town, one) == found


@pytest.mark.feature("H1")
async def test_an_entry_out_of_use_is_asked_twice_about_and_can_be_brought_back(town: Town) -> None:
    kaspars = await coordinator(town)
    one = await entry(town, "kaspars")
    await kaspars.forges(ShowService(one.id).pack())
    await kaspars.taps(f"{B}.retire")
    kaspars.sees(f"{S}.retire_service")
    assert not (await again(town, one)).is_retired
    await kaspars.taps(f"{B}.retire_sure")
    kaspars.sees(f"{S}.note.service_retired")
    await kaspars.taps(f"{B}.bring_back")
    kaspars.sees(f"{S}.note.service_back")
    found = await again(town, one)
    assert not found.is_retired
    assert not found.is_offered, "somebody reads it first"


@pytest.mark.feature("H1")
async def test_a_partner_out_of_use_takes_its_services_with_it_and_stands_in_a_list_of_its_own(town: Town) -> None:
    kaspars = await coordinator(town)
    one = await entry(town, "kaspars")
    await kaspars.forges(ShowPartner(one.organization.id).pack())
    await kaspars.taps(f"{B}.retire")
    await kaspars.taps(f"{B}.retire_sure")
    kaspars.reads_rest()
    assert not (await again(town, one)).is_offered
    await kaspars.says("/directory")
    kaspars.sees(f"{S}.no_partners")
    await kaspars.taps(f"{B}.retired")
    await kaspars.taps_label("Biedrība")
    await kaspars.taps(f"{B}.bring_back")
    kaspars.sees(f"{S}.note.brought_back")
    assert (await again(town, one)).is_offered


@pytest.mark.feature("H1", "H14")
async def test_a_referral_under_way_goes_on_when_its_service_goes_out_of_use(town: Town) -> None:
    anna, marta, ilze = await cast(town)
    kaspars = await coordinator(town)
    one = await entry(town, receiver="ilze", name="Sarunas", kind=Help.PSYCHOLOGIST)
    await marta.says("/refer")
    await marta.taps_label(await code_name(town, "anna"))
    await marta.taps("referrals.staff.button.kind_psychologist")
    await marta.taps_label("1. Bied")
    await marta.taps("referrals.staff.button.no_note")
    await kaspars.forges(RetireService(one.id, sure=True).pack())
    await anna.taps("referrals.youth.button.agree")
    await ilze.taps("referrals.staff.button.open")
    assert [row.state for row in await town.rows("SELECT state FROM referrals")] == ["received"]
    for person in (anna, marta, ilze, kaspars):
        person.reads_rest()


@pytest.mark.feature("X35")
async def test_nothing_of_another_municipality_opens_for_its_coordinator(town: Town) -> None:
    kaspars = await coordinator(town)
    await coordinator(town, "vilnis", CESIS)
    theirs = await entry(town, "vilnis", municipality=CESIS)
    country = await entry(town, municipality=None)
    for one in (theirs, country):
        for action in (
            ListPartners(one.municipality),
            ShowPartner(one.organization.id),
            ShowService(one.id),
            ChangeService(one.id),
            ChangePartner(one.organization.id),
            AskField(one.id, ServiceField.NAME),
            AnswerCheck(one.id, Check.RIGHT),
            RetireService(one.id, sure=True),
            RetirePartner(one.organization.id, sure=True),
            AskFull(one.id),
            ListAgreements(one.organization.id),
        ):
            await kaspars.forges(action.pack())
            kaspars.sees(NOT_YOURS)
        kaspars.sees_nothing()
        assert await again(town, one) == one


@pytest.mark.feature("H1")
async def test_a_programme_lead_reads_the_register_and_changes_nothing_in_it(town: Town) -> None:
    liene = await town.staff("liene", Role.LEAD)
    one = await entry(town)
    await liene.says("/directory")
    liene.sees(f"{S}.partners")
    await liene.taps_label("Biedrība")
    await liene.taps_label("Darbnīca")
    card = liene.sees(f"{S}.service").text
    assert liene.words(f"{S}.checked.today") in card
    assert {liene.words(f"{B}.change_entry"), liene.words(f"{B}.retire")}.isdisjoint(liene.buttons)
    await liene.forges(RetireService(one.id, sure=True).pack())
    liene.sees(NOT_YOURS)
    assert await again(town, one) == one


@pytest.mark.feature("H1")
async def test_a_national_coordinator_finds_every_place_by_region_with_how_many_partners_it_has(town: Town) -> None:
    dace = await coordinator(town, "dace", None)
    await entry(town)
    await dace.says("/directory")
    dace.sees(f"{S}.register_where")
    await dace.taps("directory.any.region.vidzeme")
    dace.sees(f"{S}.register_where")
    await dace.taps_label("Ogre (1)")
    dace.sees(f"{S}.partners")
    await dace.taps_label("Biedrība")
    dace.sees(f"{S}.partner")


@pytest.mark.feature("S0.10")
@pytest.mark.parametrize("role", [Role.PARTNER, Role.SPECIALIST])
async def test_partners_and_specialists_see_nothing_of_the_register(town: Town, role: Role) -> None:
    raivis = await town.staff("raivis", role, speciality="partner" if role is Role.PARTNER else "coach")
    one = await entry(town, receiver="raivis")
    await raivis.says("/directory")
    raivis.sees("people.staff.no_such_command")
    await raivis.forges(ShowService(one.id).pack())
    raivis.sees(NOT_YOURS)
