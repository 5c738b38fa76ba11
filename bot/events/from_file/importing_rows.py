"""Rows of a table as events: every cell is looked at, and whatever is wrong is named with its row and column. Pure."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Final, TypeVar

from bot.directory.rules import Region
from bot.events import details
from bot.events.audience import Audience, Group
from bot.events.details import Detail
from bot.events.event import Funder, Kind, Level, Particulars, Terms
from bot.events.from_file import importing_cells as cells
from bot.events.from_file.importing import Mark, Organiser, Planned, Reading, Understood, mark_of
from bot.events.from_file.importing_cells import Clocks, Wrong
from bot.events.from_file.importing_columns import DETAILS, OF_SESSIONS, TITLES, YES, Column
from bot.events.from_file.importing_faults import Cell, Expected, Faults
from bot.events.from_file.importing_opening import Table, Value
from bot.events.from_file.importing_words import plain
from bot.events.rules import may_reach, own_places
from bot.events.sessions.series import MOST_SESSIONS, Session
from bot.events.writing.drafts import MOST, Draft, Step
from bot.words import Language

V = TypeVar("V")

MOST_ORGANISERS: Final = 10
LONGEST_ORGANISER: Final = 120

_TO_THE_END_OF_THE_DAY: Final = time(23, 59)


def understood_table(table: Table, reading: Reading) -> Understood:
    """The events of a table, or all that is wrong with it."""
    is_ = Understood()
    clocks = Clocks(reading.now, reading.zone, table.epoch)
    series: dict[str, list[_Row]] = {}
    for number, values in table.rows:
        row = _Row(number, values, table.letters, is_.faults, clocks)
        name = row.text(Column.SERIES, LONGEST_ORGANISER)
        series.setdefault(f"row {number}" if name is None else f"series {plain(name)}", []).append(row)
    found = [_planned(rows, reading) for rows in series.values()]
    _look_for_repeated(found, is_.faults)
    if not is_.faults:
        is_.planned = [planned for _, planned in found]
    return is_


def _look_for_repeated(found: Sequence[tuple["_Row", Planned]], faults: Faults) -> None:
    seen: set[Mark] = set()
    for row, planned in found:
        mark = mark_of(planned.draft)
        if mark in seen and mark.title and mark.starts_at is not None:
            faults.add(Cell(row.number), Expected.ONCE)
        seen.add(mark)


class _Row:
    """The cells of one row; what is wrong with them goes to the faults, each once."""

    def __init__(
        self, number: int, values: Mapping[Column, Value], letters: Mapping[Column, str], faults: Faults, clocks: Clocks
    ) -> None:
        self.number = number
        self.values = values
        self.clocks = clocks
        self._letters = letters
        self._faults = faults

    def wrong(self, column: Column, expected: Expected, most: int = 0) -> None:
        self._add(column, Wrong(expected, most))

    def wrong_whole(self, expected: Expected, most: int = 0) -> None:
        self._faults.add(Cell(self.number), expected, most)

    def get(self, column: Column, read: Callable[[Value], V | Wrong]) -> V | None:
        """What the cell says; None where it is empty or wrong."""
        value = self.values.get(column)
        if value is None:
            return None
        found = Wrong(Expected.PLAIN) if cells.is_formula(value) else read(value)
        if isinstance(found, Wrong):
            self._add(column, found)
            return None
        return found

    def needed(self, column: Column, read: Callable[[Value], V | Wrong]) -> V | None:
        """The same for a cell that may not be empty."""
        if column not in self.values:
            self.wrong(column, Expected.SOMETHING)
        return self.get(column, read)

    def text(self, column: Column, most: int) -> str | None:
        return self.get(column, lambda value: cells.text(value, most))

    def word(self, column: Column) -> str | None:
        return self.get(column, lambda value: cells.word(value, column))

    def several(self, column: Column) -> tuple[str, ...]:
        return self.get(column, lambda value: cells.several(value, column)) or ()

    def number_in(self, column: Column, most: int) -> int | None:
        return self.get(column, lambda value: cells.number(value, most))

    def yes(self, column: Column) -> bool:
        return self.word(column) == YES

    def _add(self, column: Column, wrong: Wrong) -> None:
        letter = self._letters.get(column)
        where = Cell(self.number, column, letter) if letter else Cell(None, column)
        self._faults.add(where, wrong.expected if letter else Expected.COLUMN, wrong.most, wrong.words)


# --- one event ----------------------------------------------------------------------------------------------------


def _planned(rows: Sequence[_Row], reading: Reading) -> tuple[_Row, Planned]:
    """One event; further rows are sessions of it, which say their time and place and leave the rest to the first."""
    first, *more = rows
    kind = Kind(first.needed(Column.KIND, lambda value: cells.word(value, Column.KIND)) or Kind.OTHER)
    language, titles, details = _texts(first, reading.language)
    starts_at, ends_at = _times(first)
    draft = Draft(
        0,
        reading.person.id,
        language,
        titles,
        details,
        first.text(Column.PLACE, MOST[Step.PLACE]),
        starts_at,
        _audience(first, reading),
        kind=kind,
        ends_at=ends_at,
        reply_by=_reply_by(first, starts_at),
        particulars=_particulars(first, kind),
        terms=_terms(first),
        listed=first.yes(Column.LISTED),
    )
    if not {Column.PLACE, Column.LINK} & first.values.keys() and kind is not Kind.ANNOUNCEMENT:
        first.wrong(Column.PLACE, Expected.PLACE_OR_LINK)
    if more and Column.HELD_IN not in first.values:
        first.wrong(Column.HELD_IN, Expected.SOMETHING)
    if len(rows) > MOST_SESSIONS:
        rows[MOST_SESSIONS].wrong_whole(Expected.FEWER, MOST_SESSIONS)
    sessions = [_session(row, draft, first) for row in more]
    return first, Planned(draft, _organisers(first, reading), tuple(one for one in sessions if one is not None))


def _texts(row: _Row, reader: Language) -> tuple[Language, dict[Language, str], dict[Language, str]]:
    """The first language, the titles and the texts; a language has both or neither."""
    titles: dict[Language, str] = {}
    details: dict[Language, str] = {}
    for one in Language:
        if TITLES[one] not in row.values and DETAILS[one] not in row.values:
            continue
        title = row.needed(TITLES[one], lambda value: cells.text(value, MOST[Step.TITLE]))
        text = row.needed(DETAILS[one], lambda value: cells.paragraph(value, MOST[Step.DETAILS]))
        titles[one], details[one] = title or "", text or ""
    if not titles:
        row.wrong_whole(Expected.A_TEXT)
    first = row.word(Column.FIRST)
    if first is not None and titles and Language(first) not in titles:
        row.wrong(TITLES[Language(first)], Expected.SOMETHING)
    language = Language(first) if first else reader
    return language if language in titles or not titles else next(iter(titles)), titles, details


def _times(row: _Row) -> tuple[datetime | None, datetime | None]:
    starts_at = row.needed(Column.STARTS, lambda value: cells.moment(value, row.clocks))
    day = starts_at.astimezone(row.clocks.zone).date() if starts_at else row.clocks.today
    ends_at = row.get(Column.ENDS, lambda value: cells.moment(value, row.clocks, day))
    if starts_at is not None and ends_at is not None and ends_at <= starts_at:
        row.wrong(Column.ENDS, Expected.AFTER_START)
    return starts_at, ends_at


def _reply_by(row: _Row, starts_at: datetime | None) -> datetime | None:
    """A day alone means to the end of it."""
    read = row.get(Column.REPLY_BY, lambda value: cells.moment(value, row.clocks, alone=_TO_THE_END_OF_THE_DAY))
    if read is None or starts_at is None or read <= starts_at:
        return read
    zone = row.clocks.zone
    if read.astimezone(zone).date() == starts_at.astimezone(zone).date():
        return starts_at
    row.wrong(Column.REPLY_BY, Expected.BY_START)
    return None


def _particulars(row: _Row, kind: Kind) -> Particulars:
    position = row.get(Column.POSITION, cells.position)
    news_of = row.word(Column.NEWS_OF)
    level, funder = row.word(Column.LEVEL), row.word(Column.FUNDER)
    if kind is Kind.ANNOUNCEMENT and Column.NEWS_OF not in row.values:
        row.wrong(Column.NEWS_OF, Expected.SOMETHING)
    return Particulars(
        link=row.get(Column.LINK, lambda value: cells.link(value, details.MOST[Detail.LINK])),
        latitude=position[0] if position else None,
        longitude=position[1] if position else None,
        languages=row.several(Column.LANGUAGES),
        cost=row.text(Column.COST, details.MOST[Detail.COST]),
        access=row.text(Column.ACCESS, details.MOST[Detail.ACCESS]),
        travel=row.text(Column.TRAVEL, details.MOST[Detail.TRAVEL]),
        level=Level(level) if level else None,
        country=row.word(Column.COUNTRY),
        funder=Funder(funder) if funder else None,
        agenda=row.get(Column.AGENDA, _agenda) or (),
        news_of=Kind(news_of) if news_of and kind is Kind.ANNOUNCEMENT else None,
        publicity=row.text(Column.PUBLICITY, details.MOST[Detail.PUBLICITY]),
        held_in=row.word(Column.HELD_IN),
    )


def _agenda(value: Value) -> tuple[str, ...] | Wrong:
    most = details.MOST[Detail.AGENDA]
    return cells.parts(value, details.POINTS, most, most)


def _terms(row: _Row) -> Terms:
    capacity = row.number_in(Column.CAPACITY, details.PLACES)
    quotas = row.get(Column.QUOTAS, cells.quotas) or {}
    if capacity is not None and any(most > capacity for most in quotas.values()):
        row.wrong(Column.QUOTAS, Expected.ROOM, capacity)
    youngest = row.number_in(Column.MINIMUM_AGE, details.OLDEST)
    oldest = row.number_in(Column.MAXIMUM_AGE, details.OLDEST)
    if youngest is not None and oldest is not None and youngest > oldest:
        row.wrong(Column.MAXIMUM_AGE, Expected.AGES)
    return Terms(capacity, quotas, youngest, oldest, row.yes(Column.GUARDIAN), row.yes(Column.ASKS_NEEDS))


# --- for whom -----------------------------------------------------------------------------------------------------


def _audience(row: _Row, reading: Reading) -> Audience:
    groups = row.needed(Column.GROUPS, lambda value: cells.several(value, Column.GROUPS)) or ()
    municipality = row.word(Column.MUNICIPALITY)
    region = row.word(Column.REGION)
    readers = frozenset(Language(one) for one in row.several(Column.READERS))
    places = own_places(reading.person)
    if municipality is not None and not may_reach(reading.person, municipality):
        row.wrong(Column.MUNICIPALITY, Expected.YOURS)
    elif region is not None and None not in places:
        row.wrong(Column.REGION, Expected.NATIONAL)
    elif region is not None and municipality is not None:
        row.wrong(Column.REGION, Expected.ONE_PLACE)
    elif Column.MUNICIPALITY not in row.values and None not in places:
        if len(places) == 1:
            municipality = places[0]
        else:
            row.wrong(Column.MUNICIPALITY, Expected.SOMETHING)
    return Audience(municipality, frozenset(Group(one) for one in groups), Region(region) if region else None, readers)


def _organisers(row: _Row, reading: Reading) -> tuple[Organiser, ...]:
    """Partners of the directory where a name is one of theirs, and the others by name."""
    names = row.get(Column.ORGANISERS, lambda value: cells.parts(value, MOST_ORGANISERS, LONGEST_ORGANISER)) or ()
    return tuple(Organiser(one, reading.organizations.get(one.casefold())) for one in names)


# --- the further sessions -----------------------------------------------------------------------------------------


def _session(row: _Row, draft: Draft, first: _Row) -> Session | None:
    """What a further row of a series says; anything beside time and place is empty there, or as in the first row."""
    for column, value in row.values.items():
        if column not in OF_SESSIONS and _shown(value) != _shown(first.values.get(column)):
            row.wrong(column, Expected.AS_FIRST, first.number)
    starts_at, ends_at = _times(row)
    if ends_at is not None and _lasts(starts_at, ends_at) != _lasts(draft.starts_at, draft.ends_at):
        row.wrong(Column.ENDS, Expected.AS_LONG, first.number)
    place = row.needed(Column.PLACE, lambda value: cells.text(value, MOST[Step.PLACE]))
    held_in = row.needed(Column.HELD_IN, lambda value: cells.word(value, Column.HELD_IN))
    capacity = row.number_in(Column.CAPACITY, details.PLACES)
    if starts_at is None or place is None or held_in is None:
        return None
    return Session(place, held_in, starts_at, capacity)


def _lasts(starts_at: datetime | None, ends_at: datetime | None) -> timedelta | None:
    return None if starts_at is None or ends_at is None else ends_at - starts_at


def _shown(value: Value) -> str:
    return "" if value is None else plain(cells.as_text(value))
