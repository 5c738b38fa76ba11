"""News of what others hold: staff choose by kind what they get, and whoever got one mutes others like it."""

from bot.events import store
from bot.events.event import Kind
from bot.events.finding import screens_news, store_mutes
from bot.events.finding.actions_news import MuteNews, ShowNews, ToggleNews
from bot.events.finding.store_mutes import Mutable
from bot.events.signup import screens_guests, store_guests
from bot.roles import Role
from bot.routes import Routes
from bot.turn import Shelf, Turn, button
from bot.words import phrase

routes = Routes()
routes.offer(set(Role) - {Role.YOUTH}, 68, button("events.staff.button.news", ShowNews()), Shelf.PARTNERS)


@routes.press(ShowNews)
async def show_news(turn: Turn, _: ShowNews) -> None:
    screens_news.news(turn, await store_mutes.muted(turn.db, turn.person.id))


@routes.press(ToggleNews)
async def toggle_news(turn: Turn, action: ToggleNews) -> None:
    if action.kind is Kind.ANNOUNCEMENT:
        await turn.forbidden()
        return
    await _set(turn, action.kind, wanted=action.wanted)
    screens_news.news(turn, await store_mutes.muted(turn.db, turn.person.id))


async def _set(turn: Turn, kind: Kind, *, wanted: bool) -> None:
    subject = store_mutes.subject(Mutable.NEWS, kind)
    if wanted:
        await store_mutes.unmute(turn.db, turn.person.id, subject)
    else:
        await store_mutes.mute(turn.db, turn.person.id, subject, turn.now)


@routes.press(MuteNews)
async def mute_news(turn: Turn, action: MuteNews) -> None:
    """Only an announcement that came to this person can be muted by it; the next press takes it back."""
    event = await store.event(turn.db, action.event)
    invited = event is not None and await store_guests.invitation(turn.db, event.id, turn.person.id) is not None
    if event is None or not invited or event.takes_answers:
        await turn.forbidden()
        return
    kind = event.particulars.news_of or Kind.OTHER
    await _set(turn, kind, wanted=action.wanted)
    is_youth = turn.person.is_youth
    to = screens_guests.voice(is_youth=is_youth)
    other = MuteNews(event.id, wanted=not action.wanted)
    label = "events.any.button.mute_news" if action.wanted else "events.any.button.unmute_news"
    turn.say(
        f"events.{to}.news_again" if action.wanted else f"events.{to}.news_muted",
        keyboard=screens_guests.helped(
            ((button(label, other),), *screens_guests.home_rows(is_youth=is_youth)), is_youth=is_youth
        ),
        news=phrase(f"events.any.kind.{kind.value}"),
    )
