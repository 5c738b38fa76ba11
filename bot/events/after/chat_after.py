"""Those who came say what they took home; those who run it see the numbers, and a picture of them."""

from bot.events import store
from bot.events.after import after_rows, ratings, results_picture, screens_after, store_after
from bot.events.after.actions_after import DrawResults, Rate, ShowResults
from bot.events.after.ratings import Rating
from bot.events.door import attendance, store_attendance
from bot.events.event import Event
from bot.events.event_page import own_event
from bot.events.screens import show
from bot.events.signup import screens_guests, store_guests
from bot.figures.suppression import Table
from bot.routes import Routes, joined
from bot.turn import Turn

_after = Routes()


@_after.press(Rate)
async def rate(turn: Turn, action: Rate) -> None:
    event = await store.event(turn.db, action.event)
    invitation = await store_guests.invitation(turn.db, action.event, turn.person.id)
    if event is None or invitation is None:
        await turn.forbidden()
        return
    recorded = (await store_attendance.attendance(turn.db, event.id)).is_recorded
    is_youth = turn.person.is_youth
    to = screens_guests.voice(is_youth=is_youth)
    if not attendance.was_there(invitation, recorded=recorded) or turn.now < event.starts_at:
        await turn.forbidden()
        return
    if turn.now > attendance.end_of(event) + attendance.LIST_OPEN_FOR:
        mine = screens_guests.helped((screens_guests.mine_row(is_youth=is_youth),), is_youth=is_youth)
        turn.replace(f"events.{to}.rating_closed", keyboard=mine, title=event.title)
        return
    if await store_after.rate(turn.db, event.id, turn.person.id, action.rating):
        await turn.note("event.rated", "event", event.id)
    key = "not_there_thanks" if action.rating is Rating.ABSENT else "rated"
    more = await after_rows.afterwards(turn, event, is_youth=is_youth)
    keyboard = screens_after.answers(event, action.rating, recorded=recorded, is_youth=is_youth, more=more)
    turn.replace(f"events.{to}.{key}", keyboard=keyboard, title=event.title)


@_after.press(ShowResults)
async def show_results(turn: Turn, action: ShowResults) -> None:
    event = await own_event(turn, action.event)
    if event is None:
        return
    said = await _said(turn, event)
    numbers = await store_attendance.attendance(turn.db, event.id)
    missing = numbers.missing(event, turn.now)
    page = screens_after.results(event, numbers, missing, said, turn.settings.fewest_shown)
    show(turn, page, screens_after.results_keyboard(event.id, can_draw=said is not None))


@_after.press(DrawResults)
async def draw_results(turn: Turn, action: DrawResults) -> None:
    event = await own_event(turn, action.event)
    if event is None:
        return
    said = await _said(turn, event)
    if said is None:
        await show_results(turn, ShowResults(event.id))
        return
    numbers = await store_attendance.attendance(turn.db, event.id)
    there = screens_after.there(numbers, numbers.missing(event, turn.now))
    turn.make(results_picture.KIND, results_picture.facts(event, there, said, turn.settings.fewest_shown))
    turn.replace(
        "events.staff.results_drawn",
        keyboard=screens_after.results_keyboard(event.id, can_draw=False),
        title=event.title,
    )


async def _said(turn: Turn, event: Event) -> Table[Rating] | None:
    return ratings.shown(await store_after.ratings(turn.db, event.id), turn.settings.fewest_shown)


routes = joined((_after, results_picture.routes))
