"""What one agreed to, each by itself: seen, given, taken back; and what one says to a notice that has changed."""

from datetime import datetime
from typing import Final

from bot.people import consenting, notice, store
from bot.people.actions import AboutPictures, AnswerNotice, Give, NoticeAnswer, ShowConsents, Withdraw
from bot.people.menu import ShowMenu
from bot.people.rules import OWN, Purpose
from bot.people.screens import with_help
from bot.people.store import PassedOn
from bot.routes import Routes
from bot.turn import Keyboard, Row, Turn, button
from bot.words import Lines, Phrase, phrase

routes = Routes()

_ASKED_ONCE_MORE: Final = frozenset({Purpose.SCREENING, Purpose.CONTACT, Purpose.PROGRAMME})
"""More than messages ends with these; the others can be given again by one tap."""

BACK: Final[Row] = (button("people.youth.button.consents", ShowConsents()),)
_MENU: Final[Row] = (button("people.any.button.menu", ShowMenu()),)


@routes.press(ShowConsents)
async def consents(turn: Turn, _: ShowConsents) -> None:
    await _show(turn)


async def _show(turn: Turn) -> None:
    standing = await store.standing(turn.db, turn.person.id)
    lines = [_line(purpose, standing.get(purpose)) for purpose in Purpose if purpose in OWN or purpose in standing]
    lines += [_referral(one) for one in await store.passed_on(turn.db, turn.person.id)]
    rows = tuple(row for purpose in OWN if (row := _row(purpose, given=purpose in standing)))
    turn.replace("people.youth.consents", keyboard=with_help((*rows, _MENU)), lines=Lines(tuple(lines)))


def _line(purpose: Purpose, since: datetime | None) -> Phrase:
    facts = {"purpose": phrase(f"people.youth.consent.{purpose.value}")}
    if since is None:
        return phrase("people.youth.consent_not_given", **facts)
    return phrase("people.youth.consent_given", since=since.date(), **facts)


def _referral(one: PassedOn) -> Phrase:
    """What was passed on to whom and when; how to take it back stands with those that are open."""
    if one.withdrawn_at is not None:
        return phrase("people.youth.referral_withdrawn", receiver=one.receiver, at=one.withdrawn_at.date())
    if not one.agreed:
        return phrase("people.youth.referral_overridden", receiver=one.receiver)
    key = "open" if one.is_open else "over"
    return phrase(f"people.youth.referral_{key}", receiver=one.receiver, at=one.at.date())


def _row(purpose: Purpose, *, given: bool) -> Row:
    if given:
        return (button(f"people.youth.button.withdraw_{purpose.value}", Withdraw(purpose, sure=False)),)
    if purpose is Purpose.PICTURES:
        return consenting.ABOUT_PICTURES
    if purpose in consenting.MAY_BE_GIVEN:
        return (button(f"people.youth.button.give_{purpose.value}", Give(purpose)),)
    return ()


@routes.press(AboutPictures)
async def about_pictures(turn: Turn, _: AboutPictures) -> None:
    """Nobody agrees to be seen by everybody with a button that does not say so."""
    yes = (button("people.youth.button.give_pictures", Give(Purpose.PICTURES)),)
    turn.say("people.youth.about_pictures", keyboard=with_help((yes, BACK, _MENU)))


@routes.press(Give)
async def give(turn: Turn, action: Give) -> None:
    if action.purpose not in consenting.MAY_BE_GIVEN:
        await turn.forbidden()
        return
    await consenting.agree(turn, action.purpose)
    turn.say(f"people.youth.given_{action.purpose.value}", keyboard=with_help((BACK, _MENU)))


@routes.press(Withdraw)
async def withdraw(turn: Turn, action: Withdraw) -> None:
    """What rests on the consent stops at once; where that may be a whole programme, it is said first."""
    purpose, kind = action.purpose, action.purpose.value
    if purpose not in OWN:
        await turn.forbidden()
    elif purpose in _ASKED_ONCE_MORE and not action.sure:
        keyboard: Keyboard = (
            (button(f"people.youth.button.withdraw_{kind}", Withdraw(purpose, sure=True)),),
            (button("people.any.button.keep", ShowMenu()),),
        )
        turn.say(f"people.youth.withdraw_{kind}_ask", keyboard=with_help(keyboard))
    else:
        await consenting.withdraw(turn, purpose)
        again = _row(purpose, given=False)
        turn.say(f"people.youth.withdrawn_{kind}", keyboard=with_help((*((again,) if again else ()), BACK, *turn.home)))


@routes.press(AnswerNotice)
async def answer_notice(turn: Turn, action: AnswerNotice) -> None:
    """Fine: what stands, stands for this notice too. An answer to an older one is asked anew with the newest."""
    version = notice.version(turn.settings)
    if action.answer is NoticeAnswer.STOP:
        await _stop_all(turn, action)
    elif action.version != version:
        before = await store.notice_agreed_to(turn.db, turn.person.id)
        what, keyboard = consenting.changed_notice(before or "", version)
        turn.replace_with(what, keyboard)
    else:
        standing = await store.standing(turn.db, turn.person.id)
        for purpose in OWN:
            if purpose in standing:
                await consenting.agree(turn, purpose)
        turn.replace("people.youth.notice_is_fine", keyboard=with_help(turn.home))


async def _stop_all(turn: Turn, action: AnswerNotice) -> None:
    if action.sure:
        await consenting.withdraw_all(turn)
        turn.say("people.youth.all_stopped", keyboard=with_help((BACK, *turn.home)))
        return
    keyboard = (
        (button("people.youth.button.notice_stop", AnswerNotice(NoticeAnswer.STOP, action.version, sure=True)),),
        (button("people.any.button.keep", ShowMenu()),),
    )
    turn.say("people.youth.stop_all_ask", keyboard=with_help(keyboard))
