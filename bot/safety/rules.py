"""Does this message tell of danger? Pure, local and without memory: no text is kept, logged or sent anywhere.

Hears Latvian, Ukrainian, Russian and English at once, whatever language the person chose, because people mix them.
Rules of grammar are asked first, then how much it all sounds like what is written in danger. It only decides whether
help lines are shown; it does not measure anyone's risk and must never score or label a person.
A wrong alarm costs a card too many; a miss may cost a life, so doubt is settled in favour of showing the card.
"""

from dataclasses import dataclass

from bot.safety.folding import words_of
from bot.safety.grammar import find, spoken
from bot.safety.kinds import Kind
from bot.safety.languages import Language
from bot.safety.likeness import sounds_harmless, sounds_like
from bot.safety.reading import read
from bot.safety.vocabulary import vocabulary

__all__ = ["LIKENESS", "Kind", "Language", "Notice", "notice"]

LIKENESS = "sounds like it"
"""Stands for a rule where none was found."""

MOST_DISBELIEVED = 5
"""Of what rules find in a message so much is asked about again; whatever comes after that is believed."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Danger was heard: of which kind, in which language, and by which rule of `grammar.toml`. Never the text."""

    kind: Kind
    language: Language
    rule: str

    @property
    def is_guess(self) -> bool:
        """Whether it only sounds like danger: reason enough to show help, too little to tell anybody unasked."""
        return self.rule == LIKENESS


def notice(text: str) -> Notice | None:
    """What danger a message tells of, the most urgent kind first, or nothing. Reads all of it, of any length."""
    words = words_of(text)
    reading = read(words, vocabulary())
    for number, (rule, match) in enumerate(find(reading)):
        if number >= MOST_DISBELIEVED or not sounds_harmless(words, reading, match.first, match.last):
            return Notice(rule.kind, spoken(reading, match), rule.name)
    kind = sounds_like(words, reading)
    return None if kind is None else Notice(kind, spoken(reading), LIKENESS)
