"""How staff come in: by a link that works once, for a week, for the role it names and for nobody who guesses."""

import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.roles import Role
from bot.typed import in_one_line
from tests.town.inhabitant import Inhabitant
from tests.town.town import ADMIN, Town

NASTY = (
    "</b><i>Admin</i>", "<script>alert(1)</script>", "Ad\u200bmin", "\u202eatraM", "Marta\nAdmin", "{name} {0}",
    "a&amp;b", "Ма́рта-О'Ніл", "Марʼяна", "Z̷̢a̴lgo", "'; DROP TABLE people; --", "Marta\x00\x1b[31m",
)  # fmt: skip


async def make_link(town: Town, role: Role = Role.MENTOR) -> str:
    """An administrator's invitation to Ogre; the payload of its link."""
    admin = town.newcomer(ADMIN)
    await admin.says("/invite")
    await admin.taps(f"staff.any.role.{role.value}")
    await admin.taps("directory.any.region.vidzeme")
    await admin.taps("directory.any.place.lv_067")
    admin.reads_rest()
    text = next(one.text for one in reversed(admin.phone.messages) if "start=i_" in one.text)
    found = re.search(r"start=(i_[A-Za-z0-9_-]+)", text)
    assert found is not None
    return found[1]


async def roles_of(town: Town, name: str) -> set[Role]:
    return set((await town.person(name)).roles)


async def refused(person: Inhabitant, payload: str) -> None:
    await person.says(f"/start {payload}")
    person.sees("staff.any.invite_invalid")
    person.reads_rest()


@pytest.mark.feature("L2")
async def test_an_invited_mentor_comes_in_and_is_asked_what_to_be_called(town: Town) -> None:
    payload = await make_link(town)
    marta = town.newcomer("marta")
    await marta.says(f"/start {payload}")
    marta.sees("staff.staff.joined")
    marta.sees("staff.staff.ask_name")
    town.people[ADMIN].sees("staff.staff.invite_used")
    await marta.says("  Marta   Kalniņa ")
    assert "Marta Kalniņa" in marta.sees("people.staff.menu").text
    assert await roles_of(town, "marta") == {Role.MENTOR}
    (row,) = await town.rows("SELECT municipality FROM grants WHERE role = 'mentor'")
    assert row.municipality == "LV-067"


@pytest.mark.feature("L2")
@pytest.mark.feature("X33")
async def test_a_link_works_once_and_only_for_the_first(town: Town) -> None:
    payload = await make_link(town)
    marta, oksana = town.newcomer("marta"), await town.youth("oksana")
    await marta.says(f"/start {payload}")
    marta.reads_rest()
    town.people[ADMIN].reads_rest()
    await refused(oksana, payload)
    assert await roles_of(town, "oksana") == {Role.YOUTH}
    await refused(marta, payload)


@pytest.mark.feature("L2")
@pytest.mark.feature("X33")
async def test_a_link_that_is_a_week_old_opens_nothing(town: Town) -> None:
    payload = await make_link(town)
    town.clock.advance(timedelta(days=7))
    await refused(await town.youth("marta"), payload)
    assert await roles_of(town, "marta") == {Role.YOUTH}


@pytest.mark.feature("X33")
async def test_after_ten_guesses_even_a_right_link_has_to_wait_an_hour(town: Town) -> None:
    payload = await make_link(town)
    marta = await town.youth("marta")
    for guess in range(10):
        await refused(marta, f"i_guess{guess}")
    await refused(marta, payload)
    assert await roles_of(town, "marta") == {Role.YOUTH}
    town.clock.advance(timedelta(hours=1))
    await marta.says(f"/start {payload}")
    marta.sees("staff.staff.joined")
    marta.reads_rest()
    town.people[ADMIN].reads_rest()


@pytest.mark.feature("X33")
async def test_the_token_itself_is_kept_nowhere(town: Town) -> None:
    payload = await make_link(town)
    token = payload.removeprefix("i_")
    assert len(token) >= 22  # 6 bits a sign: at least 132 bits
    rows = await town.rows("SELECT * FROM invites")
    assert token not in repr(rows)
    assert await town.rows("SELECT facts FROM outbox WHERE facts LIKE :it", it=f"%{token}%") == []


@pytest.mark.feature("X34")
async def test_a_young_person_can_neither_invite_nor_forge_an_invitation(town: Town) -> None:
    anna = await town.youth("anna")
    await anna.says("/invite")
    anna.sees("people.youth.no_such_command")
    for data in ("staff.invite", "staff.role:mentor", "staff.place:mentor:LV-067", "staff.kind:specialist::coach"):
        await anna.forges(data)
        anna.sees("people.youth.not_available")
    assert await town.rows("SELECT * FROM invites") == []


