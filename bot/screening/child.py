"""Somebody is too young to agree to anything alone: all that was stored of them goes at once, and help stays in view.

From any entry: the button, a typed age or year of birth, the age that is asked when somebody wants a person to write.
"""

from bot.people import belongings
from bot.people.rules import Leaving
from bot.people.screens import with_help
from bot.programme import store as programme
from bot.routes import Routes
from bot.safety.lines import lines
from bot.screening import screens, store
from bot.screening.ages import Ages
from bot.screening.buttons import Child, Continue
from bot.turn import Farewell, Keyboard, Link, Turn, button
from bot.words import phrase

routes = Routes()


async def stop(turn: Turn) -> None:
    """Erase this person, the record of these minutes included, and show whom a child can ring.

    Whoever has, or had, people of the programme beside them may have pressed the wrong button: they are asked once.
    """
    if await programme.case_of_youth(turn.db, turn.person.id) is None:
        await _erase(turn)
        await store.strike_record(turn.db, turn.person.id)
        return
    keyboard = (
        (button("screening.youth.button.child", Child()),),
        (button("screening.youth.button.not_child", Continue()),),
    )
    turn.replace("screening.youth.child_sure", keyboard=with_help(keyboard), age=Ages.of(turn.settings).alone)


@routes.press(Child)
async def stop_for_sure(turn: Turn, _: Child) -> None:
    await turn.note("person.erased", "person", turn.person.id)
    await _erase(turn)


async def _erase(turn: Turn) -> None:
    person = turn.person
    await turn.happened(Leaving(person.id, person.code_name))
    await belongings.erase(turn.db, person.id, turn.now)
    turn.say_farewell(
        "screening.youth.stop_child",
        Farewell(turn.telegram_id, person.language),
        keyboard=_whom_to_write(),
        age=Ages.of(turn.settings).alone,
        child=screens.number("child"),
        emergency=screens.number("emergency"),
    )


def _whom_to_write() -> Keyboard:
    """Addresses alone: a press on anything else would make a new person of a child."""
    chat = lines()["child_chat"]
    if chat.url is None or not chat.shown:
        return ()
    return ((Link(phrase("safety.youth.button.child_chat"), chat.url),),)
