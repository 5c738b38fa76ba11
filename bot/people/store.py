"""Who is who: people, their roles, and who holds which role where."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, exists, false, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.people.rules import OWN, TO_BE_WRITTEN_TO, Purpose
from bot.roles import Grant, Person, Role
from bot.storage.tables import accesses, cases, consents, grants, outbox, people, referral_consents, referrals
from bot.words import Language

WHO = select(
    people.c.id,
    people.c.language,
    people.c.code_name,
    people.c.name,
    people.c.municipality,
    people.c.discreet,
    people.c.zone,
    grants.c.role,
    grants.c.municipality.label("grant_municipality"),
    grants.c.speciality,
).select_from(people.outerjoin(grants))

NO_DIGEST: Final = "off"
"""In place of an hour: no morning digest."""


def persons_from(rows: Iterable[Any]) -> list[Person]:
    """Rows of `WHO`, people joined with their grants, folded into one Person each, in the rows' order."""
    found: dict[int, tuple[Any, set[Grant]]] = {}
    for row in rows:
        _, held = found.setdefault(row.id, (row, set()))
        if row.role is not None:
            held.add(Grant(Role(row.role), row.grant_municipality, row.speciality))
    return [_person(row, frozenset(held)) for row, held in found.values()]


def _person(row: Any, held: frozenset[Grant]) -> Person:
    language = Language(row.language)
    return Person(row.id, language, row.code_name, row.name, row.municipality, held, row.discreet, row.zone)


async def person(db: AsyncConnection, person_id: int) -> Person | None:
    """Somebody by our number."""
    rows = await db.execute(WHO.where(people.c.id == person_id))
    return next(iter(persons_from(rows)), None)


async def by_code_name(db: AsyncConnection, typed: str) -> Person | None:
    """The young person with that code name, however it is capitalised and spaced."""
    wanted = "".join(typed.split()).capitalize()
    rows = await db.execute(WHO.where(people.c.code_name == wanted))
    found = next(iter(persons_from(rows)), None)
    return found if found is not None and found.is_youth else None


async def municipality_of(db: AsyncConnection, person_id: int) -> str | None:
    """Whose young person it is: the municipality of their newest case, else the one they named."""
    newest = select(cases.c.municipality).where(cases.c.youth_id == person_id).order_by(cases.c.id.desc()).limit(1)
    of_case: str | None = await db.scalar(newest)
    named: str | None = await db.scalar(select(people.c.municipality).where(people.c.id == person_id))
    return of_case or named


async def seen_by(db: AsyncConnection, person_id: int) -> dict[Role, int]:
    """How often staff looked at this person's records, by the role that they hold now."""
    query = (
        select(grants.c.role, func.count(accesses.c.id.distinct()))
        .join_from(accesses, grants, grants.c.person_id == accesses.c.viewer_id)
        .where(accesses.c.youth_id == person_id)
        .group_by(grants.c.role)
    )
    return {Role(role): count for role, count in await db.execute(query)}


async def persons(db: AsyncConnection, ids: Sequence[int]) -> dict[int, Person]:
    """Several people by our numbers; who is gone is missing from the answer."""
    rows = await db.execute(WHO.where(people.c.id.in_(ids)))
    return {one.id: one for one in persons_from(rows)}


async def holders(db: AsyncConnection, role: Role, municipality: str | None) -> list[Person]:
    """Everybody who holds `role` in `municipality` itself, in the order they joined; None: for the whole country."""
    here = grants.c.municipality.is_(None) if municipality is None else grants.c.municipality == municipality
    holding = select(grants.c.person_id).where(grants.c.role == role.value, here)
    rows = await db.execute(WHO.where(people.c.id.in_(holding)).order_by(people.c.id))
    return persons_from(rows)


async def holders_for(db: AsyncConnection, role: Role, municipality: str | None) -> list[Person]:
    """Everybody whose `role` covers `municipality`: held there or for the whole country."""
    covering = or_(grants.c.municipality.is_(None), grants.c.municipality == municipality)
    holding = select(grants.c.person_id).where(and_(grants.c.role == role.value, covering))
    rows = await db.execute(WHO.where(people.c.id.in_(holding)).order_by(people.c.id))
    return persons_from(rows)


