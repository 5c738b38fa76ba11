"""Sessions and cycles without a chat: how they are typed, in which order people see them, what a new version says."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.directory.rules import find, municipalities
from bot.events.audience import Audience, Group
from bot.events.event import Event, Kind, Terms
from bot.events.sessions import cycles, screens_series, series
from bot.events.sessions.cycles import Cycle
from bot.events.sessions.series import Fault, Session, Why
from bot.events.writing import drafts
from bot.events.writing.drafts import Draft
from bot.words import InLanguages, Language
from tests.rules.test_events_details import LONGEST, shown

RIGA = ZoneInfo("Europe/Riga")
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
START = datetime(2026, 3, 12, 8, 0, tzinfo=UTC)
DRAFT = Draft(
    7,
    1,
    Language.LV,
    {Language.LV: "Seminārs"},
    {Language.LV: "Par jaunatnes darbu."},
    "Rīga",
    START,
    Audience(None, frozenset({Group.YOUTH})),
    kind=Kind.SEMINAR,
    ends_at=START + timedelta(hours=3),
    reply_by=START - timedelta(days=2),
    terms=Terms(20, {Group.YOUTH: 15}),
)
codes = st.sampled_from([one.code for one in municipalities()])
sessions = st.builds(
    Session,
    st.sampled_from(["Bibliotēka", "Skola", "Nams"]),
    codes,
    st.integers(1, 300).map(lambda days: NOW + timedelta(days=days)),
    st.one_of(st.none(), st.integers(1, 50)),
    st.integers(1, 1000),
)


def event(session: Session) -> Event:
    whole = drafts.whole(replace(series.held_as(replace(DRAFT, series_id=3), session), id=session.id or 0))
    assert isinstance(whole, Event)
    return whole


@pytest.mark.feature("S3.10")
@given(st.lists(sessions, min_size=1, max_size=20), st.one_of(st.none(), codes))
def test_ones_own_municipality_comes_first_then_the_region_then_the_rest(
    several: list[Session], home: str | None
) -> None:
    seen = series.nearest([event(one) for one in several], home)
    assert len(seen) == len(several)
    far = []
    for one in seen:
        there, lives = find(one.particulars.held_in or ""), find(home or "")
        near = lives is not None and there is not None and there.region is lives.region
        far.append(0 if home is None or one.particulars.held_in == home else 1 if near else 2)
    assert far == sorted(far)
    for tier in set(far):
        starts = [one.starts_at for one, its in zip(seen, far, strict=True) if its == tier]
        assert starts == sorted(starts)


@given(sessions)
def test_a_session_has_its_own_place_and_hour_and_keeps_the_terms_of_all(session: Session) -> None:
    one = event(session)
    assert (one.place, one.starts_at, one.terms.capacity) == (session.place, session.starts_at, session.capacity)
    assert one.ends_at == one.starts_at + timedelta(hours=3)
    assert one.reply_by == one.starts_at - timedelta(days=2)
    assert one.is_session
    assert all(most <= (one.terms.capacity or most) for most in one.terms.quotas.values())
    assert one.title == InLanguages(DRAFT.titles, Language.LV)


def test_sessions_are_read_a_line_each() -> None:
    found = series.read("Ogre; Jauniešu centrs, Skolas iela 1; 12.3. 10:00; 30\n\nCēsis; Zāle; 14.3. 10:00", NOW, RIGA)
    assert found == [
        Session("Jauniešu centrs, Skolas iela 1", "LV-067", datetime(2026, 3, 12, 8, 0, tzinfo=UTC), 30),
        Session("Zāle", "LV-022", datetime(2026, 3, 14, 8, 0, tzinfo=UTC)),
    ]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Ogre; Zāle", Why.FIELDS),
        ("Ogre; ; 12.3. 10:00", Why.FIELDS),
        ("Nekurene; Zāle; 12.3. 10:00", Why.MUNICIPALITY),
        (f"Ogre; {'V' * 201}; 12.3. 10:00", Why.PLACE),
        ("Ogre; Zāle; rīt", Why.WHEN),
        ("Ogre; Zāle; 1.3.2020 10:00", Why.WHEN),
        ("Ogre; Zāle; 12.3. 10:00; 0", Why.PLACES),
        ("Ogre; Zāle; 12.3. 10:00; daudz", Why.PLACES),
    ],
)
def test_a_line_that_cannot_be_read_says_why_and_none_is_taken(line: str, why: Why) -> None:
    assert series.read(f"Cēsis; Zāle; 14.3. 10:00\n{line}", NOW, RIGA) == [Fault(2, why)]


@given(st.text(max_size=300))
def test_whatever_is_typed_is_either_sessions_or_faults(text: str) -> None:
    found = series.read(text, NOW, RIGA)
    assert found
    assert len({type(one) for one in found}) == 1


@pytest.mark.parametrize("language", Language)
def test_the_longest_invitation_to_a_series_fits_into_a_message(language: Language) -> None:
    assert isinstance(LONGEST, Event)
    held = replace(LONGEST.particulars, held_in="LV-106")
    several = [replace(LONGEST, id=number, particulars=held, series_id=1) for number in range(20)]
    said = screens_series.invitation(LONGEST, several, None, is_youth=True)
    assert drafts.length(shown(said, language)) <= 4096


# --- cycles ---

CYCLE = Cycle(1, InLanguages({Language.LV: "Būt kopā"}, Language.LV), None, None, (), 1)


@pytest.mark.feature("S2.14")
@given(
    st.one_of(st.none(), st.dates()),
    st.lists(st.sampled_from(cycles.COUNTRIES), unique=True).map(tuple),
    st.integers(1, 99),
)
def test_a_version_comes_back_from_its_notice_as_it_went(
    begins: date | None, countries: tuple[str, ...], version: int
) -> None:
    cycle = replace(CYCLE, from_on=begins, until_on=begins, countries=countries, version=version)
    assert cycles.from_told(cycles.as_told(cycle)) == cycle


@pytest.mark.parametrize(
    ("typed", "dates"),
    [
        ("1.7.2026 - 31.7.2027", (date(2026, 7, 1), date(2027, 7, 31))),
        ("01.07.2026.–31.07.2027.", (date(2026, 7, 1), date(2027, 7, 31))),
        ("31.7.2027 - 1.7.2026", cycles.Why.REVERSED),
        ("31.2.2026 - 1.7.2026", cycles.Why.UNREADABLE),
        ("1.7.2026 - 31.7.2099", cycles.Why.TOO_LONG),
        ("vasarā", cycles.Why.UNREADABLE),
    ],
)
def test_the_dates_of_a_cycle_are_read_as_people_type_them(typed: str, dates: object) -> None:
    assert cycles.read_dates(typed) == dates


@pytest.mark.feature("S2.3")
@given(st.lists(st.sampled_from(cycles.COUNTRIES), unique=True, min_size=1))
def test_the_countries_of_a_cycle_are_typed_and_carried_by_a_button(countries: list[str]) -> None:
    read = cycles.read_countries(", ".join(one.lower() for one in countries))
    assert isinstance(read, tuple)
    assert set(read) == set(countries)
    assert cycles.from_codes("".join(read)) == read
    assert cycles.from_codes("XX") is None
    assert cycles.from_codes("L") is None
