"""Whatever happens to a referral, wherever it stands: everybody it concerns is told, in words that exist for it."""

import asyncio
from collections import Counter
from dataclasses import replace
from typing import Final, cast

import pytest

from bot.programme.rules import Case, Stage
from bot.referrals import notices, rules
from bot.referrals.notices import Change
from bot.referrals.referral import Circle, Referral, Side
from bot.referrals.rules import Moved
from bot.roles import Grant, Person, Role
from bot.texts import Texts
from bot.turn import Connection, Tick
from bot.words import Language
from tests.rules.referral_cast import ACTORS, ACTS, AFTER, MONDAY, RIGA
from tests.rules.test_referral_states import explored

ANNA, MARTA, ILZE = 1, 2, 3
CASE: Final = Case(
    1, ANNA, "LV-067", Stage.PROGRAMME, "likely", "15_17", "talk", False, False, MARTA, None, MONDAY, None, None
)  # fmt: skip
PEOPLE: Final = {
    ANNA: Person(ANNA, Language.LV, "Tilts-101"),
    MARTA: Person(MARTA, Language.LV, "Tilts-102", "Marta", grants=frozenset({Grant(Role.MENTOR, "LV-067")})),
    ILZE: Person(ILZE, Language.LV, "Tilts-103", "Ilze", grants=frozenset({Grant(Role.SPECIALIST, "LV-067")})),
}
CHANGES: Final = {
    "agree": Change.AGREED,
    "agree before the guardian": Change.AWAITS_GUARDIAN,
    "release": Change.RELEASED,
    "refuse": Change.REFUSED,
    "override": Change.OVERRIDDEN,
    "receive": Change.RECEIVED,
    "accept": Change.ACCEPTED,
    "decline": Change.DECLINED,
    "receiver proposes": Change.PROPOSED,
    "youth proposes": Change.PROPOSED,
    "youth answers yes": Change.APPOINTED,
    "receiver answers yes": Change.APPOINTED,
    "youth answers another": Change.ANOTHER_TIME,
    "youth answers no": Change.WITHDRAWN,
    "receiver calls off": Change.CALLED_OFF,
    "youth calls off": Change.CALLED_OFF,
    "describe": Change.DESCRIBED,
    "goes on": Change.GOES_ON,
    "it took place": Change.COMPLETED,
    "it did not": Change.NOT_HAPPENED,
    "give up": Change.FAILED,
}
"""Which change an act is; what somebody says of an appointment is decided by what it leads to. A receiver has no button
that asks for another time: they propose one."""


def _change(act: str, side: Side) -> Change | None:
    if act == "withdraw":
        return Change.WITHDRAWN if side is Side.YOUTH else Change.TAKEN_BACK
    return Change.SAID if " says " in act else CHANGES.get(act)


def _circle(referral: Referral) -> Circle:
    return Circle(referral, CASE, PEOPLE[ANNA], PEOPLE[MARTA], PEOPLE[ILZE])


def _changes(stands: Referral) -> list[tuple[Change, Side | None, Referral]]:
    """Everything that may happen to it next."""
    found: list[tuple[Change, Side | None, Referral]] = []
    for act, rule in ACTS.items():
        for side in ACTORS[act]:
            change = _change(act, side)
            for now in (MONDAY, AFTER):
                moved = rule(stands, frozenset({side}), now)
                if change is not None and isinstance(moved, Moved):
                    turned_out = notices._as_it_turned_out(change, moved.after)  # as `carry_out` asks
                    found.append((turned_out, side, moved.after))
    ended, lost = rules.end_with_case(stands, MONDAY), rules.undeliverable(stands, MONDAY)
    found += [(Change.CASE_ENDED, None, ended.after)] if isinstance(ended, Moved) else []
    found += [(Change.NOT_DELIVERED, Side.RECEIVER, lost.after)] if isinstance(lost, Moved) else []
    return found


def _shape(one: Referral) -> object:
    """What the words and the buttons depend on."""
    offered = one.proposals and (one.proposals.by, one.proposals.times)
    said = (one.provider_said, one.youth_said, one.session)
    return (one.state, offered, one.meeting, one.reason, one.outcome, one.guardian, said, rules.is_passed_on(one))


@pytest.mark.slow
@pytest.mark.feature("H11")
def test_every_change_from_everywhere_is_told_in_words_that_exist() -> None:
    texts = Texts(RIGA)
    nobody = cast("Connection", None)  # telling somebody on Telegram asks the database nothing
    seen: set[Change] = set()
    told: Counter[Side] = Counter()
    done: set[object] = set()
    rendered: set[str] = set()
    for stands in {_shape(one): one for one in explored()[0]}.values():
        for change, by, after in _changes(stands):
            alike = (change, by, _shape(stands), _shape(after))
            if alike in done:
                continue
            done.add(alike)
            tick = Tick(AFTER, nobody, RIGA)
            before = _circle(stands)
            asyncio.run(notices.tell(tick, before, replace(before, referral=after), change, by))
            seen.add(change)
            for message in tick.said:
                told[{ANNA: Side.YOUTH, MARTA: Side.REFERRER, ILZE: Side.RECEIVER}[message.to]] += 1
                if repr(message.phrase) not in rendered:
                    rendered.add(repr(message.phrase))
                    for language in Language:
                        assert texts.plain(message.phrase, language)
            assert by is not Side.YOUTH or all(message.to != ANNA for message in tick.said), change
            if not rules.is_passed_on(after):
                assert all(message.to != ILZE for message in tick.said), change
    print(f"\nH11: {len(seen)} changes, told {dict(told)}, {len(rendered)} texts in three languages")
    assert seen == set(Change) - {Change.ASKED}
