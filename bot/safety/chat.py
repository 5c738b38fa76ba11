"""Help, one tap away: the button on every screen, `/help`, and the watch over what young people write."""

from bot.people.screens import OpenHelp
from bot.routes import Routes
from bot.safety import card, store
from bot.safety.rules import notice
from bot.turn import Turn

routes = Routes()


def _go_on(turn: Turn) -> None:
    """A text that was being awaited stays awaited: the conversation goes on where it was."""
    if turn.expecting is not None:
        turn.expect(turn.expecting)


@routes.press(OpenHelp)
async def help_pressed(turn: Turn, _: OpenHelp) -> None:
    _go_on(turn)
    await card.show(turn, way="button")


@routes.command("help")
async def help_command(turn: Turn, _: str) -> None:
    _go_on(turn)
    if turn.person.is_youth:
        await card.show(turn, way="command")
    else:
        turn.say("safety.staff.help", keyboard=turn.home)


@routes.watch
async def watch(turn: Turn, text: str) -> None:
    """Show the card when a text speaks of danger; the text itself is kept nowhere."""
    seen = notice(text)
    if seen is None:
        return
    turn.heard_danger = True
    if await store.first_in_a_while(turn.db, turn.person.id, seen.kind.value, turn.now):
        await card.show(turn, way="words")
    else:
        card.point_to_card(turn)
