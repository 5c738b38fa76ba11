"""Somebody would like to talk: their mentor learns it at once, or who stands in, and they learn who was told."""

from datetime import timedelta
from typing import Final

from bot.programme import cards, store
from bot.programme.joining.contact import Notice, tell_keepers
from bot.programme.keepers import Level, answering_for, mentor_of
from bot.programme.rules import Case, HeardFrom
from bot.programme.screens import AskToTalk, contact_keyboard, with_plan_and_help
from bot.roles import Person
from bot.routes import Routes
from bot.turn import Turn
from bot.words import phrase

routes = Routes()

NOT_AGAIN_WITHIN: Final = timedelta(hours=1)
"""However often the button is pressed in that time, the same person is told once."""


@routes.press(AskToTalk)
async def asked(turn: Turn, _: AskToTalk) -> None:
    case = await store.case_of_youth(turn.db, turn.person.id)
    if case is None or not case.is_open:
        await turn.forbidden()
        return
    await turn.happened(HeardFrom(case.id))
    await pass_on(turn, case)


async def pass_on(turn: Turn, case: Case) -> None:
    """Tell the mentor of an open case, or where none can be reached whoever answers for it, and say who it was."""
    mentor = await mentor_of(turn.db, case)
    if mentor is not None and await store.is_reachable(turn.db, mentor.id):
        _tell(turn, case, mentor)
        turn.replace("programme.youth.talk_told", mentor=cards.shown(mentor), keyboard=with_plan_and_help())
        return
    keepers = await answering_for(turn.db, case)
    if keepers.level is Level.ADMINS:
        await tell_keepers(turn, case, keepers, Notice("programme.staff.contact.new", _occasion(turn)))
    others = [one for one in keepers.people if one.id != case.mentor_id]
    if keepers.level >= Level.ADMINS or not others:
        turn.replace("programme.youth.talk_nobody", keyboard=with_plan_and_help())
        return
    for one in others:
        _tell(turn, case, one)
    turn.replace("programme.youth.talk_told_team", keyboard=with_plan_and_help())


def _tell(turn: Turn, case: Case, listener: Person) -> None:
    turn.tell(
        listener.id,
        phrase("programme.staff.wants_talk", code_name=turn.person.code_name),
        keyboard=contact_keyboard(listener, case),
        about=case.youth_id,
        once=f"case:{case.id}:{_occasion(turn)}:{listener.id}",
    )


def _occasion(turn: Turn) -> str:
    """The same within one span, so that the database refuses a second notice in it."""
    return f"talk_{int(turn.now.timestamp() // NOT_AGAIN_WITHIN.total_seconds())}"
