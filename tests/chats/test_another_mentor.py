"""Another mentor, please: it reaches who decides, and whoever guides the case never learns of it, whatever they are."""

import json
import logging
from datetime import timedelta

import pytest

from bot.people import belongings
from bot.programme.mentors.screens_mentors import HandTo, NoOther, OpenWish, SendAnother, TalkFirst
from bot.programme.mentors.wishes import Refusal
from bot.programme.screens import OpenCase
from bot.roles import Role
from tests.chats.casework import B, P, opens_case, read_all
from tests.chats.mentoring import case_of, guided, mentor_of
from tests.town.inhabitant import Inhabitant
from tests.town.town import START, Town

Y = "programme.youth"
YB = "programme.youth.button"
FORBIDDEN = "people.staff.not_available"
WORDS = "Es gribētu, lai mani sauc vārdā."


async def asks(youth: Inhabitant, words: str | None = None) -> None:
    """From the plan: another mentor, with or without a few words."""
    await youth.says("/plan")
    await youth.taps(f"{YB}.another_mentor")
    youth.reads_rest()
    if words is None:
        await youth.taps(f"{YB}.another_send")
        return
    await youth.taps(f"{YB}.another_words")
    youth.sees(f"{Y}.wish.words")
    await youth.says(words)


async def wish(town: Town) -> int:
    return int((await town.rows("SELECT id FROM mentor_wishes ORDER BY id DESC"))[0].id)


@pytest.mark.feature("O16")
async def test_the_young_person_reads_who_will_see_it_and_that_the_mentor_will_not(town: Town) -> None:
    liene = await town.staff("liene", Role.LEAD)
    marta = await town.staff("marta", Role.MENTOR)
    (anna,) = await guided(town, "marta", ["anna"])
    await anna.says("/plan")
    await anna.taps(f"{YB}.another_mentor")
    anna.reads_rest()
    explained = anna.phone.messages[-1].text
    assert anna.words(f"{Y}.wish.explained", who=anna.words(f"{Y}.wish_who.leads")) in explained
    await anna.taps(f"{YB}.another_words")
    anna.sees(f"{Y}.wish.words")
    await anna.says("x" * 301)
    anna.sees(f"{Y}.wish.words_long")
    await anna.says(WORDS)
    anna.sees(f"{Y}.wish.sent")
    notice = liene.sees(f"{P}.wish.asked").text
    assert WORDS not in notice
    await liene.taps(f"{B}.wish")
    assert WORDS in liene.sees(f"{P}.wish.page").text
    marta.sees_nothing()


@pytest.mark.feature("O16")
async def test_another_mentor_is_chosen_and_the_one_before_reads_no_more_than_of_any_change(town: Town) -> None:
    liene = await town.staff("liene", Role.LEAD)
    marta = await town.staff("marta", Role.MENTOR)
    oksana = await town.staff("oksana", Role.MENTOR)
    anna, emma = await guided(town, "marta", ["anna", "emma"])
    await asks(anna, WORDS)
    read_all(anna, liene)
    await liene.taps(f"{B}.wish")
    await liene.taps(f"{B}.wish_other")
    await liene.taps_label("Oksana")
    await liene.taps(f"{B}.hand_over_now")
    anna.sees(f"{Y}.mentor_now")
    after_wish = marta.sees(f"{P}.handed_away").text
    await opens_case(liene, town, "emma")
    await liene.taps(f"{B}.hand_over")
    await liene.taps_label("Oksana")
    await liene.taps(f"{B}.hand_over_now")
    without_wish = marta.sees(f"{P}.handed_away").text
    name = {one: (await town.person(one)).code_name for one in ("anna", "emma")}
    assert after_wish.replace(name["anna"], "") == without_wish.replace(name["emma"], "")
    (row,) = await town.rows("SELECT outcome, words, next_at FROM mentor_wishes")
    assert (row.outcome, row.words, row.next_at) == ("changed", None, None)
    read_all(liene, oksana, emma)


