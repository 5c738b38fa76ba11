"""The texts of a question that stands open: written anew when a line is struck, or when its reader changed language."""

from dataclasses import replace

from bot.referrals import rules, store
from bot.referrals.agreed.wording import texts_of
from bot.referrals.referral import Circle, Line, Side, State
from bot.referrals.rules import Moved, Refusal
from bot.turn import Turn


async def in_their_language(turn: Turn, circle: Circle) -> Circle:
    """The same with the text in the language that the young person reads by now; what the receiver reads stays."""
    referral, language = circle.referral, circle.youth.language
    if language in referral.texts or referral.state is not State.DRAFT:
        return circle
    added = texts_of(referral.passed_on, frozenset({language}), turn.zone)
    after = replace(referral, texts={**referral.texts, **added})
    await store.save(turn.db, referral, after)
    return replace(circle, referral=after)


async def strike(turn: Turn, circle: Circle, line: Line) -> Circle | Refusal:
    """The question without that line, or with it again, in every language in which it is read."""
    struck = rules.strike(circle.referral, frozenset({Side.YOUTH}), turn.now, line)
    if not isinstance(struck, Moved):
        return struck
    passed_on = struck.after.passed_on
    languages = frozenset({*struck.after.texts, circle.youth.language})
    after = rules.with_texts(struck.after, passed_on, texts_of(passed_on, languages, turn.zone))
    if not await store.save(turn.db, circle.referral, after):
        return rules.MovedOn()
    await turn.note("referral.struck", "referral", after.id)
    return replace(circle, referral=after)
