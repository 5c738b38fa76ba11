"""A year of many programmes, lived through on the real engine: nothing doubled, nothing lost, nothing at a wrong hour.

The year holds both switches of the clocks and every Latvian holiday. Programmes of every rhythm begin all through it,
young people read all three languages, mentors record late, early, at night or not at all, by chance from the seed.
BOT_TEST_FULL=1 makes it 2,000 programmes, seventeen minutes of a core.
"""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.app import all_routes
from bot.arrival import Pressed, What
from bot.calendar import Hours, is_working_day, wall
from bot.checkins.rules import Way
from bot.checkins.screens import Pulse, Record, TookMinutes
from bot.delivery import outbox
from bot.people import notice
from bot.people import store as people
from bot.people.arrivals import known
from bot.people.rules import Purpose
from bot.programme import store
from bot.programme.joining.plans import Plan
from bot.programme.joining.rhythms import Cadence, rhythm_of
from bot.programme.period.periods import first_step_at
from bot.programme.rules import Contact, ProgrammeBegan, Stage
from bot.rehearsal.stage import World, world
from bot.roles import Grant, Role
from bot.settings import Settings
from bot.storage import tables
from bot.words import Language
from tests.faults.counts import SEED, full

RIGA: Final = ZoneInfo("Europe/Riga")
BEGINS: Final = date(2026, 1, 5)
ENDS: Final = date(2027, 1, 5)
A_MENTORS: Final = 6
HALF_AN_HOUR: Final = timedelta(minutes=30)
QUESTIONS: Final = ("checkins.staff.ask", "checkins.staff.reminder")
FREE: Final = Hours.latvia(RIGA, {})
ROUTES: Final = all_routes()


@dataclass(slots=True)
class Year:
    """What is known of everybody, and what went out."""

    world: World
    chance: random.Random
    phones: dict[int, int] = field(default_factory=dict)
    """Person to their number in Telegram."""
    starts: list[tuple[date, int, Plan]] = field(default_factory=list)
    acts: list[tuple[datetime, int, str]] = field(default_factory=list)
    sent: list[Any] = field(default_factory=list)
    heard: set[int] = field(default_factory=set)
    heard_at: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    thought_of: set[str] = field(default_factory=set)


@pytest.mark.slow
@pytest.mark.feature("G4", "G6", "G7", "G12", "X28", "X31")
async def test_a_year_of_programmes_in_three_languages_doubles_misses_and_mistimes_nothing() -> None:
    programmes = full(24, 2_000)
    settings = Settings.model_construct()
    async with world(ROUTES, settings, wall(BEGINS, time.min, RIGA)) as there:
        year = Year(there, random.Random(SEED))
        await everybody(year, programmes)
        await live(year)
        await report(year, programmes)


# --- the cast ---------------------------------------------------------------------------------------------------