@pytest.mark.feature("O16")
async def test_a_talk_first_and_then_no_for_a_reason_are_told_as_they_are(town: Town) -> None:
    liene = await town.staff("liene", Role.LEAD)
    marta = await town.staff("marta", Role.MENTOR)
    (anna,) = await guided(town, "marta", ["anna"])
    await asks(anna)
    anna.sees(f"{Y}.wish.sent")
    liene.reads_rest()
    await liene.taps(f"{B}.wish")
    await liene.taps(f"{B}.wish_talk")
    liene.sees(f"{P}.wish.talk_told")
    assert "Liene" in anna.sees(f"{Y}.wish.talk").text
    await liene.taps(f"{B}.wish_no")
    liene.sees(f"{P}.wish.why")
    await liene.taps(f"{B}.wish_no.only_one")
    liene.sees(f"{P}.wish.told")
    reason = anna.words(f"{Y}.wish_reason.only_one")
    assert reason in anna.sees(f"{Y}.wish.not_now").text
    await liene.forges(OpenWish(await wish(town)).pack())
    liene.sees(f"{P}.wish.settled")
    marta.sees_nothing()


@pytest.mark.feature("O16")
async def test_whoever_asked_may_take_it_back_and_asking_twice_changes_nothing(town: Town) -> None:
    liene = await town.staff("liene", Role.LEAD)
    await town.staff("marta", Role.MENTOR)
    (anna,) = await guided(town, "marta", ["anna"])
    await asks(anna)
    anna.sees(f"{Y}.wish.sent")
    liene.sees(f"{P}.wish.asked")
    await anna.forges(SendAnother().pack())  # the same button again
    anna.sees(f"{Y}.wish.stands")
    liene.sees_nothing()
    await anna.says("/plan")
    await anna.taps(f"{YB}.another_mentor")
    anna.sees(f"{Y}.wish.stands")
    await anna.taps(f"{YB}.another_drop")
    anna.sees(f"{Y}.wish.dropped")
    liene.sees(f"{P}.wish.taken_back")
    assert len(await town.rows("SELECT id FROM mentor_wishes")) == 1


@pytest.mark.feature("O16")
async def test_silence_brings_a_reminder_after_two_working_days_and_the_next_in_line_after_one_more(town: Town) -> None:
    liene = await town.staff("liene", Role.LEAD)
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    marta = await town.staff("marta", Role.MENTOR)
    (anna,) = await guided(town, "marta", ["anna"])
    await asks(anna)
    read_all(anna, liene)
    number = await wish(town)
    await kaspars.forges(OpenWish(number).pack())
    kaspars.sees(FORBIDDEN)  # not theirs yet
    await town.live_until(START + timedelta(days=1, hours=23), timedelta(hours=6))
    liene.sees_nothing()
    await town.live_until(START + timedelta(days=2, hours=2))
    liene.sees(f"{P}.wish.reminder")
    await town.live_until(START + timedelta(days=3, hours=4))
    kaspars.sees(f"{P}.wish.passed_on")
    anna.sees(f"{Y}.wish.takes_longer")
    await kaspars.taps(f"{B}.wish")
    kaspars.sees(f"{P}.wish.page")
    await town.live_until(START + timedelta(days=8), timedelta(hours=12))
    for one in (liene, kaspars, anna, marta):
        one.sees_nothing()


@pytest.mark.feature("O16", "S4.4")
async def test_where_the_mentor_leads_too_the_coordinators_decide_and_the_mentor_sees_nothing(town: Town) -> None:
    liene = await town.staff("liene", Role.LEAD)
    await town.staff("liene", Role.MENTOR)
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    (anna,) = await guided(town, "liene", ["anna"])
    await asks(anna, WORDS)
    assert anna.words(f"{Y}.wish_who.coordinators") in anna.sees(f"{Y}.wish.sent").text
    kaspars.sees(f"{P}.wish.asked")
    liene.sees_nothing()


@pytest.mark.feature("O16")
async def test_where_nobody_else_is_there_it_is_kept_and_passed_on_once_somebody_is(town: Town) -> None:
    await town.staff("marta", Role.MENTOR)
    (anna,) = await guided(town, "marta", ["anna"])
    await asks(anna)
    anna.sees(f"{Y}.wish.sent_nobody")
    dace = await town.staff("dace", Role.COORDINATOR, None)
    await town.live_until(START + timedelta(days=2), timedelta(hours=3))
    dace.sees(f"{P}.wish.reminder")


# --- who never learns of it ---------------------------------------------------------------------------------------


