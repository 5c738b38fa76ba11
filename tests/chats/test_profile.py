"""The first talks: short notes by topic, and what a young person wants, kept and read only if they agree."""

from datetime import timedelta

import pytest

from bot.programme.planning.actions_plan import OpenProfile, OpenTopic, SetMark, ShareWords, WriteTheirWords
from bot.programme.profile.profiling import ASKED_FOR, MOST_OWN_WORDS, Mark, Topic, version_of
from bot.roles import Role
from tests.chats.casework import B, P, joins, opens_case, read_all, with_mentor
from tests.town.inhabitant import Inhabitant
from tests.town.sooner import NAMES, sooner
from tests.town.town import START, Town

Y = "programme.youth"
A = "programme.any"
WISH = "Gribu strādāt ar kokiem un pelnīt pats"


async def opens_profile(mentor: Inhabitant, town: Town, youth: str = "anna") -> str:
    await opens_case(mentor, town, youth)
    await mentor.taps(f"{B}.open_profile")
    return mentor.sees(f"{P}.profile.page").text


async def suggests(mentor: Inhabitant, town: Town, words: str = WISH, youth: str = "anna") -> None:
    """The mentor types what the young person said they want."""
    await opens_profile(mentor, town, youth)
    await mentor.taps(f"{B}.their_words")
    mentor.sees(f"{P}.profile.ask_words")
    await mentor.says(words)
    mentor.sees(f"{P}.profile.words_sent")


async def kept(town: Town) -> list[tuple[object, ...]]:
    return [tuple(row) for row in await town.rows("SELECT own_words, own_words_shared FROM profiles")]


# --- topics -------------------------------------------------------------------------------------------------------


@pytest.mark.feature("E2", "S1.5")
async def test_a_mentor_notes_topics_by_buttons_and_is_told_what_does_not_belong_here(town: Town) -> None:
    anna, marta, _ = await with_mentor(town)
    page = await opens_profile(marta, town)
    for word in ("veselību", "atkarībām", "tautību", "ticību"):
        assert word in page
    await marta.taps(f"{A}.topic.work")
    await marta.taps_label("stiprā puse")
    await marta.taps_label("jāparunā vēlreiz")
    marta.reads_rest()
    await marta.taps_label("✓ jāparunā vēlreiz")
    await marta.taps(f"{B}.back_to_profile")
    assert "✅ Darba pieredze: izrunāts, stiprā puse" in marta.sees(f"{P}.profile.page").text
    await anna.says("/plan")
    await anna.taps(f"{Y}.button.my_profile")
    assert "✅ Darba pieredze: izrunāts, stiprā puse" in anna.sees(f"{Y}.profile").text
    assert [row[0] for row in await town.rows("SELECT topics FROM profiles")] == ['{"work": ["strength", "talked"]}']


@pytest.mark.feature("E2")
async def test_a_second_press_of_the_same_mark_changes_nothing(town: Town) -> None:
    _, marta, _ = await with_mentor(town)
    case = int((await town.rows("SELECT id FROM cases"))[0][0])
    for _ in range(2):
        await marta.forges(SetMark(case, Topic.SKILLS, Mark.WANTS, on=True).pack())
    assert len(await town.rows("SELECT 1 FROM audit WHERE action = 'profile.noted'")) == 1
    read_all(marta)


@pytest.mark.feature("E2")
async def test_each_role_reads_what_the_rules_give_it(town: Town) -> None:
    anna, marta, liene = await with_mentor(town)
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    ilze = await town.staff("ilze", Role.SPECIALIST, speciality="psychologist")
    oksana = await town.staff("oksana", Role.MENTOR)
    case = int((await town.rows("SELECT id FROM cases"))[0][0])
    await liene.forges(OpenProfile(case).pack())
    liene.sees(f"{P}.profile.page")
    await opens_case(kaspars, town, "anna")
    await kaspars.taps(f"{B}.open_profile")
    told = kaspars.sees(f"{P}.profile.not_done").text
    assert "Izglītība" not in told
    for topic in Topic:
        await marta.forges(SetMark(case, topic, Mark.TALKED, on=True).pack())
    await kaspars.forges(OpenProfile(case).pack())
    kaspars.sees(f"{P}.profile.done")
    for person, actions in (
        (kaspars, (OpenTopic(case, Topic.WORK), SetMark(case, Topic.WORK, Mark.AGAIN, on=True))),
        (oksana, (OpenProfile(case), OpenTopic(case, Topic.WORK), WriteTheirWords(case))),
        (ilze, (OpenProfile(case),)),
    ):
        for action in actions:
            await person.forges(action.pack())
            person.sees("people.staff.not_available")
    read_all(anna, marta)


