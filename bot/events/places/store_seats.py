"""Who has a place at an event, who waits for one, and to whom one is offered: the seats, in rows."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import and_, case, delete, exists, func, not_, or_, select, true, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.delivery.packing import State as Sending
from bot.events.audience import Group
from bot.events.event import Event, Invitation, Reply, Seat, State, Terms
from bot.events.kept import terms_as_json
from bot.events.places.places import TAKEN, Changed, Claim, Places, free
from bot.events.sessions.series import Series
from bot.events.signup.signing import Numbers, has_limits
from bot.events.whom.store_sparing import IN_CARE, agreed, barred
from bot.storage.columns import NOW
from bot.storage.tables import cases, event_series, events, grants, invitations, outbox, people, screenings

COMES: Final = and_(invitations.c.answer == Reply.YES.value, invitations.c.seat == Seat.HELD.value)
"""Those who come: they said yes and have a place; who waits for one or was offered one does not come yet."""

OFFERS_LAPSED: Final = select(invitations.c.id).where(invitations.c.offer_until <= NOW)

_IS_STAFF: Final = exists().where(grants.c.person_id == invitations.c.person_id)
_CANNOT: Final = or_(people.c.unreachable_at.is_not(None), barred(NOW), IN_CARE, not_(or_(agreed(), _IS_STAFF)))
_REACHABLE: Final = case(
    (invitations.c.seat == Seat.HELD.value, 1),  # an offer is for those who wait
    (_CANNOT, 0),
    else_=1,
)
"""Whoever blocked the bot, is barred or has asked for help is passed over while that lasts, and keeps their turn."""


# --- the places ---------------------------------------------------------------------------------------------------


async def places(db: AsyncConnection, event: Event, now: datetime, of: int | None = None) -> Places:
    """All places of the event at that moment; without limits those who hold one take it from nobody, and only person
    `of` is among it.

    Whoever changes them does so in the same transaction, which holds the database's one write lock.
    """
    mine = and_(invitations.c.event_id == event.id, invitations.c.seat.is_not(None))
    if not has_limits(event.terms):
        mine = and_(mine, or_(invitations.c.seat != Seat.HELD.value, invitations.c.person_id == of))
    rows = await db.execute(
        select(
            invitations.c.person_id,
            invitations.c.seat,
            invitations.c.audience_group,
            invitations.c.queued_at,
            invitations.c.offer_until,
            _REACHABLE.label("reachable"),
        )
        .join(people, people.c.id == invitations.c.person_id)
        .where(mine),
        {"now": now},
    )
    return Places(event.terms.capacity, event.terms.quotas, {row.person_id: _claim(row) for row in rows})


def _claim(row: Any) -> Claim:
    return Claim(
        row.person_id,
        Seat(row.seat),
        Group(row.audience_group) if row.audience_group else None,
        row.queued_at,
        row.offer_until,
        bool(row.reachable),
    )


async def look(db: AsyncConnection, event: Event, person_id: int, invitation: Invitation) -> tuple[int, bool]:
    """This person's position in the waiting list, or the one they would get, and whether there is room for them: what
    `Places` says of it, without loading everybody."""
    mine = and_(invitations.c.event_id == event.id, invitations.c.seat.is_not(None))
    taken = invitations.c.seat.in_([one.value for one in TAKEN])
    waits = invitations.c.seat == Seat.WAITING.value
    group = None if invitation.group is None else invitation.group.value
    since = invitation.queued_at if invitation.seat is Seat.WAITING else None
    is_ahead = (
        true() if since is None else tuple_(invitations.c.queued_at, invitations.c.person_id) < (since, person_id)
    )
    row = (
        await db.execute(
            select(
                func.count(case((taken, 1))).label("taken"),
                func.count(case((and_(taken, invitations.c.audience_group == group), 1))).label("by_group"),
                func.count(case((and_(waits, is_ahead), 1))).label("ahead"),
            ).where(mine)
        )
    ).one()
    terms = event.terms
    room = free(terms.capacity, terms.quotas, invitation.group, row.taken, row.by_group)
    return row.ahead + 1, room != 0


class Overtaken(Exception):
    """A seat was not as it had been read: somebody else changed it meanwhile, and nothing of this may be kept."""


async def save(db: AsyncConnection, event_id: int, changed: Iterable[Changed]) -> None:
    """Bring the rows to where the move led; raises Overtaken where one is no longer as it was."""
    for one in changed:
        was = invitations.c.seat.is_(None) if one.before is None else invitations.c.seat == one.before.seat.value
        saved = await db.execute(
            update(invitations)
            .where(invitations.c.event_id == event_id, invitations.c.person_id == one.person, was)
            .values(
                {"seat": None, "queued_at": None, "offer_until": None}
                if one.after is None
                else {
                    "seat": one.after.seat.value,
                    "queued_at": one.after.since,
                    "offer_until": one.after.until,
                    "audience_group": one.after.group.value if one.after.group else None,
                }
            )
        )
        if saved.rowcount != 1:
            raise Overtaken(f"event {event_id}")


async def forget_answer(db: AsyncConnection, event_id: int, person_ids: Collection[int]) -> None:
    """Their offer lapsed: whether they still want to come nobody knows."""
    mine = and_(invitations.c.event_id == event_id, invitations.c.person_id.in_(person_ids))
    await db.execute(update(invitations).where(mine).values(answer=None, answered_at=None, answered_sequence=None))


async def staff_among(db: AsyncConnection, person_ids: Collection[int]) -> frozenset[int]:
    """Which of these people are staff, and are written to formally."""
    found = select(grants.c.person_id).where(grants.c.person_id.in_(person_ids))
    return frozenset(await db.scalars(found))


async def with_lapsed_offers(db: AsyncConnection, now: datetime, limit: int) -> list[int]:
    """Events in which an offer has run out."""
    found = select(invitations.c.event_id).where(invitations.c.offer_until <= now).distinct().limit(limit)
    return list(await db.scalars(found.order_by(invitations.c.event_id)))


async def with_claims_of(db: AsyncConnection, person_id: int, *seats: Seat) -> list[int]:
    """Events that lie ahead or go on in which this person has such a seat."""
    found = select(invitations.c.event_id).where(
        invitations.c.person_id == person_id, invitations.c.seat.in_([one.value for one in seats])
    )
    return list(await db.scalars(found.order_by(invitations.c.event_id)))


async def other_sessions(db: AsyncConnection, event: Event, person_id: int) -> list[tuple[int, Seat]]:
    """In which other sessions of the same series this person has a place, an offer, or waits."""
    if event.series_id is None:
        return []
    rows = await db.execute(
        select(invitations.c.event_id, invitations.c.seat)
        .join(events, events.c.id == invitations.c.event_id)
        .join(event_series, event_series.c.id == events.c.series_id)
        .where(
            event_series.c.id == event.series_id,
            event_series.c.kind == Series.SESSIONS.value,
            events.c.id != event.id,
            events.c.state.not_in([State.CANCELLING.value, State.CANCELLED.value]),
            invitations.c.person_id == person_id,
            invitations.c.seat.is_not(None),
        )
        .order_by(events.c.starts_at, events.c.id)
    )
    return [(row.event_id, Seat(row.seat)) for row in rows]


async def coming_since(db: AsyncConnection, event_id: int) -> dict[int, int]:
    """How many of those who come gave their answer to which state of the event, by its `sequence`."""
    known = func.coalesce(invitations.c.answered_sequence, 0)
    query = select(known.label("known"), func.count().label("people")).where(invitations.c.event_id == event_id, COMES)
    return {row.known: row.people for row in await db.execute(query.group_by(known))}


async def set_terms(db: AsyncConnection, event: Event, terms: Terms) -> None:
    """From now on there are so many places."""
    await db.execute(update(events).where(events.c.id == event.id).values(terms=terms_as_json(terms)))


# --- who wants to come ----------------------------------------------------------------------------------------------


async def told_age(db: AsyncConnection, person_id: int) -> str | None:
    """The band of the age that this young person told last, in their case or in the questions; None: they never did."""
    of_case = select(cases.c.age_band).where(cases.c.youth_id == person_id).order_by(cases.c.id.desc()).limit(1)
    if (band := await db.scalar(of_case)) is not None:
        return str(band)
    answers = select(screenings.c.answers).where(screenings.c.person_id == person_id).order_by(screenings.c.id.desc())
    told = await db.scalar(answers.limit(1))
    return told.get("age") if isinstance(told, dict) else None


async def took_part(db: AsyncConnection, person_id: int, event_ids: Sequence[int]) -> bool:
    """Whether they came to one of these events."""
    came = select(invitations.c.id).where(
        invitations.c.person_id == person_id,
        invitations.c.event_id.in_(event_ids),
        invitations.c.came_at.is_not(None),
    )
    return await db.scalar(came.limit(1)) is not None


async def set_permission_wanted(db: AsyncConnection, event_id: int, person_id: int, under_age: bool | None) -> None:
    """Keep whether a guardian's permission is wanted for this guest."""
    mine = and_(invitations.c.event_id == event_id, invitations.c.person_id == person_id)
    await db.execute(update(invitations).where(mine).values(under_age=under_age))


