"""Whom an invitation reaches, against the same rules written down as plain Python: what is counted is sent."""

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from bot.directory.rules import Region
from bot.events.audience import Audience, Group, Standing
from bot.events.event import Event, Kind, Particulars, State, Terms
from bot.events.finding import store_mutes
from bot.events.whom import store_audience
from bot.events.whom.asking import Asking, asking
from bot.events.whom.store_audience import Guest
from bot.events.writing.drafts import Draft
from bot.programme.rules import Stage
from bot.roles import Role
from bot.storage.database import Database
from bot.storage.tables import alerts, events, invitations, networks
from bot.words import InLanguages, Language
from tests.storage.crowd import (
    CESIS,
    CLOSED,
    EMPTY,
    EVENTS,
    NOW,
    OGRE,
    OPEN,
    OURS,
    PLACES,
    SETTINGS,
    SUBJECT,
    Human,
    crowd,
    group_of,
    settle,
    why_not,
)

# --- audiences --------------------------------------------------------------------------------------------------

CHANGES: Final[Mapping[str, st.SearchStrategy[Any]]] = {
    "municipality": st.sampled_from(PLACES),
    "region": st.sampled_from([Region.RIGA, Region.VIDZEME]),
    "languages": st.frozensets(st.sampled_from(Language), min_size=1),
    "standings": st.frozensets(st.sampled_from(Standing), min_size=1),
    "youngest": st.sampled_from([15, 18, 21]),
    "oldest": st.sampled_from([17, 28]),
    "wishes": st.frozensets(st.sampled_from(["learn", "work"]), min_size=1),
    "networks": st.sampled_from([frozenset({OPEN}), frozenset({OPEN, CLOSED}), frozenset({CLOSED})]),
    "attended": st.frozensets(st.sampled_from(EVENTS), min_size=2),
}
"""By what an audience is narrowed down: by at most three at a time, else nobody would be left."""


@st.composite
def audiences(draw: st.DrawFn) -> Audience:
    groups = draw(st.one_of(st.just(frozenset(Group)), st.frozensets(st.sampled_from(Group))))
    chosen = draw(st.lists(st.sampled_from(sorted(CHANGES)), max_size=3, unique=True))
    return replace(Audience(None, groups), **{name: draw(CHANGES[name]) for name in chosen})


terms = st.one_of(
    st.just(Terms()),
    st.builds(Terms, minimum_age=st.sampled_from([None, 16, 18]), maximum_age=st.sampled_from([None, 17, 29])),
    st.builds(Terms, after=st.sampled_from([(1,), (1, 2, 3)])),
)


