"""Somebody's own clock: what a time that they type means, which day it is for them, when they work and sleep."""

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from bot.calendar import Hours
from bot.cities import city
from bot.people.zones import zone_of
from bot.roles import Person
from bot.turn import Tick
from bot.words import InLanguages, Language


def city_of(zone: ZoneInfo) -> InLanguages:
    """What that zone is called by, for readers in any language."""
    return InLanguages({language: city(zone.key, language) for language in Language}, Language.LV)


def own_zone(tick: Tick, person: Person) -> ZoneInfo:
    """The zone they live by; the programme's where they named none."""
    return zone_of(person.zone, tick.zone)


def own_today(tick: Tick, person: Person) -> date:
    """The day it is where they are."""
    return tick.now.astimezone(own_zone(tick, person)).date()


async def own_hours(tick: Tick, person: Person) -> Hours:
    """The programme's free days and quiet hours, by their clock."""
    return replace(await tick.hours(), zone=own_zone(tick, person))
