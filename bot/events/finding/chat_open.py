"""A young person looks for events: what fits them, what they said yes to, what is near; before joining anything too."""

from typing import Final

from bot.directory.rules import find, place_key
from bot.events import store
from bot.events.around import around
from bot.events.event import Event, Reply
from bot.events.files import store_organisers
from bot.events.finding import fitting, screens_open, store_mutes, store_open
from bot.events.finding.actions_open import (
    ChoosePlace,
    ChooseRegion,
    KeepPlace,
    LookAt,
    MuteKind,
    ShowByPartner,
    ShowMuted,
    ShowOpen,
    ShowOpenNews,
    Unmute,
)
from bot.events.finding.fitting import Fits, Found, Hidden, Nearby, Seeker
from bot.events.finding.screens_open import A_PAGE, MOST_OWN, Line, Page
from bot.events.screens import show
from bot.events.signup import screens_guests
from bot.events.signup.knowing import knows
from bot.events.whom import store_audience
from bot.people import consenting
from bot.people import store as people
from bot.people.screens import with_help
from bot.routes import Routes
from bot.turn import Keyboard, Turn
from bot.words import Listing, Phrase, phrase

routes = Routes()

_NEWS_LISTED: Final = 8
_PARTNERS: Final = 2


@routes.press(ShowOpen)
async def open_events(turn: Turn, action: ShowOpen) -> None:
    await show_open(turn, action.municipality, action.page)


