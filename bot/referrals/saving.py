"""Saving a referral, with what goes along by itself: the words of the appointment, a mismatch's task, the window."""

from bot.programme import store_tasks
from bot.programme.tasks import Audience, TaskKind
from bot.referrals import rules, store
from bot.referrals.closed import store_sessions
from bot.referrals.referral import Circle, Referral, State
from bot.referrals.rules import Words
from bot.referrals.together import store_windows, window_ends
from bot.referrals.together.window_ends import Why
from bot.referrals.together.windows import is_taken
from bot.turn import Tick, Turn


async def save(tick: Tick, before: Circle, after: Referral, words: Words | None = None) -> bool:
    """True for the one caller who found the referral as `before` has it; for everybody else nothing is written."""
    if not await store.save(tick.db, before.referral, after):
        return False
    if words is not None:
        await store_sessions.keep(tick.db, after.id, words)
    await _keep_task(tick, before, after)
    await _keep_window(tick, before, after)
    return True


async def _keep_task(tick: Tick, before: Circle, after: Referral) -> None:
    """A mismatch is a task from the moment it is one until it is none any more, whatever ends it."""
    was, is_now = rules.is_mismatch(before.referral), rules.is_mismatch(after)
    if is_now and not was:
        await open_task(tick, before, TaskKind.MISMATCH)
    elif was and not is_now:
        await finish_task(tick, before, TaskKind.MISMATCH)


async def _keep_window(tick: Tick, before: Circle, after: Referral) -> None:
    """A window for three closes with the referral it was for; of one that was taken back nothing more is passed on, not
    even what was written before and waits for the morning."""
    if after.state is State.CANCELLED:
        await store_windows.forget_unsaid_of(tick.db, after.id)
    if is_taken(before.referral) and not is_taken(after):
        window = await store_windows.running(tick.db, after.id)
        if window is not None:
            await window_ends.end(tick, before, window, Why.ENDED)


async def open_task(tick: Tick, circle: Circle, kind: TaskKind) -> None:
    """For the mentor; for the leads where there is none, or where it was asked for apart from them."""
    apart = circle.referral.without_mentor or circle.case.mentor_id is None
    audience = Audience.LEAD if apart else Audience.MENTOR
    await store_tasks.open_task(tick.db, circle.case.id, audience, kind, tick.now, subject_id=circle.referral.id)


async def finish_task(tick: Tick, circle: Circle, kind: TaskKind) -> None:
    by = tick.person.id if isinstance(tick, Turn) else None
    await store_tasks.finish_of_subject(tick.db, kind, circle.referral.id, by, tick.now)
