"""Networks that an invitation is for: whoever answers for it has to run them at the moment it goes out."""

from bot.events import store
from bot.events.event import Event
from bot.events.going_out import store_approvals, store_progress
from bot.events.going_out.screens_sending import written
from bot.events.going_out.sending import digest
from bot.events.sessions import store_series
from bot.events.whom import store_choices
from bot.events.writing.actions_writing import Ask
from bot.events.writing.drafts import Step
from bot.people import store as people
from bot.roles import Person
from bot.turn import Tick, button
from bot.words import phrase


async def of_others(tick: Tick, event: Event, *also: Person | None) -> list[str]:
    """What those of them are called that neither its author nor anybody of `also` may address now."""
    if not event.audience.networks:
        return []
    return await store_choices.out_of_reach(
        tick.db, event.audience.networks, await _known(tick, event.created_by), *also
    )


async def put_back(tick: Tick, event: Event) -> bool:
    """Whether what was to go out by now is for networks of others, and so did not: it is a draft again, and its author
    hears why. A second coordinator's yes to just this stands for theirs."""
    approval = await store_approvals.approval(tick.db, event.id)
    said_yes = await store_approvals.approved(tick.db, event.id) == digest(event)
    second = await _known(tick, approval.decided_by) if approval is not None and said_yes else None
    names = await of_others(tick, event, second)
    if not names:
        return False
    if event.created_by is None:
        await store.stop(tick.db, event.id)
    elif await store.put_back(tick.db, event.id):
        await store_series.take_back_others(tick.db, event)
        await store_progress.keep(tick.db, event.id, None, None)
        what = phrase("events.staff.networks_lost", title=event.title, names=written(names))
        tick.tell(
            event.created_by, what, keyboard=((button("events.staff.button.go_on", Ask(event.id, Step.AUDIENCE)),),)
        )
    await tick.record("event.put_back", subject="event", subject_id=event.id)
    return True


async def _known(tick: Tick, person_id: int | None) -> Person | None:
    return None if person_id is None else await people.person(tick.db, person_id)
