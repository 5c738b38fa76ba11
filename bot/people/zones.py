"""Time zones of people abroad: which are offered, and what a typed place means."""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Final
from unicodedata import combining, normalize
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from babel.core import get_global

from bot.cities import city
from bot.happenings import Happening
from bot.words import Language

OFFERED: Final = ("Europe/London", "Europe/Berlin", "Europe/Kyiv", "Europe/Dublin")
"""Where most of those who are abroad are, beside home."""

LONGEST_PLACE: Final = 60
"""Letters of a typed place; no zone or country has a longer name."""

LONGEST_NAME: Final = 40
"""As the column holds it."""


@dataclass(frozen=True, slots=True)
class ZoneChanged(Happening):
    """Somebody's clock is another one from now on; None: the programme's own."""

    person_id: int


def zone_of(name: str | None, home: ZoneInfo) -> ZoneInfo:
    """The zone of that name, or home's where there is none or the name means nothing any more."""
    return ZoneInfo(name) if name is not None and is_zone(name) else home


def is_zone(name: str) -> bool:
    """Whether a zone goes by exactly that name."""
    return len(name) <= LONGEST_NAME and name in _zones()


def typed_zone(text: str) -> str | None:
    """The zone that a typed place means: a zone's own name, a city that stands for a zone, or a country that keeps one
    time, in any of the three languages; None where nobody can say."""
    wanted = _folded(text[:LONGEST_PLACE])
    return _by_name().get(wanted) if wanted else None


def clock_in(zone: ZoneInfo, now: datetime) -> str:
    """What the clocks there show."""
    return f"{now.astimezone(zone):%H:%M}"


_ALSO: Final = {
    "Europe/London": ("Anglija", "Lielbritānija", "Skotija", "Англія", "Великобританія", "Шотландія", "England", "UK"),
    "Europe/Madrid": ("Spānija", "Іспанія", "Spain"),
    "Europe/Lisbon": ("Portugāle", "Португалія", "Portugal"),
    "Europe/Kyiv": ("Ukraina", "Україна", "Ukraine", "Kyiv", "Kiev"),
    "Europe/Berlin": ("Vācija", "Німеччина", "Germany"),
}
"""Countries that keep more than one time or have a name of their own in daily speech, by where most people live."""


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


@cache
def _by_name() -> dict[str, str]:
    """Every name that means one zone. Cities win over countries: what is typed is where somebody is."""
    names: dict[str, str] = {}
    locales = [Locale(one.value) for one in Language]
    for territory, of_country in sorted(get_global("territory_zones").items()):
        here = [one for one in of_country if one in _zones()]
        if len(here) == 1:
            names |= {_folded(locale.territories.get(territory, "")): here[0] for locale in locales}
    cities = sorted(_zones() & locales[0].time_zones.keys())
    names |= {_folded(one.rpartition("/")[2]): one for one in cities}
    names |= {_folded(city(one, language)): one for language in Language for one in (*cities, "Europe/Kyiv")}
    names |= {_folded(one): one for one in _zones() if "/" in one}
    names |= {_folded(name): zone for zone, others in _ALSO.items() for name in others}
    names.pop("", None)
    return names


def _folded(text: str) -> str:
    """Without marks, case and punctuation: as people type on a phone."""
    plain = "".join(one for one in normalize("NFD", text.casefold()) if not combining(one))
    return re.sub(r"[\W_]+", " ", plain).strip()
