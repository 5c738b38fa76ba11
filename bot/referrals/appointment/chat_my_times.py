"""The young person's side of an appointment: choose a time, offer others, say that one cannot come."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from bot.people.own_clock import own_zone
from bot.people.screens import with_help
from bot.programme import cards
from bot.referrals import rules, screens, store
from bot.referrals.actions import ChooseTime, ShowMine
from bot.referrals.acts import act, circle_as
from bot.referrals.appointment import screens_times, times
from bot.referrals.appointment.actions_times import CannotCome, MyTimes, SendMyTimes
from bot.referrals.chat_youth import show, show_standing
from bot.referrals.notices import Change
from bot.referrals.referral import MOST_TIMES, Choice, Circle, Side, State
from bot.referrals.rules import InThePast, Moved, MovedOn, NotNow, TooFar
from bot.routes import Routes
from bot.turn import Turn, button

routes = Routes()

_CHANGE = {Choice.YES: Change.APPOINTED, Choice.ANOTHER: Change.ANOTHER_TIME, Choice.NO: Change.WITHDRAWN}


@routes.press(ChooseTime)
async def choose_time(turn: Turn, action: ChooseTime) -> None:
    """One of the times, none of them, or nothing of it any more; who wants another may say which at once."""
    answer = partial(rules.choose, side=Side.YOUTH, minute=action.minute, choice=action.choice)
    answered = await act(turn, action.referral, Side.YOUTH, _CHANGE[action.choice], answer, _explain)
    if answered is None:
        return
    match action.choice:
        case Choice.YES:
            show(turn, answered, "referrals.youth.time_agreed")
            await _say_what_else_is_then(turn, answered)
        case Choice.NO:
            show(turn, answered, "referrals.youth.withdrawn_read")
        case Choice.ANOTHER:
            await _ask(turn, answered, "referrals.youth.time_another")


async def _say_what_else_is_then(turn: Turn, agreed: Circle) -> None:
    """Two at once is theirs to decide, but they should know; each can be given up with one tap."""
    at = agreed.referral.meeting.at
    for other in await store.of_youth(turn.db, turn.person.id):
        then = other.referral.meeting.at
        is_other = other.referral.id != agreed.referral.id
        if at is not None and then is not None and is_other and rules.meet_at_once(other.referral, at):
            receiver = screens.receiver_of(other)
            one = button("referrals.youth.button.one", ShowMine(other.referral.id), receiver=cards.shortened(receiver))
            turn.say("referrals.youth.time_twice", keyboard=with_help(((one,),)), receiver=receiver, when=then)


# --- offering times ---------------------------------------------------------------------------------------------


@routes.press(MyTimes)
async def my_times(turn: Turn, action: MyTimes) -> None:
    """What is chosen so far, and what may be put in or taken out."""
    await _ask_again(turn, action, "referrals.youth.my_times", _chosen(turn, action))


@routes.text(MyTimes)
async def my_time_typed(turn: Turn, action: MyTimes, text: str) -> None:
    """One more time, by the clock of whoever types it; what cannot be offered is asked for again, nothing is lost."""
    chosen = _chosen(turn, action)
    read = times.with_typed(text, chosen, turn.now, own_zone(turn, turn.person))
    if isinstance(read, times.Refused):
        await _ask_again(turn, action, f"referrals.youth.times_{read.value}", chosen)
    else:
        await _ask_again(turn, action, "referrals.youth.my_times", read)


@routes.press(SendMyTimes)
async def send_my_times(turn: Turn, action: SendMyTimes) -> None:
    """The receiver is asked which of them suits; what went by meanwhile is left out."""
    chosen = _chosen(turn, action)
    if not chosen:
        await _ask_again(turn, MyTimes(action.referral), "referrals.youth.times_over", chosen)
        return
    those = partial(rules.propose, side=Side.YOUTH, times=chosen)
    proposed = await act(turn, action.referral, Side.YOUTH, Change.PROPOSED, those, _explain)
    if proposed is not None:
        show(turn, proposed, "referrals.youth.my_times_sent")


def _chosen(turn: Turn, action: MyTimes | SendMyTimes) -> Sequence[datetime]:
    return times.picked((action.first, action.second, action.third), turn.now)


async def _ask_again(turn: Turn, action: MyTimes, key: str, chosen: Sequence[datetime]) -> None:
    """Ask for times in these words, where one is looked for."""
    circle = await circle_as(turn, action.referral, Side.YOUTH)
    if circle is None:
        return
    if circle.referral.state is State.ACCEPTED:
        await _ask(turn, circle, key, chosen)
    else:
        await show_standing(turn, circle, MovedOn())


async def _ask(turn: Turn, circle: Circle, key: str, chosen: Sequence[datetime] = ()) -> None:
    """Suggestions to choose from, and room for a typed time."""
    suggested = times.suggested(turn.now, await turn.hours())
    rows = screens_times.youth_times(circle.referral, chosen, suggested)
    turn.replace(
        key,
        keyboard=with_help((*rows, (screens.mine_button(),))),
        about=circle.youth.id,
        most=MOST_TIMES,
        **screens.youth_facts_of(circle),
    )
    turn.expect(MyTimes(circle.referral.id, *screens_times.packed(chosen)))


# --- not being able to come ---------------------------------------------------------------------------------------


@routes.press(CannotCome)
async def cannot_come(turn: Turn, action: CannotCome) -> None:
    """Nothing to explain: the other side learns it, and they may say at once when they could."""
    if not action.sure:
        await _ask_whether_sure(turn, action)
        return
    not_then = partial(rules.call_off, side=Side.YOUTH)
    called_off = await act(turn, action.referral, Side.YOUTH, Change.CALLED_OFF, not_then, _explain)
    if called_off is not None:
        await _ask(turn, called_off, "referrals.youth.called_off")


async def _ask_whether_sure(turn: Turn, action: CannotCome) -> None:
    circle = await circle_as(turn, action.referral, Side.YOUTH)
    if circle is None:
        return
    if not isinstance(rules.call_off(circle.referral, frozenset({Side.YOUTH}), turn.now, Side.YOUTH), Moved):
        await show_standing(turn, circle, MovedOn())
        return
    sure = button("referrals.youth.button.cannot_come_sure", CannotCome(action.referral, sure=True))
    keep = button("referrals.youth.button.keep_time", ShowMine(action.referral))
    show(turn, circle, "referrals.youth.cannot_come_sure", with_help(((sure,), (keep,))))


async def _explain(turn: Turn, circle: Circle, why: NotNow) -> None:
    if isinstance(why, InThePast | TooFar):
        show(turn, circle, "referrals.youth.time_over")
    else:
        await show_standing(turn, circle, why)
