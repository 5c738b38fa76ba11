"""The countries that events and projects are held in or with, and what they are called."""

from typing import Final

COUNTRIES: Final = ("LV", "EE", "LT", "AT", "CZ", "DE", "ES", "FI", "FR", "GB", "IT", "PL", "PT", "RO", "UA")
"""ISO 3166-1: Latvia, its neighbours, the partners of the long-term project for inclusion, and others often met."""


def country_key(code: str) -> str:
    """The key of the country's name; ValueError for one that is not on the list."""
    if code not in COUNTRIES:
        raise ValueError(f"{code} is not among the countries")
    return f"directory.any.country.{code.lower()}"


SPOKEN: Final = ("lv", "uk", "en", "ru", "de", "fr", "et", "lt", "pl", "es", "it", "pt")
"""ISO 639-1: in which an event or a project can be held."""


def spoken_key(code: str) -> str:
    """The key of the language's name; ValueError for one that is not on the list."""
    if code not in SPOKEN:
        raise ValueError(f"{code} is not among the languages")
    return f"directory.any.spoken.{code}"
