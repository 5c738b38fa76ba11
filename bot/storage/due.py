"""Every column whose moment makes a row fall due, and what it is called, for those who ask what comes next or is late.

The rows themselves are taken by each capability's own `due`.
"""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from sqlalchemy import ColumnElement

from bot.storage.tables import (
    agreements,
    alerts,
    blocks,
    cases,
    checkins,
    child_reports,
    event_approvals,
    event_questions,
    events,
    expert_slots,
    invitations,
    mentor_wishes,
    nudges,
    opinion_requests,
    partner_matches,
    partner_watch,
    partner_wishes,
    pauses,
    people,
    plan_decisions,
    profiles,
    referral_requests,
    referrals,
    relays,
    results,
    services,
    silences,
    slot_offers,
)

DUE: Final[Mapping[str, ColumnElement[datetime]]] = MappingProxyType(
    {
        "check-in": checkins.c.next_at,
        "word to a mentor who is late": nudges.c.next_at,
        "quiet spell": silences.c.next_at,
        "referral": referrals.c.next_at,
        "window for three": relays.c.next_at,
        "request of a young person": referral_requests.c.next_at,
        "reminder of a case": cases.c.remind_at,
        "case that waits too long": cases.c.escalate_at,
        "plan before the lead": plan_decisions.c.next_at,
        "words that wait for a yes": profiles.c.words_drop_at,
        "reminder of an event": events.c.remind_at,
        "question to those who came to an event": events.c.ask_at,
        "question that an organiser has not answered": event_questions.c.next_at,
        "counts of an invitation that goes out": events.c.progress_at,
        "invitation that waits for a second coordinator": event_approvals.c.next_at,
        "reminder in the last hours before an event": events.c.remind_soon_at,
        "question to a network": opinion_requests.c.next_at,
        "place that is offered to somebody who waits": invitations.c.offer_until,
        "pause": pauses.c.next_at,
        "result after the programme": results.c.next_at,
        "block that ends": blocks.c.until,
        "alert": alerts.c.next_at,
        "report of danger to a child": child_reports.c.next_at,
        "morning digest": people.c.digest_at,
        "wish for another mentor": mentor_wishes.c.next_at,
        "offered times": slot_offers.c.next_at,
        "partner for a project who was found": partner_matches.c.next_at,
        "partner for a project who is looked for": partner_wishes.c.next_at,
        "hour with an expert": expert_slots.c.next_at,
        "entry of the directory to be checked": services.c.verify_at,
        "agreement with a partner that ends": agreements.c.remind_at,
        "look for a strategic partner": partner_watch.c.next_at,
    }
)
