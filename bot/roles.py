"""Who may do what: every role with the action tags and commands that it may use, on one page.

`bot.dispatch` asks `Person.may` on every press and every command, each time, from the database's own roles. Whether the
record behind the button is theirs is asked again by the handler. What is on no list is allowed to nobody.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.words import Language


class Role(StrEnum):
    """What somebody is to the programme. A person may be several at once; without any, they are a young person."""

    YOUTH = "youth"
    MENTOR = "mentor"
    LEAD = "lead"
    SPECIALIST = "specialist"
    PARTNER = "partner"
    COORDINATOR = "coordinator"
    DATA_OFFICER = "data_officer"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held in one municipality (ISO 3166-2 code), or in the whole country where there is none."""

    role: Role
    municipality: str | None = None
    speciality: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who talks with the bot. Their Telegram number is not here: handlers have no use for it."""

    id: int
    language: Language
    code_name: str
    name: str | None = None
    municipality: str | None = None
    grants: frozenset[Grant] = frozenset()
    discreet: bool = False
    """Whether what is written to them begins with words that anybody may see on a locked screen."""

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(grant.role for grant in self.grants) or frozenset({Role.YOUTH})

    @property
    def is_youth(self) -> bool:
        return not self.grants

    def may(self, tag: str) -> bool:
        """Whether any of this person's roles may use the action or command with that tag."""
        return tag in EVERYBODY or any(tag in MAY[role] for role in self.roles)

    def holds(self, role: Role, municipality: str | None) -> bool:
        """Whether they hold that role for that municipality; a role for the whole country covers every one."""
        return any(g.role is role and g.municipality in (None, municipality) for g in self.grants)


EVERYBODY: Final[frozenset[str]] = frozenset(
    {
        # people
        "/start",
        "/menu",
        "/language",
        "/privacy",
        "/help",
        "people.language",
        "people.menu",
        "people.languages",
        "people.resume",
        "/mydata",
        "/forget",
        "people.privacy",
        "people.terms",
        "people.mydata",
        "people.forget",
        # safety
        "safety.card",
        # events: whoever was invited may answer
        "/events",
        "events.mine",
        "events.invitation",
        "events.answer",
        # directory
        "/contacts",
        "directory.contacts",
        "directory.elsewhere",
        "directory.region",
        "directory.place",
        "directory.map",
        "directory.ask",
        "directory.ask_by_name",
    }
)

_YOUTH: Final = frozenset(
    {
        # safety
        "safety.ask",
        "safety.agree",
        "safety.with_words",
        "safety.call_off",
        "safety.write_back",
        "safety.my_plan",
        # programme
        "programme.meeting",
        "programme.talk",
        # outreach
        "/invite_friend",
        "outreach.friend",
        # checkins
        "/plan",
        "checkins.plan",
        "checkins.pulse",
        "checkins.skip_pulse",
        # people
        "people.withdraw",
        "people.give",
        "people.consents",
        "people.notice",
        "people.keep",
        "/discreet",
        "/hide",
        "people.discreet",
        "people.set_discreet",
        "people.hide",
        # blocks
        "blocks.appeal",
        # screening
        "screening.begin",
        "screening.not_now",
        "screening.continue",
        "screening.give",
        "screening.typed",
        "screening.place",
        "screening.answers",
        "screening.change",
        "screening.quiet",
        "screening.child",
        "screening.back",
        "screening.stop",
        "screening.over",
        "screening.outcome",
        "screening.correct",
        "screening.closer",
        "screening.talk",
        "screening.let_write",
        # referrals
        "/referrals",
        "referrals.agree",
        "referrals.refuse",
        "referrals.time",
        "referrals.mine",
        "referrals.show_mine",
        "referrals.withdraw_mine",
    }
)

_MENTOR: Final = frozenset(
    {
        # safety
        "safety.take",
        "safety.close",
        "safety.write",
        "/report",
        "safety.report",
        "safety.reported",
        "safety.plan",
        "safety.level",
        "safety.write_plan",
        # staff
        "staff.name",
        "staff.rename",
        # programme
        "/cases",
        "programme.cases",
        "programme.case",
        "programme.meet",
        "programme.begin",
        "programme.start",
        "programme.propose",
        # checkins
        "/today",
        "checkins.today",
        "checkins.open",
        "checkins.record",
        "checkins.minutes",
        "checkins.other_time",
        "checkins.skip_time",
        "checkins.note",
        "checkins.no_note",
        "checkins.move",
        "checkins.move_to",
        # referrals
        "/refer",
        "/referrals",
        "referrals.refer",
        "referrals.kind",
        "referrals.receiver",
        "referrals.note",
        "referrals.ask",
        "referrals.sent",
        "referrals.show_sent",
        "referrals.take_back",
        "referrals.give_up",
    }
)

