"""People have the events they come to in their own calendar: as a file, or at an address that it reads by itself."""

from bot.calendar.addresses import hash_of, new_secret
from bot.calendar.files import Method
from bot.events.calendar import calendar_files, feed, store_calendar
from bot.events.calendar.actions_calendar import AddToCalendar, EndFeed, NewFeed, ShowFeed
from bot.events.signup import screens_guests
from bot.events.signup.actions_guests import ShowInvitation
from bot.routes import Routes
from bot.turn import Keyboard, Row, Turn, button

routes = Routes()


@routes.press(AddToCalendar)
async def add_to_calendar(turn: Turn, action: AddToCalendar) -> None:
    """Only with a place: whoever waits for one would find an hour in their calendar that is not theirs yet."""
    kept = await store_calendar.kept(turn.db, action.event, turn.person.id)
    if kept is None:
        return await turn.forbidden()
    if not kept.comes or kept.event.starts_at <= turn.now:
        _say(turn, "calendar_needs_a_place", ())
        return None
    now = kept.turned(there=True)
    if await store_calendar.keep(turn.db, kept, now):
        if now != kept:
            await turn.note("event.into_calendar", "event", kept.event.id)
        file = calendar_files.facts(now, turn.person, Method.REQUEST, turn.now, turn.zone, asked=True)
        turn.make(calendar_files.KIND, file)
    is_youth = turn.person.is_youth
    back: Keyboard = ((button("events.any.button.back", ShowInvitation(kept.event.id)),),)
    turn.replace(
        f"events.{screens_guests.voice(is_youth=is_youth)}.calendar_coming",
        keyboard=screens_guests.helped(back, is_youth=is_youth),
        title=kept.event.title,
    )
    return None


@routes.press(ShowFeed)
async def show_feed(turn: Turn, _: ShowFeed) -> None:
    """The address itself cannot be shown again, as it is not kept."""
    has_one = await store_calendar.has_feed(turn.db, turn.person.id)
    if turn.settings.public_url is None:
        _say(turn, "feed_impossible", (_row(turn, "end_feed", EndFeed()),) if has_one else ())
    elif has_one:
        _say(turn, "feed_on", (_row(turn, "renew_feed", NewFeed()), _row(turn, "end_feed", EndFeed())))
    else:
        _say(turn, "feed_off", (_row(turn, "new_feed", NewFeed()),))


@routes.press(NewFeed)
async def new_feed(turn: Turn, _: NewFeed) -> None:
    if turn.settings.public_url is None:
        _say(turn, "feed_impossible", ())
        return
    secret = new_secret()
    await store_calendar.set_feed(turn.db, turn.person.id, hash_of(secret))
    await turn.note("events_feed.renewed", "person", turn.person.id)
    address = feed.address(turn.settings.public_url, secret)
    _say(turn, "feed_address", (_row(turn, "end_feed", EndFeed()),), address=address)


@routes.press(EndFeed)
async def end_feed(turn: Turn, _: EndFeed) -> None:
    await store_calendar.set_feed(turn.db, turn.person.id, None)
    await turn.note("events_feed.ended", "person", turn.person.id)
    _say(turn, "feed_ended", ())


def _say(turn: Turn, key: str, rows: Keyboard, address: str = "") -> None:
    is_youth = turn.person.is_youth
    keyboard = screens_guests.helped((*rows, screens_guests.mine_row(is_youth=is_youth)), is_youth=is_youth)
    turn.replace(f"events.{screens_guests.voice(is_youth=is_youth)}.{key}", keyboard=keyboard, address=address)


def _row(turn: Turn, key: str, action: NewFeed | EndFeed) -> Row:
    return (button(f"events.{screens_guests.voice(is_youth=turn.person.is_youth)}.button.{key}", action),)
