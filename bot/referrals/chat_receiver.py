"""The receiver's side: open, accept, propose a time, decline with a reason, say what came of it."""

from datetime import datetime
from functools import partial
from typing import assert_never

from bot.referrals import ladder, rules, screens, store, times
from bot.referrals.actions import (
    Accept,
    AskReason,
    AskTime,
    CallOff,
    Complete,
    DeclineFor,
    Inbox,
    Open,
    Propose,
    Sent,
)
from bot.referrals.acts import act, circle_as
from bot.referrals.notices import Change
from bot.referrals.referral import CLOSED, Circle, Decline, Side, State
from bot.referrals.rules import InThePast, Moved, MovedOn, NotNow, TooEarly, TooFar
from bot.roles import Role
from bot.routes import Routes
from bot.turn import Keyboard, Turn, button
from bot.words import Lines

routes = Routes()
routes.offer({Role.SPECIALIST, Role.PARTNER}, 40, button("referrals.staff.button.inbox", Inbox()))

_MAY_PROPOSE = (State.RECEIVED, State.ACCEPTED, State.IN_PROGRESS)
_MAY_DECLINE = (State.RECEIVED, State.ACCEPTED)


@routes.press(Inbox)
async def inbox(turn: Turn, action: Inbox) -> None:
    """What is addressed to them: overdue first, then what has waited longest."""
    addressed = await store.addressed_to(turn.db, turn.person.id)
    theirs = [one for one in addressed if Side.RECEIVER in rules.sides(turn.person, one.referral, one.case)]
    found = sorted(theirs, key=lambda one: not ladder.is_overdue(one.referral))
    here = screens.page_of(found, action.page)
    if not here:
        turn.replace("referrals.staff.none_received", keyboard=turn.home)
        return
    numbered = list(enumerate(here, max(action.page, 0) * screens.A_PAGE + 1))
    rows: Keyboard = tuple(
        (button("referrals.staff.button.one_received", Open(one.referral.id), number=number),)
        for number, one in numbered
    )
    if screens.has_more(found, action.page):
        rows = (*rows, (button("referrals.staff.button.more", Inbox(action.page + 1)),))
    if turn.person.roles & {Role.MENTOR, Role.LEAD}:
        rows = (*rows, (button("referrals.staff.button.sent", Sent()),))
    lines = tuple(screens.received_line(one, number) for number, one in numbered)
    turn.replace("referrals.staff.received", keyboard=rows, lines=Lines(lines))


@routes.press(Open)
async def open_it(turn: Turn, action: Open) -> None:
    """The card; the first press on it is recorded as received."""
    opened = await act(turn, action.referral, Side.RECEIVER, Change.RECEIVED, rules.receive, _show_opened)
    if opened is not None:
        _show(turn, opened, "referrals.staff.card")


@routes.press(Accept)
async def accept(turn: Turn, action: Accept) -> None:
    """Taken; the next thing they are asked is a time."""
    accepted = await act(turn, action.referral, Side.RECEIVER, Change.ACCEPTED, rules.accept, _show_standing)
    if accepted is not None:
        await _ask_time(turn, accepted, "referrals.staff.accepted")


@routes.press(AskTime)
async def ask_time(turn: Turn, action: AskTime) -> None:
    await _ask_again(turn, action, "referrals.staff.ask_time")


@routes.text(AskTime)
async def typed_time(turn: Turn, action: AskTime, text: str) -> None:
    at = times.typed(text, turn.now, turn.zone)
    if at is None:
        await _ask_again(turn, action, "referrals.staff.time_unreadable")
    else:
        await _propose(turn, action.referral, at)


async def _ask_again(turn: Turn, action: AskTime, key: str) -> None:
    """Ask for a time in these words, where one may still be proposed."""
    circle = await circle_as(turn, action.referral, Side.RECEIVER)
    if circle is None:
        return
    if circle.referral.state in _MAY_PROPOSE:
        await _ask_time(turn, circle, key)
    else:
        await _show_standing(turn, circle, MovedOn())


@routes.press(Propose)
async def propose(turn: Turn, action: Propose) -> None:
    await _propose(turn, action.referral, times.on(action.day, action.hour, turn.zone))


async def _propose(turn: Turn, referral_id: int, at: datetime) -> None:
    at_that_time = partial(rules.propose, at=at)
    proposed = await act(turn, referral_id, Side.RECEIVER, Change.PROPOSED, at_that_time, _show_standing)
    if proposed is not None:
        _show(turn, proposed, "referrals.staff.proposed")


