"""/today: what waits, the most pressing first, a page of each part at a time."""

from bot.checkins import chat_tasks, today_lead, today_mentor
from bot.checkins.screens import Today
from bot.checkins.today import MorePart, Part, first_page, in_order, page_of
from bot.roles import Person, Role
from bot.routes import Routes
from bot.turn import Tick, Turn, button

routes = Routes()


async def parts_of(tick: Tick, person: Person) -> list[Part]:
    """All that waits for this person, by the roles they hold now."""
    parts: list[Part] = []
    if Role.LEAD in person.roles:
        parts += await today_lead.parts(tick, person)
    if Role.MENTOR in person.roles:
        parts += await today_mentor.parts(tick, person)
    if person.roles & {Role.LEAD, Role.MENTOR}:
        parts.append(await chat_tasks.part(tick, person))
    return in_order(parts)


@routes.command("today")
async def today(turn: Turn, _: str) -> None:
    await _show(turn)


@routes.press(Today)
async def open_today(turn: Turn, _: Today) -> None:
    await _show(turn)


async def _show(turn: Turn) -> None:
    parts = await parts_of(turn, turn.person)
    if not parts:
        turn.replace("checkins.staff.nothing_today", keyboard=turn.home)
        return
    lines, rows = first_page(parts)
    turn.replace("checkins.staff.today", lines=lines, keyboard=rows)


@routes.press(MorePart)
async def more(turn: Turn, action: MorePart) -> None:
    """The rest of one part; what was settled meanwhile shows the whole list instead."""
    found = [part for part in await parts_of(turn, turn.person) if part.name is action.part]
    if not found:
        await _show(turn)
        return
    lines, rows = page_of(found[0], action.page)
    turn.replace("checkins.staff.today", lines=lines, keyboard=rows)


routes.offer({Role.MENTOR, Role.LEAD}, 10, button("checkins.staff.button.today", Today()))
