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
    zone: str | None = None
    """The name of the time zone they live by; None: the programme's own."""

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
        "people.shelf",
        "people.languages",
        "/zone",
        "people.zone",
        "people.set_zone",
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
        "events.ticket",
        "events.rate",
        "events.question",
        "events.mute_news",
        "events.invitation",
        "events.answer",
        "events.cannot_come",
        "events.sessions",
        "events.sign_up",
        "events.agree",
        "events.needs",
        "events.no_needs",
        "events.travel",
        "events.map",
        "events.get_file",
        "events.add_to_calendar",
        "events.feed",
        "events.new_feed",
        "events.end_feed",
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

_WITH_OTHERS: Final = frozenset(
    {
        # partnerships
        "/partners",
        "partnerships.hub",
        "partnerships.wishes",
        "partnerships.begin",
        "partnerships.ask",
        "partnerships.field",
        "partnerships.country",
        "partnerships.language",
        "partnerships.leave",
        "partnerships.wish",
        "partnerships.publish",
        "partnerships.close",
        "partnerships.still",
        "partnerships.match",
        "partnerships.say",
        "partnerships.slots",
        "partnerships.offer",
        "partnerships.for",
        "partnerships.place",
        "partnerships.when",
        "partnerships.length",
        "partnerships.slot",
        "partnerships.book",
        "partnerships.about",
        "partnerships.give_back",
        "partnerships.call_off",
        "partnerships.came",
        "partnerships.notes",
        "partnerships.note",
        "partnerships.begin_note",
        "partnerships.note_title",
        "partnerships.note_text",
        "partnerships.note_link",
        "partnerships.retire",
    }
)
"""Everybody of the staff who works with young people: partners for projects, hours of experts, practice notes."""

_STAFF: Final = frozenset(
    {
        # staff
        "staff.name",
        # events: what was answered before
        "/faq",
        "events.faq",
        "staff.rename",
        # networks
        "/network",
        "networks.list",
        "networks.open",
        "networks.members",
        "networks.leave",
        "networks.stand",
        "networks.join",
        "networks.organization",
        "networks.topics",
        "networks.propose",
        "networks.vote",
        "networks.my_topics",
        "networks.drop_topic",
        "networks.opinions",
        "networks.answer",
        "networks.country",
        "networks.region",
        "networks.place",
        "networks.history",
        "networks.table",
        "networks.map",
        "networks.paper",
        "networks.get_paper",
        # events
        "events.news",
        "events.toggle_news",
    }
)
"""Everybody of the staff: what they are called, the networks they are in, what is known of municipalities."""

_GUIDE: Final = frozenset(
    {
        # programme
        "programme.pauses",
        "programme.extend",
        "programme.closing_talk",
        "programme.results",
        "programme.result",
        "programme.result_keep",
        "programme.deputies",
        "programme.deputy",
        "programme.end_deputy",
        "programme.hand_read",
        "programme.hours",
        "programme.hours_of",
        "programme.add_hours",
        "programme.change_hours",
        "programme.drop_hours",
        "programme.month_sheet",
        "programme.goals",
        "programme.add_goal",
        "programme.templates",
        "programme.template",
        "programme.goal",
        "programme.word_goal",
        "programme.move_goal",
        "programme.drop_goal",
        "programme.measures",
        "programme.add_step",
        "programme.step",
        "programme.word_step",
        "programme.unword_step",
        "programme.step_days",
        "programme.step_day",
        "programme.helpers",
        "programme.helper",
        "programme.move_step",
        "programme.drop_step",
        "programme.take_up_step",
        "programme.mark_step",
        "programme.lay",
        "programme.read_plan",
        "programme.topic",
        "programme.mark",
        "programme.their_words",
        "programme.begin",
        "programme.start",
        # hours
        "/hours",
        # safety
        "safety.plan",
        "safety.level",
        "safety.write_plan",
        # checkins
        "checkins.why",
        "checkins.rhythm",
        "/today",
        "checkins.today",
        "checkins.mood",
        "checkins.snooze",
        "checkins.slots",
        "checkins.slot_day",
        "checkins.send_slots",
        "checkins.part",
        "checkins.task_done",
        "/digest",
        "checkins.digest",
        "checkins.set_digest",
        "checkins.open",
        "checkins.record",
        "checkins.minutes",
        "checkins.other_time",
        "checkins.skip_time",
        "checkins.note",
        "checkins.no_note",
        "checkins.move",
        "checkins.move_to",
        "checkins.rest",
        "checkins.wake",
        # referrals
        "/refer",
        "referrals.refer",
        "referrals.kind",
        "referrals.override",
        "referrals.override_sure",
    }
)
"""Mentors and programme leads, who guide young people: check-ins, plans, hours, referrals."""

