"""A receiver without Telegram answers by the page behind the link in a letter: no account, no JavaScript."""

from datetime import timedelta
from functools import partial

import pytest
import vobject
from sqlalchemy import text

from bot.referrals import rules, store
from bot.referrals.notices import Change
from bot.referrals.referral import Decline, Said, Side, hash_of
from bot.referrals.together.store_introductions import INTRODUCED
from bot.words import Language, phrase
from tests.town.town import Town
from tests.web.desk import (
    DESK,
    NAME,
    NOTE,
    L,
    acts,
    appointed,
    elsewhere,
    met,
    opened,
    path_in,
    referral_id,
    requested,
    rest,
    state,
)
from tests.web.visitor import Visitor

S = "referrals.staff"
pytestmark = pytest.mark.feature("H8", "O3")


async def text_of(town: Town) -> tuple[str, str]:
    """The agreed text in Latvian, and the hash that the yes is bound to."""
    (row,) = await town.rows("SELECT json_extract(texts, '$.lv') AS text, text_hash FROM referrals")
    return row.text, row.text_hash


# --- opening ----------------------------------------------------------------------------------------------------


async def test_who_only_follows_the_link_as_mail_scanners_do_changes_and_learns_nothing(town: Town) -> None:
    anna, marta, desk = await requested(town)
    await desk.follows_the_link()
    assert desk.status == 200
    desk.sees("door.lead", "door.words")
    desk.sees("door.for", receiver=NAME)
    for personal in (await text_of(town))[0].splitlines():
        desk.does_not_see(personal)
    assert await state(town) == "requested"
    for one in (anna, marta):
        one.sees_nothing()


@pytest.mark.feature("O2", "H5")
async def test_who_opens_it_reads_the_very_text_the_young_person_agreed_to(town: Town) -> None:
    anna, marta, desk = await requested(town)
    await desk.opens()
    words, agreed = await text_of(town)
    assert NOTE in words
    desk.sees("text.agreed")
    assert words in desk.page
    assert hash_of(words) == agreed
    assert await state(town) == "received"
    anna.sees("referrals.youth.told.received")
    marta.sees(f"{S}.sender_told.received")


@pytest.mark.feature("H3")
async def test_what_was_passed_on_without_a_yes_says_so_and_its_reason_stays_here(town: Town) -> None:
    anna, marta, desk = await requested(town, danger="Draud izmest no mājām")
    await desk.opens()
    desk.sees("text.danger")
    desk.does_not_see("Draud")
    rest(anna, marta)


@pytest.mark.feature("H7")
async def test_who_was_introduced_reads_so(town: Town) -> None:
    anna, marta, desk = await opened(town)
    await desk.presses("button.accept")
    desk.does_not_see(desk.words("introduced"))
    async with elsewhere(town) as database, database.write() as db:
        circle = await store.circle(db, await referral_id(town))
        assert circle is not None
        await store.add_to_history(db, circle.referral, INTRODUCED, Side.REFERRER, town.clock.now())
    await desk.follows_the_link()
    desk.sees("introduced")
    rest(anna, marta)


@pytest.mark.feature("M1")
async def test_it_is_in_the_language_of_the_desk_and_can_be_turned(town: Town) -> None:
    anna, marta, desk = await opened(town, Language.UK)
    desk.sees("accept.heading", "button.accept", "times.heading", "decline.heading", "wrong.heading")
    await desk.follows_the_link("?l=en")
    desk.language = Language.EN
    await desk.presses("button.accept")
    desk.sees("notice.accepted", "next.heading")
    rest(anna, marta)


# --- answering --------------------------------------------------------------------------------------------------


@pytest.mark.feature("H5", "H11")
async def test_accepting_tells_both_and_says_what_comes_next(town: Town) -> None:
    anna, marta, desk = await opened(town)
    rest(anna, marta)
    await desk.presses("button.accept")
    desk.sees("notice.accepted", "next.words", "button.propose")
    assert await state(town) == "accepted"
    anna.sees("referrals.youth.told.accepted")
    marta.sees(f"{S}.sender_told.accepted")


@pytest.mark.feature("H5")
async def test_declining_wants_a_reason_and_ends_what_the_link_shows(town: Town) -> None:
    anna, marta, desk = await opened(town)
    rest(anna, marta)
    await desk.presses("button.decline")
    assert desk.status == 422
    desk.sees("notice.nothing")
    await desk.presses("button.decline", reason=Decline.NO_CAPACITY.value)
    assert desk.status == 410
    desk.sees("over.rejected", "over.unread")
    desk.does_not_see(NOTE)
    assert await state(town) == "rejected"
    assert marta.words(f"{S}.reason.no_capacity") in marta.sees(f"{S}.sender_told.declined").text
    anna.sees("referrals.youth.told.declined")


async def test_up_to_three_times_are_proposed_ticked_or_typed_in(town: Town) -> None:
    anna, marta, desk = await opened(town)
    await desk.presses("button.propose", at=["29542080"], date1="2026-03-05", time1="12:30")
    desk.sees("notice.proposed", "offered.heading")
    assert await state(town) == "accepted"
    (row,) = await town.rows("SELECT proposals FROM referrals")
    assert "2026-03-03T08:00:00+00:00" in row.proposals
    assert "2026-03-05T10:30:00+00:00" in row.proposals, "12:30 in Latvia"
    anna.sees("referrals.youth.told.proposed")
    rest(anna, marta)


