"""People by chance with all that an audience can ask of them, the rules of `store_audience` once more in plain Python,
and the rows they are kept as."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, Final, TypeVar

from sqlalchemy import Table, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.directory.rules import find
from bot.events.audience import ROLE_OF, Audience, Group, Standing
from bot.events.event import Terms
from bot.events.whom.ages import span_of
from bot.events.whom.audience_choices import WISHES
from bot.events.whom.reach import LeftOut
from bot.people.rules import Purpose
from bot.programme.rules import Stage
from bot.roles import Role
from bot.settings import Settings
from bot.storage.tables import (
    alerts,
    blocks,
    cases,
    consents,
    grants,
    invitations,
    mutes,
    network_members,
    people,
    screenings,
)
from bot.words import Language

T = TypeVar("T")

NOW: Final = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
OGRE, CESIS, RIGA = "LV-067", "LV-022", "LV-RIX"
PLACES: Final = (OGRE, CESIS, RIGA)
EVENTS: Final = (1, 2, 3, 4)
OURS: Final = 9
"""The event that is being sent."""
OPEN, CLOSED = 1, 2
SETTINGS: Final = Settings.model_construct(events_a_week=2)
SUBJECT: Final = "event:camp"
EMPTY: Final[Mapping[str, Any]] = {"language": "lv", "titles": {}, "details": {}, "audience": {}}


# --- people -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Human:
    """Somebody, with all that an audience can ask of them."""

    language: Language
    municipality: str | None
    unreachable: bool
    barred: int | None
    """For how many more days, negative where it is over, 0 without end; None: not at all."""
    roles: tuple[tuple[Role, str | None], ...]
    agreed: bool | None
    """None: took it back."""
    cases: tuple[tuple[str | None, Stage, str], ...]
    """Oldest first: municipality, stage, age band."""
    screenings: tuple[tuple[str | None, str | None], ...]
    """Oldest first: age and wish, as far as they were told."""
    alert: bool | None
    """Open; False where it is closed."""
    muted: frozenset[str]
    invited: Mapping[int, tuple[int | None, bool]]
    """By event: how many days ago (None: found it themselves), and whether they came."""
    networks: Mapping[int, bool]
    """By network: whether they are still in it."""

    @property
    def young(self) -> bool:
        return not self.roles


def crowd(seed: int) -> list[Human]:
    """Thirty people by chance: most can be reached and agreed, and of everything else there is a bit."""
    chance = Random(seed)

    def some(most: int, one: Callable[[], T]) -> tuple[T, ...]:
        return tuple(one() for _ in range(chance.randint(0, most)))

    def rarely(one: Callable[[], T]) -> T | None:
        return one() if chance.random() < RARELY else None

    def place() -> str | None:
        return chance.choice((None, *PLACES))

    def human() -> Human:
        roles = some(2, lambda: (chance.choice([*ROLE_OF.values(), Role.ADMIN]), place()))
        return Human(
            chance.choice(list(Language)),
            place(),
            chance.random() < RARELY,
            rarely(lambda: chance.choice((0, 3, -3))),
            tuple(set(roles)) if chance.random() < 0.4 else (),
            chance.choice((True, True, True, True, True, False, None)),
            some(2, lambda: (place(), chance.choice(list(Stage)), chance.choice(("unknown", "15_17", "18_28", "29")))),
            some(2, lambda: (chance.choice((None, "15_17", "18_28", "over_29")), chance.choice((None, *WISHES[:3])))),
            rarely(lambda: chance.random() < 0.5),
            frozenset(some(1, lambda: chance.choice((SUBJECT, "news:camp", "event:training", "event:other")))),
            {
                number: (chance.choice((None, 0, 6, 7, 8, 40)), chance.random() < 0.5)
                for number in (*EVENTS, OURS)
                if chance.random() < 0.3
            },
            {number: chance.random() < 0.7 for number in (OPEN, CLOSED) if chance.random() < 0.3},
        )

    return [human() for _ in range(30)]


RARELY: Final = 0.12

# --- the rules once more ----------------------------------------------------------------------------------------

STANDING_OF: Final = {
    Stage.CONTACT: Standing.CONTACT,
    Stage.PROFILING: Standing.PROGRAMME,
    Stage.PROGRAMME: Standing.PROGRAMME,
    Stage.PAUSED: Standing.PROGRAMME,
    Stage.AFTERCARE: Standing.AFTERCARE,
    Stage.ELSEWHERE: Standing.OVER,
    Stage.NOT_NOW: Standing.OVER,
    Stage.CLOSED: Standing.OVER,
}


def group_of(one: Human, audience: Audience, limits: Terms) -> Group | str | None:
    """The group by which the audience holds them, "other" where it asks for none; None if it does not hold them."""
    somewhere = not audience.networks and not audience.attended
    whatever = not audience.groups and not somewhere

    def here(municipality: str | None) -> bool:
        if not somewhere or (audience.municipality is None and audience.region is None):
            return True
        if audience.municipality is not None:
            return municipality == audience.municipality
        return (
            municipality is not None and (found := find(municipality)) is not None and found.region is audience.region
        )

    held: list[Group] = []
    if one.young and _is_the_youth_wanted(one, audience, limits) and here(_home(one)):
        held.append(Group.YOUTH)
    held += [
        group
        for group, role in ROLE_OF.items()
        if any(role is one_role and here(place) for one_role, place in one.roles)
    ]
    wanted = [group for group in held if whatever or group in audience.groups]
    if audience.languages and one.language not in audience.languages:
        return None
    if audience.networks and not any(one.networks.get(n) for n in audience.networks if n == OPEN):
        return None
    for asked in (audience.attended, frozenset(limits.after)):
        if asked and not any(one.invited.get(n, (None, False))[1] for n in asked):
            return None
    if wanted:
        return wanted[0]
    return "other" if whatever and not one.young else None


def _home(one: Human) -> str | None:
    return (one.cases[-1][0] if one.cases else None) or one.municipality


def _is_the_youth_wanted(one: Human, audience: Audience, limits: Terms) -> bool:
    standing = STANDING_OF[one.cases[-1][1]] if one.cases else Standing.NEW
    wish = next((told for _, told in reversed(one.screenings) if told), None)
    age = one.cases[-1][2] if one.cases and one.cases[-1][2] != "unknown" else None
    age = age or next((told for told, _ in reversed(one.screenings) if told), None)
    span = span_of(age, SETTINGS)
    for youngest, oldest in ((audience.youngest, audience.oldest), (limits.minimum_age, limits.maximum_age)):
        if (youngest, oldest) != (None, None) and (
            span is None or span[1] < (youngest or 0) or (oldest is not None and span[0] > oldest)
        ):
            return False
    return (not audience.standings or standing in audience.standings) and (
        not audience.wishes or wish in audience.wishes
    )


def why_not(one: Human) -> LeftOut | None:
    recent = sum(days is not None and days < 7 for days, _ in one.invited.values())
    if one.unreachable or (one.barred is not None and one.barred >= 0):
        return LeftOut.CANNOT
    if one.young and (one.agreed is not True or one.alert):
        return LeftOut.CANNOT
    if SUBJECT in one.muted:
        return LeftOut.MUTED
    return LeftOut.TIRED if one.young and recent >= SETTINGS.events_a_week else None


# --- in rows ----------------------------------------------------------------------------------------------------


async def settle(db: AsyncConnection, those: Sequence[Human]) -> None:
    """These people, numbered from 1, where there was nobody."""
    gathered: dict[Table, list[dict[str, Any]]] = {people: []}
    for number, one in enumerate(those, start=1):
        for table, rows in {people: [_person(number, one)], **_rows(number, one)}.items():
            gathered.setdefault(table, []).extend(rows)
    for table, rows in gathered.items():
        if rows:
            await db.execute(insert(table), rows)


def _person(number: int, one: Human) -> dict[str, Any]:
    return {
        "id": number,
        "telegram_id": number,
        "code_name": str(number),
        "language": one.language.value,
        "municipality": one.municipality,
        "unreachable_at": NOW if one.unreachable else None,
        "created_at": NOW,
    }


def _rows(number: int, one: Human) -> dict[Table, list[dict[str, Any]]]:
    who = {"person_id": number}
    withdrawn = {"withdrawn_at": NOW if one.agreed is None else None}
    consent = {"purpose": Purpose.EVENTS.value, "version": "1", "language": "lv", "given_at": NOW, **withdrawn}
    until = NOW + timedelta(days=one.barred) if one.barred else None
    case = {"stage_at": NOW, "screening_outcome": "likely", "opened_at": NOW, "youth_id": number}
    return {
        grants: [{**who, "role": role.value, "municipality": place, "granted_at": NOW} for role, place in one.roles],
        consents: [{**who, **consent}] if one.agreed is not False else [],
        blocks: [{**who, "at": NOW, "reason": "x", "until": until}] if one.barred is not None else [],
        cases: [
            {**case, "municipality": place, "stage": stage.value, "age_band": band} for place, stage, band in one.cases
        ],
        screenings: [
            {**who, "version": "2", "started_at": NOW, "changed_at": NOW, "answers": _answers(age, wish)}
            for age, wish in one.screenings
        ],
        alerts: [
            {
                "youth_id": number,
                "kind": "talk",
                "state": "x",
                "opened_at": NOW,
                "closed_at": None if one.alert else NOW,
            }
        ]
        if one.alert is not None
        else [],
        mutes: [{**who, "subject": subject, "at": NOW} for subject in one.muted],
        invitations: [
            {
                **who,
                "event_id": event_id,
                "invited_at": None if days is None else NOW - timedelta(days=days),
                "came_at": NOW if came else None,
            }
            for event_id, (days, came) in one.invited.items()
        ],
        network_members: [
            {**who, "network_id": n, "stands_for": "x", "joined_at": NOW, "left_at": None if still else NOW}
            for n, still in one.networks.items()
        ],
    }


def _answers(age: str | None, wish: str | None) -> dict[str, str]:
    return {name: told for name, told in (("age", age), ("wish", wish)) if told}
