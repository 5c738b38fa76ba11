"""What the people who run the bot decide, read once from BOT_* variables; the only reader of the environment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from functools import cache
from pathlib import Path
from typing import Annotated, Final, Literal
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

TELEGRAM: Final = "https://api.telegram.org"

_PROJECT: Final = "„PROTI un DARI! 2.0” (Nr. 4.2.3.4/1/24/I/001)"
PUBLICITY: Final = f"Projektu {_PROJECT} līdzfinansē Eiropas Sociālais fonds Plus un Latvijas valsts."
"""What stands at the foot of a poster: the project as its owner, the agency for youth programmes, names it."""


@cache
def _time_zones() -> frozenset[str]:
    """Their names, for which a thousand files are looked at: once is enough."""
    return frozenset(available_timezones())


Days = Annotated[int, Field(ge=1, le=3650)]

SnapshotField = Literal[
    "education", "rural", "housing", "gender",
    "disability", "health", "ethnicity", "third_country", "foreign_background", "minority",
]  # fmt: skip
"""What can be wanted of the joining day. The second line is never asked in the chat, which then says so."""
Months = Annotated[int, Field(ge=1, le=24)]
ReferralKind = Literal["psychologist", "coach", "career_consultant", "partner"]
_REFERRAL_DAYS: Final[dict[ReferralKind, int]] = {
    "psychologist": 2,
    "coach": 2,
    "career_consultant": 2,
    "partner": 2,
}


class WrongSetting(Exception):
    """One sentence that names the setting and says what it should be."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where letters are handed over; never in clear, unless it is this very machine and `tls` says so."""

    host: str
    port: int
    tls: Literal["at_once", "starttls", "none"]
    user: str | None = None
    password: str | None = field(default=None, repr=False)


_THIS_MACHINE: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_ADDRESS: Final = r"[A-Za-z0-9._%+\-]+@(?:[A-Za-z0-9](?:[A-Za-z0-9\-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}"


def _mail_server(url: str) -> MailServer:
    """The parts of smtp://user:password@host:587 or smtps://...; raises ValueError."""
    parts = urlsplit(url)
    plain = parts.query == "starttls=no" and parts.scheme == "smtp"
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or parts.path not in ("", "/") or parts.fragment:
        raise ValueError("is no address of a mail server")
    if (parts.query and not plain) or (plain and parts.hostname not in _THIS_MACHINE):
        raise ValueError("asks for letters to be sent in clear")
    if (parts.username is None) is not (parts.password is None) or any(one <= " " for one in unquote(url)):
        raise ValueError("holds half of a login")
    user, password = (None if one is None else unquote(one) for one in (parts.username, parts.password))
    if parts.scheme == "smtps":
        return MailServer(parts.hostname, parts.port or 465, "at_once", user, password)
    return MailServer(parts.hostname, parts.port or 587, "none" if plain else "starttls", user, password)


