"""What happens at the moment at which an invitation begins to go out, whoever had the last word."""

from bot.events import store
from bot.events.calendar import planning
from bot.events.going_out import due_progress, progress, sending_plan, store_progress
from bot.events.going_out.progress import Shown
from bot.events.sessions import store_series
from bot.turn import Message, Priority, Turn
from bot.words import Lines, Phrase, phrase


async def set_out(turn: Turn, event_id: int, news: Phrase | None = None) -> None:
    """Plan its reminders, and let a message in its author's chat count from now on: the one they pressed, or a new one
    with the `news` of who else pressed."""
    event = await store.event(turn.db, event_id)
    assert event is not None
    await planning.plan(turn, event)
    for one in await store_series.send_others(turn.db, event, turn.now):
        await planning.plan(turn, one)
    way = await sending_plan.under_way(turn, event)
    page, keyboard = due_progress.said(event, way)
    shown = due_progress.kept(Shown(event.state, due_progress.told(way), turn.now), way)
    at = turn.now + progress.LOOKS_AT_LEAST
    if event.created_by is None:
        return
    if event.created_by == turn.person.id:
        await store_progress.begin(turn.db, event.id, turn.pressed, shown, at)
        turn.replace_with(page, keyboard)
        return
    await store_progress.begin(turn.db, event.id, None, shown, at)
    if news is not None:
        page = phrase("events.any.lines", lines=Lines((phrase("events.any.paragraph", part=news), page)))
    turn.said.append(
        Message(
            event.created_by,
            page,
            keyboard,
            Priority.NOTICE,
            once=store_progress.occasion(event.id, turn.now),
        )
    )
