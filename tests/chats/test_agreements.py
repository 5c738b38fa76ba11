"""Agreements with partners: noted, their end told in time, and a municipality without a strategic partner warned."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.directory.actions_register import AgreementNoted, DropAgreement, ListAgreements, ShowAgreement
from bot.roles import Role
from tests.chats.register_talk import CESIS, NOT_YOURS, OGRE, B, S, coordinator, entry
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town

NEXT_MORNING = datetime(2026, 3, 3, 7, 0, tzinfo=UTC)
"""Tuesday, 9:00 in Rīga."""


async def notes(one: Inhabitant, organization: int, until: str | None, *, strategic: bool = True) -> None:
    """From today, until that day or without an end."""
    await one.forges(ListAgreements(organization).pack())
    await one.taps(f"{B}.new_agreement")
    await one.taps(f"{B}.agreement_{'strategic' if strategic else 'other'}")
    await one.taps(f"{B}.agreement_today")
    one.sees(f"{S}.ask_agreement.last")
    if until is None:
        await one.taps(f"{B}.agreement_endless")
    else:
        await one.says(until)


@pytest.mark.feature("S0.1")
async def test_an_agreement_is_noted_with_its_days_and_stands_at_the_partner(town: Town) -> None:
    kaspars = await coordinator(town)
    organization = (await entry(town, "kaspars")).organization.id
    await notes(kaspars, organization, "31.12.2026.")
    kaspars.sees(f"{S}.note.agreement_noted")
    (row,) = await town.rows("SELECT * FROM agreements")
    assert (row.municipality, row.strategic, row.from_on, row.until_on) == (OGRE, 1, "2026-03-02", "2026-12-31")
    await kaspars.taps(f"{B}.go_back")
    assert "31.12.2026." in kaspars.sees(f"{S}.agreed.strategic_until").text
    await kaspars.taps(f"{B}.partners")
    kaspars.does_not_see(f"{S}.no_strategic")
    kaspars.sees(f"{S}.partners")


@pytest.mark.feature("S0.1")
async def test_a_last_day_before_the_first_is_asked_for_again_and_a_second_press_notes_nothing_twice(
    town: Town,
) -> None:
    kaspars = await coordinator(town)
    organization = (await entry(town, "kaspars")).organization.id
    await notes(kaspars, organization, "1.3.2026.")
    kaspars.sees(f"{S}.not_accepted.no_last_day")
    assert await town.rows("SELECT id FROM agreements") == []
    done = AgreementNoted(organization, OGRE, True, date(2026, 3, 2)).pack()
    for _ in range(2):
        await kaspars.forges(done)
    kaspars.reads_rest()
    assert len(await town.rows("SELECT id FROM agreements")) == 1


@pytest.mark.feature("S0.1")
async def test_its_end_is_told_thirty_days_before_and_on_the_day_in_the_morning(town: Town) -> None:
    kaspars = await coordinator(town)
    organization = (await entry(town, "kaspars")).organization.id
    await notes(kaspars, organization, "30.4.2026.")
    kaspars.reads_rest()
    await town.move_to(datetime(2026, 3, 31, 5, 59, tzinfo=UTC))
    kaspars.sees_nothing()
    await town.move_to(datetime(2026, 3, 31, 6, 0, tzinfo=UTC))
    assert "30.04.2026." in kaspars.sees(f"{S}.agreement.ends").text
    await town.move_to(datetime(2026, 4, 30, 5, 59, tzinfo=UTC))
    kaspars.sees_nothing()
    await town.move_to(datetime(2026, 4, 30, 6, 0, tzinfo=UTC))
    kaspars.sees(f"{S}.agreement.ends")
    await kaspars.taps(f"{B}.show_agreement")
    kaspars.sees(f"{S}.agreement.one")
    await kaspars.taps(f"{B}.agreement_end")
    await kaspars.says("30.4.2027.")
    kaspars.sees(f"{S}.note.agreement_changed")


@pytest.mark.feature("S0.1")
async def test_after_an_outage_over_its_end_the_coordinator_hears_once_that_it_has_ended(town: Town) -> None:
    kaspars = await coordinator(town)
    await notes(kaspars, (await entry(town, "kaspars")).organization.id, "30.4.2026.")
    kaspars.reads_rest()
    await town.move_to(datetime(2026, 5, 5, 7, 0, tzinfo=UTC))
    assert "30.04.2026." in kaspars.sees(f"{S}.agreement.ended").text
    kaspars.sees(f"{S}.no_strategic")
    kaspars.sees_nothing()


@pytest.mark.feature("S0.2", "S0.7")
async def test_a_municipality_without_a_strategic_partner_is_warned_in_the_morning_and_then_each_month(
    town: Town,
) -> None:
    kaspars = await town.staff("kaspars", Role.COORDINATOR, partners_looked_at=False)
    organization = (await entry(town, "kaspars")).organization.id
    await town.tick()
    kaspars.sees_nothing()
    await town.move_to(NEXT_MORNING)
    assert "ljp@ljp.lv" in kaspars.sees(f"{S}.no_strategic").text
    await town.move_to(datetime(2026, 4, 2, 12, 0, tzinfo=UTC))
    kaspars.sees_nothing()
    await town.move_to(datetime(2026, 4, 7, 6, 0, tzinfo=UTC))  # 3 April is Good Friday, 6 April Easter Monday
    kaspars.sees(f"{S}.no_strategic")
    await notes(kaspars, organization, "31.5.2026.")
    kaspars.reads_rest()
    await town.move_to(datetime(2026, 6, 1, 5, 59, tzinfo=UTC))
    told = kaspars.reads_rest()
    assert not any("ljp@ljp.lv" in one.text for one in told)
    await town.move_to(datetime(2026, 6, 1, 6, 0, tzinfo=UTC))
    kaspars.sees(f"{S}.no_strategic")


@pytest.mark.feature("S0.2")
async def test_an_agreement_that_is_not_strategic_or_with_a_partner_out_of_use_is_not_enough(town: Town) -> None:
    kaspars = await coordinator(town)
    organization = (await entry(town, "kaspars")).organization.id
    await notes(kaspars, organization, None, strategic=False)
    kaspars.reads_rest()
    await town.move_to(NEXT_MORNING)
    kaspars.sees(f"{S}.no_strategic")
    await kaspars.says("/directory")
    assert "ljp@ljp.lv" in kaspars.sees(f"{S}.no_strategic").text
    await notes(kaspars, organization, None)
    kaspars.reads_rest()
    await town.move_to(NEXT_MORNING + timedelta(days=1))
    kaspars.sees_nothing()
    await kaspars.forges(f"directory.retire_partner:{organization}:1")
    kaspars.reads_rest()
    await town.move_to(NEXT_MORNING + timedelta(days=2))
    kaspars.sees(f"{S}.no_strategic")


@pytest.mark.feature("S0.1")
async def test_with_a_partner_of_the_whole_country_the_municipality_is_typed(town: Town) -> None:
    dace = await coordinator(town, "dace", None)
    organization = (await entry(town, "dace", municipality=None)).organization.id
    await dace.forges(ListAgreements(organization).pack())
    await dace.taps(f"{B}.new_agreement")
    await dace.says("Nekuriene")
    dace.sees(f"{S}.not_accepted.no_place")
    await dace.says("Огре")
    dace.sees(f"{S}.ask_agreement.kind")
    await dace.taps(f"{B}.agreement_strategic")
    await dace.taps(f"{B}.agreement_today")
    await dace.taps(f"{B}.agreement_endless")
    dace.reads_rest()
    assert [row.municipality for row in await town.rows("SELECT municipality FROM agreements")] == [OGRE]


@pytest.mark.feature("X35")
async def test_another_municipalitys_agreements_are_not_theirs(town: Town) -> None:
    kaspars, vilnis = await coordinator(town), await coordinator(town, "vilnis", CESIS)
    organization = (await entry(town, "vilnis", municipality=CESIS)).organization.id
    await notes(vilnis, organization, None)
    vilnis.reads_rest()
    (row,) = await town.rows("SELECT id FROM agreements")
    for action in (
        ListAgreements(organization),
        ShowAgreement(row.id),
        DropAgreement(row.id, sure=True),
        AgreementNoted(organization, OGRE, True, date(2026, 3, 2)),
    ):
        await kaspars.forges(action.pack())
        kaspars.sees(NOT_YOURS)
    await vilnis.forges(AgreementNoted(organization, OGRE, True, date(2026, 3, 2)).pack())
    vilnis.sees(NOT_YOURS)
    assert len(await town.rows("SELECT id FROM agreements")) == 1