async def everybody(year: Year, programmes: int) -> None:
    """Young people with a case each, six to a mentor, a lead above them; their days of joining all through the year."""
    chance, now = year.chance, year.world.clock.now()
    languages = list(Language)
    async with year.world.database.write() as db:
        lead = await somebody(year, db, 1, Language.LV, Role.LEAD)
        mentor = 0
        for number in range(programmes):
            language = languages[number % len(languages)]
            if number % A_MENTORS == 0:
                mentor = await somebody(year, db, 1_000 + number, languages[number // A_MENTORS % 3], Role.MENTOR)
            youth = await somebody(year, db, 100_000 + number, language, None)
            for purpose in (Purpose.SCREENING, Purpose.CONTACT, Purpose.PROGRAMME):
                version = notice.version(year.world.settings)
                await people.give_consent(db, youth, purpose.value, version, language, now)
            contact = Contact(youth, "LV-067", "likely", "18_28", None, with_parent=False, urgent=False)
            case_id = await store.open_case(db, contact, now, now + timedelta(days=999))
            case = await store.case(db, case_id)
            assert case is not None
            await store.assign(db, case, mentor, Stage.PROFILING, lead, now)
            year.starts.append(joining(chance, case_id))
    year.starts.sort(key=lambda one: one[:2])


async def somebody(year: Year, db: Any, phone: int, language: Language, role: Role | None) -> int:
    now = year.world.clock.now()
    person = (await known(db, phone, language.value, frozenset(), now)).person
    await people.set_language(db, person.id, language)
    if role is not None:
        await people.set_name(db, person.id, f"{role.value.capitalize()} {phone}")
        await people.grant(db, person.id, Grant(role, "LV-067"), now)
    year.phones[person.id] = phone
    return person.id


def joining(chance: random.Random, case_id: int) -> tuple[date, int, Plan]:
    """A working day of the year, and a plan from that day on."""
    day = BEGINS + timedelta(days=chance.randrange(300))
    while not is_working_day(day, FREE):
        day += timedelta(days=1)
    cadence = chance.choices(list(Cadence), (6, 3, 1))[0]
    rhythm = rhythm_of(cadence, chance.randrange(5), chance.randint(9, 18), None, day)
    assert rhythm is not None
    return day, case_id, Plan(day, chance.randint(1, 9), rhythm)


# --- the year ---------------------------------------------------------------------------------------------------


async def live(year: Year) -> None:
    """From moment to moment at which something falls due, somebody joins or somebody acts."""
    there, ends = year.world, wall(ENDS, time.min, RIGA)
    while there.clock.now() < ends:
        joins = [wall(year.starts[0][0], time(9), RIGA)] if year.starts else []
        acts = [year.acts[0][0]] if year.acts else []
        there.clock.move_to(await there.next_due(min([ends, *joins, *acts])))
        await those_who_join(year)
        await there.settle()
        await hear(year)
        due = [act for act in year.acts if act[0] <= there.clock.now()]
        if due:
            del year.acts[: len(due)]
            done: list[tuple[int, What]] = [(phone, Pressed(1, data)) for _, phone, data in due]
            await there.handle(*done)
            await there.settle()
            await hear(year)


async def those_who_join(year: Year) -> None:
    there = year.world
    now = there.clock.now()
    while year.starts and wall(year.starts[0][0], time(9), RIGA) <= now:
        _, case_id, chosen = year.starts.pop(0)
        async with there.database.write() as db:
            case = await store.case(db, case_id)
            assert case is not None
            remind_at = first_step_at(chosen, FREE)
            assert await store.begin(db, case, chosen, case.lead_id or 0, now, remind_at)
            await outbox.add(db, await ROUTES.told(db, now, RIGA, ProgrammeBegan(case_id), there.settings), now)


async def hear(year: Year) -> None:
    """Keep what went out, and let those who were asked think of an answer."""
    there, table = year.world, tables.outbox
    wanted = [table.c[name] for name in ("id", "person_id", "key", "once", "state", "done_at", "priority")]
    now = there.clock.now()
    async with there.database.read() as db:
        rows = await db.execute(select(*wanted).where(table.c.done_at >= year.heard_at))
        fresh = sorted((row for row in rows if row.id not in year.heard), key=lambda row: int(row.id))
    year.heard_at = now
    there.sender.notes.clear()  # a year of letters is more than has to be kept
    year.heard |= {row.id for row in fresh}
    year.sent += fresh
    for row in fresh:
        if row.key in QUESTIONS or row.key == "checkins.youth.pulse":
            think(year, row, now)
    year.acts.sort(key=lambda act: act[0])


def think(year: Year, row: Any, now: datetime) -> None:
    """A mentor mostly records within hours, sometimes days later or at night, sometimes never; a young person answers
    two times in three."""
    chance, checkin = year.chance, int(row.once.split(":")[1])
    phone = year.phones[row.person_id]
    if row.key == "checkins.youth.pulse":
        if chance.random() < 2 / 3:
            answer = Pulse(checkin, chance.choices((1, 2, 3, 4, 5), (1, 2, 4, 6, 4))[0])
            year.acts.append((later(now, chance.randint(1, 30)), phone, answer.pack()))
        return
    if row.once in year.thought_of or chance.random() < 0.12:
        return
    year.thought_of.add(row.once)
    way = chance.choices(list(Way), (6, 2, 1, 1))[0]
    at = later(now, chance.choice((1, 2, 4, 6, 13, 22, 50, 100)))
    year.acts.append((at, phone, Record(checkin, way).pack()))
    year.acts.append((at, phone, TookMinutes(checkin, 60).pack()))


def later(now: datetime, halves: int) -> datetime:
    """So many half hours on; everybody looks at their phone at the hour or at half past, so that many act at once."""
    return now - (now - datetime(2026, 1, 1, tzinfo=UTC)) % HALF_AN_HOUR + halves * HALF_AN_HOUR


# --- what came of it --------------------------------------------------------------------------------------------


async def report(year: Year, programmes: int) -> None:
    sent = [row for row in year.sent if row.state == "sent"]
    asked = [row for row in sent if row.key in QUESTIONS]
    at = {row.id: row.done_at.astimezone(RIGA) for row in sent}
    doubled = sum(count - 1 for count in Counter((row.person_id, row.once) for row in asked).values())
    unbidden = [row for row in sent if row.priority > 0]
    night = [row for row in unbidden if not 9 <= at[row.id].hour < 21]
    weekend = [row for row in asked if at[row.id].weekday() >= 5]
    holiday = [row for row in asked if at[row.id].weekday() < 5 and not is_working_day(at[row.id].date(), FREE)]
    async with year.world.database.read() as db:
        table = tables.checkins
        past = wall(ENDS, time.min, RIGA) - timedelta(days=3)
        rows = (await db.execute(select(table).where(table.c.due_at < past))).all()
        faults = Counter(await db.scalars(select(tables.outbox.c.fault).where(tables.outbox.c.state == "rejected")))
    questions = {int(row.once.split(":")[1]) for row in asked if row.key == QUESTIONS[0]}
    early = {row.id for row in rows if row.recorded_at is not None and row.recorded_at < row.due_at}
    missed = [row for row in rows if row.state == "missed" or not (row.id in questions or row.id in early)]
    called_off = [row for row in missed if row.state == "cancelled"]
    lost = [row for row in missed if row.state != "cancelled"]
    spoken = Counter(row.key for row in sent)
    print(
        f"\nsimulated year, seed {SEED}: {programmes} programmes in 3 languages, {len(rows)} check-ins fell due, "
        f"{len(sent)} messages, of them {len(asked)} reminders ({spoken[QUESTIONS[0]]} questions, "
        f"{spoken[QUESTIONS[1]]} second ones) and {spoken['checkins.youth.pulse']} pulses; doubled {doubled}, "
        f"at night {len(night)}, missed {len(lost)}, on holidays {len(holiday)}, at weekends {len(weekend)}; "
        f"{len(called_off)} called off before their time"
    )
    assert not faults
    assert asked
    assert (doubled, len(night), len(lost), len(holiday), len(weekend)) == (0, 0, 0, 0, 0)
    assert max(one.date() for one in at.values()) > date(2026, 12, 20)