async def drop_unread_offers(db: AsyncConnection, event_id: int, person_id: int) -> None:
    """An offer that goes on to somebody else is not said any more, neither in the morning nor once they are back."""
    unread = outbox.c.state.in_([Sending.WAITING.value, Sending.UNREACHABLE.value])
    offers = outbox.c.once.like(f"event:{event_id}:{person_id}:offer:%")
    await db.execute(delete(outbox).where(outbox.c.person_id == person_id, unread, offers))


# --- numbers --------------------------------------------------------------------------------------------------------


async def counted(db: AsyncConnection, event_id: int) -> Numbers:
    """How the places stand, in one look."""
    held = invitations.c.seat == Seat.HELD.value
    row = (
        await db.execute(
            select(
                func.count(case((held, 1))).label("held"),
                func.count(case((invitations.c.seat == Seat.OFFERED.value, 1))).label("offered"),
                func.count(case((invitations.c.seat == Seat.WAITING.value, 1))).label("waiting"),
                func.count(case((and_(COMES, invitations.c.needs.is_not(None)), 1))).label("needs"),
                func.count(case((and_(COMES, invitations.c.travel.is_(True)), 1))).label("travel"),
            ).where(invitations.c.event_id == event_id, invitations.c.seat.is_not(None))
        )
    ).one()
    return Numbers(row.held, row.offered, row.waiting, row.needs, row.travel)
