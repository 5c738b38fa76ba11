"""How the young person is: one answer from 1 to 5 after a check-in, or none, and the way to talk if it is hard.

A few words may be added. They are for nobody but their writer until that one says that the mentor may read them.
"""

from typing import assert_never

from bot.calendar import Kind, add_working_days, allowed
from bot.checkins import pulses, store, store_pulses
from bot.checkins.pulses import MOST_WORDS
from bot.checkins.rules import LOW_PULSE, CheckIn, CheckInRecorded, Way
from bot.checkins.screens import PULSES, Pulse, SkipPulse
from bot.checkins.screens_pulse import OpenWords
from bot.checkins.screens_youth import PulseWords, ShareWords, sharing
from bot.people.screens import with_help
from bot.programme import store as programme
from bot.programme import store_tasks
from bot.programme.keepers import mentor_of
from bot.programme.rules import Case, HeardFrom, MentorWrote
from bot.programme.screens import case_button, talk_row, with_plan_and_help
from bot.programme.tasks import Audience, TaskKind
from bot.routes import Routes
from bot.turn import Tick, Turn, button
from bot.words import phrase

routes = Routes()


async def _asked(turn: Turn, checkin_id: int) -> tuple[CheckIn, Case] | None:
    """The check-in after which this young person was asked."""
    checkin = await store.checkin(turn.db, checkin_id)
    case = await programme.case(turn.db, checkin.case_id) if checkin is not None else None
    if checkin is None or case is None or case.youth_id != turn.person.id or checkin.pulse_asked_at is None:
        return None
    return checkin, case


@routes.press(Pulse)
async def answer(turn: Turn, action: Pulse) -> None:
    """The first answer counts; the mentor sees its number, the young person what they can do with it."""
    found = await _asked(turn, action.checkin)
    if found is None or action.pulse not in PULSES:
        await turn.forbidden()
        return
    checkin, case = found
    if not case.is_open:
        _say_that_it_is_over(turn)
        return
    await turn.happened(HeardFrom(case.id))
    if await store.answer_pulse(turn.db, checkin.id, action.pulse, turn.now):
        await turn.note("checkin.pulse", "checkin", checkin.id)
        await _tell_mentor(turn, case, checkin, action.pulse)
        _thank(turn, checkin, action.pulse)
    else:
        _thank(turn, checkin, checkin.pulse)


@routes.press(SkipPulse)
async def skip(turn: Turn, action: SkipPulse) -> None:
    if (found := await _asked(turn, action.checkin)) is None:
        await turn.forbidden()
        return
    checkin, case = found
    if not case.is_open:
        _say_that_it_is_over(turn)
        return
    await turn.happened(HeardFrom(case.id))
    skipped = await store.answer_pulse(turn.db, checkin.id, None, turn.now)
    _thank(turn, checkin, None if skipped else checkin.pulse)


def _say_that_it_is_over(turn: Turn) -> None:
    """A question that was left lying until the case had ended: nobody waits for the answer, and nothing is kept."""
    turn.replace("checkins.youth.pulse_over", keyboard=with_help(turn.home))


def _thank(turn: Turn, checkin: CheckIn, pulse: int | None) -> None:
    """After an answer a typed text becomes the words to it."""
    offer = phrase("checkins.youth.words_offer", most=MOST_WORDS)
    match pulse:
        case None:
            turn.replace("checkins.youth.pulse_skipped", keyboard=with_plan_and_help())
            return
        case int() if pulse <= LOW_PULSE:
            thanks, keyboard = phrase("checkins.youth.pulse_low"), with_plan_and_help((talk_row(),))
        case int():
            thanks, keyboard = phrase("checkins.youth.pulse_thanks"), with_plan_and_help()
        case never:
            assert_never(never)
    turn.replace("checkins.youth.pulse_answered", thanks=thanks, offer=offer, keyboard=keyboard)
    turn.expect(PulseWords(checkin.id))


async def _tell_mentor(turn: Turn, case: Case, checkin: CheckIn, pulse: int) -> None:
    """The number; where it got clearly harder, also what could be done, and a task so that it is not forgotten."""
    mentor = await mentor_of(turn.db, case)
    answers = [one for _, one in await store_pulses.answers(turn.db, case.id, pulses.SHOWN)]
    key = "checkins.staff.pulse"
    if pulses.is_drop(answers):
        hours = await turn.hours()
        until = allowed(add_working_days(turn.now, 1, hours), hours, Kind.WORK).at
        opened = await store_tasks.open_task(
            turn.db, case.id, Audience.MENTOR, TaskKind.PULSE_DROP, turn.now, due_at=until
        )
        key = key if opened is None else "checkins.staff.pulse_drop"
    if mentor is not None:
        turn.tell(
            mentor.id,
            phrase(key, code_name=turn.person.code_name, pulse=pulse),
            keyboard=((case_button(case.id),),),
            about=case.youth_id,
        )


@routes.on(CheckInRecorded)
async def talked(tick: Tick, happened: CheckInRecorded) -> None:
    """They have been in touch, which is what the task asked for."""
    if happened.way is not Way.UNREACHABLE:
        await store_tasks.finish_of_case(tick.db, happened.case_id, TaskKind.PULSE_DROP, None, tick.now)


@routes.on(MentorWrote)
async def wrote(tick: Tick, happened: MentorWrote) -> None:
    await store_tasks.finish_of_case(tick.db, happened.case_id, TaskKind.PULSE_DROP, None, tick.now)


# --- words to an answer -----------------------------------------------------------------------------------------


@routes.text(PulseWords)
async def words_typed(turn: Turn, action: PulseWords, text: str) -> None:
    """Kept for the writer alone; who may read them is asked next."""
    if (found := await _asked(turn, action.checkin)) is None:
        await turn.forbidden()
        return
    checkin, case = found
    if not case.is_open:
        _say_that_it_is_over(turn)
        return
    words = text.strip()
    if not 0 < len(words) <= MOST_WORDS:
        turn.say("checkins.youth.words_too_long", most=MOST_WORDS, keyboard=with_plan_and_help())
        turn.expect(action)
        return
    if not await store_pulses.keep_words(turn.db, checkin.id, words):
        await turn.forbidden()
        return
    turn.say("checkins.youth.words_whose", keyboard=sharing(checkin.id, shared=None))


@routes.press(ShareWords)
async def share(turn: Turn, action: ShareWords) -> None:
    """The mentor is told once that there are these words to read; taken back, they can be read no more."""
    found = await _asked(turn, action.checkin)
    words = await store_pulses.words(turn.db, action.checkin)
    if found is None or words is None:
        await turn.forbidden()
        return
    checkin, case = found
    if action.shared and not case.is_open:
        _say_that_it_is_over(turn)
        return
    if await store_pulses.share_words(turn.db, checkin.id, shared=action.shared):
        await turn.note("pulse_words.shared" if action.shared else "pulse_words.kept", "checkin", checkin.id)
        mentor = await mentor_of(turn.db, case)
        if action.shared and mentor is not None:
            turn.tell(
                mentor.id,
                phrase("checkins.staff.words_shared", code_name=turn.person.code_name),
                keyboard=((button("checkins.staff.button.words", OpenWords(checkin.id)),), (case_button(case.id),)),
                about=case.youth_id,
                once=f"checkin:{checkin.id}:words:{words.version}",
            )
    key = "checkins.youth.words_shared" if action.shared else "checkins.youth.words_kept"
    turn.replace(key, keyboard=sharing(checkin.id, shared=action.shared))
