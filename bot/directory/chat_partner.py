"""An organisation of the register: entered, changed, taken out of use and brought back, by its coordinators."""

from typing import assert_never

from bot.directory import register, store_agreements, store_register
from bot.directory import register_fields as fields
from bot.directory.actions_register import (
    AddPartner,
    BringBackPartner,
    ChangePartner,
    ClearPartnerField,
    ListPartners,
    NamePartner,
    PartnerField,
    PickOwner,
    PickPartnerKind,
    RetirePartner,
    ShowPartner,
)
from bot.directory.chat_register import show, written_partner
from bot.directory.ending import look_anew
from bot.directory.register import Organization, OrganizationField, PartnerKind
from bot.directory.register_fields import Accepted, NotAccepted
from bot.directory.rules import find
from bot.directory.screens_register import ask
from bot.people import store as people
from bot.roles import Person, Role
from bot.routes import Routes
from bot.turn import Keyboard, Row, Turn, button
from bot.typed import in_one_line
from bot.words import phrase

routes = Routes()

_KEPT = (OrganizationField.NAME, OrganizationField.KIND, OrganizationField.OWNER)
"""Fields that are never left empty, or have a button of their own for it."""


# --- a new one --------------------------------------------------------------------------------------------------


def _may_add(turn: Turn, municipality: str | None) -> bool:
    there = municipality is None or find(municipality) is not None
    return there and register.may_write(turn.person, municipality)


@routes.press(AddPartner)
async def add_partner(turn: Turn, action: AddPartner) -> None:
    if not _may_add(turn, action.municipality):
        await turn.forbidden()
        return
    rows: Keyboard = tuple(
        (button(f"directory.staff.partner_kind.{kind.value}", NamePartner(action.municipality, kind)),)
        for kind in PartnerKind
    )
    back = (button("directory.staff.button.go_back", ListPartners(action.municipality)),)
    turn.replace("directory.staff.ask_partner.kind", keyboard=(*rows, back))


@routes.press(NamePartner)
async def ask_name(turn: Turn, action: NamePartner) -> None:
    if _may_add(turn, action.municipality):
        _ask_name(turn, action)
    else:
        await turn.forbidden()


def _ask_name(turn: Turn, action: NamePartner, refused: NotAccepted | None = None) -> None:
    back = (button("directory.staff.button.go_back", AddPartner(action.municipality)),)
    ask(turn, phrase("directory.staff.ask_partner.name"), (back,), refused)
    turn.expect(action)


@routes.text(NamePartner)
async def name_typed(turn: Turn, action: NamePartner, text: str) -> None:
    """The entry begins with its name and kind; everything else is put in on its card."""
    if not _may_add(turn, action.municipality):
        await turn.forbidden()
        return
    match fields.words(in_one_line(text), fields.LONGEST_NAME):
        case NotAccepted() as refused:
            _ask_name(turn, action, refused)
        case Accepted(name):
            number = await store_register.add_organization(
                turn.db, name, action.kind, action.municipality, turn.person.id, turn.now
            )
            await turn.note("partner.added", "organization", number)
            await _show(turn, number, "partner_added")
        case never:
            assert_never(never)


# --- changing it ------------------------------------------------------------------------------------------------


@routes.press(ChangePartner)
async def change_partner(turn: Turn, action: ChangePartner) -> None:
    one = await written_partner(turn, action.organization)
    if one is None:
        return
    buttons = [
        button(f"directory.staff.partner_field.{field.value}", PartnerField(one.id, field))
        for field in OrganizationField
    ]
    rows = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    back = (button("directory.staff.button.go_back", ShowPartner(one.id)),)
    turn.replace("directory.staff.what_to_change", keyboard=(*rows, back), name=one.name)


@routes.press(PartnerField)
async def ask_field(turn: Turn, action: PartnerField) -> None:
    one = await written_partner(turn, action.organization)
    if one is None:
        return
    match action.field:
        case OrganizationField.KIND:
            _ask_kind(turn, one)
        case OrganizationField.OWNER:
            await _ask_owner(turn, one)
        case _:
            _ask_field(turn, action)


def _ask_kind(turn: Turn, one: Organization) -> None:
    rows: Keyboard = tuple(
        (button(f"directory.staff.partner_kind.{kind.value}", PickPartnerKind(one.id, kind)),) for kind in PartnerKind
    )
    turn.replace("directory.staff.ask_partner.kind", keyboard=(*rows, _to_fields(one.id)))


async def _ask_owner(turn: Turn, one: Organization) -> None:
    """Whoever coordinates there, and whoever takes referrals there, can be asked whether the entry is right."""
    rows: Keyboard = tuple(
        (button("directory.any.as_written", PickOwner(one.id, person.id), text=person.name or person.code_name),)
        for person in await _keepers(turn, one)
    )
    nobody = (button("directory.staff.button.coordinators", PickOwner(one.id, None)),)
    turn.replace("directory.staff.ask_partner.owner", keyboard=(*rows, nobody, _to_fields(one.id)))


async def _keepers(turn: Turn, one: Organization) -> list[Person]:
    found: dict[int, Person] = {}
    for role in (Role.COORDINATOR, Role.PARTNER, Role.SPECIALIST):
        found |= {person.id: person for person in await people.holders(turn.db, role, one.municipality)}
    return list(found.values())


