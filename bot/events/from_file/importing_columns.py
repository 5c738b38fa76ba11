"""The columns of the table in which events are written down: which there are, and which words belong into each. Pure.

People see headings and words in their own language; `importing_words` knows them in all three when they come back.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Final

from bot.directory.countries import COUNTRIES, SPOKEN, country_key, spoken_key
from bot.directory.rules import Region, municipalities, place_key, region_key
from bot.events.audience import Group
from bot.events.event import Funder, Kind, Level
from bot.words import Language, Phrase, phrase


class Column(StrEnum):
    """One column, in the order of the template; the value ends the key of its heading and of its hint."""

    SERIES = "series"
    KIND = "kind"
    NEWS_OF = "news_of"
    TITLE_LV = "title_lv"
    DETAILS_LV = "details_lv"
    TITLE_UK = "title_uk"
    DETAILS_UK = "details_uk"
    TITLE_EN = "title_en"
    DETAILS_EN = "details_en"
    FIRST = "first"
    STARTS = "starts"
    ENDS = "ends"
    REPLY_BY = "reply_by"
    PLACE = "place"
    HELD_IN = "held_in"
    LINK = "link"
    POSITION = "position"
    GROUPS = "groups"
    MUNICIPALITY = "municipality"
    REGION = "region"
    READERS = "readers"
    CAPACITY = "capacity"
    QUOTAS = "quotas"
    MINIMUM_AGE = "minimum_age"
    MAXIMUM_AGE = "maximum_age"
    GUARDIAN = "guardian"
    ASKS_NEEDS = "asks_needs"
    LANGUAGES = "languages"
    COST = "cost"
    ACCESS = "access"
    TRAVEL = "travel"
    LEVEL = "level"
    COUNTRY = "country"
    FUNDER = "funder"
    ORGANISERS = "organisers"
    AGENDA = "agenda"
    PUBLICITY = "publicity"
    LISTED = "listed"


NEEDED: Final = (Column.KIND, Column.STARTS, Column.GROUPS)
"""The columns that every table has."""

TITLES: Final = {Language.LV: Column.TITLE_LV, Language.UK: Column.TITLE_UK, Language.EN: Column.TITLE_EN}
DETAILS: Final = {Language.LV: Column.DETAILS_LV, Language.UK: Column.DETAILS_UK, Language.EN: Column.DETAILS_EN}

OF_SESSIONS: Final = frozenset(
    {Column.SERIES, Column.STARTS, Column.ENDS, Column.PLACE, Column.HELD_IN, Column.CAPACITY}
)
"""What each session of a series says for itself; everything else is that of its first row."""

MOMENTS: Final = frozenset({Column.STARTS, Column.ENDS, Column.REPLY_BY})
NUMBERS: Final = frozenset({Column.CAPACITY, Column.MINIMUM_AGE, Column.MAXIMUM_AGE})

YES: Final = "yes"
NO: Final = "no"


def heading(column: Column) -> Phrase:
    """What stands above the column."""
    return phrase(f"events.staff.sheet.column.{column.value}")


def hint(column: Column) -> Phrase:
    """What goes into it, and how it is written."""
    return phrase(f"events.staff.sheet.hint.{column.value}")


@cache
def words_of(column: Column) -> Mapping[str, Phrase]:
    """The words that a cell of this column may hold, by what they mean; none: anything may be written."""
    match column:
        case Column.KIND:
            return {one.value: phrase(f"events.any.kind.{one.value}") for one in Kind}
        case Column.NEWS_OF:
            return {one.value: phrase(f"events.any.kind.{one.value}") for one in Kind if one is not Kind.ANNOUNCEMENT}
        case Column.GROUPS | Column.QUOTAS:
            return {one.value: phrase(f"events.staff.group.{one.value}") for one in Group}
        case Column.FIRST | Column.READERS:
            return {one.value: phrase(f"people.any.language.{one.value}") for one in Language}
        case Column.LANGUAGES:
            return {one: phrase(spoken_key(one)) for one in SPOKEN}
        case Column.MUNICIPALITY | Column.HELD_IN:
            return {one.code: phrase(place_key(one.code)) for one in municipalities()}
        case Column.REGION:
            return {one.value: phrase(region_key(one)) for one in Region}
        case Column.LEVEL:
            return {one.value: phrase(f"events.any.level.{one.value}") for one in Level}
        case Column.FUNDER:
            return {one.value: phrase(f"events.any.funder.{one.value}") for one in Funder}
        case Column.COUNTRY:
            return {one: phrase(country_key(one)) for one in COUNTRIES}
        case Column.GUARDIAN | Column.ASKS_NEEDS | Column.LISTED:
            return {one: phrase(f"events.staff.sheet.word.{one}") for one in (YES, NO)}
        case _:
            return {}
