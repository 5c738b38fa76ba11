"""Which rows are over, for every table that holds something of people, on one page; how long is in the settings.

Tables that are not here hold nothing of anybody (`NOBODYS`) or go with the row of the person or the case they hang on:
a test follows the foreign keys and finds a table that was forgotten. `bot.people.due` deletes what is over, and
`python -m bot retention` counts it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import ColumnElement, Date, Table, and_, bindparam, exists, func, not_, or_

from bot.storage.columns import Moment
from bot.storage.tables import (
    accesses,
    alerts,
    audit,
    blocks,
    cases,
    child_reports,
    consents,
    events,
    expected,
    grants,
    handled,
    heard,
    help_card_openings,
    help_card_shown,
    invitations,
    invites,
    makings,
    outbox,
    people,
    reached,
    received_files,
    screenings,
    set_aside,
    wrong_invites,
)

CUTOFF: Final = bindparam("cutoff", type_=Moment)
"""What was touched last before this moment is over."""

CUTOFF_DAY: Final = bindparam("cutoff_day", type_=Date)
"""Its day, for tables that keep days."""


@dataclass(frozen=True, slots=True)
class Past:
    """Rows of a table that are over."""

    table: Table
    where: ColumnElement[bool]


OPEN_STAGES: Final = ("contact", "profiling", "programme", "paused", "aftercare")
"""The stages of a case that somebody still works on, as `bot.programme.rules` has them."""


def _any(table: Table, column: str, *more: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(table.c[column] == people.c.id, *more)


_HAS_CASE: Final = _any(cases, "youth_id")
_IS_YOUNG: Final = not_(_any(grants, "person_id"))
_QUIET: Final = and_(
    _IS_YOUNG,
    people.c.created_at < CUTOFF,
    not_(_any(screenings, "person_id", screenings.c.changed_at >= CUTOFF)),
    not_(_any(consents, "person_id", or_(consents.c.given_at >= CUTOFF, consents.c.withdrawn_at >= CUTOFF))),
    not_(_any(invitations, "person_id", invitations.c.answered_at >= CUTOFF)),
    not_(_any(blocks, "person_id", blocks.c.appealed_at >= CUTOFF)),
    not_(_any(help_card_shown, "person_id", help_card_shown.c.at >= CUTOFF)),
    not_(_any(cases, "youth_id", or_(cases.c.stage.in_(OPEN_STAGES), cases.c.stage_at >= CUTOFF))),
    not_(_any(alerts, "youth_id", or_(alerts.c.closed_at.is_(None), alerts.c.closed_at >= CUTOFF))),
)
"""Young people who did nothing since the cutoff that is kept with its time, and with whom nobody works."""


def _before(column: ColumnElement[Any]) -> ColumnElement[bool]:
    return column < CUTOFF


PAST: Final[Mapping[str, tuple[Past, ...]]] = MappingProxyType(
    {
        "unfinished": (Past(screenings, and_(screenings.c.finished_at.is_(None), _before(screenings.c.changed_at))),),
        "answers": (Past(people, and_(_QUIET, not_(_HAS_CASE))),),
        "cases": (Past(people, and_(_QUIET, _HAS_CASE)),),
        "events": (Past(events, _before(func.coalesce(events.c.starts_at, events.c.created_at))),),
        "alerts": (Past(alerts, _before(alerts.c.closed_at)),),
        "reports": (Past(child_reports, and_(child_reports.c.next_at.is_(None), _before(child_reports.c.opened_at))),),
        "accesses": (Past(accesses, _before(accesses.c.at)),),
        "blocks": (Past(blocks, _before(blocks.c.until)),),
        "said": (Past(outbox, and_(outbox.c.batch.is_(None), _before(outbox.c.done_at))),),
        "sendings": (Past(outbox, and_(outbox.c.batch.is_not(None), _before(outbox.c.done_at))),),
        "heard": (Past(heard, _before(heard.c.at)),),
        "traces": (
            Past(set_aside, _before(set_aside.c.at)),
            Past(handled, _before(handled.c.at)),
            Past(wrong_invites, _before(wrong_invites.c.at)),
            Past(invites, _before(func.coalesce(invites.c.used_at, invites.c.expires_at))),
            Past(expected, _before(expected.c.lapses_at)),
            Past(help_card_shown, _before(help_card_shown.c.at)),
            Past(makings, _before(makings.c.created_at)),
            Past(received_files, _before(received_files.c.sent_at)),
        ),
        "figures": (
            Past(help_card_openings, _before(help_card_openings.c.at)),
            Past(reached, reached.c.week < CUTOFF_DAY),
        ),
        "audit": (Past(audit, _before(audit.c.at)),),
    }
)

NOBODYS: Final = frozenset(
    {
        "sources", "days_off", "contact_cards", "questionnaires", "local_lines", "programme_limits", "organizations",
        "services", "locations", "service_at_location", "contacts", "agreements", "partner_watch", "keys", "networks",
        "topics", "opinion_requests", "coverage", "municipality_files", "event_series", "practice_notes",
    }
)  # fmt: skip
"""The programme's own: places, numbers of offices and help lines, words. Nobody can be known by them."""
