"""How long each kind of data is kept: the one table that the notice tells, the job follows and `retention` counts by.

No law names these terms (those of the programme's own forms are the municipality's), so they are settings. Which rows
belong to which kind is said in `bot.storage.keeping`, for all capabilities on one page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.settings import Settings


class DataClass(StrEnum):
    """A kind of data with a term of its own, in the order in which people are told of them."""

    UNFINISHED = "unfinished"
    """Answers left in the middle."""
    ANSWERS = "answers"
    """All that is kept of somebody whom nobody of the programme works with, from their last step here."""
    CASES = "cases"
    """All that is kept of somebody whose way through the programme has ended, from that day or their last step."""
    EVENTS = "events"
    ALERTS = "alerts"
    """Requests that somebody gets in touch, once they are closed."""
    REPORTS = "reports"
    """When a danger to a child was seen and reported; without a name once the person is erased."""
    ACCESSES = "accesses"
    """Who of the staff looked at what of whom."""
    BLOCKS = "blocks"
    SAID = "said"
    """Numbers of messages that went out, without their words."""
    SENDINGS = "sendings"
    """The same of invitations, for their author's count."""
    HEARD = "heard"
    """Numbers of what somebody in discreet mode wrote, as long as Telegram lets a bot take them away."""
    TRACES = "traces"
    """Technical leavings: wrong invitations, staff invitations over, texts awaited, that the help card was shown."""
    FIGURES = "figures"
    """Counts that name nobody."""
    AUDIT = "audit"
    """Who did what to which record, by numbers alone."""


TOLD_BEFORE: Final = frozenset({DataClass.ANSWERS, DataClass.CASES})
"""Of these the person is told before all they have here is deleted, and may keep it, if they may be written to at all.

Who never agreed to be written to is not: a message out of nothing, half a year later, may be read by somebody else.
They were told the term when they began.
"""

BACKUP_DAYS: Final = 30
"""Backups are deleted when they are so old; `backup` lets nobody keep them longer."""

_SAID_DAYS: Final = 14
_SENDINGS_DAYS: Final = 140
_HEARD_DAYS: Final = 2


def days(settings: Settings) -> Mapping[DataClass, int]:
    """For each kind the days after which it is deleted."""
    return {
        DataClass.UNFINISHED: settings.keep_unfinished_days,
        DataClass.ANSWERS: settings.keep_answers_days,
        DataClass.CASES: settings.keep_cases_days,
        DataClass.EVENTS: settings.keep_events_days,
        DataClass.ALERTS: settings.keep_alerts_days,
        DataClass.REPORTS: settings.keep_reports_days,
        DataClass.ACCESSES: settings.keep_accesses_days,
        DataClass.BLOCKS: settings.keep_blocks_days,
        DataClass.SAID: _SAID_DAYS,
        DataClass.SENDINGS: _SENDINGS_DAYS,
        DataClass.HEARD: _HEARD_DAYS,
        DataClass.TRACES: settings.keep_traces_days,
        DataClass.FIGURES: settings.keep_figures_days,
        DataClass.AUDIT: settings.keep_audit_days,
    }


@dataclass(frozen=True, slots=True)
class Term:
    """When a kind of data is over, seen from one moment."""

    data_class: DataClass
    keep: timedelta
    warn: timedelta
    """How long before the end the person is told; no more than half the term."""
    now: datetime

    @property
    def over_before(self) -> datetime:
        """What was last touched before this goes now."""
        return self.now - self.keep

    @property
    def nearly_over_before(self) -> datetime:
        """Whoever was last here before this is told now."""
        return self.now - self.keep + self.warn

    @property
    def delete_at(self) -> datetime:
        """When it goes if they are told now: never sooner than they were promised."""
        return self.now + self.warn

    @property
    def kept_until(self) -> datetime:
        """When it goes if they say now that it should be kept."""
        return self.now + self.keep


def term(data_class: DataClass, settings: Settings, now: datetime) -> Term:
    """The term of one kind of data as the settings have it."""
    keep = timedelta(days=days(settings)[data_class])
    return Term(data_class, keep, min(timedelta(days=settings.warn_days), keep / 2), now)
