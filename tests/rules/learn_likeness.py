"""Learns what every trait of a message weighs for danger, from the invented phrases beside this file.

Run it with `python -m tests.rules.learn_likeness` after adding phrases: it writes `bot/safety/likeness.tsv` in some
five minutes, always the same for the same phrases. It is logistic regression over several kinds, by small steps that
shrink for traits often met. `safety_harmless.csv` is ordinary talk, most of it said by the bot itself: without it,
whatever is unlike any phrase would be a guess. The sets that measure are left out (`tests/rules/test_safety.py`). With
`--figures` it learns four times, each time from three quarters, and tells how the fourth would be heard.
"""

import csv
import hashlib
import math
import random
import sys
import tomllib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from bot.safety.folding import words_of
from bot.safety.grammar import find
from bot.safety.kinds import Kind
from bot.safety.likeness import ENOUGH, KINDS, PAIR, SCALE, stretches
from bot.safety.reading import Reading, read
from bot.safety.vocabulary import vocabulary

HERE = Path(__file__).parent
LEARNT_FROM = ("phrases", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "harmless")
WEIGHTS = HERE.parents[1] / "bot" / "safety" / "likeness.tsv"

TELLS_OF = {
    "suicide_thought": Kind.SUICIDE,
    "suicide_plan_mention": Kind.SUICIDE,
    "self_harm": Kind.SELF_HARM,
    "abuse_or_violence": Kind.VIOLENCE,
    "acute_danger": Kind.ACUTE,
    "hopelessness_high": Kind.HOPELESS,
}
SEEN_IN = 4
"""Phrases in which a trait must have been met to weigh anything."""

PAIR_SEEN_IN = 10
"""And a pair of ideas: there are so many that rare ones would only be learnt by heart."""

ROUNDS = 12
STEP = 0.7
DECAY = 1e-5
"""How far each round draws the weights it touches back towards nothing: what one phrase alone says counts little."""


class Example(NamedTuple):
    """The traits of a phrase, what share of each counts, and the column of its kind; after the last is no danger."""

    traits: tuple[str, ...]
    share: float
    column: int


def examples() -> list[Example]:
    """All phrases that may be learnt from, and direct words in every frame that they are said in."""
    found = [_example(text, "", is_danger=True) for text in framed()]
    for name in LEARNT_FROM:
        with (HERE / f"safety_{name}.csv").open(encoding="utf-8", newline="") as rows:
            found += [
                _example(row["text"], row["category"], is_danger=row["label"] == "danger")
                for row in csv.DictReader(rows)
            ]
    return found


def framed() -> list[str]:
    """The deeds of `safety_frames.toml` in each of their frames."""
    groups = tomllib.loads((HERE / "safety_frames.toml").read_text(encoding="utf-8"))["groups"]
    return [frame.format(deed) for group in groups for frame in group["frames"] for deed in group["deeds"]]


def _example(text: str, category: str, *, is_danger: bool) -> Example:
    words = words_of(text)
    reading = read(words, vocabulary())
    traits = frozenset[str]().union(*stretches(words, reading))
    column = KINDS.index(_kind(category, reading)) if is_danger else len(KINDS)
    return Example(tuple(sorted(traits)), 1 / math.sqrt(len(traits) or 1), column)


def phrases_mark() -> str:
    """A short mark of the files of phrases as they are now."""
    files = [f"safety_{name}.csv" for name in LEARNT_FROM] + ["safety_frames.toml"]
    content = b"".join((HERE / name).read_bytes() for name in files)
    return hashlib.sha256(content).hexdigest()[:16]


def _kind(category: str, reading: Reading) -> Kind:
    """What a phrase tells of; where it was sorted by how it is said, what a rule makes of it."""
    if category in TELLS_OF:
        return TELLS_OF[category]
    found = next(find(reading), None)
    return found[0].kind if found is not None else Kind.SUICIDE