# --- in their own words -------------------------------------------------------------------------------------------


@pytest.mark.feature("S1.5")
@pytest.mark.parametrize("name", sooner("danylo", NAMES))
async def test_the_very_words_are_shown_and_only_a_yes_makes_them_readable(town: Town, name: str) -> None:
    young, marta, liene = await with_mentor(town, name)
    await suggests(marta, town, youth=name)
    assert WISH in young.sees(f"{Y}.words.asked").text
    assert WISH not in await opens_profile(marta, town, name)
    assert WISH not in await opens_profile(liene, town, name)
    await young.taps(f"{Y}.button.words_yes")
    young.sees(f"{Y}.words.shared")
    marta.sees(f"{P}.profile.words_agreed")
    assert WISH in await opens_profile(marta, town, name)
    assert WISH in await opens_profile(liene, town, name)
    await young.says("/plan")
    assert WISH in young.sees(f"{Y}.plan.with_words").text
    assert await kept(town) == [(WISH, 1)]


@pytest.mark.feature("S1.5")
async def test_a_no_deletes_the_words_and_the_mentor_hears_that_it_is_all_right(town: Town) -> None:
    anna, marta, _ = await with_mentor(town)
    await suggests(marta, town)
    anna.reads_rest()
    await anna.taps(f"{Y}.button.words_no")
    anna.sees(f"{Y}.words.none")
    marta.sees(f"{P}.profile.words_declined")
    assert await kept(town) == [(None, 0)]


@pytest.mark.feature("S1.5")
async def test_what_gets_no_answer_is_gone_after_two_weeks(town: Town) -> None:
    anna, marta, _ = await with_mentor(town)
    await suggests(marta, town)
    anna.reads_rest()
    await town.move_to(START + ASKED_FOR - timedelta(hours=1))
    assert await kept(town) == [(WISH, 0)]
    await town.move_to(START + ASKED_FOR + timedelta(hours=1))
    assert await kept(town) == [(None, 0)]
    await anna.forges(ShareWords(version_of(WISH), yes=True).pack())
    assert await kept(town) == [(None, 0)]
    read_all(anna, marta, town.people["liene"])


@pytest.mark.feature("S1.5")
async def test_their_own_writing_is_theirs_alone_until_they_share_it_and_no_mentor_writes_over_it(town: Town) -> None:
    anna, marta, _ = await with_mentor(town)
    await anna.says("/plan")
    await anna.taps(f"{Y}.button.my_profile")
    await anna.taps(f"{Y}.button.my_words")
    anna.reads_rest()
    await anna.says("c" * (MOST_OWN_WORDS + 1))
    anna.sees(f"{Y}.words.too_long")
    await anna.says("Gribu savu istabu")
    anna.sees(f"{Y}.words.may_share")
    await anna.taps(f"{Y}.button.words_keep")
    anna.sees(f"{Y}.words.only_mine")
    marta.sees_nothing()
    assert "istabu" not in await opens_profile(marta, town)
    await suggests(marta, town)
    anna.sees(f"{Y}.words.suggested")
    assert await kept(town) == [("Gribu savu istabu", 0)]
    await anna.says("/plan")
    await anna.taps(f"{Y}.button.my_profile")
    await anna.taps(f"{Y}.button.words_yes")
    anna.reads_rest()
    marta.sees(f"{P}.profile.words_agreed")
    assert "istabu" in await opens_profile(marta, town)


