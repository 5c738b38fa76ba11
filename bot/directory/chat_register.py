"""`/directory`: the partners of a municipality and their services, as coordinators and programme leads see them."""

from bot.directory import register, screens_register, screens_service, store_agreements, store_register
from bot.directory.actions_register import ListPartners, RegisterRegion, ShowPartner, ShowRegister, ShowService
from bot.directory.agreements import Covered, covered
from bot.directory.register import Organization, Service
from bot.directory.rules import find, in_region
from bot.directory.screens_register import today
from bot.people import store as people
from bot.roles import Role
from bot.routes import Routes
from bot.turn import Shelf, Tick, Turn, button
from bot.words import Phrase, phrase

routes = Routes()

routes.offer(
    {Role.COORDINATOR, Role.LEAD}, 67, button("directory.staff.button.register", ShowRegister()), Shelf.PARTNERS
)


@routes.command("directory")
async def directory(turn: Turn, _: str) -> None:
    await _where(turn)


@routes.press(ShowRegister)
async def show_register(turn: Turn, _: ShowRegister) -> None:
    await _where(turn)


async def _where(turn: Turn) -> None:
    """The one municipality they look after, or which of several."""
    mine = register.places_of(turn.person)
    if mine is None:
        screens_register.regions(turn)
    elif len(mine) == 1:
        await list_partners(turn, ListPartners(next(iter(mine))))
    else:
        await _places(turn, sorted(mine))


@routes.press(RegisterRegion)
async def register_region(turn: Turn, action: RegisterRegion) -> None:
    mine = register.places_of(turn.person)
    await _places(turn, [one.code for one in in_region(action.region) if mine is None or one.code in mine])


async def _places(turn: Turn, codes: list[str]) -> None:
    counted = await store_register.how_many(turn.db)
    screens_register.places(turn, [(code, counted.get(code, 0)) for code in codes])


@routes.press(ListPartners)
async def list_partners(turn: Turn, action: ListPartners) -> None:
    there = action.municipality is None or find(action.municipality) is not None
    if not there or not register.may_see(turn.person, action.municipality):
        await turn.forbidden()
        return
    found = await store_register.organizations_of(turn.db, action.municipality, retired=action.retired)
    mine, may_write = register.places_of(turn.person), register.may_write(turn.person, action.municipality)
    warning = await _warning(turn, action.municipality) if may_write and not action.retired else None
    screens_register.partners(turn, action, found, warning, may_write=may_write, several=mine is None or len(mine) > 1)


async def _warning(turn: Turn, municipality: str | None) -> Phrase | None:
    """At least one strategic partner is needed."""
    if municipality is None:
        return None
    noted = await store_agreements.agreements_of(turn.db, municipality)
    missing = covered(noted, today(turn)) is None
    return screens_register.no_strategic(municipality, turn.settings.partner_help) if missing else None


# --- one of them ------------------------------------------------------------------------------------------------


@routes.press(ShowPartner)
async def show_partner(turn: Turn, action: ShowPartner) -> None:
    one = await seen_partner(turn, action.organization)
    if one is not None:
        await show(turn, one)


@routes.press(ShowService)
async def show_service(turn: Turn, action: ShowService) -> None:
    one = await store_register.service(turn.db, action.service)
    if one is None or not register.may_see(turn.person, one.municipality):
        await turn.forbidden()
        return
    await show_one(turn, one)


async def seen_partner(turn: Turn, number: int) -> Organization | None:
    """The organisation, if it is there and theirs to see; otherwise they have been answered."""
    one = await store_register.organization(turn.db, number)
    if one is not None and register.may_see(turn.person, one.municipality):
        return one
    await turn.forbidden()
    return None


async def written_partner(turn: Turn, number: int) -> Organization | None:
    """The organisation, if it is there and theirs to change; otherwise they have been answered."""
    one = await store_register.organization(turn.db, number)
    if one is not None and register.may_write(turn.person, one.municipality):
        return one
    await turn.forbidden()
    return None


async def written_service(turn: Turn, number: int) -> Service | None:
    """The same of a service."""
    one = await store_register.service(turn.db, number)
    if one is not None and register.may_write(turn.person, one.municipality):
        return one
    await turn.forbidden()
    return None


async def show(turn: Turn, one: Organization, note: str | None = None) -> None:
    """An organisation as it stands now, with what was just done above it."""
    screens_register.partner(
        turn,
        one,
        await store_register.contact(turn.db, one.id),
        await store_register.services_of(turn.db, one.id),
        await name_of(turn, one.owner_id),
        await _agreed(turn, one),
        may_write=register.may_write(turn.person, one.municipality),
        note=note,
    )


async def _agreed(turn: Turn, one: Organization) -> Phrase:
    """In one line, whether anything is agreed with them today."""
    mine = register.places_of(turn.person)
    found = await store_agreements.agreements_with(turn.db, one.id)
    now = [each for each in found if each.holds_on(today(turn)) and (mine is None or each.municipality in mine)]
    match covered(now, today(turn)):
        case Covered(until) if until is not None:
            return phrase("directory.staff.agreed.strategic_until", until=until)
        case Covered():
            return phrase("directory.staff.agreed.strategic")
        case None:
            return phrase("directory.staff.agreed.other" if now else "directory.staff.agreed.none")


async def show_one(turn: Turn, one: Service, note: str | None = None) -> None:
    """A service as it stands now, with what was just done above it."""
    screens_service.service(
        turn,
        one,
        await name_of(turn, one.receiver_id),
        may_write=register.may_write(turn.person, one.municipality),
        may_answer=register.may_answer_for(turn.person, one),
        note=note,
    )


async def name_of(tick: Tick, person_id: int | None) -> str | None:
    """What somebody of the team is called."""
    person = None if person_id is None else await people.person(tick.db, person_id)
    return None if person is None else person.name or person.code_name


async def show_again(turn: Turn, service_id: int, note: str) -> None:
    """The service as it is after a change."""
    one = await store_register.service(turn.db, service_id)
    if one is not None:
        await show_one(turn, one, note)
