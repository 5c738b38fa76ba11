"""The whole schema on one page.

People are kept by a number of ours; their Telegram number stands in one column that only delivery reads. Whatever
belongs to a young person hangs on `people.id` with ON DELETE CASCADE, so `/forget` is one delete that leaves nothing.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.schema import SchemaItem

from bot.storage.columns import Moment, SharedJson

_LAPSES = text("expires_at IS NOT NULL")
_IS_ABROAD = text("zone IS NOT NULL")
_IN_A_CALENDAR = text("calendar_sequence IS NOT NULL")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _person(name: str, *, gone: str = "CASCADE", required: bool = True, index: bool = True) -> SchemaItem:
    """A reference to somebody; `gone` says what happens to the row when that person is erased."""
    return Column(name, ForeignKey("people.id", ondelete=gone), nullable=not required, index=index)


def _person_key(name: str) -> SchemaItem:
    """The same where there is one row a person."""
    return Column(name, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)


# --- people -----------------------------------------------------------------------------------------------------

people = Table(
    "people",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("telegram_id", BigInteger, nullable=False, unique=True),
    Column("language", String(2), nullable=False),
    Column("language_chosen", Boolean, nullable=False, default=False),
    Column("code_name", String(40), nullable=False, unique=True),
    Column("name", String(80)),  # staff only: the name they want to be called by
    Column("municipality", String(6)),  # ISO 3166-2 code, e.g. LV-067
    Column("source_id", ForeignKey("sources.id", ondelete="SET NULL")),
    Column("created_at", Moment, nullable=False),
    Column("unreachable_at", Moment),
    Column("commands", String(40)),  # a digest of the commands Telegram shows them; none: the ones of everybody
    Column("discreet", Boolean, nullable=False, default=False, server_default=false()),
    Column("notice_asked", String(20)),  # the hash of the privacy notice they were last asked about
    Column("zone", String(40)),  # their own time zone while they are abroad; none: the programme's
    Column("digest_hour", String(5)),  # staff: local wall clock of the morning digest; "off": none wanted
    Column("digest_at", Moment, index=True),  # staff: when the next digest goes out
    Column("feed_hash", String(64)),  # staff: hash of the secret in the address of their calendar feed
    Column("events_feed_hash", String(64)),  # hash of the secret in the address of the calendar of events they come to
    Column("about_me", String(300)),  # who receives referrals: their first words to a young person
    Index("ix_people_feed_hash", "feed_hash", unique=True),
    Index("ix_people_events_feed_hash", "events_feed_hash", unique=True),
    Index("ix_people_zone", "zone", sqlite_where=_IS_ABROAD),
    Index("ix_people_municipality", "municipality"),
)

grants = Table(
    "grants",
    metadata,
    Column("id", Integer, primary_key=True),
    _person("person_id"),
    Column("role", String(20), nullable=False),
    Column("municipality", String(6)),  # none: the whole country
    Column("speciality", String(30)),  # of a specialist or partner: a referral kind
    Column("granted_at", Moment, nullable=False),
    UniqueConstraint("person_id", "role", "municipality", "speciality"),
    Index("ix_grants_role_municipality", "role", "municipality"),
)

invites = Table(
    "invites",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("role", String(20), nullable=False),
    Column("municipality", String(6)),
    Column("speciality", String(30)),
    _person("invited_by", gone="SET NULL", required=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    _person("used_by", gone="SET NULL", required=False),
)

wrong_invites = Table(
    "wrong_invites",
    metadata,
    Column("id", Integer, primary_key=True),
    _person("person_id"),
    Column("at", Moment, nullable=False),
)

consents = Table(
    "consents",
    metadata,
    Column("id", Integer, primary_key=True),
    _person("person_id", index=False),
    Column("purpose", String(30), nullable=False),
    Column("version", String(20), nullable=False),
    Column("language", String(2), nullable=False),
    Column("given_at", Moment, nullable=False),
    Column("withdrawn_at", Moment),
    # Whether a consent stands is asked of a hundred thousand people at once: it is all in here.
    Index("ix_consents_person_id_purpose", "person_id", "purpose", "withdrawn_at"),
)

expected = Table(
    "expected",
    metadata,
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("data", String(64), nullable=False),  # a packed action: what the next text will mean
    Column("lapses_at", Moment, nullable=False),
)

sources = Table(
    "sources",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(64), nullable=False, unique=True),
    Column("municipality", String(6)),
    Column("created_at", Moment, nullable=False),
    Column("name", String(80)),  # what its coordinator calls it; none of a municipality's own link
    Column("kind", String(20)),
    Column("language", String(2)),  # whoever comes by it is asked in this one first
    Column("disabled_at", Moment),
)

passed_links = Table(
    "passed_links",  # a partner's links for one young person each: whether it was opened, never when or by whom
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(64), nullable=False, unique=True),
    Column("source_id", ForeignKey("sources.id", ondelete="CASCADE"), nullable=False),
    _person("made_by"),
    Column("opened", Boolean, nullable=False, default=False, server_default=false()),
)

reached = Table(
    "reached",  # how far somebody came; once they are erased, a bare count of a week
    metadata,
    Column("id", Integer, primary_key=True),
    _person("person_id", gone="SET NULL", required=False, index=False),
    Column("source_id", ForeignKey("sources.id", ondelete="SET NULL")),
    Column("stage", String(40), nullable=False),
    Column("week", Date, nullable=False),  # its Monday
    UniqueConstraint("person_id", "stage"),
    Index("ix_reached_source_id_stage_week", "source_id", "stage", "week"),
)

contact_cards = Table(
    "contact_cards",  # where a municipality's programme can be reached; offices, not people
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("office", String(120)),
    Column("phone", String(40)),
    Column("email", String(120)),
    Column("address", String(200)),
    Column("hours", String(200)),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("changed_at", Moment, nullable=False),
    _person("changed_by", gone="SET NULL", required=False, index=False),
)

blocks = Table(
    "blocks",
    metadata,
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("at", Moment, nullable=False),
    _person("by", gone="SET NULL", required=False, index=False),
    Column("reason", String(30), nullable=False),
    Column("until", Moment),  # none: until somebody lifts it
    Column("appeal", Text),
    Column("appealed_at", Moment),
    Column("decided_at", Moment),
)

accesses = Table(
    "accesses",  # who of the staff looked at what of whom
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    _person("viewer_id", gone="SET NULL", required=False, index=False),
    _person("youth_id", index=False),
    Column("what", String(40), nullable=False),
    Index("ix_accesses_youth_id_at", "youth_id", "at"),
)

warned = Table(
    "warned",  # who was told that something of theirs is about to be deleted
    metadata,
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("data_class", String(30), primary_key=True),
    Column("told_at", Moment, nullable=False),
    Column("delete_at", Moment, nullable=False, index=True),
)

heard = Table(
    "heard",  # numbers of what somebody in discreet mode wrote, to take it from their screen
    metadata,
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False, index=True),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False, index=True),
    Column("actor_id", Integer),  # no foreign key: the record outlives the person, as a bare number
    Column("action", String(40), nullable=False),
    Column("subject", String(20)),
    Column("subject_id", Integer),
)

days_off = Table(
    "days_off",
    metadata,
    Column("on", Date, primary_key=True),
    Column("name", String(80), nullable=False),
    _person("added_by", gone="SET NULL", required=False, index=False),
)

# --- first contact ----------------------------------------------------------------------------------------------

screenings = Table(
    "screenings",
    metadata,
    Column("id", Integer, primary_key=True),
    _person("person_id"),
    Column("version", String(20), nullable=False),
    Column("answers", JSON, nullable=False),
    Column("shown", String(20)),  # the question on their screen; none once it is finished
    Column("outcome", String(30)),
    Column("started_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("finished_at", Moment),
    Column("remind_at", Moment, index=True),  # left in the middle: ask once more whether they go on
    Column("reminded", Integer, nullable=False, default=0, server_default=text("0")),
    Index("ix_screenings_unfinished", "finished_at", "changed_at"),
)

questionnaires = Table(
    "questionnaires",  # versions brought in from a file; never changed afterwards
    metadata,
    Column("version", String(20), primary_key=True),
    Column("text", Text, nullable=False),
    Column("imported_at", Moment, nullable=False),
)

help_card_openings = Table(
    "help_card_openings",  # that the card was opened, never by whom
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("way", String(20), nullable=False),
)

help_card_shown = Table(
    "help_card_shown",
    metadata,
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", String(20), primary_key=True),
    Column("at", Moment, nullable=False),
)

alerts = Table(
    "alerts",  # a young person asked that somebody gets in touch; or a drill, which has nobody
    metadata,
    Column("id", Integer, primary_key=True),
    _person("youth_id", required=False),
    Column("municipality", String(6)),
    Column("kind", String(20), nullable=False),
    Column("drill", Boolean, nullable=False, default=False),
    Column("words", Text),  # only what they agreed to pass on; blanked when it is closed
    Column("state", String(20), nullable=False),
    Column("step", Integer, nullable=False, default=0),
    Column("opened_at", Moment, nullable=False),
    _person("opened_by", gone="SET NULL", required=False, index=False),
    Column("next_at", Moment, index=True),  # nobody reacted until then: the next in line
    _person("acknowledged_by", gone="SET NULL", required=False, index=False),
    Column("acknowledged_at", Moment),
    Column("closed_at", Moment),
    Column("outcome", String(30)),
)

alert_tellings = Table(
    "alert_tellings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("alert_id", ForeignKey("alerts.id", ondelete="CASCADE"), nullable=False),
    _person("person_id"),
    Column("step", Integer, nullable=False),
    Column("told_at", Moment, nullable=False),
    Column("acknowledged_at", Moment),
    UniqueConstraint("alert_id", "person_id"),
)

child_reports = Table(
    "child_reports",  # a danger to a child must be reported the same day: when it was seen, and when reported
    metadata,
    Column("id", Integer, primary_key=True),
    _person("youth_id", gone="SET NULL", required=False),
    _person("made_by", gone="SET NULL", required=False, index=False),
    Column("reported_to", String(20)),
    Column("opened_at", Moment, nullable=False),
    Column("reported_at", Moment),
    Column("next_at", Moment, index=True),
)

local_lines = Table(
    "local_lines",  # help lines of a municipality
    metadata,
    Column("id", Integer, primary_key=True),
    Column("municipality", String(6), nullable=False, index=True),
    Column("name", String(80), nullable=False),
    Column("number", String(40), nullable=False),
    Column("hours", String(80), nullable=False),
    Column("languages", JSON, nullable=False),
    Column("min_age", Integer),
    Column("max_age", Integer),
    Column("checked_on", Date, nullable=False),
    _person("added_by", gone="SET NULL", required=False, index=False),
    Column("created_at", Moment, nullable=False),
)

safety_plans = Table(
    "safety_plans",
    metadata,
    Column("youth_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("level", String(20), nullable=False),
    Column("steps", Text, nullable=False),
    Column("changed_at", Moment, nullable=False),
    _person("changed_by", gone="SET NULL", required=False, index=False),
)

# --- the programme ----------------------------------------------------------------------------------------------

cases = Table(
    "cases",
    metadata,
    Column("id", Integer, primary_key=True),
    _person("youth_id"),
    Column("municipality", String(6), index=True),
    Column("stage", String(20), nullable=False, index=True),
    Column("stage_at", Moment, nullable=False),
    Column("screening_outcome", String(30), nullable=False),
    Column("age_band", String(10), nullable=False),
    Column("wish", String(20)),
    Column("with_parent", Boolean, nullable=False, default=False),
    Column("urgent", Boolean, nullable=False, default=False),
    _person("mentor_id", gone="SET NULL", required=False),
    _person("lead_id", gone="SET NULL", required=False),
    Column("opened_at", Moment, nullable=False),
    Column("remind_at", Moment, index=True),  # nobody reacted: remind the lead; in a programme, speak of its end
    Column("escalate_at", Moment, index=True),  # still nobody: tell the coordinators; in a programme, ask again
    Column("starts_on", Date),
    Column("ends_on", Date),
    Column("rhythm", String(20)),
    Column("weekday", Integer),  # 0 is Monday
    Column("hour", String(5)),  # local wall clock, HH:MM
    Column("outcome", String(30)),  # what came of it, once the case has ended
    Column("meeting", Integer, nullable=False, default=0),  # number of the latest invitation to meet
    Column("invited_at", Moment),  # when that one went out; none since this mentor was assigned
    Column("meeting_answer", String(10)),  # the young person's answer to that one; none while it waits
    Column("proposal", String(64)),  # a plan before the leads, as a packed action, until they decide
    Column("stage_reason", String(30)),  # why it stands at this stage, as a code
    Column("aftercare_until", Date),  # the last day of mentoring after the programme
    Column("extra_weekdays", String(6)),  # several a week at the start: the other weekdays, as digits
    Column("often_until", Date),  # the last day on which the other weekdays count
    Column("monthday", Integer),  # monthly on a date instead of a weekday
    Column("tapers_from", Date),  # from here on the rhythm thins out
    Column("timing", String(16)),  # digest of all that the check-ins were planned from
    Column("pulses_off", Boolean, nullable=False, default=False, server_default=false()),  # "how are you" is not asked
)

deputies = Table(
    "deputies",  # who stands in for a mentor
    metadata,
    Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
    _person("person_id"),
    Column("named_at", Moment, nullable=False),
)

case_stages = Table(
    "case_stages",  # every stage a case has stood at, with date, reason and who moved it
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("stage", String(20), nullable=False),
    Column("reason", String(30)),
    Column("at", Moment, nullable=False),
    _person("moved_by", gone="SET NULL", required=False, index=False),
)

tasks = Table(
    "tasks",  # what somebody of a case is asked to do, beside its check-ins
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("audience", String(10), nullable=False),  # mentor or lead
    Column("kind", String(30), nullable=False),
    Column("subject_id", Integer),  # the record it is about, where there is one
    Column("opened_at", Moment, nullable=False),
    Column("due_at", Moment),
    Column("done_at", Moment),
    _person("done_by", gone="SET NULL", required=False, index=False),
    Index("ix_tasks_done_at_case_id", "done_at", "case_id"),
)

entry_snapshots = Table(
    "entry_snapshots",  # what was so on the joining day; never rewritten
    metadata,
    Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
    Column("joined_on", Date, nullable=False),
    Column("fields", JSON, nullable=False),
    Column("taken_at", Moment, nullable=False),
    _person("taken_by", gone="SET NULL", required=False, index=False),
)

handovers = Table(
    "handovers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), nullable=False, index=True),
    _person("from_id", gone="SET NULL", required=False, index=False),
    _person("to_id", gone="SET NULL", required=False, index=False),
    Column("note", Text),
    Column("at", Moment, nullable=False),
    _person("handed_by", gone="SET NULL", required=False, index=False),
)

mentor_wishes = Table(
    "mentor_wishes",  # a young person would like another mentor; the mentor never sees it
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("words", Text),
    Column("opened_at", Moment, nullable=False),
    Column("next_at", Moment, index=True),  # nobody decided until then: remind, then the next in line
    Column("step", Integer, nullable=False, default=0),
    Column("outcome", String(20)),
    Column("decided_at", Moment),
    _person("decided_by", gone="SET NULL", required=False, index=False),
)

profiles = Table(
    "profiles",  # coded notes from the first talks, face to face
    metadata,
    Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
    Column("topics", JSON, nullable=False),
    Column("own_words", Text),
    Column("own_words_shared", Boolean, nullable=False, default=False),
    Column("words_drop_at", Moment, index=True),  # what a mentor wrote down goes then, unless it was agreed to
    Column("changed_at", Moment, nullable=False),
    _person("changed_by", gone="SET NULL", required=False, index=False),
)

goals = Table(
    "goals",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("template", String(30)),  # a goal of a template, said in each reader's language until somebody words it
    Column("words", String(200)),
    Column("made_at", Moment, nullable=False),
    _person("made_by", gone="SET NULL", required=False, index=False),
)

steps = Table(
    "steps",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("goal_id", ForeignKey("goals.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("kind", String(30), nullable=False),  # a kind of measure
    Column("words", String(200)),
    Column("due_on", Date),
    Column("helper", String(20), nullable=False),  # who helps
    Column("state", String(12), nullable=False),
    Column("changed_at", Moment, nullable=False),
    _person("changed_by", gone="SET NULL", required=False, index=False),
)

plan_decisions = Table(
    "plan_decisions",  # an individual programme laid before the lead, and what the lead said
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("digest", String(16), nullable=False),  # of the goals and steps as they were laid before the lead
    Column("content", JSON, nullable=False),  # these goals and steps: what the lead reads, then the young person
    Column("state", String(12), nullable=False),
    Column("comment", Text),
    Column("laid_at", Moment, nullable=False),
    _person("laid_by", gone="SET NULL", required=False, index=False),
    Column("next_at", Moment, index=True),  # nobody decided until then: remind
    Column("decided_at", Moment),
    _person("decided_by", gone="SET NULL", required=False, index=False),
)

extensions = Table(
    "extensions",  # a programme made longer, with the reason
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("ends_on", Date, nullable=False),
    Column("reason", String(200), nullable=False),
    Column("state", String(12), nullable=False),
    Column("asked_at", Moment, nullable=False),
    _person("asked_by", gone="SET NULL", required=False, index=False),
    Column("decided_at", Moment),
    _person("decided_by", gone="SET NULL", required=False, index=False),
)

programme_limits = Table(
    "programme_limits",  # how long programmes may be, in one municipality from a day on
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("from_on", Date, primary_key=True),
    Column("shortest", Integer, nullable=False),  # months
    Column("longest", Integer, nullable=False),  # months, extensions included
    Column("set_at", Moment, nullable=False),
    _person("set_by", gone="SET NULL", required=False, index=False),
)

pauses = Table(
    "pauses",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("reason", String(20), nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("resumes_on", Date, nullable=False),  # the first day on which everything goes on
    Column("state", String(12), nullable=False),
    Column("next_at", Moment, index=True),  # it begins, or ends
    Column("made_at", Moment, nullable=False),
    _person("made_by", gone="SET NULL", required=False, index=False),
)

results = Table(
    "results",  # how somebody is 4 weeks and 6 months after the programme
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("due_on", Date, nullable=False),
    Column("state", String(12), nullable=False),
    Column("next_at", Moment, index=True),
    Column("outcome", String(30)),  # as staff recorded it
    Column("answer", String(30)),  # as the young person said
    Column("better", String(40)),  # what got better, as they chose: codes with spaces between
    Column("answered_at", Moment),
    Column("recorded_at", Moment),
    _person("recorded_by", gone="SET NULL", required=False, index=False),
    UniqueConstraint("case_id", "kind"),
)

hours = Table(
    "hours",  # a mentor's time for somebody beside the check-ins
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), nullable=False, index=True),
    _person("mentor_id", gone="SET NULL", required=False),
    Column("on", Date, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("what", String(30), nullable=False),
    Column("made_at", Moment, nullable=False),
)

checkins = Table(
    "checkins",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("planned_on", Date, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("state", String(20), nullable=False),
    Column("next_at", Moment),  # when the next step of the ladder is due; none when nothing more will happen by itself
    Column("way", String(20)),  # met, called, wrote, unreachable
    Column("minutes", Integer),
    Column("note", Text),
    Column("late", Boolean, nullable=False, default=False),
    Column("recorded_at", Moment),
    _person("recorded_by", gone="SET NULL", required=False, index=False),
    Column("pulse", Integer),
    Column("pulse_asked_at", Moment),
    Column("pulse_at", Moment),
    Column("earliest_at", Moment),  # between these two moments it is on time
    Column("latest_at", Moment),
    Column("agreed_at", Moment),  # both sides chose this very time
    Column("sequence", Integer, nullable=False, default=0, server_default=text("0")),  # RFC 5545: grows with each move
    Column("mood", Integer),  # 1 to 5, as the mentor saw it
    Column("pulse_words", Text),
    Column("words_shared", Boolean, nullable=False, default=False, server_default=false()),
    UniqueConstraint("case_id", "number"),
    Index("ix_checkins_next_at", "next_at"),
)

slot_offers = Table(
    "slot_offers",  # times for a check-in that the mentor offered
    metadata,
    Column("id", Integer, primary_key=True),
    Column("checkin_id", ForeignKey("checkins.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("moments", JSON, nullable=False),  # up to three, ISO 8601 in UTC
    Column("made_at", Moment, nullable=False),
    Column("chosen", Integer),  # which of them, from 0
    Column("answered_at", Moment),
    Column("next_at", Moment, index=True),  # nobody chose until then
)

nudges = Table(
    "nudges",  # a young person reminded a mentor who was late
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("checkin_id", ForeignKey("checkins.id", ondelete="CASCADE")),
    Column("opened_at", Moment, nullable=False),
    Column("step", Integer, nullable=False, default=0),
    Column("next_at", Moment, index=True),
    Column("closed_at", Moment),
)

silences = Table(
    "silences",  # nothing was heard of a young person for long, what was asked about it and how it ended
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("noticed_at", Moment, nullable=False),
    Column("state", String(10), nullable=False),
    Column("next_at", Moment, index=True),  # nobody answered until then: a warm pause
    Column("ended_at", Moment),
)

# --- the directory, named as in HSDS ----------------------------------------------------------------------------

organizations = Table(
    "organizations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(60), nullable=False, unique=True),  # HSDS id: stays the same through import and export
    Column("name", String(120), nullable=False),
    Column("kind", String(30), nullable=False),  # what kind of partner
    Column("description", Text),
    Column("website", String(200)),
    Column("municipality", String(6), index=True),  # whose coordinators look after the entry; none: the national ones
    _person("owner_id", gone="SET NULL", required=False),  # who is asked whether it is still right
    Column("changed_at", Moment, nullable=False),
    Column("retired_at", Moment),
)

services = Table(
    "services",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(60), nullable=False, unique=True),
    Column("organization_id", ForeignKey("organizations.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", String(120), nullable=False),
    Column("kind", String(30), nullable=False, index=True),  # the referral kind it answers
    Column("description", Text),
    Column("eligibility", Text),
    Column("offers", JSON, nullable=False),  # what of the catalogue of activities it has
    Column("minimum_age", Integer),
    Column("maximum_age", Integer),
    Column("languages", JSON, nullable=False),  # ISO 639-1
    Column("areas", JSON, nullable=False),  # ISO 3166-2 codes; empty: the whole country
    Column("online", Boolean, nullable=False, default=False),
    Column("email", String(254)),
    Column("phone", String(40)),
    _person("receiver_id", gone="SET NULL", required=False),  # who answers on Telegram; none: by e-mail
    Column("reads", String(2), nullable=False),  # the language of letters to it
    Column("capacity", Integer),  # how many it takes at a time
    Column("full_until", Date),
    Column("full_said_at", Moment),
    Column("verified_at", Moment),
    Column("verified_by", ForeignKey("people.id", ondelete="SET NULL")),
    Column("verify_at", Moment, index=True),  # when its owner is asked whether it is still right
    Column("asked_times", Integer, nullable=False, default=0),
    Column("changed_at", Moment, nullable=False),
    Column("retired_at", Moment),
)

locations = Table(
    "locations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(60), nullable=False, unique=True),
    Column("organization_id", ForeignKey("organizations.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", String(120), nullable=False),
    Column("address", String(200)),
    Column("municipality", String(6)),
    Column("latitude", Float),
    Column("longitude", Float),
)

service_at_location = Table(
    "service_at_location",
    metadata,
    Column("service_id", ForeignKey("services.id", ondelete="CASCADE"), primary_key=True),
    Column("location_id", ForeignKey("locations.id", ondelete="CASCADE"), primary_key=True, index=True),
)

contacts = Table(
    "contacts",  # of an organization: a desk or a duty, seldom a name
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(60), nullable=False, unique=True),
    Column("organization_id", ForeignKey("organizations.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", String(120), nullable=False),
    Column("title", String(120)),
    Column("email", String(254)),
    Column("phone", String(40)),
)

agreements = Table(
    "agreements",  # of a municipality with a partner of the project
    metadata,
    Column("id", Integer, primary_key=True),
    Column("organization_id", ForeignKey("organizations.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("municipality", String(6), nullable=False, index=True),
    Column("strategic", Boolean, nullable=False),
    Column("from_on", Date, nullable=False),
    Column("until_on", Date),
    Column("remind_at", Moment, index=True),
    _person("noted_by", gone="SET NULL", required=False),
)

partner_watch = Table(
    "partner_watch",  # when a municipality was last looked at for a strategic partner
    metadata,
    Column("municipality", String(6), primary_key=True),
    Column("next_at", Moment, index=True),
)

fullness = Table(
    "fullness",  # a specialist or partner on Telegram takes nobody new for a while
    metadata,
    _person_key("person_id"),
    Column("until_on", Date, nullable=False),
    Column("said_at", Moment, nullable=False),
)

# --- referrals --------------------------------------------------------------------------------------------------

referrals = Table(
    "referrals",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", String(30), nullable=False),
    Column("state", String(20), nullable=False),  # FHIR Task states
    _person("requested_by", gone="SET NULL", required=False),
    _person("receiver_id", gone="SET NULL", required=False),  # who answers on Telegram
    Column("service_id", Integer, index=True),  # of the directory, where services are retired and never deleted
    Column("mail_to", String(254)),  # where letters go, if nobody answers on Telegram
    Column("reads", String(2), nullable=False, default="lv", server_default="lv"),  # the receiver's language
    Column("receiver_name", String(120)),  # as the young person was shown it
    Column("without_mentor", Boolean, nullable=False, default=False, server_default=false()),
    Column("passed_on", JSON, nullable=False),  # what the young person was shown: codes, and the referrer's note
    Column("texts", JSON),  # language -> the very text, as it stood when they were asked
    Column("text_hash", String(64)),  # of what the young person agreed to; none before that
    Column("override_reason", String(300)),  # passed on without a yes, as a child is in danger
    Column("guardian", String(10)),  # where a guardian's yes stands, if one is needed
    Column("proposals", JSON(none_as_null=True)),  # moments that may be chosen, and by whom they were proposed
    Column("appointment_at", Moment),
    Column("place", String(200)),
    Column("spoken", String(2)),  # the language of the appointment
    Column("interpreter", Boolean, nullable=False, default=False, server_default=false()),
    Column("sequence", Integer, nullable=False, default=0, server_default="0"),  # RFC 5545
    Column("session", Integer, nullable=False, default=0, server_default="0"),  # appointments that took place so far
    Column("provider_said", String(20)),  # of the present appointment
    Column("youth_said", String(20)),
    Column("reason", String(30)),
    Column("outcome", String(30)),
    Column("opened_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("next_at", Moment, index=True),  # when silence is answered by a reminder
    Column("reminded", Integer, nullable=False, default=0),
    Index("ix_referrals_receiver_id_state", "receiver_id", "state"),
)

referral_states = Table(
    "referral_states",  # every state it was in, for those who ask later and for the report
    metadata,
    Column("id", Integer, primary_key=True),
    Column("referral_id", ForeignKey("referrals.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("state", String(20), nullable=False),
    Column("change", String(30), nullable=False),
    Column("side", String(10)),  # whose act it was; none: the clock's
    Column("at", Moment, nullable=False),
)

referral_sessions = Table(
    "referral_sessions",  # what both sides said of each appointment; never what was talked about
    metadata,
    Column("referral_id", ForeignKey("referrals.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("provider_said", String(20)),
    Column("youth_said", String(20)),
)

referral_consents = Table(
    "referral_consents",  # a yes to one text for one receiver
    metadata,
    Column("id", Integer, primary_key=True),
    Column("referral_id", ForeignKey("referrals.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("recipient", String(40), nullable=False),
    Column("text_hash", String(64), nullable=False),
    Column("language", String(2), nullable=False),
    Column("given_at", Moment, nullable=False),
    Column("withdrawn_at", Moment),
)

guardian_consents = Table(
    "guardian_consents",  # a guardian's yes to one kind of help, as a mentor saw it
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", String(30), nullable=False),
    Column("form", String(20), nullable=False),
    Column("given_on", Date, nullable=False),
    _person("recorded_by", gone="SET NULL", required=False),
    Column("recorded_at", Moment, nullable=False),
)

referral_requests = Table(
    "referral_requests",  # a young person asks for a kind of help
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", String(30), nullable=False),
    Column("without_mentor", Boolean, nullable=False),
    Column("state", String(12), nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("answered_at", Moment),
    Column("next_at", Moment, index=True),
    Column("reminded", Integer, nullable=False, default=0),
)

referral_links = Table(
    "referral_links",  # the way in for a receiver without Telegram; the secret itself is in the letter alone
    metadata,
    Column("id", Integer, primary_key=True),
    Column("referral_id", ForeignKey("referrals.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("secret_hash", String(64), nullable=False, unique=True),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("opened_at", Moment),
    Column("revoked_at", Moment),
    Column("wrong_at", Moment),  # whoever got it said that it is not for them
)

relays = Table(
    "relays",  # a window in which both sides write through the bot
    metadata,
    Column("id", Integer, primary_key=True),
    Column("referral_id", ForeignKey("referrals.id", ondelete="CASCADE"), nullable=False, index=True),
    _person("opened_by"),  # the third in it
    Column("opened_at", Moment, nullable=False),
    Column("until_at", Moment, nullable=False),
    Column("agreed_at", Moment),  # the young person's yes
    Column("ended_at", Moment),
    Column("next_at", Moment, index=True),
)

keys = Table(
    "keys",  # made by the bot for itself
    metadata,
    Column("name", String(20), primary_key=True),
    Column("value", String(64), nullable=False),
)

# --- networks ---------------------------------------------------------------------------------------------------

networks = Table(
    "networks",  # a working group or a wider circle of those who do the same work in different places
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(120), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("municipality", String(6), index=True),  # whose coordinators may lead it; none: the national ones
    _person("led_by", gone="SET NULL", required=False),
    Column("created_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Column("join_hash", String(64)),  # of the token in the one link by which staff may join
    Column("join_until", Moment),
)

network_members = Table(
    "network_members",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("network_id", ForeignKey("networks.id", ondelete="CASCADE"), nullable=False),
    _person("person_id"),
    Column("stands_for", String(20), nullable=False),  # a municipality, a planning region, a ministry, an association
    Column("municipality", String(6)),
    Column("region", String(10)),
    Column("organization", String(120)),
    Column("joined_at", Moment, nullable=False),
    Column("left_at", Moment),
    UniqueConstraint("network_id", "person_id"),
)

topics = Table(
    "topics",  # proposed by members, voted on before a video conference
    metadata,
    Column("id", Integer, primary_key=True),
    Column("network_id", ForeignKey("networks.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("event_id", ForeignKey("events.id", ondelete="SET NULL"), index=True),  # where it is talked about
    _person("proposed_by", gone="SET NULL", required=False),
    Column("text", String(200), nullable=False),
    Column("state", String(10), nullable=False),
)

topic_votes = Table(
    "topic_votes",
    metadata,
    Column("topic_id", ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("at", Moment, nullable=False),
)

opinion_requests = Table(
    "opinion_requests",  # a question to a network, answered in words until a deadline
    metadata,
    Column("id", Integer, primary_key=True),
    Column("network_id", ForeignKey("networks.id", ondelete="CASCADE"), nullable=False, index=True),
    _person("asked_by", gone="SET NULL", required=False),
    Column("question", String(1500), nullable=False),
    Column("deadline", Moment, nullable=False),
    Column("next_at", Moment, index=True),  # when those who have not answered are reminded, and when it closes
    Column("state", String(10), nullable=False),
    Column("cursor", Integer, nullable=False, default=0),  # the last member who was asked
    Column("created_at", Moment, nullable=False),
)

opinion_answers = Table(
    "opinion_answers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("request_id", ForeignKey("opinion_requests.id", ondelete="CASCADE"), nullable=False),
    _person("person_id"),
    Column("text", String(2000), nullable=False),
    Column("answered_at", Moment, nullable=False),
    UniqueConstraint("request_id", "person_id"),
)

coverage = Table(
    "coverage",  # what is known of a municipality's youth work, each time somebody said so
    metadata,
    Column("id", Integer, primary_key=True),
    Column("municipality", String(6), nullable=False),
    Column("subject", String(20), nullable=False),  # youth work, or a plan or strategy for it
    Column("value", String(10), nullable=False),  # yes, no, unknown
    Column("as_of", Date, nullable=False),
    _person("noted_by", gone="SET NULL", required=False),
    Column("noted_at", Moment, nullable=False),
    Index("ix_coverage_municipality_subject", "municipality", "subject"),
)

municipality_files = Table(
    "municipality_files",  # how youth work is organised there: a file that stays with Telegram, or an address
    metadata,
    Column("id", Integer, primary_key=True),
    Column("municipality", String(6), nullable=False, index=True),
    Column("title", String(120), nullable=False),
    Column("file_id", String(200)),
    Column("name", String(120)),
    Column("link", String(300)),
    _person("added_by", gone="SET NULL", required=False),
    Column("added_at", Moment, nullable=False),
    Column("retired_at", Moment),
)

# --- events -----------------------------------------------------------------------------------------------------

event_series = Table(
    "event_series",  # sessions of one event in several places, or a cycle of different ones
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(10), nullable=False),
    Column("titles", JSON, nullable=False),  # language -> text
    Column("language", String(2), nullable=False),  # of the first title
    _person("created_by", gone="SET NULL", required=False),
    Column("from_on", Date),
    Column("until_on", Date),
    Column("version", Integer, nullable=False, default=1),  # of its dates and countries
    Column("countries", JSON, nullable=False),  # ISO 3166-1
    Column("created_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("ended_at", Moment),  # of a cycle: no event is put into it any more
)

events = Table(
    "events",
    metadata,
    Column("id", Integer, primary_key=True),
    _person("created_by", gone="SET NULL", required=False),
    Column("municipality", String(6)),
    Column("state", String(20), nullable=False),
    Column("kind", String(24), nullable=False, default="other", server_default="other"),
    Column("series_id", Integer, index=True),  # of event_series, which are never deleted while an event names them
    Column("language", String(2), nullable=False),  # of the first text, shown where there is no translation
    Column("titles", JSON, nullable=False),  # language -> text
    Column("details", JSON, nullable=False),
    Column("place", String(200)),
    Column("starts_at", Moment),
    Column("ends_at", Moment),
    Column(
        "particulars", JSON, nullable=False, default={}, server_default=text("'{}'")
    ),  # what is told, not reckoned with
    Column(
        "terms", JSON, nullable=False, default={}, server_default=text("'{}'")
    ),  # who may come, and who gets a place
    Column("reply_by", Moment),  # until when one can sign up; none: to the start
    Column("listed", Boolean, nullable=False, default=False, server_default=false()),  # in the directory of open events
    Column("sequence", Integer, nullable=False, default=0, server_default=text("0")),  # of its entry in calendars
    Column("audience", JSON, nullable=False),
    Column("cursor", Integer, nullable=False, default=0),  # the last person the fan-out reached
    Column("created_at", Moment, nullable=False),
    Column("send_at", Moment),  # not before
    Column("sent_at", Moment),
    Column("progress_message", BigInteger),  # in the chat of whoever sent it: counts while it goes out
    Column("progress_at", Moment, index=True),
    Column("progress_shown", String(60)),  # the counts that stand in that message
    Column("remind_at", Moment, index=True),  # the day before
    Column("remind_soon_at", Moment, index=True),  # some hours before
    Column("ask_at", Moment, index=True),  # afterwards: how was it
    Column("unnamed_came", Integer, nullable=False, default=0, server_default=text("0")),  # counted at the door alone
    Index("ix_events_state_send_at", "state", "send_at"),
)

event_approvals = Table(
    "event_approvals",  # an invitation to many, which a second coordinator has to look at before it goes out
    metadata,
    Column("event_id", ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    _person("submitted_by", gone="SET NULL", required=False, index=False),
    Column("submitted_at", Moment, nullable=False),
    Column("digest", String(8), nullable=False),  # of what was submitted: nothing else is approved
    Column("stated", Integer, nullable=False),  # the number of people it was submitted for
    Column("next_at", Moment, index=True),  # when those who were asked are reminded
    Column("decision", String(10)),
    _person("decided_by", gone="SET NULL", required=False, index=False),
    Column("decided_at", Moment),
    Column("reason", String(300)),
)

event_organisers = Table(
    "event_organisers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("event_id", ForeignKey("events.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("organization_id", ForeignKey("organizations.id", ondelete="SET NULL")),
    Column("name", String(120), nullable=False),
)

event_files = Table(
    "event_files",  # a picture, a PDF or an address; files stay with Telegram and are fetched when they are wanted
    metadata,
    Column("id", Integer, primary_key=True),
    Column("event_id", ForeignKey("events.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("purpose", String(10), nullable=False),  # with the invitation, or as material afterwards
    Column("title", String(120), nullable=False),
    Column("file_id", String(200)),
    Column("name", String(120)),
    Column("link", String(300)),
    Column("added_at", Moment, nullable=False),
)

event_changes = Table(
    "event_changes",  # what was told of an event changed after it was sent
    metadata,
    Column("id", Integer, primary_key=True),
    Column("event_id", ForeignKey("events.id", ondelete="CASCADE"), nullable=False, index=True),
    _person("changed_by", gone="SET NULL", required=False, index=False),
    Column("kind", String(12), nullable=False),
    Column("old", JSON, nullable=False),
    Column("new", JSON, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("state", String(10), nullable=False, index=True),
    Column("cursor", Integer, nullable=False, default=0),
    Column("at", Moment, nullable=False),
)

invitations = Table(
    "invitations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("event_id", ForeignKey("events.id", ondelete="CASCADE"), nullable=False),
    _person("person_id"),
    Column("via", String(10), nullable=False, default="sent", server_default="sent"),  # sent, found, at the door
    Column("audience_group", String(12)),  # whose quota a place counts against
    Column("invited_at", Moment),
    Column("answer", String(10)),
    Column("answered_at", Moment),
    Column("answered_sequence", Integer),  # of the event as it was when they answered
    Column("seat", String(10)),  # held, waiting, offered; none: no place and none wanted
    Column("queued_at", Moment),  # since when they wait: the order of the waiting list
    Column("offer_until", Moment, index=True),
    Column("needs", String(300)),  # what somebody needs to be able to come, in their words
    Column("travel", Boolean),  # whether help with the way is wanted
    Column("under_age", Boolean),  # where a guardian's permission is wanted; none: not asked
    Column("guardian_at", Moment),  # of a minor: when the guardian's permission was noted
    Column("reminded_at", Moment),
    Column("reminded_soon_at", Moment),
    Column("calendar_sequence", Integer),  # of the event, as a file in their calendar shows it; none: it is not there
    Column("calendar_turns", Integer),  # how often a file took it away or put it back; none: they never had one
    Column("came_at", Moment),
    Column("asked_at", Moment),  # afterwards: how it was
    Column("rating", String(10)),
    UniqueConstraint("event_id", "person_id"),
    Index("ix_invitations_calendar_sequence", "calendar_sequence", sqlite_where=_IN_A_CALENDAR),
    Index("ix_invitations_person_id_invited_at", "person_id", "invited_at"),
    Index("ix_invitations_event_id_seat", "event_id", "seat", sqlite_where=text("seat IS NOT NULL")),
)

event_questions = Table(
    "event_questions",  # to the organiser; what is not answered at once is brought to the next event
    metadata,
    Column("id", Integer, primary_key=True),
    Column("event_id", ForeignKey("events.id", ondelete="CASCADE"), index=True),
    _person("person_id"),
    Column("question", String(500), nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("answer", String(1000)),
    _person("answered_by", gone="SET NULL", required=False, index=False),
    Column("answered_at", Moment),
    Column("bring_to", ForeignKey("events.id", ondelete="SET NULL")),
    Column("next_at", Moment, index=True),  # when the organiser is reminded of it
    Column("shared_at", Moment),  # among the answers that everybody may read, without who asked
)

mutes = Table(
    "mutes",  # what somebody wants no invitations or news of
    metadata,
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("subject", String(40), primary_key=True),
    Column("at", Moment, nullable=False),
)

# --- partnerships -----------------------------------------------------------------------------------------------

partner_wishes = Table(
    "partner_wishes",  # an organisation looks for a partner for a project
    metadata,
    Column("id", Integer, primary_key=True),
    _person("person_id"),
    Column("organization", String(120)),
    Column("side", String(12), nullable=False),  # works with these young people daily, or knows international projects
    Column("subject", String(200)),
    Column("fields", JSON, nullable=False),
    Column("countries", JSON, nullable=False),  # ISO 3166-1
    Column("languages", JSON, nullable=False),
    Column("from_on", Date),
    Column("until_on", Date),
    Column("contact", String(200)),  # how a partner reaches them, told once both agreed
    Column("created_at", Moment, nullable=False),
    Column("published_at", Moment),  # none: still being written
    Column("next_at", Moment, index=True),  # when it is asked whether they still look
    Column("asked_at", Moment),
    Column("closed_at", Moment),
)

partner_matches = Table(
    "partner_matches",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("wish_id", ForeignKey("partner_wishes.id", ondelete="CASCADE"), nullable=False),
    Column("other_id", ForeignKey("partner_wishes.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("wish_says", String(5)),
    Column("other_says", String(5)),
    Column("next_at", Moment, index=True),  # who has not answered is reminded, and then it ends
    Column("reminded_at", Moment),
    Column("introduced_at", Moment),
    Column("ended_at", Moment),
    UniqueConstraint("wish_id", "other_id"),
)

expert_slots = Table(
    "expert_slots",  # an hour of an expert, to be booked
    metadata,
    Column("id", Integer, primary_key=True),
    _person("expert_id"),
    Column("subject", String(100), nullable=False),
    Column("event_id", ForeignKey("events.id", ondelete="SET NULL"), index=True),  # for those who took part in it alone
    Column("starts_at", Moment, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("place", String(200), nullable=False),
    _person("booked_by", gone="SET NULL", required=False),
    Column("about", String(300)),  # what they want to talk of
    Column("sequence", Integer, nullable=False, default=0),
    Column("next_at", Moment, index=True),  # both are reminded, and afterwards the expert is asked whether it was held
    Column("cancelled_at", Moment),
    Column("came", Boolean),
)

expert_offers = Table(
    "expert_offers",  # hours that an expert is about to offer; gone once they are
    metadata,
    Column("id", Integer, primary_key=True),
    _person("expert_id"),
    Column("subject", String(100), nullable=False),
    Column("event_id", ForeignKey("events.id", ondelete="SET NULL")),
    Column("place", String(200)),
    Column("starts_at", Moment),
)

practice_notes = Table(
    "practice_notes",  # what worked somewhere, in short, for others who do the same
    metadata,
    Column("id", Integer, primary_key=True),
    Column("municipality", String(6)),
    Column("country", String(2)),  # ISO 3166-1, of practice from abroad
    Column("title", String(100), nullable=False),
    Column("text", String(1500), nullable=False),
    Column("language", String(2), nullable=False),
    Column("link", String(300)),
    _person("written_by", gone="SET NULL", required=False),
    Column("created_at", Moment, nullable=False),
    Column("retired_at", Moment),
)

# --- updates and delivery ---------------------------------------------------------------------------------------

handled = Table(
    "handled",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False, index=True),
)

set_aside = Table(
    "set_aside",  # updates that could not be read: their number and the kind of fault, never their content
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("fault", String(80), nullable=False),
)

makings = Table(
    "makings",  # slow work: pictures and files, made outside any transaction
    metadata,
    Column("id", Integer, primary_key=True),
    _person("person_id"),
    Column("kind", String(40), nullable=False),
    Column("facts", JSON, nullable=False),
    Column("state", String(12), nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("created_at", Moment, nullable=False),
    Column("not_before", Moment, nullable=False, index=True),
)

received_files = Table(
    "received_files",  # sent to the bot; what is in them stays with Telegram, and is fetched when it is wanted
    metadata,
    Column("id", Integer, primary_key=True),
    _person("person_id"),
    Column("file_id", String(200), nullable=False),
    Column("name", String(120), nullable=False),
    Column("sent_at", Moment, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    _person("person_id", required=False, index=False),
    Column("chat_id", BigInteger),  # only of a farewell to somebody just erased, and only until it is sent
    Column("language", String(2)),  # likewise
    _person("about_id", required=False),  # the young person it speaks of: gone with them
    Column("key", String(80), nullable=False),
    Column("facts", SharedJson, nullable=False),
    Column("keyboard", SharedJson, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("at_night", Boolean, nullable=False, default=False),
    Column("edits", BigInteger),
    Column("not_before", Moment, nullable=False),
    Column("expires_at", Moment),
    Column("once", String(80), unique=True),
    Column("batch", String(40)),
    Column("attachment_name", String(80)),
    Column("attachment", LargeBinary),
    Column("attachment_kind", String(10)),
    Column("location", JSON(none_as_null=True)),  # latitude and longitude, sent as a place on the map
    Column("picture", JSON(none_as_null=True)),  # Telegram's id of one shown with the words; the row of buttons for it
    Column("mail_to", String(254)),  # a letter by e-mail instead; its subject is among the facts
    Column("deletes", JSON(none_as_null=True)),  # numbers of messages to take from the chat, in place of words
    Column("state", String(12), nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("message_id", BigInteger),
    Column("created_at", Moment, nullable=False),
    Column("done_at", Moment),
    Column("fault", String(200)),
    Index("ix_outbox_state_priority", "state", "priority", "id"),
    Index("ix_outbox_batch_state", "batch", "state"),
    Index("ix_outbox_done_at", "done_at"),
    Index("ix_outbox_person_id_state", "person_id", "state", "priority"),
    # Of a hundred thousand that wait, the few that will lapse first.
    Index("ix_outbox_state_expires_at", "state", "expires_at", sqlite_where=_LAPSES),
)

# A number is never given twice, not even after an erasure: an old button, an audit line or a message under way that
# names it would otherwise speak of somebody else.
for _table in metadata.tables.values():
    if isinstance(_table.c.get("id"), Column):
        _table.kwargs["sqlite_autoincrement"] = True