_LEAD: Final = frozenset(
    {
        # safety
        "safety.take",
        "safety.close",
        "safety.write",
        "/report",
        "safety.report",
        "safety.reported",
        "safety.plan",
        "safety.level",
        "safety.write_plan",
        # figures
        "/figures",
        "outreach.figures",
        "outreach.all_figures",
        "outreach.place_figures",
        # directory
        "/contact_card",
        "directory.cards",
        "directory.cards_region",
        "directory.card",
        "directory.field",
        "directory.leave_out",
        # staff
        "staff.name",
        "staff.rename",
        # blocks
        "/block",
        "blocks.open",
        "blocks.typed",
        "blocks.reason",
        "blocks.block",
        "blocks.lift",
        "blocks.decide",
        # programme
        "/cases",
        "programme.cases",
        "programme.case",
        "programme.mentors",
        "programme.assign",
        "programme.places",
        "programme.place",
        "programme.begin",
        "programme.guardian",
        "programme.start",
        "programme.elsewhere",
        "programme.outcome",
        "programme.end",
        # checkins
        "/today",
        "checkins.today",
        "checkins.open",
        "checkins.record",
        "checkins.minutes",
        "checkins.other_time",
        "checkins.skip_time",
        "checkins.note",
        "checkins.no_note",
        "checkins.move",
        "checkins.move_to",
        "/dayoff",
        "checkins.days_off",
        "checkins.add_day",
        "checkins.name_day",
        "checkins.unnamed_day",
        "checkins.remove_day",
        # referrals
        "/refer",
        "/referrals",
        "referrals.refer",
        "referrals.kind",
        "referrals.receiver",
        "referrals.note",
        "referrals.ask",
        "referrals.sent",
        "referrals.show_sent",
        "referrals.take_back",
        "referrals.give_up",
    }
)

_SPECIALIST: Final = frozenset(
    {
        # safety
        "/report",
        "safety.report",
        "safety.reported",
        # staff
        "staff.name",
        "staff.rename",
        # referrals
        "/referrals",
        "referrals.inbox",
        "referrals.open",
        "referrals.accept",
        "referrals.ask_time",
        "referrals.propose",
        "referrals.ask_reason",
        "referrals.decline",
        "referrals.call_off",
        "referrals.complete",
    }
)

_PARTNER: Final = _SPECIALIST

_COORDINATOR: Final = frozenset(
    {
        # safety
        "safety.take",
        "safety.close",
        "safety.write",
        "/report",
        "safety.report",
        "safety.reported",
        "/drill",
        "safety.drill",
        "safety.start_drill",
        "/help_lines",
        "safety.lines",
        "safety.line",
        "safety.add_line",
        "safety.line_number",
        "safety.line_hours",
        "safety.line_language",
        "safety.line_ages",
        "safety.line_checked",
        "safety.remove_line",
        # figures
        "/figures",
        "outreach.figures",
        "outreach.all_figures",
        "outreach.place_figures",
        # directory
        "/contact_card",
        "directory.cards",
        "directory.cards_region",
        "directory.card",
        "directory.field",
        "directory.leave_out",
        # staff
        "staff.name",
        "staff.rename",
        # blocks
        "/block",
        "blocks.open",
        "blocks.typed",
        "blocks.reason",
        "blocks.block",
        "blocks.lift",
        "blocks.decide",
        # programme
        "/cases",
        "programme.cases",
        "programme.case",
        "programme.mentors",
        "programme.assign",
        "programme.places",
        "programme.place",
        # outreach
        "/sources",
        "outreach.sources",
        "outreach.source",
        "outreach.new",
        "outreach.region",
        "outreach.place",
        "outreach.kind",
        "outreach.language",
        "outreach.name",
        "outreach.ask_rename",
        "outreach.rename",
        "outreach.switch",
        "outreach.choose",
        "outreach.poster",
        "outreach.code",
        # checkins
        "/dayoff",
        "checkins.days_off",
        "checkins.add_day",
        "checkins.name_day",
        "checkins.unnamed_day",
        "checkins.remove_day",
        # staff
        "/invite",
        "staff.invite",
        "staff.role",
        "staff.region",
        "staff.place",
        "staff.kind",
        # events
        "/event",
        "events.write",
        "events.write_anew",
        "events.begin",
        "events.choose_first",
        "events.ask",
        "events.typed",
        "events.typed_when",
        "events.pick_hour",
        "events.drop_language",
        "events.discard",
        "events.places",
        "events.region",
        "events.place",
        "events.toggle",
        "events.preview",
        "events.send_to_me",
        "events.sample",
        "events.ask_send",
        "events.send",
        "events.list",
        "events.open",
        "events.stop",
        "events.cancel",
    }
)

_DATA_OFFICER: Final = frozenset(
    {
        # staff
        "staff.name",
        "staff.rename",
        # accesses
        "/access_log",
        "accesses.ask",
        "accesses.typed",
        "accesses.page",
        "accesses.file",
    }
)

_ADMIN: Final = frozenset(
    {
        # staff
        "staff.name",
        "staff.rename",
        # blocks: decides where no other coordinator is there
        "blocks.decide",
        # checkins
        "/dayoff",
        "checkins.days_off",
        "checkins.add_day",
        "checkins.name_day",
        "checkins.unnamed_day",
        "checkins.remove_day",
        # staff
        "/invite",
        "staff.invite",
        "staff.role",
        "staff.region",
        "staff.place",
        "staff.kind",
    }
)

MAY: Final[dict[Role, frozenset[str]]] = {
    Role.YOUTH: _YOUTH,
    Role.MENTOR: _MENTOR,
    Role.LEAD: _LEAD,
    Role.SPECIALIST: _SPECIALIST,
    Role.PARTNER: _PARTNER,
    Role.COORDINATOR: _COORDINATOR,
    Role.DATA_OFFICER: _DATA_OFFICER,
    Role.ADMIN: _ADMIN,
}
