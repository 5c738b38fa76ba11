"""A coordinator chooses whom an invitation is for, sees how many that are, and never learns more than that."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Table, insert

from bot.directory.rules import Region
from bot.events.audience import Audience, Group, Standing
from bot.events.event import Kind
from bot.events.whom.actions_audience import (
    PickAges,
    PickRegion,
    ShowRegion,
    WithEarlier,
    WithInterest,
    WithNetwork,
    WithStanding,
)
from bot.events.writing.actions_writing import Ask
from bot.events.writing.drafts import Step
from bot.roles import Role
from bot.storage.tables import alerts, cases, events, invitations, mutes, network_members, networks, screenings
from tests.chats.events_talk import CESIS, OGRE, agrees, drafted, sends
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town

YOUTH = Audience(OGRE, frozenset({Group.YOUTH}))
JELGAVA = "LV-JEL"


@pytest.fixture
async def kaspars(town: Town) -> Inhabitant:
    """The coordinator of Ogre."""
    return await town.staff("kaspars", Role.COORDINATOR, OGRE)


async def chooses(coordinator: Inhabitant, draft: int, cut: str | None = None) -> None:
    """The coordinator looks at the audience of that draft, and at one way of narrowing it down."""
    await coordinator.forges(Ask(draft, Step.AUDIENCE).pack())
    if cut is not None:
        await coordinator.taps("events.staff.button.cuts")
        await coordinator.taps_label(coordinator.words(f"events.staff.cut.{cut}"))
        coordinator.reads_rest()


async def sends_to_some(coordinator: Inhabitant) -> None:
    """The invitation, confirmed where the number of people is told as a range."""
    await coordinator.taps("events.staff.button.send")
    await coordinator.taps("events.staff.button.send_sure_some")
    await coordinator.town.after_a_moment()
    coordinator.reads_rest()


async def keep(town: Town, table: Table, *rows: dict[str, Any]) -> None:
    async with town.open_database() as database, database.write() as db:
        for row in rows:
            await db.execute(insert(table).values(**row))


async def number_of(town: Town, name: str) -> int:
    return (await town.person(name)).id


async def earlier_event(town: Town, municipality: str | None, came: Sequence[str]) -> int:
    """The number of an event that was a month ago, and to which these people came."""
    then = town.clock.now() - timedelta(days=30)
    number = 900 + len(await town.rows("select id from events"))
    texts = {"language": "lv", "titles": {"lv": "Nometne pie jūras"}, "details": {"lv": "Trīs dienas."}}
    rest = {"state": "sent", "created_at": then, "starts_at": then, "place": "Ogre", "audience": {"groups": ["youth"]}}
    await keep(town, events, {"id": number, "municipality": municipality, **texts, **rest})
    for name in came:
        guest = {"event_id": number, "person_id": await number_of(town, name), "came_at": then}
        await keep(town, invitations, guest)
    return number


# --- how many ---------------------------------------------------------------------------------------------------


@pytest.mark.feature("I1")
async def test_who_is_spared_is_not_counted_and_that_one_of_them_waits_for_help_shows_nowhere(
    town: Town, kaspars: Inhabitant
) -> None:
    for name in ("anna", "peteris", "toms", "danylo", "emma"):
        await agrees(town, name)
    await town.youth("zane")
    now = town.clock.now()
    await keep(town, mutes, {"person_id": await number_of(town, "peteris"), "subject": "event:youth_event", "at": now})
    asked_for_help = {"youth_id": await number_of(town, "toms"), "kind": "talk", "state": "open", "opened_at": now}
    await keep(town, alerts, asked_for_help)
    for one in range(3):
        number = await earlier_event(town, CESIS, [])
        guest = {"event_id": number, "person_id": await number_of(town, "danylo"), "invited_at": now}
        await keep(town, invitations, {**guest, "invited_at": now - timedelta(days=one)})
    await chooses(kaspars, await drafted(town, "kaspars"))
    page = kaspars.sees("events.staff.audience").text
    assert kaspars.words("events.staff.people", count=2) in page
    assert kaspars.words("events.staff.left_out_hidden", fewest=5) in page
    for why in ("tired", "muted", "cannot"):
        assert kaspars.words(f"events.staff.left_out.{why}", number=1) not in page
    assert "zane" not in page.casefold()


@pytest.mark.feature("I1")
async def test_narrowed_down_the_number_singles_nobody_out_and_the_right_ones_get_it(
    town: Town, kaspars: Inhabitant
) -> None:
    anna, danylo = await agrees(town, "anna"), await agrees(town, "danylo")
    draft = await drafted(town, "kaspars")
    await chooses(kaspars, draft, "languages")
    await kaspars.taps_label(kaspars.words("directory.any.spoken.uk"))
    page = kaspars.sees("events.staff.narrowing").text
    assert kaspars.words("events.staff.number.few", fewest=5) in page
    assert kaspars.words("events.staff.left_out_hidden", fewest=5) in page
    await kaspars.taps_label(kaspars.words("directory.any.spoken.uk"))
    assert kaspars.words("events.staff.people", count=2) in kaspars.sees("events.staff.narrowing").text
    await kaspars.taps_label(kaspars.words("directory.any.spoken.uk"))
    kaspars.reads_rest()
    await kaspars.forges(Ask(draft, Step.PAGE).pack())
    await sends_to_some(kaspars)
    danylo.sees("events.youth.invitation")
    anna.sees_nothing()


@pytest.mark.feature("I1")
async def test_a_second_press_on_the_same_button_does_not_undo_the_first(town: Town, kaspars: Inhabitant) -> None:
    await chooses(kaspars, await drafted(town, "kaspars"), "standings")
    message, (_, is_new) = kaspars.find_button("events.staff.button.group_off")
    assert is_new == WithStanding(1, Standing.NEW, chosen=True).pack()
    for _ in range(2):
        await kaspars.taps_old(message.id, is_new)
    kaspars.sees("events.staff.narrowing")
    rows = await town.rows("select audience ->> 'standings' from events")
    assert rows[0][0] == '["new"]'


# --- by what ----------------------------------------------------------------------------------------------------


@pytest.mark.feature("I1")
async def test_stage_age_and_interests_leave_only_those_who_fit(town: Town, kaspars: Inhabitant) -> None:
    anna, toms = await agrees(town, "anna"), await agrees(town, "toms")
    now = town.clock.now()
    case = {
        "stage": "programme",
        "stage_at": now,
        "screening_outcome": "likely",
        "opened_at": now,
        "municipality": OGRE,
    }
    run = {"version": "2", "started_at": now, "changed_at": now, "answers": {"age": "18_28", "wish": "work"}}
    await keep(town, cases, {"youth_id": await number_of(town, "anna"), "age_band": "18_28", **case})
    await keep(town, screenings, {"person_id": await number_of(town, "anna"), **run})
    draft = await drafted(town, "kaspars")
    for cut, choice in (
        ("standings", "events.staff.standing.programme"),
        ("ages", kaspars.words("events.staff.ages.from", youngest=18)),
        ("ages", kaspars.words("events.staff.ages.to", oldest=28)),
        ("wishes", "programme.any.wish.work"),
    ):
        await chooses(kaspars, draft, cut)
        await kaspars.taps_label(kaspars.words(choice) if choice.startswith(("events.", "programme.")) else choice)
    kaspars.reads_rest()
    await kaspars.forges(Ask(draft, Step.PAGE).pack())
    page = kaspars.reads_rest()[-1].text
    for words in ("18–28", kaspars.words("programme.any.wish.work"), kaspars.words("events.staff.standing.programme")):
        assert words in page
    await sends_to_some(kaspars)
    anna.sees("events.youth.invitation")
    toms.sees_nothing()


@pytest.mark.feature("I1")
async def test_everybody_takes_a_limit_away_again(town: Town, kaspars: Inhabitant) -> None:
    await agrees(town, "anna")
    draft = await drafted(town, "kaspars", replace(YOUTH, standings=frozenset({Standing.OVER})))
    await chooses(kaspars, draft, "standings")
    await kaspars.taps("events.staff.button.everybody")
    assert kaspars.words("events.staff.people", count=1) in kaspars.sees("events.staff.narrowing").text


@pytest.mark.feature("S1.1")
async def test_the_staff_of_a_municipality_are_its_coordinators_and_programme_leads(
    town: Town, kaspars: Inhabitant
) -> None:
    liene = await town.staff("liene", Role.LEAD, OGRE)
    gunta = await town.staff("gunta", Role.COORDINATOR, OGRE)
    marta = await town.staff("marta", Role.MENTOR, OGRE)
    draft = await drafted(town, "kaspars", replace(YOUTH, groups=frozenset()), kind=Kind.INFORMATION_EVENT)
    await chooses(kaspars, draft)
    for group in (Group.LEADS, Group.COORDINATORS):
        await kaspars.taps_label(kaspars.words(f"events.staff.group.{group}"))
    assert kaspars.words("events.staff.people", count=2) in kaspars.sees("events.staff.audience").text
    await kaspars.taps("events.staff.button.onward")
    await sends(kaspars)
    liene.sees("events.staff.invitation")
    gunta.sees("events.staff.invitation")
    marta.sees_nothing()


@pytest.mark.feature("S3.15")
async def test_a_planning_region_as_a_whole_is_for_national_coordinators_alone(town: Town, kaspars: Inhabitant) -> None:
    dace = await town.staff("dace", Role.COORDINATOR, None)
    near, far = await agrees(town, "peteris", CESIS), await agrees(town, "anna", JELGAVA)
    draft = await drafted(town, "dace", replace(YOUTH, municipality=None))
    await chooses(dace, draft)
    await dace.taps("events.staff.button.places")
    await dace.taps("directory.any.region.vidzeme")
    await dace.taps_label(
        dace.words("events.staff.button.whole_region", region=dace.words("directory.any.region.vidzeme"))
    )
    page = dace.sees("events.staff.audience").text
    assert dace.words("directory.any.region.vidzeme") in page
    assert dace.words("events.staff.people", count=1) in page
    await dace.taps("events.staff.button.onward")
    await sends(dace)
    near.sees("events.youth.invitation")
    far.sees_nothing()
    ogres = await drafted(town, "kaspars")
    for action in (ShowRegion(ogres, Region.VIDZEME), PickRegion(ogres, Region.VIDZEME)):
        await kaspars.forges(action.pack())
        kaspars.sees("people.staff.not_available")


@pytest.mark.feature("S3.7")
async def test_a_network_of_ones_own_is_invited_wherever_its_members_work(town: Town, kaspars: Inhabitant) -> None:
    oksana = await town.staff("oksana", Role.LEAD, CESIS)
    now = town.clock.now()
    for number, place in ((1, OGRE), (2, CESIS)):
        await keep(
            town,
            networks,
            {
                "id": number,
                "name": "Jaunatnes lietas",
                "kind": "working_group",
                "municipality": place,
                "created_at": now,
            },
        )
        member = {"network_id": number, "person_id": await number_of(town, "oksana"), "stands_for": "municipality"}
        await keep(town, network_members, {**member, "joined_at": now})
    draft = await drafted(town, "kaspars", kind=Kind.WORKING_GROUP_MEETING)
    await kaspars.forges(WithNetwork(draft, 2, chosen=True, page=0).pack())
    kaspars.sees("people.staff.not_available")
    await chooses(kaspars, draft, "networks")
    await kaspars.taps_label("Jaunatnes lietas")
    page = kaspars.sees("events.staff.narrowing").text
    assert kaspars.words("events.staff.anywhere") in page
    assert kaspars.words("events.staff.people", count=1) in page
    await kaspars.forges(Ask(draft, Step.PAGE).pack())
    kaspars.reads_rest()
    await sends(kaspars)
    oksana.sees("events.staff.invitation")


@pytest.mark.feature("S2.4")
async def test_those_who_came_to_an_earlier_event_of_ones_own_are_invited_again(
    town: Town, kaspars: Inhabitant
) -> None:
    anna, toms = await agrees(town, "anna"), await agrees(town, "toms")
    await earlier_event(town, OGRE, ["anna"])
    elsewhere = await earlier_event(town, CESIS, ["toms"])
    draft = await drafted(town, "kaspars")
    await kaspars.forges(WithEarlier(draft, elsewhere, chosen=True, page=0).pack())
    kaspars.sees("people.staff.not_available")
    await chooses(kaspars, draft, "attended")
    await kaspars.taps_label("Nometne pie jūras")
    assert "Nometne pie jūras" in kaspars.sees("events.staff.narrowing").text
    await kaspars.forges(Ask(draft, Step.PAGE).pack())
    kaspars.reads_rest()
    await sends_to_some(kaspars)
    anna.sees("events.youth.invitation")
    toms.sees_nothing()


async def test_what_was_never_offered_cannot_be_chosen(town: Town, kaspars: Inhabitant) -> None:
    draft = await drafted(town, "kaspars")
    for action in (PickAges(draft, 16, None), PickAges(draft, None, 99), WithInterest(draft, "mood", chosen=True)):
        await kaspars.forges(action.pack())
        kaspars.sees("people.staff.not_available")
    for cut in ("networks", "attended"):
        await chooses(kaspars, draft, cut)
        assert kaspars.words(f"events.staff.no_cut.{cut}")


async def test_a_long_list_has_pages_and_a_choice_keeps_the_page(town: Town, kaspars: Inhabitant) -> None:
    now = town.clock.now()
    of_ogre = {"kind": "working_group", "municipality": OGRE, "created_at": now}
    await keep(town, networks, *({"id": one, "name": f"Tīkls {one}", **of_ogre} for one in range(1, 10)))
    await chooses(kaspars, await drafted(town, "kaspars"), "networks")
    assert not any("Tīkls 9" in label for label in kaspars.buttons)
    await kaspars.taps("events.any.button.list_after")
    await kaspars.taps_label("Tīkls 9")
    assert "Tīkls 9" in kaspars.sees("events.staff.narrowing").text
    assert not any("Tīkls 1" in label for label in kaspars.buttons)
    assert kaspars.words("events.any.button.list_before") in kaspars.buttons


@pytest.mark.feature("I1")
async def test_staff_who_are_left_out_are_told_apart_by_the_reason(town: Town, kaspars: Inhabitant) -> None:
    for name, role in (("marta", Role.MENTOR), ("oksana", Role.MENTOR)):
        await town.staff(name, role, OGRE)
    muted = {"person_id": await number_of(town, "oksana"), "subject": "event:youth_event", "at": town.clock.now()}
    await keep(town, mutes, muted)
    await chooses(kaspars, await drafted(town, "kaspars", replace(YOUTH, groups=frozenset({Group.MENTORS}))))
    page = kaspars.sees("events.staff.audience").text
    assert kaspars.words("events.staff.left_out.muted", number="1") in page
    assert kaspars.words("events.staff.left_out_hidden", fewest=5) not in page
