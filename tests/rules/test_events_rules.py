"""Invitations without a chat: who may reach whom, what a draft asks next, when it may go, what an answer changes."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import wall
from bot.events import rules, when
from bot.events.audience import Audience, Group
from bot.events.event import OFF, Event, Invitation, Replies, Reply, Seat, State
from bot.events.signup import signing
from bot.events.whom import audience_choices
from bot.events.writing import drafts
from bot.events.writing.drafts import Draft, Step
from bot.roles import Grant, Person, Role
from bot.texts import Texts
from bot.typed import in_one_line
from bot.words import InLanguages, Language, Phrase

RIGA = ZoneInfo("Europe/Riga")
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)  # a Monday, 10:00 in Rīga
OGRE, CESIS = "LV-067", "LV-022"


def coordinator(*places: str | None) -> Person:
    return Person(
        1, Language.LV, "Tilts-101", "Kaspars", grants=frozenset(Grant(Role.COORDINATOR, place) for place in places)
    )


def draft(**changes: object) -> Draft:
    full = Draft(
        7,
        1,
        Language.LV,
        {Language.LV: "Picas vakars"},
        {Language.LV: "Cepsim picu."},
        "Jauniešu centrs",
        NOW + timedelta(days=5),
        Audience(OGRE, frozenset({Group.YOUTH})),
    )
    return replace(full, **changes)  # type: ignore[arg-type]


def event(**changes: object) -> Event:
    whole = drafts.whole(draft())
    assert isinstance(whole, Event)
    return replace(whole, **{"state": State.SENT, **changes})  # type: ignore[arg-type]


# --- whose is it ---


def test_a_coordinator_reaches_the_people_of_their_own_municipality_only() -> None:
    assert rules.may_reach(coordinator(OGRE), OGRE)
    assert not rules.may_reach(coordinator(OGRE), CESIS)
    assert not rules.may_reach(coordinator(OGRE), None)


def test_a_national_coordinator_reaches_every_place_and_the_whole_country() -> None:
    assert all(rules.may_reach(coordinator(None), place) for place in (OGRE, CESIS, None))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COORDINATOR])
def test_no_other_role_reaches_anybody(role: Role) -> None:
    person = Person(1, Language.LV, "Tilts-101", grants=frozenset({Grant(role)}))
    assert not rules.may_reach(person, OGRE)
    assert not drafts.may_write(person, draft())


def test_a_draft_is_its_authors_alone() -> None:
    assert drafts.may_write(coordinator(OGRE), draft())
    assert not drafts.may_write(coordinator(OGRE), draft(created_by=2))


def test_a_draft_for_a_place_that_was_taken_away_can_no_longer_be_written() -> None:
    assert not drafts.may_write(coordinator(CESIS), draft())


def test_an_event_that_was_sent_is_run_by_every_coordinator_of_its_place() -> None:
    assert rules.may_run(coordinator(OGRE), event(created_by=2))
    assert not rules.may_run(coordinator(CESIS), event())
    assert not rules.may_run(coordinator(OGRE), event(audience=Audience(None, frozenset({Group.YOUTH}))))


# --- writing it ---


@pytest.mark.parametrize(
    ("missing", "step"),
    [
        ({"titles": {}}, Step.TITLE),
        ({"details": {}}, Step.DETAILS),
        ({"place": None}, Step.PLACE),
        ({"starts_at": None}, Step.WHEN),
        ({"audience": None}, Step.LANGUAGES),
        ({}, Step.PAGE),
    ],
)
def test_the_next_step_is_the_first_thing_missing(missing: dict[str, object], step: Step) -> None:
    assert drafts.next_step(draft(**missing)) is step


def test_back_leads_to_the_question_before_and_from_the_first_one_out() -> None:
    begun = draft(audience=None)
    assert drafts.previous_step(begun, Step.DETAILS) is Step.TITLE
    assert drafts.previous_step(begun, Step.TITLE) is None


def test_once_there_is_a_page_back_leads_to_it() -> None:
    assert drafts.previous_step(draft(), Step.TITLE) is Step.PAGE


def test_a_draft_without_its_place_is_not_whole() -> None:
    assert drafts.whole(draft(place=None)) is Step.PLACE


@pytest.mark.feature("I2")
def test_a_reader_without_a_translation_gets_the_first_text() -> None:
    translated = draft(
        titles={Language.LV: "Picas vakars", Language.UK: "Піца-вечір"},
        details={Language.LV: "Cepsim picu.", Language.UK: "Спечемо піцу."},
    )
    whole = drafts.whole(translated)
    assert isinstance(whole, Event)
    read = Texts(ZoneInfo("Europe/Riga"))
    said = Phrase("events.any.button.title", {"title": whole.title})
    assert read.plain(said, Language.UK) == "Піца-вечір"
    assert read.plain(said, Language.EN) == "Picas vakars"


@pytest.mark.feature("I2")
def test_a_translation_that_is_half_there_is_shown_to_nobody() -> None:
    half = draft(titles={Language.LV: "Picas vakars", Language.UK: "Піца-вечір"})
    whole = drafts.whole(half)
    assert isinstance(whole, Event)
    assert whole.title == InLanguages({Language.LV: "Picas vakars"}, Language.LV)


def test_another_first_language_takes_what_was_written_with_it() -> None:
    changed = drafts.begun_in(draft(), Language.EN)
    assert changed.language is Language.EN
    assert changed.titles == {Language.EN: "Picas vakars"}


def test_the_first_language_cannot_be_removed() -> None:
    assert drafts.without(draft(), Language.LV) == draft()


@given(st.text(max_size=300))
def test_no_text_longer_than_its_place_is_taken(text: str) -> None:
    outcome = drafts.written(draft(), Step.TITLE, Language.LV, text)
    title = in_one_line(text)
    if len(title.encode("utf-16-le", "surrogatepass")) // 2 > 100:
        assert isinstance(outcome, drafts.TooLong)
    else:
        assert outcome == draft(titles={Language.LV: title})


@given(st.sets(st.sampled_from(Group)), st.sampled_from(Group))
def test_a_group_is_put_in_or_out_once_however_often_it_is_said(groups: set[Group], group: Group) -> None:
    audience = Audience(OGRE, frozenset(groups))
    once = audience_choices.with_group(audience, group, chosen=group not in audience.groups)
    assert (group in once.groups) is not (group in groups)
    assert audience_choices.with_group(once, group, chosen=group in audience.groups) == audience
    assert audience_choices.with_group(once, group, chosen=group in once.groups) == once


# --- when it starts ---


@pytest.mark.parametrize(
    ("text", "day", "at"),
    [
        ("12.12. 17:00", date(2026, 12, 12), time(17)),
        ("12.12 17:00", date(2026, 12, 12), time(17)),
        ("12.12., 17.00", date(2026, 12, 12), time(17)),
        ("5.3. 9:30", date(2026, 3, 5), time(9, 30)),
        ("12.12.2026 17:00", date(2026, 12, 12), time(17)),
        ("12.12.2026. 17:00", date(2026, 12, 12), time(17)),
        ("1.2. 12:00", date(2027, 2, 1), time(12)),
        ("29.3. 03:30", date(2026, 3, 29), time(4)),  # that half hour does not exist: the clocks go forward
    ],
)
def test_a_start_is_read_as_people_type_it(text: str, day: date, at: time) -> None:
    assert when.read(text, NOW, RIGA) == when.At(wall(day, at, RIGA))


def test_a_date_alone_asks_for_the_hour() -> None:
    assert when.read("12.12.", NOW, RIGA) == when.On(date(2026, 12, 12))
    chosen = date(2026, 12, 12)
    assert when.read("17:30", NOW, RIGA, chosen) == when.At(wall(chosen, time(17, 30), RIGA))
    assert when.read("17", NOW, RIGA, chosen) == when.At(wall(chosen, time(17), RIGA))
    assert when.read("12.12. 18:00", NOW, RIGA, chosen) == when.At(wall(chosen, time(18), RIGA))


@pytest.mark.parametrize("text", ["", "vakarā", "25", "25:00", "24:00", "12.12. 25:00", "1730"])
def test_what_is_no_hour_is_asked_again(text: str) -> None:
    assert isinstance(when.read(text, NOW, RIGA, date(2026, 12, 12)), when.Unreadable)


@pytest.mark.parametrize("text", ["", "vakar", "17:00", "31.2. 10:00", "12.12. 25:00", "0.0.", "99.99.9999 99:99"])
def test_what_is_no_date_is_asked_again(text: str) -> None:
    assert isinstance(when.read(text, NOW, RIGA), when.Unreadable)


def test_what_is_over_and_what_is_far_away_are_told_apart() -> None:
    assert isinstance(when.read("2.3. 09:59", NOW, RIGA), when.Past)
    assert isinstance(when.read("1.1.0001 10:00", NOW, RIGA), when.Past)
    assert isinstance(when.read("12.12.2027 17:00", NOW, RIGA), when.TooFar)


@given(st.text(max_size=40))
def test_any_text_gets_an_answer(text: str) -> None:
    outcome = when.read(text, NOW, RIGA)
    assert not isinstance(outcome, when.At) or NOW < outcome.moment <= NOW + timedelta(days=368)


@pytest.mark.feature("I6")
def test_an_answer_can_be_changed_until_the_start_and_not_after() -> None:
    assert signing.closed(event(), Invitation(None), Reply.YES, NOW) is None
    assert signing.closed(event(), Invitation(Reply.YES, Seat.HELD), Reply.NO, NOW) is None
    assert isinstance(signing.closed(event(starts_at=NOW), Invitation(Reply.YES), Reply.NO, NOW), rules.Started)


@pytest.mark.parametrize("state", sorted(OFF))
def test_nothing_is_answered_once_it_is_cancelled(state: State) -> None:
    assert isinstance(signing.closed(event(state=state), Invitation(None), Reply.YES, NOW), rules.CalledOff)
    assert not rules.may_cancel(event(state=state), NOW)


def test_whoever_has_not_answered_is_counted_as_silent() -> None:
    assert Replies(invited=10, yes=3, maybe=2, no=1).silent == 4
