"""The page as HTML: Jinja templates that escape everything, one style, no script, in the reader's language."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.calendar import Hours
from bot.referrals import rules, screens
from bot.referrals.appointment import screens_times, times
from bot.referrals.referral import MOST_TIMES, Circle, Decline, Kind, Said, Side, State
from bot.texts import Texts
from bot.web.guard import Fields
from bot.web.notices import Notice
from bot.web.partner_forms import LONGEST_PLACE, ROWS, version_of
from bot.words import Fact, Language, Phrase, phrase

TEMPLATES: Final = Path(__file__).resolve().parent / "templates"
STYLE: Final = (TEMPLATES / "page.css").read_text("utf-8").strip()
STYLE_HASH: Final = b64encode(sha256(STYLE.encode()).digest()).decode()
"""How the policy of the page names its one style."""

KEYS: Final = "referrals.staff.page."
"""What the keys that stand in templates begin with."""

_FILE: Final = "PROTI-un-DARI.ics"
_MAY_DECLINE: Final = (State.RECEIVED, State.ACCEPTED)
_MAY_PROPOSE: Final = (State.RECEIVED, State.ACCEPTED, State.IN_PROGRESS)


@dataclass(frozen=True, slots=True)
class Sight:
    """All that the page of an opened referral shows, as it stands at `now`."""

    circle: Circle
    now: datetime
    zone: ZoneInfo
    suggested: tuple[datetime, ...]
    full_until: date | None
    introduced: bool
    """Whether the young person was told about the receiver (`bot.referrals.together.chat_introductions`)."""


def suggested(now: datetime, hours: Hours) -> tuple[datetime, ...]:
    """The times (UTC) that are offered to be ticked: one on each day, each at another hour."""
    return times.suggested(now, hours)[:: MOST_TIMES + 1]


@cache
def _templates() -> Environment:
    """Compiled once for the life of the process."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals["style"] = STYLE
    return made


class Pages:
    """Makes every page there is; what it is given is escaped, wherever it stands."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._texts = Texts(zone)
        self._own_names = [
            (one.value, self._texts.plain(phrase(f"people.any.button.language_{one.value}"), one)) for one in Language
        ]

    def door(self, circle: Circle, language: Language) -> str:
        """Before it is opened: to whom it is addressed, and nothing of anybody."""
        referral = circle.referral
        return self._page(
            "door.html",
            language,
            receiver=referral.to.name,
            seen=version_of(referral),
            is_new=referral.state is State.REQUESTED,
            may_be_wrong=referral.state in (State.REQUESTED, State.RECEIVED),
        )

    def referral(self, sight: Sight, language: Language, notice: Notice | None, typed: Fields) -> str:
        """The opened referral, and what its receiver may do with it now."""
        referral = sight.circle.referral
        begun = rules.has_begun(referral, sight.now)
        return self._page(
            "referral.html",
            language,
            referral=referral,
            text_language=referral.to.reads.value,
            state=screens.staff_state(referral),
            seen=version_of(referral),
            notice=notice and phrase(f"referrals.staff.page.notice.{notice.value}"),
            typed=_Typed(typed),
            agreed=referral.override_reason is None,
            may_accept=referral.state is State.RECEIVED,
            may_propose=referral.state in _MAY_PROPOSE and not begun,
            may_decline=referral.state in _MAY_DECLINE,
            may_describe=referral.state in (State.ACCEPTED, State.IN_PROGRESS) and not begun,
            details=screens_times.details_of(referral.meeting),
            may_call_off=referral.state is State.IN_PROGRESS and not begun,
            may_say=begun,
            mismatch=rules.is_mismatch(referral),
            file_name=_FILE,
            ours=_of(sight.circle, Side.RECEIVER),
            theirs=[(rules.minute_of(at), at) for at in _of(sight.circle, Side.YOUTH)],
            suggested=[(str(rules.minute_of(at)), at) for at in sight.suggested],
            rows=ROWS,
            today=sight.now.astimezone(sight.zone).date().isoformat(),
            reasons=[(one.value, phrase(f"referrals.staff.button.reason_{one.value}")) for one in Decline],
            sayings=[(said.value, _said(said, referral.kind)) for said in Said],
            said=None if referral.provider_said is None else _said(referral.provider_said, referral.kind),
            spoken=[(one.value, phrase(f"people.any.language.{one.value}")) for one in Language],
            longest_place=LONGEST_PLACE,
            has_entry=referral.to.service_id is not None,
            full_until=sight.full_until,
            introduced=sight.introduced,
        )

    def gone(self, state: State, language: Language, *, wrong: bool) -> str:
        """Closed, or never theirs: where things stand, and nothing of anybody."""
        why = "wrong" if wrong else state.value
        return self._page("gone.html", language, why=phrase(f"referrals.staff.page.over.{why}"))

    def expired(self, language: Language, *, sent: bool) -> str:
        """The link was good for a while; a new letter to the same address is one press away."""
        return self._page("expired.html", language, sent=sent)

    def plain(self, which: str, language: Language) -> str:
        """A page with a title and a few words: "unknown", "busy" or "refused"."""
        title, words = (phrase(f"referrals.staff.page.{which}.{part}") for part in ("title", "words"))
        return self._page("plain.html", language, title=title, words=words)

    def _page(self, template: str, language: Language, **shown: Any) -> str:
        said = self._words(language)
        told = {"lang": language.value, "own_names": self._own_names, "t": said[0], "say": said[1]}
        return _templates().get_template(template).render(**told, **shown)

    def _words(self, language: Language) -> tuple[Callable[..., str], Callable[[Phrase], str]]:
        """Words by the end of their key, and those of a phrase; plain, as the template escapes them."""

        def t(end: str, **facts: Fact) -> str:
            return self._texts.plain(Phrase(KEYS + end, facts), language)

        def say(what: Fact | str) -> str:
            return self._texts.fact(what, language)

        return t, say


class _Typed:
    """What was filled in, to be shown again where it could not be taken."""

    def __init__(self, fields: Mapping[str, list[str]]) -> None:
        self._fields = fields

    def __bool__(self) -> bool:
        return bool(self._fields)

    def get(self, name: str, otherwise: str | None = "") -> str:
        return self._fields.get(name, [otherwise or ""])[0]

    def has(self, name: str, value: str) -> bool:
        return value in self._fields.get(name, [])


def _of(circle: Circle, side: Side) -> tuple[datetime, ...]:
    proposals = circle.referral.proposals
    return proposals.times if proposals is not None and proposals.by is side else ()


def _said(said: Said, kind: Kind) -> Phrase:
    """A career consultant has helped where an aim is set."""
    aim = said is Said.HELPED and kind is Kind.CAREER_CONSULTANT
    return phrase(f"referrals.staff.page.said.{'aim' if aim else said.value}")