async def set_language(db: AsyncConnection, person_id: int, language: Language) -> None:
    await db.execute(
        update(people).where(people.c.id == person_id).values(language=language.value, language_chosen=True)
    )


async def give_consent(
    db: AsyncConnection, person_id: int, purpose: str, version: str, language: Language, at: datetime
) -> bool:
    """Keep that they agreed, to what version and in which language; a consent that stands is not given twice: False."""
    standing = select(consents.c.id).where(
        consents.c.person_id == person_id,
        consents.c.purpose == purpose,
        consents.c.version == version,
        consents.c.withdrawn_at.is_(None),
    )
    if await db.scalar(standing) is not None:
        return False
    await db.execute(
        insert(consents).values(
            person_id=person_id, purpose=purpose, version=version, language=language.value, given_at=at
        )
    )
    return True


async def withdraw_consent(db: AsyncConnection, person_id: int, purpose: str, at: datetime) -> None:
    """Take back what was agreed to for that purpose; what was about to be written on the strength of it is not."""
    await db.execute(
        update(consents)
        .where(consents.c.person_id == person_id, consents.c.purpose == purpose, consents.c.withdrawn_at.is_(None))
        .values(withdrawn_at=at)
    )
    if purpose in TO_BE_WRITTEN_TO:
        still = await standing(db, person_id)
        kept = [_OF_PURPOSE[one] for one in TO_BE_WRITTEN_TO if one in still]
        await db.execute(
            update(outbox)
            .where(
                outbox.c.person_id == person_id,
                outbox.c.state == "waiting",
                outbox.c.priority > 0,
                ~outbox.c.at_night,
                ~or_(false(), *kept),
            )
            .values(state="stopped", done_at=at, facts={}, keyboard=[])
        )


_IS_INVITATION = func.coalesce(outbox.c.batch, "").like("event:%")
_OF_PURPOSE = {Purpose.EVENTS: _IS_INVITATION, Purpose.CONTACT: ~_IS_INVITATION}
"""Which messages go out on the strength of which consent."""


async def standing(db: AsyncConnection, person_id: int) -> dict[Purpose, datetime]:
    """What this person agreed to and did not take back, and since when."""
    rows = await db.execute(
        select(consents.c.purpose, func.min(consents.c.given_at).label("since"))
        .where(consents.c.person_id == person_id, consents.c.withdrawn_at.is_(None))
        .group_by(consents.c.purpose)
    )
    since = {row.purpose: row.since for row in rows}
    return {purpose: since[purpose.value] for purpose in Purpose if purpose.value in since}


async def agreed(db: AsyncConnection, person_id: int, *purposes: Purpose) -> bool:
    """Whether a consent for any of these purposes stands."""
    return any(one in purposes for one in await standing(db, person_id))


async def ever_agreed(db: AsyncConnection, person_id: int, purpose: Purpose) -> bool:
    """Whether this consent was ever given, also where it was taken back."""
    given = select(consents.c.id).where(consents.c.person_id == person_id, consents.c.purpose == purpose.value)
    return await db.scalar(given.limit(1)) is not None


def has_agreed(*purposes: Purpose) -> ColumnElement[bool]:
    """`agreed`, of the rows of `people` in a query."""
    wanted = [purpose.value for purpose in purposes]
    standing = select(consents.c.id).where(
        consents.c.person_id == people.c.id, consents.c.purpose.in_(wanted), consents.c.withdrawn_at.is_(None)
    )
    return standing.exists()


_WITH_RECEIVER = ("requested", "received", "accepted", "in_progress")


@dataclass(frozen=True, slots=True)
class PassedOn:
    """A referral that left the house: to whom and when, by a yes (which may be taken back) or without one."""

    receiver: str
    at: datetime
    agreed: bool
    withdrawn_at: datetime | None
    is_open: bool


