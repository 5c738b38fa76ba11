"""A rehearsal as a text file that somebody can read on any machine: day by day, who was told what at which hour."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Final
from zoneinfo import ZoneInfo

from bot.directory.rules import place_key
from bot.programme.rehearsals import Wish
from bot.rehearsal.casting import Part
from bot.rehearsal.script import Entry
from bot.texts import Texts
from bot.words import Fact, Language, phrase

_WHO: Final = {part: f"programme.staff.rehearsal.{part.name.lower()}" for part in Part}


def told(entries: Sequence[Entry], wish: Wish, zone: ZoneInfo, reader: Language) -> str:
    """The timeline. Headings are in the reader's language, each message in its own reader's."""
    texts = Texts(zone)
    shown = [one for one in entries if one.at.astimezone(zone).date() >= wish.shown_from]
    lines = list(_head(wish, texts, reader))
    for day, of_day in groupby(shown, key=lambda one: one.at.astimezone(zone).date()):
        lines += ["", f"== {_day(day, texts, reader)} =="]
        for entry in of_day:
            lines += ["", *_entry(entry, zone, texts, reader)]
    return "\n".join(lines) + "\n"


def _head(wish: Wish, texts: Texts, reader: Language) -> Iterable[str]:
    def say(key: str, **facts: Fact) -> str:
        return texts.plain(phrase(f"programme.staff.rehearsal.{key}", **facts), reader)

    yield say("title")
    yield say(
        "who_it_is",
        age=phrase(f"programme.any.age.{wish.age_band}"),
        language=phrase(f"people.any.language.{wish.language.value}"),
        place=phrase(place_key(wish.municipality)),
    )
    yield say(
        "what_it_is",
        starts_on=wish.starts_on,
        count=wish.months,
        rhythm=phrase(
            f"programme.any.rhythm.{wish.cadence.value}",
            weekday=phrase(f"programme.any.on_weekday.{wish.weekday}"),
            hour=f"{wish.hour:02}:00",
        ),
    )
    yield say("nothing_sent")


def _day(day: date, texts: Texts, reader: Language) -> str:
    weekday = texts.plain(phrase(f"programme.staff.rehearsal.weekday.{day.weekday()}"), reader)
    return f"{day:%d.%m.%Y}, {weekday}"


def _entry(entry: Entry, zone: ZoneInfo, texts: Texts, reader: Language) -> Iterable[str]:
    at = entry.at.astimezone(zone)
    who = texts.plain(phrase(_WHO[entry.who]), reader)
    if entry.pressed:
        yield f"{at:%H:%M}  {who}: [{entry.text}]"
        return
    yield f"{at:%H:%M}  → {who}"
    yield from (f"       {line}".rstrip() for line in entry.text.splitlines())
    yield from ("       " + " ".join(f"[{label}]" for label in row) for row in entry.keys)
