"""Whom a referral goes to: everybody who fits, each with the reasons, best first."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from bot.people import store as people
from bot.programme import cards
from bot.programme import store as programme
from bot.programme.rules import Case
from bot.referrals import screens
from bot.referrals.actions import AddNote, AskYouth, ChooseKind, ChooseReceiver, Refer
from bot.referrals.choosing import offers
from bot.referrals.choosing.offers import Offer, Offers
from bot.referrals.own_request import answering, asked_people, store_requests
from bot.referrals.own_request.actions_request import TalkFirst
from bot.referrals.referral import REFERABLE, Kind
from bot.roles import Person
from bot.routes import Routes
from bot.turn import Button, Keyboard, Turn, button
from bot.words import Lines, Phrase, phrase

LATELY: Final = timedelta(days=7)
"""How long somebody who could not help, or did not answer, is not offered again for the same case and kind."""

_FULL_SHOWN: Final = 5

routes = Routes()


@routes.press(ChooseReceiver)
async def choose_receiver(turn: Turn, action: ChooseReceiver) -> None:
    """Who may be asked, with the reasons; last and without a button, who takes nobody new until when."""
    found = await to_refer(turn, action.case)
    if found is None:
        return
    case, youth = found
    fitting = await offers.find(turn, case, youth, action.kind, turn.now - LATELY, turn.person)
    answer = await _another_answer(turn, case, action.kind)
    if not fitting.offered:
        _say_nobody(turn, case, youth, action.kind, fitting, answer)
        return
    here = screens.page_of(fitting.offered, action.page)
    first = max(action.page, 0) * screens.A_PAGE + 1
    rows: Keyboard = tuple((_button(case, action.kind, number, one),) for number, one in enumerate(here, start=first))
    if screens.has_more(fitting.offered, action.page):
        more = ChooseReceiver(case.id, action.kind, action.page + 1)
        rows = (*rows, (button("referrals.staff.button.more", more),))
    lines = [
        phrase("referrals.staff.offer", number=number, receiver=one.to.name, reasons=one.reasons)
        for number, one in enumerate(here, start=first)
    ]
    turn.replace(
        "referrals.staff.choose_receiver",
        keyboard=(*rows, *answer, (button("referrals.staff.button.back", ChooseKind(case.id)),)),
        about=youth.id,
        youth=youth.code_name,
        kind=screens.kind_of(action.kind),
        offers=Lines((*lines, *_not_offered(fitting))),
        language=phrase(f"people.any.language.{youth.language.value}"),
    )


def _button(case: Case, kind: Kind, number: int, one: Offer) -> Button:
    key = "offer_by_mail" if one.to.person_id is None else "offer"
    return button(
        f"referrals.staff.button.{key}",
        AddNote(case.id, kind, one.to.person_id, one.to.service_id),
        number=number,
        receiver=cards.shortened(one.to.name),
    )


def _not_offered(fitting: Offers) -> Iterable[Phrase]:
    """Who fits and cannot be asked now, and why."""
    for one in fitting.full[:_FULL_SHOWN]:
        if one.full_until is not None:
            yield phrase("referrals.staff.full_until", receiver=one.to.name, until=one.full_until)
    if fitting.needs_mail:
        yield phrase("referrals.staff.mail_off")


async def _another_answer(turn: Turn, case: Case, kind: Kind) -> Keyboard:
    """Where the young person asked for this kind of help themselves: that somebody talks with them first."""
    asked = await store_requests.open_of_case(turn.db, case.id)
    return tuple(
        (button("referrals.staff.button.talk_first", TalkFirst(one.id)),)
        for one in asked
        if one.kind is kind and asked_people.may_answer(turn.person, case, one)
    )


def _say_nobody(turn: Turn, case: Case, youth: Person, kind: Kind, fitting: Offers, answer: Keyboard) -> None:
    """There is nobody, or everybody was asked and could not help, or is full: another kind, or the way back."""
    ever = bool(fitting.in_vain or fitting.full)
    said = phrase(
        f"referrals.staff.{'nobody_else' if ever else 'no_receiver'}", youth=youth.code_name, kind=screens.kind_of(kind)
    )
    others = tuple(_not_offered(fitting))
    if others:
        said = phrase("referrals.staff.and_others", said=said, others=Lines(others))
    back: Keyboard = ((button("referrals.staff.button.back", ChooseKind(case.id)),),)
    ways = kinds(case, (one for one in Kind if one is not kind)) if ever else back
    turn.replace(said.key, keyboard=(*answer, *ways), about=youth.id, **said.facts)


def kinds(case: Case, of: Iterable[Kind]) -> Keyboard:
    """The kinds of help to choose from, and the way back."""
    rows = ((button(f"referrals.staff.button.kind_{kind.value}", ChooseReceiver(case.id, kind)),) for kind in of)
    return (*rows, (button("referrals.staff.button.back", Refer()),))


async def to_refer(turn: Turn, case_id: int) -> tuple[Case, Person] | None:
    """The case and its young person, if it is theirs to guide and at a stage where it may be referred; otherwise they
    have been answered."""
    case = await programme.case(turn.db, case_id)
    if case is not None and case.stage in REFERABLE and await answering.may_refer(turn, case):
        youth = await people.person(turn.db, case.youth_id)
        assert youth is not None  # a case goes with its young person
        return case, youth
    await turn.forbidden()
    return None


async def chosen(turn: Turn, action: AddNote | AskYouth) -> tuple[Case, Person, Offer] | None:
    """The case, its young person and whom it goes to, if that is one of those who may be asked; otherwise they have
    been answered. Who has become full meanwhile is not asked."""
    found = await to_refer(turn, action.case)
    if found is None:
        return None
    case, youth = found
    fitting = await offers.find(turn, case, youth, action.kind, turn.now - LATELY, turn.person)
    one = fitting.to(action.receiver, action.service)
    if one is None:
        await turn.forbidden()
    elif one in fitting.full:
        await choose_receiver(turn, ChooseReceiver(case.id, action.kind))
    else:
        return case, youth, one
    return None
