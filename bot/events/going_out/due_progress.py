"""Keeps the message up to date that counts while an invitation goes out."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.events import rules
from bot.events.changed import screens_changes
from bot.events.event import NEVER_SENT, Event, State
from bot.events.going_out import progress, screens_sending, sending_plan, store_delivered, store_progress
from bot.events.going_out.progress import Counts, Shown
from bot.events.going_out.sending_plan import UnderWay
from bot.events.going_out.store_progress import Progress
from bot.people import store as people
from bot.routes import Routes
from bot.turn import Keyboard, Message, Priority, Tick
from bot.words import Phrase

routes = Routes()

USEFUL_FOR: Final = timedelta(minutes=1)
"""Older counts than this are not shown any more: newer ones follow."""


@routes.at_tick(store_progress.DUE)
async def count(tick: Tick) -> bool:
    """The counts of one invitation that goes out, where they are not those that stand in its author's chat already."""
    found = await store_progress.next_due(tick.db, tick.now)
    if found is None:
        return False
    event = found.event
    is_told = found.message is not None or found.on_its_way
    author = None if event.created_by is None else await people.person(tick.db, event.created_by)
    runs_it = author is not None and rules.may_run(author, event)  # who lost the role hears no more of it
    if event.state in NEVER_SENT or event.created_by is None or not is_told or not runs_it:
        await store_progress.keep(tick.db, event.id, None, None)
        return True
    if event.state is State.STOPPED:  # what was in the gate's hands may have been put back
        await store_delivered.stop_waiting(tick.db, event.id, tick.now)
    way = await sending_plan.under_way(tick, event)
    shown, counts = progress.shown_from(found.shown), told(way)
    news = shown is None or not shown.says(event.state, counts)
    if news and event.state is not State.STOPPED and way.plan.leaves > tick.now:  # it can be read in the morning
        await store_progress.keep(tick.db, event.id, found.shown, way.plan.leaves + progress.LOOKS_AT_LEAST)
        return True
    if news and not found.on_its_way:
        shown = Shown(event.state, counts, tick.now)
        tick.said.append(_said(tick, found, event.created_by, way))
    rested = (found.due_at or tick.now) - (tick.now if shown is None else shown.since)
    again = progress.next_look(event, way.counts, now=tick.now, rested=rested, done=way.plan.done, hours=way.hours)
    if found.on_its_way and again is None:
        again = tick.now + progress.LOOKS_AT_LEAST
    await store_progress.keep(tick.db, event.id, kept(shown, way), again)
    return True


def kept(shown: Shown | None, way: UnderWay) -> str | None:
    """What is kept of it: it has not rested while nothing could leave."""
    return None if shown is None else replace(shown, since=max(shown.since, way.plan.leaves)).kept()


def told(way: UnderWay) -> Counts:
    """The counts as they are told: where single people could be told from them, rounded down."""
    return way.counts if way.fewest is None else way.counts.rounded(way.fewest)


def said(event: Event, way: UnderWay) -> tuple[Phrase, Keyboard]:
    """What the message says."""
    state = screens_sending.state_line(event, way.counts, way.in_flight, way.plan, way.hours)
    if event.state is State.STOPPED:
        is_over = event.last_answer <= way.plan.now
        page = screens_sending.stopped(event, way.counts, way.in_flight, way.fewest)
        return page, screens_sending.stopped_keyboard(
            event, (screens_changes.correction_row(event.id),), is_over=is_over
        )
    can_stop = event.state in (State.SENDING, State.SENT) and way.can_stop
    page = screens_sending.progress(event, state, way.counts, way.fewest)
    return page, screens_sending.progress_keyboard(event, can_stop=can_stop)


def _said(tick: Tick, found: Progress, author: int, way: UnderWay) -> Message:
    page, keyboard = said(found.event, way)
    return Message(
        author,
        page,
        keyboard,
        Priority.NOTICE,
        edits=found.message,
        at_night=True,  # nobody hears an edit
        expires_at=tick.now + USEFUL_FOR,
        once=store_progress.occasion(found.event.id, tick.now),
    )
