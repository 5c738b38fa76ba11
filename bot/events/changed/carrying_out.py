"""The moment at which a change of an event holds, whoever had the last word."""

from bot.events import store
from bot.events.calendar import planning, store_reminded
from bot.events.changed import changes, store_changes, store_handed
from bot.events.changed.changes import Part, Told
from bot.events.event import Event
from bot.events.going_out import store_delivered
from bot.events.places import seats
from bot.events.sessions import store_series
from bot.turn import Turn


async def carry_out(turn: Turn, event: Event, new: Told, handed: int | None = None) -> bool:
    """From here on nobody hears the old state: what waits of it is taken back, and everybody is told the new one.

    `handed` is the number of the change where its author handed it over; without it, it is what this person wrote. True
    for the one press that changed the event.
    """
    if not await store_changes.change(turn.db, event, new, turn.now):
        return False
    await store_changes.overtake(turn.db, event.id, turn.now)
    await _begin_telling(turn, event, new, handed)
    await turn.note("event.changed", "event", event.id)
    for one in await store_series.sessions(turn.db, event) or [event]:  # an invitation that waits names all of them
        await store_changes.invite_anew(turn.db, one.id)
    await store_delivered.stop_reminders(turn.db, event.id, turn.now)
    after = await store.event(turn.db, event.id)
    if after is not None and {Part.STARTS, Part.ENDS} & set(new):
        if Part.STARTS in new:
            await store_reminded.begin_anew(turn.db, event.id)
        await planning.plan(turn, after)
    await seats.settle(turn, event.id)
    return True


async def _begin_telling(turn: Turn, event: Event, new: Told, handed: int | None) -> None:
    was: Told = {part: old for part, (old, _) in changes.difference(event, new).items() if part is not Part.NOTE}
    kind, before, now = changes.kind_of(new), changes.as_json(was), changes.as_json(new)
    sequence = event.sequence + 1
    if handed is not None:
        begun = await store_handed.begin_telling(turn.db, handed, kind, before, now, turn.now, sequence=sequence)
        assert begun
        return
    await store_changes.drop_draft(turn.db, event.id, turn.person.id)
    await store_changes.add(turn.db, event.id, kind, before, now, turn.person.id, turn.now, sequence=sequence)
