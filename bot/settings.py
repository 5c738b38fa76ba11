"""What the people who run the bot decide, read once from BOT_* variables; the only reader of the environment."""

from pathlib import Path
from typing import Annotated, Final, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

TELEGRAM: Final = "https://api.telegram.org"


class WrongSetting(Exception):
    """One sentence that names the setting and says what it should be."""


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
    http_bind: str | None = Field(default=None, pattern=r"^[^:\s]+:[0-9]{1,5}$")
    log: Literal["text", "json"] = "text"
    log_level: Literal["debug", "info", "warning"] = "info"

    @field_validator("admins", mode="before")
    @classmethod
    def _numbers(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return [part.strip() for part in value.split(",") if part.strip()]

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

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("is not a time zone such as Europe/Riga")
        return value

    @model_validator(mode="after")
    def _webhook_whole(self) -> "Settings":
        given = (self.webhook_url, self.webhook_secret, self.http_bind)
        if self.webhook_url and None in given:
            raise ValueError("BOT_WEBHOOK_URL needs BOT_WEBHOOK_SECRET and BOT_HTTP_BIND beside it")
        return self

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def database_file(self) -> Path:
        """Where the SQLite file lies."""
        return Path(self.database_url.removeprefix("sqlite+aiosqlite:///"))


_WANTED: Final = {
    "BOT_TOKEN": "the token that BotFather gave, such as 123456:ABC-def",
    "BOT_API_URL": "the address of a Bot API server, such as https://api.telegram.org",
    "BOT_DATABASE_URL": "an SQLite address such as sqlite+aiosqlite:///data/bot.db",
    "BOT_ADMINS": "Telegram ids with commas between, such as 1234567,7654321",
    "BOT_TIMEZONE": "a time zone such as Europe/Riga",
    "BOT_WEBHOOK_URL": "an https address",
    "BOT_WEBHOOK_SECRET": "16 to 256 letters, digits, _ or -",
    "BOT_HTTP_BIND": "host:port, such as 127.0.0.1:8080",
    "BOT_BACKUP_KEY": "the public half of an age key, age1 and 58 more letters and digits",
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
