"""What somebody of a case is asked to do beside its check-ins: one row each, on the list of the day until done."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Audience(StrEnum):
    """Who is asked: the case's mentor (or deputy), or whoever leads where it belongs."""

    MENTOR = "mentor"
    LEAD = "lead"


class TaskKind(StrEnum):
    """What is asked. The words for the list stand under `programme.staff.task.<value>`."""

    HANDED_OVER = "handed_over"
    """Read what the mentor before them wrote."""
    PULSE_DROP = "pulse_drop"
    """The young person has said twice that it is hard, or much worse than before: get in touch."""
    QUIET = "quiet"
    """Nothing was heard for long: decide on a pause or another way."""
    RESULT = "result"
    """Ask and record how somebody is 4 weeks or 6 months after the programme."""
    CLOSING_TALK = "closing_talk"
    EXTENSION = "extension"
    """A mentor asks for more time in the programme."""
    REFILL_PLAN = "refill_plan"
    """The lead sent the individual programme back with a comment."""
    APPROVE_PLAN = "approve_plan"
    """An individual programme lies before the lead."""
    DUPLICATE = "duplicate"
    """Perhaps the same young person as another case."""
    SNAPSHOT = "snapshot"
    """Fields of the joining day are still missing."""
    MISMATCH = "mismatch"
    """Of one appointment of a referral, one side says that it took place and the other that it did not: find out."""
    EARLIER_MISMATCH = "earlier_mismatch"
    """The same of an earlier appointment, while the referral goes on or is closed."""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do. `subject_id` is the record it is about, `due_at` (UTC) until when, where there is a date."""

    id: int
    case_id: int
    audience: Audience
    kind: TaskKind
    subject_id: int | None
    opened_at: datetime
    due_at: datetime | None
