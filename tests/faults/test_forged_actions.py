"""Every button there could be of events, networks and partnerships, made up with what belongs to the other place: in
nobody's hands does it do anything, and it is answered as if there were no such record."""

import itertools
import logging
import random
from collections.abc import Iterator
from dataclasses import fields, replace
from enum import StrEnum
from typing import Any, Final, get_args, get_type_hints

import pytest

from bot.actions import Action
from tests.faults.counts import SEED, full
from tests.faults.stage import PUBLIC, RECORDS, ROUTES, Stage, sampled
from tests.faults.test_forged_presses import batches, refusal_of, theirs, wrong_in
from tests.town.gatekeeper import forged
from tests.town.whole_town import Place

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]

OF_EACH: Final = full(4, 40)
"""Made-up buttons of one kind that one person presses."""

_OF_AN_EVENT: Final = "JOIN events e ON e.id = t.event_id WHERE e.municipality = :place"
_OF_A_NETWORK: Final = "JOIN networks n ON n.id = t.network_id WHERE n.municipality = :place"
_OF_SOMEBODY: Final = "JOIN grants g ON g.person_id = t.{} WHERE g.municipality = :place"

THERE: Final = {
    "event": "SELECT id FROM events WHERE municipality = :place",
    "event_file": f"SELECT t.id FROM event_files t {_OF_AN_EVENT}",
    "organiser": f"SELECT t.id FROM event_organisers t {_OF_AN_EVENT}",
    "change": f"SELECT t.id FROM event_changes t {_OF_AN_EVENT}",
    "question": f"SELECT t.id FROM event_questions t {_OF_AN_EVENT}",
    "network": "SELECT id FROM networks WHERE municipality = :place",
    "member": f"SELECT t.id FROM network_members t {_OF_A_NETWORK}",
    "topic": f"SELECT t.id FROM topics t {_OF_A_NETWORK}",
    "opinion": f"SELECT t.id FROM opinion_requests t {_OF_A_NETWORK}",
    "paper": "SELECT id FROM municipality_files WHERE municipality = :place",
    "partner_wish": f"SELECT t.id FROM partner_wishes t {_OF_SOMEBODY.format('person_id')}",
    "match": "SELECT t.id FROM partner_matches t JOIN partner_wishes w ON w.id = t.wish_id "
    "JOIN grants g ON g.person_id = w.person_id WHERE g.municipality = :place",
    "expert_slot": f"SELECT t.id FROM expert_slots t {_OF_SOMEBODY.format('expert_id')}",
    "hours_offer": f"SELECT t.id FROM expert_offers t {_OF_SOMEBODY.format('expert_id')}",
    "practice_note": "SELECT id FROM practice_notes WHERE municipality = :place",
    "person": "SELECT id FROM people WHERE municipality = :place",
    "organization": "SELECT id FROM organizations WHERE municipality = :place",
    "file": "SELECT 1",
    "place": "SELECT :place",
}


@pytest.mark.feature("X32", "X35")
async def test_no_made_up_button_reaches_what_belongs_to_the_other_municipality(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    dice, pressed, wrong = random.Random(SEED), 0, []
    for place, other in (stage.places, stage.places[::-1]):
        there = {kind: [row[0] for row in await _rows(stage, query, other)] for kind, query in THERE.items()}
        for name in place.cast.values():
            mine, refusal = stage.records_shown(name), await refusal_of(stage, name)
            data = [one for kind in _kinds(stage, name) for one in sampled(dice, _made_up(kind, there), OF_EACH)]
            not_theirs = [one for one in data if not theirs(stage, name, one, mine)]
            for batch in batches(not_theirs):
                pressed += len(batch)
                wrong += await wrong_in(stage, name, batch, mine, refusal)
    print(f"\nX35 seed {SEED}: {pressed} made-up buttons pressed, {len(wrong)} with an effect")
    assert not wrong, "\n".join(map(str, wrong[:8]))
    assert not [one for one in caplog.records if one.levelno >= logging.ERROR]


async def _rows(stage: Stage, query: str, place: Place) -> list[Any]:
    return await stage.town.rows(query.replace(":place", f"'{place.code}'"))


def _kinds(stage: Stage, name: str) -> Iterator[type[Action]]:
    """Every action with a record in it that this person may use at all."""
    for tag, kind in sorted(ROUTES.actions.items()):
        of_ours = tag.split(".")[0] in ("events", "networks", "partnerships") and tag not in PUBLIC
        named = [one for one in fields(kind) if one.name in RECORDS]
        if of_ours and named and tag in ROUTES.presses and stage.known[name].may(tag):
            yield kind


def _made_up(kind: type[Action], there: dict[str, list[Any]]) -> list[str]:
    """The button with all that is there in each of its places, and with either of what is asked in it."""
    base, hints = forged(kind), get_type_hints(kind)
    choices: dict[str, list[Any]] = {}
    for one in fields(kind):
        held = next((part for part in get_args(hints[one.name]) if part is not type(None)), hints[one.name])
        if one.name in RECORDS and not (isinstance(held, type) and issubclass(held, StrEnum)):
            choices[one.name] = there.get(RECORDS[one.name]) or [1]
        elif held is bool:
            choices[one.name] = [True, False]
    return [
        replace(base, **dict(zip(choices, found, strict=True))).pack()
        for found in itertools.islice(itertools.product(*choices.values()), 500)
    ]
