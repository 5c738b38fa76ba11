"""A service of the register: entered step by step, changed, taken out of use and brought back, by its coordinators.

Every answer is kept at once, so nothing is lost on the way; nobody is referred there before somebody has said that all
of it is right.
"""

from typing import Any, assert_never

from bot.directory import register, screens_ask, store_register
from bot.directory import register_fields as fields
from bot.directory.actions_register import (
    AddService,
    AskField,
    BringBackService,
    ChangeService,
    ClearField,
    NameService,
    RetireService,
    ShowPartner,
    ShowService,
)
from bot.directory.chat_register import show_again, written_partner, written_service
from bot.directory.naming import matches, the_one
from bot.directory.register import STEPS, Help, Service, ServiceField, step_after
from bot.directory.register_fields import Accepted, Ages, NotAccepted
from bot.directory.screens_register import ask
from bot.people import store as people
from bot.roles import Person, Role
from bot.routes import Routes
from bot.turn import Keyboard, Turn, button
from bot.typed import in_one_line
from bot.words import phrase

routes = Routes()

_EMPTY: dict[ServiceField, dict[str, Any]] = {
    ServiceField.DESCRIPTION: {"description": None},
    ServiceField.ELIGIBILITY: {"eligibility": None},
    ServiceField.PHONE: {"phone": None},
    ServiceField.CAPACITY: {"capacity": None},
}
"""What "none of it" leaves in a field."""


# --- a new one --------------------------------------------------------------------------------------------------


@routes.press(AddService)
async def add_service(turn: Turn, action: AddService) -> None:
    one = await written_partner(turn, action.organization)
    if one is None:
        return
    rows: Keyboard = tuple((button(f"directory.staff.help.{kind.value}", NameService(one.id, kind)),) for kind in Help)
    back = (button("directory.staff.button.go_back", ShowPartner(one.id)),)
    turn.replace("directory.staff.ask_service.kind", keyboard=(*rows, back))


@routes.press(NameService)
async def ask_name(turn: Turn, action: NameService) -> None:
    if await written_partner(turn, action.organization) is not None:
        _ask_name(turn, action)


def _ask_name(turn: Turn, action: NameService, refused: NotAccepted | None = None) -> None:
    back = (button("directory.staff.button.go_back", AddService(action.organization)),)
    ask(turn, phrase("directory.staff.ask_service.name"), (back,), refused)
    turn.expect(action)


@routes.text(NameService)
async def name_typed(turn: Turn, action: NameService, text: str) -> None:
    """The entry begins with its kind and name; then one question follows the other."""
    one = await written_partner(turn, action.organization)
    if one is None:
        return
    match fields.words(in_one_line(text), fields.LONGEST_NAME):
        case NotAccepted() as refused:
            _ask_name(turn, action, refused)
        case Accepted(name):
            number = await store_register.add_service(turn.db, one, name, action.kind, turn.person.language, turn.now)
            await turn.note("service.added", "service", number)
            await ask_about(turn, AskField(number, STEPS[0], guided=True))
        case never:
            assert_never(never)


# --- one field --------------------------------------------------------------------------------------------------


@routes.press(ChangeService)
async def change_service(turn: Turn, action: ChangeService) -> None:
    one = await written_service(turn, action.service)
    if one is not None:
        screens_ask.what_to_change(turn, one)


@routes.press(AskField)
async def ask_field(turn: Turn, action: AskField) -> None:
    await ask_about(turn, action)


async def ask_about(turn: Turn, action: AskField, refused: NotAccepted | None = None) -> None:
    one = await written_service(turn, action.service)
    if one is None:
        return
    receivers = await receivers_of(turn, one) if action.field is ServiceField.REACHED else []
    screens_ask.field(turn, one, action, receivers, refused)


async def receivers_of(turn: Turn, one: Service) -> list[Person]:
    """Whoever of the team takes referrals of that kind there."""
    found: dict[int, Person] = {}
    for role in (Role.SPECIALIST, Role.PARTNER):
        found |= {person.id: person for person in await people.holders_for(turn.db, role, one.municipality)}
    return [person for person in found.values() if register.may_receive(person, one.kind, one.municipality)]


@routes.text(AskField)
async def field_typed(turn: Turn, action: AskField, text: str) -> None:
    one = await written_service(turn, action.service)
    if one is None:
        return
    typed = in_one_line(text)
    if action.field is ServiceField.PLACE:
        match fields.words(typed, fields.LONGEST_ADDRESS):
            case NotAccepted() as refused:
                await ask_about(turn, action, refused)
            case Accepted(address):
                await _set_address(turn, one, address, action.guided)
        return
    match _read(action.field, typed):
        case NotAccepted() as refused:
            await ask_about(turn, action, refused)
        case values:
            await write(turn, one, action.field, action.guided, **values)