def _ask_field(turn: Turn, action: PartnerField, refused: NotAccepted | None = None) -> None:
    clear = (button("directory.staff.button.none_of_it", ClearPartnerField(action.organization, action.field)),)
    rows = (*(() if action.field in _KEPT else (clear,)), _to_fields(action.organization))
    ask(turn, phrase(f"directory.staff.ask_partner.{action.field.value}"), rows, refused)
    turn.expect(action)


def _to_fields(number: int) -> Row:
    return (button("directory.staff.button.go_back", ChangePartner(number)),)


@routes.text(PartnerField)
async def field_typed(turn: Turn, action: PartnerField, text: str) -> None:
    one = await written_partner(turn, action.organization)
    if one is None:
        return
    match _read(action.field, in_one_line(text)):
        case NotAccepted() as refused:
            _ask_field(turn, action, refused)
        case Accepted(value):
            await _write(turn, one, action.field, value)
        case never:
            assert_never(never)


def _read(field: OrganizationField, typed: str) -> Accepted | NotAccepted:
    match field:
        case OrganizationField.NAME | OrganizationField.DESK:
            return fields.words(typed, fields.LONGEST_NAME)
        case OrganizationField.DESCRIPTION:
            return fields.words(typed, fields.LONGEST_TEXT)
        case OrganizationField.WEBSITE:
            return fields.website(typed)
        case OrganizationField.EMAIL:
            return fields.email(typed)
        case OrganizationField.PHONE:
            return fields.phone(typed)
        case OrganizationField.KIND | OrganizationField.OWNER:
            return NotAccepted("choose")
        case never:
            assert_never(never)


async def _write(turn: Turn, one: Organization, field: OrganizationField, value: str | None) -> None:
    match field:
        case OrganizationField.DESK:
            await store_register.change_contact(turn.db, one, turn.now, name=value or one.name)
        case OrganizationField.EMAIL:
            await store_register.change_contact(turn.db, one, turn.now, email=value)
        case OrganizationField.PHONE:
            await store_register.change_contact(turn.db, one, turn.now, phone=value)
        case _:
            await store_register.change_organization(turn.db, one.id, turn.now, **{field.value: value})
    await _changed(turn, one)


async def _changed(turn: Turn, one: Organization) -> None:
    await turn.note("partner.changed", "organization", one.id)
    await _show(turn, one.id, "saved")


@routes.press(ClearPartnerField)
async def clear_field(turn: Turn, action: ClearPartnerField) -> None:
    one = await written_partner(turn, action.organization)
    if one is None:
        return
    if action.field in _KEPT:
        await turn.forbidden()
        return
    await _write(turn, one, action.field, None)


@routes.press(PickPartnerKind)
async def pick_kind(turn: Turn, action: PickPartnerKind) -> None:
    one = await written_partner(turn, action.organization)
    if one is not None:
        await store_register.change_organization(turn.db, one.id, turn.now, kind=action.kind.value)
        await _changed(turn, one)


@routes.press(PickOwner)
async def pick_owner(turn: Turn, action: PickOwner) -> None:
    one = await written_partner(turn, action.organization)
    if one is None:
        return
    if action.person is not None and action.person not in {each.id for each in await _keepers(turn, one)}:
        await turn.forbidden()
        return
    await store_register.change_organization(turn.db, one.id, turn.now, owner_id=action.person)
    await _changed(turn, one)


# --- out of use -------------------------------------------------------------------------------------------------


@routes.press(RetirePartner)
async def retire(turn: Turn, action: RetirePartner) -> None:
    """Asked twice: nobody new is referred to any of its services; what is under way goes on."""
    one = await written_partner(turn, action.organization)
    if one is None:
        return
    if not action.sure:
        sure = (button("directory.staff.button.retire_sure", RetirePartner(one.id, sure=True)),)
        back = (button("directory.staff.button.go_back", ShowPartner(one.id)),)
        turn.replace("directory.staff.retire_partner", keyboard=(sure, back), name=one.name)
        return
    if await store_register.retire_organization(turn.db, one.id, turn.now):
        await turn.note("partner.retired", "organization", one.id)
        await _look_anew(turn, one)
    await _show(turn, one.id, "partner_retired")


@routes.press(BringBackPartner)
async def bring_back(turn: Turn, action: BringBackPartner) -> None:
    one = await written_partner(turn, action.organization)
    if one is None:
        return
    if one.retired_at is not None:
        await store_register.bring_back_organization(turn.db, one.id, turn.now)
        await turn.note("partner.brought_back", "organization", one.id)
        await _look_anew(turn, one)
    await _show(turn, one.id, "brought_back")


async def _look_anew(turn: Turn, one: Organization) -> None:
    for municipality in await store_agreements.municipalities_with(turn.db, one.id):
        await look_anew(turn, municipality)


# --- what these share -------------------------------------------------------------------------------------------


async def _show(turn: Turn, number: int, note: str) -> None:
    one = await store_register.organization(turn.db, number)
    if one is not None:
        await show(turn, one, note)
