"""A mentor who is late is reminded by the young person who waits: one press, kindly, at most once a week."""

from bot.checkins import nudges, store_nudges
from bot.checkins.nudges import Told
from bot.checkins.rules import CheckIn
from bot.checkins.screens import ways
from bot.checkins.screens_youth import NudgeMentor, plans_row
from bot.people.own_clock import own_hours
from bot.people.screens import with_help
from bot.programme import store as programme
from bot.programme.cards import shown
from bot.programme.keepers import mentor_of
from bot.programme.rules import JOINED, Case, Stage
from bot.programme.screens import case_button, talk_row
from bot.routes import Routes
from bot.turn import Keyboard, Tick, Turn, button
from bot.words import Phrase, phrase

routes = Routes()


async def late(tick: Tick, case: Case) -> CheckIn | None:
    """The talk of this case that its mentor is late with, while one is there to be reminded."""
    if case.stage not in JOINED or case.stage is Stage.PAUSED:
        return None
    checkin = await store_nudges.oldest_unrecorded(tick.db, case.id, tick.now)
    if checkin is None or not nudges.is_late(checkin, tick.now, await tick.hours()):
        return None
    return checkin


async def offered(turn: Turn, case: Case) -> tuple[list[Phrase], Keyboard]:
    """For the page of the plan: a line that says what is so, and the button where it may be pressed."""
    if (checkin := await late(turn, case)) is None:
        return [], ()
    last = await store_nudges.last_of_case(turn.db, case.id)
    line = phrase("checkins.youth.line.not_written_down", due=checkin.due_at)
    if last is not None and last.closed_at is None:
        return [line, phrase(f"checkins.youth.line.nudged.{last.told.name.lower()}")], ()
    if not nudges.may_nudge(checkin, last, turn.now, await turn.hours()):
        return [line], ()
    return [line], ((button("checkins.youth.button.nudge", NudgeMentor()),),)


@routes.press(NudgeMentor)
async def nudge(turn: Turn, _: NudgeMentor) -> None:
    """The mentor hears at once, or when they work again; whoever presses is told what happens next."""
    case = await programme.case_of_youth(turn.db, turn.person.id)
    mentor = await mentor_of(turn.db, case) if case is not None else None
    if case is None or mentor is None or not case.is_open:
        await turn.forbidden()
        return
    ways_on = with_help((talk_row(), plans_row()))
    checkin = await late(turn, case)
    hours = await own_hours(turn, mentor)
    last = await store_nudges.last_of_case(turn.db, case.id)
    if last is not None and last.closed_at is None:
        turn.replace(f"checkins.youth.line.nudged.{last.told.name.lower()}", keyboard=ways_on)
        return
    if checkin is None or not nudges.may_nudge(checkin, last, turn.now, hours):
        turn.replace("checkins.youth.nudge_not_now", keyboard=ways_on)
        return
    hears_at = nudges.mentor_hears_at(turn.now, hours)
    next_at = nudges.next_at(Told.MENTOR, checkin.due_at, turn.now, hours)
    number = await store_nudges.open_nudge(turn.db, case.id, checkin.id, turn.now, next_at)
    if number is not None:
        await turn.note("nudge.opened", "case", case.id)
        turn.tell(
            mentor.id,
            phrase("checkins.staff.nudged", code_name=turn.person.code_name, due=checkin.due_at),
            keyboard=(*ways(checkin.id), (case_button(case.id),)),
            about=case.youth_id,
            not_before=hears_at,
            once=f"nudge:{number}:mentor",
        )
    turn.replace("checkins.youth.nudged", mentor=shown(mentor), at=hears_at, keyboard=ways_on)
