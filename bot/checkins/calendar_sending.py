"""Who has a talk in the calendar hears of every change: a file for both when it is agreed, moved or called off."""

from dataclasses import replace
from typing import Final

from bot.calendar.files import Method
from bot.checkins import store_slots
from bot.checkins.calendar_files import KIND, facts
from bot.checkins.rules import WANTED, CheckIn, State, TimeChanged
from bot.people import store as people
from bot.programme import store as programme
from bot.programme.keepers import mentor_of, youth_of
from bot.programme.rules import Case, CaseEnded, MentorChanged, RhythmChanged, TakenBack
from bot.roles import Person
from bot.routes import Routes
from bot.turn import Tick

routes = Routes()

NOBODY: Final = 0
"""Nobody of the two brought it about by a press: both are told."""


async def send(tick: Tick, checkin: CheckIn, case: Case, method: Method, by: int = NOBODY) -> None:
    """A file for the young person and one for the mentor; for `by`, who pressed, it is the answer."""
    youth = await youth_of(tick.db, case)
    mentor = await mentor_of(tick.db, case)
    for reader in (youth, *((mentor,) if mentor is not None else ())):
        _bring(tick, checkin, case, reader, youth, method, by)


def _bring(tick: Tick, checkin: CheckIn, case: Case, reader: Person, youth: Person, method: Method, by: int) -> None:
    tick.have_made(reader.id, KIND, facts(checkin, case, reader, youth.code_name, tick.now, tick.zone, method, by))


@routes.on(TimeChanged)
async def moved(tick: Tick, happened: TimeChanged) -> None:
    """Moments that were offered for it no longer count; a file that went out before is replaced."""
    await store_slots.close(tick.db, happened.checkin_id, tick.now)
    if (checkin := await store_slots.in_calendars(tick.db, happened.checkin_id)) is None:
        return
    if (case := await programme.case(tick.db, checkin.case_id)) is None:
        return
    if checkin.state is State.CANCELLED:
        await _call_off(tick, checkin, case)
    else:
        await send(tick, checkin, case, Method.REQUEST)


@routes.on(CaseEnded)
async def ended(tick: Tick, happened: CaseEnded) -> None:
    await _sweep(tick, happened.case_id)


@routes.on(TakenBack)
async def begins_later(tick: Tick, happened: TakenBack) -> None:
    await _sweep(tick, happened.case_id)


@routes.on(RhythmChanged)
async def planned_anew(tick: Tick, happened: RhythmChanged) -> None:
    await _sweep(tick, happened.case_id)


async def _sweep(tick: Tick, case_id: int) -> None:
    """Whatever of the case was called off and still stands in calendars."""
    if (case := await programme.case(tick.db, case_id)) is None:
        return
    for checkin in await store_slots.ahead_in_calendars(tick.db, case_id, tick.now, State.CANCELLED):
        await _call_off(tick, checkin, case)


async def _call_off(tick: Tick, checkin: CheckIn, case: Case) -> None:
    if await store_slots.taken_from_calendars(tick.db, checkin):
        await send(tick, replace(checkin, sequence=checkin.sequence + 1), case, Method.CANCEL)


@routes.on(MentorChanged)
async def other_mentor(tick: Tick, happened: MentorChanged) -> None:
    """Agreed talks leave the calendar of the mentor before and come into that of the new one."""
    case = await programme.case(tick.db, happened.case_id)
    ids = [one for one in (happened.from_id, happened.to_id) if one is not None]
    if case is None or not ids:
        return
    youth = await youth_of(tick.db, case)
    readers = await people.persons(tick.db, ids)
    for checkin in await store_slots.ahead_in_calendars(tick.db, case.id, tick.now, *WANTED):
        for one, method in ((happened.from_id, Method.CANCEL), (happened.to_id, Method.REQUEST)):
            if one is not None and one in readers:
                _bring(tick, checkin, case, readers[one], youth, method, NOBODY)
