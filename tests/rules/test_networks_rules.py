"""Networks without a chat: who runs one, what a vote brings to a meeting, when opinions are due, what holds."""

from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from bot.calendar import Hours, is_working_day, wall
from bot.directory.rules import Region, municipalities
from bot.networks import rules
from bot.networks.actions import Join
from bot.networks.chat_papers import is_address
from bot.networks.history import former
from bot.networks.network import (
    Member,
    Network,
    NetworkKind,
    Note,
    Opinion,
    Stage,
    Standing,
    StandsFor,
    Subject,
    Topic,
    TopicState,
    Value,
)
from bot.networks.sheets import xlsx
from bot.roles import Grant, Person, Role
from bot.words import Language

RIGA = ZoneInfo("Europe/Riga")
HOURS = Hours.latvia(RIGA, {})
OGRE, CESIS = "LV-067", "LV-022"
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
"""A Monday."""


def somebody(*grants: Grant) -> Person:
    return Person(1, Language.LV, "Bura-100", grants=frozenset(grants))


def network(municipality: str | None, *, closed: bool = False) -> Network:
    return Network(1, "Darba grupa", NetworkKind.WORKING_GROUP, municipality, None, closed=closed)


# --- who --------------------------------------------------------------------------------------------------------


@pytest.mark.feature("S3.9")
@pytest.mark.parametrize(
    ("held", "whose", "may"),
    [
        (None, None, True), (None, OGRE, True), (OGRE, OGRE, True), (OGRE, None, False), (OGRE, CESIS, False),
    ],
)  # fmt: skip
def test_a_network_is_run_by_whoever_coordinates_where_it_belongs(
    held: str | None, whose: str | None, may: bool
) -> None:
    assert rules.may_run(somebody(Grant(Role.COORDINATOR, held)), network(whose)) is may


def test_nobody_runs_a_closed_network_and_no_other_role_runs_any() -> None:
    assert not rules.may_run(somebody(Grant(Role.COORDINATOR)), network(None, closed=True))
    assert not any(rules.may_run(somebody(Grant(r)), network(None)) for r in Role if r is not Role.COORDINATOR)


@pytest.mark.feature("S3.2")
def test_a_coordinator_brings_in_the_staff_of_their_own_places_alone() -> None:
    kaspars = somebody(Grant(Role.COORDINATOR, OGRE))
    assert rules.may_bring_in(kaspars, somebody(Grant(Role.MENTOR, OGRE)))
    assert not rules.may_bring_in(kaspars, somebody(Grant(Role.MENTOR, CESIS)))
    assert not rules.may_bring_in(kaspars, somebody())


def test_somebody_speaks_for_the_one_municipality_they_work_for_until_they_say_otherwise() -> None:
    assert rules.standing_of(somebody(Grant(Role.LEAD, OGRE))) == Standing(StandsFor.MUNICIPALITY, OGRE)
    assert rules.standing_of(somebody(Grant(Role.LEAD, OGRE), Grant(Role.LEAD, CESIS))) == Standing(StandsFor.OTHER)
    assert rules.standing_of(somebody(Grant(Role.PARTNER, OGRE))) == Standing(StandsFor.OTHER)


@pytest.mark.feature("S3.2", "S3.15")
def test_members_stand_region_by_region_and_last_who_speaks_for_none() -> None:
    standings = [
        Standing(StandsFor.MINISTRY, organization="Ministrija"),
        Standing(StandsFor.REGION, region=Region.LATGALE),
        Standing(StandsFor.MUNICIPALITY, "LV-RIX"),
        Standing(StandsFor.MUNICIPALITY, OGRE),
        Standing(StandsFor.REGION, region=Region.VIDZEME),
    ]
    since = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    members = [Member(n, 1, n, f"Kolēģis {n}", one, since) for n, one in enumerate(standings)]
    assert [one.id for one in rules.by_region(members)] == [2, 3, 4, 1, 0]


def test_a_link_with_the_longest_answer_still_fits_a_button() -> None:
    for one in municipalities():
        assert Join("A" * 16, StandsFor.MUNICIPALITY, None, one.code).pack()
        assert Join("A" * 16, StandsFor.MUNICIPALITY, one.region, None).pack()


# --- topics -----------------------------------------------------------------------------------------------------


@pytest.mark.feature("S3.5")
@given(st.lists(st.integers(0, 40), max_size=12))
def test_a_vote_brings_the_most_wanted_and_never_one_that_nobody_wants(votes: list[int]) -> None:
    topics = [Topic(n, 1, f"Tēma {n}", TopicState.OPEN, None, count) for n, count in enumerate(votes)]
    won = rules.chosen(topics)
    assert len(won) == min(rules.MOST_CHOSEN, sum(count > 0 for count in votes))
    lost = [one for one in topics if one not in won]
    assert all((mine.votes, -mine.id) > (other.votes, -other.id) for mine in won for other in lost)


# --- opinions ---------------------------------------------------------------------------------------------------


