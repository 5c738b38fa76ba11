"""A new agreement with a partner: of which municipality, strategic or not, since when, until when."""

from datetime import date

from bot.directory import store_agreements, store_register
from bot.directory.actions_register import (
    AgreementFrom,
    AgreementNoted,
    AgreementUntil,
    AgreementWith,
    ListAgreements,
    NewAgreement,
)
from bot.directory.agreements import is_agreement_day
from bot.directory.chat_agreements import show_all
from bot.directory.chat_register import written_partner
from bot.directory.ending import look_anew, remind_at
from bot.directory.naming import matches, the_one
from bot.directory.register_fields import NotAccepted
from bot.directory.rules import find
from bot.directory.screens_register import ask, today
from bot.routes import Routes
from bot.turn import Keyboard, Row, Turn, button
from bot.typed import typed_day
from bot.words import phrase

routes = Routes()


@routes.press(NewAgreement)
async def new_agreement(turn: Turn, action: NewAgreement) -> None:
    """Of the partner's own municipality; with a partner of the whole country, of which?"""
    one = await written_partner(turn, action.organization)
    if one is None:
        return
    if one.municipality is not None:
        _ask_kind(turn, AgreementWith(one.id, one.municipality))
    else:
        _ask_where(turn, action)


def _ask_where(turn: Turn, action: NewAgreement, refused: NotAccepted | None = None) -> None:
    ask(turn, phrase("directory.staff.ask_agreement.where"), (_to_list(action.organization),), refused)
    turn.expect(action)


def _to_list(number: int) -> Row:
    return (button("directory.staff.button.go_back", ListAgreements(number)),)


@routes.text(NewAgreement)
async def place_typed(turn: Turn, action: NewAgreement, text: str) -> None:
    one = await written_partner(turn, action.organization)
    if one is None:
        return
    place = the_one(matches(text))
    if place is None:
        _ask_where(turn, action, NotAccepted("no_place"))
    else:
        _ask_kind(turn, AgreementWith(one.id, place.code))


@routes.press(AgreementWith)
async def ask_kind(turn: Turn, action: AgreementWith) -> None:
    if await _may_agree(turn, action.organization, action.municipality):
        _ask_kind(turn, action)


async def _may_agree(turn: Turn, organization: int, municipality: str) -> bool:
    """Whether these buttons carry anything they could have chosen; otherwise they have been answered."""
    one = await written_partner(turn, organization)
    if one is None:
        return False
    if find(municipality) is not None and one.municipality in (None, municipality):
        return True
    await turn.forbidden()
    return False


def _ask_kind(turn: Turn, action: AgreementWith) -> None:
    rows: Keyboard = tuple(
        (
            button(
                f"directory.staff.button.agreement_{name}",
                AgreementFrom(action.organization, action.municipality, strategic),
            ),
        )
        for name, strategic in (("strategic", True), ("other", False))
    )
    turn.replace("directory.staff.ask_agreement.kind", keyboard=(*rows, _to_list(action.organization)))


@routes.press(AgreementFrom)
async def ask_first(turn: Turn, action: AgreementFrom) -> None:
    if await _may_agree(turn, action.organization, action.municipality):
        _ask_first(turn, action)


def _ask_first(turn: Turn, action: AgreementFrom, refused: NotAccepted | None = None) -> None:
    from_today = AgreementUntil(action.organization, action.municipality, action.strategic, today(turn))
    rows = (
        (button("directory.staff.button.agreement_today", from_today),),
        (button("directory.staff.button.go_back", AgreementWith(action.organization, action.municipality)),),
    )
    ask(turn, phrase("directory.staff.ask_agreement.first"), rows, refused)
    turn.expect(action)


@routes.text(AgreementFrom)
async def first_typed(turn: Turn, action: AgreementFrom, text: str) -> None:
    """The day it holds from, past or to come; without a year it is of this year or the next."""
    if not await _may_agree(turn, action.organization, action.municipality):
        return
    day = typed_day(text, today(turn))
    if day is None or not is_agreement_day(day, today(turn)):
        _ask_first(turn, action, NotAccepted("no_day"))
    else:
        _ask_last(turn, AgreementUntil(action.organization, action.municipality, action.strategic, day))


@routes.press(AgreementUntil)
async def ask_last(turn: Turn, action: AgreementUntil) -> None:
    if await _may_agree(turn, action.organization, action.municipality):
        _ask_last(turn, action)


def _ask_last(turn: Turn, action: AgreementUntil, refused: NotAccepted | None = None) -> None:
    endless = AgreementNoted(action.organization, action.municipality, action.strategic, action.first)
    before = AgreementFrom(action.organization, action.municipality, action.strategic)
    rows = (
        (button("directory.staff.button.agreement_endless", endless),),
        (button("directory.staff.button.go_back", before),),
    )
    ask(turn, phrase("directory.staff.ask_agreement.last", first=action.first), rows, refused)
    turn.expect(action)


@routes.text(AgreementUntil)
async def last_typed(turn: Turn, action: AgreementUntil, text: str) -> None:
    if not await _may_agree(turn, action.organization, action.municipality):
        return
    day = typed_day(text, max(action.first, today(turn)))
    if day is None or day < action.first or not is_agreement_day(day, today(turn)):
        _ask_last(turn, action, NotAccepted("no_last_day"))
        return
    await _note(turn, AgreementNoted(action.organization, action.municipality, action.strategic, action.first), day)


@routes.press(AgreementNoted)
async def endless(turn: Turn, action: AgreementNoted) -> None:
    if not await _may_agree(turn, action.organization, action.municipality):
        return
    if is_agreement_day(action.first, today(turn)):
        await _note(turn, action, None)
    else:
        await turn.forbidden()


async def _note(turn: Turn, action: AgreementNoted, last: date | None) -> None:
    number = await store_agreements.add(
        turn.db,
        action.organization,
        action.municipality,
        action.strategic,
        action.first,
        last,
        await remind_at(turn, last),
        turn.person.id,
    )
    if number is not None:
        await turn.note("agreement.noted", "agreement", number)
        await look_anew(turn, action.municipality)
    one = await store_register.organization(turn.db, action.organization)
    if one is not None:
        await show_all(turn, one, "agreement_noted")
