"""The partners of the demo's Ogre: invented, as the cast is, and they say so. One reads letters, one is on Telegram."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from bot.calendar import Hours
from bot.demo.cast import KASPARS, OGRE, RAIVIS, number_of
from bot.directory import store_agreements
from bot.directory import store_register as store
from bot.directory.register import Help, Offer, PartnerKind, verify_at
from bot.settings import Settings
from bot.turn import Connection
from bot.words import Language

WORKSHOP: Final = "darbnica@partneris.example"
"""Where letters to the first of them go."""

AGREED_FOR: Final = timedelta(days=40)
"""How long the agreement with the strategic one still holds: the clock on the page soon reaches its reminder."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A partner with one service; `receiver` is the Telegram number of who answers for it, else letters go out."""

    name: str
    kind: PartnerKind
    description: str
    service: str
    about: str
    offers: tuple[Offer, ...]
    languages: tuple[str, ...]
    address: str
    reads: Language
    receiver: int | None = None
    email: str | None = None


PARTNERS: Final = (
    Entry(
        "Amatu darbnīca", PartnerKind.ASSOCIATION, "Izdomāta biedrība: tādas nav.",
        "Pirmās iemaņas galdniecībā un šūšanā", "Divas reizes nedēļā, blakus meistaram.",
        (Offer.NON_FORMAL, Offer.TRAINING), ("lv", "uk"), "Brīvības iela 12, Ogre", Language.LV, email=WORKSHOP,
    ),
    Entry(
        "Ukraiņu centrs", PartnerKind.SOCIAL_SERVICE, "Izdomāts centrs: tāda nav.",
        "Sarunu vakari un palīdzība ar dokumentiem", "Trešdienu vakaros, ukrainiski un latviski.",
        (Offer.NGO_EVENT, Offer.YOUTH_EVENT), ("uk", "lv", "en"), "Skolas iela 1, Ogre", Language.LV, receiver=RAIVIS,
    ),
)  # fmt: skip


async def bring_in(db: Connection, now: datetime, settings: Settings) -> None:
    """Enter them as if Kaspars had; the first is the strategic partner of Ogre."""
    by = await number_of(db, KASPARS, now)
    numbers = [await _enter(db, one, by, now, settings) for one in PARTNERS]
    today = now.astimezone(settings.zone).date()
    await store_agreements.add(db, numbers[0], OGRE, True, today, today + AGREED_FOR, now + timedelta(days=10), by)


async def _enter(db: Connection, one: Entry, by: int, now: datetime, settings: Settings) -> int:
    number = await store.add_organization(db, one.name, one.kind, OGRE, by, now)
    await store.change_organization(db, number, now, description=one.description)
    partner = await store.organization(db, number)
    assert partner is not None  # it was added a moment ago
    service = await store.add_service(db, partner, one.service, Help.PARTNER, one.reads, now)
    known: dict[str, Any] = {
        "description": one.about,
        "offers": [offer.value for offer in one.offers],
        "languages": list(one.languages),
        "minimum_age": 15,
        "maximum_age": 29,
        "capacity": 4,
        "email": one.email,
        "receiver_id": None if one.receiver is None else await number_of(db, one.receiver, now),
    }
    await store.change_service(db, service, now, **known)
    added = await store.service(db, service)
    assert added is not None
    await store.set_address(db, added, one.address, now)
    hours = Hours.latvia(settings.zone, {})
    await store.verified(db, added, by, now, verify_at(now, settings.verify_days, hours))
    return number
