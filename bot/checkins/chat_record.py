"""Recording a check-in: one tap says how, the next how long; a note, and how the young person seemed, may follow.

The first tap is saved already.
"""

from datetime import timedelta
from typing import assert_never

from bot.checkins import rules, store, store_plans
from bot.checkins.pulses import may_see
from bot.checkins.rules import AlreadyRecorded, Cancelled, CheckIn, Recorded, State, Way
from bot.checkins.screens import (
    PULSES_BATCH,
    AddNote,
    ChooseMove,
    Mood,
    MoveTo,
    OpenCheckIn,
    OtherTime,
    Record,
    SkipTime,
    TookMinutes,
    WithoutNote,
    moods,
    moves,
    other_minutes,
    pulses,
    times,
    ways,
    without_note,
    without_time,
)
from bot.checkins.screens_rhythm import why_button
from bot.checkins.terms import hours_of
from bot.checkins.theirs import guided
from bot.people import store as people
from bot.programme.cards import shown
from bot.programme.keepers import mentor_of, youth_of
from bot.programme.rules import Case, deputises
from bot.programme.screens import case_button, with_plan_and_help
from bot.programme.worked.hours import MOST_MINUTES, typed_minutes
from bot.roles import Person
from bot.routes import Routes
from bot.turn import Turn
from bot.words import Fact, Lines, phrase

routes = Routes()


# --- one check-in -----------------------------------------------------------------------------------------------


@routes.press(OpenCheckIn)
async def open_checkin(turn: Turn, action: OpenCheckIn) -> None:
    if (found := await guided(turn, action.checkin)) is None:
        await turn.forbidden()
        return
    await _show(turn, *found)


async def _show(turn: Turn, checkin: CheckIn, case: Case) -> None:
    """What is known of it, and what may be done now."""
    match rules.record(checkin, turn.now, await turn.hours()):
        case Recorded():
            youth = await youth_of(turn.db, case)
            lines = [phrase("checkins.staff.line.due", due=checkin.due_at)]
            # The young person was told that the mentor, or who stands in, sees the number, and nobody else.
            mine = may_see(turn.person, case)
            if mine and (pulse := await store.last_pulse(turn.db, case.id)) is not None:
                lines.append(phrase("checkins.staff.line.pulse", pulse=pulse))
            turn.replace(
                "checkins.staff.open",
                keyboard=(*ways(checkin.id), why_button(checkin.id), (case_button(case.id),)),
                about=youth.id,
                code_name=youth.code_name,
                lines=Lines(tuple(lines)),
            )
        case AlreadyRecorded():
            way = checkin.way or Way.MET
            turn.replace(
                "checkins.staff.already_recorded",
                way=phrase(f"checkins.staff.way.{way.value}"),
                keyboard=(*times(checkin.id), *turn.home),
                about=case.youth_id,
            )
        case Cancelled():
            turn.replace("checkins.staff.cancelled", keyboard=turn.home, about=case.youth_id)
        case never:
            assert_never(never)


@routes.press(Record)
async def record(turn: Turn, action: Record) -> None:
    """The first tap: saved at once; after contact the young person is asked how they are."""
    if (found := await guided(turn, action.checkin)) is None:
        await turn.forbidden()
        return
    checkin, case = found
    may = rules.record(checkin, turn.now, await turn.hours())
    if not isinstance(may, Recorded) or not await store.record(
        turn.db, checkin, action.way, turn.person.id, turn.now, late=may.late
    ):
        await _show(turn, checkin, case)
        return
    await turn.note("checkin.recorded", "checkin", checkin.id)
    await turn.happened(rules.CheckInRecorded(checkin.id, case.id, action.way))
    if case.is_open and rules.asks_pulse(checkin, action.way) and await store_plans.asks_pulses(turn.db, case.id):
        await _ask_pulse(turn, checkin, case)
    lines = [phrase("checkins.staff.recorded", way=phrase(f"checkins.staff.way.{action.way.value}"))]
    if may.late:
        lines.append(phrase("checkins.staff.line.late"))
    if action.way is Way.UNREACHABLE:
        _ask_note(turn, checkin.id, Lines(tuple(lines)), case, mood=False)
        return
    turn.replace(
        "checkins.staff.time_question", done=Lines(tuple(lines)), keyboard=times(checkin.id), about=case.youth_id
    )


async def _ask_pulse(turn: Turn, checkin: CheckIn, case: Case) -> None:
    mentor = await mentor_of(turn.db, case)
    if mentor is not None and await store.ask_pulse(turn.db, checkin.id, turn.now):
        turn.tell(
            case.youth_id,
            phrase("checkins.youth.pulse", mentor=await _who_sees(turn, case, mentor)),
            keyboard=pulses(checkin.id),
            expires_at=turn.now + timedelta(hours=turn.settings.pulse_useful_hours),
            once=f"checkin:{checkin.id}:pulse",
            batch=PULSES_BATCH,
        )


async def _who_sees(turn: Turn, case: Case, mentor: Person) -> Fact:
    """Everybody who will see the number: the mentor, and whoever stands in for them."""
    deputy = None if case.deputy_id is None else await people.person(turn.db, case.deputy_id)
    if deputy is None or deputy.id == mentor.id or not deputises(deputy, case):
        return shown(mentor)
    return phrase("checkins.any.mentor_or_deputy", mentor=shown(mentor), deputy=shown(deputy))


# --- how long, and a note ---------------------------------------------------------------------------------------


async def _recorded(turn: Turn, checkin_id: int) -> tuple[CheckIn, Case] | None:
    """A check-in of theirs that is recorded, so that time and note may follow, with its case."""
    found = await guided(turn, checkin_id)
    return found if found is not None and found[0].state is State.RECORDED else None


