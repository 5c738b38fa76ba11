"""Networks and their members, typed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import exists, func, insert, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.actions import SAME_PRESS_WITHIN
from bot.directory.rules import Region
from bot.networks.network import Member, Network, NetworkKind, Standing, StandsFor
from bot.networks.rules import LINK_VALID, places_run
from bot.people.store import WHO, persons_from
from bot.roles import Person
from bot.storage.tables import grants, network_members, networks, people

_OPEN = networks.c.closed_at.is_(None)
_IN = network_members.c.left_at.is_(None)


def _network(row: Any) -> Network:
    return Network(
        row.id, row.name, NetworkKind(row.kind), row.municipality, row.led_by, closed=row.closed_at is not None
    )


async def found(
    db: AsyncConnection, name: str, kind: NetworkKind, municipality: str | None, by: int, now: datetime
) -> int:
    """A new network, led by whoever founds it; its number."""
    made = await db.execute(
        insert(networks)
        .values(name=name, kind=kind.value, municipality=municipality, led_by=by, created_at=now)
        .returning(networks.c.id)
    )
    return int(made.scalar_one())


async def network(db: AsyncConnection, network_id: int) -> Network | None:
    """The network with that number, closed or not."""
    row = (await db.execute(select(networks).where(networks.c.id == network_id))).one_or_none()
    return _network(row) if row else None


async def choosable(db: AsyncConnection, person: Person) -> list[Network]:
    """The networks that this person runs, by name: these they may address."""
    places = places_run(person)
    if not places:
        return []
    theirs = true() if None in places else networks.c.municipality.in_([one for one in places if one])
    rows = await db.execute(select(networks).where(_OPEN, theirs).order_by(networks.c.name, networks.c.id))
    return [_network(row) for row in rows]


async def of(db: AsyncConnection, person_id: int) -> list[Network]:
    """The networks that this person is in, by name."""
    rows = await db.execute(
        select(networks)
        .join(network_members, network_members.c.network_id == networks.c.id)
        .where(_OPEN, _IN, network_members.c.person_id == person_id)
        .order_by(networks.c.name, networks.c.id)
    )
    return [_network(row) for row in rows]


async def rename(db: AsyncConnection, network_id: int, name: str) -> None:
    await db.execute(update(networks).where(networks.c.id == network_id).values(name=name))


async def close(db: AsyncConnection, network_id: int, now: datetime) -> bool:
    """True for the one press that closed it; its link opens nothing any more."""
    closed = await db.execute(
        update(networks)
        .where(networks.c.id == network_id, _OPEN)
        .values(closed_at=now, join_hash=None, join_until=None)
    )
    return closed.rowcount == 1


async def lead(db: AsyncConnection, network_id: int, person_id: int | None) -> None:
    """From now on this person leads it; None: nobody does."""
    await db.execute(update(networks).where(networks.c.id == network_id).values(led_by=person_id))


async def lead_no_more(db: AsyncConnection, person_id: int, still: Sequence[int]) -> None:
    """They lead none but these."""
    await db.execute(
        update(networks).where(networks.c.led_by == person_id, networks.c.id.not_in(still)).values(led_by=None)
    )


async def led_by(db: AsyncConnection, person_id: int) -> list[Network]:
    """What this person leads."""
    rows = await db.execute(select(networks).where(_OPEN, networks.c.led_by == person_id))
    return [_network(row) for row in rows]


# --- the link ---------------------------------------------------------------------------------------------------


async def make_link(db: AsyncConnection, network_id: int, token_hash: str, now: datetime) -> bool:
    """The network's one link from now on, and an earlier one opens nothing any more; False where that was made by the
    same press a moment ago."""
    until = now + LINK_VALID
    made_before = or_(networks.c.join_until.is_(None), networks.c.join_until <= until - SAME_PRESS_WITHIN)
    made = await db.execute(
        update(networks).where(networks.c.id == network_id, made_before).values(join_hash=token_hash, join_until=until)
    )
    return made.rowcount == 1


async def by_link(db: AsyncConnection, token_hash: str, now: datetime) -> Network | None:
    """The open network whose link holds that token."""
    query = select(networks).where(_OPEN, networks.c.join_hash == token_hash, networks.c.join_until > now)
    row = (await db.execute(query)).one_or_none()
    return _network(row) if row else None


# --- members ----------------------------------------------------------------------------------------------------


def _member(row: Any) -> Member:
    standing = Standing(
        StandsFor(row.stands_for), row.municipality, Region(row.region) if row.region else None, row.organization
    )
    return Member(row.id, row.network_id, row.person_id, row.name or row.code_name, standing, row.joined_at)


_MEMBERS = (
    select(network_members, people.c.name, people.c.code_name)
    .join(people, people.c.id == network_members.c.person_id)
    .where(_IN)
)


async def members(db: AsyncConnection, network_id: int) -> list[Member]:
    """Everybody in it, by name."""
    rows = await db.execute(
        _MEMBERS.where(network_members.c.network_id == network_id).order_by(
            func.coalesce(people.c.name, people.c.code_name), network_members.c.id
        )
    )
    return [_member(row) for row in rows]


async def member(db: AsyncConnection, member_id: int) -> Member | None:
    """The membership with that number; None where it is over."""
    row = (await db.execute(_MEMBERS.where(network_members.c.id == member_id))).one_or_none()
    return _member(row) if row else None


async def membership(db: AsyncConnection, network_id: int, person_id: int) -> Member | None:
    """This person's place in that network; None where they have none."""
    mine = (network_members.c.network_id == network_id, network_members.c.person_id == person_id)
    row = (await db.execute(_MEMBERS.where(*mine))).one_or_none()
    return _member(row) if row else None


