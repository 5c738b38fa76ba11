"""A reminder put off: the check-in stays where it is, and the ladder waits."""

from typing import assert_never

from bot.checkins import snoozing, store
from bot.checkins.screens import PutOff, ways
from bot.checkins.theirs import guided
from bot.people.own_clock import own_hours
from bot.programme.screens import case_button
from bot.routes import Routes
from bot.turn import Turn

routes = Routes()


@routes.press(PutOff)
async def put_off(turn: Turn, action: PutOff) -> None:
    if (found := await guided(turn, action.checkin)) is None:
        await turn.forbidden()
        return
    checkin, case = found
    hours = await own_hours(turn, turn.person)
    match snoozing.put_off(checkin, action.snooze, turn.now, hours):
        case snoozing.Until(at) if await store.snooze(turn.db, checkin, at):
            await turn.note("checkin.snoozed", "checkin", checkin.id)
            keyboard = (*ways(checkin.id), (case_button(case.id),))
            turn.replace("checkins.staff.snoozed", until=at, keyboard=keyboard, about=case.youth_id)
        case snoozing.TooLate(last):
            keyboard = (*ways(checkin.id), (case_button(case.id),))
            turn.replace("checkins.staff.snoozed_enough", last=last, keyboard=keyboard, about=case.youth_id)
        case snoozing.Until() | snoozing.NotAsked():
            turn.replace("checkins.staff.nothing_to_snooze", keyboard=turn.home, about=case.youth_id)
        case never:
            assert_never(never)
