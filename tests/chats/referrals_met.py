"""Referrals whose appointment is over, as their own road would have left them: where closing begins."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.calendar import Hours
from bot.referrals import ladder, store
from bot.referrals.agreed import store_consents
from bot.referrals.referral import Address, Kind, Meeting, PassedOn, Referral, State, hash_of
from bot.referrals.terms import terms_of
from bot.words import Language
from tests.chats.referrals_talk import cast
from tests.town.inhabitant import Inhabitant
from tests.town.town import START, Town
from tests.town.walked_once import walked_once

TEXT = "Kompass-101"


@walked_once
async def met(
    town: Town, kind: Kind = Kind.PSYCHOLOGIST, **changes: object
) -> tuple[Inhabitant, Inhabitant, Inhabitant]:
    """Anna, Marta and Ilze; Anna and Ilze had agreed on this very morning, and it is over."""
    anna, marta, ilze = await cast(town)
    await put(town, "ilze", kind, **changes)
    await town.move_to(START + timedelta(hours=2, minutes=10))
    return anna, marta, ilze


async def put(
    town: Town, receiver: str, kind: Kind = Kind.PSYCHOLOGIST, *, without_mentor: bool = False, **changes: object
) -> Referral:
    """An appointment that began this morning, in the tables."""
    guide, taker = await town.person("marta"), await town.person(receiver)
    passed_on = PassedOn("Kompass-101", "18_28", "LV-067", Language.LV, "talk", None, "Marta")
    to = Address(taker.name or "", taker.language, taker.id)
    async with town.open_database() as database, database.write() as db:
        draft = store.Draft(1, kind, guide.id, to, passed_on, dict.fromkeys(Language, TEXT), without_mentor)
        added = await store.add(db, draft, START)
        agreed = replace(
            added,
            **{
                "state": State.IN_PROGRESS,
                "text_hash": hash_of(TEXT),
                "meeting": Meeting(at=START),
                "changed_at": town.clock.now(),
                **changes,
            },
        )
        after = ladder.planned(agreed, Hours.latvia(town.settings.zone, {}), terms_of(kind, town.settings))
        assert await store.save(db, added, after)
        await store_consents.give(db, after, hash_of(TEXT), Language.LV, START)
        return after


async def words(town: Town) -> list[tuple[int, str | None, str | None]]:
    """The sessions kept: number, what the provider said, what the young person said."""
    rows = await town.rows("SELECT number, provider_said, youth_said FROM referral_sessions ORDER BY number")
    return [(row.number, row.provider_said, row.youth_said) for row in rows]


async def standing(town: Town) -> tuple[str, str | None, int]:
    """The one referral: state, reason, how many appointments took place."""
    (row,) = await town.rows("SELECT state, reason, session FROM referrals")
    return row.state, row.reason, row.session


async def open_tasks(town: Town) -> list[tuple[str, str]]:
    rows = await town.rows("SELECT audience, kind FROM tasks WHERE done_at IS NULL ORDER BY id")
    return [(row.audience, row.kind) for row in rows]


async def steps(town: Town, most: int = 20) -> None:
    """Nobody acts: from one step of the referral's ladder to the next, `most` of them, or until it is closed."""
    for _ in range(most):
        (row,) = await town.rows("SELECT next_at FROM referrals")
        if row.next_at is None:
            return
        await town.move_to(datetime.fromtimestamp(row.next_at / 1_000_000, UTC) + timedelta(minutes=1))
