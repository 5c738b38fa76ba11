"""How a referral is shown to each side, and the buttons below it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, TypeVar, assert_never

from bot.directory.rules import place_key
from bot.people.screens import with_help
from bot.programme import cards
from bot.programme.screens import case_button
from bot.referrals import ladder, rules
from bot.referrals.actions import (
    Accept,
    AskReason,
    AskTime,
    ChooseReceiver,
    GiveUp,
    Inbox,
    Mine,
    Open,
    Sent,
    ShowMine,
    ShowSent,
    TakeBack,
    WithdrawMine,
)
from bot.referrals.agreed import screens_consent
from bot.referrals.appointment import screens_times
from bot.referrals.closed import screens_outcome
from bot.referrals.referral import (
    CLOSED,
    UNOPENED,
    Circle,
    Ending,
    Kind,
    Line,
    PassedOn,
    Referral,
    State,
)
from bot.referrals.together.actions_hand_over import Introduce, OfferWindow
from bot.roles import Person
from bot.turn import Button, Keyboard, Row, button
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


def receiver_of(circle: Circle) -> str:
    """What the receiver goes by: as everybody was shown it when it was asked."""
    return circle.referral.to.name or shown(circle.receiver)


def kind_of(kind: Kind) -> Phrase:
    return phrase(f"referrals.any.kind.{kind.value}")


def facts_of(circle: Circle) -> dict[str, Fact]:
    """What messages to staff about this referral may speak of."""
    return {
        "youth": circle.youth.code_name,
        "receiver": receiver_of(circle),
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
        "receiver": receiver_of(circle),
        "referrer": shown(circle.referrer),
        "state": youth_state(circle.referral),
    }


def when_of(referral: Referral) -> dict[str, Fact]:
    """The time that stands now, proposed or agreed, and what is known of where it is."""
    return screens_times.facts_of(referral)


def youth_state(referral: Referral) -> Phrase:
    return _state(referral, "youth")


def staff_state(referral: Referral) -> Phrase:
    return _state(referral, "staff")


def _state(referral: Referral, audience: str) -> Phrase:
    spoken = screens_outcome.spoken_state(referral, audience)
    return screens_outcome.with_sessions(spoken or _plain_state(referral, audience), referral)


def _plain_state(referral: Referral, audience: str) -> Phrase:
    if (offered := screens_times.state(referral, audience)) is not None:
        return offered
    if referral.state is State.IN_PROGRESS and referral.meeting.at is not None:
        return phrase(f"referrals.{audience}.state.in_progress", when=referral.meeting.at)
    if referral.awaits_guardian:
        return phrase(f"referrals.{audience}.state.awaits_guardian")
    if referral.reason is Ending.NOT_DELIVERED:
        return phrase(f"referrals.{audience}.state.failed_not_delivered")
    return phrase(f"referrals.{audience}.state.{referral.state.value}")


def passed_on(what: PassedOn) -> Lines:
    """The lines that the young person agrees to and the receiver reads; `agreed.wording` makes them a text."""
    return Lines(tuple(_line(what, one) for one in what.lines))


def _line(what: PassedOn, line: Line) -> Phrase:
    match line:
        case Line.CODE_NAME:
            return phrase("referrals.any.line.code_name", code_name=what.code_name)
        case Line.AGE:
            return phrase("referrals.any.line.age", age=phrase(f"programme.any.age.{what.age_band}"))
        case Line.PLACE:
            return phrase("referrals.any.line.place", place=phrase(place_key(what.municipality)))
        case Line.LANGUAGE:
            language = phrase(f"people.any.language.{what.language.value}")
            return phrase("referrals.any.line.language", language=language)
        case Line.WISH:
            return phrase("referrals.any.line.wish", wish=phrase(f"programme.any.wish.{what.wish}"))
        case Line.NOTE:
            return phrase("referrals.any.line.note", note=what.note or "")
        case Line.REFERRER:
            return phrase("referrals.any.line.referrer", referrer=what.referrer)
        case never:
            assert_never(never)


# --- the young person -------------------------------------------------------------------------------------------


def question(circle: Circle, key: str) -> Phrase:
    """The question whether this may be passed on."""
    return Phrase(key, {**youth_facts_of(circle), **screens_consent.question_facts_of(circle)})


def youth_keyboard(circle: Circle, now: datetime) -> Keyboard:
    """What a young person may do with one of theirs at `now`: answer what is asked, take it back, see the rest."""
    referral = circle.referral
    rows: Keyboard
    if referral.state is State.DRAFT:
        rows = screens_consent.draft_rows(referral)
    elif screens_times.is_asked(referral):
        rows = screens_times.youth_rows(referral, now)
    elif referral.state in CLOSED:
        rows = ()
    else:
        rows = ((button("referrals.youth.button.withdraw", WithdrawMine(referral.id, sure=False)),),)
        if referral.state is State.IN_PROGRESS and rules.has_begun(referral, now):
            rows = (*screens_outcome.youth_words(referral), *rows)
        elif referral.state in (State.ACCEPTED, State.IN_PROGRESS):
            rows = (*screens_times.youth_rows(referral, now), *rows)
    return with_help((*rows, (mine_button(),)))


def mine_button() -> Button:
    return button("referrals.youth.button.mine", Mine())


def mine_keyboard(circles: Sequence[Circle]) -> Keyboard:
    return tuple(
        (button("referrals.youth.button.one", ShowMine(one.referral.id), receiver=cards.shortened(receiver_of(one))),)
        for one in circles
    )


# --- the referrer -----------------------------------------------------------------------------------------------


def referrer_keyboard(circle: Circle) -> Keyboard:
    """What a referrer may do with one of theirs."""
    referral = circle.referral
    rows: list[Row] = list(screens_outcome.resolve_rows(referral))
    if ladder.is_silent(referral):
        rows.append((button("referrals.staff.button.choose_other", GiveUp(referral.id)),))
    if referral.state in (State.REJECTED, State.FAILED):
        rows.append((choose_other_button(circle),))
    rows += screens_consent.referrer_rows(circle)
    if referral.state in (State.ACCEPTED, State.IN_PROGRESS):
        rows.append((button("referrals.staff.button.introduce", Introduce(referral.id)),))
        if circle.receiver is not None:
            rows.append((button("referrals.staff.button.window", OfferWindow(referral.id)),))
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
    propose = first_time if referral.proposals is None else other_time
    decline = (button("referrals.staff.button.decline", AskReason(referral.id)),)
    inbox = (button("referrals.staff.button.inbox", Inbox()),)
    match referral.state:
        case State.REQUESTED:
            return (*open_keyboard(referral), inbox)
        case State.RECEIVED:
            return (accept, propose, decline, inbox)
        case State.ACCEPTED:
            return (*screens_times.answer_rows(referral, now), propose, decline, inbox)
        case State.IN_PROGRESS if rules.has_begun(referral, now):
            return screens_outcome.outcome_keyboard(referral)
        case State.IN_PROGRESS:
            return (*screens_times.agreed_rows(referral), inbox)
        case State.DRAFT | State.REJECTED | State.COMPLETED | State.CANCELLED | State.FAILED:
            return (inbox,)
        case never:
            assert_never(never)
