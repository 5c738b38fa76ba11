"""What is known of an invitation's way out at this moment: whom it reaches, how far it is, when it will be done."""

from dataclasses import dataclass

from bot.calendar import Hours
from bot.events import store
from bot.events.event import Event, State
from bot.events.going_out import store_delivered, store_progress
from bot.events.going_out.progress import Counts, begins_again, counted, done_at
from bot.events.going_out.screens_sending import Plan, Reached
from bot.events.going_out.sending import Circumstances, leaves_at
from bot.events.whom import store_audience
from bot.events.whom.reach import Reach
from bot.events.whom.screens_audience import left_out, whom
from bot.turn import Tick


@dataclass(frozen=True, slots=True)
class UnderWay:
    """How far it is; `fewest` is set where single people could be told from the numbers, see `screens_sending`."""

    counts: Counts
    in_flight: int
    plan: Plan
    hours: Hours
    fewest: int | None

    @property
    def can_stop(self) -> bool:
        return self.counts.waiting > self.in_flight


async def reach(tick: Tick, event: Event) -> Reach:
    """Whom it would reach now."""
    return await store_audience.reach(tick.db, store_audience.asking(event, tick.now, tick.settings))


async def reached(tick: Tick, event: Event, found: Reach) -> Reached:
    """The same with who they are."""
    fewest = tick.settings.fewest_shown
    return Reached(found, await whom(tick, event), left_out(found, fewest), fewest)


async def circumstances(tick: Tick) -> Circumstances:
    """The present moment and the rules of the house."""
    settings = tick.settings
    return Circumstances(tick.now, await tick.hours(), settings.four_eyes_above, settings.fewest_shown)


async def before(tick: Tick, event: Event, found: Reach) -> Plan:
    """When it would leave, were it confirmed now, and when all of it would have left."""
    hours = await tick.hours()
    leaves = leaves_at(event, tick.now, hours)
    behind = await _behind(tick, event)
    done = done_at(leaves, behind + found.total, store_delivered.A_SECOND, hours)
    return Plan(tick.now, leaves, done, behind)


async def under_way(tick: Tick, event: Event) -> UnderWay:
    """How far it is, and when the rest will have left."""
    asking = store_audience.asking(event, tick.now, tick.settings)
    not_queued = 0
    if event.state in (State.SENDING, State.STOPPED):
        not_queued = await store_audience.count(tick.db, asking, after=event.cursor)
    delivered = await store_delivered.delivered(tick.db, event.id)
    counts = counted(delivered, not_queued, is_stopped=event.state is State.STOPPED)
    hours = await tick.hours()
    leaves = begins_again(event, tick.now, hours)
    behind = await _behind(tick, event) if counts.waiting else 0
    done = done_at(leaves, behind + counts.waiting, store_delivered.A_SECOND, hours)
    fewest = tick.settings.fewest_shown if asking.narrowed else None
    return UnderWay(counts, delivered.in_flight, Plan(tick.now, leaves, done, behind), hours, fewest)


async def _behind(tick: Tick, event: Event) -> int:
    """How many invitations to other events leave first: those queued, and those of older events not yet queued."""
    queued = await store_progress.ahead(tick.db, event.id)
    others = [one for one in await store.being_sent(tick.db, tick.now) if one.id != event.id]
    if event.state is State.SENDING:
        others = [one for one in others if one.id < event.id]
    asked = [store_audience.asking(one, tick.now, tick.settings) for one in others]
    to_queue = [
        await store_audience.count(tick.db, one, after=other.cursor) for one, other in zip(asked, others, strict=True)
    ]
    return queued + sum(to_queue)