async def test_a_time_that_cannot_be_taken_is_said_kindly_and_nothing_typed_is_lost(town: Town) -> None:
    anna, marta, desk = await opened(town)
    for day, notice in (("2026-02-05", "past"), ("2027-03-05", "too_far"), ("", "unreadable")):
        await desk.presses("button.propose", at=["29542080"], date2=day, time2="10:15")
        assert desk.status == 422
        desk.sees(f"notice.{notice}")
        assert f'name="date2" min="2026-03-02" value="{day}"' in desk.page
        assert 'name="time2" value="10:15"' in desk.page
    assert await state(town) == "received"
    rest(anna, marta)


async def test_one_of_the_young_persons_times_is_chosen_with_one_press(town: Town) -> None:
    anna, marta, desk = await opened(town)
    await desk.presses("button.accept")
    rest(anna, marta)
    times = [(town.clock.now() + timedelta(days=days)).replace(second=0, microsecond=0) for days in (2, 3)]
    theirs = partial(rules.propose, side=Side.YOUTH, times=times)
    await acts(town, await referral_id(town), Side.YOUTH, Change.PROPOSED, theirs)
    await town.settle()
    desk.path = path_in(town.mailbox(DESK).sees(f"{L}.body.times"))
    await desk.opens()
    desk.sees("theirs.heading")
    await desk.presses("", times[1])
    desk.sees("notice.appointed", "meeting.heading")
    assert await state(town) == "in_progress"
    anna.sees("referrals.youth.told.appointed")
    rest(anna, marta)


async def test_place_language_and_interpreter_are_told_and_kept(town: Town) -> None:
    anna, marta, desk = await appointed(town)
    await desk.follows_the_link()
    await desk.presses("button.describe", place="Brīvības iela 1, Ogre", spoken="uk", interpreter="on")
    desk.sees("notice.described", "referrals.any.meeting.interpreter")
    assert 'value="Brīvības iela 1, Ogre"' in desk.page
    (row,) = await town.rows("SELECT place, spoken, interpreter FROM referrals")
    assert tuple(row) == ("Brīvības iela 1, Ogre", "uk", True)
    await desk.presses("button.describe", place="x" * 201)
    desk.sees("notice.too_long")
    rest(anna, marta, town.mailbox(DESK))


async def test_the_appointment_comes_as_a_calendar_file(town: Town) -> None:
    anna, marta, desk = await appointed(town)
    await desk.follows_the_link("?ics")
    assert desk.headers["Content-Type"].startswith("text/calendar")
    assert vobject.readOne(desk.page).vevent.dtstart.value == (await _appointment(town))
    rest(anna, marta, town.mailbox(DESK))


