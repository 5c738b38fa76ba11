"""What a time zone is called by: its city, in each language, as CLDR names it."""

from typing import Final

from babel.core import Locale

from bot.words import Language

_FIRST_NAMES: Final = {"Europe/Kyiv": "Europe/Kiev"}
"""CLDR goes by the first name that a zone ever had."""


def city(zone: str, language: Language) -> str:
    """The city of the zone of that name, in that language."""
    named = Locale(language.value).time_zones.get(_FIRST_NAMES.get(zone, zone), {}).get("city")
    return str(named or zone.rpartition("/")[2].replace("_", " "))
