"""What came of an appointment: each side says it with a button, and who guides the young person finds out the rest."""

from functools import partial

from bot.calendar import at_minute
from bot.programme import store_tasks
from bot.programme.rules import CaseEnded
from bot.programme.tasks import TaskKind
from bot.referrals import rules, saving, screens
from bot.referrals.acts import act, circle_as
from bot.referrals.appointment.chat_times import ask_for_time
from bot.referrals.chat_receiver import show_standing
from bot.referrals.closed import screens_outcome, store_sessions
from bot.referrals.closed.actions_outcome import AskAnother, Complete, GoesOn, Resolve, SayEarlier, SayMine
from bot.referrals.closed.sessions import Session, say_later
from bot.referrals.notices import Change
from bot.referrals.referral import Circle, Side, State
from bot.referrals.rules import Moved, MovedOn, NotNow, TooEarly
from bot.routes import Routes
from bot.turn import Keyboard, Tick, Turn
from bot.words import phrase

routes = Routes()


# --- the receiver -----------------------------------------------------------------------------------------------


@routes.press(AskAnother)
async def ask_another(turn: Turn, action: AskAnother) -> None:
    """It took place: will there be another? The answer is what is kept."""
    circle = await circle_as(turn, action.referral, Side.RECEIVER)
    if circle is None:
        return
    by = frozenset({Side.RECEIVER})
    if action.said not in screens_outcome.TOOK_PLACE or not (
        isinstance(rules.goes_on(circle.referral, by, turn.now, action.said), Moved)
        or isinstance(rules.say(circle.referral, by, turn.now, Side.RECEIVER, action.said), Moved)
    ):
        await show_standing(turn, circle, MovedOn())
        return
    _show(turn, circle, "ask_another", screens_outcome.another_keyboard(circle.referral, action.said))


@routes.press(GoesOn)
async def goes_on(turn: Turn, action: GoesOn) -> None:
    """There will be: the next thing they are asked is a time."""
    that = partial(rules.goes_on, said=action.said)
    heard = await act(turn, action.referral, Side.RECEIVER, Change.GOES_ON, that, show_standing)
    if heard is not None:
        await _answer_receiver(turn, heard, "referrals.staff.goes_on")


@routes.press(Complete)
async def complete(turn: Turn, action: Complete) -> None:
    that = partial(rules.say, side=Side.RECEIVER, said=action.said)
    heard = await act(turn, action.referral, Side.RECEIVER, Change.SAID, that, show_standing)
    if heard is not None:
        await _answer_receiver(turn, heard, "referrals.staff.said_again")


async def _answer_receiver(turn: Turn, circle: Circle, onwards: str) -> None:
    """Where their word has led; it may be changed as long as the other side's is awaited or differs."""
    referral = circle.referral
    if referral.state is State.ACCEPTED:
        await ask_for_time(turn, circle, onwards)
    elif referral.state is State.IN_PROGRESS:
        key = "said_mismatch" if rules.is_mismatch(referral) else "said"
        _show(turn, circle, key, screens_outcome.outcome_keyboard(referral))
    else:
        _show(turn, circle, "said_completed" if referral.state is State.COMPLETED else "said_not_happened")


def _show(turn: Turn, circle: Circle, name: str, keyboard: Keyboard | None = None) -> None:
    turn.replace(
        f"referrals.staff.{name}",
        keyboard=screens.inbox_keyboard() if keyboard is None else keyboard,
        about=circle.youth.id,
        **screens.facts_of(circle),
        **screens.when_of(circle.referral),
    )


# --- the young person -------------------------------------------------------------------------------------------


@routes.press(SayMine)
async def say_mine(turn: Turn, action: SayMine) -> None:
    that = partial(rules.say, side=Side.YOUTH, said=action.said)
    heard = await act(turn, action.referral, Side.YOUTH, Change.SAID, that, _show_youth_standing)
    if heard is None:
        return
    match heard.referral.state:
        case State.IN_PROGRESS:
            _answer_youth(turn, heard, "said_mismatch" if rules.is_mismatch(heard.referral) else "said")
        case State.COMPLETED:
            _answer_youth(turn, heard, "said_completed")
        case State.ACCEPTED:
            _answer_youth(turn, heard, "said_again")
        case _:
            _answer_youth(turn, heard, "said_not_happened")


async def _show_youth_standing(turn: Turn, circle: Circle, why: NotNow) -> None:
    _answer_youth(turn, circle, "said_too_early" if isinstance(why, TooEarly) else "moved_on")


def _answer_youth(turn: Turn, circle: Circle, name: str) -> None:
    turn.replace(
        f"referrals.youth.{name}",
        keyboard=screens.youth_keyboard(circle, turn.now),
        about=circle.youth.id,
        **screens.youth_facts_of(circle),
        **screens.when_of(circle.referral),
    )


@routes.press(SayEarlier)
async def say_earlier(turn: Turn, action: SayEarlier) -> None:
    """A word on an appointment that others have followed: it opens nothing again, but whoever guides them finds out."""
    circle = await circle_as(turn, action.referral, Side.YOUTH)
    if circle is None:
        return
    at = at_minute(action.minute)
    session = None if at is None else await store_sessions.session_at(turn.db, action.referral, at)
    after = MovedOn() if session is None else say_later(session, action.said)
    if session is None or isinstance(after, MovedOn):
        _answer_youth(turn, circle, "moved_on")
    elif await store_sessions.say(turn.db, action.referral, session, after):
        await turn.note("referral.said_earlier", "referral", action.referral)
        await _keep_earlier_task(turn, circle, session, after)
        _answer_youth(turn, circle, "said_earlier")


async def _keep_earlier_task(turn: Turn, circle: Circle, before: Session, after: Session) -> None:
    if after.is_disputed and not before.is_disputed:
        await saving.open_task(turn, circle, TaskKind.EARLIER_MISMATCH)
        if circle.referrer is not None:
            told = phrase("referrals.staff.sender_told.earlier_mismatch", when=after.at, **screens.facts_of(circle))
            keyboard = screens.show_sent_keyboard(circle)
            turn.tell(circle.referrer.id, told, keyboard=keyboard, about=circle.youth.id)
    elif before.is_disputed and not after.is_disputed:
        await saving.finish_task(turn, circle, TaskKind.EARLIER_MISMATCH)


# --- whoever guides the young person ----------------------------------------------------------------------------


@routes.press(Resolve)
async def resolve(turn: Turn, action: Resolve) -> None:
    """They have talked with both: that is how it was."""
    change = Change.COMPLETED if action.took_place else Change.NOT_HAPPENED
    found_out = partial(rules.resolve, took_place=action.took_place)
    resolved = await act(turn, action.referral, Side.REFERRER, change, found_out, _show_sent_standing)
    if resolved is not None:
        _show_sent(turn, resolved, "resolved")


async def _show_sent_standing(turn: Turn, circle: Circle, _why: NotNow) -> None:
    _show_sent(turn, circle, "moved_on")


def _show_sent(turn: Turn, circle: Circle, name: str) -> None:
    turn.replace(
        f"referrals.staff.{name}",
        keyboard=screens.referrer_keyboard(circle),
        about=circle.youth.id,
        **screens.facts_of(circle),
    )


@routes.on(CaseEnded)
async def case_ended(tick: Tick, ended: CaseEnded) -> None:
    """Nobody looks for the truth about an earlier appointment any more."""
    await store_tasks.finish_of_case(tick.db, ended.case_id, TaskKind.EARLIER_MISMATCH, None, tick.now)
