"""A word to a late mentor goes on to the next in line; an answer ends it, and the young person hears of each step."""

from collections.abc import Sequence

from bot.checkins import nudges, store, store_nudges
from bot.checkins.nudges import Nudge, Told
from bot.checkins.rules import WANTED, CheckIn, CheckInRecorded
from bot.checkins.screens_youth import plans_row
from bot.people import store as people
from bot.people.screens import with_help
from bot.programme import store as programme
from bot.programme.cards import shown
from bot.programme.keepers import Level, in_charge, keepers_of, mentor_of
from bot.programme.rules import Case, CaseEnded, MentorChanged, MentorWrote, deputises
from bot.programme.screens import case_button, talk_row
from bot.roles import Person
from bot.routes import Routes
from bot.turn import Tick
from bot.words import phrase

routes = Routes()


@routes.at_tick(store_nudges.FELL_DUE)
async def due(tick: Tick) -> bool:
    """Tell the next in line of every reminder that waits for it."""
    found = await store_nudges.fell_due(tick.db, tick.now)
    for one in found:
        async with tick.apart(one.id):
            await _go_on(tick, one)
    return len(found) == store_nudges.AT_ONCE


async def _go_on(tick: Tick, nudge: Nudge) -> None:
    case = await programme.case(tick.db, nudge.case_id)
    checkin = None if nudge.checkin_id is None else await store.checkin(tick.db, nudge.checkin_id)
    if case is None or not case.is_open or checkin is None or checkin.state not in WANTED:
        await store_nudges.close(tick.db, nudge.case_id, tick.now)
        return
    hours = await tick.hours()
    if (opens := nudges.mentor_hears_at(tick.now, hours)) > tick.now:  # a day off was added meanwhile
        await store_nudges.advance(tick.db, nudge, nudge.told, opens)
        return
    told, listeners = await _next_in_line(tick, case, nudge.told)
    if not listeners:
        await store_nudges.advance(tick.db, nudge, nudge.told, nudges.tried_again_at(tick.now, hours))
        return
    if not await store_nudges.advance(tick.db, nudge, told, nudges.next_at(told, checkin.due_at, tick.now, hours)):
        return
    await _tell(tick, nudge, case, checkin, listeners)
    tick.tell(
        case.youth_id,
        phrase("checkins.youth.nudge_went_on", who=", ".join(shown(one) for one in listeners)),
        keyboard=with_help((talk_row(), plans_row())),
        once=f"nudge:{nudge.id}:{told.name.lower()}:youth",
    )


async def _next_in_line(tick: Tick, case: Case, told: Told) -> tuple[Told, Sequence[Person]]:
    """The next step at which there is anybody: the young person is never told that somebody knows where nobody does."""
    while told is not Told.COORDINATOR:
        told = nudges.after(told)
        if listeners := await _listeners(tick, case, told):
            return told, listeners
    return told, ()


async def _listeners(tick: Tick, case: Case, told: Told) -> Sequence[Person]:
    """Who is next: whoever stands in, or without one the lead; then the coordinator, with the lead if still unaware.

    A lead who is the mentor as well hears nothing of themselves."""
    leads = [one for one in await keepers_of(tick.db, case) if one.id != case.mentor_id]
    deputy = None if case.deputy_id is None else await people.person(tick.db, case.deputy_id)
    stands_in = deputy is not None and deputises(deputy, case) and deputy.id != case.mentor_id
    if told is Told.DEPUTY:
        return [deputy] if deputy is not None and stands_in else leads
    above = await in_charge(tick.db, case.municipality, above=Level.LEADS)
    over = [] if above.level >= Level.ADMINS else [one for one in above.people if one.id != case.mentor_id]
    unaware = leads if stands_in or not over else []
    return list({one.id: one for one in (*unaware, *over)}.values())


async def _tell(tick: Tick, nudge: Nudge, case: Case, checkin: CheckIn, listeners: Sequence[Person]) -> None:
    youth = await people.person(tick.db, case.youth_id)
    mentor = await mentor_of(tick.db, case)
    if youth is None:
        return
    key = "checkins.staff.nudge_went_on" if mentor is not None else "checkins.staff.nudge_without_mentor"
    facts = {"mentor": shown(mentor)} if mentor is not None else {}
    for one in listeners:
        tick.tell(
            one.id,
            phrase(key, code_name=youth.code_name, due=checkin.due_at, **facts),
            keyboard=((case_button(case.id),),),
            about=youth.id,
            once=f"nudge:{nudge.id}:{one.id}",
        )


# --- answered ---------------------------------------------------------------------------------------------------


@routes.on(CheckInRecorded)
async def recorded(tick: Tick, happened: CheckInRecorded) -> None:
    await _answered(tick, happened.case_id)


@routes.on(MentorWrote)
async def wrote(tick: Tick, happened: MentorWrote) -> None:
    await _answered(tick, happened.case_id)


async def _answered(tick: Tick, case_id: int) -> None:
    case = await programme.case(tick.db, case_id)
    if case is not None and case.is_open and await store_nudges.close(tick.db, case_id, tick.now):
        tick.tell(case.youth_id, phrase("checkins.youth.nudge_answered"), keyboard=with_help((talk_row(), plans_row())))


@routes.on(MentorChanged)
async def another_mentor(tick: Tick, happened: MentorChanged) -> None:
    """The next mentor is not late; the young person hears of the change itself."""
    await store_nudges.close(tick.db, happened.case_id, tick.now)


@routes.on(CaseEnded)
async def ended(tick: Tick, happened: CaseEnded) -> None:
    await store_nudges.close(tick.db, happened.case_id, tick.now)
