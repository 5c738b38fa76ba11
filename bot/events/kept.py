"""Particulars and terms of an event as they are kept beside it: JSON, with what is empty left out. Pure."""

from collections.abc import Mapping
from typing import Any

from bot.events import further
from bot.events.audience import Group
from bot.events.event import Funder, Kind, Level, Particulars, Terms


def particulars_as_json(given: Particulars) -> dict[str, Any]:
    """What `particulars_from` reads."""
    kept: dict[str, Any] = {
        "link": given.link,
        "latitude": given.latitude,
        "longitude": given.longitude,
        "languages": list(given.languages),
        "cost": given.cost,
        "access": given.access,
        "travel": given.travel,
        "level": given.level,
        "country": given.country,
        "funder": given.funder,
        "agenda": list(given.agenda),
        "news_of": given.news_of,
        "publicity": given.publicity,
        "held_in": given.held_in,
        "further": further.as_json(given.further),
    }
    return {name: value for name, value in kept.items() if value not in (None, [], {})}


def particulars_from(kept: Mapping[str, Any]) -> Particulars:
    """What `particulars_as_json` wrote; raises ValueError on a code that is none."""
    level, funder, news_of = kept.get("level"), kept.get("funder"), kept.get("news_of")
    return Particulars(
        kept.get("link"),
        kept.get("latitude"),
        kept.get("longitude"),
        tuple(kept.get("languages", ())),
        kept.get("cost"),
        kept.get("access"),
        kept.get("travel"),
        None if level is None else Level(level),
        kept.get("country"),
        None if funder is None else Funder(funder),
        tuple(kept.get("agenda", ())),
        None if news_of is None else Kind(news_of),
        kept.get("publicity"),
        kept.get("held_in"),
        further.from_json(kept.get("further", {})),
    )


def terms_as_json(given: Terms) -> dict[str, Any]:
    """What `terms_from` reads."""
    kept: dict[str, Any] = {
        "capacity": given.capacity,
        "quotas": {group.value: most for group, most in sorted(given.quotas.items())},
        "minimum_age": given.minimum_age,
        "maximum_age": given.maximum_age,
        "guardian": given.guardian or None,
        "asks_needs": given.asks_needs or None,
        "after": list(given.after),
    }
    return {name: value for name, value in kept.items() if value not in (None, [], {})}


def terms_from(kept: Mapping[str, Any]) -> Terms:
    """What `terms_as_json` wrote."""
    return Terms(
        kept.get("capacity"),
        {Group(group): most for group, most in kept.get("quotas", {}).items()},
        kept.get("minimum_age"),
        kept.get("maximum_age"),
        kept.get("guardian", False),
        kept.get("asks_needs", False),
        tuple(kept.get("after", ())),
    )
