"""Help, one tap away: the button on every screen, `/help`, and the watch over what young people write.

What grows out of it stands beside this file: asking for a person, answering that, drills, lines, reports and plans.
"""

from bot.people.screens import OpenHelp
from bot.routes import Routes, joined
from bot.safety import (
    card,
    chain,
    chat_answer,
    chat_ask,
    chat_drill,
    chat_lines,
    chat_plan,
    chat_report,
    store,
    store_alerts,
)
from bot.safety.alerts import Alert, begins_at, everybody, turns_grave
from bot.safety.alerts import Kind as About
from bot.safety.lines import MINOR_BANDS
from bot.safety.rules import Kind, notice
from bot.turn import Turn

_help = Routes()


def _go_on(turn: Turn) -> None:
    """A text that was being awaited stays awaited: the conversation goes on where it was."""
    if turn.expecting is not None:
        turn.expect(turn.expecting)


@_help.press(OpenHelp)
async def help_pressed(turn: Turn, _: OpenHelp) -> None:
    _go_on(turn)
    await card.show(turn, way="button")


@_help.command("help")
async def help_command(turn: Turn, _: str) -> None:
    _go_on(turn)
    if turn.person.is_youth:
        await card.show(turn, way="command")
    else:
        turn.say("safety.staff.help", keyboard=turn.home)


@_help.watch
async def watch(turn: Turn, text: str) -> None:
    """Show the card when a text speaks of danger; the text itself is kept nowhere."""
    seen = notice(text)
    if seen is None:
        return
    turn.heard_danger = True
    child = await _is_child_in_danger(turn, seen.kind)
    if await store.first_in_a_while(turn.db, turn.person.id, seen.kind.value, turn.now):
        await card.show(turn, way="words", kind=About.CHILD_DANGER if child else About.CONTACT)
    else:
        card.point_to_card(turn)
    if child and turn.settings.child_danger_alert == "always" and not seen.is_guess:
        await _tell_without_asking(turn)


async def _is_child_in_danger(turn: Turn, kind: Kind) -> bool:
    """Whether somebody under 18 writes of violence, where the settings ask to look at that at all."""
    if kind is not Kind.VIOLENCE or turn.settings.child_danger_alert == "off":
        return False
    return (await store.circumstances(turn.db, turn.person.id)).band in MINOR_BANDS


async def _tell_without_asking(turn: Turn) -> None:
    """Where the programme's staff must not wait for a yes: the young person learns at once who is told, and of what."""
    stands = await store_alerts.unfinished_of(turn.db, turn.person.id)
    if stands is None:
        municipality = await store_alerts.place_of(turn.db, turn.person.id)
        opened = await chain.start(turn, About.CHILD_DANGER, turn.person.id, municipality, by=turn.person.id)
    elif turns_grave(stands, About.CHILD_DANGER):
        opened = await chain.turn_grave(turn, stands)
    else:
        return
    await _say_by_law(turn, opened)


async def _say_by_law(turn: Turn, alert: Alert) -> None:
    """That staff are told, or when they will be; and the truth where nobody is there, until somebody comes."""
    lines, links = await card.lines_for(turn, await store.circumstances(turn.db, turn.person.id))
    keyboard = chain.waiting(alert, links)
    name = turn.person.code_name
    begins = begins_at(turn.now, chain.promptness(turn), await turn.hours())
    if not everybody(await store_alerts.circle(turn.db, alert.municipality, turn.person.id)):
        turn.say("safety.youth.told_by_law_nobody", code_name=name, lines=lines, keyboard=keyboard)
    elif begins > turn.now:
        turn.say("safety.youth.told_by_law_later", code_name=name, at=begins, lines=lines, keyboard=keyboard)
    else:
        turn.say("safety.youth.told_by_law", code_name=name, keyboard=chain.waiting(alert))


routes = joined(
    (
        _help,
        chat_ask.routes,
        chat_answer.routes,
        chat_drill.routes,
        chat_lines.routes,
        chat_report.routes,
        chat_plan.routes,
    )
)
