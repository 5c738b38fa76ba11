"""Cases that go from one mentor to another, and what is not to reach the one before any more; typed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, func, insert, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.delivery.packing import State as Delivery
from bot.programme import store
from bot.programme.rules import OPEN, Case, Stage
from bot.programme.tasks import TaskKind
from bot.roles import Person, Role
from bot.storage.tables import cases, checkins, handovers, outbox, referrals, tasks
from bot.turn import Priority

AT_ONCE: Final = 20
"""Cases on one page of a hand-over; more than one mentor may guide."""

NOTHING: Final = "-"
"""How no key begins."""

_DONE_CHECKINS: Final = ("recorded", "cancelled")
_OPEN_REFERRALS: Final = ("draft", "requested", "received", "accepted", "in_progress")


@dataclass(frozen=True, slots=True)
class Handover:
    """One hand-over. `note` is for the next mentor and the programme lead alone."""

    id: int
    case_id: int
    from_id: int | None
    to_id: int | None
    note: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Along:
    """How much stands open in a case and goes along with it."""

    checkins: int
    tasks: int
    referrals: int


async def hand_over(db: AsyncConnection, found: Case, to_id: int, lead_id: int | None, now: datetime) -> bool:
    """Give the case to another mentor, unless somebody was quicker; an invitation of the one before counts no more."""
    was = cases.c.mentor_id.is_(None) if found.mentor_id is None else cases.c.mentor_id == found.mentor_id
    changed = update(cases).where(cases.c.id == found.id, cases.c.stage == found.stage.value, was)
    anew = {"meeting": cases.c.meeting + 1, "meeting_answer": None, "invited_at": None}
    values = {"mentor_id": to_id, "lead_id": lead_id, **anew}
    return (await db.execute(changed.values(values))).rowcount == 1


async def let_go(db: AsyncConnection, found: Case, mentor_id: int) -> bool:
    """Nobody is the mentor for now; whether this call took it from them."""
    theirs = (cases.c.id == found.id, cases.c.mentor_id == mentor_id)
    values = {"mentor_id": None, "meeting": cases.c.meeting + 1, "meeting_answer": None, "invited_at": None}
    return (await db.execute(update(cases).where(*theirs).values(values))).rowcount == 1


async def keep(db: AsyncConnection, case: Case, to_id: int, note: str | None, by: int, now: datetime) -> int:
    """Keep that it was handed over, with the note; its number."""
    line = {"case_id": case.id, "from_id": case.mentor_id, "to_id": to_id, "note": note, "at": now, "handed_by": by}
    number: int = (await db.execute(insert(handovers).values(line).returning(handovers.c.id))).scalar_one()
    return number


async def handover(db: AsyncConnection, handover_id: int) -> Handover | None:
    """One hand-over by its number."""
    row = (await db.execute(select(handovers).where(handovers.c.id == handover_id))).one_or_none()
    return None if row is None else Handover(row.id, row.case_id, row.from_id, row.to_id, row.note)


async def unread_note(db: AsyncConnection, case_id: int) -> str | None:
    """The note of a hand-over whose receiver has not read it: it is for the one after them then."""
    waits = (tasks.c.case_id == case_id, tasks.c.kind == TaskKind.HANDED_OVER.value, tasks.c.done_at.is_(None))
    query = select(handovers.c.note).join(tasks, tasks.c.subject_id == handovers.c.id).where(*waits)
    found: str | None = await db.scalar(query.order_by(handovers.c.id.desc()).limit(1))
    return found


async def handed_away(db: AsyncConnection, case_id: int, person_id: int, since: datetime) -> bool:
    """Whether this person was its mentor at that moment and no longer is: it went from them to another since then."""
    theirs = (handovers.c.case_id == case_id, handovers.c.from_id == person_id, handovers.c.at >= since)
    return (await db.execute(select(handovers.c.id).where(*theirs).limit(1))).first() is not None


async def along(db: AsyncConnection, case_id: int) -> Along:
    """What stands open in this case."""
    return Along(
        await _count(db, checkins.c.case_id == case_id, checkins.c.state.not_in(_DONE_CHECKINS)),
        await _count(db, tasks.c.case_id == case_id, tasks.c.audience == "mentor", tasks.c.done_at.is_(None)),
        await _count(
            db,
            referrals.c.case_id == case_id,
            referrals.c.state.in_(_OPEN_REFERRALS),
            ~referrals.c.without_mentor,  # what is not the mentor's does not go from one to the next
        ),
    )


async def _count(db: AsyncConnection, *which: ColumnElement[bool]) -> int:
    return await db.scalar(select(func.count()).where(*which)) or 0


async def to_hand_over(db: AsyncConnection, by: Person, mentor_id: int | None) -> list[Case]:
    """The open cases of this mentor that the person may hand over; with None those which their mentor left."""
    if mentor_id is not None:
        found = await store.cases_of_mentor(db, mentor_id, *OPEN)
    else:
        met = [stage.value for stage in OPEN if stage is not Stage.CONTACT]
        query = select(cases.c.id).where(cases.c.mentor_id.is_(None), cases.c.stage.in_(met), _answered_for(by))
        by_id = await store.cases_by_id(db, (await db.scalars(query.order_by(cases.c.id).limit(AT_ONCE))).all())
        found = [by_id[one] for one in sorted(by_id)]
    return found[:AT_ONCE]


def _answered_for(person: Person) -> ColumnElement[bool]:
    """`rules.may_assign`, said to the database."""
    theirs = [one.municipality for one in person.grants if one.role in (Role.LEAD, Role.COORDINATOR)]
    return true() if None in theirs else cases.c.municipality.in_(theirs)


async def withhold(
    db: AsyncConnection,
    person_id: int,
    youth_ids: Collection[int],
    now: datetime,
    *,
    only: str = "",
    but_not: str = NOTHING,
) -> None:
    """Notices about these young people that have not gone out to this person never will: those whose key begins like
    `only` and not like `but_not`."""
    await db.execute(
        update(outbox)
        .where(
            outbox.c.person_id == person_id,
            outbox.c.about_id.in_(list(youth_ids)),
            outbox.c.state == Delivery.WAITING.value,
            outbox.c.priority > int(Priority.REPLY),
            outbox.c.key.startswith(only, autoescape=True),
            ~outbox.c.key.startswith(but_not, autoescape=True),
        )
        .values(state=Delivery.STOPPED.value, done_at=now, facts={}, keyboard=[])
    )


async def waiting_about(db: AsyncConnection, person_id: int) -> Sequence[int]:
    """The young people that notices speak of which have not gone out to this person yet."""
    waiting = (outbox.c.person_id == person_id, outbox.c.state == Delivery.WAITING.value)
    return (
        await db.scalars(select(outbox.c.about_id).distinct().where(*waiting, outbox.c.about_id.is_not(None)))
    ).all()
