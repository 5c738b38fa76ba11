"""What young people ask for themselves, typed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import insert, or_, select, true, update

from bot.programme.store import mentored_by
from bot.referrals.own_request.requests import Request, RequestState
from bot.referrals.referral import Kind
from bot.roles import Person, Role
from bot.storage.columns import NOW
from bot.storage.tables import cases, referral_requests
from bot.turn import Connection

A_TICK: Final = 100

FELL_DUE: Final = select(referral_requests.c.id).where(referral_requests.c.next_at <= NOW)

_OPEN: Final = referral_requests.c.state == RequestState.OPEN.value


def _request(row: Any) -> Request:
    return Request(
        row.id,
        row.case_id,
        Kind(row.kind),
        row.without_mentor,
        RequestState(row.state),
        row.asked_at,
        row.next_at,
        row.reminded,
    )


async def add(
    db: Connection, case_id: int, kind: Kind, now: datetime, next_at: datetime, *, apart: bool
) -> Request | None:
    """The new one; None where one of that kind stands open."""
    same = (referral_requests.c.case_id == case_id, referral_requests.c.kind == kind.value, _OPEN)
    if (await db.execute(select(referral_requests.c.id).where(*same))).first() is not None:
        return None
    added = await db.execute(
        insert(referral_requests)
        .values(
            case_id=case_id,
            kind=kind.value,
            without_mentor=apart,
            state=RequestState.OPEN.value,
            asked_at=now,
            next_at=next_at,
        )
        .returning(referral_requests)
    )
    return _request(added.one())


async def request(db: Connection, request_id: int) -> Request | None:
    """One by its number."""
    row = (await db.execute(select(referral_requests).where(referral_requests.c.id == request_id))).one_or_none()
    return None if row is None else _request(row)


async def open_of_case(db: Connection, case_id: int) -> Sequence[Request]:
    """Those of a case that nobody has answered, oldest first."""
    found = await db.execute(
        select(referral_requests)
        .where(referral_requests.c.case_id == case_id, _OPEN)
        .order_by(referral_requests.c.asked_at, referral_requests.c.id)
    )
    return [_request(row) for row in found.all()]


async def open_of_youth(db: Connection, youth_id: int) -> Sequence[Request]:
    """Those of a young person that nobody has answered, oldest first."""
    found = await db.execute(
        select(referral_requests)
        .join(cases, cases.c.id == referral_requests.c.case_id)
        .where(cases.c.youth_id == youth_id, _OPEN)
        .order_by(referral_requests.c.asked_at, referral_requests.c.id)
    )
    return [_request(row) for row in found.all()]


async def open_near(db: Connection, person: Person) -> Sequence[Request]:
    """Those of cases that this person guides, leads or coordinates, oldest first; which of them are theirs to answer is
    for `asked_people.may_answer` to say."""
    places = {grant.municipality for grant in person.grants if grant.role in (Role.LEAD, Role.COORDINATOR)}
    here = true() if None in places else cases.c.municipality.in_(sorted(one for one in places if one))
    found = await db.execute(
        select(referral_requests)
        .join(cases, cases.c.id == referral_requests.c.case_id)
        .where(_OPEN, or_(here, mentored_by(person)))
        .order_by(referral_requests.c.asked_at, referral_requests.c.id)
    )
    return [_request(row) for row in found.all()]


async def due(db: Connection, now: datetime) -> Sequence[Request]:
    """Those whose next step has fallen due, at most `A_TICK`."""
    found = await db.execute(
        select(referral_requests)
        .where(referral_requests.c.next_at <= now)
        .order_by(referral_requests.c.next_at)
        .limit(A_TICK)
    )
    return [_request(row) for row in found.all()]


async def save_step(db: Connection, before: Request, after: Request, now: datetime) -> bool:
    """True for the one caller who found it as `before` has it."""
    closed = None if after.state is RequestState.OPEN else now
    values = {"state": after.state.value, "next_at": after.next_at, "reminded": after.reminded, "answered_at": closed}
    same = (referral_requests.c.id == before.id, _OPEN, referral_requests.c.next_at == before.next_at)
    return (await db.execute(update(referral_requests).where(*same).values(values))).rowcount == 1


async def close(db: Connection, request_id: int, state: RequestState, now: datetime) -> bool:
    """True for the one caller who found it open."""
    same = (referral_requests.c.id == request_id, _OPEN)
    values = {"state": state.value, "answered_at": now, "next_at": None}
    return (await db.execute(update(referral_requests).where(*same).values(values))).rowcount == 1


async def end_with_case(db: Connection, case_id: int, now: datetime) -> None:
    """Nobody is asked for it any longer."""
    values = {"state": RequestState.ENDED.value, "answered_at": now, "next_at": None}
    await db.execute(update(referral_requests).where(referral_requests.c.case_id == case_id, _OPEN).values(values))
