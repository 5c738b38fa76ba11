"""Whom a young person may be referred to: people of the team by their grants, services of the directory, best first.

Whoever answers for a service stands there as that service, and not a second time in person: when the service is full,
so are they.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from bot.directory import store_availability, store_find, store_register
from bot.directory.candidates import candidate_of, service_name
from bot.directory.ranking import Candidate, First, Ranked, Wanted, choice
from bot.directory.register import Help, Service, may_receive
from bot.people import store as people
from bot.programme import cards
from bot.programme.rules import Case
from bot.referrals import store
from bot.referrals.choosing import store_offers
from bot.referrals.referral import Address, Kind
from bot.referrals.rules import may_decide_apart
from bot.roles import Person, Role
from bot.turn import Tick
from bot.words import Listing

_RECEIVING: Final = frozenset({Role.SPECIALIST, Role.PARTNER})


@dataclass(frozen=True, slots=True)
class Offer:
    """Somebody who fits: where a referral to them goes, and why they stand where they stand."""

    to: Address
    ranked: Ranked

    @property
    def reasons(self) -> Listing:
        return self.ranked.reasons

    @property
    def full_until(self) -> date | None:
        return self.ranked.candidate.full_until


@dataclass(frozen=True, slots=True)
class Offers:
    """Who may be asked now, best first; who was asked lately in vain; who fits and takes nobody new."""

    offered: tuple[Offer, ...] = ()
    in_vain: tuple[Offer, ...] = ()
    full: tuple[Offer, ...] = ()
    needs_mail: bool = False
    """Somebody more could be asked by e-mail, if letters could be sent."""

    def to(self, person_id: int | None, service_id: int | None) -> Offer | None:
        """The one that a button names, full or not."""
        every = (*self.offered, *self.in_vain, *self.full)
        if service_id is not None:
            return next((one for one in every if one.to.service_id == service_id), None)
        return next((one for one in every if one.to.service_id is None and one.to.person_id == person_id), None)


async def find(tick: Tick, case: Case, youth: Person, kind: Kind, since: datetime, by: Person) -> Offers:
    """Everybody whom this young person may be referred to for that kind of help; in vain: since that moment, as far as
    whoever refers may know of it."""
    today = tick.now.astimezone(tick.zone).date()
    services = await store_register.offered(tick.db, Help(kind.value))
    team = await store.receivers(tick.db, kind, case.municipality, youth.language)
    answering = await _answering(tick, services)
    busy = await store_find.under_way(tick.db, [one.id for one in services])
    team_ids, service_ids = [one.id for one in team], [one.id for one in services]
    full = await store_availability.full_until_of(tick.db, team_ids, service_ids, today)

    addresses: dict[str, Address] = {}
    candidates: list[Candidate] = []
    needs_mail = False
    for service in services:
        to = address_of(service, answering.get(service.receiver_id or 0))
        if to is None:
            continue
        if to.person_id is None and not tick.settings.mail_on:
            needs_mail = True
            continue
        one = candidate_of(service, busy.get(service.id, 0), tick.zone)
        addresses[one.id] = to
        candidates.append(one)
    taken = {to.person_id for to in addresses.values()}
    for person in team:
        if person.id not in taken:
            one = _of_team(person, full.of_person.get(person.id))
            addresses[one.id] = Address(cards.shown(person), person.language, person.id)
            candidates.append(one)
    chosen = choice(candidates, Wanted(case.municipality, youth.language, case.age_band), today, First.LANGUAGE)
    vain = await store_offers.asked_in_vain(tick.db, case.id, kind, since, apart=may_decide_apart(by, case))
    able = [Offer(addresses[one.candidate.id], one) for one in chosen.offered]
    return Offers(
        tuple(one for one in able if not _names(one) & vain),
        tuple(one for one in able if _names(one) & vain),
        tuple(Offer(addresses[one.candidate.id], one) for one in chosen.full),
        needs_mail,
    )


def _names(one: Offer) -> set[str]:
    """What it goes by among those who were asked."""
    return {one.ranked.candidate.id, one.to.recipient}


async def _answering(tick: Tick, services: Sequence[Service]) -> dict[int, Person]:
    """Who answers for these services on Telegram, and may, and can be reached there."""
    ids = sorted({one.receiver_id for one in services if one.receiver_id is not None})
    found = await people.persons(tick.db, ids)
    gone = await store_offers.unreachable(tick.db, ids)
    able = {
        one.receiver_id
        for one in services
        if one.receiver_id in found and may_receive(found[one.receiver_id], one.kind, one.municipality)
    }
    return {id_: person for id_, person in found.items() if id_ in able and id_ not in gone}


def address_of(service: Service, receiver: Person | None) -> Address | None:
    """Where a referral to this service goes: to whoever answers on Telegram, else by e-mail; None where to neither."""
    name = service_name(service)
    if receiver is not None:
        return Address(name, receiver.language, receiver.id, service.id)
    if service.email is not None:
        return Address(name, service.reads, None, service.id, service.email)
    return None


def _of_team(person: Person, full_until: date | None) -> Candidate:
    """Somebody of the team: their language is the one they read the bot in, and they may speak others."""
    return Candidate(
        f"person:{person.id}",
        cards.shown(person),
        frozenset(_places(person)),
        languages=(person.language.value,),
        speaks_others=True,
        in_team=True,
        full_until=full_until,
    )


def _places(person: Person) -> Iterable[str]:
    """Where they work; nothing is the whole country."""
    places = {grant.municipality for grant in person.grants if grant.role in _RECEIVING}
    return () if None in places else (place for place in places if place)
