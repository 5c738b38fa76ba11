"""How a referral is shown to each side, and the buttons below it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, TypeVar, assert_never

from bot.directory.rules import place_key
from bot.people.screens import with_help
from bot.programme import cards
from bot.programme.screens import case_button
from bot.referrals import ladder
from bot.referrals.actions import (
    Accept,
    Agree,
    AskReason,
    AskTime,
    CallOff,
    ChooseReceiver,
    ChooseTime,
    Complete,
    GiveUp,
    Inbox,
    Mine,
    Open,
    Refuse,
    Sent,
    ShowMine,
    ShowSent,
    TakeBack,
    WithdrawMine,
)
from bot.referrals.referral import CLOSED, UNOPENED, Choice, Circle, Kind, Outcome, PassedOn, Referral, State
from bot.referrals.rules import minute_of
from bot.roles import Person
from bot.turn import Button, Keyboard, button
from bot.words import Fact, Lines, Phrase, phrase

A_PAGE: Final = 8
"""Buttons of a list shown at a time."""

T = TypeVar("T")


def page_of(items: Sequence[T], page: int) -> Sequence[T]:
    """The items of one page, counted from 0; none where there is no such page."""
    return items[max(page, 0) * A_PAGE : (max(page, 0) + 1) * A_PAGE]


def has_more(items: Sequence[object], page: int) -> bool:
    return len(items) > (max(page, 0) + 1) * A_PAGE


def shown(staff: Person | None) -> str:
    """The name somebody of the staff goes by; a dash where they are gone."""
    return "–" if staff is None else cards.shown(staff)


def kind_of(kind: Kind) -> Phrase:
    return phrase(f"referrals.any.kind.{kind.value}")


def facts_of(circle: Circle) -> dict[str, Fact]:
    """What messages to staff about this referral may speak of."""
    return {
        "youth": circle.youth.code_name,
        "receiver": shown(circle.receiver),
        "referrer": shown(circle.referrer),
        "kind": kind_of(circle.referral.kind),
        "state": staff_state(circle.referral),
    }


def receiver_facts_of(circle: Circle) -> dict[str, Fact]:
    """What messages to the receiver may speak of: before they open it, the kind and no person."""
    if circle.referral.state in UNOPENED:
        return {"kind": kind_of(circle.referral.kind), "state": staff_state(circle.referral)}
    return facts_of(circle)


def youth_facts_of(circle: Circle) -> dict[str, Fact]:
    """What messages to the young person about it may speak of; never the kind, which is nobody else's to read."""
    return {
        "receiver": shown(circle.receiver),
        "referrer": shown(circle.referrer),
        "state": youth_state(circle.referral),
    }


def when_of(referral: Referral) -> dict[str, Fact]:
    """The time that stands now: proposed or agreed."""
    at = referral.proposed_at or referral.appointment_at
    return {} if at is None else {"when": at}


def youth_state(referral: Referral) -> Phrase:
    return _state(referral, "youth")


def staff_state(referral: Referral) -> Phrase:
    return _state(referral, "staff")


def _state(referral: Referral, audience: str) -> Phrase:
    if referral.proposed_at is not None:
        return phrase(f"referrals.{audience}.state.proposed", when=referral.proposed_at)
    if referral.state is State.IN_PROGRESS and referral.appointment_at is not None:
        return phrase(f"referrals.{audience}.state.in_progress", when=referral.appointment_at)
    return phrase(f"referrals.{audience}.state.{referral.state.value}")


def passed_on(what: PassedOn) -> Lines:
    """The very lines that the young person agrees to and the receiver reads, each in their own language."""
    lines = [
        phrase("referrals.any.line.code_name", code_name=what.code_name),
        phrase("referrals.any.line.age", age=phrase(f"programme.any.age.{what.age_band}")),
        phrase("referrals.any.line.place", place=phrase(place_key(what.municipality))),
        phrase("referrals.any.line.language", language=phrase(f"people.any.language.{what.language.value}")),
    ]
    if what.wish is not None:
        lines.append(phrase("referrals.any.line.wish", wish=phrase(f"programme.any.wish.{what.wish}")))
    if what.note is not None:
        lines.append(phrase("referrals.any.line.note", note=what.note))
    lines.append(phrase("referrals.any.line.referrer", referrer=what.referrer))
    return Lines(tuple(lines))


# --- the young person -------------------------------------------------------------------------------------------


def question_facts_of(circle: Circle) -> dict[str, Fact]:
    """What the question whether this may be passed on speaks of besides `youth_facts_of`."""
    referral = circle.referral
    return {
        "to": phrase(f"referrals.youth.to.{referral.kind.value}"),
        "passed": passed_on(referral.passed_on),
    }


def question(circle: Circle, key: str) -> Phrase:
    """The question whether this may be passed on."""
    return Phrase(key, {**youth_facts_of(circle), **question_facts_of(circle)})


