"""The entry snapshots, typed, and what an export of them needs beside."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.programme.joining.snapshots import Field, Snapshot
from bot.programme.rules import Stage
from bot.storage.inserting import insert_new
from bot.storage.tables import case_stages, cases, entry_snapshots, goals, people, results, steps


def _fields(snapshot: Snapshot) -> dict[str, Any]:
    return {
        "age": snapshot.age,
        "municipality": snapshot.municipality,
        "language": snapshot.language,
        "ground": snapshot.ground,
        "labour": "inactive",  # EECO04: nobody of this group is employed or registered
        "employed": 0,  # EECO05
        "answers": {field.value: answer for field, answer in snapshot.answers.items()},
        "kept_on": snapshot.kept_on.isoformat() if snapshot.kept_on else None,
    }


def _snapshot(row: Any) -> Snapshot:
    fields = row.fields
    return Snapshot(
        row.case_id,
        row.joined_on,
        fields["age"],
        fields["municipality"],
        fields["language"],
        fields["ground"],
        {Field(name): answer for name, answer in fields["answers"].items()},
        date.fromisoformat(fields["kept_on"]) if fields["kept_on"] else None,
    )


async def take(db: AsyncConnection, snapshot: Snapshot, by: int | None, now: datetime) -> None:
    """Keep the joining day. Who comes back has theirs already: the first entry counts."""
    row = {
        "case_id": snapshot.case_id,
        "joined_on": snapshot.joined_on,
        "fields": _fields(snapshot),
        "taken_at": now,
        "taken_by": by,
    }
    await insert_new(db, entry_snapshots, [row], "case_id")


async def snapshot(db: AsyncConnection, case_id: int) -> Snapshot | None:
    """That of this case."""
    row = (await db.execute(select(entry_snapshots).where(entry_snapshots.c.case_id == case_id))).one_or_none()
    return _snapshot(row) if row else None


async def save(db: AsyncConnection, changed: Snapshot) -> None:
    """Write what a rule let through."""
    here = entry_snapshots.c.case_id == changed.case_id
    await db.execute(update(entry_snapshots).where(here).values(fields=_fields(changed)))


async def drop(db: AsyncConnection, case_id: int) -> None:
    """The programme did not begin after all."""
    await db.execute(delete(entry_snapshots).where(entry_snapshots.c.case_id == case_id))


# --- the export -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Participant:
    """One young person's entry, with what is known of how it went on. Dates are local days."""

    snapshot: Snapshot
    youth_id: int
    code_name: str
    left_at: datetime | None
    outcome: str | None
    measures: tuple[str, ...]
    results: dict[str, str]


async def participants(db: AsyncConnection, municipalities: frozenset[str | None]) -> Sequence[Participant]:
    """Everybody who joined in these municipalities (None among them: in the whole country), oldest entry first."""
    codes = sorted(one for one in municipalities if one is not None)
    here = true() if None in municipalities else cases.c.municipality.in_(codes)
    query = (
        select(entry_snapshots, cases.c.youth_id, cases.c.stage, cases.c.outcome, people.c.code_name)
        .join(cases, cases.c.id == entry_snapshots.c.case_id)
        .join(people, people.c.id == cases.c.youth_id)
        .where(here)
        .order_by(entry_snapshots.c.joined_on, entry_snapshots.c.case_id)
    )
    rows = (await db.execute(query)).all()
    ids = [row.case_id for row in rows]
    left, measures, after = await _left(db, ids), await _measures(db, ids), await _results(db, ids)
    return [
        Participant(
            _snapshot(row),
            row.youth_id,
            row.code_name,
            left.get(row.case_id) if row.stage == Stage.CLOSED.value else None,
            row.outcome,
            tuple(measures.get(row.case_id, ())),
            after.get(row.case_id, {}),
        )
        for row in rows
    ]


async def _left(db: AsyncConnection, ids: Iterable[int]) -> dict[int, datetime]:
    """When each case was closed for the last time."""
    query = select(case_stages.c.case_id, case_stages.c.at).where(
        case_stages.c.case_id.in_(list(ids)), case_stages.c.stage == Stage.CLOSED.value
    )
    return {row.case_id: row.at for row in await db.execute(query.order_by(case_stages.c.at))}


async def _measures(db: AsyncConnection, ids: Iterable[int]) -> dict[int, list[str]]:
    """The kinds of measures of each case that were done, each once."""
    query = (
        select(goals.c.case_id, steps.c.kind)
        .distinct()
        .join(steps, steps.c.goal_id == goals.c.id)
        .where(goals.c.case_id.in_(list(ids)), steps.c.state == "done")
        .order_by(goals.c.case_id, steps.c.kind)
    )
    found: dict[int, list[str]] = {}
    for row in await db.execute(query):
        found.setdefault(row.case_id, []).append(row.kind)
    return found


async def _results(db: AsyncConnection, ids: Iterable[int]) -> dict[int, dict[str, str]]:
    """What staff recorded 4 weeks and 6 months after."""
    query = select(results.c.case_id, results.c.kind, results.c.outcome).where(
        results.c.case_id.in_(list(ids)), results.c.outcome.is_not(None)
    )
    found: dict[int, dict[str, str]] = {}
    for row in await db.execute(query):
        found.setdefault(row.case_id, {})[row.kind] = row.outcome
    return found
