"""`/find`: who offers what kind of help, best first with the reasons; `/find name` looks for a name.

What is shown is the directory's: nothing of it is about any young person.
"""

from collections.abc import Sequence
from typing import Final

from bot.directory import store_find, store_register
from bot.directory.actions_find import Band, Find, FindPlace, FindRegion, Found
from bot.directory.candidates import candidate_of, service_name
from bot.directory.ranking import Ranked, Wanted, choice
from bot.directory.register import Help, Service
from bot.directory.rules import Region, find, in_region, place_key, region_key
from bot.directory.screens_register import menu_row, place_of, today
from bot.directory.screens_service import checked, offers_of
from bot.directory.spelling import fold_letters
from bot.roles import Person, Role
from bot.routes import Routes
from bot.turn import Button, Keyboard, Row, Shelf, Turn, button
from bot.typed import in_one_line
from bot.words import Language, Lines, Phrase, phrase

A_PAGE: Final = 4
"""Services under one message."""

_ALIKE: Final = 70
"""How alike a name has to be to what was typed, of 100."""

_LONGEST_TYPED: Final = 80

_SEARCHING: Final = (Role.MENTOR, Role.LEAD, Role.COORDINATOR, Role.PARTNER)

routes = Routes()
routes.offer(_SEARCHING, 66, button("directory.staff.button.find", Find()), Shelf.PARTNERS)


@routes.command("find")
async def find_command(turn: Turn, argument: str) -> None:
    if argument:
        await by_name(turn, Find(), argument)
    else:
        await begin(turn, Find())


@routes.press(Find)
async def begin(turn: Turn, action: Find) -> None:
    """What is needed? The rest is taken from whoever asks, and can be changed below what was found."""
    where = _own_place(turn.person)
    rows: Keyboard = tuple(
        (button(f"directory.staff.help.{kind.value}", Found(kind, where, turn.person.language)),) for kind in Help
    )
    turn.replace("directory.staff.find", keyboard=(*rows, menu_row()))
    turn.expect(action)


@routes.text(Find)
async def by_name(turn: Turn, action: Find, text: str) -> None:
    """The services whose names, or whose organisation's, are most like what was typed."""
    wanted = in_one_line(text)[:_LONGEST_TYPED]
    services = await store_register.offered(turn.db)
    alike = _alike(wanted, services)
    turn.expect(action)
    if not alike:
        turn.say("directory.staff.find_no_name", keyboard=((_again(),), menu_row()), typed=wanted)
        return
    lines = Lines(tuple(_line(turn, one, None) for one in alike))
    turn.say("directory.staff.find_names", keyboard=((_again(),), menu_row()), found=lines)


def _alike(wanted: str, services: Sequence[Service]) -> list[Service]:
    from rapidfuzz import fuzz, process  # heavy, and needed by those alone who look for a name

    names = [fold_letters(service_name(one)) for one in services]
    best = process.extract(fold_letters(wanted), names, scorer=fuzz.partial_ratio, score_cutoff=_ALIKE, limit=A_PAGE)
    return [services[at] for _, _, at in best]


@routes.press(Found)
async def found(turn: Turn, action: Found) -> None:
    if action.municipality is not None and find(action.municipality) is None:
        await turn.forbidden()
        return
    services = {f"service:{one.id}": one for one in await store_register.offered(turn.db, action.kind)}
    busy = await store_find.under_way(turn.db, [one.id for one in services.values()])
    candidates = [candidate_of(one, busy.get(one.id, 0), turn.zone) for one in services.values()]
    wanted = Wanted(action.municipality, action.language, action.band)
    ranked = choice(candidates, wanted, today(turn))
    every = (*ranked.offered, *ranked.full)
    first = max(action.page, 0) * A_PAGE
    here = every[first : first + A_PAGE]
    turn.replace(
        "directory.staff.found" if here else "directory.staff.found_none",
        keyboard=_ways_on(action, more=len(every) > first + A_PAGE),
        kind=phrase(f"directory.staff.help.{action.kind.value}"),
        place=place_of(action.municipality),
        language=phrase(f"people.any.language.{action.language.value}"),
        age=_age(action.band),
        found=Lines(tuple(_line(turn, services[one.candidate.id], one) for one in here)),
    )


def _age(band: Band | None) -> Phrase:
    return phrase("directory.staff.ages.any" if band is None else f"directory.staff.band.{band.value}")


def _line(turn: Turn, service: Service, ranked: Ranked | None) -> Phrase:
    """One service: its name, why it stands there, how it is reached, how old that knowledge is."""
    told = [phrase("directory.staff.found_name", name=service_name(service))]
    if service.full_until is not None and today(turn) <= service.full_until:
        told.append(phrase("directory.staff.line.full", until=service.full_until))
    if ranked is not None:
        told.append(phrase("directory.staff.found_reasons", reasons=ranked.reasons))
    if service.offers:
        told.append(phrase("directory.staff.line.offers", value=offers_of(service)))
    ways = (service.phone, service.email, service.address)
    told += [phrase("directory.any.as_written", text=one) for one in ways if one is not None]
    if service.receiver_id is not None:
        told.append(phrase("directory.staff.why.in_team"))
    if ranked is None or ranked.candidate.checked_on is None:
        told.append(checked(service, turn.now))
    return phrase("directory.staff.found_one", lines=Lines(tuple(told)))


def _ways_on(action: Found, *, more: bool) -> Keyboard:
    kind, where, language, band = action.kind, action.municipality, action.language, action.band
    rows: list[Row] = []
    if more:
        rows.append((button("directory.staff.button.more", Found(kind, where, language, band, action.page + 1)),))
    others = [one for one in Language if one is not language]
    rows.append(tuple(button(f"people.any.language.{one.value}", Found(kind, where, one, band)) for one in others))
    rows.append(
        tuple(
            button(f"directory.staff.band.{one.value}", Found(kind, where, language, one))
            for one in Band
            if one is not band
        )
    )
    rows.append((button("directory.staff.button.find_elsewhere", FindRegion(kind, language, band)),))
    rows.append((_again(),))
    return tuple(rows)


@routes.press(FindRegion)
async def find_region(turn: Turn, action: FindRegion) -> None:
    rows: Keyboard = tuple(
        (button(region_key(one), FindPlace(action.kind, action.language, action.band, one)),) for one in Region
    )
    anywhere = (button("directory.any.whole_country", Found(action.kind, None, action.language, action.band)),)
    turn.replace("directory.staff.find_where", keyboard=(*rows, anywhere))


@routes.press(FindPlace)
async def find_place(turn: Turn, action: FindPlace) -> None:
    rows: Keyboard = tuple(
        (button(place_key(one.code), Found(action.kind, one.code, action.language, action.band)),)
        for one in in_region(action.region)
    )
    back = (button("directory.staff.button.find_region", FindRegion(action.kind, action.language, action.band)),)
    turn.replace("directory.staff.find_where", keyboard=(*rows, back))


def _again() -> Button:
    return button("directory.staff.button.find_again", Find())


def _own_place(person: Person) -> str | None:
    """The municipality they work in, where it is one."""
    places = {grant.municipality for grant in person.grants if grant.role in _SEARCHING}
    return next(iter(places)) if len(places) == 1 else None