_LOOK_AFTER: Final = frozenset(
    {
        # events
        "events.permission",
        # programme
        "programme.rehearse_case",
        "/cases",
        "programme.cases",
        "programme.case",
        "programme.profile",
        "programme.history",
        # safety
        "safety.take",
        "safety.close",
        "safety.write",
        # referrals
        "referrals.receiver",
        "referrals.note",
        "referrals.ask",
        "referrals.sent",
        "referrals.closed_sent",
        "referrals.show_sent",
        "referrals.take_back",
        "referrals.give_up",
        "referrals.resolve",
        "referrals.introduce",
        "referrals.offer_window",
        "referrals.guardian",
        "referrals.guardian_form",
        "referrals.guardian_day",
        "referrals.talk_first",
    }
)
"""Those and coordinators: cases, who asked for a person, and what somebody asked for apart from their mentor."""

_PAUSE: Final = frozenset(
    {
        # programme
        "programme.pause",
        "programme.pause_later",
        "programme.pause_until",
        "programme.pause_end",
        # checkins
        "/why",
    }
)
"""A young person's own time frame, which they and whoever guides them may move."""

_ANSWER_FOR: Final = frozenset(
    {
        # programme
        "/limits",
        "programme.limits",
        "programme.set_limits",
        "programme.hand_over",
        "programme.hand_to",
        "programme.hand_note",
        "programme.hand_all",
        "programme.wish",
        "programme.wish_talk",
        "programme.wish_no",
        "programme.rehearse",
        "programme.mentors",
        "programme.assign",
        "programme.places",
        "programme.place",
        "programme.ended",
        "/snapshots",
        # figures
        "/figures",
        # outreach
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
        "/directory",
        "directory.register",
        "directory.register_region",
        "directory.partners",
        "directory.partner",
        "directory.service",
        # referrals
        "/referral_report",
        "referrals.report",
        "referrals.report_file",
        # blocks
        "/block",
        "blocks.open",
        "blocks.typed",
        "blocks.reason",
        "blocks.block",
        "blocks.lift",
    }
)
"""Leads and coordinators, who answer for a municipality."""

_SET_DAYS: Final = frozenset(
    {
        # staff
        "staff.team",
        "staff.take_role",
        # blocks
        "blocks.decide",
        # checkins
        "/dayoff",
        "checkins.days_off",
        "checkins.add_day",
        "checkins.name_day",
        "checkins.unnamed_day",
        "checkins.remove_day",
    }
)
"""Those and administrators: days off, who is in the team, appeals."""

_INVITE: Final = frozenset(
    {
        # staff
        "/invite",
        "staff.invite",
        "staff.role",
        "staff.region",
        "staff.place",
        "staff.kind",
    }
)
"""Who brings others into the team."""

_RECEIVE: Final = frozenset(
    {
        # directory
        "/full",
        "directory.fullness",
        # referrals
        "referrals.inbox",
        "referrals.closed_inbox",
        "referrals.open",
        "referrals.accept",
        "referrals.ask_time",
        "referrals.send_times",
        "referrals.take_time",
        "referrals.describe",
        "referrals.described",
        "referrals.describe_alike",
        "referrals.ask_reason",
        "referrals.decline",
        "referrals.call_off",
        "referrals.complete",
        "referrals.ask_another",
        "referrals.goes_on",
        "referrals.about_me",
    }
)
"""Specialists and partners: what is referred to them."""

_KEEP_RIGHT: Final = frozenset(
    {
        # directory
        "directory.check",
        "directory.full",
        "directory.full_until",
        "directory.takes_again",
    }
)
"""Specialists, partners and coordinators: whether an entry of the directory is right, and whether somebody is taken."""

_SEARCH: Final = frozenset(
    {
        # directory
        "/find",
        "directory.find",
        "directory.found",
        "directory.find_region",
        "directory.find_place",
    }
)
"""Mentors, leads, coordinators and partners: who offers what kind of help."""

_REPORT: Final = frozenset(
    {
        # safety
        "/report",
        "safety.report",
        "safety.reported",
    }
)
"""Whoever works with young people: danger to a child is reported the same day."""

_REFERRED: Final = frozenset(
    {
        # referrals
        "/referrals",
        "referrals.write",
        "referrals.close_window",
    }
)
"""Whoever takes part in referrals: one's own list of them, and the window for three."""

