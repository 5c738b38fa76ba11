"""Reads a message as ideas in places: which word carries which idea, and whether it is denied there."""

from collections.abc import Iterator, Sequence
from itertools import chain, product
from typing import NamedTuple

from bot.safety.folding import Word
from bot.safety.languages import Language
from bot.safety.sayings import is_plain_word
from bot.safety.vocabulary import Sense, Vocabulary

WITHOUT_DENIAL = frozenset(
    {"i", "me", "my", "self", "agent", "he", "joke", "story", "game", "trivial", "person", "we", "all", "soon", "now"}
)
"""Ideas that a "not" in front passes over on its way to the verb: "I do not, myself, want"."""

DENIAL_REACH = 2
"""Words after a "not" in which the word it denies is looked for."""

STRICT_DENIALS = frozenset({"не", "ne"})
"""These deny the very next word: «не заслуживаю жить» does not deny living, as "don't deserve to live" might."""

SURE_LENGTH = 5
"""Latin words of at least this many letters may stand together with words of another language."""

TYPOS_SOUGHT = 60
"""Unknown words of one message that are tried as typing errors: enough for a screenful, bounded for the clock."""


class Mark(NamedTuple):
    """An idea found at words `first` to `last` (counted from 0) of the message, in a sentence."""

    idea: str
    denied: bool
    language: Language
    first: int
    last: int
    sentence: int
    short: bool
    """A short Latin word: many languages have it with another meaning, so it counts only among its own."""


Reading = dict[str, list[Mark]]
"""The marks of a message in the order of its words, by idea; a denied idea is under its name after a minus."""


Meanings = dict[str, tuple[set[Sense], set[str]]]
"""For each different folded word, its senses and the pieces of phrases it can be."""


def read(words: Sequence[Word], known: Vocabulary) -> Reading:
    """Finds every idea of the vocabulary in a message. Time grows with the number of words, nothing faster."""
    meanings = _meanings(words, known)
    starts: list[list[Mark]] = []
    for at, word in enumerate(words):
        senses, pieces = meanings[word.folded]
        short = len(word.folded) < SURE_LENGTH and word.folded.isascii()
        marks = [Mark(s.idea, s.denied, s.language, at, at, word.sentence, short) for s in senses]
        if pieces and at + 1 < len(words):
            marks += _phrases(at, words, meanings, known)
        starts.append(marks)
    return _by_idea(starts, {at for at, word in enumerate(words) if word.folded in STRICT_DENIALS})


def _phrases(at: int, words: Sequence[Word], meanings: Meanings, known: Vocabulary) -> Iterator[Mark]:
    """The phrases that begin at one word."""
    pairs = product(meanings[words[at].folded][1], meanings[words[at + 1].folded][1])
    for phrase in chain.from_iterable(known.phrases_from(first, second) for first, second in pairs):
        last = at + 1 + len(phrase.rest)
        if last < len(words) and all(
            piece in meanings[words[at + 2 + n].folded][1] for n, piece in enumerate(phrase.rest)
        ):
            s = phrase.sense
            yield Mark(s.idea, s.denied, s.language, at, last, words[last].sentence, False)


def _meanings(words: Sequence[Word], known: Vocabulary) -> Meanings:
    """The meaning of each different word, looked up once; the first unknown ones are tried as typing errors."""
    found: Meanings = {}
    typos_left = TYPOS_SOUGHT
    for word in words:
        if word.folded in found:
            continue
        meaning = known.meaning(word)
        if typos_left and not meaning.senses and not meaning.pieces:
            typos_left -= 1
            meaning = known.mistyped(word)
        found[word.folded] = (meaning.senses, meaning.pieces)
    return found


def _by_idea(starts: list[list[Mark]], strict: set[int]) -> Reading:
    """Turns what each "not" denies into its denial, then sorts the marks by idea."""
    denied: set[int] = set()
    follows_no: set[int] = set()
    for at, marks in enumerate(starts):
        for mark in marks:
            if mark.idea == "no" and not _is_from(mark, starts):
                denied |= _reached(mark, starts, strict=at in strict)
                follows_no.add(mark.last + 1)
                break
    reading: Reading = {}
    for at, marks in enumerate(starts):
        begins_with_no = any(mark.idea == "no" for mark in marks)
        for mark in marks:
            entry = mark.idea
            if mark.denied or (not begins_with_no and _is_denied(mark, at in denied, at in follows_no)):
                entry = f"-{entry}"
            reading.setdefault(entry, []).append(mark)
    return reading


def _is_from(no: Mark, starts: list[list[Mark]]) -> bool:
    """Whether an English "no" is the Latvian "from": the words it would deny are Latvian and none is English."""
    after = [m.language for at in range(no.last + 1, min(no.last + 1 + DENIAL_REACH, len(starts))) for m in starts[at]]
    return (
        no.first == no.last
        and no.language is Language.ENGLISH
        and Language.LATVIAN in after
        and Language.ENGLISH not in after
    )


def _is_denied(mark: Mark, reached: bool, follows_no: bool) -> bool:
    """A word of sayings is also denied right after a "not", where an idea may be passed over ("I do not, myself")."""
    if is_plain_word(mark.idea):
        return reached or follows_no
    return reached and mark.idea not in WITHOUT_DENIAL


def _reached(no: Mark, starts: list[list[Mark]], *, strict: bool) -> set[int]:
    """The word that a "not" denies: the first that carries an idea, passing over words of mere sayings."""
    for at in range(no.last + 1, min(no.last + 1 + DENIAL_REACH, len(starts))):
        if any(_deniable(m, no.sentence) for m in starts[at]):
            return {at}
        if strict and not any(m.idea in WITHOUT_DENIAL for m in starts[at]):
            break
    return set()


def _deniable(mark: Mark, sentence: int) -> bool:
    return (
        mark.sentence == sentence
        and mark.idea not in WITHOUT_DENIAL
        and mark.idea != "no"
        and not is_plain_word(mark.idea)
    )
