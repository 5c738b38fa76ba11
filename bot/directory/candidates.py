"""Services of the register as they are ranked, and what they go by. Pure."""

from typing import Final
from zoneinfo import ZoneInfo

from bot.directory.ranking import Candidate
from bot.directory.register import Service
from bot.typed import shortened

LONGEST_NAME: Final = 120
"""Letters of a receiver's name, as a referral holds them."""


def service_name(service: Service) -> str:
    """What a service goes by: whose it is, and what."""
    whose = service.organization.name
    name = whose if service.name.casefold() == whose.casefold() else f"{whose} ({service.name})"
    return shortened(name, LONGEST_NAME)


def candidate_of(service: Service, under_way: int, zone: ZoneInfo) -> Candidate:
    """A service as it is ranked; `under_way` counts the referrals that it has now."""
    checked = None if service.verified_at is None else service.verified_at.astimezone(zone).date()
    return Candidate(
        f"service:{service.id}",
        service_name(service),
        frozenset(service.areas),
        service.online,
        service.languages,
        minimum_age=service.minimum_age,
        maximum_age=service.maximum_age,
        free=None if service.capacity is None else service.capacity - under_way,
        checked_on=checked,
        full_until=service.full_until,
    )