_YOUTH: Final = frozenset(
    {
        # events: to look for oneself
        "events.nearby",
        "events.open_regions",
        "events.open_places",
        "events.keep_place",
        "events.look_at",
        "events.by_partner",
        "events.mute",
        "events.unmute",
        "events.muted",
        "events.open_news",
        # programme
        "programme.my_pauses",
        "programme.result_said",
        "programme.result_better",
        "programme.another",
        "programme.another_words",
        "programme.another_send",
        "programme.another_drop",
        "programme.meeting",
        "programme.my_profile",
        "programme.my_words",
        "programme.share_words",
        "programme.talk",
        # safety
        "safety.ask",
        "safety.agree",
        "safety.with_words",
        "safety.call_off",
        "safety.write_back",
        "safety.my_plan",
        # outreach
        "/invite_friend",
        "outreach.friend",
        # checkins
        "/plan",
        "checkins.plan",
        "checkins.take_slot",
        "checkins.none_suits",
        "checkins.my_goal",
        "checkins.tick",
        "/plans",
        "checkins.plans",
        "checkins.talk",
        "checkins.talk_times",
        "checkins.talk_to",
        "checkins.stops",
        "checkins.pulses",
        "checkins.nudge",
        "checkins.pulse_words",
        "checkins.share",
        "checkins.silence",
        "checkins.pulse",
        "checkins.skip_pulse",
        # people
        "people.withdraw",
        "people.about_pictures",
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
        "referrals.agree",
        "referrals.refuse",
        "referrals.preview",
        "referrals.strike",
        "referrals.ask_for",
        "referrals.ask_with",
        "referrals.ask_help",
        "referrals.drop_request",
        "referrals.time",
        "referrals.my_times",
        "referrals.send_my_times",
        "referrals.cannot_come",
        "referrals.mine",
        "referrals.show_mine",
        "referrals.withdraw_mine",
        "referrals.say_mine",
        "referrals.say_earlier",
        "referrals.agree_to_window",
        "referrals.no_window",
    }
)

_MENTOR: Final = frozenset(
    {
        # programme
        "programme.meet",
        "programme.propose",
        # checkins
        "/calendar",
        "checkins.new_feed",
        "checkins.end_feed",
        "checkins.trend",
        "checkins.words",
    }
)

_LEAD: Final = frozenset(
    {
        # programme
        "programme.extension",
        "programme.extended",
        "programme.ending",
        "programme.aftercare",
        "programme.thin_out",
        "programme.keep_open",
        "programme.team_hours",
        "programme.approve",
        "programme.send_back",
        "programme.guardian",
        "programme.elsewhere",
        "programme.outcome",
        "programme.end",
        "programme.check",
        "programme.take_back",
        "programme.not_now",
        "programme.reopen",
        "programme.snapshot",
        "programme.fill",
        "programme.keep",
        "programme.duplicate",
        "programme.different",
        "programme.same",
    }
)

_PARTNER: Final = frozenset(
    {
        # outreach
        "/pass_on",
        "outreach.pass_on",
        "outreach.make_link",
    }
)

