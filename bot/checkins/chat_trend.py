"""What a mentor sees of the answers over time: a small picture, and the words that were meant for them."""

from bot.checkins import pulses, store, store_pulses, trend
from bot.checkins.pulses import SHOWN, Point
from bot.checkins.screens_pulse import OpenWords
from bot.programme import store as programme
from bot.programme.keepers import youth_of
from bot.programme.screens import ShowTrend, case_button
from bot.routes import Routes
from bot.turn import Turn

routes = Routes()

routes.make(trend.KIND)(trend.make)


@routes.press(ShowTrend)
async def show(turn: Turn, action: ShowTrend) -> None:
    """The mentor and whoever stands in; the picture follows from the workshop, without any name on it."""
    case = await programme.case(turn.db, action.case)
    if case is None or not pulses.may_see(turn.person, case):
        await turn.forbidden()
        return
    youth = await youth_of(turn.db, case)
    keyboard = ((case_button(case.id),),)
    answers = await store_pulses.answers(turn.db, case.id, SHOWN)
    if not answers:
        turn.replace("checkins.staff.no_trend", keyboard=keyboard, about=youth.id, code_name=youth.code_name)
        return
    turn.replace(
        "checkins.staff.trend", keyboard=keyboard, about=youth.id, code_name=youth.code_name, number=len(answers)
    )
    points = [Point(at.astimezone(turn.zone).date(), pulse) for at, pulse in answers]
    turn.make(trend.KIND, trend.facts(points, youth.id))


@routes.press(OpenWords)
async def read(turn: Turn, action: OpenWords) -> None:
    """Only while the young person lets them: taken back or never given looks like not there."""
    checkin = await store.checkin(turn.db, action.checkin)
    case = await programme.case(turn.db, checkin.case_id) if checkin is not None else None
    words = await store_pulses.words(turn.db, action.checkin)
    if case is None or words is None or not words.shared or not pulses.may_see(turn.person, case):
        await turn.forbidden()
        return
    youth = await youth_of(turn.db, case)
    turn.replace(
        "checkins.staff.words",
        code_name=youth.code_name,
        pulse=words.pulse,
        words=words.words,
        keyboard=((case_button(case.id),),),
        about=youth.id,
    )
