"""Headings and words of the table of events as people may write them, in any language of the bot.

A spreadsheet comes back with the words it went out with, whatever language whoever sends it reads by then; so they are
looked up in all catalogues.
"""

from collections.abc import Mapping
from functools import cache
from typing import Final

from bot.events.from_file.importing_columns import Column, heading, words_of
from bot.texts import catalogue
from bot.words import Language, Phrase

_BRACKETS: Final = str.maketrans("", "", "*:.„”“\"'’ʼ")


def plain(text: str) -> str:
    """The word without what people change when they type it again: case, spaces, quotation marks, asterisks."""
    return " ".join(text.translate(_BRACKETS).casefold().split())


def said(what: Phrase, language: Language) -> str:
    """The words of a key that has no facts."""
    return catalogue(language).forms[what.key][0]


@cache
def headings() -> Mapping[str, Column]:
    """Which column a heading means."""
    named = {plain(said(heading(one), language)): one for language in Language for one in Column}
    return named | {one.value: one for one in Column}


@cache
def meanings(column: Column) -> Mapping[str, str]:
    """What the words that may stand in this column mean; the codes themselves are understood too."""
    words = words_of(column)
    found = {plain(said(one, language)): code for language in Language for code, one in words.items()}
    return found | {plain(code): code for code in words}
