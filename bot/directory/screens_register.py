"""What of the register is shown: lists of partners, an organisation, a service with all that is known of it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from bot.directory.actions_exchange import Exchange
from bot.directory.actions_register import (
    AddPartner,
    AddService,
    BringBackPartner,
    ChangePartner,
    ListAgreements,
    ListPartners,
    RegisterRegion,
    RetirePartner,
    ShowPartner,
    ShowRegister,
    ShowService,
)
from bot.directory.availability import is_full
from bot.directory.register import Contact, Organization, Service
from bot.directory.register_fields import NotAccepted
from bot.directory.rules import Region, place_key, region_key
from bot.people.menu import ShowMenu
from bot.turn import Button, Keyboard, Row, Turn, button
from bot.typed import shortened
from bot.words import Lines, Listing, Phrase, phrase

A_PAGE: Final = 10
"""Partners under one message."""

_ON_A_BUTTON: Final = 30


def menu_row() -> Row:
    return (button("people.any.button.menu", ShowMenu()),)


def place_of(municipality: str | None) -> Phrase:
    return phrase("directory.any.whole_country" if municipality is None else place_key(municipality))


def today(turn: Turn) -> date:
    return turn.now.astimezone(turn.zone).date()


def short(name: str, most: int = _ON_A_BUTTON) -> str:
    return shortened(name, most)


def ask(turn: Turn, asked: Phrase, keyboard: Keyboard, refused: NotAccepted | None = None) -> None:
    """A question about one field, with what is wrong with what they sent where something is."""
    if refused is None:
        turn.replace_with(asked, keyboard)
    else:
        why = phrase(f"directory.staff.not_accepted.{refused.why}", most=refused.most)
        turn.say("directory.staff.ask_again", keyboard=keyboard, refusal=why, asked=asked)


def put(turn: Turn, what: Phrase, keyboard: Keyboard, note: str | None = None) -> None:
    """A screen, below what was just done where something was."""
    if note is None:
        turn.replace_with(what, keyboard)
    else:
        done = phrase(f"directory.staff.note.{note}")
        turn.replace_with(phrase("directory.staff.noted", note=done, screen=what), keyboard)


# --- lists ------------------------------------------------------------------------------------------------------


def regions(turn: Turn) -> None:
    """Where? For those whose the whole country is."""
    rows: Keyboard = tuple((button(region_key(region), RegisterRegion(region)),) for region in Region)
    country = (button("directory.any.whole_country", ListPartners(None)),)
    turn.replace("directory.staff.register_where", keyboard=(country, *rows, menu_row()))


def places(turn: Turn, counted: Sequence[tuple[str, int]]) -> None:
    """Which municipality? With how many partners each has."""
    buttons = [
        button("directory.staff.button.place_count", ListPartners(code), place=phrase(place_key(code)), number=number)
        for code, number in counted
    ]
    back = (button("directory.staff.button.register", ShowRegister()),)
    turn.replace("directory.staff.register_where", keyboard=(*((one,) for one in buttons), back))


def no_strategic(municipality: str, whom: str) -> Phrase:
    """That a municipality has no strategic partner, and who helps to choose one, where the settings name somebody."""
    way = phrase("directory.staff.choosing_help", whom=whom) if whom else phrase("directory.staff.choosing_alone")
    return phrase("directory.staff.no_strategic", place=place_of(municipality), help=way)


def partners(
    turn: Turn,
    action: ListPartners,
    found: Sequence[Organization],
    warning: Phrase | None,
    *,
    may_write: bool,
    several: bool,
) -> None:
    """One page of a municipality's partners, with what is missing there; behind it those out of use."""
    first = max(action.page, 0) * A_PAGE
    page = found[first : first + A_PAGE]
    rows: list[Row] = [(button("directory.any.as_written", ShowPartner(one.id), text=short(one.name)),) for one in page]
    around: list[Button] = []
    if first:
        around.append(button("directory.staff.button.earlier", _page(action, action.page - 1)))
    if len(found) > first + A_PAGE:
        around.append(button("directory.staff.button.later", _page(action, action.page + 1)))
    if around:
        rows.append(tuple(around))
    rows += _beside(action, may_write)
    if several:
        rows.append((button("directory.staff.button.other_place", ShowRegister()),))
    what = "partners_retired" if action.retired else "partners"
    screen = phrase(f"directory.staff.{what if found else f'no_{what}'}", place=place_of(action.municipality))
    if warning is not None:
        screen = phrase("directory.staff.noted", note=screen, screen=warning)
    turn.replace_with(screen, (*rows, menu_row()))


