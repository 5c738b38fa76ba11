"""How much a message sounds like what people in danger write: a second ear, for ways of saying it no rule foresaw.

Every word, pair of neighbouring words, piece of a word, idea of the vocabulary and pair of ideas weighs for or against
each kind of danger. The weights (`likeness.tsv`) are learnt from the invented phrases of the tests, in all four
languages at once, by `python -m tests.rules.learn_likeness`; nobody writes them by hand. What is heard here alone is a
guess: it shows the help lines, and never by itself tells anybody else.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import combinations, groupby, pairwise
from operator import itemgetter

from bot.safety.folding import Word, skeleton
from bot.safety.kinds import Kind
from bot.safety.reading import Reading
from bot.safety.sayings import is_plain_word

STRETCH = 24
"""Words that are weighed together; of a longer message one stretch after another, each half over the one before."""

PIECE = 4
"""Letters of a piece of a word, its ends counted as letters."""

ENOUGH = 0.6
"""How much likelier danger than none has to be, as a natural logarithm, to be heard without any rule."""

FEWEST = 3
"""Words of a message that say enough to be weighed; what is said in fewer, a rule has to know."""

PLENTY = 6
"""Words that say enough to be judged by their sound alone; fewer have to sound the more like it."""

DOUBT = 1.0
"""How much more, for each word that is missing: "I am at home" is said in danger too, and mostly it is not."""

HARMLESS = -2.2
"""How much less likely it has to be for a rule not to be believed: a film, a book, a joke that no reason names."""

AROUND = 6
"""Words on either side of what a rule found that are weighed as well as the whole, before it is not believed."""

CLOSE = 2
"""And of its own sentence alone: what is said before and after must not talk away what stands between."""

KINDS = tuple(Kind)
"""The order of the columns of `likeness.tsv`."""

SCALE = 10
"""The weights are kept as whole tenths."""

PAIR = "&"
"""Begins the trait of two ideas in one stretch."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each trait weighs for each of `KINDS`, against its being no danger at all."""

    traits: dict[str, tuple[int, ...]]
    start: tuple[int, ...]


def sounds_like(words: Sequence[Word], reading: Reading) -> Kind | None:
    """The kind of danger a message sounds most like, if it sounds like any clearly enough."""
    felt: list[tuple[float, Kind]] = []
    for span in spans(words):
        score, kind = likeness([traits(words, reading, span.start, span.stop)])
        felt.append((score - DOUBT * max(0, PLENTY - len(span)), kind))
    score, kind = max(felt, key=itemgetter(0), default=(-math.inf, KINDS[0]))
    return kind if len(words) >= FEWEST and score >= ENOUGH else None


def sounds_harmless(words: Sequence[Word], reading: Reading, first: int, last: int) -> bool:
    """Whether a message, what stands around its words `first` to `last`, and what their own sentence says right beside
    them are all unlike danger beyond doubt. What is said in a few words is not doubted."""
    if len(words) < FEWEST:
        return False
    around = traits(words, reading, max(0, first - AROUND), last + AROUND + 1)
    own = {words[first].sentence, words[last].sentence}
    close = range(max(0, first - CLOSE), min(len(words), last + CLOSE + 1))
    within = [at for at in close if words[at].sentence in own]
    alone = traits(words, reading, within[0], within[-1] + 1)
    weighed = ((around,), (alone,), stretches(words, reading))
    return all(likeness(one)[0] < HARMLESS for one in weighed)


def stretches(words: Sequence[Word], reading: Reading) -> Iterator[frozenset[str]]:
    """The traits of each span of a message."""
    return (traits(words, reading, span.start, span.stop) for span in spans(words))


def spans(words: Sequence[Word]) -> Iterator[range]:
    """The words that are weighed together: a whole message, or each stretch of a long one; and each of several
    sentences by itself, so that ordinary talk around it does not drown the one that matters."""
    for start in range(0, max(1, len(words) - STRETCH // 2), STRETCH // 2):
        yield range(start, min(start + STRETCH, len(words)))
    if words and words[0].sentence != words[-1].sentence:
        for _, sentence in groupby(range(len(words)), key=lambda at: words[at].sentence):
            within = list(sentence)
            if len(within) >= FEWEST:
                yield range(within[0], within[-1] + 1)


def traits(words: Sequence[Word], reading: Reading, start: int, end: int) -> frozenset[str]:
    """The traits of the words from `start` up to before `end`."""
    heard = [word.skeletons[0] if word.skeletons else skeleton(word.folded) for word in words[start:end]]
    ideas = sorted(
        idea
        for idea, marks in reading.items()
        if not is_plain_word(idea) and any(start <= mark.first < end for mark in marks)
    )
    found = {f"={idea}" for idea in ideas}
    found.update(f"{PAIR}{one}+{other}" for one, other in combinations(ideas, 2))
    found.update(heard)
    found.update(f"{one} {other}" for one, other in pairwise(heard))
    found.update(piece for word in heard for piece in _pieces(word))
    return frozenset(found)


def _pieces(word: str) -> Iterator[str]:
    padded = f"_{word}_"
    for at in range(max(1, len(padded) - PIECE + 1)):
        yield f"*{padded[at : at + PIECE]}"


def likeness(weighed: Iterable[frozenset[str]]) -> tuple[float, Kind]:
    """How far danger outweighs none in the stretch most like it, as a natural logarithm, and of which kind it is."""
    best = max((_weigh(one, weights()) for one in weighed), default=(-math.inf, 0))
    return best[0], KINDS[best[1]]


def _weigh(found: frozenset[str], known: Weights) -> tuple[float, int]:
    sums = [0] * len(KINDS)
    for trait in found:
        if (weighs := known.traits.get(trait)) is not None:
            for at, weight in enumerate(weighs):
                sums[at] += weight
    share = 1 / (SCALE * math.sqrt(len(found) or 1))
    scores = [start / SCALE + total * share for start, total in zip(known.start, sums, strict=True)]
    highest = max(scores)
    return highest + math.log(sum(math.exp(score - highest) for score in scores)), scores.index(highest)


@cache
def weights() -> Weights:
    """The weights of `likeness.tsv`, read from the package on first use and then kept."""
    found: dict[str, tuple[int, ...]] = {}
    for line in (files("bot.safety") / "likeness.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        trait, *columns = line.split("\t")
        found[trait] = tuple(map(int, columns))
    start = found.pop("")
    return Weights(found, start)
