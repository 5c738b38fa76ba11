"""The page of one's own data is made of whatever somebody once typed, and of codes that it tells in words."""

from datetime import date
from enum import Enum
from typing import Any

import pytest

from bot.blocks.rules import Reason
from bot.checkins.rules import State as CheckinState
from bot.checkins.rules import Way
from bot.directory.rules import municipalities
from bot.events.after.ratings import Rating
from bot.events.audience import Group
from bot.events.event import Reply, Seat, Via
from bot.networks.network import StandsFor
from bot.outreach.funnel import Stage as Reached
from bot.partnerships.wishes import Field, Side
from bot.people import codes, mydata
from bot.people.retention import DataClass
from bot.people.rules import Purpose
from bot.programme.afterwards.results import Answer, ResultKind, ResultState
from bot.programme.joining.meetings import MeetingAnswer
from bot.programme.joining.rhythms import Cadence
from bot.programme.mentors.wishes import Ending as WishEnding
from bot.programme.period.extending import ExtensionState
from bot.programme.period.pauses import PauseReason, PauseState
from bot.programme.planning.approvals import State as PlanState
from bot.programme.planning.goals import Helper, Measure, StepState
from bot.programme.rules import NotNow, Stage
from bot.programme.rules import Outcome as Ended
from bot.programme.tasks import Audience, TaskKind
from bot.programme.worked.hours import What
from bot.referrals.notices import Change
from bot.referrals.own_request.requests import RequestState
from bot.referrals.referral import Decline, Ending, Guardianship, Kind, Said, State
from bot.referrals.referral import Outcome as Closed
from bot.referrals.referral import Side as ReferralSide
from bot.roles import Role
from bot.safety.alerts import Kind as AlertKind
from bot.safety.alerts import Outcome as AlertOutcome
from bot.safety.alerts import State as AlertState
from bot.safety.plans import Level
from bot.safety.rules import Kind as Danger
from bot.screening.ages import Band
from bot.screening.questionnaire import Outcome
from bot.staff.rules import Speciality
from bot.texts import catalogue
from bot.words import Language, Phrase

KEPT: list[tuple[str, type[Enum]]] = [
    ("alerts.kind", AlertKind), ("alerts.outcome", AlertOutcome), ("alerts.state", AlertState),
    ("blocks.reason", Reason), ("case_stages.stage", Stage), ("cases.meeting_answer", MeetingAnswer),
    ("cases.outcome", Ended), ("cases.rhythm", Cadence), ("cases.screening_outcome", Outcome),
    ("cases.stage_reason", NotNow), ("checkins.state", CheckinState), ("checkins.way", Way),
    ("consents.purpose", Purpose), ("extensions.state", ExtensionState), ("grants.role", Role),
    ("grants.speciality", Speciality), ("help_card_shown.kind", Danger), ("hours.what", What),
    ("invitations.answer", Reply), ("invitations.audience_group", Group), ("invitations.rating", Rating),
    ("invitations.seat", Seat), ("invitations.via", Via), ("mentor_wishes.outcome", WishEnding),
    ("network_members.stands_for", StandsFor), ("partner_wishes.fields", Field), ("partner_wishes.side", Side),
    ("pauses.reason", PauseReason), ("pauses.state", PauseState), ("plan_decisions.state", PlanState),
    ("reached.stage", Reached), ("referral_requests.kind", Kind), ("referral_requests.state", RequestState),
    ("referral_states.change", Change), ("referral_states.side", ReferralSide), ("referrals.guardian", Guardianship),
    ("referrals.kind", Kind), ("referrals.outcome", Closed), ("referrals.reason", Decline),
    ("referrals.reason", Ending), ("referrals.state", State), ("referrals.youth_said", Said),
    ("results.answer", Answer), ("results.kind", ResultKind), ("results.state", ResultState),
    ("safety_plans.level", Level), ("screenings.outcome", Outcome), ("answers.age", Band), ("cases.age_band", Band),
    ("steps.helper", Helper), ("steps.kind", Measure), ("steps.state", StepState), ("tasks.audience", Audience),
    ("tasks.kind", TaskKind), ("warned.data_class", DataClass),
]  # fmt: skip


