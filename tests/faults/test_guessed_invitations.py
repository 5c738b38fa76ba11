"""Invitations that are guessed, used again, passed on or too late open nothing; whoever guesses waits, nobody else."""

import random
import re
import string
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

import pytest
from sqlalchemy import func, select

from bot.arrival import Arrival, Typed
from bot.roles import Role
from bot.staff.rules import WRONG_TRIES
from bot.storage.tables import grants, outbox, wrong_invites
from tests.chats.test_staff import make_link, refused, roles_of
from tests.faults.counts import SEED, full
from tests.town.gatekeeper import Gatekeeper
from tests.town.town import ADMIN, Town

GUESSES: Final = full(3_000, 100_000)
AT_ONCE: Final = 100
SIGNS: Final = string.ascii_letters + string.digits + "-_"


@pytest.mark.slow
@pytest.mark.feature("X33")
async def test_of_a_great_many_guesses_none_is_accepted(town: Town) -> None:
    """Each account guesses until it is locked and twice more; a right link among its last is not heard either."""
    payload = await make_link(town)
    dice, accounts = random.Random(SEED), 0
    dispatcher = Gatekeeper(town.database).dispatcher
    async with town.database.write() as db:
        before = await db.scalar(select(func.count()).select_from(grants))
    guesses = _guesses(dice, payload)
    for first in range(0, GUESSES, AT_ONCE):
        batch = [
            Arrival(1_000_000 + number, 50_000 + number // (WRONG_TRIES + 2), "lv", Typed(f"/start {next(guesses)}"))
            for number in range(first, first + AT_ONCE)
        ]
        accounts = batch[-1].telegram_id or 0
        await dispatcher.handle(batch)
        async with town.database.write() as db:
            await db.execute(outbox.delete())
    async with town.database.write() as db:
        granted = (await db.scalar(select(func.count()).select_from(grants))) - before
        tries = select(func.count(wrong_invites.c.id)).group_by(wrong_invites.c.person_id)
        most = max(await db.scalars(tries))
    print(f"\nX33 seed {SEED}: {GUESSES} guesses by {accounts - 49_999} accounts, {granted} accepted, {most} heard")
    assert granted == 0
    assert most == WRONG_TRIES
    marta = town.newcomer("marta")
    await marta.says(f"/start {payload}")
    marta.sees("staff.staff.joined")
    marta.reads_rest()
    town.people[ADMIN].reads_rest()


def _guesses(dice: random.Random, right: str) -> Iterator[str]:
    """Tokens of the right form, and the right one with a sign changed, cut, doubled or in another case."""
    while True:
        at = dice.randrange(2, len(right))
        yield dice.choice(
            (
                "i_" + "".join(dice.choices(SIGNS, k=24)),
                right[:at] + dice.choice(SIGNS.replace(right[at], "")) + right[at + 1 :],
                right[:at] if at > 2 else "i_a",
                right + dice.choice(SIGNS),
                "i_" + right,
                right.swapcase().replace("I_", "i_", 1),
            )
        )


@pytest.mark.feature("X33")
async def test_whoever_guessed_too_often_waits_and_nobody_else_does(town: Town) -> None:
    payload = await make_link(town)
    anna, marta = await town.youth("anna"), town.newcomer("marta")
    for guess in range(WRONG_TRIES):
        await refused(anna, f"i_guess{guess}")
    await refused(anna, payload)
    await marta.says(f"/start {payload}")
    marta.sees("staff.staff.joined")
    marta.reads_rest()
    town.people[ADMIN].reads_rest()
    assert await roles_of(town, "anna") == {Role.YOUTH}
    assert await roles_of(town, "marta") == {Role.MENTOR}
    town.clock.advance(timedelta(hours=2))
    await refused(anna, payload)


JUNK: Final = (
    "i_", "i__", "I_x", "i_" + "x" * 62, "i_" + "x" * 63, "i_' OR '1'='1", "i_%", "i_\u202ex", "../../etc/passwd",
    "i_\x00", "💥" * 500, "i_ i_", "=1+1", "i_" + "А" * 10, "x" * 4_000, "<b>i_</b>", "{0}", "%s%n", "i_\ni_",
)  # fmt: skip


@pytest.mark.feature("X33")
async def test_junk_behind_start_opens_nothing_and_gets_a_kind_answer(town: Town) -> None:
    anna = await town.youth("anna")
    for junk in JUNK:
        await anna.says(f"/start {junk}")
        assert anna.unread, repr(junk)
        anna.does_not_see("people.youth.broken")
        shown = " ".join(message.text for message in anna.reads_rest())
        assert not re.search(r"etc/passwd|OR '1'|xxxx|<b>", shown), repr(junk)
    assert await roles_of(town, "anna") == {Role.YOUTH}
    assert await town.rows("SELECT * FROM grants") == []
