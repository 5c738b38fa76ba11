"""The commands that Telegram's menu button offers: one list in one order, each person seeing those they may use."""

from dataclasses import dataclass
from typing import Final

from bot.roles import Person


@dataclass(frozen=True, slots=True)
class Command:
    """`/name`, described by the text of `key`, to staff perhaps by another."""

    name: str
    key: str
    key_for_staff: str | None = None

    def key_for(self, person: Person) -> str:
        return self.key if person.is_youth or self.key_for_staff is None else self.key_for_staff


COMMANDS: Final[tuple[Command, ...]] = (
    Command("start", "people.youth.command.start"),
    Command("today", "checkins.staff.command.today"),
    Command("digest", "checkins.staff.command.digest"),
    Command("calendar", "checkins.staff.command.calendar"),
    Command("cases", "programme.staff.command.cases"),
    Command("hours", "programme.staff.command.hours"),
    Command("snapshots", "programme.staff.command.snapshots"),
    Command("plan", "programme.youth.command.plan"),
    Command("plans", "checkins.youth.command.plans"),
    Command("why", "checkins.youth.command.why", "checkins.staff.command.why"),
    Command("refer", "referrals.staff.command.refer"),
    Command("referrals", "referrals.any.command.referrals"),
    Command("referral_report", "referrals.staff.command.referral_report"),
    Command("event", "events.staff.command.event"),
    Command("events", "events.youth.command.events", "events.staff.command.events"),
    Command("cycles", "events.staff.command.cycles"),
    Command("partners", "partnerships.staff.command.partners"),
    Command("network", "networks.staff.command.network"),
    Command("faq", "events.staff.command.faq"),
    Command("figures", "outreach.staff.command.figures"),
    Command("dayoff", "checkins.staff.command.dayoff"),
    Command("limits", "programme.staff.command.limits"),
    Command("report", "safety.staff.command.report"),
    Command("drill", "safety.staff.command.drill"),
    Command("help_lines", "safety.staff.command.help_lines"),
    Command("directory", "directory.staff.command.directory"),
    Command("find", "directory.staff.command.find"),
    Command("exchange", "directory.staff.command.exchange"),
    Command("full", "directory.staff.command.full"),
    Command("contact_card", "directory.staff.command.contact_card"),
    Command("invite", "staff.staff.command.invite"),
    Command("sources", "outreach.staff.command.sources"),
    Command("pass_on", "outreach.staff.command.pass_on"),
    Command("block", "blocks.staff.command.block"),
    Command("access_log", "accesses.staff.command.access_log"),
    Command("invite_friend", "outreach.youth.command.invite_friend"),
    Command("contacts", "directory.any.command.contacts"),
    Command("menu", "people.any.command.menu"),
    Command("help", "safety.any.command.help"),
    Command("discreet", "people.youth.command.discreet"),
    Command("hide", "people.youth.command.hide"),
    Command("language", "people.any.command.language"),
    Command("zone", "people.any.command.zone"),
    Command("mydata", "people.any.command.mydata"),
    Command("forget", "people.any.command.forget"),
    Command("privacy", "people.any.command.privacy"),
)


def commands_for(person: Person) -> tuple[Command, ...]:
    """What this person's menu button shows. Staff are not offered /start: it begins the young people's road."""
    return tuple(
        one
        for one in COMMANDS
        if person.may(f"/{one.name}") and (person.is_youth or ".youth." not in one.key_for(person))
    )