def told(table: str, **row: Any) -> list[dict[str, Any]]:
    (one,) = mydata.facts({table: [row]})["tables"]
    return one["rows"][0]


@pytest.mark.feature("X49")
@pytest.mark.parametrize("typed", ["2026-02-30", "2026-13-01T", "2026-02-28Tomorrow"])
def test_words_that_look_like_a_day_and_are_none_are_told_as_words(typed: str) -> None:
    assert told("blocks", appeal=typed)[0]["value"] == typed


def test_a_day_is_told_as_a_day() -> None:
    assert told("reached", week="2026-03-02")[0]["value"] == date(2026, 3, 2)


@pytest.mark.feature("C4")
@pytest.mark.parametrize(("column", "kept"), KEPT, ids=[f"{column}-{kept.__name__}" for column, kept in KEPT])
def test_whatever_code_is_kept_there_are_words_for_it(column: str, kept: type[Enum]) -> None:
    table, name = column.split(".")
    assert [one.value for one in kept if codes.words(table, name, one.value) is None] == []


@pytest.mark.feature("C4", "M4")
@pytest.mark.parametrize("language", Language)
def test_every_code_and_every_column_has_its_words_in_every_language(language: Language) -> None:
    known = catalogue(language).forms
    data = codes._data()
    keys = [f"people.any.column.{name}" for name in data["columns"]]
    keys += [f"{one['keys']}.{code.lower().replace('-', '_')}" for one in data["words"] for code in one["codes"]]
    assert [key for key in keys if key not in known] == []


def test_places_are_told_by_name() -> None:
    assert [one.code for one in municipalities() if codes.words("people", "municipality", one.code) is None] == []


@pytest.mark.feature("C4")
def test_answers_and_lists_are_told_in_words_too() -> None:
    (answers,) = told("screenings", answers={"age": "18_28", "status": "neither", "place": "LV-067"})
    assert [[phrase.key for phrase in one["value"]] for one in answers["value"]] == [
        ["programme.any.age.18_28"], ["screening.youth.button.status.neither"], ["directory.any.place.lv_067"]
    ]  # fmt: skip
    (fields,) = told("partner_wishes", fields=["sport", "work"])
    assert [phrase.key for said in fields["value"] for phrase in said] == [
        "partnerships.any.field.sport", "partnerships.any.field.work"
    ]  # fmt: skip


def test_several_codes_in_one_are_told_one_after_the_other() -> None:
    (viewer,) = told("accesses", viewer_id="lead and mentor")
    assert [phrase.key for phrase in viewer["value"]] == ["people.any.code.lead", "people.any.code.mentor"]


@pytest.mark.parametrize("typed", ["other", "yes", "open and lead"])
def test_what_somebody_wrote_stays_as_they_wrote_it_though_it_looks_like_a_code(typed: str) -> None:
    assert told("event_questions", question=typed)[0]["value"] == typed
    assert told("blocks", appeal=typed)[0]["value"] == typed


def test_what_has_no_word_is_told_last_and_nothing_is_left_out() -> None:
    row = told("people", telegram_id=7, code_name="Bura-101", discreet=True, feed_hash="abc")
    assert [cell["name"] for cell in row if cell["technical"]] == ["telegram_id", "feed_hash"]
    assert all(isinstance(cell["name"], Phrase) for cell in row if not cell["technical"])


def test_the_page_shows_words_before_technical_details_and_escapes_both() -> None:
    row = [
        {"name": "name", "value": "<b>", "technical": False},
        {"name": "things", "value": [{"name": "inner", "value": ["a", "<i>"], "technical": False}], "technical": False},
        {"name": "hash", "value": "<script>", "technical": True},
    ]
    told_all = {"title": "All", "technical": "Rest", "tables": [{"name": "You", "rows": [row]}]}
    content = mydata.page(told_all).attachments[0].content.decode()
    assert content.index("&lt;b&gt;") < content.index("<summary>Rest") < content.index("&lt;script&gt;")
    assert "<td>a, &lt;i&gt;" in content
    assert "<script>" not in content
