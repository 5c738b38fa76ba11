"""The report in words: a few rows at a time in chat, and all of it as the table that the workshop writes."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from bot.figures.suppression import Range
from bot.figures.table import csv_file
from bot.people.menu import ShowMenu
from bot.referrals.reported.report import REASONS, Count, Row, Wait, in_all
from bot.referrals.screens import kind_of
from bot.turn import Attachment, Made, button
from bot.words import Fact, Lines, Listing, Phrase, phrase

_ANSWERS: Final = (
    Count.ASKED,
    Count.OPENED,
    Count.ACCEPTED,
    Count.DECLINED,
    Count.UNANSWERED,
    Count.UNDELIVERED,
    Count.APPOINTED,
)
_OUTCOMES: Final = (
    Count.PROVIDER_TOOK_PLACE,
    Count.PROVIDER_HELPED,
    Count.YOUTH_TOOK_PLACE,
    Count.YOUTH_HELPED,
    Count.ONLY_PROVIDER,
    Count.ONLY_YOUTH,
)


def row(one: Row) -> Phrase:
    """One partner and kind. What is hidden whole is left out, but for the answers, where a gap would be missed."""
    head = phrase("referrals.staff.report.row", receiver=one.name, kind=kind_of(one.kind))
    lines = [head, _counts("answers", _ANSWERS, one)]
    outcomes = [count for count in _OUTCOMES if one.counts[count].at_least]
    if outcomes:
        lines.append(_counts("outcomes", outcomes, one))
    reasons = [count for count in REASONS.values() if one.counts[count].at_least]
    if reasons:
        lines.append(_counts("reasons", reasons, one))
    if one.medians:
        waits = [
            phrase("referrals.staff.report.line", what=_wait(wait), number=_days(tenths))
            for wait, tenths in one.medians.items()
        ]
        lines.append(phrase("referrals.staff.report.waits", parts=Listing(tuple(waits))))
    return phrase("referrals.staff.report.block", lines=Lines(tuple(lines)))


def _counts(part: str, counts: Sequence[Count], one: Row) -> Phrase:
    parts = tuple(
        phrase("referrals.staff.report.line", what=_count(count), number=_range(one.counts[count])) for count in counts
    )
    return phrase(f"referrals.staff.report.{part}", parts=Listing(parts))


def note(step: int) -> Phrase:
    return phrase("referrals.staff.report.note", few=step)


def facts(rows: Sequence[Row], since: date | None, step: int) -> dict[str, Any]:
    """The table as the workshop keeps and translates it: a line for each number."""
    columns = ("receiver", "kind", "what", "at_least", "at_most", "days")
    head: list[Fact] = [phrase(f"referrals.staff.report.column.{one}") for one in columns]
    total: Fact = phrase("referrals.staff.report.total")
    sums = [[total, "", _count(count), one.at_least, one.at_most, ""] for count, one in in_all(rows).items()]
    return {
        "table": [head, *(line for one in rows for line in _lines(one)), *(sums if rows else ())],
        "period": title(since),
        "note": note(step),
    }


def _lines(one: Row) -> Iterator[list[Fact]]:
    for count, number in one.counts.items():
        yield [one.name, kind_of(one.kind), _count(count), number.at_least, number.at_most, ""]
    for wait, tenths in one.medians.items():
        yield [one.name, kind_of(one.kind), _wait(wait), "", "", _days(tenths)]


def make(given: Mapping[str, Any]) -> Made:
    """The file, with what it is and the note as its last lines."""
    table = Attachment("proti-un-dari-referrals.csv", csv_file([*given["table"], [given["period"]], [given["note"]]]))
    menu = ((button("people.any.button.menu", ShowMenu()),),)
    return Made(phrase("referrals.staff.report.ready", period=given["period"]), (table,), menu)


def title(since: date | None) -> Phrase:
    if since is None:
        return phrase("referrals.staff.report.period.all")
    return phrase("referrals.staff.report.period.since", since=since)


def _count(count: Count) -> Phrase:
    return phrase(f"referrals.staff.report.count.{count.value}")


def _wait(wait: Wait) -> Phrase:
    return phrase(f"referrals.staff.report.wait.{wait.value}")


def _range(number: Range) -> Phrase:
    return phrase("referrals.staff.report.range", low=number.at_least, high=number.at_most)


def _days(tenths: int) -> Phrase:
    return phrase("referrals.staff.report.days", days=tenths // 10, tenths=tenths % 10)