@routes.press(TookMinutes)
async def took(turn: Turn, action: TookMinutes) -> None:
    found = await _recorded(turn, action.checkin)
    if found is None or not 0 < action.minutes <= MOST_MINUTES:
        await turn.forbidden()
        return
    checkin, case = found
    if not action.sure and checkin.minutes not in (None, action.minutes):
        turn.replace(
            "checkins.staff.minutes_stand",
            number=checkin.minutes or 0,
            about=case.youth_id,
            keyboard=other_minutes(checkin.id, action.minutes),
        )
        return
    await _save_minutes(turn, checkin.id, action.minutes, case)


async def _save_minutes(turn: Turn, checkin_id: int, minutes: int, case: Case) -> None:
    await store.set_minutes(turn.db, checkin_id, minutes)
    _ask_note(turn, checkin_id, Lines((phrase("checkins.staff.time_saved", count=minutes),)), case)


def _ask_note(turn: Turn, checkin_id: int, done: Lines, case: Case, *, mood: bool = True) -> None:
    """Asks for a note, and where there was contact for the mood: neither has to be given."""
    lines = (*done.phrases, phrase("checkins.staff.line.mood_question")) if mood else done.phrases
    keyboard = moods(checkin_id) if mood else without_note(checkin_id)
    turn.replace("checkins.staff.note_question", done=Lines(lines), keyboard=keyboard, about=case.youth_id)
    turn.expect(AddNote(checkin_id))


@routes.press(OtherTime)
async def ask_time(turn: Turn, action: OtherTime) -> None:
    if (found := await _recorded(turn, action.checkin)) is None:
        await turn.forbidden()
        return
    _, case = found
    turn.replace("checkins.staff.other_time", keyboard=without_time(action.checkin), about=case.youth_id)
    turn.expect(action)


@routes.text(OtherTime)
async def time_typed(turn: Turn, action: OtherTime, text: str) -> None:
    if (found := await _recorded(turn, action.checkin)) is None:
        await turn.forbidden()
        return
    _, case = found
    if (minutes := typed_minutes(text)) is None:
        turn.say("checkins.staff.time_unclear", keyboard=without_time(action.checkin), about=case.youth_id)
        turn.expect(action)
        return
    await _save_minutes(turn, action.checkin, minutes, case)


@routes.press(SkipTime)
async def skip_time(turn: Turn, action: SkipTime) -> None:
    if (found := await _recorded(turn, action.checkin)) is None:
        await turn.forbidden()
        return
    checkin, case = found
    way = phrase(f"checkins.staff.way.{(checkin.way or Way.MET).value}")
    done = Lines((phrase("checkins.staff.recorded", way=way),))
    _ask_note(turn, checkin.id, done, case, mood=checkin.way is not Way.UNREACHABLE)


@routes.press(Mood)
async def mood_seen(turn: Turn, action: Mood) -> None:
    found = await _recorded(turn, action.checkin)
    if found is None or action.mood not in rules.MOODS:
        await turn.forbidden()
        return
    checkin, case = found
    await store.set_mood(turn.db, checkin.id, action.mood)
    done = Lines((phrase("checkins.staff.mood_saved", mood=action.mood),))
    _ask_note(turn, checkin.id, done, case, mood=False)


@routes.text(AddNote)
async def note_typed(turn: Turn, action: AddNote, text: str) -> None:
    if (found := await _recorded(turn, action.checkin)) is None:
        await turn.forbidden()
        return
    _, case = found
    note = text.strip()
    if not 0 < len(note) <= rules.MOST_NOTE:
        turn.say(
            "checkins.staff.note_too_long",
            most=rules.MOST_NOTE,
            keyboard=without_note(action.checkin),
            about=case.youth_id,
        )
        turn.expect(action)
        return
    await store.set_note(turn.db, action.checkin, note)
    turn.say("checkins.staff.done", keyboard=turn.home, about=case.youth_id)


@routes.press(WithoutNote)
async def no_note(turn: Turn, action: WithoutNote) -> None:
    if (found := await _recorded(turn, action.checkin)) is None:
        await turn.forbidden()
        return
    _, case = found
    turn.replace("checkins.staff.done", keyboard=turn.home, about=case.youth_id)


# --- another time -----------------------------------------------------------------------------------------------


@routes.press(ChooseMove)
async def choose_move(turn: Turn, action: ChooseMove) -> None:
    if (found := await guided(turn, action.checkin)) is None:
        await turn.forbidden()
        return
    checkin, case = found
    if not rules.may_move(checkin):
        await _show(turn, checkin, case)
        return
    moments = rules.places_to_move(checkin, turn.now, *await hours_of(turn, case))
    turn.replace("checkins.staff.move_question", keyboard=moves(checkin.id, moments), about=case.youth_id)


@routes.press(MoveTo)
async def move_to(turn: Turn, action: MoveTo) -> None:
    """Both sides know the new time; a moment that has gone stale is asked for again."""
    if (found := await guided(turn, action.checkin)) is None:
        await turn.forbidden()
        return
    checkin, case = found
    at = action.moment
    if not rules.may_move(checkin):
        await _show(turn, checkin, case)
        return
    if at is None or not rules.may_move_to(at, turn.now, *await hours_of(turn, case)):
        await choose_move(turn, ChooseMove(checkin.id))
        return
    if at != checkin.due_at and await store.move(turn.db, checkin, at):
        await turn.note("checkin.moved", "checkin", checkin.id)
        await turn.happened(rules.TimeChanged(checkin.id))
        turn.tell(
            case.youth_id,
            phrase("checkins.youth.moved", who=shown(turn.person), at=at),
            keyboard=with_plan_and_help(),
        )
    turn.replace("checkins.staff.moved", at=at, keyboard=turn.home, about=case.youth_id)
