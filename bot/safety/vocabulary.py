"""What words mean: each word or phrase of the four languages is put under the ideas the grammar speaks of.

The words are data (`words_lv.toml`, `words_uk.toml`, `words_ru.toml`, `words_en.toml`): an idea, then its words.
`dziv*` is every word that begins so, `no_life` is the phrase "no life", `-can` are words that deny the idea `can`.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import assert_never

from bot.safety.folding import Word, clean, fold_word, skeleton
from bot.safety.languages import Language
from bot.safety.sayings import is_plain_word, spoken_in


@dataclass(frozen=True, slots=True)
class Sense:
    """An idea that a word carries; `denied` where the word itself says not (`nevaru` is a denied `can`)."""

    idea: str
    denied: bool
    language: Language


@dataclass(frozen=True, slots=True)
class Phrase:
    """Several words with one sense together; `rest` are the pieces after the first two words."""

    rest: tuple[str, ...]
    sense: Sense


@dataclass(slots=True)
class Meaning:
    """All that one word may be: senses of its own, and names of the pieces of phrases it can be."""

    senses: set[Sense] = field(default_factory=set)
    pieces: set[str] = field(default_factory=set)

    def add(self, other: "Meaning") -> None:
        self.senses |= other.senses
        self.pieces |= other.pieces


SHORTEST_TYPO = 7
"""Stems shorter than this are not looked for with a typing error: too many honest words are one letter away."""


MISTYPED = frozenset(
    {
        "want",
        "live",
        "die",
        "kill_self",
        "suicide",
        "suicidal",
        "self_harm",
        "hurt_self",
        "cut_self",
        "overdose",
        "overeat",
        "pill",
        "rape",
        "choke",
        "threat",
        "hit_me_verb",
        "beaten",
        "blackmail",
        "burden",
        "vanish",
        "swallow",
        "goodbye_note",
        "unconscious",
        "jump",
    }
)
"""Ideas whose words are recognised with a typing error; a reason to stay quiet is never guessed at."""


QUIET = frozenset(
    {
        "joke",
        "story",
        "game",
        "trivial",
        "hair",
        "kitchen",
        "sport",
        "doctor",
        "pharmacy",
        "party",
        "transport",
        "holiday",
        "moving",
        "place",
        "course",
        "job",
        "charity",
        "old",
        "social",
        "bungee",
        "building",
        "object",
        "accident",
        "pet",
        "dwelling",
        "without",
        "idiom_from",
        "deny",
        "past_fine",
    }
)
"""Reasons to stay quiet: in Latin letters their Cyrillic words must be long, as short ones meet English words."""


class Index:
    """Looks words up by their exact spelling or their beginning, in time that does not grow with the vocabulary."""

    def __init__(self) -> None:
        self._exact: dict[str, Meaning] = {}
        self._beginning: dict[str, Meaning] = {}
        self._lengths: dict[str, list[int]] = {}
        self._typos: dict[str, dict[str, Meaning]] = {}
        self._sought: dict[str, Meaning] = {}
        self._typo_lengths: tuple[int, ...] = ()

    def put(self, key: str, *, beginning: bool) -> Meaning:
        """The (shared) meaning kept under this spelling, to be added to."""
        table = self._beginning if beginning else self._exact
        return table.setdefault(key, Meaning())

    def close(self, *, typos: bool) -> None:
        """Prepares for looking up, once everything is put in; for words with a slip of the finger too, if wanted."""
        for start, length in sorted({(key[:2], len(key)) for key in self._beginning}):
            self._lengths.setdefault(start, []).append(length)
        if not typos:
            return
        for key, meaning in [*self._beginning.items(), *self._exact.items()]:
            if len(key) >= SHORTEST_TYPO and any(s.idea in MISTYPED or is_plain_word(s.idea) for s in meaning.senses):
                self._sought[key] = meaning
                for shorter in _one_less(key):
                    self._typos.setdefault(shorter, {})[key] = meaning
        self._typo_lengths = tuple(sorted({len(k) for forms in self._typos.values() for k in forms}))

    def find(self, word: str) -> list[Meaning]:
        """Meanings of a folded word: its exact spelling and every beginning it has."""
        found = [self._exact[word]] if word in self._exact else []
        for length in self._lengths.get(word[:2], ()):
            if length > len(word):
                break
            if (begun := self._beginning.get(word[:length])) is not None:
                found.append(begun)
        return found

    def find_mistyped(self, word: str) -> Iterable[Meaning]:
        """Meanings of long stems that differ from this word's beginning by one slip of the finger."""
        for length in self._typo_lengths:
            if length - 1 > len(word):
                return
            begun = word[:length]
            for shorter in (word[: length - 1], *_one_less(begun)) if len(begun) == length else (begun,):
                for key, meaning in self._typos.get(shorter, {}).items():
                    if len(key) == length and key[0] == word[0]:
                        yield meaning
            if (inserted := word[: length + 1]) and len(inserted) == length + 1:
                for shorter in _one_less(inserted):
                    if shorter[0] == word[0] and shorter in self._sought:
                        yield self._sought[shorter]


