"""What may stand on a municipality's contact card, who may write it, and when it is shown at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.directory.cards import (
    LONGEST,
    TYPED,
    Accepted,
    Card,
    Field,
    NotAccepted,
    accepted,
    card_lines,
    in_latvia,
    may_write,
    places_of,
)
from bot.roles import Grant, Person, Role
from bot.words import Language


def staff(role: Role, municipality: str | None) -> Person:
    return Person(1, Language.LV, "Osta-101", "Liene", None, frozenset({Grant(role, municipality)}))


@pytest.mark.parametrize(
    "typed", ["65012345", "+371 65012345", "+37165012345", "00371 650 12 345", "(650) 12-345", "6501 2345"]
)
def test_a_latvian_number_is_taken_however_it_is_written(typed: str) -> None:
    assert accepted(Field.PHONE, typed) == Accepted("+371 65012345")


@pytest.mark.parametrize(
    "typed", ["zvani man", "123", "+44 20 7946 0000", "1650123", "650123456", "6501234a", "", "+371"]
)
def test_what_is_no_latvian_number_is_not(typed: str) -> None:
    assert accepted(Field.PHONE, typed) == NotAccepted("no_phone", LONGEST[Field.PHONE])


@pytest.mark.parametrize("typed", ["birojs@example.lv", "jauniesi.ogre+1@sub.example.com", "a@b.lv"])
def test_an_address_of_anybodys_mail_is_taken(typed: str) -> None:
    assert accepted(Field.EMAIL, typed) == Accepted(typed)


@pytest.mark.parametrize(
    "typed", ["birojs(at)example.lv", "birojs@", "@example.lv", "a b@example.lv", "ā@example.lv", "a@b"]
)
def test_what_is_no_mail_address_is_not(typed: str) -> None:
    assert accepted(Field.EMAIL, typed) == NotAccepted("no_email", LONGEST[Field.EMAIL])


@given(st.sampled_from(TYPED), st.text(max_size=260))
def test_whatever_is_taken_fits_its_column(field: Field, typed: str) -> None:
    match accepted(field, typed):
        case Accepted(value):
            assert 0 < len(value) <= LONGEST[field]
        case NotAccepted(why, most):
            assert why in {"too_long", "no_phone", "no_email", "says_nothing"}
            assert most == LONGEST[field]


@given(st.text(alphabet="ab1@.+ -", max_size=130))
def test_no_mail_address_of_any_length_takes_long_to_judge(typed: str) -> None:
    assert accepted(Field.EMAIL, typed) is not None


def test_a_card_that_reaches_nobody_is_no_card() -> None:
    assert card_lines(None) == ()
    assert card_lines(Card("LV-067", office="Jauniešu centrs", hours="P. 9–17")) == ()
    shown = card_lines(Card("LV-067", office="Jauniešu centrs", phone="+371 65012345"))
    assert [line.key.rpartition(".")[2] for line in shown] == ["office", "phone"]


def test_a_place_on_the_map_alone_is_somewhere_to_go() -> None:
    assert Card("LV-067", spot=(56.8, 24.6)).reachable


def test_leads_and_coordinators_write_their_own_and_national_coordinators_all() -> None:
    assert may_write(staff(Role.LEAD, "LV-067"), "LV-067")
    assert may_write(staff(Role.COORDINATOR, None), "LV-067")
    assert not may_write(staff(Role.LEAD, "LV-067"), "LV-002")
    assert not any(
        may_write(staff(role, "LV-067"), "LV-067") for role in Role if role not in (Role.LEAD, Role.COORDINATOR)
    )
    assert places_of(staff(Role.LEAD, "LV-067")) == frozenset({"LV-067"})
    assert places_of(staff(Role.COORDINATOR, None)) is None


def test_only_points_of_latvia_are_taken() -> None:
    assert in_latvia(56.95, 24.11)
    assert not in_latvia(50.45, 30.52)
    assert not in_latvia(0, 0)