class Settings(BaseSettings):
    """Everything that can be set. Wrong values stop the start; see `read`."""

    model_config = SettingsConfigDict(env_prefix="BOT_", frozen=True, hide_input_in_errors=True)

    token: str | None = Field(default=None, pattern=r"^[0-9]+:[A-Za-z0-9_-]{3,}$", repr=False)
    api_url: str = Field(default=TELEGRAM, pattern=r"^https?://[^/\s]+(/[^\s]*)?$")
    database_url: str = Field(default="sqlite+aiosqlite:///data/bot.db", pattern=r"^sqlite\+aiosqlite:///[^?#%]+$")
    admins: Annotated[frozenset[int], NoDecode] = frozenset()
    timezone: str = "Europe/Riga"
    webhook_url: str | None = Field(default=None, pattern=r"^https://[^/\s]+(/[^\s]*)?$")
    webhook_secret: str | None = Field(default=None, pattern=r"^[A-Za-z0-9_-]{16,256}$", repr=False)
    backup_key: str | None = None
    public_url: str | None = Field(default=None, pattern=r"^https://[^/\s]+(/[^\s?#]*)?$")
    http_bind: str | None = Field(default=None, pattern=r"^[^:\s]+:[0-9]{1,5}$")
    smtp_url: str | None = Field(default=None, repr=False)
    mail_from: str | None = Field(default=None, pattern=rf"^(?:[^<>@\"\x00-\x1f]{{1,80}} <{_ADDRESS}>|{_ADDRESS})$")
    link_days: int = Field(default=14, ge=1, le=90)
    relay_hours: int = Field(default=48, ge=1, le=336)
    smtp_timeout: float = Field(default=30.0, ge=1, le=300)
    age_alone: int = Field(default=13, ge=6, le=18)
    age_joins: int = Field(default=15, ge=7, le=40)
    age_adult: int = Field(default=18, ge=8, le=40)
    age_last: int = Field(default=29, ge=9, le=99)
    programme_shortest_months: Months = 1
    programme_longest_months: Months = 9
    aftercare_months: int = Field(default=3, ge=1, le=6)
    longest_pause_days: int = Field(default=90, ge=1, le=366)
    pause_extends: bool = False
    remind_first_days: Days = 2
    remind_second_days: Days = 9
    remind_hours: int = Field(default=2, ge=0, le=12)
    child_danger_alert: Literal["off", "agreed", "always"] = "agreed"
    alerts_at_night: bool = False
    alert_minutes: int = Field(default=15, ge=1, le=240)
    keep_unfinished_days: Days = 30
    keep_answers_days: Days = 180
    keep_cases_days: Days = 395
    keep_events_days: Days = 395
    keep_alerts_days: Days = 180
    keep_reports_days: Days = 1095
    keep_accesses_days: Days = 730
    keep_audit_days: Days = 730
    keep_blocks_days: Days = 180
    keep_figures_days: Days = 1095
    keep_traces_days: Days = 30
    warn_days: Days = 14
    hours_a_month: int = Field(default=20, ge=0, le=200)
    most_cases: int = Field(default=6, ge=1, le=50)
    snapshot_fields: Annotated[frozenset[SnapshotField], NoDecode] = frozenset({"education", "rural"})
    fewest_shown: int = Field(default=5, ge=3, le=100)
    quiet_pause_days: Days = 10
    ask_useful_days: int = Field(default=1, ge=0, le=10)
    pulse_useful_hours: int = Field(default=48, ge=1, le=168)
    digest_useful_until: int = Field(default=12, ge=8, le=18)
    verify_days: Days = 180
    agreement_days: Days = 30
    partner_help: str = Field(default="ljp@ljp.lv", max_length=120, pattern=r"^[^\x00-\x1f]*$")
    referral_days: Annotated[Mapping[ReferralKind, Annotated[int, Field(ge=1, le=30)]], NoDecode] = _REFERRAL_DAYS
    guardian_kinds: Annotated[frozenset[ReferralKind], NoDecode] = frozenset({"psychologist"})
    offer_hours: int = Field(default=24, ge=2, le=168)
    publicity_line: str = Field(default=PUBLICITY, max_length=300, pattern=r"^[^\x00-\x1f]*$")
    events_a_week: int = Field(default=3, ge=0, le=50)
    four_eyes_above: int = Field(default=50, ge=0, le=1_000_000)
    log: Literal["text", "json"] = "text"
    log_level: Literal["debug", "info", "warning"] = "info"

    @field_validator("admins", "snapshot_fields", "guardian_kinds", mode="before")
    @classmethod
    def _numbers(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return [part.strip() for part in value.split(",") if part.strip()]

    @field_validator("referral_days", mode="before")
    @classmethod
    def _by_kind(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        pairs = [part.partition(":") for part in value.split(",") if part.strip()]
        wanted: dict[str, str] = {kind.strip(): days.strip() for kind, _, days in pairs}
        return dict(_REFERRAL_DAYS) | wanted

    @field_validator("backup_key")
    @classmethod
    def _locks(cls, value: str | None) -> str | None:
        if value is not None:
            import pyrage  # only who locks their backups pays for it

            try:
                pyrage.x25519.Recipient.from_str(value)
            except pyrage.RecipientError:
                raise ValueError("is no age key") from None
        return value

    @field_validator("http_bind")
    @classmethod
    def _port_exists(cls, value: str | None) -> str | None:
        if value is not None and not 0 < int(value.rsplit(":", 1)[1]) < 65536:
            raise ValueError("has no port from 1 to 65535")
        return value

    @field_validator("smtp_url")
    @classmethod
    def _mail_server_named(cls, value: str | None) -> str | None:
        if value is not None:
            _mail_server(value)
        return value

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in _time_zones():
            raise ValueError("is not a time zone such as Europe/Riga")
        return value

    @model_validator(mode="after")
    def _ages_in_order(self) -> "Settings":
        ages = (self.age_alone, self.age_joins, self.age_adult, self.age_last)
        if sorted(set(ages)) != list(ages):
            names = "BOT_AGE_ALONE, BOT_AGE_JOINS, BOT_AGE_ADULT and BOT_AGE_LAST"
            raise ValueError(f"{names} should each be higher than the one before it")
        return self

    @model_validator(mode="after")
    def _reminders_in_order(self) -> "Settings":
        if self.remind_first_days >= self.remind_second_days:
            raise ValueError("BOT_REMIND_SECOND_DAYS should be more than BOT_REMIND_FIRST_DAYS")
        return self

    @model_validator(mode="after")
    def _months_in_order(self) -> "Settings":
        if self.programme_shortest_months > self.programme_longest_months:
            raise ValueError("BOT_PROGRAMME_LONGEST_MONTHS should not be less than BOT_PROGRAMME_SHORTEST_MONTHS")
        return self

    @model_validator(mode="after")
    def _webhook_whole(self) -> "Settings":
        given = (self.webhook_url, self.webhook_secret, self.http_bind)
        if self.webhook_url and None in given:
            raise ValueError("BOT_WEBHOOK_URL needs BOT_WEBHOOK_SECRET and BOT_HTTP_BIND beside it")
        return self

    @model_validator(mode="after")
    def _mail_whole(self) -> "Settings":
        if (self.smtp_url is None) is not (self.mail_from is None):
            raise ValueError("BOT_SMTP_URL and BOT_MAIL_FROM need each other")
        if self.smtp_url and None in (self.public_url, self.http_bind):
            raise ValueError("BOT_SMTP_URL needs BOT_PUBLIC_URL and BOT_HTTP_BIND beside it, as letters hold links")
        return self

    @property
    def mail_on(self) -> bool:
        """Whether letters can be sent."""
        return self.smtp_url is not None

    @property
    def mail_server(self) -> MailServer | None:
        """Where letters are handed over; none: there are no letters."""
        return None if self.smtp_url is None else _mail_server(self.smtp_url)

    @property
    def mail_sender(self) -> tuple[str, str]:
        """The name (or nothing) and the address that letters come from."""
        return parseaddr(self.mail_from or "")

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def database_file(self) -> Path:
        """Where the SQLite file lies."""
        return Path(self.database_url.removeprefix("sqlite+aiosqlite:///"))


_DAYS: Final = "whole days from 1 to 3650, such as 30"
_MONTHS: Final = "whole months from 1 to 24, such as 9"
_WANTED: Final = {
    "BOT_TOKEN": "the token that BotFather gave, such as 123456:ABC-def",
    "BOT_API_URL": "the address of a Bot API server, such as https://api.telegram.org",
    "BOT_DATABASE_URL": "an SQLite address such as sqlite+aiosqlite:///data/bot.db",
    "BOT_ADMINS": "Telegram ids with commas between, such as 1234567,7654321",
    "BOT_TIMEZONE": "a time zone such as Europe/Riga",
    "BOT_WEBHOOK_URL": "an https address",
    "BOT_WEBHOOK_SECRET": "16 to 256 letters, digits, _ or -",
    "BOT_PUBLIC_URL": "the https address at which BOT_HTTP_BIND can be reached from outside, such as https://bot.example",
    "BOT_HTTP_BIND": "host:port, such as 127.0.0.1:8080",
    "BOT_LINK_DAYS": "whole days from 1 to 90, such as 14",
    "BOT_RELAY_HOURS": "whole hours from 1 to 336, such as 48",
    "BOT_SMTP_URL": "smtp://user:password@host:587 (with STARTTLS, which only localhost may do without, by "
    "?starttls=no) or smtps://user:password@host:465",
    "BOT_MAIL_FROM": "an address such as partners@example.org, or a name and <partners@example.org>",
    "BOT_SMTP_TIMEOUT": "seconds from 1 to 300, such as 30",
    "BOT_BACKUP_KEY": "the public half of an age key, age1 and 58 more letters and digits",
    "BOT_AGE_ALONE": "the age from which somebody may agree alone, from 6 to 18, such as 13",
    "BOT_AGE_JOINS": "the youngest age in the programme, from 7 to 40, such as 15",
    "BOT_AGE_ADULT": "the age from which nobody else has to agree, from 8 to 40, such as 18",
    "BOT_AGE_LAST": "the oldest age at which somebody can join, from 9 to 99, such as 29",
    "BOT_PROGRAMME_SHORTEST_MONTHS": _MONTHS,
    "BOT_PROGRAMME_LONGEST_MONTHS": _MONTHS,
    "BOT_AFTERCARE_MONTHS": "whole months from 1 to 6, such as 3",
    "BOT_LONGEST_PAUSE_DAYS": "whole days from 1 to 366, such as 90",
    "BOT_PAUSE_EXTENDS": "true or false",
    "BOT_REMIND_FIRST_DAYS": _DAYS,
    "BOT_REMIND_SECOND_DAYS": _DAYS,
    "BOT_REMIND_HOURS": "whole hours from 0 (no second reminder) to 12, such as 2",
    "BOT_CHILD_DANGER_ALERT": "off, agreed or always",
    "BOT_ALERTS_AT_NIGHT": "true or false",
    "BOT_ALERT_MINUTES": "whole minutes from 1 to 240, such as 15",
    "BOT_KEEP_UNFINISHED_DAYS": _DAYS,
    "BOT_KEEP_ANSWERS_DAYS": _DAYS,
    "BOT_KEEP_CASES_DAYS": _DAYS,
    "BOT_KEEP_EVENTS_DAYS": _DAYS,
    "BOT_KEEP_ALERTS_DAYS": _DAYS,
    "BOT_KEEP_REPORTS_DAYS": _DAYS,
    "BOT_KEEP_ACCESSES_DAYS": _DAYS,
    "BOT_KEEP_AUDIT_DAYS": _DAYS,
    "BOT_KEEP_BLOCKS_DAYS": _DAYS,
    "BOT_KEEP_FIGURES_DAYS": _DAYS,
    "BOT_KEEP_TRACES_DAYS": _DAYS,
    "BOT_WARN_DAYS": _DAYS,
    "BOT_HOURS_A_MONTH": "whole hours from 0 (no goal) to 200, such as 20",
    "BOT_MOST_CASES": "how many young people one mentor guides at a time, from 1 to 50, such as 6",
    "BOT_SNAPSHOT_FIELDS": "names with commas between of education, rural, housing and gender, or nothing",
    "BOT_FEWEST_SHOWN": "the smallest number of people that figures show, from 3 to 100, such as 5",
    "BOT_QUIET_PAUSE_DAYS": _DAYS,
    "BOT_ASK_USEFUL_DAYS": "whole working days from 0 (only on its own day) to 10, such as 1",
    "BOT_PULSE_USEFUL_HOURS": "whole hours from 1 to 168, such as 48",
    "BOT_DIGEST_USEFUL_UNTIL": "an hour of the day from 8 to 18, such as 12",
    "BOT_VERIFY_DAYS": _DAYS,
    "BOT_AGREEMENT_DAYS": _DAYS,
    "BOT_PARTNER_HELP": "one line of at most 120 signs, or nothing",
    "BOT_REFERRAL_DAYS": "working days from 1 to 30 by kind of help, such as psychologist:2,partner:3",
    "BOT_GUARDIAN_KINDS": "kinds of help with commas between, such as psychologist,coach, or nothing",
    "BOT_OFFER_HOURS": "whole hours from 2 to 168, such as 24",
    "BOT_PUBLICITY_LINE": "one line of at most 300 signs, or nothing",
    "BOT_EVENTS_A_WEEK": "how many invitations somebody young gets in a week, from 1 to 50, or 0 for no limit",
    "BOT_FOUR_EYES_ABOVE": "a whole number of people, such as 50, or 0 for never",
    "BOT_LOG": "text or json",
    "BOT_LOG_LEVEL": "debug, info or warning",
}


def read() -> Settings:
    """The settings of this process; raises WrongSetting with one sentence for the first that is wrong."""
    try:
        return Settings()
    except ValidationError as wrong:
        first = wrong.errors(include_input=False, include_url=False)[0]
        if not first["loc"]:
            raise WrongSetting(first["msg"].removeprefix("Value error, ") + ".") from None
        name = f"BOT_{first['loc'][0]}".upper()
        raise WrongSetting(f"{name} should be {_WANTED.get(name, first['msg'])}.") from None


def token_of(settings: Settings) -> str:
    """The token, which only `run` needs; raises WrongSetting where there is none."""
    if settings.token is None:
        raise WrongSetting(f"BOT_TOKEN is not set: it should be {_WANTED['BOT_TOKEN']}.")
    return settings.token