GUIDES = (
    ("mentor", {Role.MENTOR: "LV-067"}),
    ("mentor_and_lead", {Role.MENTOR: "LV-067", Role.LEAD: "LV-067"}),
    ("mentor_and_coordinator", {Role.MENTOR: "LV-067", Role.COORDINATOR: None}),
    ("mentor_and_data_officer", {Role.MENTOR: "LV-067", Role.DATA_OFFICER: None}),
    ("mentor_and_admin", {Role.MENTOR: "LV-067", Role.ADMIN: None}),
    ("mentor_and_all", {Role.MENTOR: "LV-067", Role.LEAD: "LV-067", Role.COORDINATOR: None, Role.DATA_OFFICER: None}),
)


def _sooner(who: str) -> tuple[pytest.MarkDecorator, ...]:
    """The plainest and the one that holds everything in `make test`, those between in `make test-long`."""
    return () if who in (GUIDES[0][0], GUIDES[-1][0]) else (pytest.mark.slow,)


TELLING = ("cits mentor", "citu mentor", WORDS.casefold(), "another", "mentor_wishes")


@pytest.mark.feature("O16", "S4.4")
@pytest.mark.parametrize(
    ("who", "roles", "as_deputy"),
    [
        *(pytest.param(who, roles, False, id=who, marks=_sooner(who)) for who, roles in GUIDES),
        pytest.param(*GUIDES[0], True, id="deputy"),
        pytest.param(*GUIDES[-1], True, id="deputy_and_all", marks=pytest.mark.slow),
    ],
)
async def test_nothing_that_whoever_guides_can_open_or_is_sent_tells_of_it(
    town: Town, caplog: pytest.LogCaptureFixture, who: str, roles: dict[Role, str | None], as_deputy: bool
) -> None:
    """The mentor's own letters, screens, files and rows, before and after somebody decides."""
    caplog.set_level(logging.DEBUG)
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    await town.staff("oksana", Role.MENTOR)
    for role, place in roles.items():
        marta = await town.staff("marta", role, place)
    (anna,) = await guided(town, "oksana" if as_deputy else "marta", ["anna"])
    case = await case_of(town, "anna")
    if as_deputy:
        await town.people["oksana"].forges(f"programme.deputy:{case}:{(await town.person('marta')).id}")
    read_all(anna, marta, town.people["oksana"])
    caplog.clear()
    already = {message.id: message.text for message in marta.phone.messages}
    await asks(anna, WORDS)
    kaspars.sees(f"{P}.wish.asked")
    marta.sees_nothing()
    number = await wish(town)
    for forged in (OpenWish(number), TalkFirst(number), NoOther(number, Refusal.AGREED)):
        await marta.forges(forged.pack())
        marta.does_not_see(f"{P}.wish.page")
        marta.reads_rest()
    for line in ("/cases", "/today", "/mydata", "/menu", "/referrals", "/events", "/figures"):
        await marta.says(line)
    for forged_data in (OpenCase(case).pack(), f"programme.history:{case}", "outreach.all_figures", "checkins.today"):
        await marta.forges(forged_data)
    if Role.DATA_OFFICER in roles:
        await marta.says(f"/access_log {(await town.person('anna')).code_name}")
    await town.move_to(START + timedelta(days=2, hours=1))
    await kaspars.forges(NoOther(number, Refusal.AGREED).pack())
    kaspars.reads_rest()
    new = [message for message in marta.phone.messages if already.get(message.id) != message.text]
    seen = [message.text for message in new] + [one.text for message in new for one in message.buttons]
    told = [
        (part, words)
        for part in TELLING
        for words in [*seen, await _own_data(town, "marta")]
        if part in words.casefold()
    ]
    assert told == [], (who, told)
    rows = await town.rows(
        "SELECT key, facts, keyboard FROM outbox WHERE person_id = :id", id=(await town.person("marta")).id
    )
    assert not [row.key for row in rows if "wish" in row.key or "wish" in json.dumps(row.keyboard)]
    logged = " ".join(json.dumps({**vars(one), "args": None, "exc_info": None}, default=str) for one in ours(caplog))
    assert "wish" not in logged.replace("due_wishes", "")
    assert WORDS not in logged
    read_all(marta, kaspars, anna, town.people["oksana"])


