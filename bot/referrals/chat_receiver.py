"""The receiver's side: the list, opening one, declining with a reason; taking one and its times are `chat_times`."""

from functools import partial

from bot.directory.actions_register import ShowFull
from bot.referrals import lists, rules, screens, store, store_shown
from bot.referrals.actions import (
    AskReason,
    DeclineFor,
    Inbox,
    Open,
    Sent,
)
from bot.referrals.acts import act, circle_as
from bot.referrals.agreed.delivering import Withheld, text_for
from bot.referrals.notices import Change
from bot.referrals.referral import CLOSED, Circle, Decline, Side, State
from bot.referrals.rules import MovedOn, NotNow
from bot.roles import Role
from bot.routes import Routes
from bot.turn import Keyboard, Turn, button
from bot.words import Fact, Lines

routes = Routes()
routes.offer({Role.SPECIALIST, Role.PARTNER}, 40, button("referrals.staff.button.inbox", Inbox()))

_MAY_DECLINE = (State.RECEIVED, State.ACCEPTED)


@routes.press(Inbox)
async def inbox(turn: Turn, action: Inbox) -> None:
    """What is addressed to them: overdue first, then by what is next."""
    addressed = await store.addressed_to(turn.db, turn.person.id)
    theirs = [one for one in addressed if Side.RECEIVER in rules.sides(turn.person, one.referral, one.case)]
    found = sorted(theirs, key=lambda one: lists.rank(one.referral, turn.now))
    here = screens.page_of(found, action.page)
    closed = await lists.closed_received(turn)
    if not here:
        turn.replace("referrals.staff.none_received", keyboard=(*lists.closed_received_rows(closed), *turn.home))
        return
    numbered = list(enumerate(here, max(action.page, 0) * screens.A_PAGE + 1))
    rows: Keyboard = tuple(
        (button("referrals.staff.button.one_received", Open(one.referral.id), number=number),)
        for number, one in numbered
    )
    if screens.has_more(found, action.page):
        rows = (*rows, (button("referrals.staff.button.more", Inbox(action.page + 1)),))
    rows = (*rows, *lists.closed_received_rows(closed))
    if turn.person.roles & {Role.MENTOR, Role.LEAD}:
        rows = (*rows, (button("referrals.staff.button.sent", Sent()),))
    lines = tuple(screens.received_line(one, number) for number, one in numbered)
    turn.replace("referrals.staff.received", keyboard=rows, lines=Lines(lines))


@routes.press(Open)
async def open_it(turn: Turn, action: Open) -> None:
    """The card; the first press on it is recorded as received."""
    opened = await act(turn, action.referral, Side.RECEIVER, Change.RECEIVED, rules.receive, _show_opened)
    if opened is not None:
        await _show_card(turn, opened)


@routes.press(AskReason)
async def ask_reason(turn: Turn, action: AskReason) -> None:
    circle = await circle_as(turn, action.referral, Side.RECEIVER)
    if circle is None:
        return
    if circle.referral.state not in _MAY_DECLINE:
        await show_standing(turn, circle, MovedOn())
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
    declined = await act(turn, action.referral, Side.RECEIVER, Change.DECLINED, for_that, show_standing)
    if declined is not None:
        is_full = action.reason is Decline.NO_CAPACITY and turn.person.may(ShowFull.tag)
        pause = ((button("directory.staff.button.fullness", ShowFull()),),) if is_full else ()
        turn.replace("referrals.staff.declined", keyboard=(*pause, *turn.home))


async def _show_opened(turn: Turn, circle: Circle, why: NotNow) -> None:
    """Opened again: the card; of a closed one no more than that it is closed."""
    if circle.referral.state in CLOSED:
        await show_standing(turn, circle, why)
    else:
        await _show_card(turn, circle)


async def _show_card(turn: Turn, circle: Circle) -> None:
    """What was agreed to be passed on; where no yes stands any more, no more than that it is over."""
    match await text_for(turn.db, circle):
        case str(text):
            overridden = circle.referral.override_reason is not None
            _show(turn, circle, store_shown.OVERRIDDEN if overridden else store_shown.CARD, passed=text)
        case Withheld():
            await show_standing(turn, circle, MovedOn())


async def show_standing(turn: Turn, circle: Circle, _why: NotNow) -> None:
    """What is true now, after a second or a late press. Who it is about is not said: it may be withdrawn unread."""
    turn.replace(
        "referrals.staff.received_now",
        keyboard=screens.receiver_keyboard(circle.referral, turn.now),
        kind=screens.kind_of(circle.referral.kind),
        state=screens.staff_state(circle.referral),
    )


def _show(turn: Turn, circle: Circle, key: str, keyboard: Keyboard | None = None, **facts: Fact) -> None:
    buttons = screens.receiver_keyboard(circle.referral, turn.now) if keyboard is None else keyboard
    turn.replace(
        key,
        keyboard=buttons,
        about=circle.youth.id,
        **screens.facts_of(circle),
        **screens.when_of(circle.referral),
        **facts,
    )
