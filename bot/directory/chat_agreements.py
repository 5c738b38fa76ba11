"""Agreements with a partner: noted, prolonged, ended and taken out by the coordinators of the municipality."""

from bot.directory import store_agreements
from bot.directory.actions_register import (
    AgreementEnd,
    DropAgreement,
    ListAgreements,
    NewAgreement,
    ShowAgreement,
    ShowPartner,
)
from bot.directory.agreements import Agreement, is_agreement_day
from bot.directory.chat_register import written_partner
from bot.directory.ending import look_anew, remind_at
from bot.directory.register import Organization
from bot.directory.register_fields import NotAccepted
from bot.directory.rules import place_key
from bot.directory.screens_register import ask, put, today
from bot.routes import Routes
from bot.turn import Keyboard, Turn, button
from bot.typed import typed_day
from bot.words import Lines, Phrase, phrase

routes = Routes()


# --- what there is ----------------------------------------------------------------------------------------------


@routes.press(ListAgreements)
async def list_agreements(turn: Turn, action: ListAgreements) -> None:
    one = await written_partner(turn, action.organization)
    if one is not None:
        await show_all(turn, one)


async def show_all(turn: Turn, one: Organization, note: str | None = None) -> None:
    found = await store_agreements.agreements_with(turn.db, one.id)
    rows: Keyboard = tuple(
        (
            button(
                "directory.staff.button.agreement",
                ShowAgreement(each.id),
                kind=_kind(each.strategic),
                place=phrase(place_key(each.municipality)),
            ),
        )
        for each in found
    )
    new = (button("directory.staff.button.new_agreement", NewAgreement(one.id)),)
    lines = Lines(tuple(_line(each) for each in found))
    some = phrase("directory.staff.agreements", name=one.name, lines=lines)
    screen = some if found else phrase("directory.staff.no_agreements", name=one.name)
    put(turn, screen, (*rows, new, (button("directory.staff.button.go_back", ShowPartner(one.id)),)), note)


def _kind(strategic: bool) -> Phrase:
    return phrase("directory.staff.agreement.strategic" if strategic else "directory.staff.agreement.other")


def _line(one: Agreement) -> Phrase:
    end = phrase("directory.staff.agreement.no_end")
    return phrase(
        "directory.staff.agreement.line",
        kind=_kind(one.strategic),
        place=phrase(place_key(one.municipality)),
        first=one.from_on,
        last=one.until_on or end,
    )


@routes.press(ShowAgreement)
async def show_agreement(turn: Turn, action: ShowAgreement) -> None:
    found = await _theirs(turn, action.agreement)
    if found is None:
        return
    one, partner = found
    turn.replace(
        "directory.staff.agreement.one",
        keyboard=(
            (button("directory.staff.button.agreement_end", AgreementEnd(one.id)),),
            (button("directory.staff.button.agreement_drop", DropAgreement(one.id)),),
            (button("directory.staff.button.go_back", ListAgreements(partner.id)),),
        ),
        name=partner.name,
        line=_line(one),
    )


async def _theirs(turn: Turn, number: int) -> tuple[Agreement, Organization] | None:
    """The agreement with its partner, if it is there and theirs to change; otherwise they have been answered."""
    one = await store_agreements.agreement(turn.db, number)
    if one is None:
        await turn.forbidden()
        return None
    partner = await written_partner(turn, one.organization_id)
    return None if partner is None else (one, partner)


# --- changing it ------------------------------------------------------------------------------------------------


@routes.press(AgreementEnd)
async def ask_end(turn: Turn, action: AgreementEnd) -> None:
    found = await _theirs(turn, action.agreement)
    if found is not None:
        _ask_end(turn, action, found[0])


def _ask_end(turn: Turn, action: AgreementEnd, one: Agreement, refused: NotAccepted | None = None) -> None:
    back = (button("directory.staff.button.go_back", ShowAgreement(one.id)),)
    ask(turn, phrase("directory.staff.ask_agreement.last", first=one.from_on), (back,), refused)
    turn.expect(action)


@routes.text(AgreementEnd)
async def end_typed(turn: Turn, action: AgreementEnd, text: str) -> None:
    found = await _theirs(turn, action.agreement)
    if found is None:
        return
    one, partner = found
    day = typed_day(text, max(one.from_on, today(turn)))
    if day is None or day < one.from_on or not is_agreement_day(day, today(turn)):
        _ask_end(turn, action, one, NotAccepted("no_last_day"))
        return
    await store_agreements.change_end(turn.db, one.id, day, await remind_at(turn, day))
    await turn.note("agreement.changed", "agreement", one.id)
    await look_anew(turn, one.municipality)
    await show_all(turn, partner, "agreement_changed")


@routes.press(DropAgreement)
async def drop(turn: Turn, action: DropAgreement) -> None:
    """Asked twice; an agreement that only ends is given its last day instead."""
    found = await _theirs(turn, action.agreement)
    if found is None:
        return
    one, partner = found
    if not action.sure:
        sure = (button("directory.staff.button.agreement_drop_sure", DropAgreement(one.id, sure=True)),)
        back = (button("directory.staff.button.go_back", ShowAgreement(one.id)),)
        turn.replace("directory.staff.agreement.drop", keyboard=(sure, back), name=partner.name, line=_line(one))
        return
    await store_agreements.drop(turn.db, one.id)
    await turn.note("agreement.dropped", "agreement", one.id)
    await look_anew(turn, one.municipality)
    await show_all(turn, partner, "agreement_dropped")
