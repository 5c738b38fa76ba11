"""What a young person sees who looks for events."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.directory.rules import Region, in_region, place_key, region_key
from bot.events import pages
from bot.events.after.after_rows import question_row
from bot.events.event import Event, Kind, Reply, Seat
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
from bot.events.finding.store_mutes import Mutable, subject, subject_of
from bot.events.screens import short
from bot.events.signup.actions_guests import Answer, ShowInvitation
from bot.events.signup.screens_guests import mine_row
from bot.events.telling import kind_of, paragraphs, when, where
from bot.people.menu import ShowMenu
from bot.people.screens import with_help
from bot.turn import Button, Keyboard, Row, button
from bot.typed import shortened
from bot.words import Lines, Listing, Phrase, phrase

A_PAGE: Final = 5
"""Open events on one page, with the person's own above them."""

MOST_OWN: Final = 5

_ACROSS: Final = 2

_NAME_ON_BUTTON: Final = 24


@dataclass(frozen=True, slots=True)
class Line:
    """One open event as it stands in the list."""

    event: Event
    reasons: tuple[Phrase, ...]
    is_mine: bool = False
    """They are invited already: the page is the one with their answer."""
    is_near: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """What somebody is shown of what there is."""

    place: str | None
    """The municipality that is looked at."""
    is_home: bool
    own: Sequence[tuple[Event, Reply, Seat | None]]
    found: Sequence[Line]
    number: int = 0
    more: bool = False


def overview(page: Page) -> Phrase:
    """What they said yes to, what fits them, what is near."""
    where_to = phrase("events.youth.open.no_place" if page.place is None else place_key(page.place))
    blocks: list[Phrase] = []
    if page.own:
        blocks.append(_block("yours", tuple(_own_line(*one) for one in page.own)))
    for name, is_near in (("fits", False), ("near", True)):
        lines = tuple(_found_line(one) for one in page.found if one.is_near is is_near)
        if lines:
            blocks.append(_block(name, lines))
    if not page.found:
        blocks.append(phrase(f"events.youth.open.{'nothing_for_all' if page.place is None else 'nothing_there'}"))
    if page.place is None:
        blocks.append(phrase("events.youth.open.choose_a_place"))
    return phrase("events.youth.open", place=where_to, blocks=paragraphs(*blocks))


def _block(name: str, lines: tuple[Phrase, ...]) -> Phrase:
    return phrase(f"events.youth.open.{name}", lines=Lines(lines))


def _own_line(event: Event, reply: Reply, seat: Seat | None) -> Phrase:
    state = seat.value if seat in (Seat.WAITING, Seat.OFFERED) else reply.value
    answer = phrase(f"events.youth.open.answer_{state}")
    return phrase("events.any.open_own", title=event.title, when=when(event), where=where(event), answer=answer)


def _found_line(one: Line) -> Phrase:
    return phrase(
        "events.any.open_line",
        title=one.event.title,
        when=when(one.event),
        where=where(one.event),
        reasons=Listing(one.reasons or (phrase("events.youth.invited_here"),)),
    )


def overview_keyboard(page: Page, *, has_muted: bool, has_news: bool, consent: Keyboard) -> Keyboard:
    """Each event, and the ways on: another place, news, what is hidden, being invited."""
    rows: list[Row] = [(_own_button(event),) for event, _, _ in page.own]
    rows += [(_found_button(one, page),) for one in page.found]
    rows += pages.ways(page.number, lambda to: ShowOpen(page.place, to), more=page.more)
    if page.place is not None and not page.is_home:
        rows.append((button("events.youth.button.keep_place", KeepPlace(page.place)),))
    other = "choose_place" if page.place is None else "other_place"
    rows.append((button(f"events.youth.button.{other}", ChooseRegion()),))
    if has_news:
        rows.append((button("events.youth.button.news", ShowOpenNews()),))
    if has_muted:
        rows.append((button("events.youth.button.muted", ShowMuted()),))
    rows.append((*mine_row(is_youth=True), button("people.any.button.menu", ShowMenu())))
    return with_help((*rows, *consent))


def _own_button(event: Event) -> Button:
    return button("events.any.button.title", ShowInvitation(event.id), title=short(event.title))


def _found_button(one: Line, page: Page) -> Button:
    place = None if page.is_home else page.place
    action = ShowInvitation(one.event.id) if one.is_mine else LookAt(one.event.id, place, page.number)
    return button("events.any.button.title", action, title=short(one.event.title))


