"""What stands behind /start is typed by anybody, so nothing in it is believed; and how a source's link comes about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.directory.rules import find, find_slug, municipalities
from bot.outreach import rules
from bot.outreach.rules import Bare, Code, Invite, Strange, read
from bot.roles import Grant, Person, Role
from bot.words import Language

LANGUAGES = st.sampled_from(Language)
PLACES = (None, "LV-067", "LV-022", "LV-112")


@pytest.mark.parametrize(
    ("payload", "meaning"),
    [
        ("", Bare()),
        ("ogre", Code("ogre")),
        ("Jelgavas-Novads", Code("jelgavas-novads")),
        ("i_Ab-9_z", Invite("Ab-9_z")),
        ("i_", Code("i_")),
        ("I_abc", Code("i_abc")),
        ("a" * 64, Code("a" * 64)),
        ("a" * 65, Strange()),
        ("ogre rīga", Strange()),
        ("ogre\n", Strange()),
        ("Огре", Strange()),
    ],
)
def test_a_payload_is_an_invite_a_code_or_nothing_a_link_could_carry(payload: str, meaning: object) -> None:
    assert read(payload) == meaning


@given(st.text())
def test_every_text_has_a_meaning(payload: str) -> None:
    assert isinstance(read(payload), Bare | Code | Invite | Strange)


# --- sources ----------------------------------------------------------------------------------------------------


@pytest.mark.feature("A2")
@given(st.sampled_from([None, *(one.code for one in municipalities())]), st.integers(0, rules.CODES - 1))
def test_a_new_code_is_a_payload_of_its_own_that_reads_as_the_place(municipality: str | None, number: int) -> None:
    code = rules.code_for(municipality, number)
    assert rules.read(code) == Code(code)
    assert rules.read(code.upper()) == Code(code)
    assert len(code) <= 24
    place = find(municipality) if municipality else None
    assert code.startswith(f"{place.slug if place else 'lv'}-")
    assert find_slug(code) is None
    assert code != rules.FRIEND


@pytest.mark.feature("A2")
@given(st.integers(0, rules.CODES - 1), st.integers(0, rules.CODES - 1))
def test_two_numbers_make_two_codes(one: int, other: int) -> None:
    assert (rules.code_for("LV-067", one) == rules.code_for("LV-067", other)) is (one == other)


@pytest.mark.feature("A1", "A3")
@given(
    st.sampled_from(["lv", "LV", "lv-LV", "uk", "uk-UA", "en", "en-GB", "ru", "pl", "", None]), st.none() | LANGUAGES
)
def test_a_phone_in_latvian_or_ukrainian_decides_and_for_all_others_the_source_does(
    client: str | None, source: Language | None
) -> None:
    first = rules.first_language(client, source)
    if client and client.lower()[:2] in ("lv", "uk"):
        assert first.value == client.lower()[:2]
    elif source is not None:
        assert first is source
    else:
        assert first is (Language.EN if client and client.startswith("en") else Language.LV)


@pytest.mark.feature("A2", "X35")
@given(st.sets(st.sampled_from(PLACES)), st.sampled_from(PLACES), st.sampled_from(Role))
def test_sources_are_kept_by_coordinators_of_their_place_and_by_nobody_else(
    mine: set[str | None], place: str | None, role: Role
) -> None:
    person = Person(1, Language.LV, "Bura-100", grants=frozenset(Grant(role, one) for one in mine))
    reach = rules.reach(person)
    may = rules.may_keep(person, place)
    assert may is (role is Role.COORDINATOR and (place in mine or None in mine))
    assert may is (reach is None or (place is not None and place in reach))


@given(st.text(max_size=80))
def test_a_name_can_be_read_and_is_short(typed: str) -> None:
    assert rules.is_name(typed) is (len(typed) <= 60 and any(sign.isalnum() for sign in typed))