def ours(caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    """The lines that the bot itself writes."""
    return [record for record in caplog.records if record.name.startswith("bot")]


async def _own_data(town: Town, name: str) -> str:
    """What /mydata puts into the files."""
    number = (await town.person(name)).id
    async with town.open_database() as database, database.read() as db:
        return json.dumps(await belongings.collect(db, number), ensure_ascii=False)


@pytest.mark.feature("O16")
async def test_a_lead_who_comes_to_stand_in_loses_sight_of_it(town: Town) -> None:
    liene = await town.staff("liene", Role.LEAD)
    await town.staff("liene", Role.MENTOR)
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    marta = await town.staff("marta", Role.MENTOR)
    (anna,) = await guided(town, "marta", ["anna"])
    case = await case_of(town, "anna")
    await asks(anna)
    liene.sees(f"{P}.wish.asked")
    await marta.forges(f"programme.deputy:{case}:{(await town.person('liene')).id}")
    liene.sees(f"{P}.you_stand_in")
    await liene.forges(OpenWish(await wish(town)).pack())
    liene.sees(FORBIDDEN)
    await opens_case(liene, town, "anna")
    assert not any(label == liene.words(f"{B}.wish") for label in liene.buttons)
    await kaspars.forges(OpenWish(await wish(town)).pack())
    kaspars.sees(f"{P}.wish.page")
    read_all(anna, marta)


@pytest.mark.feature("O16")
async def test_who_decides_sees_it_on_the_page_of_the_case(town: Town) -> None:
    liene = await town.staff("liene", Role.LEAD)
    await town.staff("marta", Role.MENTOR)
    (anna,) = await guided(town, "marta", ["anna"])
    await asks(anna)
    read_all(anna, liene)
    await opens_case(liene, town, "anna")
    await liene.taps(f"{B}.wish")
    liene.sees(f"{P}.wish.page")
    assert await mentor_of(town, "anna") == (await town.person("marta")).id


@pytest.mark.feature("O16", "S4.4")
async def test_who_was_the_mentor_and_leads_learns_nothing_of_it_afterwards_either(town: Town) -> None:
    liene = await town.staff("liene", Role.LEAD)
    await town.staff("liene", Role.MENTOR)
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    oksana = await town.staff("oksana", Role.MENTOR)
    (anna,) = await guided(town, "liene", ["anna"])
    case, liene_id = await case_of(town, "anna"), (await town.person("liene")).id
    await asks(anna)
    await kaspars.forges(HandTo(case, (await town.person("oksana")).id, liene_id, sure=True).pack())
    read_all(anna, liene, kaspars, oksana)
    await liene.forges(OpenWish(await wish(town)).pack())
    liene.sees(FORBIDDEN)


@pytest.mark.feature("O16")
async def test_a_wish_stands_on_the_lead_s_list_of_the_day_until_it_is_decided(town: Town) -> None:
    liene = await town.staff("liene", Role.LEAD)
    marta = await town.staff("marta", Role.MENTOR)
    (anna,) = await guided(town, "marta", ["anna"])
    await asks(anna)
    read_all(anna, liene, marta)
    name = (await town.person("anna")).code_name
    await liene.says("/today")
    liene.sees("checkins.staff.today")
    assert liene.words("checkins.staff.button.wish", code_name=name) in liene.buttons
    await liene.forges(NoOther(await wish(town), Refusal.AGREED).pack())
    await liene.says("/today")
    read_all(anna, liene, marta)
    assert liene.words("checkins.staff.button.wish", code_name=name) not in liene.buttons


@pytest.mark.feature("O16")
async def test_each_lead_who_wants_to_talk_first_is_told_to_the_young_person_once(town: Town) -> None:
    liene, laura = await town.staff("liene", Role.LEAD), await town.staff("laura", Role.LEAD)
    marta = await town.staff("marta", Role.MENTOR)
    (anna,) = await guided(town, "marta", ["anna"])
    await asks(anna)
    for one in (anna, liene, laura):
        one.reads_rest()
    for lead, name in ((liene, "Liene"), (laura, "Laura")):
        await lead.taps(f"{B}.wish")
        await lead.taps(f"{B}.wish_talk")
        lead.sees(f"{P}.wish.talk_told")
        assert name in anna.sees(f"{Y}.wish.talk").text
        await lead.forges(TalkFirst(await wish(town)).pack())
        lead.reads_rest()
        anna.sees_nothing()
    marta.sees_nothing()
