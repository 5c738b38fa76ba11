"""Finding the words of invitations in three languages, beside a bare look-up and format of the same texts."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.texts import Texts, catalogue
from bot.words import Language, phrase
from tests.bench.figures import Figure, median_ms

MESSAGES = 1_000


def measure() -> list[Figure]:
    texts = Texts(ZoneInfo("Europe/Riga"))
    key, fact = "people.youth.menu", "Kompass-101"
    said = [phrase(key, name=fact) for _ in range(MESSAGES)]
    moments = [phrase(key, name=datetime(2026, 3, 12, 16, tzinfo=UTC)) for _ in range(MESSAGES)]

    def ours() -> None:
        for language in Language:
            for one in said:
                texts.html(one, language)

    def with_moments() -> None:
        for language in Language:
            for one in moments:
                texts.html(one, language)

    def floor() -> None:
        for language in Language:
            forms = catalogue(language).forms
            for _ in range(MESSAGES):
                forms[key][0].format_map({"name": fact})

    bare = median_ms(floor)
    return [
        Figure("1,000 messages in three languages", median_ms(ours), "ms", bare, "look-up and format alone"),
        Figure(
            "the same with a date and hour in each", median_ms(with_moments), "ms", bare, "look-up and format alone"
        ),
    ]
