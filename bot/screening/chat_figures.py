"""The figures in chat: how many came how far, by source and by question, for coordinators and leads.

Everybody sees what belongs to their municipality, or with a role for the whole country all of it. The figures are those
of `bot.outreach.funnel`; they are shown from here, for only the questionnaire knows its questions and their order.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from bot.actions import Action
from bot.directory.rules import place_key
from bot.outreach import funnel, store_reached
from bot.outreach.actions import ShowFigures
from bot.outreach.funnel import Figures, Origin
from bot.roles import Role
from bot.routes import Routes
from bot.screening import figures_sheet, store_versions
from bot.screening.figures_sheet import Sheet
from bot.turn import Keyboard, Shelf, Turn, button
from bot.words import Fact, Phrase, phrase

routes = Routes()
routes.make("outreach.figures")(figures_sheet.make)


@dataclass(frozen=True, slots=True)
class OpenFigures(Action):
    """The figures of whatever is theirs."""

    tag: ClassVar[str] = "outreach.all_figures"


@dataclass(frozen=True, slots=True)
class ShowPlaceFigures(Action):
    """Those of one municipality, or of what belongs to none."""

    tag: ClassVar[str] = "outreach.place_figures"
    municipality: str | None


routes.offer({Role.COORDINATOR, Role.LEAD}, 58, button("outreach.staff.button.all_figures", OpenFigures()), Shelf.REACH)


@routes.command("figures")
async def figures(turn: Turn, _: str) -> None:
    await _open(turn)


@routes.press(OpenFigures)
async def opened(turn: Turn, _: OpenFigures) -> None:
    await _open(turn)


async def _open(turn: Turn) -> None:
    """A coordinator of the whole country sees all and may look closer; others their municipality, or choose one."""
    places = funnel.places_of(turn.person)
    origins = await store_reached.origins(turn.db)
    if None in places:
        await _show_country(turn, origins)
    elif len(places) == 1:
        (municipality,) = places
        await _show_place(turn, municipality, origins)
    else:
        turn.say("outreach.staff.figures.choose", keyboard=_choice(sorted(one for one in places if one)))


@routes.press(ShowPlaceFigures)
async def of_place(turn: Turn, action: ShowPlaceFigures) -> None:
    if not funnel.may_see(turn.person, action.municipality):
        await turn.forbidden()
        return
    await _show_place(turn, action.municipality, await store_reached.origins(turn.db))


@routes.press(ShowFigures)
async def of_source(turn: Turn, action: ShowFigures) -> None:
    origins = await store_reached.origins(turn.db)
    found = next((one for one in origins if one.id == action.source), None)
    if found is None or not funnel.may_see(turn.person, found.municipality):
        await turn.forbidden()
        return
    counts = await _count(turn, _of(found.municipality, origins))
    line = counts.figures.apart[found.id]
    title = phrase("outreach.staff.figures.title.source", name=_name(found), place=_place(found.municipality))
    turn.say("outreach.staff.figures.making")
    _make(turn, Sheet(title, line, False, (), title, counts.questions, funnel.week_of(turn.now), found.id))


# --- what is shown ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Counts:
    figures: Figures
    questions: tuple[str, ...]


async def _show_place(turn: Turn, municipality: str | None, origins: Sequence[Origin]) -> None:
    here = _of(municipality, origins)
    counts = await _count(turn, here)
    rows: list[tuple[Fact, funnel.Line]] = [(_name(one), counts.figures.apart[one.id]) for one in here]
    rows.append((phrase("outreach.staff.figures.together"), counts.figures.together))
    turn.say("outreach.staff.figures.making")
    _make(
        turn,
        Sheet(
            phrase("outreach.staff.figures.title.place", place=_place(municipality)),
            counts.figures.total,
            True,
            rows,
            phrase("outreach.staff.figures.by_source"),
            counts.questions,
            funnel.week_of(turn.now),
        ),
    )


async def _show_country(turn: Turn, origins: Sequence[Origin]) -> None:
    """Each municipality's total, which is the sum of what its own coordinator sees, and the sum of those."""
    questions = await _questions(turn)
    reached = await store_reached.counted(turn.db, origins, funnel.week_of(turn.now), questions)
    by_place = {
        place: funnel.figures(_those(reached, group), group, len(questions), turn.settings.fewest_shown).total
        for place, group in ((place, _of(place, origins)) for place in _places(origins))
    }
    turn.say("outreach.staff.figures.making_country", keyboard=_choice(by_place))
    _make(
        turn,
        Sheet(
            phrase("outreach.staff.figures.title.country"),
            funnel.together(list(by_place.values())),
            True,
            [(_place(place), line) for place, line in by_place.items()],
            phrase("outreach.staff.figures.by_place"),
            questions,
            funnel.week_of(turn.now),
            rows_are_sums=True,
        ),
    )


async def _count(turn: Turn, origins: Sequence[Origin]) -> _Counts:
    questions = await _questions(turn)
    reached = await store_reached.counted(turn.db, origins, funnel.week_of(turn.now), questions)
    return _Counts(funnel.figures(reached, origins, len(questions), turn.settings.fewest_shown), questions)


async def _questions(turn: Turn) -> tuple[str, ...]:
    """The questions as they are asked now; those of older versions alone are left out."""
    form = await store_versions.current(turn.db)
    return tuple(question.id for question in form.questions)


def _make(turn: Turn, sheet: Sheet) -> None:
    turn.make("outreach.figures", figures_sheet.facts(sheet, turn.settings.fewest_shown))


# --- places and names -------------------------------------------------------------------------------------------


def _of(municipality: str | None, origins: Sequence[Origin]) -> list[Origin]:
    return [one for one in origins if one.municipality == municipality]


def _places(origins: Sequence[Origin]) -> list[str | None]:
    """The municipalities that have a source, and last what belongs to none."""
    codes = sorted({one.municipality for one in origins if one.municipality is not None})
    return [*codes, None]


def _those(reached: store_reached.Counted, group: Sequence[Origin]) -> store_reached.Counted:
    ids = {one.id for one in group}
    return {key: one for key, one in reached.items() if key[0] in ids}


def _place(municipality: str | None) -> Phrase:
    return phrase(place_key(municipality)) if municipality else phrase("outreach.staff.figures.no_place")


def _name(origin: Origin) -> Fact:
    """What staff called the source; a municipality's own link and the one without any have no name."""
    if origin.id is None:
        return phrase("outreach.staff.figures.no_link")
    if origin.name is None and origin.of_partners:
        return phrase("outreach.staff.partners")
    return origin.name or phrase("outreach.staff.figures.own_link")


def _choice(places: Sequence[str | None] | Mapping[str | None, object]) -> Keyboard:
    """A button for each place, two in a row."""
    buttons = [
        button("outreach.staff.button.place_figures", ShowPlaceFigures(one), place=_place(one)) for one in places
    ]
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
