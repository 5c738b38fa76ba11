"""A mentor's calendar feed: the secret in its address, of which only a hash is kept, and what stands in it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.calendar.files import Entry, Method, written
from bot.checkins import store, store_day
from bot.checkins.calendar_files import uid
from bot.people import store as people
from bot.programme import store as programme
from bot.turn import Connection
from bot.words import Language

_AHEAD: Final = timedelta(days=366)


def address(public_url: str, secret: str) -> str:
    """Where a calendar finds the feed."""
    return f"{public_url.rstrip('/')}/calendar/{secret}.ics"


async def feed(
    db: Connection, feed_hash: str, now: datetime, zone: ZoneInfo, name: Callable[[Language], str]
) -> bytes | None:
    """The calendar of whoever has that address, with code names alone; None where nobody has it, or not any more.

    The database looks for a hash, never for the secret, so how long it takes tells nothing about one.
    """
    person_id = await store_day.whose_feed(db, feed_hash)
    person = None if person_id is None else await people.person(db, person_id)
    if person is None or not person.may("/calendar"):
        return None
    checkins = await store.of_mentor(db, person, now + _AHEAD)
    cases = await programme.cases_by_id(db, {one.case_id for one in checkins})
    youths = await people.persons(db, [case.youth_id for case in cases.values()])
    talks = [
        Entry(
            uid(one.id, cases[one.case_id]),
            one.sequence,
            one.due_at,
            youths[cases[one.case_id].youth_id].code_name,
        )
        for one in checkins
    ]
    return written(talks, Method.PUBLISH, now, zone, name=name(person.language))