def _beside(action: ListPartners, may_write: bool) -> Keyboard:
    """What can be done beside opening one of them."""
    if action.retired:
        return ((button("directory.staff.button.in_use", ListPartners(action.municipality)),),)
    retired = (button("directory.staff.button.retired", ListPartners(action.municipality, retired=True)),)
    if not may_write:
        return (retired,)
    add = (button("directory.staff.button.add_partner", AddPartner(action.municipality)),)
    return (add, retired, (button("directory.staff.button.exchange", Exchange()),))


def _page(action: ListPartners, page: int) -> ListPartners:
    return ListPartners(action.municipality, page, action.retired)


# --- an organisation --------------------------------------------------------------------------------------------


def partner(
    turn: Turn,
    one: Organization,
    contact: Contact | None,
    offered: Sequence[Service],
    owner: str | None,
    agreements: Phrase,
    *,
    may_write: bool,
    note: str | None = None,
) -> None:
    """An organisation with its services; `owner` is the name of who keeps it right."""
    live = [service for service in offered if service.retired_at is None]
    gone = [service for service in offered if service.retired_at is not None]
    rows: list[Row] = [(_service_button(turn, service),) for service in (*live, *(gone if may_write else ()))]
    if may_write and one.retired_at is None:
        rows += [
            (button("directory.staff.button.add_service", AddService(one.id)),),
            (
                button("directory.staff.button.change_entry", ChangePartner(one.id)),
                button("directory.staff.button.agreements", ListAgreements(one.id)),
            ),
            (button("directory.staff.button.retire", RetirePartner(one.id)),),
        ]
    elif may_write:
        rows.append((button("directory.staff.button.bring_back", BringBackPartner(one.id)),))
    rows.append((button("directory.staff.button.partners", ListPartners(one.municipality)),))
    screen = phrase(
        "directory.staff.partner",
        name=one.name,
        kind=phrase(f"directory.staff.partner_kind.{one.kind.value}"),
        place=place_of(one.municipality),
        lines=Lines((*_partner_lines(one, contact, owner), agreements, *_services(live, turn.now))),
    )
    put(turn, screen, tuple(rows), note)


def _partner_lines(one: Organization, contact: Contact | None, owner: str | None) -> tuple[Phrase, ...]:
    lines = [phrase("directory.staff.out_of_use")] if one.retired_at is not None else []
    if one.description is not None:
        lines.append(as_written(one.description))
    if contact is not None:
        desk = Listing(tuple(as_written(part) for part in (contact.name, contact.phone, contact.email) if part))
        lines.append(phrase("directory.staff.line.desk", value=desk))
    if one.website is not None:
        lines.append(phrase("directory.staff.line.website", value=one.website))
    keeper = owner or phrase("directory.staff.coordinators")
    return (*lines, phrase("directory.staff.line.owner", value=keeper))


def _services(live: Sequence[Service], now: datetime) -> tuple[Phrase, ...]:
    """Each service in use with how old its last check is."""
    return tuple(phrase("directory.staff.service_line", name=one.name, checked=checked(one, now)) for one in live)


def as_written(text: str) -> Phrase:
    return phrase("directory.any.as_written", text=text)


def checked(one: Service, now: datetime) -> Phrase:
    """How old it is that somebody said: all of it is right. Shown to staff wherever a service is."""
    if one.verified_at is None:
        return phrase("directory.staff.checked.never")
    days = max((now - one.verified_at).days, 0)
    return phrase("directory.staff.checked.days" if days else "directory.staff.checked.today", count=days)


def _service_button(turn: Turn, service: Service) -> Button:
    mark = "service_live" if service.is_offered else "service_not_offered"
    if is_full(service.full_until, today(turn)):
        mark = "service_full"
    return button(f"directory.staff.button.{mark}", ShowService(service.id), name=short(service.name, 28))
