"""What changes of an event after it was sent, and what each person is told of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import wall
from bot.events.audience import Audience, Group
from bot.events.changed import changes
from bot.events.changed.changes import Amiss, Change, Kind, Part
from bot.events.changed.changing import Unreadable, typed
from bot.events.event import Event, Particulars, Reply, State
from bot.words import InLanguages, Language

RIGA = ZoneInfo("Europe/Riga")
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
STARTS = datetime(2026, 3, 12, 15, 0, tzinfo=UTC)


def text(lv: str, uk: str | None = None) -> InLanguages:
    return InLanguages({Language.LV: lv} | ({Language.UK: uk} if uk else {}), Language.LV)


EVENT = Event(
    7,
    1,
    State.SENT,
    text("Picas vakars", "Піца-вечір"),
    text("Cepsim picu.", "Спечемо піцу."),
    "Jauniešu centrs",
    STARTS,
    Audience("LV-067", frozenset({Group.YOUTH})),
)

VALUES = {
    Part.STARTS: st.sampled_from([STARTS + timedelta(hours=hours) for hours in range(4)]),
    Part.ENDS: st.sampled_from([None, STARTS + timedelta(hours=8), STARTS + timedelta(hours=9)]),
    Part.PLACE: st.sampled_from(["Jauniešu centrs", "Bibliotēka", "Skola"]),
    Part.LINK: st.sampled_from([None, "https://one.example", "https://two.example"]),
    Part.REPLY_BY: st.sampled_from([None, NOW + timedelta(days=2), NOW + timedelta(days=3)]),
    Part.TITLE: st.sampled_from([text("Picas vakars", "Піца-вечір"), text("Picas rīts", "Піца-вечір"), text("Tēja")]),
    Part.DETAILS: st.sampled_from([text("Cepsim picu.", "Спечемо піцу."), text("Vārīsim tēju.")]),
    Part.NOTE: st.sampled_from(["Telpas ir aizņemtas.", None]),
}
WISHES = st.dictionaries(st.sampled_from(Part), st.none(), min_size=1).flatmap(
    lambda parts: st.fixed_dictionaries({part: VALUES[part] for part in parts})
)


def told(history: list[dict[Part, changes.Value]]) -> tuple[list[Event], list[Change]]:
    """Each state of the event after these wishes, one confirmed after the other, and the changes between them."""
    states, done = [EVENT], []
    for wish in history:
        event = states[-1]
        new = changes.settled(event, wish, NOW, RIGA)
        if not new:
            continue
        difference = changes.difference(event, new)
        old = {part: was for part, (was, _) in difference.items() if part is not Part.NOTE}
        after = replace(changes.applied(event, new), sequence=event.sequence + 1)
        done.append(Change(after.sequence, old, new, NOW + timedelta(minutes=after.sequence)))
        states.append(after)
    return states, done


@pytest.mark.feature("I13")
@given(st.lists(WISHES, max_size=5), st.integers(0, 5))
def test_whoever_knows_any_older_state_hears_exactly_how_it_differs_from_the_present_one(
    history: list[dict[Part, changes.Value]], known: int
) -> None:
    states, done = told(history)
    known = min(known, len(states) - 1)
    then, now = changes.told_of(states[known]), changes.told_of(states[-1])
    heard = changes.since(done, known, states[-1])
    said = {part: pair for part, pair in heard.items() if part is not Part.NOTE}
    assert said == {part: (then[part], now[part]) for part in now if then[part] != now[part]}


@pytest.mark.feature("I13")
@given(st.lists(WISHES, max_size=4))
def test_a_change_is_kept_and_read_back_as_it_was(history: list[dict[Part, changes.Value]]) -> None:
    _, done = told(history)
    for one in done:
        assert changes.told_from(changes.as_json(one.old)) == one.old
        assert changes.told_from(changes.as_json(one.new)) == one.new


@pytest.mark.feature("I13")
def test_a_change_that_was_taken_back_is_news_to_nobody_who_had_not_heard_it() -> None:
    later = STARTS + timedelta(hours=1)
    states, done = told([{Part.STARTS: later}, {Part.STARTS: STARTS}])
    assert changes.since(done, 0, states[-1]) == {}
    assert changes.since(done, 1, states[-1]) == {Part.STARTS: (later, STARTS)}


@pytest.mark.feature("I13")
@pytest.mark.parametrize(
    ("new", "asks"),
    [
        ({Part.STARTS: STARTS + timedelta(hours=1)}, True),
        ({Part.PLACE: "Bibliotēka"}, True),
        ({Part.LINK: "https://one.example"}, False),
        ({Part.ENDS: STARTS + timedelta(hours=2)}, False),
        ({Part.REPLY_BY: NOW + timedelta(days=1)}, False),
        ({Part.TITLE: text("Tēja")}, False),
        ({Part.NOTE: "Paņemiet līdzi čības."}, False),
    ],
)
def test_only_another_time_or_place_asks_for_answers_again(new: dict[Part, changes.Value], asks: bool) -> None:
    assert changes.asks_again(changes.difference(EVENT, new), EVENT) is asks


def test_an_end_that_was_told_and_moves_asks_again() -> None:
    ending = replace(EVENT, ends_at=STARTS + timedelta(hours=2))
    assert changes.asks_again(changes.difference(ending, {Part.ENDS: STARTS + timedelta(hours=4)}), ending)


@pytest.mark.feature("I13")
def test_who_declined_hears_of_another_time_or_place_alone() -> None:
    moved = changes.difference(EVENT, {Part.PLACE: "Bibliotēka"})
    corrected = changes.difference(EVENT, {Part.TITLE: text("Picas rīts")})
    for reply in (None, *Reply):
        assert changes.concerns(moved, reply, EVENT)
        assert changes.concerns(corrected, reply, EVENT) is (reply is not Reply.NO)
        assert not changes.concerns({}, reply, EVENT)


@pytest.mark.feature("I5")
def test_a_corrected_translation_concerns_its_readers_alone() -> None:
    title = text("Picas vakars", "Піца-вечірка")
    corrected = changes.difference(EVENT, {Part.TITLE: title})
    assert changes.read_in(corrected, Language.LV) == {}
    assert changes.read_in(corrected, Language.EN) == {}  # they read Latvian, the first language
    assert changes.read_in(corrected, Language.UK) == {Part.TITLE: (EVENT.title, title)}
    assert changes.kind_of(corrected) is Kind.CORRECTION
    assert changes.kind_of({Part.TITLE, Part.PLACE}) is Kind.CHANGE


@pytest.mark.parametrize("days", [10, 17, 18, 30])
def test_the_end_moves_along_with_the_start_by_the_clock_on_the_wall(days: int) -> None:
    """Also over the night of 28 to 29 March, when the clocks go forward."""
    starts, ends = wall(datetime(2026, 3, 12).date(), datetime(2026, 1, 1, 17).time(), RIGA), None  # noqa: DTZ001
    ends = starts + timedelta(hours=3)
    event = replace(EVENT, starts_at=starts, ends_at=ends)
    later = wall((starts + timedelta(days=days)).date(), datetime(2026, 1, 1, 18).time(), RIGA)  # noqa: DTZ001
    new = changes.settled(event, {Part.STARTS: later}, NOW, RIGA)
    moved = new[Part.ENDS]
    assert isinstance(moved, datetime)
    assert moved.astimezone(RIGA).strftime("%H:%M") == "21:00"


def test_a_deadline_that_is_over_is_lifted_where_answers_are_asked_for_again() -> None:
    closed = replace(EVENT, reply_by=NOW - timedelta(hours=1))
    assert changes.settled(closed, {Part.PLACE: "Bibliotēka"}, NOW, RIGA) == {
        Part.PLACE: "Bibliotēka",
        Part.REPLY_BY: None,
    }
    assert changes.settled(closed, {Part.TITLE: text("Tēja")}, NOW, RIGA) == {Part.TITLE: text("Tēja")}


def test_what_stays_as_it_was_is_no_change() -> None:
    same = changes.told_of(EVENT)
    assert changes.settled(EVENT, same, NOW, RIGA) == {}
    assert changes.amiss(EVENT, {}, NOW) is Amiss.NOTHING


@pytest.mark.parametrize(
    ("new", "amiss"),
    [
        ({Part.STARTS: NOW}, Amiss.STARTS_IN_THE_PAST),
        ({Part.ENDS: STARTS}, Amiss.ENDS_BEFORE_IT_STARTS),
        ({Part.REPLY_BY: NOW}, Amiss.DEADLINE_IN_THE_PAST),
        ({Part.REPLY_BY: STARTS + timedelta(hours=1)}, Amiss.DEADLINE_AFTER_THE_START),
        ({Part.PLACE: None}, Amiss.NOWHERE),
        ({Part.PLACE: None, Part.LINK: "https://one.example"}, None),
    ],
)
def test_what_cannot_be_told_as_it_stands_is_said(new: dict[Part, changes.Value], amiss: Amiss | None) -> None:
    assert changes.amiss(EVENT, new, NOW) is amiss


def test_an_event_that_began_or_was_cancelled_or_was_never_sent_cannot_be_changed() -> None:
    assert changes.may_change(EVENT, NOW)
    assert not changes.may_change(EVENT, STARTS)
    for state in (State.DRAFT, State.SUBMITTED, State.CANCELLING, State.CANCELLED):
        assert not changes.may_change(replace(EVENT, state=state), NOW)


def test_what_is_confirmed_is_what_was_shown() -> None:
    new = {Part.PLACE: "Bibliotēka"}
    assert changes.digest(EVENT, new) == changes.digest(EVENT, dict(new))
    others = {changes.digest(EVENT, {Part.PLACE: "Skola"}), changes.digest(replace(EVENT, sequence=1), new)}
    assert changes.digest(EVENT, new) not in others


def test_somebody_knows_what_their_invitation_said_and_what_they_heard_since() -> None:
    _, done = told([{Part.PLACE: "Bibliotēka"}, {Part.PLACE: "Skola"}])
    first, second = (one.at for one in done)
    assert changes.known_to(done, first - timedelta(seconds=1), 0) == 0
    assert changes.known_to(done, first, 0) == 1
    assert changes.known_to(done, second, 0) == 2
    assert changes.known_to(done, first, 2) == 2
    assert changes.known_to(done, None, 0) == 0


# --- typed ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed_text", "read"),
    [
        ("18:30", "12.03. 18:30"),
        ("14.3. 12:00", "14.03. 12:00"),
        ("14.3.", "14.03. 17:00"),  # the hour stays
    ],
)
def test_an_hour_alone_or_a_day_alone_is_enough_for_a_new_start(typed_text: str, read: str) -> None:
    found = typed(EVENT, Part.STARTS, None, typed_text, NOW, RIGA)
    assert isinstance(found, datetime)
    assert found.astimezone(RIGA).strftime("%d.%m. %H:%M") == read


def test_a_deadline_on_a_day_is_its_last_minute() -> None:
    found = typed(EVENT, Part.REPLY_BY, None, "10.3.", NOW, RIGA)
    assert isinstance(found, datetime)
    assert found.astimezone(RIGA).strftime("%d.%m. %H:%M") == "10.03. 23:59"


@pytest.mark.parametrize(
    ("part", "wrong", "why"),
    [
        (Part.STARTS, "vakar", "moment"),
        (Part.STARTS, "1.3.2026. 10:00", "past"),
        (Part.STARTS, "1.1.2030. 10:00", "too_far"),
        (Part.LINK, "http://one.example", "link"),
        (Part.LINK, "javascript:alert(1)", "link"),
        (Part.PLACE, "x" * 201, "too_long"),
        (Part.NOTE, "   ", "too_long"),
        (Part.NOTE, "x" * 501, "too_long"),
        (Part.TITLE, "x" * 101, "too_long"),
    ],
)
def test_what_cannot_be_taken_is_said_and_why(part: Part, wrong: str, why: str) -> None:
    found = typed(EVENT, part, Language.LV, wrong, NOW, RIGA)
    assert isinstance(found, Unreadable)
    assert found.key == why


@given(st.sampled_from(Part), st.sampled_from([None, *Language]), st.text(max_size=600))
def test_any_text_gets_an_answer_that_can_be_kept(part: Part, language: Language | None, said: str) -> None:
    found = typed(EVENT, part, language, said, NOW, RIGA)
    if not isinstance(found, Unreadable):
        new = {part: found}
        assert changes.told_from(changes.as_json(new)) == new
        changes.applied(EVENT, new)


def test_only_the_translation_that_is_there_changes() -> None:
    found = typed(EVENT, Part.TITLE, Language.UK, "Піца-вечірка", NOW, RIGA)
    assert found == text("Picas vakars", "Піца-вечірка")
    linked = replace(EVENT, particulars=Particulars(link="https://one.example"))
    assert typed(linked, Part.LINK, None, " https://two.example/a ", NOW, RIGA) == "https://two.example/a"
