"""The referrals table, typed, and who may receive one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.people import store as people_store
from bot.programme import store as programme
from bot.programme.rules import Case
from bot.referrals import rules
from bot.referrals.referral import (
    OPEN,
    REFERABLE,
    Address,
    Circle,
    Decline,
    Ending,
    Guardianship,
    Kind,
    Meeting,
    Outcome,
    PassedOn,
    Proposals,
    Referral,
    Said,
    Side,
    State,
)
from bot.roles import Person, Role
from bot.storage.columns import NOW
from bot.storage.tables import cases, grants, people, referral_states, referrals
from bot.words import Language

A_TICK: Final = 100

FELL_DUE: Final = select(referrals.c.id).where(referrals.c.next_at <= NOW)
"""Due rows taken at a time."""

_OPEN_STATES: Final = sorted(state.value for state in OPEN)


@dataclass(frozen=True, slots=True)
class Draft:
    """A referral that the young person is about to be asked about."""

    case_id: int
    kind: Kind
    requested_by: int
    to: Address
    passed_on: PassedOn
    texts: Mapping[Language, str]
    without_mentor: bool = False
    guardian: Guardianship | None = None


def _referral(row: Any) -> Referral:
    return Referral(
        row.id,
        row.case_id,
        Kind(row.kind),
        State(row.state),
        row.requested_by,
        Address(row.receiver_name or "", Language(row.reads), row.receiver_id, row.service_id, row.mail_to),
        PassedOn.from_json(row.passed_on),
        {Language(language): text for language, text in (row.texts or {}).items()},
        row.text_hash,
        Proposals.from_json(row.proposals) if row.proposals else None,
        Meeting(
            row.appointment_at,
            row.place,
            Language(row.spoken) if row.spoken else None,
            row.interpreter,
            row.sequence,
        ),
        _reason(row.state, row.reason),
        Outcome(row.outcome) if row.outcome else None,
        row.opened_at,
        row.changed_at,
        row.next_at,
        row.reminded,
        row.session,
        Said(row.provider_said) if row.provider_said else None,
        Said(row.youth_said) if row.youth_said else None,
        row.without_mentor,
        row.override_reason,
        Guardianship(row.guardian) if row.guardian else None,
    )


def _reason(state: str, reason: str | None) -> Decline | Ending | None:
    if reason is None:
        return None
    return Decline(reason) if state == State.REJECTED else Ending(reason)


# --- one referral -----------------------------------------------------------------------------------------------


async def add(db: AsyncConnection, draft: Draft, now: datetime) -> Referral:
    """The new referral, in DRAFT."""
    added = await db.execute(
        insert(referrals)
        .values(
            case_id=draft.case_id,
            kind=draft.kind.value,
            state=State.DRAFT.value,
            requested_by=draft.requested_by,
            receiver_id=draft.to.person_id,
            service_id=draft.to.service_id,
            mail_to=draft.to.email,
            reads=draft.to.reads.value,
            receiver_name=draft.to.name,
            without_mentor=draft.without_mentor,
            guardian=draft.guardian and draft.guardian.value,
            passed_on=draft.passed_on.as_json(),
            texts=dict(draft.texts),
            opened_at=now,
            changed_at=now,
        )
        .returning(referrals)
    )
    return _referral(added.one())


async def save(db: AsyncConnection, before: Referral, after: Referral) -> bool:
    """True for the one caller who found the referral as `before` has it; for everybody else nothing is written."""
    changed = await db.execute(
        update(referrals)
        .where(
            referrals.c.id == before.id,
            referrals.c.state == before.state.value,
            referrals.c.changed_at == before.changed_at,
            referrals.c.reminded == before.reminded,
        )
        .values(
            state=after.state.value,
            passed_on=after.passed_on.as_json(),
            texts=dict(after.texts),
            text_hash=after.text_hash,
            override_reason=after.override_reason,
            guardian=after.guardian and after.guardian.value,
            proposals=after.proposals and after.proposals.as_json(),
            appointment_at=after.meeting.at,
            place=after.meeting.place,
            spoken=after.meeting.spoken and after.meeting.spoken.value,
            interpreter=after.meeting.interpreter,
            sequence=after.meeting.sequence,
            session=after.session,
            provider_said=after.provider_said and after.provider_said.value,
            youth_said=after.youth_said and after.youth_said.value,
            reason=after.reason and after.reason.value,
            outcome=after.outcome and after.outcome.value,
            changed_at=after.changed_at,
            next_at=after.next_at,
            reminded=after.reminded,
        )
    )
    return changed.rowcount == 1


async def add_to_history(
    db: AsyncConnection, referral: Referral, change: str, side: Side | None, now: datetime
) -> None:
    """The state it is in from now on, by what change and whose; None where it was the clock."""
    line = {"referral_id": referral.id, "state": referral.state.value, "change": change, "at": now}
    await db.execute(insert(referral_states).values(**line, side=side and side.value))


async def circle(db: AsyncConnection, referral_id: int) -> Circle | None:
    """The referral with everybody it concerns; None where there is none."""
    row = (await db.execute(select(referrals).where(referrals.c.id == referral_id))).one_or_none()
    return None if row is None else await _with_people(db, _referral(row))


async def open_with(db: AsyncConnection, case_id: int, to: Address) -> Referral | None:
    """The open referral of this case to this receiver, if there is one."""
    same = referrals.c.service_id == to.service_id
    if to.person_id is not None:
        same = referrals.c.receiver_id == to.person_id
    found = await db.execute(
        select(referrals).where(referrals.c.case_id == case_id, same, referrals.c.state.in_(_OPEN_STATES))
    )
    row = found.first()
    return None if row is None else _referral(row)


async def _with_people(db: AsyncConnection, referral: Referral) -> Circle:
    case = await programme.case(db, referral.case_id)
    assert case is not None  # a referral goes with its case
    guides = [one for one in (referral.requested_by, case.mentor_id, case.lead_id) if one is not None]
    asked = [referral.to.person_id] if referral.to.person_id is not None else []
    found = await people_store.persons(db, [case.youth_id, *guides, *asked])
    able = [found[one] for one in guides if one in found]
    if not any(rules.refers(one, referral, case) for one in able):
        able = await people_store.holders_for(db, Role.LEAD, case.municipality)
    if not any(rules.refers(one, referral, case) for one in able) and referral.without_mentor:
        able = await people_store.holders_for(db, Role.COORDINATOR, case.municipality)
    referrer = next((one for one in able if rules.refers(one, referral, case)), None)
    taker = found.get(referral.to.person_id or 0)
    receiver = taker if taker is not None and rules.takes(taker, referral, case) else None
    return Circle(referral, case, found[case.youth_id], referrer, receiver)


# --- lists ------------------------------------------------------------------------------------------------------


async def of_youth(db: AsyncConnection, youth_id: int, closed_since: datetime | None = None) -> list[Circle]:
    """This young person's open referrals, oldest first; or those closed since that moment."""
    return await _circles(db, cases.c.youth_id == youth_id, closed_since)