class Learner:
    """Weights in the making: for each trait one number a kind and one for no danger."""

    def __init__(self, met: Sequence[Example]) -> None:
        seen = Counter(trait for example in met for trait in example.traits)
        self.columns = len(KINDS) + 1
        self.weights = {
            trait: [0.0] * self.columns
            for trait, times in seen.items()
            if times >= (PAIR_SEEN_IN if trait.startswith(PAIR) else SEEN_IN)
        }
        self.grown = {trait: [1e-3] * self.columns for trait in self.weights}
        self.start, self.start_grown = [0.0] * self.columns, [1e-3] * self.columns
        dangers = sum(example.column < len(KINDS) for example in met)
        others = len(met) - dangers
        both = (dangers + others) / 2
        self.worth = [both / dangers] * len(KINDS) + [both / others]

    def of_weight(self, example: Example) -> Example:
        """The same without the traits that were met too seldom to weigh anything."""
        return example._replace(traits=tuple(trait for trait in example.traits if trait in self.weights))

    def scores(self, example: Example) -> list[float]:
        """How likely each column is, as natural logarithms up to a common constant."""
        sums = [0.0] * self.columns
        for trait in example.traits:
            if (weighs := self.weights.get(trait)) is not None:
                sums = [s + w for s, w in zip(sums, weighs, strict=True)]
        return [start + total * example.share for start, total in zip(self.start, sums, strict=True)]

    def learn(self, example: Example) -> None:
        """One small step towards saying what this phrase is."""
        scores = self.scores(example)
        highest = max(scores)
        shares = [math.exp(score - highest) for score in scores]
        total = sum(shares)
        wrong = [share / total - (at == example.column) for at, share in enumerate(shares)]
        slopes = [slope * self.worth[example.column] for slope in wrong]
        shared = [slope * example.share for slope in slopes]
        for trait in example.traits:
            if (weighs := self.weights.get(trait)) is not None:
                _step(weighs, self.grown[trait], shared)
        _step(self.start, self.start_grown, slopes)


def _step(weights: list[float], grown: list[float], slopes: Sequence[float]) -> None:
    for at, slope in enumerate(slopes):
        pulled = slope + DECAY * weights[at]
        grown[at] += pulled * pulled
        weights[at] -= STEP * pulled / math.sqrt(grown[at])


def learnt(met: Sequence[Example]) -> Learner:
    """Weights learnt from examples; chance only orders them, and always alike."""
    learner = Learner(met)
    order = [learner.of_weight(example) for example in met]
    chance = random.Random(1)
    for _ in range(ROUNDS):
        chance.shuffle(order)
        for example in order:
            learner.learn(example)
    return learner


def danger(learner: Learner, example: Example) -> float:
    """How far danger of any kind outweighs none."""
    *kinds, none = learner.scores(example)
    highest = max(kinds)
    return highest + math.log(sum(math.exp(score - highest) for score in kinds)) - none


def write(learner: Learner) -> None:
    """One line a trait: what it weighs for each kind against no danger, in tenths; what weighs nothing is left out.

    The first line names the phrases that all was learnt from, so that a test can tell when there are others.
    """
    lines = [f"# {phrases_mark()}"]
    for trait, weighs in sorted({"": learner.start, **learner.weights}.items()):
        tenths = [round((weight - weighs[-1]) * SCALE) for weight in weighs[:-1]]
        if not trait or any(tenths):
            lines.append("\t".join([trait, *map(str, tenths)]))
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def tell_figures(met: Sequence[Example]) -> None:
    """How many unseen phrases are over some thresholds, of danger and of none."""
    parts = list(met)
    random.Random(2).shuffle(parts)
    felt: list[tuple[float, bool]] = []
    for part in range(4):
        learner = learnt([example for at, example in enumerate(parts) if at % 4 != part])
        felt += [(danger(learner, example), example.column < len(KINDS)) for example in parts[part::4]]
    for enough in (0.0, 0.5, ENOUGH, 1.5, 2.0, 3.0):
        heard = [score >= enough for score, is_danger in felt if is_danger]
        alarms = [score >= enough for score, is_danger in felt if not is_danger]
        print(f"from {enough}: {sum(heard) / len(heard):.3f} heard, {sum(alarms) / len(alarms):.3f} false alarms")


if __name__ == "__main__":
    if "--figures" in sys.argv:
        tell_figures(examples())
    else:
        write(learnt(examples()))
