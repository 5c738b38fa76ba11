"""Whom an event is for at one moment: all that `store_audience` has to know to find them."""

from dataclasses import dataclass
from datetime import datetime

from bot.events.audience import Audience
from bot.events.event import NEVER_SENT, Event
from bot.events.finding.store_mutes import subject_of
from bot.events.whom.audience_choices import bands, is_narrowed
from bot.events.writing.drafts import Draft
from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Asking:
    """Whom an event is for at the moment `now`; `asking` puts it together."""

    audience: Audience
    bands: frozenset[str] | None
    """The age bands that fit; None for every age, told or not."""
    after: frozenset[int]
    """Events of which somebody must have taken part in one; empty: no such condition."""
    subject: str
    """What somebody must have muted to be spared it."""
    sender: int | None
    sent_as: int | None
    """The event of whose invited nobody is asked twice; None while nobody was invited."""
    now: datetime
    most_a_week: int
    """How many invitations a young person gets within seven days; 0: as many as there are."""
    narrowed: bool
    """Whether the number of young people would say something of single ones among them."""


def asking(of: Event | Draft, now: datetime, settings: Settings) -> Asking:
    """What to ask for this event, or for this draft as far as it is written."""
    audience = of.audience or Audience(None, frozenset())
    is_new = isinstance(of, Draft) or of.state in NEVER_SENT
    return Asking(
        audience,
        bands(audience, of.terms, settings),
        frozenset(of.terms.after),
        subject_of(of.kind, of.particulars),
        of.created_by,
        None if is_new else of.id,
        now,
        settings.events_a_week,
        is_narrowed(audience, of.terms, settings),
    )
