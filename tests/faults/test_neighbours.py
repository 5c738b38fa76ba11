"""Two municipalities alike, every word of each marked: whatever somebody opens, nothing of the neighbours' shows.

Each walks by pressing every button they are shown, again and again from the same state, and by typing every command.
"""

import random
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from typing import Any, Final

import pytest

from bot.actions import tag_of
from bot.directory.rules import place_key
from bot.roles import EVERYBODY, MAY, Role
from tests.faults.counts import SEED, full
from tests.faults.stage import PUBLIC, ROUTES, Said, Stage, action_of, records_in
from tests.town.town import ADMIN
from tests.town.whole_town import Place

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]

BUTTONS: Final = full(25, 600)
"""Buttons that each of them presses, no two of the same kind while there are others."""

NAMED: Final = frozenset({"directory.found", "referrals.receiver", "referrals.note", "networks.place"})
"""Where staff read names of other municipalities': partners whom the directory names to all of them and whom they may
choose, and colleagues who put up a file for all to read; of nobody's young people."""

TYPED: Final = ("kas jauns?", "12.12. 10:00", "30", "/start cesis", "/start ogre")


@pytest.mark.feature("X35")
async def test_nothing_of_one_municipality_is_ever_seen_in_the_other(stage: Stage) -> None:
    seen, pressed, found = 0, 0, []
    before = {name: frozenset(told) for name, told in stage.told.items()}
    for place in stage.places:
        for name in place.cast.values():
            signs = _signs_of_others(stage, place)
            said, presses = await _walk(stage, name)
            seen, pressed = seen + len(said), pressed + presses
            elsewhere = _name_of_the_other(stage, name, place)
            mark = _other(stage, place).mark
            found += [
                (name, sign, one)
                for one, tag in said
                for sign in signs
                if sign in _whole(one) and not (sign == mark and tag in NAMED)
            ]
            code = _code_name_of_the_other_mentor(stage, name, place)
            theirs = [one for one, tag in said if tag or one in before.get(name, ())]
            found += [(name, code, one) for one in theirs if code is not None and code in _whole(one)]
            found += [
                (name, elsewhere, one) for one, tag in said if tag not in PUBLIC and elsewhere in _not_public(one)
            ]
            files = _files(stage, name)
            found += [(name, sign, "a file") for sign in (*signs, elsewhere) for file in files if sign in file]
    print(f"\nX35 seed {SEED}: {pressed} presses, {seen} messages read, {len(found)} signs of the others")
    assert not found, found[:5]


@pytest.mark.feature("X35")
async def test_numbers_and_lists_count_ones_own_municipality_alone(stage: Stage) -> None:
    for place in stage.places:
        name = place.cast["coordinator"]
        drafts = await stage.town.rows("SELECT id, created_by FROM events WHERE state = 'draft'")
        (draft,) = [row.id for row in drafts if row.created_by == stage.known[name].id]
        (page,) = await stage.press(name, [f"events.ask:{draft}:audience:"])
        # Of their three, two wait for help and are invited to nothing meanwhile.
        assert stage.person(name).words("events.staff.people", count=1) in page.text
        (cases,) = await stage.press(name, ["programme.cases:0"])
        assert sum(data.startswith("programme.case:") for data in cases.data) == 3
        stage.reset()
    invited = await stage.town.rows(
        "SELECT count(*) FROM invitations i JOIN events e ON e.id = i.event_id JOIN people p ON p.id = i.person_id "
        "LEFT JOIN grants g ON g.person_id = p.id WHERE coalesce(g.municipality, p.municipality) <> e.municipality"
    )
    assert invited[0][0] == 0


