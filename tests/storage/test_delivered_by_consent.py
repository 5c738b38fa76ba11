"""Whatever was struck, noted and read in whichever languages: what a receiver is shown, the young person agreed to."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.referrals import rules, store, store_shown
from bot.referrals.agreed import store_consents
from bot.referrals.agreed.delivering import Withheld, text_for
from bot.referrals.agreed.screens_consent import SHOWN, question_facts_of
from bot.referrals.agreed.wording import texts_of
from bot.referrals.notices import Change, carry_out
from bot.referrals.referral import Address, Circle, Kind, Line, PassedOn, Side, State, hash_of
from bot.referrals.rules import Moved
from bot.roles import Role
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.tables import cases, grants, people, referral_consents
from bot.texts import Texts
from bot.turn import Tick
from bot.typed import in_one_line
from bot.words import Language, phrase

NOW: Final = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
ZONE: Final = Settings.model_construct().zone
YOUTH, MARTA, ILZE = 1, 2, 3

NASTY: Final = (
    "<b>{passed}</b>",
    "&amp;<",
    "\u202eabc",
    "😀\u200d👩",
    "a\n\nb",
    "%s {0} \\",
    "O'Neil «x» „y”",
    "\u00a0",
    "̈",
)
"""What notes hold that somebody wants to trip over."""

notes = st.lists(st.one_of(st.sampled_from(NASTY), st.text(max_size=60)), max_size=4).map("".join)
languages = st.sampled_from(Language)
strikes = st.lists(st.sampled_from(Line), max_size=8)


@pytest.fixture(scope="module")
def peopled(fresh_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with a young person, their mentor and a psychologist."""
    path = tmp_path_factory.mktemp("delivered") / "bot.db"
    path.write_bytes(fresh_database.read_bytes())
    asyncio.run(_people(path))
    return path


@asynccontextmanager
async def _database(path: Path) -> AsyncIterator[AsyncConnection]:
    """One transaction."""
    database = Database(f"sqlite+aiosqlite:///{path}")
    try:
        async with database.write() as db:
            yield db
    finally:
        await database.close()


async def _people(path: Path) -> None:
    async with _database(path) as db:
        for number in (YOUTH, MARTA, ILZE):
            row = {"id": number, "telegram_id": number, "language": "lv", "code_name": f"Tilts-10{number}"}
            await db.execute(insert(people).values(row | {"created_at": NOW}))
        held = ((MARTA, Role.MENTOR, None), (ILZE, Role.SPECIALIST, "psychologist"))
        for number, role, speciality in held:
            grant = {"person_id": number, "role": role.value, "municipality": "LV-067", "speciality": speciality}
            await db.execute(insert(grants).values(grant | {"granted_at": NOW}))
        case = {"youth_id": YOUTH, "mentor_id": MARTA, "municipality": "LV-067", "stage": "programme", "stage_at": NOW}
        known = {"screening_outcome": "likely", "age_band": "18_28", "wish": "talk", "opened_at": NOW}
        await db.execute(insert(cases).values(case | known))


@pytest.mark.feature("O2", "H3", "H4")
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(notes, strikes, languages, languages, st.integers(0, 8))
def test_whatever_is_delivered_hashes_to_a_yes_that_stands(
    peopled: Path, note: str, struck: list[Line], reads: Language, writes: Language, stale: int
) -> None:
    asyncio.run(_walk(peopled, note, struck, reads, writes, stale))


async def _walk(path: Path, note: str, struck: Sequence[Line], reads: Language, writes: Language, stale: int) -> None:
    """Asked, lines taken out and put back, agreed to an older and to the present text, delivered, taken back."""
    async with _database(path) as db:
        tick = Tick(NOW, db, ZONE)
        what = PassedOn("Tilts-101", "18_28", "LV-067", writes, "talk", in_one_line(note) or None, "Marta")
        both = frozenset({reads, writes})
        draft = store.Draft(1, Kind.PSYCHOLOGIST, MARTA, Address("Ilze", reads, ILZE), what, texts_of(what, both, ZONE))
        referral = await store.add(db, draft, NOW)
        youth = frozenset({Side.YOUTH})
        shown = [hash_of(referral.text)]
        for line in struck:
            moved = rules.strike(referral, youth, NOW, line)
            if isinstance(moved, Moved):
                passed = moved.after.passed_on
                after = rules.with_texts(moved.after, passed, texts_of(passed, both, ZONE))
                assert await store.save(db, referral, after)
                referral = after
                shown.append(hash_of(referral.text))
        circle = await _circle(tick, referral.id)
        await _is_withheld(tick, circle)

        older = shown[stale % len(shown)]
        if older != shown[-1]:
            assert rules.agree(circle.referral, youth, NOW, older[:SHOWN]) == rules.MovedOn()
        yes = rules.agree(circle.referral, youth, NOW, shown[-1][:SHOWN])
        assert isinstance(yes, Moved)
        assert await carry_out(tick, circle, yes, Change.AGREED, Side.YOUTH)
        circle = await _circle(tick, referral.id)
        await _is_delivered(tick, circle, writes)

        taken = rules.withdraw(circle.referral, youth, NOW + timedelta(minutes=1))
        assert isinstance(taken, Moved)
        assert await carry_out(tick, circle, taken, Change.WITHDRAWN, Side.YOUTH)
        await _is_withheld(tick, await _circle(tick, referral.id))


async def _circle(tick: Tick, referral_id: int) -> Circle:
    found = await store.circle(tick.db, referral_id)
    assert found is not None
    return found


async def _is_withheld(tick: Tick, circle: Circle) -> None:
    assert isinstance(await text_for(tick.db, circle), Withheld)


async def _is_delivered(tick: Tick, circle: Circle, writes: Language) -> None:
    """The bytes of the card, as the receiver's phone gets them, hold the text whose hash the yes is to."""
    text = await text_for(tick.db, circle)
    assert isinstance(text, str)
    (yes,) = await store_consents.of(tick.db, circle.referral.id)
    assert (yes.text_hash, yes.recipient, yes.withdrawn_at) == (hash_of(text), f"person:{ILZE}", None)
    row = (
        await tick.db.execute(select(referral_consents).where(referral_consents.c.referral_id == circle.referral.id))
    ).one()
    assert row.text_hash == circle.referral.text_hash

    reader = Texts(ZONE)
    facts = {"kind": "x", "state": "y", "passed": text, "receiver": "Ilze", "referrer": "Marta", "to": "z"}
    card = reader.plain(phrase(store_shown.CARD, **facts), circle.referral.to.reads)
    assert [hash_of(part) for part in card.split("\n\n")].count(yes.text_hash) == 1
    asked = reader.plain(phrase("referrals.youth.ask", **facts, **_question(circle)), writes)
    assert text in asked
    assert circle.referral.state is State.REQUESTED
    struck = circle.referral.passed_on.struck
    assert struck.isdisjoint(circle.referral.passed_on.lines)


def _question(circle: Circle) -> dict[str, object]:
    facts = dict(question_facts_of(circle))
    return {"terms": facts["terms"]}
