"""The register of partners: what a field takes, when a service is offered, whose it is, full until, and agreements."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import Hours, Kind, allowed
from bot.directory import register, register_fields
from bot.directory.agreements import Agreement, Covered, covered, remind_days
from bot.directory.availability import FARTHEST_FULL, full_days, is_full, is_full_day
from bot.directory.register import (
    STEPS,
    Help,
    Organization,
    PartnerKind,
    Service,
    ServiceField,
    step_after,
    step_before,
)
from bot.directory.register_fields import Accepted, Ages, NotAccepted
from bot.referrals.referral import Kind as ReferralKind
from bot.roles import Grant, Person, Role
from bot.staff.rules import Speciality
from bot.storage.tables import contacts, locations, organizations, services
from bot.words import Language

OGRE, CESIS = "LV-067", "LV-022"
TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
HOURS = Hours(ZoneInfo("Europe/Riga"))
DAYS = st.dates(date(2025, 1, 1), date(2030, 12, 31))


def somebody(role: Role, municipality: str | None = OGRE, speciality: str | None = None, number: int = 1) -> Person:
    return Person(number, Language.LV, "Bura-100", grants=frozenset({Grant(role, municipality, speciality)}))


def organization(municipality: str | None = OGRE, owner: int | None = None, **other: object) -> Organization:
    return Organization(1, "a", "Biedrība", PartnerKind.ASSOCIATION, municipality, owner_id=owner, **other)  # type: ignore[arg-type]


def service(of: Organization | None = None, **other: object) -> Service:
    whole = {"languages": ("lv",), "online": True, "email": "desk@example.org", "verified_at": NOW}
    return Service(1, "b", of or organization(), "Nodarbības", Help.PARTNER, **(whole | other))  # type: ignore[arg-type]


# --- kinds ------------------------------------------------------------------------------------------------------


@pytest.mark.feature("S0.3", "S1.7")
def test_the_kinds_of_partner_are_those_of_the_programme_and_employers_too() -> None:
    """S0.3: association or foundation, youth centre, social service, school, sports body, other body in the youth
    field; S1.7: state and municipal bodies, social partners, firms."""
    assert {kind.value for kind in PartnerKind} == {
        "association", "youth_centre", "social_service", "school", "sport", "youth_field",
        "state_body", "municipal_body", "social_partner", "employer",
    }  # fmt: skip


def test_a_service_answers_the_kinds_of_referral_and_of_those_who_receive_one() -> None:
    assert {one.value for one in Help} == {one.value for one in ReferralKind} == {one.value for one in Speciality}


# --- when it is offered -----------------------------------------------------------------------------------------


@pytest.mark.feature("H1")
@pytest.mark.parametrize(
    ("lacking", "field"),
    [
        ({"languages": ()}, ServiceField.LANGUAGES),
        ({"online": False, "address": None}, ServiceField.PLACE),
        ({"email": None, "receiver_id": None}, ServiceField.REACHED),
    ],
)
def test_a_service_is_offered_only_when_its_languages_its_place_and_the_way_to_it_are_known(
    lacking: dict[str, object], field: ServiceField
) -> None:
    assert service().is_offered
    assert service(**lacking).missing == (field,)
    assert not service(**lacking).is_offered


@pytest.mark.feature("H1")
def test_what_nobody_has_checked_and_what_is_out_of_use_is_offered_to_nobody() -> None:
    assert not service(verified_at=None).is_offered
    assert not service(retired_at=NOW).is_offered
    assert not service(organization(retired_at=NOW)).is_offered


def test_the_questions_about_a_new_service_lead_from_the_first_to_the_last_and_back() -> None:
    met, at = [STEPS[0]], STEPS[0]
    while (following := step_after(at)) is not None:
        assert step_before(following) is at
        met.append(at := following)
    assert tuple(met) == STEPS
    assert step_before(STEPS[0]) is None
    assert step_after(ServiceField.PHONE) is None


# --- whose it is ------------------------------------------------------------------------------------------------


@pytest.mark.feature("X35")
@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("held", [OGRE, CESIS, None])
@pytest.mark.parametrize("of", [OGRE, CESIS, None])
def test_only_coordinators_of_the_place_write_and_only_they_and_its_leads_see(
    role: Role, held: str | None, of: str | None
) -> None:
    person, covers = somebody(role, held), held in (None, of)
    assert register.may_write(person, of) is (role is Role.COORDINATOR and covers)
    assert register.may_see(person, of) is (role in (Role.COORDINATOR, Role.LEAD) and covers)


@pytest.mark.feature("S0.10")
def test_a_partner_says_of_their_own_service_alone_whether_it_is_right_or_full() -> None:
    partner = somebody(Role.PARTNER, number=7)
    assert register.may_answer_for(partner, service(receiver_id=7))
    assert register.may_answer_for(partner, service(organization(owner=7)))
    assert not register.may_answer_for(partner, service(receiver_id=8))
    assert not register.may_answer_for(somebody(Role.PARTNER, CESIS, number=7), service(receiver_id=7))
    assert not register.may_answer_for(somebody(Role.MENTOR, number=7), service(organization(owner=7)))


@pytest.mark.feature("H1")
@pytest.mark.parametrize("kind", list(Help))
def test_only_who_takes_that_kind_of_referral_there_can_answer_for_a_service(kind: Help) -> None:
    specialist = somebody(Role.SPECIALIST, speciality="coach")
    assert register.may_receive(specialist, kind, OGRE) is (kind is Help.COACH)
    assert not register.may_receive(specialist, kind, CESIS)
    assert register.may_receive(somebody(Role.PARTNER), kind, OGRE) is (kind is Help.PARTNER)
    assert not register.may_receive(somebody(Role.MENTOR), kind, OGRE)


# --- what is typed ----------------------------------------------------------------------------------------------

TYPED = st.one_of(st.text(max_size=300), st.from_regex(r"[a-z0-9@. +\-]{0,40}", fullmatch=True))


@pytest.mark.feature("H1")
@given(TYPED)
def test_whatever_is_typed_fits_its_column_or_is_refused_with_a_reason(typed: str) -> None:
    for read, column in (
        (register_fields.email, services.c.email),
        (register_fields.phone, contacts.c.phone),
        (register_fields.website, organizations.c.website),
        (lambda text: register_fields.words(text, register_fields.LONGEST_NAME), services.c.name),
        (lambda text: register_fields.words(text, register_fields.LONGEST_ADDRESS), locations.c.address),
    ):
        match read(typed):
            case Accepted(value):
                assert 0 < len(value) <= column.type.length
                assert read(value) == Accepted(value), "what stands there can be typed again"
            case NotAccepted(why, _):
                assert why in {"too_long", "says_nothing", "no_email", "no_phone", "no_website"}


@pytest.mark.parametrize("typed", ["desk@example.org", "a.b+c@sub.example.org", "A_B@example.lv"])
def test_an_address_that_letters_can_go_to_is_taken(typed: str) -> None:
    assert register_fields.email(typed) == Accepted(typed)


@pytest.mark.parametrize(
    "typed",
    ["", "desk", "desk@example", "two@signs@example.org", "sp ace@example.org", "a@b.lv\nBcc: c@d.lv",
     "<a@example.org>", "a@example..org", "ā@example.org", "a@example.org,b@example.org"],
)  # fmt: skip
def test_what_no_letter_could_reach_is_refused(typed: str) -> None:
    assert register_fields.email(typed) == NotAccepted("no_email")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("15-29", Ages(15, 29)), ("16–24", Ages(16, 24)), ("18+", Ages(18, None)), ("17", Ages(17, 17)),
     ("29-15", None), ("0", None), ("15-200", None), ("jauniešiem", None), ("", None)],
)  # fmt: skip
def test_ages_are_read_as_people_write_them(typed: str, meant: Ages | None) -> None:
    assert register_fields.ages(typed) == (meant or NotAccepted("no_ages"))


# --- still right? -----------------------------------------------------------------------------------------------


@pytest.mark.feature("H1")
@given(st.integers(0, 20_000), st.integers(1, 400))
def test_somebody_is_asked_in_working_time_when_the_days_have_passed(hour: int, days: int) -> None:
    now = NOW + timedelta(hours=hour)
    at = register.verify_at(now, days, HOURS)
    assert at >= now + timedelta(days=days)
    assert allowed(at, HOURS, Kind.WORK).at == at


@pytest.mark.feature("H1")
def test_the_owner_is_asked_twice_and_then_the_coordinators() -> None:
    of = organization(owner=7)
    assert [register.goes_to_owner(service(of, asked_times=times)) for times in range(4)] == [True, True, False, False]
    assert not register.goes_to_owner(service())


# --- full until -------------------------------------------------------------------------------------------------


@pytest.mark.feature("H14")
@given(DAYS, DAYS)
def test_who_is_full_takes_nobody_on_that_day_and_somebody_on_the_next(until: date, today: date) -> None:
    assert is_full(until, today) is (today <= until)
    assert not is_full(until, until + timedelta(days=1))
    assert not is_full(None, today)


@pytest.mark.feature("H14")
@given(DAYS)
def test_the_days_that_are_offered_can_be_said_and_lie_in_order(today: date) -> None:
    week, fortnight, month = full_days(today)
    assert today < week <= fortnight < month
    assert week.weekday() == 6
    assert all(is_full_day(day, today) for day in (today, week, fortnight, month, today + FARTHEST_FULL))
    assert not is_full_day(today - timedelta(days=1), today)
    assert not is_full_day(today + FARTHEST_FULL + timedelta(days=1), today)


# --- agreements -------------------------------------------------------------------------------------------------


def agreement(first: int, last: int | None, *, strategic: bool = True) -> Agreement:
    """From and until so many days from today."""
    until = None if last is None else TODAY + timedelta(days=last)
    return Agreement(1, 1, OGRE, strategic, TODAY + timedelta(days=first), until)


@pytest.mark.feature("S0.1", "S0.2")
@pytest.mark.parametrize(
    ("noted", "partner"),
    [
        ([], None),
        ([agreement(-10, None)], Covered(None)),
        ([agreement(-10, 0)], Covered(TODAY)),
        ([agreement(-10, -1)], None),
        ([agreement(1, None)], None),
        ([agreement(-10, None, strategic=False)], None),
        ([agreement(-10, 5), agreement(6, 20)], Covered(TODAY + timedelta(days=20))),
        ([agreement(-10, 5), agreement(7, 20)], Covered(TODAY + timedelta(days=5))),
        ([agreement(-10, 5), agreement(0, None)], Covered(None)),
    ],
)
def test_a_municipality_has_a_strategic_partner_as_long_as_one_agreement_follows_another(
    noted: list[Agreement], partner: Covered | None
) -> None:
    assert covered(noted, TODAY) == partner


@pytest.mark.feature("S0.2")
@given(st.lists(st.tuples(st.integers(-40, 40), st.integers(0, 40)), max_size=6))
def test_each_day_until_then_has_a_strategic_partner_and_the_next_has_none(spans: list[tuple[int, int]]) -> None:
    noted = [agreement(first, first + length) for first, length in spans]
    found = covered(noted, TODAY)
    if found is None:
        assert not any(one.holds_on(TODAY) for one in noted)
        return
    assert found.until is not None
    span = (found.until - TODAY).days
    assert all(any(one.holds_on(TODAY + timedelta(days=day)) for one in noted) for day in range(span + 1))
    assert not any(one.holds_on(found.until + timedelta(days=1)) for one in noted)


@pytest.mark.feature("S0.1")
@pytest.mark.parametrize(
    ("ends_in", "before", "reminded_in"),
    [(100, 30, [70, 100]), (30, 30, [0, 30]), (10, 30, [10]), (0, 30, [0]), (-1, 30, [])],
)
def test_the_end_of_an_agreement_is_told_so_many_days_before_and_on_the_day(
    ends_in: int, before: int, reminded_in: list[int]
) -> None:
    days = remind_days(TODAY + timedelta(days=ends_in), before, TODAY)
    assert [(day - TODAY).days for day in days] == reminded_in
    assert remind_days(None, before, TODAY) == ()
