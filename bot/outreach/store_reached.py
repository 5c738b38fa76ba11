"""How far people came, counted once for each stage: the reached table, typed.

A row holds the source and the week of the person's first contact, the same in all their rows, so that the figures tell
of the same people from the first stage to the last. Erased, a person leaves rows of nobody: bare counts of a week.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Date, Select, String, bindparam, case, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.outreach.funnel import ASKED, NO_LINK, STAGES, Origin, Reached, Stage, week_of
from bot.outreach.rules import Kind
from bot.storage.inserting import insert_chosen
from bot.storage.tables import people, sources
from bot.storage.tables import reached as rows

_FIRST: Final = rows.alias("first")

# What is asked at almost every press is put together once: building a statement costs more than running it.
_OPENED: Final = select(
    people.c.id.label("person_id"),
    people.c.source_id,
    literal(Stage.OPENED.value).label("stage"),
    bindparam("week", type_=Date).label("week"),
).where(people.c.id == bindparam("person"))


def further(person: ColumnElement[Any]) -> Select[Any]:
    """The row of a further stage, named by `reached`, of somebody who has opened the bot before; put together once."""
    stage = bindparam("reached", type_=String).label("stage")
    return select(_FIRST.c.person_id, _FIRST.c.source_id, stage, _FIRST.c.week).where(
        _FIRST.c.person_id == person, _FIRST.c.stage == Stage.OPENED.value
    )


_FURTHER: Final = further(bindparam("person"))


_CAME_BY: Final = select(people.c.source_id).where(people.c.id == bindparam("person")).scalar_subquery()
_FOLLOW: Final = (
    update(rows)
    .where(rows.c.person_id == bindparam("person"), rows.c.source_id.is_(None), _CAME_BY.is_not(None))
    .values(source_id=_CAME_BY, week=bindparam("monday", type_=Date))
)


async def opened(db: AsyncConnection, person_id: int, now: datetime) -> None:
    """Count that they came, the first time alone. Who first came without a link counts from their first link on."""
    await add(db, _OPENED, {"person": person_id, "week": week_of(now)})
    await db.execute(_FOLLOW, {"person": person_id, "monday": week_of(now)})


async def reached(db: AsyncConnection, person_id: int, stage: Stage, now: datetime) -> None:
    """Count that they came so far, the first time alone. Who opened the bot before it counted begins to count now."""
    await add(db, _OPENED, {"person": person_id, "week": week_of(now)})
    await add(db, _FURTHER, {"person": person_id, "reached": stage.value})


async def add(db: AsyncConnection, chosen: Select[Any], values: Mapping[str, Any]) -> None:
    """Count what the select chooses with these values, unless it is counted."""
    await insert_chosen(db, rows, chosen, values, "person_id", "stage")


# --- counting ---------------------------------------------------------------------------------------------------

Counted = Mapping[tuple[int | None, date], Reached]


async def origins(db: AsyncConnection) -> list[Origin]:
    """Every source there is, and what comes without one."""
    columns = (sources.c.id, sources.c.municipality, sources.c.name, sources.c.created_at, sources.c.kind)
    found = await db.execute(select(*columns).order_by(sources.c.id))
    origins = [
        Origin(row.id, row.municipality, row.name, week_of(row.created_at), row.kind == Kind.PARTNER.value)
        for row in found
    ]
    return [*origins, NO_LINK]


async def counted(db: AsyncConnection, of: Sequence[Origin], before: date, questions: Sequence[str]) -> Counted:
    """Of these sources, by the week of the first contact, before that Monday: how many came how far.

    `questions` are their ids in the order in which they are asked.
    """
    here = _within(of) & (rows.c.week < before)
    stages: dict[tuple[int | None, date], list[int]] = {}
    for row in await db.execute(_BY_STAGE.where(here)):
        line = stages.setdefault((row.source_id, row.week), [0] * len(STAGES))
        line[STAGES.index(Stage(row.stage))] = row.people
    seen = await _seen(db, here, questions)
    nobody = [0] * len(questions)
    return {key: Reached(tuple(line), tuple(seen.get(key, nobody))) for key, line in stages.items()}


_BY_STAGE: Final = (
    select(rows.c.source_id, rows.c.week, rows.c.stage, func.count().label("people"))
    .where(rows.c.stage.in_([stage.value for stage in STAGES]))
    .group_by(rows.c.source_id, rows.c.week, rows.c.stage)
)


def _within(of: Sequence[Origin]) -> ColumnElement[bool]:
    named = rows.c.source_id.in_([one.id for one in of if one.id is not None])
    return named | rows.c.source_id.is_(None) if NO_LINK in of else named


async def _seen(
    db: AsyncConnection, here: ColumnElement[bool], questions: Sequence[str]
) -> dict[tuple[int | None, date], list[int]]:
    """How many saw each question or a later one: one that fell away for somebody counts as passed.

    Of the erased, whose rows nobody can put together any more, each row counts for its own question, and no question
    for fewer than the next.
    """
    if not questions:
        return {}
    places = {Stage.CONSENTED.value: 0, Stage.SCREENED.value: len(questions) - 1}
    places |= {ASKED + question: at for at, question in enumerate(questions)}
    at = case(places, value=rows.c.stage)
    asked_here = rows.c.stage.in_(list(places)) & here
    found: dict[tuple[int | None, date], list[int]] = {}

    furthest = (
        select(rows.c.source_id, rows.c.week, func.max(at).label("at"))
        .where(asked_here, rows.c.person_id.is_not(None))
        .group_by(rows.c.person_id, rows.c.source_id, rows.c.week)
        .subquery()
    )
    known = select(furthest, func.count().label("people")).group_by(*furthest.c)
    for row in await db.execute(known):
        line = found.setdefault((row.source_id, row.week), [0] * len(questions))
        for passed in range(row.at + 1):
            line[passed] += row.people

    erased = (
        select(rows.c.source_id, rows.c.week, at.label("at"), rows.c.stage, func.count().label("people"))
        .where(asked_here, rows.c.person_id.is_(None))
        .group_by(rows.c.source_id, rows.c.week, rows.c.stage)
    )
    bare: dict[tuple[int | None, date], list[int]] = {}
    for row in await db.execute(erased):
        line = bare.setdefault((row.source_id, row.week), [0] * len(questions))
        line[row.at] = max(line[row.at], row.people)
    for key, line in bare.items():
        own = found.setdefault(key, [0] * len(questions))
        for place in range(len(questions)):
            own[place] += max(line[place:])
    return found
