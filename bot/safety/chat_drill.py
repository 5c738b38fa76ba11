"""`/drill`: a coordinator tries out the line of their municipality."""

from bot.directory.rules import find, place_key
from bot.people.menu import ShowMenu
from bot.roles import Role
from bot.routes import Routes
from bot.safety import alerts, chain, drills, store_alerts
from bot.safety.actions import ShowDrill, StartDrill
from bot.safety.alerts import Circle, Kind, State, Step
from bot.safety.chain import promptness, shown
from bot.safety.places import choose_place
from bot.turn import Keyboard, Turn, button
from bot.words import Lines, Phrase, phrase

routes = Routes()


@routes.command("drill")
async def drill(turn: Turn, _: str) -> None:
    place = await choose_place(turn, ShowDrill, "safety.staff.drill_place")
    if place is not None:
        await _show(turn, place)


@routes.press(ShowDrill)
async def drill_pressed(turn: Turn, action: ShowDrill) -> None:
    if not _may(turn, action.municipality):
        await turn.forbidden()
        return
    await _show(turn, action.municipality)


def _may(turn: Turn, municipality: str) -> bool:
    return find(municipality) is not None and turn.person.holds(Role.COORDINATOR, municipality)


async def _show(turn: Turn, municipality: str) -> None:
    """The line as it stands, or the drill that runs, or how the last one went and a new one."""
    place = phrase(place_key(municipality))
    last = await store_alerts.last_drill(turn.db, municipality)
    menu = (button("people.any.button.menu", ShowMenu()),)
    if last is not None and last.state is not State.CLOSED:
        lines = await drills.report(turn, last)
        turn.replace("safety.staff.drill_running", place=place, lines=lines, keyboard=(menu,))
        return
    circle = await store_alerts.circle(turn.db, municipality, None)
    before = () if last is None else (phrase("safety.staff.drill_last", at=last.opened_at),)
    prompt = promptness(turn)
    begins = alerts.begins_at(turn.now, prompt, await turn.hours())
    if begins > turn.now:
        later = phrase("safety.staff.drill_not_now", at=begins)
        start: Keyboard = ()
    else:
        later = phrase("safety.staff.drill_now", count=prompt.minutes)
        start = ((button("safety.staff.button.start_drill", StartDrill(municipality)),),)
    turn.replace(
        "safety.staff.drill",
        place=place,
        lines=Lines((*_line_up(circle), *before, later)),
        keyboard=(*start, menu),
    )


def _line_up(circle: Circle) -> tuple[Phrase, ...]:
    """Every step with the names of those who would be told; one without anybody is named too."""
    return tuple(
        phrase(
            "safety.staff.drill_step" if circle.get(step) else "safety.staff.drill_step_empty",
            step=phrase(f"safety.staff.step.{step.name.lower()}"),
            names=", ".join(shown(one) for one in circle.get(step, ())),
        )
        for step in Step
        if Step.NOBODY < step < Step.END
    )


@routes.press(StartDrill)
async def start_drill(turn: Turn, action: StartDrill) -> None:
    """One at a time; and only while somebody reads, as it would say nothing at night."""
    if not _may(turn, action.municipality):
        await turn.forbidden()
        return
    last = await store_alerts.last_drill(turn.db, action.municipality)
    runs = last is not None and last.state is not State.CLOSED
    if runs or alerts.begins_at(turn.now, promptness(turn), await turn.hours()) > turn.now:
        await _show(turn, action.municipality)
        return
    begun = await chain.start(turn, Kind.DRILL, None, action.municipality, by=turn.person.id)
    if begun.step is Step.END:
        await drills.finish(turn, begun)
    turn.replace(
        "safety.staff.drill_begun",
        place=phrase(place_key(action.municipality)),
        keyboard=((button("safety.staff.button.show_drill", ShowDrill(action.municipality)),), *turn.home),
    )
