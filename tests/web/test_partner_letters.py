"""What a desk is written, and when: a link each time, and nothing of anybody."""

from functools import partial
from string import Formatter

import pytest

from bot.referrals import rules
from bot.referrals.by_letter.letters import Letter
from bot.referrals.notices import Change
from bot.referrals.referral import Said, Side
from bot.texts import catalogue
from bot.words import Language
from tests.town.town import Town
from tests.web.desk import DESK, L, acts, appointed, opened, referral_id, requested, rest, state

pytestmark = pytest.mark.feature("H8", "O3")


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("letter", Letter)
def test_no_letter_has_room_for_anything_of_a_person(letter: Letter, language: Language) -> None:
    forms = catalogue(language).forms
    (subject,), (body,) = (forms[f"{L}.{part}.{letter.value}"] for part in ("subject", "body"))
    assert "{" not in subject
    assert len(subject) <= 60
    named = {name for _, name, _, _ in Formatter().parse(body) if name}
    assert named <= {"link", "until", "when"}
    assert ("link" in named) is (letter not in (Letter.TAKEN_BACK, Letter.OVER))


@pytest.mark.feature("O2")
async def test_the_letter_names_nobody_and_its_link_is_good_for_a_while(town: Town) -> None:
    anna, marta, desk = await requested(town)
    (letter,) = town.mailbox(DESK).letters
    code = (await town.person("anna")).code_name
    for personal in (code, "Anna", "Marta", "Ogre", "fotograf", "psiholog"):
        assert personal not in letter.subject + letter.text + letter.html
    assert "16.03.2026" in letter.text
    assert desk.path in letter.text
    assert desk.path in letter.html
    rest(anna, marta)


@pytest.mark.feature("H6")
async def test_a_desk_that_is_silent_is_reminded_and_told_when_it_is_over(town: Town) -> None:
    anna, marta, _ = await requested(town)
    mailbox = town.mailbox(DESK)
    for _ in range(40):
        await town.move_to(town.later(hours=24))
        if await state(town) == "failed":
            break
    assert await state(town) == "failed"
    mailbox.sees(f"{L}.body.reminder")
    mailbox.sees(f"{L}.body.over")
    mailbox.sees_nothing()
    rest(anna, marta)


@pytest.mark.feature("H11")
async def test_what_the_young_person_does_comes_by_letter_and_the_reminders_too(town: Town) -> None:
    anna, marta, _ = await appointed(town)
    await town.settle()
    mailbox, number = town.mailbox(DESK), await referral_id(town)
    assert "4. marts" in mailbox.sees(f"{L}.body.appointed").text
    await town.move_to(town.later(hours=26))
    mailbox.sees(f"{L}.body.near")
    call_off = partial(rules.call_off, side=Side.YOUTH)
    await acts(town, number, Side.YOUTH, Change.CALLED_OFF, call_off)
    await town.settle()
    mailbox.sees(f"{L}.body.called_off")
    rest(anna, marta, mailbox)


@pytest.mark.feature("O1")
async def test_a_desk_is_asked_what_happened_unless_it_has_said_so(town: Town) -> None:
    anna, marta, desk = await appointed(town)
    mailbox = town.mailbox(DESK)
    await town.move_to(town.later(hours=52))
    mailbox.sees(f"{L}.body.what_happened")
    await desk.follows_the_link()
    await desk.presses("button.say", said=Said.DID_NOT.value)
    await town.move_to(town.later(hours=24 * 4))
    mailbox.sees_nothing()
    rest(anna, marta)


async def test_without_the_public_address_no_letter_is_written_and_silence_is_answered_as_ever(town: Town) -> None:
    anna, marta, _ = await opened(town)
    town.settings = town.settings.model_copy(update={"public_url": None})
    for _ in range(7):
        await town.move_to(town.later(hours=24))
    town.mailbox(DESK).sees_nothing()
    marta.sees("referrals.staff.sender_due.tell_receiver_silent")
    rest(anna, marta)


@pytest.mark.feature("H6")
async def test_a_desk_that_accepted_and_named_no_time_is_asked_for_one(town: Town) -> None:
    anna, marta, desk = await opened(town)
    await desk.presses("button.accept")
    mailbox = town.mailbox(DESK)
    await town.move_to(town.later(hours=24 * 3))
    mailbox.sees(f"{L}.body.time_wanted")
    mailbox.sees_nothing()
    rest(anna, marta)