@pytest.mark.feature("X34")
@pytest.mark.feature("X35")
async def test_a_coordinator_of_one_municipality_invites_nobody_elsewhere_and_no_administrator(town: Town) -> None:
    kaspars = await town.staff("kaspars", Role.COORDINATOR, "LV-067")
    for data in (
        "staff.place:mentor:LV-001", "staff.place:mentor:", "staff.place:admin:LV-067", "staff.place:youth:LV-067",
        "staff.place:mentor:XX-999",
    ):  # fmt: skip
        await kaspars.forges(data)
        kaspars.sees("people.staff.not_available")
    assert await town.rows("SELECT * FROM invites") == []
    await kaspars.says("/invite")
    await kaspars.taps("staff.any.role.specialist")
    await kaspars.taps("directory.any.place.lv_067")
    await kaspars.taps("staff.any.role.psychologist")
    kaspars.sees("staff.staff.invite_link")
    (row,) = await town.rows("SELECT role, municipality, speciality FROM invites")
    assert tuple(row) == ("specialist", "LV-067", "psychologist")


@pytest.mark.feature("X40")
async def test_a_hasty_second_press_makes_no_second_invitation(town: Town) -> None:
    kaspars = await town.staff("kaspars", Role.COORDINATOR, "LV-067")
    await kaspars.forges("staff.place:mentor:LV-067")
    kaspars.sees("staff.staff.invite_link")
    await kaspars.forges("staff.place:mentor:LV-067")
    kaspars.sees("staff.staff.invite_above")
    await kaspars.forges("staff.place:lead:LV-067")
    kaspars.sees("staff.staff.invite_link")
    assert len(await town.rows("SELECT id FROM invites")) == 2
    town.clock.advance(timedelta(seconds=10))
    await kaspars.forges("staff.place:mentor:LV-067")
    kaspars.sees("staff.staff.invite_link")


@pytest.mark.feature("X38")
@pytest.mark.parametrize("name", NASTY)
async def test_a_nasty_name_is_shown_as_the_plain_words_it_is(town: Town, name: str) -> None:
    payload = await make_link(town)
    marta = town.newcomer("marta")
    await marta.says(f"/start {payload}")
    marta.reads_rest()
    town.people[ADMIN].reads_rest()
    await marta.says(name)
    shown = in_one_line(name)
    assert shown in marta.sees("people.staff.menu").text
    (row,) = await town.rows("SELECT name FROM people WHERE name IS NOT NULL")
    assert row.name == shown


@pytest.mark.feature("X38")
@pytest.mark.parametrize("name", ["🙂" * 4096, "x" * 61, "x", "12345", "🙂🙂", "Аdmin", "--"])
async def test_what_is_no_name_is_asked_for_again(town: Town, name: str) -> None:
    payload = await make_link(town)
    marta = town.newcomer("marta")
    await marta.says(f"/start {payload}")
    marta.reads_rest()
    town.people[ADMIN].reads_rest()
    await marta.says(name[:4096])
    marta.sees("staff.staff.name_unclear")
    await marta.says("Marta")
    assert "Marta" in marta.sees("people.staff.menu").text


@pytest.mark.feature("X38")
async def test_a_text_in_which_nothing_can_be_seen_is_no_answer_and_the_question_stands(town: Town) -> None:
    payload = await make_link(town)
    marta = town.newcomer("marta")
    await marta.says(f"/start {payload}")
    marta.reads_rest()
    town.people[ADMIN].reads_rest()
    for unseen in ("\u202e\u200b\u2066", "\u3164\u2800", "\u200d"):
        await marta.says(unseen)
        marta.sees("people.staff.only_text")
    await marta.says("Marta")
    assert "Marta" in marta.sees("people.staff.menu").text


@pytest.mark.feature("X38")
@given(st.text(max_size=80))
def test_no_name_holds_what_cannot_be_seen_or_more_than_one_line(typed: str) -> None:
    name = in_one_line(typed)
    assert not set(name) & set("\n\r\t\u200b\u202e\u2066\u2069\ufeff\u3164\x00")
    assert "  " not in name
    assert in_one_line(name) == name


@pytest.mark.feature("X36")
async def test_who_lost_a_role_meets_a_closed_door_behind_every_old_button(town: Town) -> None:
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    await kaspars.says("/invite")
    kaspars.sees("staff.staff.invite_role")
    async with town.database.write() as db:
        await db.exec_driver_sql("DELETE FROM grants")
    await kaspars.taps("staff.any.role.mentor")
    kaspars.sees("people.youth.not_available")
    assert await town.rows("SELECT * FROM invites") == []
