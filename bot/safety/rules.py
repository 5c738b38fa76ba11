"""Does this message tell of danger? Pure, local and without memory: no text is kept, logged or sent anywhere.

Hears Latvian, Ukrainian, Russian and English at once, whatever language the person chose, because people mix them.
It only decides whether help lines are shown; it does not measure anyone's risk and must never score or label a person.
A wrong alarm costs a card too many; a miss may cost a life, so doubt is settled in favour of showing the card.
"""

from dataclasses import dataclass

from bot.safety.grammar import Kind, find, spoken
from bot.safety.languages import Language
from bot.safety.reading import read
from bot.safety.vocabulary import vocabulary

__all__ = ["Kind", "Language", "Notice", "notice"]


@dataclass(frozen=True, slots=True)
class Notice:
    """Danger was heard: of which kind, in which language, and by which rule of `grammar.toml`. Never the text."""

    kind: Kind
    language: Language
    rule: str


def notice(text: str) -> Notice | None:
    """What danger a message tells of, the most urgent kind first, or nothing. Reads all of it, of any length."""
    reading = read(text, vocabulary())
    found = find(reading)
    if found is None:
        return None
    rule, match = found
    return Notice(rule.kind, spoken(match, reading), rule.name)