@pytest.mark.feature("S3.8")
@given(st.integers(0, 360), st.integers(0, 23))
def test_the_silent_are_reminded_on_the_working_day_before_or_not_at_all(days: int, hour: int) -> None:
    now = wall(date(2026, 3, 2), time(hour), RIGA)
    day = date(2026, 3, 2) + timedelta(days=days)
    deadline = rules.deadline_on(day, now, HOURS)
    if deadline is None:
        assert wall(day, rules.DUE_AT, RIGA) <= now
        return
    at = rules.remind_at(deadline, now, HOURS)
    if at is None:
        return
    local = at.astimezone(RIGA)
    assert now < at < deadline
    assert local.time() == rules.REMIND_AT
    assert is_working_day(local.date(), HOURS)
    between = [local.date() + timedelta(days=n) for n in range(1, (day - local.date()).days)]
    assert not any(is_working_day(one, HOURS) for one in between)


def test_a_deadline_in_the_past_or_beyond_a_year_is_none() -> None:
    assert rules.deadline_on(date(2026, 3, 1), NOW, HOURS) is None
    assert rules.deadline_on(date(2027, 3, 20), NOW, HOURS) is None


def test_an_answer_is_taken_until_the_deadline_and_while_somebody_asks() -> None:
    def at(stage: Stage) -> Opinion:
        return Opinion(1, 1, 1, "?", NOW + timedelta(hours=1), stage)

    taken = {stage for stage in Stage if rules.takes_answers(at(stage), NOW)}
    assert taken == {Stage.ASKING, Stage.OPEN, Stage.REMINDING, Stage.REMINDED}
    assert not rules.takes_answers(at(Stage.OPEN), NOW + timedelta(hours=1))


# --- what is known ----------------------------------------------------------------------------------------------

_NOTES = st.lists(
    st.tuples(st.sampled_from([OGRE, CESIS]), st.sampled_from(Subject), st.sampled_from(Value), st.integers(0, 30)),
    max_size=20,
)


@pytest.mark.feature("S3.12")
@given(_NOTES)
def test_of_all_notes_the_latest_day_holds_and_what_nobody_told_is_unknown(
    told: list[tuple[str, Subject, Value, int]],
) -> None:
    notes = [
        Note(n, place, subject, value, date(2026, 1, 1) + timedelta(days=day), 1, NOW)
        for n, (place, subject, value, day) in enumerate(told)
    ]
    coverage = rules.current(notes)
    for place in (OGRE, CESIS, "LV-RIX"):
        for subject in Subject:
            of_it = [one for one in notes if (one.municipality, one.subject) == (place, subject)]
            expected = max(of_it, key=lambda one: (one.as_of, one.id)).value if of_it else Value.UNKNOWN
            assert rules.value_of(coverage, place, subject) is expected
    counts = rules.counted(coverage, [OGRE, CESIS, "LV-RIX"], Subject.PLAN)
    assert sum(counts.values()) == 3


@pytest.mark.feature("S3.12")
def test_nothing_noted_means_not_known_everywhere_and_no_nowhere() -> None:
    counts = rules.counted({}, [one.code for one in municipalities()], Subject.YOUTH_WORK)
    assert counts == {Value.YES: 0, Value.NO: 0, Value.UNKNOWN: 42}


@pytest.mark.feature("S3.1")
def test_each_of_the_119_old_municipalities_went_into_one_of_the_42() -> None:
    assert {name for names in former().values() for name in names}.__len__() == 119
    assert set(former()) == {one.code for one in municipalities()}


# --- files ------------------------------------------------------------------------------------------------------

_LIVE = ('=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\t=1", "＝1", " =1", "=cmd|' /C calc'!A0")


@pytest.mark.feature("X42")
@pytest.mark.parametrize("typed", _LIVE)
def test_nothing_that_people_typed_becomes_a_formula(typed: str) -> None:
    content = xlsx("=1", ["=1+1", typed], [[typed, 3], [typed]], (10, 10))
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert all(cell.quotePrefix for cell in cells if cell.data_type == "s")
    assert sheet.cell(2, 2).value == 3


def test_signs_that_no_file_may_hold_are_left_out_of_it() -> None:
    sheet = load_workbook(BytesIO(xlsx("a/b", ["x"], [["viens\x00\x0bdivi\ntrīs"]], (10,)))).worksheets[0]
    assert sheet.cell(2, 1).value == "viensdivi\ntrīs"


@pytest.mark.feature("S3.6")
@pytest.mark.parametrize(
    ("typed", "is_one"),
    [
        ("https://ogresnovads.lv/jaunatne", True),
        ("http://ogresnovads.lv", False),
        ("https://localhost/x", False),
        ("https://a@evil.lv", False),
        ("https://[", False),
        ("ogre.lv", False),
        ("https://x.lv/" + "a" * 300, False),
    ],
)
def test_only_a_plain_https_address_is_taken(typed: str, is_one: bool) -> None:
    assert is_address(typed) is is_one
