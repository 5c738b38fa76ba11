"""`/find`: who offers what, the reasons, how they are reached, how old that is; and nothing about anybody."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, update

from bot.directory.actions_find import Found
from bot.directory.register import Help
from bot.roles import Role
from bot.storage.tables import locations, organizations, service_at_location, services
from bot.words import Language
from tests.town.town import START, Town

S = "directory.staff"
OGRE, RIGA, DAUGAVPILS = "LV-067", "LV-RIX", "LV-DGV"


async def listed(town: Town) -> None:
    """Psychologists: in Ogre, online from Rīga, in Daugavpils alone, one that is full, one that nobody checked."""
    async with town.open_database() as database, database.write() as db:
        await db.execute(insert(organizations).values(id=1, code="o", name="Centrs", kind="school", changed_at=START))
        row = {
            "organization_id": 1, "kind": "psychologist", "languages": ["lv"], "areas": [OGRE], "offers": [],
            "online": True, "reads": "lv", "email": "desk@example.org", "verified_at": START, "changed_at": START,
        }  # fmt: skip
        several = [
            {"id": 1, "name": "Tiešsaiste", "areas": [RIGA], "languages": ["uk"]},
            {"id": 2, "name": "Sarunas", "phone": "+371 60000000"},
            {"id": 3, "name": "Daugavpilī", "areas": [DAUGAVPILS], "online": False},
            {"id": 4, "name": "Pilns", "full_until": (START + timedelta(days=9)).date()},
            {"id": 5, "name": "Nepārbaudīts", "verified_at": None},
        ]
        for one in several:
            await db.execute(insert(services).values(**(row | one), code=f"s{one['id']}"))
        await db.execute(
            insert(locations).values(id=1, code="l", organization_id=1, name="Nams", address="Rīgas iela 1")
        )
        await db.execute(insert(service_at_location).values(service_id=3, location_id=1))


@pytest.mark.feature("H2")
async def test_a_mentor_finds_the_nearest_first_with_the_reasons_and_the_contact(town: Town) -> None:
    marta = await town.staff("marta", Role.MENTOR)
    await listed(town)
    await marta.says("/find")
    await marta.taps(f"{S}.help.psychologist")
    told = marta.sees(f"{S}.found").text
    order = [told.index(name) for name in ("Sarunas", "Tiešsaiste", "Pilns")]
    assert order == sorted(order)
    assert "Daugavpilī" not in told
    assert "Nepārbaudīts" not in told
    for part in ("+371 60000000", "desk@example.org", marta.words(f"{S}.why.near_here")):
        assert part in told
    assert marta.words(f"{S}.line.full", until=(START + timedelta(days=9)).date()) in told
    await marta.taps("people.any.language.uk")
    assert marta.words(f"{S}.why.tongue_interpreter", language="ukraiņu") in marta.sees(f"{S}.found").text


async def test_elsewhere_is_a_region_and_a_municipality_away(town: Town) -> None:
    marta = await town.staff("marta", Role.MENTOR)
    await listed(town)
    await marta.forges(Found(Help.PSYCHOLOGIST, OGRE, Language.LV).pack())
    await marta.taps(f"{S}.button.find_elsewhere")
    await marta.taps("directory.any.region.latgale")
    marta.reads_rest()
    await marta.taps("directory.any.place.lv_dgv")
    told = marta.sees(f"{S}.found").text
    assert told.index("Daugavpilī") < told.index("Tiešsaiste")


async def test_nothing_there_leads_on(town: Town) -> None:
    marta = await town.staff("marta", Role.MENTOR)
    await marta.forges(Found(Help.COACH, OGRE, Language.LV).pack())
    marta.sees(f"{S}.found_none")
    await marta.taps(f"{S}.button.find_again")
    marta.sees(f"{S}.find")
    await marta.forges(Found(Help.COACH, "LV-999", Language.LV).pack())
    marta.sees("people.staff.not_available")


async def test_a_name_is_found_however_it_is_typed(town: Town) -> None:
    marta = await town.staff("marta", Role.MENTOR)
    await listed(town)
    await marta.says("/find tiessaste")
    assert "Tiešsaiste" in marta.sees(f"{S}.find_names").text
    await marta.says("qqqqqqqq")
    marta.sees(f"{S}.find_no_name")


@pytest.mark.feature("S0.8")
async def test_what_a_partner_offers_is_said(town: Town) -> None:
    biedrs = await town.staff("marta", Role.PARTNER)
    await listed(town)
    async with town.open_database() as database, database.write() as db:
        await db.execute(update(services).where(services.c.id == 2).values(kind="partner", offers=["camp", "training"]))
    await biedrs.forges(Found(Help.PARTNER, OGRE, Language.LV).pack())
    told = biedrs.sees(f"{S}.found").text
    assert biedrs.words(f"{S}.offer.camp") in told
    assert biedrs.words(f"{S}.offer.training") in told


@pytest.mark.feature("X34")
async def test_a_young_person_has_no_search_of_staff(town: Town) -> None:
    anna = await town.youth("anna")
    await anna.says("/find")
    anna.sees("people.youth.no_such_command")
    await anna.forges(Found(Help.COACH, OGRE, Language.LV).pack())
    anna.sees("people.youth.not_available")