_COORDINATOR: Final = frozenset(
    {
        # directory
        "directory.add_partner",
        "directory.name_partner",
        "directory.change_partner",
        "directory.partner_field",
        "directory.partner_clear",
        "directory.partner_kind",
        "directory.owner",
        "directory.retire_partner",
        "directory.bring_partner",
        "directory.add_service",
        "directory.name_service",
        "directory.change_service",
        "directory.service_field",
        "directory.service_clear",
        "directory.service_kind",
        "directory.offer",
        "directory.spoken",
        "directory.ages",
        "directory.reach",
        "directory.online",
        "directory.answers",
        "directory.reads",
        "directory.retire_service",
        "directory.bring_service",
        "directory.agreements",
        "directory.agree",
        "directory.agree_kind",
        "directory.agree_from",
        "directory.agree_until",
        "directory.agreed",
        "directory.agreement",
        "directory.agree_end",
        "directory.agree_drop",
        "/exchange",
        "directory.exchange",
        "directory.send_out",
        "directory.take_in",
        "directory.take_over",
        "directory.leave_it",
        # safety
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
        # networks
        "networks.found",
        "networks.found_there",
        "networks.name",
        "networks.rename",
        "networks.close",
        "networks.hand_over",
        "networks.hand_to",
        "networks.remove",
        "networks.add",
        "networks.add_region",
        "networks.add_from",
        "networks.add_person",
        "networks.link",
        "networks.end_vote",
        "networks.meet",
        "networks.ask",
        "networks.deadline",
        "networks.send",
        "networks.discard",
        "networks.opinion",
        "networks.sheet",
        "networks.note",
        "networks.add_paper",
        "networks.name_paper",
        "networks.retire_paper",
        # events
        "/event",
        "events.write",
        "events.write_anew",
        "events.begin",
        "/cycles",
        "events.cycles",
        "events.new_cycle",
        "events.typed_cycle",
        "events.cycle",
        "events.cycle_ask_dates",
        "events.cycle_ask_title",
        "events.cycle_end",
        "events.cycle_typed_dates",
        "events.cycle_dates",
        "events.cycle_ask_lands",
        "events.cycle_typed_lands",
        "events.cycle_lands",
        "events.pick_cycle",
        "events.choose_cycle",
        "events.edit_sessions",
        "events.typed_sessions",
        "events.drop_session",
        "events.earlier",
        "events.copy",
        "events.more",
        "events.detail",
        "events.detail_typed",
        "events.detail_pick",
        "events.detail_switch",
        "events.detail_drop",
        "events.free",
        "events.quota",
        "events.quota_typed",
        "events.quota_drop",
        "events.spot",
        "events.after",
        "events.choose_kind",
        "events.kind",
        "events.news_of",
        "events.import",
        "events.template",
        "events.take_in",
        "events.leave_file",
        "events.drafts",
        "events.files",
        "events.add_file",
        "events.name_file",
        "events.drop_file",
        "events.organisers",
        "events.partners",
        "events.add_partner",
        "events.type_organiser",
        "events.drop_organiser",
        "events.choose_first",
        "events.ask",
        "events.typed",
        "events.typed_when",
        "events.pick_hour",
        "events.sure_when",
        "events.drop_language",
        "events.discard",
        "events.places",
        "events.region",
        "events.place",
        "events.toggle",
        "events.whole_region",
        "events.cuts",
        "events.cut",
        "events.everybody",
        "events.with_language",
        "events.with_standing",
        "events.with_interest",
        "events.ages",
        "events.with_network",
        "events.with_earlier",
        "events.preview",
        "events.send_to_me",
        "events.sample",
        "events.ask_send",
        "events.send",
        "events.list",
        "events.open",
        "events.guests",
        "events.shown_needs",
        "events.seats",
        "events.ask_seats",
        "events.set_seats",
        "events.door",
        "events.guest_list",
        "events.tick",
        "events.count_unnamed",
        "events.door_code",
        "events.let_in",
        "events.results",
        "events.draw_results",
        "events.questions",
        "events.show_question",
        "events.answer_question",
        "events.choose_next",
        "events.bring_to",
        "events.share_answer",
        "events.stop",
        "events.ask_send_at",
        "events.send_at",
        "events.send_at_typed",
        "events.look",
        "events.approve",
        "events.return",
        "events.return_why",
        "events.withdraw",
        "events.ask_resume",
        "events.resume",
        "events.cancel",
        "events.cancel_series",
        "events.series",
        "events.ask_why",
        "events.typed_why",
        "events.cancel_with_reason",
        "events.change",
        "events.ask_change",
        "events.typed_change",
        "events.clear_change",
        "events.drop_change",
        "events.review_change",
        "events.tell_change",
        "events.look_at_change",
        "events.tell_handed",
        "events.return_change",
        "events.return_change_why",
        "events.take_back_change",
    }
)

_DATA_OFFICER: Final = frozenset(
    {
        # accesses
        "/access_log",
        "accesses.ask",
        "accesses.typed",
        "accesses.page",
        "accesses.file",
    }
)

MAY: Final[dict[Role, frozenset[str]]] = {
    Role.YOUTH: _YOUTH | _PAUSE | _REFERRED,
    Role.MENTOR: _MENTOR | _SEARCH | _STAFF | _WITH_OTHERS | _GUIDE | _LOOK_AFTER | _PAUSE | _REPORT | _REFERRED,
    Role.LEAD: _LEAD
    | _SEARCH
    | _STAFF
    | _WITH_OTHERS
    | _GUIDE
    | _LOOK_AFTER
    | _PAUSE
    | _ANSWER_FOR
    | _SET_DAYS
    | _REPORT
    | _REFERRED,
    Role.SPECIALIST: _STAFF | _WITH_OTHERS | _RECEIVE | _KEEP_RIGHT | _REPORT | _REFERRED,
    Role.PARTNER: _PARTNER | _SEARCH | _STAFF | _WITH_OTHERS | _RECEIVE | _KEEP_RIGHT | _REPORT | _REFERRED,
    Role.COORDINATOR: (
        _COORDINATOR
        | _SEARCH
        | _STAFF
        | _WITH_OTHERS
        | _LOOK_AFTER
        | _ANSWER_FOR
        | _SET_DAYS
        | _INVITE
        | _KEEP_RIGHT
        | _REPORT
        | _REFERRED
    ),
    Role.DATA_OFFICER: _DATA_OFFICER | _STAFF,
    Role.ADMIN: _STAFF | _SET_DAYS | _INVITE,
}
