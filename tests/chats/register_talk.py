"""What the conversations about the register share: a coordinator, and the way to a partner with a service."""

from datetime import datetime

from bot.directory import store_register
from bot.directory.register import Help, PartnerKind, Service
from bot.roles import Role
from bot.words import Language
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town

S = "directory.staff"
B = "directory.staff.button"
NOT_YOURS = "people.staff.not_available"
OGRE, CESIS = "LV-067", "LV-022"


async def enters_partner(coordinator: Inhabitant, name: str = "Biedrība Zilais kalns") -> None:
    """From the menu to the card of a new partner."""
    await coordinator.says("/directory")
    await coordinator.taps(f"{B}.add_partner")
    await coordinator.taps(f"{S}.partner_kind.association")
    coordinator.sees(f"{S}.ask_partner.name")
    await coordinator.says(name)
    coordinator.sees(f"{S}.note.partner_added")


async def enters_service(coordinator: Inhabitant, name: str = "Ceturtdienu darbnīca") -> None:
    """From the partner's card through all questions; letters go to an address."""
    await coordinator.taps(f"{B}.add_service")
    await coordinator.taps(f"{S}.help.partner")
    await coordinator.says(name)
    await coordinator.taps_label(coordinator.words(f"{S}.offer.training"))
    await coordinator.taps(f"{B}.go_on")
    await coordinator.says("Katru ceturtdienu kopā gatavojam un remontējam.")
    await coordinator.says("16-24")
    await coordinator.taps_label(coordinator.words(f"{S}.spoken.lv"))
    await coordinator.taps_label(coordinator.words(f"{S}.spoken.uk"))
    await coordinator.taps(f"{B}.go_on")
    await coordinator.taps(f"{B}.reach.own")
    await coordinator.says("Brīvības iela 12")
    await coordinator.says("darbnica@example.org")
    await coordinator.taps(f"{S}.spoken.lv")
    await coordinator.says("8")


async def entry(
    town: Town,
    owner: str | None = None,
    receiver: str | None = None,
    municipality: str | None = OGRE,
    name: str = "Darbnīca",
    kind: Help = Help.PARTNER,
    checked: datetime | None = None,
    verify_at: datetime | None = None,
) -> Service:
    """A service as somebody would have entered it and checked it, answered for by a person or by letter."""
    now = town.clock.now()
    people = {one: (await town.person_quietly(one)).id for one in (owner, receiver) if one is not None}
    async with town.open_database() as database, database.write() as db:
        organization = await store_register.add_organization(
            db, "Biedrība", PartnerKind.ASSOCIATION, municipality, people[owner] if owner else None, now
        )
        of = await store_register.organization(db, organization)
        assert of is not None
        number = await store_register.add_service(db, of, name, kind, Language.LV, now)
        reached = {"receiver_id": people[receiver]} if receiver else {"email": "desk@example.org"}
        await store_register.change_service(
            db, number, now, languages=["lv"], online=True, verified_at=checked or now, verify_at=verify_at, **reached
        )
        found = await store_register.service(db, number)
    assert found is not None
    return found


async def service_of(town: Town, number: int) -> Service:
    async with town.open_database() as database, database.read() as db:
        found = await store_register.service(db, number)
    assert found is not None
    return found


async def again(town: Town, one: Service) -> Service:
    """The same as it is now."""
    return await service_of(town, one.id)


async def coordinator(town: Town, name: str = "kaspars", municipality: str | None = OGRE) -> Inhabitant:
    return await town.staff(name, Role.COORDINATOR, municipality)
