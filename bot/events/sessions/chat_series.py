"""An event in several places: the coordinator types its sessions, those who are invited see all of them."""

from bot.events import screens, store
from bot.events.event import Event
from bot.events.event_page import own_draft
from bot.events.sessions import screens_series, series, store_series
from bot.events.sessions.actions_series import DropSession, EditSessions, ShowSessions, TypedSessions
from bot.events.sessions.series import Fault, Session
from bot.events.signup.knowing import knows, way_back
from bot.events.writing import drafts, steps
from bot.events.writing.drafts import Draft
from bot.routes import Routes
from bot.turn import Turn

routes = Routes()


# --- writing them -----------------------------------------------------------------------------------------------


@routes.press(EditSessions)
async def edit_sessions(turn: Turn, action: EditSessions) -> None:
    draft = await own_draft(turn, action.event)
    if draft is None:
        return
    missing = drafts.whole(draft)
    if not isinstance(missing, Event):
        await steps.show_step(turn, draft, missing)
    elif missing.series_id is None or missing.is_session:
        await _show(turn, draft)
    else:
        await turn.forbidden()


async def _show(turn: Turn, draft: Draft) -> None:
    turn.expect(TypedSessions(draft.id))
    screens.show(turn, *screens_series.edit_page(draft.id, await store_series.planned(turn.db, draft)))


@routes.text(TypedSessions)
async def typed_sessions(turn: Turn, action: TypedSessions, text: str) -> None:
    draft = await own_draft(turn, action.event)
    if draft is None or not isinstance(drafts.whole(draft), Event):
        return
    planned = await store_series.planned(turn.db, draft)
    typed = series.read(text, turn.now, turn.zone, room=series.MOST_SESSIONS - len(planned))
    sessions = [one for one in typed if isinstance(one, Session)]
    if sessions:
        await _keep(turn, draft, [*planned, *sessions])
    else:
        turn.expect(action)
        screens.show(turn, *screens_series.wrong(draft.id, [one for one in typed if isinstance(one, Fault)]))


@routes.press(DropSession)
async def drop_session(turn: Turn, action: DropSession) -> None:
    draft = await own_draft(turn, action.event)
    if draft is None:
        return
    planned = await store_series.planned(turn.db, draft)
    left = [one for one in planned if one.id != action.session]
    if left and len(left) < len(planned):
        await _keep(turn, draft, left)
    else:
        await _show(turn, draft)


async def _keep(turn: Turn, draft: Draft, sessions: list[Session]) -> None:
    await _show(turn, await store_series.keep(turn.db, draft, sessions, turn.now))


# --- choosing one -----------------------------------------------------------------------------------------------


@routes.press(ShowSessions)
async def show_sessions(turn: Turn, action: ShowSessions) -> None:
    event = await store.event(turn.db, action.event)
    if event is None or not event.is_session or not await knows(turn, turn.person, event):
        await turn.forbidden()
        return
    coming = [one for one in await store_series.sessions(turn.db, event) if one.starts_at > turn.now]
    home = (await store_series.homes(turn.db, [turn.person.id])).get(turn.person.id)
    is_youth = turn.person.is_youth
    back = await way_back(turn, turn.person, event)
    nearest = series.nearest(coming, home)
    page, keyboard = screens_series.all_of_them(event, nearest, action.page, back, is_youth=is_youth)
    screens.show(turn, page, keyboard)