async def join(db: AsyncConnection, network_id: int, person_id: int, standing: Standing, now: datetime) -> bool:
    """Whether they came in just now; who was in it before comes back, and who is in it stays as they are."""
    mine = (network_members.c.network_id == network_id, network_members.c.person_id == person_id)
    values = {**_kept(standing), "joined_at": now, "left_at": None}
    back = await db.execute(update(network_members).where(*mine, network_members.c.left_at.is_not(None)).values(values))
    if back.rowcount == 1:
        return True
    if await db.scalar(select(network_members.c.id).where(*mine)) is not None:
        return False
    await db.execute(insert(network_members).values(network_id=network_id, person_id=person_id, **values))
    return True


async def stand(db: AsyncConnection, member_id: int, standing: Standing) -> None:
    """For whom they speak from now on."""
    await db.execute(update(network_members).where(network_members.c.id == member_id).values(_kept(standing)))


def _kept(standing: Standing) -> dict[str, Any]:
    return {
        "stands_for": standing.stands_for.value,
        "municipality": standing.municipality,
        "region": standing.region.value if standing.region else None,
        "organization": standing.organization,
    }


async def leave(db: AsyncConnection, member_id: int, now: datetime) -> bool:
    """True for the one press that ended it."""
    left = await db.execute(update(network_members).where(network_members.c.id == member_id, _IN).values(left_at=now))
    return left.rowcount == 1


async def leave_all(db: AsyncConnection, person_id: int, now: datetime) -> None:
    """They are in no network any more."""
    await db.execute(update(network_members).where(network_members.c.person_id == person_id, _IN).values(left_at=now))


async def staff(db: AsyncConnection, municipality: str | None, network_id: int, first: int, limit: int) -> list[Person]:
    """A page of those with a role there (None: for the whole country) who are not in the network, by name."""
    here = grants.c.municipality.is_(None) if municipality is None else grants.c.municipality == municipality
    holding = select(grants.c.person_id).where(here)
    inside = exists().where(network_members.c.person_id == people.c.id, network_members.c.network_id == network_id, _IN)
    which = (
        select(people.c.id)
        .where(people.c.id.in_(holding), ~inside)
        .order_by(func.coalesce(people.c.name, people.c.code_name), people.c.id)
        .offset(first)
        .limit(limit)
    )
    numbers = list(await db.scalars(which))
    found = {one.id: one for one in persons_from(await db.execute(WHO.where(people.c.id.in_(numbers))))}
    return [found[number] for number in numbers]


async def page_of_members(db: AsyncConnection, network_id: int, after: int, limit: int) -> list[int]:
    """The next members by their person's number, who can be reached."""
    rows = await db.scalars(
        select(network_members.c.person_id)
        .join(people, people.c.id == network_members.c.person_id)
        .where(
            network_members.c.network_id == network_id,
            _IN,
            network_members.c.person_id > after,
            people.c.unreachable_at.is_(None),
        )
        .order_by(network_members.c.person_id)
        .limit(limit)
    )
    return list(rows)