def _one_less(word: str) -> list[str]:
    return [word[:i] + word[i + 1 :] for i in range(len(word))]


@cache
def _folded(written: str) -> str:
    """The folded spelling of a word of the data; kept while reading, as most stand there many times, in phrases."""
    return fold_word(clean(written))


@cache
def _bones(written: str) -> str:
    """The skeleton of a Cyrillic word of the data, kept while reading as well."""
    return skeleton(clean(written))


class Vocabulary:
    """The four languages together: Cyrillic and Latin spellings, and Cyrillic words written in Latin letters."""

    def __init__(self) -> None:
        self._plain = Index()
        self._skeletons = Index()
        self._phrases: dict[tuple[str, str], list[Phrase]] = {}

    def learn(self, language: Language, idea: str, entries: str) -> None:
        """Takes in the words of one idea, as they stand in the data."""
        sense = Sense(idea.removeprefix("-"), idea.startswith("-"), language)
        for entry in entries.split():
            pieces = entry.split("_")
            if len(pieces) == 1:
                for meaning in self._places(language, idea, entry):
                    meaning.senses.add(sense)
                continue
            for piece in pieces:
                for meaning in self._places(language, idea, piece):
                    meaning.pieces.add(piece)
            self._phrases.setdefault((pieces[0], pieces[1]), []).append(Phrase(tuple(pieces[2:]), sense))

    def _places(self, language: Language, idea: str, entry: str) -> list[Meaning]:
        beginning = entry.endswith("*")
        word = entry.removesuffix("*")
        places = [self._plain.put(_folded(word), beginning=beginning)]
        match language:
            case Language.UKRAINIAN | Language.RUSSIAN:
                bones = _bones(word)
                if len(bones) > (4 if idea in QUIET else 2) or not beginning:
                    places.append(self._skeletons.put(bones, beginning=beginning))
            case Language.LATVIAN | Language.ENGLISH:
                pass
            case _:
                assert_never(language)
        return places

    def close(self) -> None:
        """Call once, after everything is learnt."""
        self._plain.close(typos=True)
        self._skeletons.close(typos=False)

    def meaning(self, word: Word) -> Meaning:
        """Everything a folded word may mean, spelt rightly; nothing at all for most words."""
        found = Meaning()
        for meaning in self._plain.find(word.folded):
            found.add(meaning)
        if word.folded.startswith("ne") and len(word.folded) > 4:
            for meaning in self._plain.find(word.folded[2:]):
                found.senses |= {
                    Sense(s.idea, not s.denied, s.language) for s in meaning.senses if s.language is Language.LATVIAN
                }
        for spelling in word.skeletons:
            for meaning in self._skeletons.find(spelling):
                found.add(meaning)
        return found

    def mistyped(self, word: Word) -> Meaning:
        """What a long word may have been meant to be, if one of its letters is wrong, missing or too many."""
        found = Meaning()
        if len(word.folded) >= SHORTEST_TYPO:
            for meaning in self._plain.find_mistyped(word.folded):
                found.add(meaning)
        return found

    def phrases_from(self, first: str, second: str) -> list[Phrase]:
        """Phrases that begin with these two pieces."""
        return self._phrases.get((first, second), [])


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of all four languages, read from the package on first use and then kept."""
    learnt = Vocabulary()
    for language in Language:
        words = tomllib.loads((files("bot.safety") / f"words_{language.value}.toml").read_text(encoding="utf-8"))
        for idea, entries in words.items():
            learnt.learn(language, idea, entries)
        for idea, word in spoken_in(language).words:
            learnt.learn(language, idea, word)
    learnt.close()
    _folded.cache_clear()
    _bones.cache_clear()
    return learnt