async def passed_on(db: AsyncConnection, person_id: int) -> list[PassedOn]:
    """What of this young person was passed on to whom, oldest first."""
    given = select(
        referral_consents.c.referral_id,
        func.min(referral_consents.c.given_at).label("given_at"),
        func.max(referral_consents.c.withdrawn_at).label("withdrawn_at"),
    ).group_by(referral_consents.c.referral_id)
    consent = given.subquery()
    query = (
        select(referrals, consent.c.given_at, consent.c.withdrawn_at)
        .join(cases, cases.c.id == referrals.c.case_id)
        .outerjoin(consent, consent.c.referral_id == referrals.c.id)
        .where(cases.c.youth_id == person_id)
        .where(or_(referrals.c.text_hash.is_not(None), referrals.c.override_reason.is_not(None)))
        .order_by(referrals.c.id)
    )
    return [
        PassedOn(
            row.receiver_name or "",
            row.given_at or row.changed_at,
            row.override_reason is None,
            row.withdrawn_at,
            row.state in _WITH_RECEIVER,
        )
        for row in await db.execute(query)
    ]


# --- the notice that a consent refers to ----------------------------------------------------------------------------


def _gave_to_another(version: str) -> ColumnElement[bool]:
    """Something they agreed to stands, given to another notice than this, about which they have not been asked."""
    given = exists().where(
        consents.c.person_id == people.c.id,
        consents.c.purpose.in_([purpose.value for purpose in OWN]),
        consents.c.version != version,
        consents.c.withdrawn_at.is_(None),
    )
    return and_(func.coalesce(people.c.notice_asked, "") != version, given)


async def ask_about_notice(db: AsyncConnection, version: str, most: int) -> dict[int, tuple[str, Purpose]]:
    """Some of those to be asked about this notice who may be written to: the version they agreed to before, and on the
    strength of which consent they are written to. From now on they count as asked."""
    query = (
        select(people.c.id, has_agreed(Purpose.CONTACT).label("contact"))
        .where(_gave_to_another(version), has_agreed(*TO_BE_WRITTEN_TO), people.c.unreachable_at.is_(None))
        .order_by(people.c.id)
        .limit(most)
    )
    found: dict[int, tuple[str, Purpose]] = {}
    for row in (await db.execute(query)).all():
        before = await notice_agreed_to(db, row.id) or ""
        found[row.id] = (before, Purpose.CONTACT if row.contact else Purpose.EVENTS)
    if found:
        await db.execute(update(people).where(people.c.id.in_(list(found))).values(notice_asked=version))
    return found


async def is_to_be_asked(db: AsyncConnection, person_id: int, version: str) -> bool:
    """Whether this person, who is here now, is to be asked about this notice; from now on they count as asked."""
    asked = await db.execute(
        update(people).where(people.c.id == person_id, _gave_to_another(version)).values(notice_asked=version)
    )
    return asked.rowcount == 1


async def notice_agreed_to(db: AsyncConnection, person_id: int) -> str | None:
    """The version of the notice that their newest standing consent was given to; None without any."""
    newest = (
        select(consents.c.version)
        .where(
            consents.c.person_id == person_id,
            consents.c.purpose.in_([purpose.value for purpose in OWN]),
            consents.c.withdrawn_at.is_(None),
        )
        .order_by(consents.c.id.desc())
        .limit(1)
    )
    found: str | None = await db.scalar(newest)
    return found


async def language_chosen(db: AsyncConnection, person_id: int) -> bool:
    """Whether they picked their language themselves."""
    return bool(await db.scalar(select(people.c.language_chosen).where(people.c.id == person_id)))


async def set_name(db: AsyncConnection, person_id: int, name: str) -> None:
    await db.execute(update(people).where(people.c.id == person_id).values(name=name))


async def set_municipality(db: AsyncConnection, person_id: int, municipality: str | None) -> None:
    await db.execute(update(people).where(people.c.id == person_id).values(municipality=municipality))


async def start_digest(db: AsyncConnection, person_id: int, at: datetime) -> None:
    """From then on the morning digest finds its own hours; whoever wants none gets none, and who came back to work
    gets it at the hour they chose before."""
    wanted = or_(people.c.digest_hour.is_(None), people.c.digest_hour != NO_DIGEST)
    waits_for_none = (people.c.id == person_id, people.c.digest_at.is_(None), wanted)
    await db.execute(update(people).where(*waits_for_none).values(digest_at=at))


async def grant(db: AsyncConnection, person_id: int, granted: Grant, at: datetime) -> None:
    await db.execute(
        insert(grants).values(
            person_id=person_id,
            role=granted.role.value,
            municipality=granted.municipality,
            speciality=granted.speciality,
            granted_at=at,
        )
    )
