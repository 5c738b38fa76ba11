"""What the report is counted from: the history of every referral that was passed on."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import and_, not_, or_, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.calendar import Hours
from bot.programme import store as programme
from bot.referrals.closed.sessions import Session
from bot.referrals.referral import Decline, Ending, Kind, Said, State
from bot.referrals.reported.report import REASONS, Count, Passed, To, Wait, quarter_of, working_days
from bot.roles import Person
from bot.storage.tables import cases, referral_sessions, referral_states, referrals

_TOOK_PLACE: Final = frozenset({Said.HELPED, Said.TOOK_PLACE})
_INTRODUCED: Final = "introduced"
"""A line of the history that is no change of state."""


async def passed(
    db: AsyncConnection, person: Person, places: Collection[str | None], before: datetime, hours: Hours
) -> list[Passed]:
    """The referrals of these municipalities (None among them: of all) as they stood at `before` (UTC).

    What a young person asked for apart from their mentor is not in the report of that mentor, whatever else they are.
    """
    there = true() if None in places else cases.c.municipality.in_(sorted(one for one in places if one))
    apart = and_(referrals.c.without_mentor, programme.mentored_by(person))
    which = (
        select(referrals.c.id)
        .join(cases)
        .where(there, not_(apart), or_(referrals.c.text_hash.is_not(None), referrals.c.override_reason.is_not(None)))
    )
    told = await db.execute(select(referrals, cases.c.municipality).join(cases).where(referrals.c.id.in_(which)))
    states = await _by_referral(
        db,
        select(referral_states)
        .where(
            referral_states.c.referral_id.in_(which),
            referral_states.c.at < before,
            referral_states.c.change != _INTRODUCED,
        )
        .order_by(referral_states.c.at, referral_states.c.id),
    )
    sessions = await _by_referral(
        db,
        select(referral_sessions).where(referral_sessions.c.referral_id.in_(which), referral_sessions.c.at < before),
    )
    found = (_passed(row, states.get(row.id, ()), sessions.get(row.id, ()), hours) for row in told)
    return [one for one in found if one is not None]


async def _by_referral(db: AsyncConnection, query: Any) -> Mapping[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in await db.execute(query):
        found.setdefault(row.referral_id, []).append(row)
    return found


def _passed(row: Any, history: Sequence[Any], sessions: Sequence[Any], hours: Hours) -> Passed | None:
    """One referral; None where it was passed on later than that."""
    first: dict[State, datetime] = {}
    for line in history:
        first.setdefault(State(line.state), line.at)
    asked_at = first.get(State.REQUESTED)
    if asked_at is None:
        return None
    came = {
        Wait.TO_OPEN: _first(first, State.RECEIVED, State.ACCEPTED, State.REJECTED),
        Wait.TO_ANSWER: _first(first, State.ACCEPTED, State.REJECTED),
        Wait.TO_APPOINTMENT: first.get(State.IN_PROGRESS),
    }
    counted = frozenset(_counted(row, first, [_session(one) for one in sessions]))
    return Passed(
        To(_recipient(row), Kind(row.kind)),
        row.receiver_name or "–",
        row.municipality,
        quarter_of(asked_at.astimezone(hours.zone).date()),
        counted,
        {wait: working_days(asked_at, at, hours) for wait, at in came.items() if at is not None},
    )


def _recipient(row: Any) -> str:
    if row.service_id is not None:
        return f"service:{row.service_id}"
    return f"person:{row.receiver_id}" if row.receiver_id is not None else f"name:{row.receiver_name}"


def _first(first: Mapping[State, datetime], *states: State) -> datetime | None:
    return min((first[one] for one in states if one in first), default=None)


def _session(row: Any) -> Session:
    said = (None if one is None else Said(one) for one in (row.provider_said, row.youth_said))
    return Session(row.number, row.at, *said)


def _counted(row: Any, first: Mapping[State, datetime], sessions: Sequence[Session]) -> Iterator[Count]:
    yield Count.ASKED
    accepted, declined = State.ACCEPTED in first, State.REJECTED in first
    if accepted or declined or State.RECEIVED in first:
        yield Count.OPENED
    if accepted:
        yield Count.ACCEPTED
    if declined:
        yield Count.DECLINED
        reason = REASONS.get(Decline(row.reason)) if row.state == State.REJECTED else None
        if reason is not None:
            yield reason
    if State.FAILED in first and not accepted:
        if row.reason == Ending.NOBODY_ANSWERED:
            yield Count.UNANSWERED
        if row.reason == Ending.NOT_DELIVERED:
            yield Count.UNDELIVERED
    if accepted and State.IN_PROGRESS in first:
        yield Count.APPOINTED
        yield from _outcomes(sessions)


def _outcomes(sessions: Sequence[Session]) -> Iterator[Count]:
    """What each side said of any of its appointments."""
    provider, youth = {one.provider for one in sessions}, {one.youth for one in sessions}
    if provider & _TOOK_PLACE:
        yield Count.PROVIDER_TOOK_PLACE
    if Said.HELPED in provider:
        yield Count.PROVIDER_HELPED
    if youth & _TOOK_PLACE:
        yield Count.YOUTH_TOOK_PLACE
    if Said.HELPED in youth:
        yield Count.YOUTH_HELPED
    disputed = [one for one in sessions if one.is_disputed]
    if any(one.provider in _TOOK_PLACE for one in disputed):
        yield Count.ONLY_PROVIDER
    if any(one.youth in _TOOK_PLACE for one in disputed):
        yield Count.ONLY_YOUTH
