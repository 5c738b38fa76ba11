"""Referrals as the tests of the rules have them: on a Monday in March, from Marta to Ilze, for somebody in Ogre."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from bot.calendar import Hours
from bot.referrals import rules
from bot.referrals.referral import (
    Address,
    Choice,
    Decline,
    Kind,
    Line,
    Meeting,
    PassedOn,
    Proposals,
    Referral,
    Said,
    Side,
    State,
    hash_of,
)
from bot.referrals.rules import Moved, Refusal, Sides
from bot.referrals.terms import Terms
from bot.words import Language

RIGA: Final = ZoneInfo("Europe/Riga")
HOURS: Final = Hours.latvia(RIGA, {})
TERMS: Final = Terms(patience=2)
MONDAY: Final = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
"""10:00 in Rīga."""
PROPOSED: Final = MONDAY + timedelta(days=3)
OTHER: Final = PROPOSED + timedelta(days=1)
AFTER: Final = OTHER + timedelta(hours=3)
"""Every appointment of these tests is over."""

TEXT: Final = "Kompass-101\n18–24 gadi\nLabprāt pēc pusdienām."
PASSED_ON: Final = PassedOn("Kompass-101", "18_28", "LV-067", Language.LV, "talk", "Labprāt pēc pusdienām.", "Marta")
ILZE: Final = Address("Ilze", Language.LV, person_id=3)

Act = Callable[[Referral, Sides, datetime], Moved | Refusal]


def referral(
    state: State,
    *,
    proposals: Proposals | None = None,
    reminded: int = 0,
    at: datetime | None = None,
    provider: Said | None = None,
    youth: Said | None = None,
) -> Referral:
    """A referral in that state as it would stand on Monday; its appointment is on Thursday, or `at`."""
    agreed = state is not State.DRAFT
    return Referral(
        id=1,
        case_id=1,
        kind=Kind.PSYCHOLOGIST,
        state=state,
        requested_by=2,
        to=ILZE,
        passed_on=PASSED_ON,
        texts={Language.LV: TEXT},
        text_hash=hash_of(TEXT) if agreed else None,
        proposals=proposals,
        meeting=Meeting(at=at or PROPOSED) if state is State.IN_PROGRESS else Meeting(),
        reason=None,
        outcome=None,
        opened_at=MONDAY,
        changed_at=MONDAY,
        next_at=None,
        reminded=reminded,
        provider_said=provider,
        youth_said=youth,
    )


BY_ILZE: Final = Proposals(Side.RECEIVER, (PROPOSED,))
BY_ANNA: Final = Proposals(Side.YOUTH, (OTHER,))

ACTS: Final[dict[str, Act]] = {
    "strike": partial(rules.strike, line=Line.WISH),
    "agree": partial(rules.agree, shown=hash_of(TEXT)[:12]),
    "agree before the guardian": partial(rules.agree, shown=hash_of(TEXT)[:12], guardian_missing=True),
    "release": rules.release,
    "refuse": rules.refuse,
    "override": partial(rules.override, reason="apdraudēts bērns", is_child=True),
    "receive": rules.receive,
    "accept": rules.accept,
    "decline": partial(rules.decline, reason=Decline.AGE),
    "receiver proposes": partial(rules.propose, side=Side.RECEIVER, times=BY_ILZE.times),
    "youth proposes": partial(rules.propose, side=Side.YOUTH, times=BY_ANNA.times),
    **{
        f"{side.value} answers {choice.value}": partial(
            rules.choose, side=side, minute=rules.minute_of(offered.times[0]), choice=choice
        )
        for side, offered in ((Side.YOUTH, BY_ILZE), (Side.RECEIVER, BY_ANNA))
        for choice in Choice
    },
    "receiver calls off": partial(rules.call_off, side=Side.RECEIVER),
    "youth calls off": partial(rules.call_off, side=Side.YOUTH),
    "describe": partial(rules.describe, meeting=Meeting(place="Brīvības iela 1", spoken=Language.UK)),
    **{f"receiver says {said.value}": partial(rules.say, side=Side.RECEIVER, said=said) for said in Said},
    **{f"youth says {said.value}": partial(rules.say, side=Side.YOUTH, said=said) for said in Said},
    "goes on": partial(rules.goes_on, said=Said.HELPED),
    "it took place": partial(rules.resolve, took_place=True),
    "it did not": partial(rules.resolve, took_place=False),
    "withdraw": rules.withdraw,
    "give up": partial(rules.give_up, silent=True),
}
"""Everything anybody may try."""

ACTORS: Final[dict[str, frozenset[Side]]] = {
    act: (
        frozenset({Side.YOUTH, Side.REFERRER})
        if act == "withdraw"
        else frozenset({Side.REFERRER})
        if act in ("override", "release", "it took place", "it did not", "give up")
        else frozenset({Side.YOUTH})
        if act in ("strike", "agree", "agree before the guardian", "refuse") or act.startswith("youth")
        else frozenset({Side.RECEIVER})
    )
    for act in ACTS
}
"""Whose each of them is."""
