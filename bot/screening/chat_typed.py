"""A line typed where a button was expected: taken where it can be understood, else the question again, with help."""

from typing import assert_never

from bot.routes import Routes
from bot.screening import child, rules, screens
from bot.screening.ages import Ages, Either
from bot.screening.buttons import Give, GivePlace, Typed
from bot.screening.chat_questions import given
from bot.screening.moves import follow, open_run
from bot.screening.rules import Chosen, NotUnderstood, Place, Places
from bot.turn import Turn

routes = Routes()


@routes.text(Typed)
async def typed(turn: Turn, action: Typed, text: str) -> None:
    run = await open_run(turn, action.run)
    if run is None:
        return
    question = rules.on_screen(run)
    if question is None or question.id != action.question:
        screens.ask(turn, run)
        return
    today = turn.now.astimezone(turn.zone).date()
    match rules.understood(question, run.answers, text, today, Ages.of(turn.settings)):
        case Chosen(code) if rules.is_child(question.id, code):
            await child.stop(turn)
        case Chosen(code):
            await given(turn, Give(run.id, question.id, code))
        case Place(code):
            await place_given(turn, GivePlace(run.id, question.id, code))
        case Places(codes):
            screens.offer_places(turn, run, question, codes)
        case Either() as either:
            screens.ask_which_age(turn, run, question, either)
        case NotUnderstood():
            screens.not_understood(turn, run)
        case never:
            assert_never(never)


@routes.press(GivePlace)
async def place_given(turn: Turn, action: GivePlace) -> None:
    run = await open_run(turn, action.run)
    if run is not None:
        await follow(turn, run, rules.give_place(run, action.question, action.code))