async def show_open(turn: Turn, municipality: str | None = None, page: int = 0) -> None:
    """What there is for this person, at home or in that municipality, which is kept only if they say so."""
    if municipality is not None and find(municipality) is None:
        await turn.forbidden()
        return
    me = await store_open.seeker(turn.db, turn.person)
    home = me.municipality
    if municipality is not None:
        me = fitting.elsewhere(me, municipality)
    found = await _found(turn, me)
    own = await store_open.mine(turn.db, turn.person.id, turn.now)
    answered = [(event, reply, seat) for event, reply, seat in own if reply in (Reply.YES, Reply.MAYBE)]
    asked = [Line(event, (), is_mine=True) for event, reply, _ in own if reply is None and event.takes_answers]
    theirs = {event.id for event, _, _ in own}
    lines = [*asked, *(one for one in found if one.event.id not in theirs)]
    page = max(0, min(page, (len(lines) - 1) // A_PAGE))
    shown = Page(
        me.municipality,
        me.municipality == home,
        answered[:MOST_OWN] if page == 0 else (),
        lines[page * A_PAGE : (page + 1) * A_PAGE],
        page,
        more=len(lines) > (page + 1) * A_PAGE,
    )
    keyboard = screens_open.overview_keyboard(
        shown,
        has_muted=bool(me.muted),
        has_news=bool(await _news(turn, me)),
        consent=await consenting.events_row(turn),
    )
    show(turn, screens_open.overview(shown), keyboard)


async def _found(turn: Turn, me: Seeker) -> list[Line]:
    """What fits them first, then what is near; the soonest first within each."""
    fits: list[Line] = []
    near: list[Line] = []
    for event in await store_open.open_events(turn.db, turn.now):
        match fitting.fit(event, me, turn.settings):
            case Fits(reasons) if await _is_for(turn, event):
                fits.append(Line(event, reasons))
            case Nearby(reasons) if not fitting.is_particular(event):
                near.append(Line(event, reasons, is_near=True))
            case _:
                continue
    return [*fits, *near]


async def _is_for(turn: Turn, event: Event) -> bool:
    """Whether what narrows it further lets them in; most events have nothing of the kind."""
    if not fitting.is_particular(event):
        return True
    asked = store_audience.asking(event, turn.now, turn.settings)
    return await store_audience.belongs(turn.db, asked, turn.person.id) is not None


async def _open_to(turn: Turn, event_id: int) -> Event | None:
    """An event that anybody finds, news that concern them, or what they were invited to; else they are told so."""
    event = await store.event(turn.db, event_id)
    if event is not None:
        if await knows(turn, turn.person, event):
            return event
        if not event.takes_answers and await _concerns(turn, event, await store_open.seeker(turn.db, turn.person)):
            return event
    await turn.forbidden()
    return None


async def _concerns(turn: Turn, event: Event, me: Seeker) -> bool:
    found = fitting.fit(event, me, turn.settings)
    return (isinstance(found, Fits) or found is Hidden.MUTED) and await _is_for(turn, event)


@routes.press(LookAt)
async def look_at(turn: Turn, action: LookAt) -> None:
    """One of them: what it is, why it fits, and how to come."""
    event = await _open_to(turn, action.event)
    if event is None:
        return
    me = await store_open.seeker(turn.db, turn.person)
    found = fitting.fit(event, me, turn.settings)
    after: Phrase | None = None
    match found:
        case Fits(reasons):
            after = phrase("events.youth.why_it_fits", reasons=Listing(reasons))
        case Nearby() | Hidden.ELSEWHERE if event.municipality is not None:
            after = phrase("events.youth.for_another_place", place=phrase(place_key(event.municipality)))
        case _:
            pass
    told = await around(turn, event)
    page = screens_guests.invitation(event, is_youth=True, after=after, around=told)
    keyboard = screens_open.event_keyboard(
        event,
        ShowOpen(action.municipality, action.page),
        is_for_them=isinstance(found, Fits) or found is Hidden.MUTED,
        says_home=me.municipality is None,
        more=(*screens_guests.ways(event, told), *await _partners(turn, event, me)),
    )
    show(turn, page, keyboard)


async def _partners(turn: Turn, event: Event, me: Seeker) -> Keyboard:
    """The partners of the directory who hold something else as well."""
    holders = await store_organisers.of(turn.db, event.id)
    partners = [(one.name, one.organization) for one in holders if one.organization is not None][:_PARTNERS]
    busy = [number for _, number in partners if len(await _held_by(turn, me, number)) > 1]
    return tuple(screens_open.partner_row(name, number) for name, number in partners if number in busy)


def _may_be_told(found: Found) -> bool:
    """Wherever it is, and of kinds that they hide from the list too: a partner's events are a catalogue."""
    return found in (Hidden.ELSEWHERE, Hidden.MUTED) or not isinstance(found, Hidden)


async def _held_by(turn: Turn, me: Seeker, organization: int) -> list[Event]:
    """What that partner holds and this person may be told of."""
    held = await store_open.held_by(turn.db, organization, turn.now)
    return [one for one in held if _may_be_told(fitting.fit(one, me, turn.settings))]


@routes.press(ShowByPartner)
async def by_partner(turn: Turn, action: ShowByPartner) -> None:
    found = await _held_by(turn, await store_open.seeker(turn.db, turn.person), action.organization)
    holders = [one for event in found for one in await store_organisers.of(turn.db, event.id)]
    name = next((one.name for one in holders if one.organization == action.organization), None)
    if name is None:
        await turn.forbidden()
        return
    show(turn, *screens_open.by_partner(name, found[:_NEWS_LISTED]))


# --- where ------------------------------------------------------------------------------------------------------


@routes.press(ChooseRegion)
async def choose_region(turn: Turn, _: ChooseRegion) -> None:
    turn.replace("events.youth.choose_region", keyboard=screens_open.regions())


@routes.press(ChoosePlace)
async def choose_place(turn: Turn, action: ChoosePlace) -> None:
    turn.replace("events.youth.choose_place", keyboard=screens_open.places(action.region))


@routes.press(KeepPlace)
async def keep_place(turn: Turn, action: KeepPlace) -> None:
    """They said that they live there; whoever works with them already knows it from their case."""
    if find(action.municipality) is None or not turn.person.is_youth:
        await turn.forbidden()
        return
    await people.set_municipality(turn.db, turn.person.id, action.municipality)
    turn.replace(
        "events.youth.place_kept",
        keyboard=with_help((screens_open.back_row(),)),
        place=phrase(place_key(action.municipality)),
    )


# --- what they want none of -------------------------------------------------------------------------------------


@routes.press(MuteKind)
async def mute_kind(turn: Turn, action: MuteKind) -> None:
    event = await _open_to(turn, action.event)
    if event is None:
        return
    what = store_mutes.subject_of(event.kind, event.particulars)
    await store_mutes.mute(turn.db, turn.person.id, what, turn.now)
    show(turn, *screens_open.muted_now(event))


@routes.press(Unmute)
async def unmute(turn: Turn, action: Unmute) -> None:
    await store_mutes.unmute(turn.db, turn.person.id, store_mutes.subject(action.of, action.kind))
    await _show_muted(turn)


@routes.press(ShowMuted)
async def show_muted(turn: Turn, _: ShowMuted) -> None:
    await _show_muted(turn)


async def _show_muted(turn: Turn) -> None:
    show(turn, *screens_open.muted_list(sorted(await store_mutes.muted(turn.db, turn.person.id))))


# --- news -------------------------------------------------------------------------------------------------------


@routes.press(ShowOpenNews)
async def show_news(turn: Turn, _: ShowOpenNews) -> None:
    me = await store_open.seeker(turn.db, turn.person)
    show(turn, *screens_open.news(await _news(turn, me)))


async def _news(turn: Turn, me: Seeker) -> list[Event]:
    """News that concern them, without what they muted."""
    found = await store_open.open_news(turn.db, turn.now)
    fits = [one for one in found if isinstance(fitting.fit(one, me, turn.settings), Fits)]
    return [one for one in fits if await _is_for(turn, one)][:_NEWS_LISTED]