def youth_keyboard(circle: Circle) -> Keyboard:
    """What a young person may do with one of theirs as it stands: answer what is asked, take it back, see the rest."""
    referral = circle.referral
    rows: Keyboard
    if referral.state is State.DRAFT:
        rows = (
            (button("referrals.youth.button.agree", Agree(referral.id)),),
            (button("referrals.youth.button.refuse", Refuse(referral.id)),),
        )
    elif referral.proposed_at is not None:
        minute = minute_of(referral.proposed_at)
        rows = tuple(
            (button(f"referrals.youth.button.time_{choice.value}", ChooseTime(referral.id, minute, choice)),)
            for choice in Choice
        )
    elif referral.state in CLOSED:
        rows = ()
    else:
        rows = ((button("referrals.youth.button.withdraw", WithdrawMine(referral.id, sure=False)),),)
    return with_help((*rows, (mine_button(),)))


def mine_button() -> Button:
    return button("referrals.youth.button.mine", Mine())


def mine_keyboard(circles: Sequence[Circle]) -> Keyboard:
    return tuple(
        (
            button(
                "referrals.youth.button.one", ShowMine(one.referral.id), receiver=cards.shortened(shown(one.receiver))
            ),
        )
        for one in circles
    )


# --- the referrer -----------------------------------------------------------------------------------------------


def referrer_keyboard(circle: Circle) -> Keyboard:
    """What a referrer may do with one of theirs."""
    referral = circle.referral
    rows: list[tuple[Button, ...]] = []
    if ladder.is_silent(referral):
        rows.append((button("referrals.staff.button.choose_other", GiveUp(referral.id)),))
    if referral.state in (State.REJECTED, State.FAILED):
        rows.append((choose_other_button(circle),))
    if referral.state not in CLOSED:
        rows.append((button("referrals.staff.button.take_back", TakeBack(referral.id, sure=False)),))
    rows.append((button("referrals.staff.button.sent", Sent()),))
    rows.append((case_button(circle.case.id),))
    return tuple(rows)


def choose_other_button(circle: Circle) -> Button:
    return button("referrals.staff.button.choose_other", ChooseReceiver(circle.case.id, circle.referral.kind))


def show_sent_keyboard(circle: Circle) -> Keyboard:
    return ((button("referrals.staff.button.show", ShowSent(circle.referral.id)),),)


# --- the receiver -----------------------------------------------------------------------------------------------


def received_line(circle: Circle, number: int) -> Phrase:
    """One line of the receiver's list."""
    referral = circle.referral
    key = "referrals.staff.line.unopened" if referral.state in UNOPENED else "referrals.staff.line.received"
    line = phrase(key, number=number, **receiver_facts_of(circle))
    return phrase("referrals.staff.line.overdue", line=line) if ladder.is_overdue(referral) else line


def inbox_keyboard() -> Keyboard:
    """The way on from a referral that is over."""
    return ((button("referrals.staff.button.inbox", Inbox()),),)


def open_keyboard(referral: Referral) -> Keyboard:
    return ((button("referrals.staff.button.open", Open(referral.id)),),)


def receiver_keyboard(referral: Referral, now: datetime) -> Keyboard:
    """What a receiver may do with one of theirs at `now`."""
    accept = (button("referrals.staff.button.accept", Accept(referral.id)),)
    other_time = (button("referrals.staff.button.other_time", AskTime(referral.id)),)
    first_time = (button("referrals.staff.button.propose", AskTime(referral.id)),)
    propose = first_time if referral.proposed_at is None else other_time
    decline = (button("referrals.staff.button.decline", AskReason(referral.id)),)
    inbox = (button("referrals.staff.button.inbox", Inbox()),)
    match referral.state:
        case State.REQUESTED:
            return (*open_keyboard(referral), inbox)
        case State.RECEIVED:
            return (accept, propose, decline, inbox)
        case State.ACCEPTED:
            return (propose, decline, inbox)
        case State.IN_PROGRESS if referral.appointment_at is not None and referral.appointment_at <= now:
            return (*outcome_keyboard(referral), inbox)
        case State.IN_PROGRESS:
            call_off = button("referrals.staff.button.call_off", CallOff(referral.id, sure=False))
            return (other_time, (call_off,), inbox)
        case State.DRAFT | State.REJECTED | State.COMPLETED | State.CANCELLED | State.FAILED:
            return (inbox,)
        case never:
            assert_never(never)


def outcome_keyboard(referral: Referral) -> Keyboard:
    return (
        *(
            (button(f"referrals.staff.button.outcome_{outcome.value}", Complete(referral.id, outcome)),)
            for outcome in Outcome
        ),
        (button("referrals.staff.button.other_time", AskTime(referral.id)),),
    )