@pytest.mark.feature("X36")
async def test_with_the_role_every_old_button_of_it_is_gone_at_the_next_press(stage: Stage) -> None:
    """Everybody of the staff loses their roles with all their menus open, and presses all of it.

    But for the administrator whom the settings name: no row takes that away.
    """
    pressed = 0
    for name in sorted(one for one, person in stage.known.items() if person.grants and one != ADMIN):
        with closing(sqlite3.connect(stage.town.database_file)) as live, live:
            live.execute("DELETE FROM grants WHERE person_id = ?", (stage.known[name].id,))
        audience = stage.person(name).words("people.youth.not_available")
        before, kept = stage.rows(), stage.before
        closed = [data for data in sorted(stage.shown[name]) if not _for_youth(data)]
        for at in range(0, len(closed), 10):
            said = await stage.press(name, closed[at : at + 10])
            assert [one.text for one in said] == [audience] * len(closed[at : at + 10]), (name, closed[at : at + 10])
        pressed += len(closed)
        stage.before = before
        assert stage.changes() == [], name
        stage.before = kept
        stage.reset()
    print(f"\nX36: {pressed} old buttons pressed after the role was gone, 0 effects")


def _for_youth(data: str) -> bool:
    return tag_of(data) in EVERYBODY | MAY[Role.YOUTH]


def _signs_of_others(stage: Stage, place: Place) -> list[str]:
    """What must not show on the phones of this place: the other's mark and code names."""
    other = _other(stage, place)
    return [other.mark, *(stage.known[other.cast[one]].code_name for one in ("youth", "youth_2", "youth_3"))]


def _code_name_of_the_other_mentor(stage: Stage, name: str, place: Place) -> str | None:
    """For a mentor that of whom the other mentor guides: they read of them only where a lead makes them stand in, as
    others' presses do on the way."""
    whose = {place.cast["mentor"]: "youth_2", place.cast["mentor_2"]: "youth"}.get(name)
    return stage.known[place.cast[whose]].code_name if whose else None


def _name_of_the_other(stage: Stage, name: str, place: Place) -> str:
    """It must not show either, but where anybody may look at the contacts of any place."""
    return stage.person(name).words(place_key(_other(stage, place).code))


def _other(stage: Stage, place: Place) -> Place:
    (other,) = [one for one in stage.places if one is not place]
    return other


async def _walk(stage: Stage, name: str) -> tuple[list[tuple[Said, str]], int]:
    """Everything this person could read, told so far or shown now; and what they pressed for it, if anything."""
    said = [(one, "") for one in stage.told[name]]
    for line in (*sorted(ROUTES.commands), *TYPED):
        stage.harvest()
        await stage.person(name).phone.send(line)
        await stage.town.answer()
        said += [(one, "") for one in stage.harvest()]
        if stage.changes():
            stage.reset()
    dice, pressed = random.Random(SEED), 0
    open_buttons, done = set(stage.shown[name]), set()
    while open_buttons and pressed < BUTTONS:
        data = _next(dice, sorted(open_buttons), done)
        answers = await stage.press(name, [data])
        pressed += 1
        said += [(one, tag_of(data)) for one in answers if one.chat == stage.person(name).phone.id]
        done.add(data)
        open_buttons |= {new for one in answers for new in one.data if one.chat == stage.person(name).phone.id}
        open_buttons -= done
        if stage.changes():
            stage.reset()
    return said, pressed


def _next(dice: random.Random, buttons: Sequence[str], done: set[str]) -> str:
    """One of a kind that was pressed least."""
    times = {kind: sum(_kind(one) == kind for one in done) for kind in {_kind(data) for data in buttons}}
    least = min(times.values())
    return dice.choice([data for data in buttons if times[_kind(data)] == least])


def _kind(data: str) -> Any:
    action = action_of(data)
    return data if action is None else (action.tag, records_in(action))


def _whole(one: Said) -> str:
    return "\n".join((one.text, *one.labels))


def _not_public(one: Said) -> str:
    """The same without the labels of buttons that open a public page."""
    return "\n".join((one.text, *(label for label, data in one.buttons if tag_of(data) not in PUBLIC)))


def _files(stage: Stage, name: str) -> list[str]:
    """What is written in the files this person was sent."""
    files = [one.attachment for one in stage.person(name).phone.messages if one.attachment is not None]
    return [file.content.decode("utf-8", "replace") for file in files]