@pytest.mark.feature("S1.5")
async def test_a_yes_to_words_that_were_changed_meanwhile_does_not_count_for_the_new_ones(town: Town) -> None:
    anna, marta, _ = await with_mentor(town)
    await suggests(marta, town, "Pirmie vārdi")
    await suggests(marta, town, "Otrie vārdi")
    anna.reads_rest()
    await anna.forges(ShareWords(version_of("Pirmie vārdi"), yes=True).pack())
    anna.reads_rest()
    assert await kept(town) == [("Otrie vārdi", 0)]
    marta.sees_nothing()


# --- what comes next ----------------------------------------------------------------------------------------------


@pytest.mark.feature("S1.5", "S4.2")
async def test_the_case_page_leads_from_talks_to_goals_to_the_lead_to_the_beginning(town: Town) -> None:
    anna, marta, liene = await with_mentor(town)
    await opens_case(marta, town, "anna")
    await marta.taps(f"{B}.onward.profile")
    marta.sees(f"{P}.profile.page")
    case = int((await town.rows("SELECT id FROM cases"))[0][0])
    for topic in Topic:
        await marta.forges(SetMark(case, topic, Mark.TALKED, on=True).pack())
    marta.reads_rest()
    await opens_case(marta, town, "anna")
    await marta.taps(f"{B}.onward.goals")
    await marta.taps(f"{B}.add_goal")
    await marta.says("Atrast darbu")
    for measure, helper in (("shadowing", "family"), ("applying", "mentor"), ("volunteering", "partner")):
        await marta.taps(f"{B}.add_step")
        await marta.taps(f"{A}.measure.{measure}")
        await marta.taps(f"{B}.helper")
        await marta.taps(f"{A}.helper.{helper}")
        await marta.taps(f"{B}.back_to_goal")
    marta.reads_rest()
    await opens_case(marta, town, "anna")
    await marta.taps(f"{B}.onward.lay")
    await marta.taps(f"{B}.lay")
    await opens_case(marta, town, "anna")
    assert not [label for label in marta.buttons if label == marta.words(f"{B}.onward.begin")]
    await liene.taps(f"{B}.read_plan")
    await liene.taps(f"{B}.approve")
    read_all(marta, liene, anna)
    await opens_case(marta, town, "anna")
    assert marta.find_button(f"{B}.onward.begin")
    await joins(liene, town, "anna")
    read_all(marta, liene, anna)
    await anna.says("/plan")
    page = anna.sees(f"{Y}.plan.with_goals").text
    assert all(anna.words(f"{A}.helper.{one}") in page for one in ("family", "mentor", "partner"))
    await opens_case(liene, town, "anna")
    assert not [label for label in liene.buttons if label.startswith("Tālāk")]


@pytest.mark.feature("S1.5")
async def test_to_keep_the_words_and_to_let_them_be_read_are_two_answers(town: Town) -> None:
    anna, marta, _ = await with_mentor(town)
    await suggests(marta, town)
    anna.sees(f"{Y}.words.asked")
    await anna.taps(f"{Y}.button.words_keep")
    anna.sees(f"{Y}.words.only_mine")
    marta.sees(f"{P}.profile.words_kept")
    assert WISH not in await opens_profile(marta, town)
    await town.move_to(START + ASKED_FOR + timedelta(hours=1))
    assert await kept(town) == [(WISH, 0)]
    await anna.forges(ShareWords(version_of(WISH), yes=False, keep=True).pack())
    anna.reads_rest()
    marta.sees_nothing()
    await anna.taps(f"{Y}.button.words_yes")
    marta.sees(f"{P}.profile.words_agreed")
    anna.reads_rest()
    await anna.taps(f"{Y}.button.words_keep")  # taken back, and kept all the same
    anna.sees(f"{Y}.words.only_mine")
    assert await kept(town) == [(WISH, 0)]
    assert WISH not in await opens_profile(marta, town)
    read_all(marta, town.people["liene"])
