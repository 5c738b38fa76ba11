"""Giving and taking back consents, one purpose each: the live notice's version with it, the audit, and what follows."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from bot.people import notice, store
from bot.people.actions import AboutPictures, AnswerNotice, Give, NoticeAnswer, ReadPrivacy
from bot.people.rules import OWN, RECORDED_BY_STAFF, RESTS_ON, Agreed, Purpose, Withdrew
from bot.people.screens import with_help
from bot.turn import Keyboard, Row, Turn, button
from bot.words import Listing, Phrase, phrase

MAY_BE_GIVEN: Final = (Purpose.EVENTS, Purpose.PICTURES)
"""By a button of its own. The questions and the contact are agreed to where they begin, the programme in person."""

ABOUT_PICTURES: Final[Row] = (button("people.youth.button.about_pictures", AboutPictures()),)


async def agree(turn: Turn, purpose: Purpose) -> None:
    """This person says yes to one purpose, here and now and in this language."""
    await _keep(turn, turn.person.id, purpose)


@asynccontextmanager
async def agreeing(turn: Turn, purpose: Purpose) -> AsyncIterator[None]:
    """The same, around what they agreed to it for: whoever acts on the consent finds that done, and need not say it."""
    is_new = await _give(turn, turn.person.id, purpose)
    yield
    if is_new:
        await turn.happened(Agreed(turn.person.id, purpose))


async def record(turn: Turn, youth_id: int, purpose: Purpose) -> None:
    """The one who acts, of the staff, notes a yes that was given in person."""
    if purpose not in RECORDED_BY_STAFF:
        raise ValueError(f"{purpose} is for the young person alone to give")
    await _keep(turn, youth_id, purpose)


async def _keep(turn: Turn, person_id: int, purpose: Purpose) -> None:
    if await _give(turn, person_id, purpose):
        await turn.happened(Agreed(person_id, purpose))


async def _give(turn: Turn, person_id: int, purpose: Purpose) -> bool:
    """True where it did not stand before."""
    youth = turn.person if person_id == turn.person.id else await store.person(turn.db, person_id)
    if youth is None:
        return False
    version = notice.version(turn.settings)
    is_new = await store.give_consent(turn.db, person_id, purpose.value, version, youth.language, turn.now)
    if is_new:
        await turn.note(f"consent.{purpose.value}", "person", person_id)
    return is_new


async def withdraw(turn: Turn, purpose: Purpose) -> None:
    """Take it back, with whatever rests on it; who works with them hears of it in the same transaction."""
    if not await store.agreed(turn.db, turn.person.id, purpose):
        return
    for one in (*RESTS_ON.get(purpose, ()), purpose):
        await store.withdraw_consent(turn.db, turn.person.id, one.value, turn.now)
    await turn.note("consent.withdrawn", "person", turn.person.id)
    await turn.happened(Withdrew(turn.person.id, purpose))


async def withdraw_all(turn: Turn) -> None:
    """Everything that stands ends at once."""
    standing = await store.standing(turn.db, turn.person.id)
    for purpose in OWN:
        if purpose in standing:
            await withdraw(turn, purpose)


async def events_row(turn: Turn) -> tuple[Row, ...]:
    """The button to be invited to events, for a young person who has not said so yet: one tap, never in the way."""
    if not turn.person.is_youth or await store.agreed(turn.db, turn.person.id, Purpose.EVENTS):
        return ()
    return ((button("people.youth.button.give_events", Give(Purpose.EVENTS)),),)


async def pictures_row(turn: Turn) -> tuple[Row, ...]:
    """The way to agree to be seen in pictures, for a young person with a place at an event who was never asked."""
    if not turn.person.is_youth or await store.ever_agreed(turn.db, turn.person.id, Purpose.PICTURES):
        return ()
    return (ABOUT_PICTURES,)


# --- a notice that has changed --------------------------------------------------------------------------------------


def changed_notice(before: str, version: str) -> tuple[Phrase, Keyboard]:
    """What somebody is asked once when the notice is another than the one that they agreed to, in one sentence."""
    sections = tuple(phrase(f"people.any.section.{one.value}") for one in notice.changed(before, version))
    keyboard = (
        (button("people.youth.button.notice_fine", AnswerNotice(NoticeAnswer.FINE, version, sure=True)),),
        (button("people.youth.button.notice_show", ReadPrivacy()),),
        (button("people.youth.button.notice_stop", AnswerNotice(NoticeAnswer.STOP, version, sure=False)),),
    )
    return phrase("people.youth.notice_changed", sections=Listing(sections)), with_help(keyboard)


async def ask_if_notice_changed(turn: Turn) -> None:
    """At a visit: say once that the notice has changed since they agreed, if it has."""
    if not turn.person.is_youth:
        return
    version = notice.version(turn.settings)
    before = await store.notice_agreed_to(turn.db, turn.person.id)
    if before not in (None, version) and await store.is_to_be_asked(turn.db, turn.person.id, version):
        what, keyboard = changed_notice(before or "", version)
        turn.say("people.any.remark", keyboard=keyboard, remark=what)