# --- one of them ------------------------------------------------------------------------------------------------


def event_keyboard(event: Event, back: ShowOpen, *, is_for_them: bool, says_home: bool, more: Keyboard) -> Keyboard:
    """Say yes where it is for them, or that they live there (`says_home`: nothing is known of where); ask, what there
    is `more` to look at, hide its kind, go back to the list they came from."""
    rows: list[Row] = []
    if event.takes_answers and is_for_them:
        rows.append((button("events.youth.button.i_come", Answer(event.id, Reply.YES)),))
    elif says_home and event.municipality is not None:
        rows.append((button("events.youth.button.keep_place", KeepPlace(event.municipality)),))
    if event.takes_answers:
        rows.append(question_row(event.id, is_youth=True))
    rows.extend(more)
    rows.append((button("events.youth.button.mute", MuteKind(event.id)),))
    rows.append((button("events.youth.button.open", back),))
    return with_help(tuple(rows))


def partner_row(name: str, organization: int) -> Row:
    """What else a partner holds."""
    short_name = shortened(name, _NAME_ON_BUTTON)
    return (button("events.youth.button.by_partner", ShowByPartner(organization), name=short_name),)


def by_partner(name: str, found: Sequence[Event]) -> tuple[Phrase, Keyboard]:
    """What a partner holds that is open."""
    lines = tuple(phrase("events.any.open_short", title=one.title, when=when(one), where=where(one)) for one in found)
    rows = tuple((button("events.any.button.title", LookAt(one.id), title=short(one.title)),) for one in found)
    return phrase("events.youth.by_partner", name=name, events=Lines(lines)), with_help((*rows, back_row()))


def back_row() -> Row:
    """The way back to what there is."""
    return (button("events.youth.button.open", ShowOpen(None, 0)),)


# --- where ------------------------------------------------------------------------------------------------------


def regions() -> Keyboard:
    """The five regions."""
    return with_help((*((button(region_key(one), ChoosePlace(one)),) for one in Region), back_row()))


def places(region: Region) -> Keyboard:
    """The municipalities of one."""
    buttons = [button(place_key(one.code), ShowOpen(one.code, 0)) for one in in_region(region)]
    rows = tuple(tuple(buttons[at : at + _ACROSS]) for at in range(0, len(buttons), _ACROSS))
    return with_help((*rows, (button("events.youth.button.other_place", ChooseRegion()),)))


# --- what they want none of -------------------------------------------------------------------------------------


def muted_now(event: Event) -> tuple[Phrase, Keyboard]:
    """It is hidden, and one tap brings it back."""
    is_news = not event.takes_answers
    kind = (event.particulars.news_of or Kind.OTHER) if is_news else event.kind
    of = Mutable.NEWS if is_news else Mutable.EVENT
    assert subject(of, kind) == subject_of(event.kind, event.particulars)
    undo = (button("events.youth.button.unmute", Unmute(of, kind), sort=kind_of(kind)),)
    what = phrase(f"events.youth.muted_{of.value}", sort=kind_of(kind))
    return what, with_help((undo, (button("events.youth.button.muted", ShowMuted()),), back_row()))


def muted_list(subjects: Sequence[str]) -> tuple[Phrase, Keyboard]:
    """Everything that is hidden, each with a button to bring it back."""
    rows: list[Row] = []
    for one in subjects:
        of, _, kind = one.partition(":")
        label = f"events.youth.button.unmute{'_news' if of == Mutable.NEWS.value else ''}"
        rows.append((button(label, Unmute(Mutable(of), Kind(kind)), sort=kind_of(Kind(kind))),))
    return phrase("events.youth.muted_list" if rows else "events.youth.muted_none"), with_help((*rows, back_row()))


# --- news -------------------------------------------------------------------------------------------------------


def news(found: Sequence[Event]) -> tuple[Phrase, Keyboard]:
    """What others hold."""
    rows: list[Row] = [(button("events.any.button.title", LookAt(one.id), title=short(one.title)),) for one in found]
    lines = Lines(
        tuple(
            phrase(
                "events.any.open_news",
                title=one.title,
                sort=kind_of(one.particulars.news_of or Kind.OTHER),
                until=one.starts_at,
            )
            for one in found
        )
    )
    what = phrase("events.youth.news_list", news=lines) if found else phrase("events.youth.news_none")
    return what, with_help((*rows, back_row()))
