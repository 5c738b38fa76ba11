"""Every button ever shown to somebody, pressed by everybody else: nothing happens and nothing is told."""

import logging
import random
from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Final

import pytest

from tests.faults.counts import SEED, full
from tests.faults.stage import (
    NUMBERS,
    RECORDS,
    ROUTES,
    Record,
    Said,
    Stage,
    action_of,
    records_in,
    sampled,
    without_records,
)

pytestmark = pytest.mark.slow
in_one_loop = pytest.mark.asyncio(loop_scope="session")

OF_EACH: Final = full(3, 100_000)
"""Buttons of each person that each other one presses."""

MUTANTS: Final = full(1_500, 10_000)
AT_ONCE: Final = 10
WHOLE_COUNTRY: Final[Record] = ("place", None)


def test_every_number_that_a_button_holds_is_known_to_name_a_record_or_nothing() -> None:
    names = {one.name for action in ROUTES.actions.values() for one in fields(action) if "int" in str(one.type)}
    assert names - set(RECORDS) - NUMBERS == set()


@in_one_loop
@pytest.mark.feature("X32")
async def test_what_was_shown_to_one_does_nothing_in_the_hands_of_another(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    dice, pressed, pairs, wrong = random.Random(SEED), 0, 0, []
    shown = {name: frozenset(data) for name, data in stage.shown.items()}
    for name in sorted(shown):
        mine, refusal = stage.records_shown(name), await refusal_of(stage, name)
        foreign: set[str] = set()
        for other in sorted(shown):
            picked = [] if other == name else sampled(dice, shown[other] - shown[name], OF_EACH)
            pairs += bool(picked)
            foreign.update(picked)
        not_theirs = [data for data in sorted(foreign) if not theirs(stage, name, data, mine)]
        for batch in batches(not_theirs):
            pressed += len(batch)
            wrong += await wrong_in(stage, name, batch, mine, refusal)
    print(f"\nX32 seed {SEED}: {pairs} ordered pairs, {pressed} buttons of others pressed, {len(wrong)} with an effect")
    assert not wrong, "\n".join(map(str, wrong[:8]))
    assert not _errors(caplog)


@in_one_loop
@pytest.mark.feature("X32")
async def test_mutants_of_buttons_break_nothing_and_tell_nothing(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    dice = random.Random(SEED)
    every = sorted(set().union(*stage.shown.values()))
    names = sorted(stage.shown)
    done, wrong = 0, []
    while done < MUTANTS:
        name = dice.choice(names)
        mine = stage.records_shown(name)
        batch = [_mutant(dice, dice.choice(every), every) for _ in range(AT_ONCE)]
        strange = [data for data in batch if not theirs(stage, name, data, mine)]
        before = stage.waiting_for_others(name)
        said = await stage.press(name, strange)
        done += len(strange)
        if len(said) < len(strange) or _tells(stage, name, said) or stage.waiting_for_others(name) != before:
            wrong.append((name, strange, said))
        if changed := stage.changes(by=name):
            wrong.append((name, strange, changed))
        if stage.changes():
            stage.reset()
    print(f"\nX32 seed {SEED}: {done} mutants, {len(wrong)} with an effect")
    assert not wrong, wrong[:5]
    assert not _errors(caplog)


def theirs(stage: Stage, name: str, data: str, mine: frozenset[Record]) -> bool:
    action = action_of(data)
    return action is not None and stage.is_theirs(name, action, mine)


async def refusal_of(stage: Stage, name: str) -> tuple[str, tuple[str, ...]]:
    """The words for what is not theirs or not there: the same for both."""
    (said,) = await stage.press(name, ["staff.invite" if stage.known[name].is_youth else "screening.begin:0"])
    return said.words


async def wrong_in(
    stage: Stage, name: str, batch: Sequence[str], mine: frozenset[Record], refusal: tuple[str, tuple[str, ...]]
) -> list[object]:
    """What is wrong with these presses; looked at one by one where something is."""
    before = stage.waiting_for_others(name)
    said = await stage.press(name, batch)
    found: list[object] = [(name, batch, changed) for changed in stage.changes(by=name)]
    if stage.waiting_for_others(name) != before or _tells(stage, name, said):
        found.append((name, batch, said))
    if stage.changes():
        stage.reset()
    there = await stage.press(name, [_not_there(data) for data in batch])
    if stage.changes():
        stage.reset()
    if [one.words for one in said] != [one.words for one in there]:
        found.append((name, batch, said, there))
    refused = [data for data in batch if _must_be_refused(stage, name, data, mine)]
    if len(refused) == len(batch) and {one.words for one in said} != {refusal}:
        found.append((name, batch, said))
    if not found or len(batch) == 1:
        return found
    return [one for data in batch for one in await wrong_in(stage, name, [data], mine, refusal)]


def _not_there(data: str) -> str:
    action = action_of(data)
    assert action is not None, data
    return without_records(action).pack()


def _must_be_refused(stage: Stage, name: str, data: str, mine: frozenset[Record]) -> bool:
    """Whether the table itself refuses it, or it is for the whole country and they are not."""
    action = action_of(data)
    assert action is not None, data
    return not stage.known[name].may(action.tag) or WHOLE_COUNTRY in records_in(action) - mine


def _tells(stage: Stage, name: str, said: Sequence[Said]) -> bool:
    """Whether anything went to anybody else, speaks of the other municipality, or says that the bot broke."""
    person, own = stage.person(name), stage.known[name]
    broken = person.words(f"people.{'youth' if own.is_youth else 'staff'}.broken")
    hidden = [place.mark for place in stage.places if name not in place.cast.values()]
    if name not in {one for place in stage.places for one in place.cast.values()}:  # of the whole country
        hidden = []
    text = " ".join(part for one in said for part in (one.text, *one.labels))
    return any(one.chat != person.phone.id for one in said) or broken in text or any(mark in text for mark in hidden)


def batches(items: Sequence[str]) -> Iterator[Sequence[str]]:
    return (items[at : at + AT_ONCE] for at in range(0, len(items), AT_ONCE))


def _errors(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]


def _mutant(dice: random.Random, data: str, every: Sequence[str]) -> str:
    """Something that no button of ours ever held."""
    at = dice.randrange(len(data) + 1)
    parts = data.split(":")
    other = dice.choice(every)
    made = dice.choice(
        (
            data[:at],
            data[:at] + chr(ord(data[at - 1]) ^ 1 << dice.randrange(7)) + data[at + 1 :],
            ":".join([parts[0], *(str(dice.randrange(-5, 40)) if one.isdigit() else one for one in parts[1:])]),
            ":".join([other.split(":")[0], *parts[1:]]),
            ":".join(parts[:1] + parts[:0:-1]),
            f"{data}:{'9' * dice.randrange(1, 400)}",
            f"{parts[0]}:{-(2**63)}",
            f"{parts[0]}:{2**63}:1",
            f"{parts[0]}:' OR 1=1; DROP TABLE people; --",
            f"../../{data}",
            f"{data}\x00\x1b[2J",
            data.replace(":", "："),
            f"\u202e{data}\u2066👩‍💻",
            dice.randbytes(48).decode("latin-1"),
            "\ud800" + data,
            data.upper(),
            "x" * dice.randrange(1, 5_000),
            "",
        )
    )
    return made if made not in every else f"{made}:"