async def addressed_to(db: AsyncConnection, receiver_id: int, closed_since: datetime | None = None) -> list[Circle]:
    """The open referrals that a young person agreed to pass on to this receiver, longest waiting first; or those closed
    since that moment."""
    theirs = and_(referrals.c.receiver_id == receiver_id, referrals.c.state != State.DRAFT.value)
    return await _circles(db, theirs, closed_since)


async def guided_by(db: AsyncConnection, person: Person, closed_since: datetime | None = None) -> list[Circle]:
    """The open referrals of the cases this person mentors or leads, by case, or those closed since that moment; of
    those asked for apart from the mentor only what they lead."""
    theirs = or_(_guided_by(person), and_(referrals.c.without_mentor, _coordinated_by(person)))
    told = await _circles(db, theirs, closed_since)
    found = [one for one in told if rules.refers(person, one.referral, one.case)]
    if closed_since is not None:
        return found
    return sorted(found, key=lambda one: (one.case.id, one.referral.id))


async def open_in(db: AsyncConnection, case_id: int) -> list[Circle]:
    """The open referrals of one case."""
    return await _circles(db, referrals.c.case_id == case_id)


async def hand_over(db: AsyncConnection, case_id: int, from_id: int, to_id: int) -> None:
    """The open referrals of a case that one mentor asked for are the other's from now on."""
    theirs = (referrals.c.case_id == case_id, referrals.c.requested_by == from_id)
    open_now = (referrals.c.state.in_(_OPEN_STATES), ~referrals.c.without_mentor)
    await db.execute(update(referrals).where(*theirs, *open_now).values(requested_by=to_id))


