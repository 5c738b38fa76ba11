"""The very text that is passed on: made once, in the languages of both who read it, and kept as it was shown."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from bot.referrals import screens
from bot.referrals.referral import PassedOn
from bot.texts import Texts
from bot.words import Language


def texts_of(what: PassedOn, languages: frozenset[Language], zone: ZoneInfo) -> Mapping[Language, str]:
    """The text in each of these languages: plain, one line below the other."""
    texts = Texts(zone)
    return {one: texts.fact(screens.passed_on(what), one) for one in sorted(languages)}
