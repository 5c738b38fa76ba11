"""Check-ins that fell due: the mentor is asked twice, then the deputy sees it, then the lead. One winner for each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from bot.calendar import Hours
from bot.checkins import rules, store
from bot.checkins.rules import Ask, CheckIn, Miss, Remind, State, TellDeputy, TellLead, Wait
from bot.checkins.screens import Today, reminder_ways, ways
from bot.people import store as people
from bot.people.own_clock import own_hours
from bot.programme import store as programme
from bot.programme.cards import shown
from bot.programme.keepers import keepers_of
from bot.programme.rules import Case, deputises, mentors
from bot.programme.screens import case_button
from bot.roles import Person
from bot.routes import Routes
from bot.turn import Tick, button
from bot.words import Fact, Phrase, phrase

routes = Routes()


@dataclass(frozen=True, slots=True)
class Fallen:
    """A check-in whose step is due, with its case and its people."""

    checkin: CheckIn
    case: Case
    youth: Person
    mentor: Person | None
    deputy: Person | None


@routes.at_tick(store.FELL_DUE)
async def due(tick: Tick) -> bool:
    """Take the next step of every check-in that waits for one."""
    checkins = await store.fell_due(tick.db, tick.now)
    if not checkins:
        return False
    cases = await programme.cases_by_id(tick.db, {one.case_id for one in checkins})
    everybody = await _people_of(tick, cases)
    for checkin in checkins:
        async with tick.apart(checkin.id):
            case = cases[checkin.case_id]
            mentor = everybody.get(case.mentor_id) if case.mentor_id is not None else None
            if mentor is not None and not mentors(mentor, case):
                mentor = None
            deputy = everybody.get(case.deputy_id) if case.deputy_id is not None else None
            if deputy is not None and not deputises(deputy, case):
                deputy = None
            fallen = Fallen(checkin, case, everybody[case.youth_id], mentor, deputy)
            hours = await tick.hours() if mentor is None else await own_hours(tick, mentor)
            step = rules.step(checkin, case, tick.now, hours, tick.settings.ask_useful_days)
            await _take(tick, fallen, step, hours)
    return len(checkins) == store.AT_ONCE


async def _people_of(tick: Tick, cases: Mapping[int, Case]) -> dict[int, Person]:
    ids = {person for case in cases.values() for person in (case.youth_id, case.mentor_id, case.deputy_id)}
    return await people.persons(tick.db, [one for one in ids if one is not None])


async def _take(tick: Tick, fallen: Fallen, step: rules.Step, hours: Hours) -> None:
    """Claim the step by a conditional update; only who wins says anything."""
    checkin = fallen.checkin
    match step:
        case Wait(until):
            await store.advance(tick.db, checkin, checkin.state, until)
        case Ask(next_at):
            if await store.advance(tick.db, checkin, State.ASKED, next_at):
                until = rules.useful_until(checkin, hours, tick.settings.ask_useful_days)
                _tell_mentor(tick, fallen, "ask", expires_at=until)
        case Remind(next_at):
            if await store.advance(tick.db, checkin, State.REMINDED, next_at):
                _tell_mentor(tick, fallen, "reminder")
        case Miss():
            if await store.advance(tick.db, checkin, State.MISSED, None):
                await _tell_of_outage(tick, fallen)
        case TellDeputy(next_at) if (deputy := fallen.deputy) is not None:
            if await store.advance(tick.db, checkin, State.DEPUTY, next_at):
                _tell_deputy(tick, fallen, deputy)
        case TellLead() | TellDeputy():
            if await store.advance(tick.db, checkin, State.ESCALATED, None):
                await _tell_lead(tick, fallen)
        case never:
            assert_never(never)


def _tell_mentor(tick: Tick, fallen: Fallen, what: str, *, expires_at: datetime | None = None) -> None:
    if fallen.mentor is None:
        return
    tick.tell(
        fallen.mentor.id,
        _about(fallen, f"checkins.staff.{what}"),
        keyboard=reminder_ways(fallen.checkin.id),
        about=fallen.youth.id,
        expires_at=expires_at,
        # The step's own moment: a reminder that was put off comes again, and is another occasion.
        once=f"checkin:{fallen.checkin.id}:{what}:{fallen.checkin.next_at:%Y%m%dT%H%M}",
    )


async def _tell_of_outage(tick: Tick, fallen: Fallen) -> None:
    """Once a day, however many check-ins of theirs were missed: all of them are on the list."""
    responsible = [fallen.mentor] if fallen.mentor is not None else await keepers_of(tick.db, fallen.case)
    for one in responsible:
        way_on = button("checkins.staff.button.today", Today()) if one.may(Today.tag) else case_button(fallen.case.id)
        tick.tell(
            one.id,
            phrase("checkins.staff.missed"),
            keyboard=((way_on,),),
            once=f"checkins:missed:{one.id}:{tick.now.astimezone(tick.zone):%Y%m%d}",
        )


def _tell_deputy(tick: Tick, fallen: Fallen, deputy: Person) -> None:
    """Whoever stands in may write it down in the mentor's place; the mentor hears that they were told."""
    tick.tell(
        deputy.id,
        _about(fallen, "checkins.staff.unrecorded_deputy"),
        keyboard=ways(fallen.checkin.id),
        about=fallen.youth.id,
        once=_once(fallen, "deputy", deputy),
    )
    _tell_who_knows(tick, fallen, phrase("checkins.staff.told_deputy", **_facts(fallen), deputy=shown(deputy)))


def _tell_who_knows(tick: Tick, fallen: Fallen, what: Phrase) -> None:
    """Nobody is talked about unknowingly: the mentor hears who was told, and can still write it down."""
    if fallen.mentor is not None:
        tick.tell(
            fallen.mentor.id,
            what,
            keyboard=ways(fallen.checkin.id),
            about=fallen.youth.id,
            once=_once(fallen, what.key.rpartition(".")[2], fallen.mentor),
        )


async def _tell_lead(tick: Tick, fallen: Fallen) -> None:
    """Without a mentor there is nobody to have been asked, and the words say so."""
    key = "checkins.staff.no_mentor" if fallen.mentor is None else "checkins.staff.unrecorded"
    keepers = await keepers_of(tick.db, fallen.case)
    if fallen.mentor is not None and fallen.mentor.id not in {one.id for one in keepers}:
        _tell_who_knows(tick, fallen, _about(fallen, "checkins.staff.told_lead"))
    for keeper in keepers:
        tick.tell(
            keeper.id,
            _about(fallen, key),
            keyboard=((case_button(fallen.case.id),),),
            about=fallen.youth.id,
            once=_once(fallen, "lead", keeper),
        )


def _once(fallen: Fallen, what: str, told: Person) -> str:
    return f"checkin:{fallen.checkin.id}:{what}:{told.id}:{fallen.checkin.due_at:%Y%m%dT%H%M}"


def _facts(fallen: Fallen) -> dict[str, Fact]:
    mentor = "" if fallen.mentor is None else shown(fallen.mentor)
    return {"code_name": fallen.youth.code_name, "due": fallen.checkin.due_at, "mentor": mentor}


def _about(fallen: Fallen, key: str) -> Phrase:
    return phrase(key, **_facts(fallen))