async def _appointment(town: Town) -> object:
    (row,) = await town.rows("SELECT appointment_at FROM referrals")
    return town.clock.now().fromtimestamp(row.appointment_at // 1_000_000, tz=town.clock.now().tzinfo)


async def test_who_cannot_make_it_calls_it_off_and_is_asked_for_another_time(town: Town) -> None:
    anna, marta, desk = await appointed(town)
    rest(anna, marta)
    await desk.follows_the_link()
    await desk.presses("button.call_off")
    desk.sees("notice.called_off", "button.propose")
    assert await state(town) == "accepted"
    anna.sees("referrals.youth.told.called_off")
    rest(anna, marta, town.mailbox(DESK))


@pytest.mark.feature("H14")
async def test_a_desk_says_until_when_it_is_full_and_takes_it_back(town: Town) -> None:
    anna, marta, desk = await opened(town)
    await desk.presses("button.full", until="2025-01-01")
    desk.sees("notice.no_such_day")
    await desk.presses("button.full", until="2026-03-20")
    desk.sees("notice.full", "full.heading")
    assert [row.full_until for row in await town.rows("SELECT full_until FROM services")] == ["2026-03-20"]
    await desk.presses("button.not_full")
    desk.sees("notice.not_full")
    assert [row.full_until for row in await town.rows("SELECT full_until FROM services")] == [None]
    rest(anna, marta)


# --- what happened ----------------------------------------------------------------------------------------------


@pytest.mark.feature("H9", "O1")
async def test_both_say_that_it_took_place_and_the_link_shows_nothing_any_more(town: Town) -> None:
    anna, marta, desk = await met(town)
    desk.path = path_in(town.mailbox(DESK).sees(f"{L}.body.what_happened"))
    await desk.opens()
    await desk.presses("button.say")
    desk.sees("notice.nothing")
    await desk.presses("button.say", said=Said.HELPED.value)
    desk.sees("notice.said")
    desk.sees("said.waiting", said=phrase("referrals.staff.page.said.helped"))
    await desk.presses("button.say", said=Said.TOOK_PLACE.value)
    desk.sees("said.waiting", said=phrase("referrals.staff.page.said.took_place"))
    say = partial(rules.say, side=Side.YOUTH, said=Said.TOOK_PLACE)
    await acts(town, await referral_id(town), Side.YOUTH, Change.SAID, say)
    await town.settle()
    town.mailbox(DESK).sees(f"{L}.body.over")
    await desk.follows_the_link()
    assert (desk.status, await state(town)) == (410, "completed")
    desk.sees("over.completed")
    desk.does_not_see(NOTE)
    rest(anna, marta)


@pytest.mark.feature("O1")
async def test_sessions_go_on_and_the_next_time_is_asked_for_at_once(town: Town) -> None:
    anna, marta, desk = await met(town)
    await desk.follows_the_link()
    await desk.presses("button.say", said=Said.TOOK_PLACE.value, more="on")
    desk.sees("notice.goes_on", "button.propose")
    assert [tuple(row) for row in await town.rows("SELECT state, session FROM referrals")] == [("accepted", 1)]
    rest(anna, marta, town.mailbox(DESK))


# --- whoever it is not for, and what is over ---------------------------------------------------------------------


async def test_who_says_that_it_is_not_for_them_sees_nothing_more_and_the_mentor_is_told(town: Town) -> None:
    anna, marta, desk = await requested(town)
    await desk.follows_the_link()
    await desk.presses("button.wrong")
    assert (desk.status, await state(town)) == (410, "failed")
    desk.sees("over.wrong")
    marta.sees(f"{S}.sender_told.not_delivered")
    await desk.follows_the_link()
    assert desk.status == 410
    town.mailbox(DESK).sees_nothing()
    rest(anna, marta)


@pytest.mark.feature("O2", "H12")
async def test_revoked_before_it_was_opened_it_answers_410_and_nothing_was_learned(town: Town) -> None:
    anna, marta, desk = await requested(town)
    await desk.follows_the_link()
    await acts(town, await referral_id(town), Side.YOUTH, Change.WITHDRAWN, rules.withdraw)
    await town.settle()
    town.mailbox(DESK).sees(f"{L}.body.taken_back")
    await desk.presses("button.open")
    assert desk.status == 410
    desk.sees("over.cancelled")
    desk.does_not_see(NOTE)
    rest(anna, marta)


@pytest.mark.feature("H12")
async def test_withdrawn_while_the_page_is_open_the_next_press_does_nothing(town: Town) -> None:
    anna, marta, desk = await opened(town)
    await acts(town, await referral_id(town), Side.YOUTH, Change.WITHDRAWN, rules.withdraw)
    await desk.presses("button.accept")
    assert (desk.status, await state(town)) == (410, "cancelled")
    rest(anna, marta, town.mailbox(DESK))


@pytest.mark.feature("O2", "C3")
async def test_a_yes_that_no_longer_stands_shuts_the_page_whatever_the_state_says(town: Town) -> None:
    anna, marta, desk = await opened(town)
    async with elsewhere(town) as database, database.write() as db:
        await db.execute(text("UPDATE referral_consents SET withdrawn_at = given_at"))
    await desk.presses("button.accept")
    assert (desk.status, await state(town)) == (410, "received")
    await desk.follows_the_link()
    assert desk.status == 410
    desk.does_not_see(NOTE)
    rest(anna, marta)


async def test_an_old_page_is_answered_kindly_and_changes_nothing(town: Town) -> None:
    anna, marta, desk = await opened(town)
    old = Visitor(town, desk.path, page=desk.page)
    await desk.presses("button.accept")
    await old.presses("button.decline", reason=Decline.OTHER.value)
    old.sees("notice.moved")
    assert (old.status, await state(town)) == (200, "accepted")
    assert len(await town.rows("SELECT id FROM referral_states WHERE state IN ('accepted', 'rejected')")) == 1
    rest(anna, marta)


async def test_an_expired_link_has_a_new_letter_sent_to_the_same_address_once_an_hour(town: Town) -> None:
    anna, marta, desk = await requested(town)
    town.settings = town.settings.model_copy(update={"link_days": 1})
    mailbox = town.mailbox(DESK)
    town.clock.advance(timedelta(days=14))
    await town.settle()
    rest(anna, marta, mailbox)
    await desk.follows_the_link()
    assert desk.status == 200, "the last day is included"
    town.clock.advance(timedelta(days=1))
    await desk.follows_the_link()
    assert desk.status == 410
    desk.sees("expired.words")
    await desk.presses("button.anew")
    desk.sees("anew.sent")
    letter = mailbox.sees(f"{L}.body.anew")
    await desk.sends([("do", "anew")])
    mailbox.sees_nothing()
    again = Visitor(town, path_in(letter))
    await again.opens()
    again.sees("accept.heading")
    rest(anna, marta)


async def test_a_person_who_was_erased_leaves_a_link_that_nobody_knows(town: Town) -> None:
    anna, marta, desk = await opened(town)
    await anna.says("/forget")
    await anna.taps("people.any.button.forget_sure")
    await desk.follows_the_link()
    assert desk.status == 404
    desk.sees("unknown.words")
    town.mailbox(DESK).sees(f"{L}.body.taken_back")
    rest(anna, marta)
