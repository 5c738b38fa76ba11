"""The question to the young person: the very text in both languages, what it is for, and its lines one by one."""

from dataclasses import replace
from typing import Final

from bot.people.screens import with_help
from bot.programme.rules import may_guide, wants_guardian
from bot.referrals.actions import Agree, Refuse, ShowMine, WithdrawMine
from bot.referrals.agreed.actions_consent import Override, Preview, RecordGuardian, Strike
from bot.referrals.referral import ALWAYS, Circle, Guardianship, Line, Referral, State, hash_of
from bot.turn import Button, Keyboard, Row, button
from bot.words import Fact, Language, Lines, Phrase, phrase

SHOWN: Final = 12
"""Hexadecimal digits of the hash of what was shown, in the button that agrees to it."""


def question_facts_of(circle: Circle) -> dict[str, Fact]:
    """What the question whether this may be passed on speaks of: the text as both read it, and what holds for it."""
    return {
        "to": phrase(f"referrals.youth.to.{circle.referral.kind.value}"),
        "passed": Lines(tuple(_passed(circle.referral, circle.youth.language))),
        "terms": Lines(tuple(_terms(circle))),
    }


def _passed(referral: Referral, language: Language) -> list[Phrase]:
    """The text in the young person's language and, where that is another, as the receiver will read it."""
    read = referral.to.reads
    own = phrase("referrals.any.verbatim", text=referral.texts.get(language, referral.text))
    if read is language:
        return [own]
    in_words = phrase(f"people.any.language.{read.value}")
    theirs = phrase("referrals.youth.in_their_language", language=in_words, text=referral.text)
    return [own, phrase("referrals.any.verbatim", text=""), theirs]


def _terms(circle: Circle) -> list[Phrase]:
    """Until when it can be taken back; of somebody under age, the one exception, and whom it takes besides."""
    said = [phrase("referrals.youth.terms")]
    if wants_guardian(circle.case):
        said += [phrase("referrals.any.verbatim", text=""), phrase("referrals.youth.terms_under_age")]
    if circle.referral.guardian is Guardianship.WANTED:
        said += [phrase("referrals.any.verbatim", text=""), phrase("referrals.youth.terms_guardian")]
    return said


def draft_rows(referral: Referral) -> Keyboard:
    """What can be answered to the question; once only a guardian's yes is missing, it can be taken back."""
    if referral.awaits_guardian:
        return ((button("referrals.youth.button.withdraw", WithdrawMine(referral.id, sure=False)),),)
    return (
        _agree(referral),
        (button("referrals.youth.button.preview", Preview(referral.id)),),
        _refuse(referral),
    )


def _agree(referral: Referral) -> Row:
    key = "agree_guardian" if referral.guardian is Guardianship.WANTED else "agree"
    return (button(f"referrals.youth.button.{key}", Agree(referral.id, hash_of(referral.text)[:SHOWN])),)


def _refuse(referral: Referral) -> Row:
    key = "refuse_guardian" if referral.guardian is Guardianship.WANTED else "refuse"
    return (button(f"referrals.youth.button.{key}", Refuse(referral.id)),)


def strike_keyboard(referral: Referral) -> Keyboard:
    """A button for each line that may be left out or put back, the yes, and the way back."""
    lines = [one for one in replace(referral.passed_on, struck=frozenset()).lines if one not in ALWAYS]
    rows = tuple((_strike(referral, one),) for one in lines)
    back = (button("referrals.youth.button.back", ShowMine(referral.id)),)
    return with_help((*rows, _agree(referral), back))


def _strike(referral: Referral, line: Line) -> Button:
    key = "put_back" if line in referral.passed_on.struck else "leave_out"
    name = phrase(f"referrals.youth.line_name.{line.value}")
    return button(f"referrals.youth.button.{key}", Strike(referral.id, line), line=name)


def referrer_rows(circle: Circle) -> list[Row]:
    """As long as nothing is passed on of somebody under age: a guardian's yes to record, and a child in danger."""
    referral = circle.referral
    if referral.state is not State.DRAFT or not wants_guardian(circle.case):
        return []
    rows: list[Row] = []
    if referral.awaits_guardian:
        rows.append((button("referrals.staff.button.guardian", RecordGuardian(referral.id)),))
    if circle.referrer is not None and may_guide(circle.referrer, circle.case):
        rows.append((button("referrals.staff.button.override", Override(referral.id)),))
    return rows