@routes.press(AskReason)
async def ask_reason(turn: Turn, action: AskReason) -> None:
    circle = await circle_as(turn, action.referral, Side.RECEIVER)
    if circle is None:
        return
    if circle.referral.state not in _MAY_DECLINE:
        await _show_standing(turn, circle, MovedOn())
        return
    rows: Keyboard = tuple(
        (button(f"referrals.staff.button.reason_{reason.value}", DeclineFor(action.referral, reason)),)
        for reason in Decline
    )
    back = button("referrals.staff.button.back", Open(action.referral))
    _show(turn, circle, "referrals.staff.ask_reason", (*rows, (back,)))


@routes.press(DeclineFor)
async def decline(turn: Turn, action: DeclineFor) -> None:
    for_that = partial(rules.decline, reason=action.reason)
    declined = await act(turn, action.referral, Side.RECEIVER, Change.DECLINED, for_that, _show_standing)
    if declined is not None:
        turn.replace("referrals.staff.declined", keyboard=turn.home)


@routes.press(CallOff)
async def call_off(turn: Turn, action: CallOff) -> None:
    """They cannot make the agreed time: everybody is told, and the next thing they are asked is another one."""
    if not action.sure:
        await _ask_whether_sure(turn, action)
        return
    called_off = await act(turn, action.referral, Side.RECEIVER, Change.CALLED_OFF, rules.call_off, _show_standing)
    if called_off is not None:
        await _ask_time(turn, called_off, "referrals.staff.called_off")


async def _ask_whether_sure(turn: Turn, action: CallOff) -> None:
    circle = await circle_as(turn, action.referral, Side.RECEIVER)
    if circle is None:
        return
    if not isinstance(rules.call_off(circle.referral, frozenset({Side.RECEIVER}), turn.now), Moved):
        await _show_standing(turn, circle, MovedOn())
        return
    sure = button("referrals.staff.button.call_off_sure", CallOff(action.referral, sure=True))
    keep = button("referrals.staff.button.keep_appointment", Open(action.referral))
    _show(turn, circle, "referrals.staff.call_off_sure", ((sure,), (keep,)))


@routes.press(Complete)
async def complete(turn: Turn, action: Complete) -> None:
    with_that = partial(rules.complete, outcome=action.outcome)
    completed = await act(turn, action.referral, Side.RECEIVER, Change.COMPLETED, with_that, _show_standing)
    if completed is not None:
        turn.replace("referrals.staff.completed", keyboard=turn.home)


async def _ask_time(turn: Turn, circle: Circle, key: str) -> None:
    """Three suggestions, and room for a typed time."""
    referral = circle.referral
    suggested = times.suggested(turn.now, await turn.hours())
    rows: Keyboard = tuple(
        (button("referrals.staff.button.time", Propose(referral.id, day, hour), when=times.on(day, hour, turn.zone)),)
        for day, hour in suggested
    )
    back = button("referrals.staff.button.back", Open(referral.id))
    _show(turn, circle, key, (*rows, (back,)))
    turn.expect(AskTime(referral.id))


async def _show_opened(turn: Turn, circle: Circle, why: NotNow) -> None:
    """Opened again: the card; of a closed one no more than that it is closed."""
    if circle.referral.state in CLOSED:
        await _show_standing(turn, circle, why)
    else:
        _show(turn, circle, "referrals.staff.card")


async def _show_standing(turn: Turn, circle: Circle, why: NotNow) -> None:
    """What is true now, after a second or a late press. Who it is about is not said: it may be withdrawn unread."""
    match why:
        case InThePast():
            await _ask_time(turn, circle, "referrals.staff.time_over")
        case TooFar():
            await _ask_time(turn, circle, "referrals.staff.time_too_far")
        case MovedOn() | TooEarly():
            turn.replace(
                "referrals.staff.received_now",
                keyboard=screens.receiver_keyboard(circle.referral, turn.now),
                kind=screens.kind_of(circle.referral.kind),
                state=screens.staff_state(circle.referral),
            )
        case never:
            assert_never(never)


def _show(turn: Turn, circle: Circle, key: str, keyboard: Keyboard | None = None) -> None:
    buttons = screens.receiver_keyboard(circle.referral, turn.now) if keyboard is None else keyboard
    turn.replace(
        key,
        keyboard=buttons,
        about=circle.youth.id,
        **screens.facts_of(circle),
        **screens.when_of(circle.referral),
        passed=screens.passed_on(circle.referral.passed_on),
    )