@pytest.fixture(scope="module")
def office(fresh_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator["Office"]:
    path = tmp_path_factory.mktemp("audience") / "bot.db"
    path.write_bytes(fresh_database.read_bytes())
    with asyncio.Runner() as runner:
        one = Office(runner, Database(f"sqlite+aiosqlite:///{path}"))
        runner.run(one.open())
        yield one
        runner.run(one.database.close())


@dataclass(frozen=True, slots=True)
class Office:
    """A database with a few events and two networks, one of them closed; each example is undone at its end."""

    runner: asyncio.Runner
    database: Database

    async def open(self) -> None:
        async with self.database.write() as db:
            rows = [{"id": n, "state": "sent", "created_at": NOW, **EMPTY} for n in (*EVENTS, OURS)]
            await db.execute(insert(events), rows)
            closed = {OPEN: None, CLOSED: NOW}
            await db.execute(
                insert(networks),
                [{"id": n, "name": "x", "kind": "x", "created_at": NOW, "closed_at": at} for n, at in closed.items()],
            )

    def reads(self, those: Sequence[Human], asked: Asking, limit: int) -> tuple[list[Guest], list[int], Any]:
        """All pages of that size, what was counted before the first and after it, and the reach."""
        return self.runner.run(self._reads(those, asked, limit))

    async def _reads(self, those: Sequence[Human], asked: Asking, limit: int) -> tuple[list[Guest], list[int], Any]:
        async with self.database.write() as db:
            undone = await db.begin_nested()
            await settle(db, those)
            reach = await store_audience.reach(db, asked)
            guests: list[Guest] = []
            counted = [await store_audience.count(db, asked)]
            while page := await store_audience.page(db, asked, guests[-1].person_id if guests else 0, limit):
                if not guests:
                    counted.append(await store_audience.count(db, asked, after=page[-1].person_id))
                guests += page
            await undone.rollback()
        return guests, counted, reach


def being_sent(audience: Audience, limits: Terms, sender: int | None = None) -> Asking:
    one = Event(
        OURS,
        sender,
        State.SENDING,
        InLanguages({Language.LV: "Nometne"}, Language.LV),
        InLanguages({Language.LV: "Trīs dienas."}, Language.LV),
        "Ogre",
        NOW + timedelta(days=9),
        audience,
        kind=Kind.CAMP,
        terms=limits,
    )
    return asking(one, NOW, SETTINGS)


# --- the property -----------------------------------------------------------------------------------------------


questions = given(
    seed=st.integers(0, 2**32),
    audience=audiences(),
    limits=terms,
    limit=st.integers(3, 9),
    sender=st.sampled_from([None, 1]),
)
calmly: Final[dict[str, Any]] = {"suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]}


@pytest.mark.feature("I1", "S2.4", "S3.15", "S1.1")
@settings(max_examples=50, **calmly)
@questions
def test_the_pages_hold_exactly_those_who_were_counted_each_once_and_as_the_rules_say(
    office: Office, seed: int, audience: Audience, limits: Terms, limit: int, sender: int | None
) -> None:
    as_the_rules_say(office, seed, audience, limits, limit, sender)


@pytest.mark.slow
@pytest.mark.feature("I1", "S2.4", "S3.15", "S1.1")
@settings(max_examples=1_000, **calmly)
@questions
def test_the_same_of_thirty_thousand_people(
    office: Office, seed: int, audience: Audience, limits: Terms, limit: int, sender: int | None
) -> None:
    as_the_rules_say(office, seed, audience, limits, limit, sender)


def as_the_rules_say(
    office: Office, seed: int, audience: Audience, limits: Terms, limit: int, sender: int | None
) -> None:
    """Every page holds the right ones, and the counts agree with them."""
    those = crowd(seed)
    holds = {
        number: group
        for number, one in enumerate(those, start=1)
        if number != sender and OURS not in one.invited and (group := group_of(one, audience, limits)) is not None
    }
    wanted = {number: why_not(those[number - 1]) for number in holds}
    guests, counted, reach = office.reads(those, being_sent(audience, limits, sender), limit)

    assert [guest.person_id for guest in guests] == [number for number in sorted(holds) if wanted[number] is None]
    assert [guest.group or "other" for guest in guests] == [holds[guest.person_id] for guest in guests]
    assert all(guest.is_youth is those[guest.person_id - 1].young for guest in guests)
    assert reach.total == len(guests)
    assert counted == [len(guests), max(0, len(guests) - limit)][: len(counted)]
    left = Counter(why for why in wanted.values() if why is not None)
    assert {why: heads.total for why, heads in reach.left_out.items()} == left
    event(f"{min(len(guests), 3)} guests")


# --- one thing at a time ----------------------------------------------------------------------------------------

ANNA: Final = Human(Language.LV, OGRE, False, None, (), True, (), (("18_28", "learn"),), None, frozenset(), {}, {})
MARTA: Final = replace(ANNA, roles=((Role.MENTOR, OGRE),), agreed=False, screenings=())
OGRES_YOUTH: Final = Audience(OGRE, frozenset({Group.YOUTH}))


def numbers(office: Office, those: Sequence[Human], audience: Audience, limits: Terms | None = None) -> list[int]:
    guests, _, _ = office.reads(those, being_sent(audience, limits or Terms()), 50)
    return [guest.person_id for guest in guests]


@pytest.mark.feature("I1")
def test_whoever_was_invited_often_within_seven_days_is_spared_until_the_week_is_over(office: Office) -> None:
    twice = replace(ANNA, invited={1: (0, False), 2: (6, False)})
    a_week_ago = replace(ANNA, invited={1: (0, False), 2: (7, False)})
    found_by_themselves = replace(ANNA, invited={1: (None, False), 2: (0, True)})
    a_mentor = replace(MARTA, invited={1: (0, False), 2: (0, False), 3: (0, False)})
    everybody = Audience(OGRE, frozenset({Group.YOUTH, Group.MENTORS}))
    assert numbers(office, [twice, a_week_ago, found_by_themselves, a_mentor], everybody) == [2, 3, 4]
    without = replace(being_sent(everybody, Terms()), most_a_week=0)
    assert office.reads([twice], without, 50)[2].total == 1


@pytest.mark.feature("S3.7")
def test_a_mute_of_news_of_camps_is_none_of_camps_themselves_and_holds_for_staff_too(office: Office) -> None:
    no_camps, no_news = replace(ANNA, muted=frozenset({SUBJECT})), replace(ANNA, muted=frozenset({"news:camp"}))
    mentor = replace(MARTA, muted=frozenset({SUBJECT, "news:camp"}))
    everybody = Audience(OGRE, frozenset({Group.YOUTH, Group.MENTORS}))
    assert numbers(office, [no_camps, no_news, mentor], everybody) == [2]
    news = Draft(OURS, None, Language.LV, audience=everybody, kind=Kind.ANNOUNCEMENT)
    asked = asking(replace(news, particulars=Particulars(news_of=Kind.CAMP)), NOW, SETTINGS)
    assert [guest.person_id for guest in office.reads([no_camps, no_news, mentor], asked, 50)[0]] == [1]


@pytest.mark.feature("G13")
def test_whoever_left_the_programme_is_no_longer_among_those_in_it(office: Office) -> None:
    within = replace(ANNA, cases=((OGRE, Stage.PROGRAMME, "18_28"),))
    left = replace(ANNA, cases=((OGRE, Stage.PROGRAMME, "18_28"), (OGRE, Stage.CLOSED, "18_28")))
    opted_out = replace(within, agreed=None)
    in_programme = replace(OGRES_YOUTH, standings=frozenset({Standing.PROGRAMME}))
    assert numbers(office, [within, left, opted_out], in_programme) == [1]
    assert numbers(office, [within, left, opted_out], replace(in_programme, standings=frozenset({Standing.OVER}))) == [
        2
    ]


@pytest.mark.feature("I1")
def test_who_never_told_an_age_or_a_wish_is_left_out_where_it_is_asked_for(office: Office) -> None:
    silent = replace(ANNA, screenings=())
    later = replace(ANNA, screenings=(("18_28", "learn"), (None, None)))
    assert numbers(office, [ANNA, silent, later], replace(OGRES_YOUTH, youngest=18)) == [1, 3]
    assert numbers(office, [ANNA, silent, later], replace(OGRES_YOUTH, wishes=frozenset({"learn"}))) == [1, 3]
    assert numbers(office, [ANNA, silent, later], OGRES_YOUTH, Terms(maximum_age=17)) == []


@pytest.mark.feature("I1")
def test_a_young_person_is_where_they_are_worked_with_and_no_longer_where_they_were(office: Office) -> None:
    moved = replace(ANNA, cases=((OGRE, Stage.CLOSED, "18_28"), (CESIS, Stage.PROGRAMME, "18_28")))
    assert numbers(office, [moved], OGRES_YOUTH) == []
    assert numbers(office, [moved], replace(OGRES_YOUTH, municipality=CESIS)) == [1]


@pytest.mark.feature("S3.7")
def test_a_network_is_invited_wherever_its_members_are_and_a_closed_one_has_none(office: Office) -> None:
    member = replace(MARTA, roles=((Role.LEAD, CESIS),), networks={OPEN: True, CLOSED: True})
    gone = replace(member, networks={OPEN: False})
    official = replace(member, roles=((Role.ADMIN, None),))
    open_one = Audience(OGRE, frozenset(), networks=frozenset({OPEN}))
    assert numbers(office, [member, gone, official, MARTA, ANNA], open_one) == [1, 3]
    assert numbers(office, [member, gone, official], replace(open_one, networks=frozenset({CLOSED}))) == []
    assert numbers(office, [member, official], replace(open_one, groups=frozenset({Group.LEADS}))) == [1]
    assert numbers(office, [member], Audience(OGRE, frozenset())) == []


async def test_a_mute_stands_once_and_is_lifted_again(database_file: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{database_file}")
    camps = store_mutes.subject(store_mutes.Mutable.EVENT, Kind.CAMP)
    async with database.write() as db:
        await settle(db, [ANNA])
        for _ in range(2):
            await store_mutes.mute(db, 1, camps, NOW)
        assert await store_mutes.muted(db, 1) == {camps}
        with pytest.raises(ValueError, match="muted"):
            await store_mutes.mute(db, 1, "event:announcement", NOW)
        await store_mutes.unmute(db, 1, camps)
        assert await store_mutes.muted(db, 1) == frozenset()
    await database.close()


@pytest.mark.feature("I1", "G13")
async def test_who_mutes_or_asks_for_help_between_two_pages_gets_nothing_and_nobody_else_is_missed(
    database_file: Path,
) -> None:
    database = Database(f"sqlite+aiosqlite:///{database_file}")
    asked = being_sent(OGRES_YOUTH, Terms())
    async with database.write() as db:
        await db.execute(insert(events).values(id=OURS, state="sending", created_at=NOW, **EMPTY))
        await settle(db, [ANNA] * 6)
        assert await store_audience.count(db, asked) == 6
        first = await store_audience.page(db, asked, 0, 2)
        await db.execute(insert(invitations), [{"event_id": OURS, "person_id": one.person_id} for one in first])
        await store_mutes.mute(db, 3, SUBJECT, NOW)
        await db.execute(insert(alerts).values(youth_id=5, kind="talk", state="open", opened_at=NOW))
        await db.execute(insert(invitations).values(event_id=OURS, person_id=6))  # found it in the meantime
        assert [one.person_id for one in first] == [1, 2]
        assert [one.person_id for one in await store_audience.page(db, asked, 2, 2)] == [4]
        assert [one.person_id for one in await store_audience.page(db, asked, 0, 9)] == [4]
    await database.close()
