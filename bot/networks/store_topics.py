"""Topics and votes, typed. Whose a vote is, is read by nobody but whoever gave it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.networks.network import Topic, TopicState
from bot.storage.tables import events, topic_votes, topics


def _topics(*states: TopicState) -> Select[Any]:
    votes = select(func.count()).where(topic_votes.c.topic_id == topics.c.id).scalar_subquery()
    return (
        select(topics, votes.label("votes"))
        .where(topics.c.state.in_([one.value for one in states]))
        .order_by(topics.c.id)
    )


def _topic(row: Any) -> Topic:
    return Topic(row.id, row.network_id, row.text, TopicState(row.state), row.proposed_by, row.votes, row.event_id)


async def open_in(db: AsyncConnection, network_id: int) -> list[Topic]:
    """What is voted on, oldest first."""
    rows = await db.execute(_topics(TopicState.OPEN).where(topics.c.network_id == network_id))
    return [_topic(row) for row in rows]


async def chosen_in(db: AsyncConnection, network_id: int) -> list[Topic]:
    """What won a vote and waits for a meeting, the most voted for first; a draft thrown away is no meeting."""
    thrown_away = select(events.c.id).where(events.c.state == "discarded")
    without = or_(topics.c.event_id.is_(None), topics.c.event_id.in_(thrown_away))
    rows = await db.execute(_topics(TopicState.CHOSEN).where(topics.c.network_id == network_id, without))
    return sorted((_topic(row) for row in rows), key=lambda one: (-one.votes, one.id))


async def topic(db: AsyncConnection, topic_id: int) -> Topic | None:
    row = (await db.execute(_topics(*TopicState).where(topics.c.id == topic_id))).one_or_none()
    return _topic(row) if row else None


async def propose(db: AsyncConnection, network_id: int, by: int, text: str) -> int:
    made = await db.execute(
        insert(topics)
        .values(network_id=network_id, proposed_by=by, text=text, state=TopicState.OPEN.value)
        .returning(topics.c.id)
    )
    return int(made.scalar_one())


async def move(db: AsyncConnection, numbers: Sequence[int], was: TopicState, to: TopicState) -> int:
    """How many of these topics this call moved on."""
    moved = await db.execute(
        update(topics).where(topics.c.id.in_(numbers), topics.c.state == was.value).values(state=to.value)
    )
    return moved.rowcount


async def taken_to(db: AsyncConnection, numbers: Sequence[int], event_id: int) -> None:
    """They are talked about there."""
    await db.execute(update(topics).where(topics.c.id.in_(numbers)).values(event_id=event_id))


async def votes_of(db: AsyncConnection, network_id: int, person_id: int) -> frozenset[int]:
    """The open topics that this person voted for."""
    query = (
        select(topic_votes.c.topic_id)
        .join(topics, topics.c.id == topic_votes.c.topic_id)
        .where(
            topics.c.network_id == network_id,
            topics.c.state == TopicState.OPEN.value,
            topic_votes.c.person_id == person_id,
        )
    )
    return frozenset(await db.scalars(query))


async def vote(db: AsyncConnection, topic_id: int, person_id: int, now: datetime) -> None:
    await db.execute(insert(topic_votes).values(topic_id=topic_id, person_id=person_id, at=now))


async def unvote(db: AsyncConnection, topic_id: int, person_id: int) -> None:
    await db.execute(
        delete(topic_votes).where(topic_votes.c.topic_id == topic_id, topic_votes.c.person_id == person_id)
    )
