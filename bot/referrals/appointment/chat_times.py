"""The receiver's side of an appointment: take the referral, offer times or take one, say that one cannot."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import assert_never

from bot.people.own_clock import own_zone
from bot.referrals import rules, screens
from bot.referrals.actions import Accept, AskTime, CallOff, Open
from bot.referrals.acts import act, circle_as
from bot.referrals.appointment import screens_times, times
from bot.referrals.appointment.actions_times import SendTimes, TakeTime
from bot.referrals.appointment.chat_describe import show_describing
from bot.referrals.chat_receiver import show_standing
from bot.referrals.notices import Change
from bot.referrals.referral import MOST_TIMES, Choice, Circle, Side, State
from bot.referrals.rules import InThePast, Moved, MovedOn, NotNow, TooEarly, TooFar
from bot.routes import Routes
from bot.turn import Keyboard, Turn, button

routes = Routes()

_MAY_PROPOSE = (State.RECEIVED, State.ACCEPTED, State.IN_PROGRESS)


@routes.press(Accept)
async def accept(turn: Turn, action: Accept) -> None:
    """Taken; the next thing they are asked is a time."""
    accepted = await act(turn, action.referral, Side.RECEIVER, Change.ACCEPTED, rules.accept, show_standing)
    if accepted is not None:
        await ask_for_time(turn, accepted, "referrals.staff.accepted")


# --- offering times ---------------------------------------------------------------------------------------------


@routes.press(AskTime)
async def ask_time(turn: Turn, action: AskTime) -> None:
    """What is chosen so far, and what may be put in or taken out."""
    await _ask_again(turn, action, "referrals.staff.ask_time", _chosen(turn, action))


@routes.text(AskTime)
async def time_typed(turn: Turn, action: AskTime, text: str) -> None:
    """One more time, by the clock of whoever types it; what cannot be offered is asked for again, nothing is lost."""
    chosen = _chosen(turn, action)
    read = times.with_typed(text, chosen, turn.now, own_zone(turn, turn.person))
    if isinstance(read, times.Refused):
        await _ask_again(turn, action, f"referrals.staff.times_{read.value}", chosen)
    else:
        await _ask_again(turn, action, "referrals.staff.ask_time", read)


@routes.press(SendTimes)
async def send(turn: Turn, action: SendTimes) -> None:
    """The young person is asked which of them suits; what went by meanwhile is left out."""
    chosen = _chosen(turn, action)
    if not chosen:
        await _ask_again(turn, AskTime(action.referral), "referrals.staff.times_over", chosen)
        return
    those = partial(rules.propose, side=Side.RECEIVER, times=chosen)
    proposed = await act(turn, action.referral, Side.RECEIVER, Change.PROPOSED, those, _explain)
    if proposed is not None:
        _show(turn, proposed, "referrals.staff.proposed")


def _chosen(turn: Turn, action: AskTime | SendTimes) -> Sequence[datetime]:
    return times.picked((action.first, action.second, action.third), turn.now)


async def _ask_again(turn: Turn, action: AskTime, key: str, chosen: Sequence[datetime]) -> None:
    """Ask for times in these words, where some may still be proposed."""
    circle = await circle_as(turn, action.referral, Side.RECEIVER)
    if circle is None:
        return
    if circle.referral.state in _MAY_PROPOSE and not rules.has_begun(circle.referral, turn.now):
        await ask_for_time(turn, circle, key, chosen)
    else:
        await show_standing(turn, circle, MovedOn())


async def ask_for_time(turn: Turn, circle: Circle, key: str, chosen: Sequence[datetime] = ()) -> None:
    """Suggestions to choose from, and room for a typed time."""
    suggested = times.suggested(turn.now, await turn.hours())
    _show(turn, circle, key, screens_times.receiver_times(circle.referral, chosen, suggested))
    turn.expect(AskTime(circle.referral.id, *screens_times.packed(chosen)))


# --- taking one, and not being able to ----------------------------------------------------------------------------


@routes.press(TakeTime)
async def take(turn: Turn, action: TakeTime) -> None:
    """One of the times that the young person proposed; the next thing they are asked is where."""
    that = partial(rules.choose, side=Side.RECEIVER, minute=action.minute, choice=Choice.YES)
    taken = await act(turn, action.referral, Side.RECEIVER, Change.APPOINTED, that, _explain)
    if taken is not None:
        await show_describing(turn, taken, "referrals.staff.time_taken", taken.referral.meeting)


@routes.press(CallOff)
async def call_off(turn: Turn, action: CallOff) -> None:
    """They cannot make the agreed time: everybody is told, and the next thing they are asked is another one."""
    if not action.sure:
        await _ask_whether_sure(turn, action)
        return
    not_then = partial(rules.call_off, side=Side.RECEIVER)
    called_off = await act(turn, action.referral, Side.RECEIVER, Change.CALLED_OFF, not_then, _explain)
    if called_off is not None:
        await ask_for_time(turn, called_off, "referrals.staff.called_off")


async def _ask_whether_sure(turn: Turn, action: CallOff) -> None:
    circle = await circle_as(turn, action.referral, Side.RECEIVER)
    if circle is None:
        return
    receiver = frozenset({Side.RECEIVER})
    if not isinstance(rules.call_off(circle.referral, receiver, turn.now, Side.RECEIVER), Moved):
        await show_standing(turn, circle, MovedOn())
        return
    sure = button("referrals.staff.button.call_off_sure", CallOff(action.referral, sure=True))
    keep = button("referrals.staff.button.keep_appointment", Open(action.referral))
    _show(turn, circle, "referrals.staff.call_off_sure", ((sure,), (keep,)))


async def _explain(turn: Turn, circle: Circle, why: NotNow) -> None:
    match why:
        case InThePast():
            await ask_for_time(turn, circle, "referrals.staff.times_over")
        case TooFar():
            await ask_for_time(turn, circle, "referrals.staff.times_too_far")
        case MovedOn() | TooEarly():
            await show_standing(turn, circle, why)
        case never:
            assert_never(never)


def _show(turn: Turn, circle: Circle, key: str, keyboard: Keyboard | None = None) -> None:
    turn.replace(
        key,
        keyboard=screens.receiver_keyboard(circle.referral, turn.now) if keyboard is None else keyboard,
        about=circle.youth.id,
        most=MOST_TIMES,
        **screens.facts_of(circle),
        **screens.when_of(circle.referral),
    )
