"""The particulars of a draft: whatever is typed and pressed in whatever order, the event that comes of it keeps its
own terms, and what is told of it fits into a message."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.events import details, kept, telling
from bot.events.audience import Audience, Group
from bot.events.details import CHOICES, SWITCHES, Detail, Why, Wrong
from bot.events.event import FREE, Event, Funder, Kind, Particulars, Terms
from bot.events.signup import screens_guests
from bot.events.writing import details_typed, drafts, screens_details
from bot.events.writing.drafts import Draft, Step
from bot.texts import Texts
from bot.turn import Spot
from bot.words import Language, Phrase, phrase

RIGA = ZoneInfo("Europe/Riga")
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)  # a Monday, 10:00 in Rīga
START = datetime(2026, 3, 12, 15, 0, tzinfo=UTC)  # 17:00 there
DRAFT = Draft(
    7,
    1,
    Language.LV,
    {Language.LV: "Nometne"},
    {Language.LV: "Trīs dienas pie jūras."},
    "Lapmežciems",
    START,
    Audience("LV-067", frozenset({Group.YOUTH, Group.MENTORS})),
    kind=Kind.CAMP,
)


def typed(detail: Detail, text: str, draft: Draft = DRAFT) -> Draft | Wrong:
    return details_typed.typed(draft, detail, text, NOW, RIGA)


def fits(detail: Detail, text: str, draft: Draft = DRAFT) -> Draft:
    changed = typed(detail, text, draft)
    assert isinstance(changed, Draft), changed
    return changed


# --- when ---


@pytest.mark.parametrize(
    ("text", "end"),
    [("19:30", datetime(2026, 3, 12, 17, 30, tzinfo=UTC)), ("14.3. 12:00", datetime(2026, 3, 14, 10, 0, tzinfo=UTC))],
)
def test_an_hour_alone_ends_it_on_the_day_it_starts(text: str, end: datetime) -> None:
    assert fits(Detail.END, text).ends_at == end


@pytest.mark.parametrize(
    ("detail", "text", "why"),
    [
        (Detail.END, "16:00", Why.END_BEFORE_START),
        (Detail.END, "11.3. 12:00", Why.END_BEFORE_START),
        (Detail.END, "14.3.", Why.HOUR_MISSING),
        (Detail.END, "pēc pusdienām", Why.UNREADABLE),
        (Detail.END, "1.1.2029 10:00", Why.TOO_FAR),
        (Detail.DEADLINE, "13.3.", Why.DEADLINE_AFTER_START),
        (Detail.DEADLINE, "12.3. 18:00", Why.DEADLINE_AFTER_START),
        (Detail.DEADLINE, "1.3.2026", Why.PAST),
        (Detail.CAPACITY, "0", Why.NO_PLACES),
        (Detail.CAPACITY, "-3", Why.UNREADABLE),
        (Detail.CAPACITY, "99999", Why.TOO_MANY_PLACES),
        (Detail.AGES, "20-16", Why.AGES_REVERSED),
        (Detail.AGES, "jauni", Why.UNREADABLE),
        (Detail.LINK, "http://example.org", Why.NOT_A_LINK),
        (Detail.LINK, "https://bank.lv@evil.example/", Why.NOT_A_LINK),
        (Detail.LINK, "https://" + "a" * 300 + ".lv", Why.TOO_LONG),
        (Detail.COST, "x" * 101, Why.TOO_LONG),
        (Detail.AGENDA, "\n".join("a" * 11), Why.TOO_MANY_POINTS),
        (Detail.AGENDA, "x" * 401, Why.TOO_LONG),
        (Detail.ACCESS, "\u200b", Why.UNREADABLE),
    ],
)
def test_what_does_not_fit_says_why(detail: Detail, text: str, why: Why) -> None:
    found = typed(detail, text)
    assert isinstance(found, Wrong)
    assert found.why is why


def test_a_day_alone_takes_answers_to_its_end_but_never_past_the_start() -> None:
    assert fits(Detail.DEADLINE, "10.3.").reply_by == datetime(2026, 3, 10, 21, 59, tzinfo=UTC)
    assert fits(Detail.DEADLINE, "12.3.").reply_by == START


def test_end_and_deadline_move_along_with_the_start() -> None:
    draft = fits(Detail.DEADLINE, "10.3. 12:00", fits(Detail.END, "19:00"))
    moved = drafts.starting(draft, START + timedelta(days=7))
    assert moved.ends_at == START + timedelta(days=7, hours=2)
    assert moved.reply_by == datetime(2026, 3, 17, 10, 0, tzinfo=UTC)


# --- how many ---


def test_a_quota_never_passes_the_number_of_places() -> None:
    ten = fits(Detail.CAPACITY, "10")
    assert details_typed.with_quota(ten, Group.YOUTH, "11") == Wrong(Why.ABOVE_CAPACITY, 10)
    four = details_typed.with_quota(ten, Group.YOUTH, "4")
    assert isinstance(four, Draft)
    assert typed(Detail.CAPACITY, "3", four) == Wrong(Why.BELOW_QUOTA, 4)
    assert fits(Detail.CAPACITY, "3", details.without_quota(four, Group.YOUTH)).terms.capacity == 3


@pytest.mark.parametrize(("text", "ages"), [("16-20", (16, 20)), ("16 – 20", (16, 20)), ("16+", (16, None))])
def test_ages_are_read_as_people_type_them(text: str, ages: tuple[int, int | None]) -> None:
    terms = fits(Detail.AGES, text).terms
    assert (terms.minimum_age, terms.maximum_age) == ages


@pytest.mark.feature("S2.12")
def test_who_took_part_before_narrows_the_audience_too() -> None:
    followed = details.following(DRAFT, 3, chosen=True)
    assert followed.terms.after == (3,)
    assert followed.audience is not None
    assert followed.audience.attended == frozenset({3})
    assert details.without(followed, Detail.AFTER) == DRAFT


# --- kinds ---


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        (Kind.CAMP, Step.PLACE),
        (Kind.VIDEO_CONFERENCE, Step.LINK),
        (Kind.ANNOUNCEMENT, Step.NEWS_OF),
    ],
)
def test_the_kind_decides_what_is_asked(kind: Kind, asked: Step) -> None:
    bare = replace(DRAFT, place=None, kind=kind)
    assert drafts.next_step(bare) is asked


def test_news_have_no_terms_and_no_place_whatever_was_set_before() -> None:
    draft = fits(Detail.CAPACITY, "10", fits(Detail.END, "19:00"))
    news = drafts.whole(drafts.telling_of(drafts.of_kind(draft, Kind.ANNOUNCEMENT), Kind.TRAINING))
    assert isinstance(news, Event)
    assert (news.place, news.ends_at, news.terms, news.takes_answers) == ("", None, Terms(), False)
    assert drafts.whole(drafts.of_kind(draft, Kind.CAMP)) == drafts.whole(draft)


def test_what_is_offered_for_a_kind_is_shown_for_it() -> None:
    assert Detail.MAP not in details.offered(Kind.VIDEO_CONFERENCE)
    assert Detail.CAPACITY not in details.offered(Kind.ANNOUNCEMENT)


# --- any order ---

texts = st.one_of(
    st.text(max_size=700),
    st.sampled_from(["19:00", "14.3. 12:00", "10.3.", "3", "12", "40", "16-20", "20-16", "16+", "https://zoom.us/j/1"]),
    st.from_regex(r"\d{1,2}\.\d{1,2}\. \d{1,2}:\d{2}", fullmatch=True),
)
_TYPED = [one for one in Detail if one not in SWITCHES | CHOICES.keys() | {Detail.QUOTAS, Detail.AFTER, Detail.MAP}]
edits = st.one_of(
    st.tuples(st.just("typed"), st.sampled_from(_TYPED), texts),
    st.tuples(st.just("quota"), st.sampled_from(Group), st.sampled_from(["1", "5", "12", "50", "0"])),
    st.tuples(st.just("switched"), st.sampled_from(sorted(SWITCHES)), st.booleans()),
    st.sampled_from(sorted(CHOICES)).flatmap(
        lambda one: st.tuples(st.just("chosen"), st.just(one), st.sampled_from(CHOICES[one]))
    ),
    st.tuples(st.just("map"), st.floats(-90, 90), st.floats(-180, 180)),
    st.tuples(st.just("without"), st.sampled_from(Detail), st.none()),
    st.tuples(st.just("start"), st.integers(1, 9000), st.none()),
    st.tuples(st.just("kind"), st.sampled_from(Kind), st.none()),
    st.tuples(st.just("written"), st.sampled_from(sorted(drafts.MOST)), st.text(max_size=1600)),
)


def after(draft: Draft, edit: tuple[object, ...]) -> object:
    match edit:
        case ("typed", Detail() as detail, str(text)):
            return typed(detail, text, draft)
        case ("quota", Group() as group, str(text)):
            return details_typed.with_quota(draft, group, text)
        case ("switched", Detail() as detail, bool(on)):
            return details.switched(draft, detail, on=on)
        case ("chosen", Detail() as detail, str(code)):
            return details.chosen(draft, detail, code, on=True)
        case ("map", float(latitude), float(longitude)):
            return details.on_the_map(draft, Spot(latitude, longitude))
        case ("without", Detail() as detail, None):
            return details.without(draft, detail)
        case ("start", int(hours), None):
            return drafts.starting(draft, NOW + timedelta(hours=hours))
        case ("kind", Kind() as kind, None):
            return drafts.telling_of(drafts.of_kind(draft, kind), Kind.TRAINING)
        case ("written", Step() as step, str(text)):
            return drafts.written(draft, step, Language.LV, text)
        case _:
            raise AssertionError(edit)


@given(st.lists(edits, max_size=25))
def test_no_order_of_edits_makes_an_event_that_breaks_its_terms_or_outgrows_a_message(
    several: list[tuple[object, ...]],
) -> None:
    draft = DRAFT
    for edit in several:
        changed = after(draft, edit)
        draft = changed if isinstance(changed, Draft) else draft
    event = drafts.whole(draft)
    if not isinstance(event, Event):
        assert event in drafts.questions(draft.kind)
        return
    assert event.ends_at is None or event.ends_at > event.starts_at
    assert event.reply_by is None or event.reply_by <= event.starts_at
    capacity, quotas = event.terms.capacity, event.terms.quotas
    assert capacity is None or capacity > 0
    assert all(0 < most <= (capacity or details.PLACES) for most in quotas.values())
    youngest, oldest = event.terms.minimum_age, event.terms.maximum_age
    assert youngest is None or oldest is None or youngest <= oldest
    assert event.particulars.link is None or event.particulars.link.startswith("https://")
    assert event.place or event.particulars.link or not event.takes_answers
    assert kept.particulars_from(kept.particulars_as_json(event.particulars)) == event.particulars
    assert kept.terms_from(kept.terms_as_json(event.terms)) == event.terms
    said = screens_guests.invitation(event, is_youth=True)
    assert drafts.length(shown(said, Language.LV)) <= 4096


TEXTS = Texts(RIGA)


def shown(what: Phrase, language: Language) -> str:
    """As it is read on a phone, without the tags."""
    return re.sub(r"</?[bi]>", "", TEXTS.plain(what, language))


LONGEST = drafts.whole(
    replace(
        DRAFT,
        titles={Language.LV: "T" * 100},
        details={Language.LV: "🍕" * 750},
        place="V" * 200,
        kind=Kind.EXPERIENCE_EXCHANGE,
        ends_at=START + timedelta(days=3),
        reply_by=START,
        particulars=Particulars(
            "https://" + "a" * 189 + ".lv", 56.9, 24.1, ("lv", "uk", "en", "ru", "de"), "c" * 100, "a" * 150,
            "t" * 150, funder=Funder.SOLIDARITY_CORPS, country="LV", agenda=("p" * 40,) * 10, publicity="l" * 300,
        ),
        terms=Terms(10_000, dict.fromkeys(Group, 10_000), 15, 29, guardian=True, asks_needs=True, after=(1,)),
        listed=True,
    )
)  # fmt: skip


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("is_youth", [True, False])
def test_the_longest_invitation_there_can_be_fits_into_a_message(language: Language, is_youth: bool) -> None:
    assert isinstance(LONGEST, Event)
    around = telling.Around(("Organizācija " * 9,) * 9, "l" * 300)
    after = phrase("events.any.written", text="a" * 300)  # how things stand, in place of the question
    said = screens_guests.invitation(LONGEST, is_youth=is_youth, after=after, around=around)
    assert drafts.length(shown(said, language)) <= 4096
    page = screens_details.more(LONGEST, "l" * 300)
    assert drafts.length(shown(page, language)) <= 4096


# --- how it reads ---


def test_nothing_that_is_not_known_is_spoken_of() -> None:
    event = drafts.whole(DRAFT)
    assert isinstance(event, Event)
    said = shown(screens_guests.invitation(event, is_youth=True), Language.EN)
    assert said == (
        "You're invited: Nometne\n\nWhat it is: camp\nWhen: Thu 12 Mar, 17:00\nWhere: Lapmežciems\n\n"
        "Trīs dienas pie jūras.\n\nWill you come? You can change your answer right up to the start."
    )


@pytest.mark.feature("S1.1")
@pytest.mark.feature("S2.10")
@pytest.mark.feature("S2.11")
@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Kind.INFORMATION_EVENT, "Veids: informatīvs pasākums"),
        (Kind.STUDY_VISIT, "Veids: mācību vizīte"),
        (Kind.JOB_SHADOWING, "Veids: darba ēnošana"),
    ],
)
def test_each_kind_is_named_with_its_places_and_help_with_the_way(kind: Kind, words: str) -> None:
    draft = fits(Detail.TRAVEL, "Ceļu apmaksājam.", fits(Detail.CAPACITY, "11", replace(DRAFT, kind=kind)))
    event = drafts.whole(draft)
    assert isinstance(event, Event)
    said = TEXTS.plain(phrase("events.any.lines", lines=telling.facts(event)), Language.LV)
    for line in (words, "Vietu skaits: 11", "Ceļš: Ceļu apmaksājam."):
        assert line in said


@pytest.mark.feature("S2.3")
@pytest.mark.feature("S2.9")
@pytest.mark.feature("S2.15")
def test_a_training_abroad_tells_its_days_language_country_and_who_pays() -> None:
    draft = fits(Detail.END, "16.3. 15:00", replace(DRAFT, kind=Kind.TRAINING, place="Tallina"))
    for detail, code in (
        (Detail.SPOKEN, "en"),
        (Detail.COUNTRY, "EE"),
        (Detail.LEVEL, "international"),
        (Detail.FUNDER, "erasmus_youth"),
    ):
        changed = details.chosen(draft, detail, code, on=True)
        assert isinstance(changed, Draft)
        draft = changed
    event = drafts.whole(details.with_told(draft, cost=FREE))
    assert isinstance(event, Event)
    said = TEXTS.plain(phrase("events.any.lines", lines=telling.facts(event)), Language.LV)
    assert "Kad: ceturtd., 12. marts, 17:00 – pirmd., 16. marts, 15:00" in said
    for line in ("Veids: mācības", "Valoda: angļu", "Valsts: Igaunija", "Mērogs: starptautisks", "Maksa: bez maksas"):
        assert line in said


def test_the_usual_publicity_line_stands_below_what_the_programme_pays_for() -> None:
    assert telling.publicity(Particulars(funder=Funder.PROTI_UN_DARI), "ESF+") == "ESF+"
    assert telling.publicity(Particulars(), "ESF+") is None
    assert telling.publicity(Particulars(publicity="Cits"), "ESF+") == "Cits"