def _read(field: ServiceField, typed: str) -> dict[str, Any] | NotAccepted:
    """What the typed line puts into which columns."""
    match field:
        case ServiceField.NAME:
            return _one("name", fields.words(typed, fields.LONGEST_NAME))
        case ServiceField.DESCRIPTION | ServiceField.ELIGIBILITY:
            return _one(field.value, fields.words(typed, fields.LONGEST_TEXT))
        case ServiceField.PHONE:
            return _one("phone", fields.phone(typed))
        case ServiceField.REACHED:
            found = _one("email", fields.email(typed))
            return found if isinstance(found, NotAccepted) else {**found, "receiver_id": None}
        case ServiceField.AGES:
            return _span(fields.ages(typed))
        case ServiceField.CAPACITY:
            many = fields.capacity(typed)
            return many if isinstance(many, NotAccepted) else {"capacity": many}
        case ServiceField.AREAS:
            return _areas(typed)
        case _:
            return NotAccepted("choose")


def _one(column: str, found: Accepted | NotAccepted) -> dict[str, Any] | NotAccepted:
    return found if isinstance(found, NotAccepted) else {column: found.value}


def _span(found: Ages | NotAccepted) -> dict[str, Any] | NotAccepted:
    if isinstance(found, NotAccepted):
        return found
    return {"minimum_age": found.youngest, "maximum_age": found.oldest}


def _areas(typed: str) -> dict[str, Any] | NotAccepted:
    """Names of municipalities with commas between them, as people write them."""
    found = [the_one(matches(part)) for part in typed.replace(";", ",").split(",") if part.strip()]
    codes = [one.code for one in found if one is not None]
    if not codes or len(codes) < len(found):
        return NotAccepted("no_place")
    return {"areas": sorted(set(codes))}


@routes.press(ClearField)
async def clear_field(turn: Turn, action: ClearField) -> None:
    one = await written_service(turn, action.service)
    if one is None:
        return
    if action.field is ServiceField.PLACE:
        await _set_address(turn, one, None, action.guided)
    elif action.field in _EMPTY:
        await write(turn, one, action.field, action.guided, **_EMPTY[action.field])
    else:
        await turn.forbidden()


async def _set_address(turn: Turn, one: Service, address: str | None, guided: bool) -> None:
    await store_register.set_address(turn.db, one, address, turn.now)
    await turn.note("service.changed", "service", one.id)
    await _go_on(turn, one, ServiceField.PLACE, guided)


async def write(turn: Turn, one: Service, field: ServiceField, guided: bool, **values: Any) -> None:
    if await store_register.change_service(turn.db, one.id, turn.now, **values):
        await turn.note("service.changed", "service", one.id)
    await _go_on(turn, one, field, guided)


async def _go_on(turn: Turn, one: Service, field: ServiceField, guided: bool) -> None:
    """On to the next question about a new service, else back to its card."""
    following = step_after(field) if guided else None
    if following is not None:
        await ask_about(turn, AskField(one.id, following, guided=True))
    else:
        await show_again(turn, one.id, "entered" if guided else "saved")


# --- out of use -------------------------------------------------------------------------------------------------


@routes.press(RetireService)
async def retire(turn: Turn, action: RetireService) -> None:
    """Asked twice: nobody new is referred there; what is under way goes on."""
    one = await written_service(turn, action.service)
    if one is None:
        return
    if not action.sure:
        sure = (button("directory.staff.button.retire_sure", RetireService(one.id, sure=True)),)
        back = (button("directory.staff.button.go_back", ShowService(one.id)),)
        turn.replace("directory.staff.retire_service", keyboard=(sure, back), name=one.name)
        return
    if await store_register.retire_service(turn.db, one.id, turn.now):
        await turn.note("service.retired", "service", one.id)
    await show_again(turn, one.id, "service_retired")


@routes.press(BringBackService)
async def bring_back(turn: Turn, action: BringBackService) -> None:
    one = await written_service(turn, action.service)
    if one is None:
        return
    if one.retired_at is not None:
        await store_register.bring_back_service(turn.db, one.id, turn.now)
        await turn.note("service.brought_back", "service", one.id)
    await show_again(turn, one.id, "service_back")