async def due(db: AsyncConnection, now: datetime) -> list[Circle]:
    """The referrals whose next step has fallen due, at most `A_TICK` of them."""
    found = await db.execute(
        select(referrals).where(referrals.c.next_at <= now).order_by(referrals.c.next_at).limit(A_TICK)
    )
    return [await _with_people(db, _referral(row)) for row in found.all()]


async def _circles(
    db: AsyncConnection, which: ColumnElement[bool], closed_since: datetime | None = None
) -> list[Circle]:
    """The open ones, the longest waiting first; or those closed since that moment, the last first."""
    standing: ColumnElement[bool] = referrals.c.state.in_(_OPEN_STATES)
    order = referrals.c.changed_at.asc()
    if closed_since is not None:
        standing = and_(~standing, referrals.c.changed_at >= closed_since)
        order = referrals.c.changed_at.desc()
    found = await db.execute(select(referrals).join(cases).where(which, standing).order_by(order, referrals.c.id))
    return [await _with_people(db, _referral(row)) for row in found.all()]


# --- whom to refer, and to whom ---------------------------------------------------------------------------------


async def cases_to_refer(db: AsyncConnection, person: Person) -> list[tuple[Case, Person]]:
    """The cases this person may refer, each with its young person, by code name."""
    stages = sorted(stage.value for stage in REFERABLE)
    ids = await db.execute(select(cases.c.id).where(_guided_by(person), cases.c.stage.in_(stages)))
    found = await programme.cases_by_id(db, ids.scalars())
    youths = await people_store.persons(db, [case.youth_id for case in found.values()])
    return sorted(((case, youths[case.youth_id]) for case in found.values()), key=lambda pair: pair[1].code_name)


def _guided_by(person: Person) -> ColumnElement[bool]:
    """`programme.rules.may_guide`, said to the database."""
    led = {grant.municipality for grant in person.grants if grant.role is Role.LEAD}
    if None in led:
        return cases.c.id.is_not(None)
    return or_(programme.mentored_by(person), cases.c.municipality.in_(sorted(code for code in led if code)))


def _coordinated_by(person: Person) -> ColumnElement[bool]:
    places = {grant.municipality for grant in person.grants if grant.role is Role.COORDINATOR}
    if None in places:
        return cases.c.id.is_not(None)
    return cases.c.municipality.in_(sorted(code for code in places if code))


async def receivers(db: AsyncConnection, kind: Kind, municipality: str | None, language: Language) -> list[Person]:
    """Whom a young person of that municipality may be referred to: who speaks their language first, then by name.

    Those whom the bot can no longer reach are left out, as they would never know.
    """
    by_field = and_(grants.c.role.in_([Role.SPECIALIST.value, Role.PARTNER.value]), grants.c.speciality == kind.value)
    by_role = grants.c.role == Role.PARTNER.value
    found = await db.execute(
        select(grants.c.person_id)
        .join(people, people.c.id == grants.c.person_id)
        .where(
            or_(by_field, by_role) if kind is Kind.PARTNER else by_field,
            or_(grants.c.municipality.is_(None), grants.c.municipality == municipality),
            people.c.unreachable_at.is_(None),
        )
        .distinct()
    )
    persons = await people_store.persons(db, list(found.scalars()))
    return sorted(persons.values(), key=lambda one: (one.language is not language, one.name or one.code_name, one.id))
