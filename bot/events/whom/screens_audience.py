"""What a coordinator sees while they choose whom an invitation is for: place and groups, and how many that are now."""

from typing import Final

from bot.directory.rules import Region, find, in_region, place_key, region_key
from bot.events import rules, screens
from bot.events.audience import Audience, Group
from bot.events.event import Event
from bot.events.going_out import screens_sending
from bot.events.whom import store_audience, store_choices
from bot.events.whom.actions_audience import PickPlace, PickRegion, ShowCuts, ShowPlaces, ShowRegion, Toggle
from bot.events.whom.asking import asking
from bot.events.whom.audience_choices import placed
from bot.events.whom.audience_words import limits
from bot.events.whom.reach import LeftOut, Reach
from bot.events.writing import store_drafts
from bot.events.writing.actions_writing import Ask
from bot.events.writing.drafts import Draft, Step, addressed
from bot.figures.suppression import Range
from bot.turn import Button, Keyboard, Row, Tick, Turn, button
from bot.words import Fact, Lines, Listing, Phrase, phrase

# --- in words ---------------------------------------------------------------------------------------------------


async def cuts(tick: Tick, audience: Audience) -> tuple[Phrase, ...]:
    """By what it is narrowed down, a line each, with the names of networks and events."""
    names = await store_choices.network_names(tick.db, audience.networks)
    earlier = await store_choices.titled(tick.db, audience.attended)
    chosen = limits(
        audience,
        [phrase("events.any.written", text=name) for name in names],
        [phrase("events.any.button.title", title=one.title) for one in earlier],
    )
    return tuple(phrase(f"events.staff.cut_line.{cut.value}", chosen=Listing(those)) for cut, those in chosen.items())


async def whom(tick: Tick, of: Event | Draft) -> Lines:
    """Whom it is for, line by line: the place, the groups, and by what it is narrowed down."""
    audience = of.audience or Audience(None, frozenset())
    narrowed = await cuts(tick, audience)
    first = (
        phrase("events.staff.whom_where", where=screens.place_of(audience)),
        phrase("events.staff.whom_groups", groups=screens.groups_of(audience)),
    )
    terms = (phrase("events.staff.whom_terms"),) if _has_terms(of) else ()
    return Lines((*first, *narrowed, *terms))


def _has_terms(of: Event | Draft) -> bool:
    """Whether the event itself says who may come, which counts as well."""
    return bool(of.terms.after) or of.terms.minimum_age is not None or of.terms.maximum_age is not None


def left_out(reach: Reach, fewest: int) -> Lines:
    """Who of the audience gets nothing now, told apart by the reason as far as that may be told."""
    told = reach.told_left_out(fewest)
    lines: list[Phrase] = []
    if told:
        reasons = tuple(
            phrase(f"events.staff.left_out.{why.value}", number=_number(told[why])) for why in _ORDER if why in told
        )
        lines.append(phrase("events.staff.left_out", reasons=Listing(reasons)))
    elif not reach.young:
        lines.append(phrase("events.staff.left_out_none"))
    if reach.young:
        lines.append(phrase("events.staff.left_out_hidden", fewest=fewest))
    return Lines(tuple(lines))


_ORDER: Final = (LeftOut.TIRED, LeftOut.MUTED, LeftOut.CANNOT)


def _number(told: Range) -> Fact:
    if told.at_least == told.at_most:
        return told.at_least
    return phrase("events.staff.left_out_range", least=told.at_least, most=told.at_most)


async def reach_of(tick: Tick, of: Event | Draft) -> Reach:
    """Whom it would reach now."""
    return await store_audience.reach(tick.db, asking(of, tick.now, tick.settings))


# --- the screens ------------------------------------------------------------------------------------------------


async def show_audience(turn: Turn, draft: Draft) -> None:
    """Who gets it, with the number of them; the place is asked first where there is a choice."""
    if draft.audience is None:
        places = rules.own_places(turn.person)
        if len(places) != 1 or places[0] is None:
            show_places(turn, draft)
            return
        draft = await kept(turn, draft, placed(None, places[0]))
    audience = draft.audience or Audience(None, frozenset())
    reach, fewest = await reach_of(turn, draft), turn.settings.fewest_shown
    rows: list[Row] = [*screens.two_a_row([_group(draft.id, audience, group) for group in Group])]
    rows.append((button("events.staff.button.cuts", ShowCuts(draft.id)),))
    if rules.own_places(turn.person) != (audience.municipality,) or audience.municipality is None:
        rows.append((button("events.staff.button.places", ShowPlaces(draft.id)),))
    rows.append((button("events.staff.button.onward", Ask(draft.id, Step.PAGE)),))
    rows.append((button("events.any.button.back", Ask(draft.id, Step.LANGUAGES)),))
    turn.replace(
        "events.staff.audience",
        keyboard=tuple(rows),
        whom=await whom(turn, draft),
        people=screens_sending.people(reach, fewest),
        left_out=left_out(reach, fewest),
    )


async def kept(turn: Turn, draft: Draft, audience: Audience) -> Draft:
    """The draft for that audience, kept."""
    changed = addressed(draft, audience)
    await store_drafts.save(turn.db, changed)
    return changed


def _group(event_id: int, audience: Audience, group: Group) -> Button:
    chosen = group in audience.groups
    mark = "on" if chosen else "off"
    return button(
        f"events.staff.button.group_{mark}",
        Toggle(event_id, group, chosen=not chosen),
        group=phrase(f"events.staff.group.{group.value}"),
    )


# --- the place --------------------------------------------------------------------------------------------------


def is_a_place(municipality: str | None) -> bool:
    """Whether that is a municipality of ours, or all Latvia (None)."""
    return municipality is None or find(municipality) is not None


def show_places(turn: Turn, draft: Draft) -> None:
    """Where does it go: one of the coordinator's own municipalities, or for the whole country by region."""
    places = rules.own_places(turn.person)
    rows: list[tuple[Button, ...]] = []
    if None in places:
        rows.append((button("events.staff.button.all_latvia", PickPlace(draft.id, None)),))
        rows += [(button(region_key(region), ShowRegion(draft.id, region)),) for region in Region]
    else:
        rows += [(button(place_key(code), PickPlace(draft.id, code)),) for code in places]
    before = Step.LANGUAGES if draft.audience is None else Step.AUDIENCE
    rows.append((button("events.any.button.back", Ask(draft.id, before)),))
    turn.replace("events.staff.choose_place", keyboard=tuple(rows))


def show_region(turn: Turn, draft: Draft, region: Region) -> None:
    """The region as a whole, and its municipalities."""
    whole = (
        button("events.staff.button.whole_region", PickRegion(draft.id, region), region=phrase(region_key(region))),
    )
    found = [button(place_key(one.code), PickPlace(draft.id, one.code)) for one in in_region(region)]
    rows: Keyboard = screens.two_a_row(found)
    back = (button("events.any.button.back", ShowPlaces(draft.id)),)
    turn.replace("events.staff.choose_place", keyboard=(whole, *rows, back))
