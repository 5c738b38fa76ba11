"""What is known of municipalities, as it is shown: in numbers, by region, one of them, and how it came to be known."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from bot.directory.rules import Region, find, in_region, municipalities, place_key, region_key
from bot.networks import rules
from bot.networks.actions import ListNetworks
from bot.networks.actions_places import (
    AddPaper,
    Country,
    CoverageMap,
    CoverageTable,
    History,
    NoteIt,
    ShowPaper,
    ShowPlace,
    ShowRegion,
)
from bot.networks.history import former
from bot.networks.network import Coverage, Note, Paper, Subject, Value
from bot.networks.screens import short
from bot.turn import Button, Keyboard, Row, Turn, button
from bot.words import Lines, Phrase, phrase

_NOTES_SHOWN: Final = 20
MOST_PAPERS: Final = 10


def country(turn: Turn, coverage: Coverage) -> None:
    codes = [one.code for one in municipalities()]
    keyboard: Keyboard = (
        *((button(region_key(one), ShowRegion(one)),) for one in Region),
        *((button(f"networks.staff.button.map.{one.value}", CoverageMap(one)),) for one in Subject),
        (button("networks.staff.button.table", CoverageTable()),),
        (button("networks.staff.button.list", ListNetworks()),),
    )
    turn.replace("networks.staff.country", keyboard=keyboard, count=len(codes), known=Lines(_counts(coverage, codes)))


def _counts(coverage: Coverage, codes: Sequence[str]) -> tuple[Phrase, ...]:
    return tuple(
        phrase(
            "networks.staff.counts",
            subject=phrase(f"networks.any.subject.{subject.value}"),
            **{value.value: count for value, count in rules.counted(coverage, codes, subject).items()},
        )
        for subject in Subject
    )


def region(turn: Turn, one: Region, coverage: Coverage) -> None:
    places = in_region(one)
    lines = tuple(
        phrase(
            "networks.staff.place_line",
            place=phrase(place_key(each.code)),
            **{subject.value: _value(coverage, each.code, subject) for subject in Subject},
        )
        for each in places
    )
    buttons = [Button(phrase(place_key(each.code)), ShowPlace(each.code)) for each in places]
    rows: Keyboard = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    counts = Lines(_counts(coverage, [each.code for each in places]))
    turn.replace(
        "networks.staff.region",
        keyboard=(*rows, country_row()),
        region=phrase(region_key(one)),
        counts=counts,
        places=Lines(lines),
    )


def _value(coverage: Coverage, municipality: str, subject: Subject) -> Phrase:
    return phrase(f"networks.any.value.{rules.value_of(coverage, municipality, subject).value}")


def place(
    turn: Turn,
    municipality: str,
    coverage: Coverage,
    names: Mapping[int, str],
    papers: Sequence[Paper],
    *,
    may_note: bool,
    has_history: bool,
    note: Phrase | None,
) -> None:
    """One municipality; `names` of those who noted or added something, by their number."""
    parts: list[Phrase] = [] if note is None else [note]
    parts.append(phrase("networks.staff.place", place=phrase(place_key(municipality))))
    parts.append(phrase("networks.any.lines", lines=Lines(tuple(_known(coverage, municipality, names)))))
    if len(before := former().get(municipality, ())) > 1:
        parts.append(phrase("networks.staff.made_of", names="; ".join(before)))
    if papers:
        lines = tuple(_paper(turn, one, names) for one in papers)
        parts.append(phrase("networks.staff.papers", papers=Lines(lines)))
    else:
        parts.append(phrase("networks.staff.no_papers"))
    rows: list[Row] = [
        (button("networks.staff.button.paper", ShowPaper(one.id), title=short(one.title, 28)),) for one in papers
    ]
    if may_note:
        rows += [_note_row(municipality, subject) for subject in Subject]
        if len(papers) < MOST_PAPERS:
            rows.append((button("networks.staff.button.add_paper", AddPaper(municipality)),))
    if has_history:
        rows.append((button("networks.staff.button.history", History(municipality)),))
    here = find(municipality)
    if here is not None:
        rows.append((button(region_key(here.region), ShowRegion(here.region)),))
    turn.replace_with(phrase("networks.any.paragraphs", lines=Lines(tuple(parts))), (*rows, country_row()))


def _known(coverage: Coverage, municipality: str, names: Mapping[int, str]) -> list[Phrase]:
    found = []
    for subject in Subject:
        note = coverage.get((municipality, subject))
        what = phrase(f"networks.any.subject.{subject.value}")
        if note is None:
            found.append(phrase("networks.staff.not_known", subject=what))
        else:
            found.append(_noted("networks.staff.known", note, names))
    return found


def _paper(turn: Turn, paper: Paper, names: Mapping[int, str]) -> Phrase:
    """What it is called, and since when and by whom it is up."""
    day = paper.added_at.astimezone(turn.zone).date()
    return phrase("networks.staff.paper_line", title=paper.title, day=day, by=_author(paper.added_by, names))


def _author(number: int | None, names: Mapping[int, str]) -> Phrase | str:
    """By name, unless they are not here any more."""
    by = names.get(number or 0)
    return phrase("networks.staff.somebody") if by is None else by


def _noted(key: str, note: Note, names: Mapping[int, str]) -> Phrase:
    return phrase(
        key,
        subject=phrase(f"networks.any.subject.{note.subject.value}"),
        value=phrase(f"networks.any.value.{note.value.value}"),
        day=note.as_of,
        by=_author(note.noted_by, names),
    )


def _note_row(municipality: str, subject: Subject) -> Row:
    return tuple(
        button(f"networks.staff.button.{subject.value}.{value.value}", NoteIt(municipality, subject, value))
        for value in Value
    )


def ask_day(turn: Turn, action: NoteIt, key: str = "networks.staff.ask_day") -> None:
    """As of when is it so? Today, the beginning of this year, or typed."""
    today = turn.now.astimezone(turn.zone).date()
    days = dict.fromkeys((today, today - timedelta(days=today.day - 1), date(today.year, 1, 1)))
    rows: Keyboard = tuple(
        (
            Button(
                phrase("networks.any.day", day=day),
                NoteIt(action.municipality, action.subject, action.value, day),
            ),
        )
        for day in days
    )
    turn.replace(
        key,
        keyboard=(*rows, (_back(action.municipality),)),
        place=phrase(place_key(action.municipality)),
        subject=phrase(f"networks.any.subject.{action.subject.value}"),
        value=phrase(f"networks.any.value.{action.value.value}"),
    )


def history(turn: Turn, municipality: str, notes: Sequence[Note], names: Mapping[int, str]) -> None:
    """The newest notes first, with when they were written."""
    lines = tuple(_noted("networks.staff.known", one, names) for one in reversed(notes[-_NOTES_SHOWN:]))
    turn.replace(
        "networks.staff.history",
        keyboard=((_back(municipality),),),
        place=phrase(place_key(municipality)),
        notes=Lines(lines),
    )


def several(turn: Turn, codes: Sequence[str]) -> None:
    rows: Keyboard = tuple((Button(phrase(place_key(code)), ShowPlace(code)),) for code in codes)
    turn.say("networks.staff.which_place", keyboard=(*rows, country_row()))


def not_found(turn: Turn) -> None:
    turn.say("networks.staff.no_such_place", keyboard=(country_row(),))


def _back(municipality: str) -> Button:
    return button("networks.staff.button.back", ShowPlace(municipality))


def country_row() -> Row:
    """To all of Latvia."""
    return (button("networks.staff.button.municipalities", Country()),)
