"""How two are introduced, and how the window for three is shown to each."""

from bot.people.screens import with_help
from bot.referrals import rules, screens
from bot.referrals.referral import Circle, Side
from bot.referrals.together.actions_hand_over import AgreeToWindow, CloseWindow, NoWindow, WriteIntoWindow
from bot.referrals.together.windows import Three, side_of
from bot.roles import Person
from bot.turn import Keyboard, button
from bot.words import Phrase, phrase


def introduction(circle: Circle, words: str | None) -> Phrase:
    """To the young person: who the receiver is, what they do in plain words, and what they write about themselves."""
    said = phrase("referrals.youth.in_their_words", words=words) if words else phrase("referrals.youth.no_words_yet")
    does = phrase(f"referrals.youth.does.{circle.referral.kind.value}")
    return phrase("referrals.youth.introduced", does=does, said=said, **screens.youth_facts_of(circle))


def audience(person: Person) -> str:
    return "youth" if person.is_youth else "staff"


def name_of(person: Person, circle: Circle) -> str:
    """What somebody in the window goes by: the code name, the name of staff, the receiver's as it was shown."""
    if person.id == circle.youth.id:
        return circle.youth.code_name
    return screens.receiver_of(circle) if person.id == circle.referral.to.person_id else screens.shown(person)


def asked_keyboard(circle: Circle) -> Keyboard:
    """The young person's yes or no."""
    return with_help(
        (
            (button("referrals.youth.button.window_yes", AgreeToWindow(circle.referral.id)),),
            (button("referrals.youth.button.window_no", NoWindow(circle.referral.id)),),
        )
    )


def open_keyboard(person: Person, circle: Circle) -> Keyboard:
    """Write, or end it."""
    who = audience(person)
    rows: Keyboard = (
        (button(f"referrals.{who}.button.write", WriteIntoWindow(circle.referral.id)),),
        (button(f"referrals.{who}.button.close_window", CloseWindow(circle.referral.id)),),
    )
    return with_help(rows) if person.is_youth else rows


def way_on(person: Person, circle: Circle, people: Three | None) -> Keyboard:
    """From a window that is over: to the referral it was for."""
    if person.is_youth:
        return with_help(((screens.mine_button(),),))
    if people is not None and side_of(person, people) is Side.RECEIVER:
        return screens.open_keyboard(circle.referral)
    if rules.refers(person, circle.referral, circle.case):
        return screens.show_sent_keyboard(circle)
    return screens.inbox_keyboard()
