"""Wrong settings stop the start with one sentence that names the setting; right ones mean what they say."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import MailServer, WrongSetting, read, token_of

SECRET = "123456:planted-secret-token"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.startswith("BOT_"):
            monkeypatch.delenv(name)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_TOKEN", ""), ("BOT_TOKEN", "botfather"), ("BOT_TOKEN", "123456"), ("BOT_TOKEN", "123:abc def"),
        ("BOT_API_URL", "api.telegram.org"), ("BOT_API_URL", "file:///etc"), ("BOT_API_URL", ""),
        ("BOT_DATABASE_URL", "bot.db"), ("BOT_DATABASE_URL", "sqlite+aiosqlite:///"),
        ("BOT_DATABASE_URL", "sqlite+aiosqlite:///bot.db?mode=ro"), ("BOT_DATABASE_URL", "mysql://localhost/bot"),
        ("BOT_ADMINS", "andrejs"), ("BOT_ADMINS", "1,two"), ("BOT_ADMINS", "1;2"),
        ("BOT_TIMEZONE", "Rīga"), ("BOT_TIMEZONE", "+02:00"), ("BOT_TIMEZONE", ""),
        ("BOT_WEBHOOK_URL", "http://example.org/telegram"), ("BOT_WEBHOOK_URL", "example.org"),
        ("BOT_WEBHOOK_SECRET", "short"), ("BOT_WEBHOOK_SECRET", "with spaces in between them"),
        ("BOT_PUBLIC_URL", "http://bot.example"), ("BOT_PUBLIC_URL", "bot.example"),
        ("BOT_PUBLIC_URL", "https://bot.example/?a"),
        ("BOT_HTTP_BIND", "127.0.0.1"), ("BOT_HTTP_BIND", "127.0.0.1:99999"), ("BOT_HTTP_BIND", ":8080"),
        ("BOT_SMTP_URL", "mail.example"), ("BOT_SMTP_URL", "http://mail.example"), ("BOT_SMTP_URL", "smtp://"),
        ("BOT_SMTP_URL", "smtp://mail.example?starttls=no"), ("BOT_SMTP_URL", "smtps://localhost?starttls=no"),
        ("BOT_SMTP_URL", "smtp://localhost?starttls=maybe"), ("BOT_SMTP_URL", "smtp://user@mail.example"),
        ("BOT_SMTP_URL", "smtp://mail.example:99999"), ("BOT_SMTP_URL", "smtp://a:b%0D%0Ac@mail.example"),
        ("BOT_MAIL_FROM", "partners"), ("BOT_MAIL_FROM", "Us <partners@example.org>, x@example.org"),
        ("BOT_MAIL_FROM", "Us\r\nBcc: x <partners@example.org>"), ("BOT_SMTP_TIMEOUT", "0"),
        ("BOT_HTTP_BIND", "127.0.0.1:0"), ("BOT_LOG", "xml"), ("BOT_LOG_LEVEL", "trace"),
        ("BOT_BACKUP_KEY", ""), ("BOT_BACKUP_KEY", "age1"), ("BOT_BACKUP_KEY", "AGE-SECRET-KEY-1QQQQ"),
        ("BOT_SNAPSHOT_FIELDS", "education,shoe_size"),
        ("BOT_ASK_USEFUL_DAYS", "11"), ("BOT_PULSE_USEFUL_HOURS", "0"), ("BOT_DIGEST_USEFUL_UNTIL", "noon"),
        ("BOT_EVENTS_A_WEEK", "-1"), ("BOT_EVENTS_A_WEEK", "51"),
        ("BOT_FOUR_EYES_ABOVE", "-1"), ("BOT_FOUR_EYES_ABOVE", "all"),
        ("BOT_VERIFY_DAYS", "0"), ("BOT_AGREEMENT_DAYS", "soon"), ("BOT_PARTNER_HELP", "x" * 121),
        ("BOT_PUBLICITY_LINE", "x" * 301), ("BOT_PUBLICITY_LINE", "two\nlines"),
    ],
)  # fmt: skip
def test_one_sentence_names_the_setting(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(WrongSetting) as wrong:
        read()
    sentence = str(wrong.value)
    assert sentence.startswith(f"{name} should be ")
    assert sentence.endswith(".")
    assert "\n" not in sentence


@pytest.mark.feature("X44")
@pytest.mark.parametrize("name", ["BOT_TOKEN", "BOT_WEBHOOK_SECRET", "BOT_SMTP_URL"])
def test_a_secret_that_is_wrong_is_not_repeated(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "planted secret")
    with pytest.raises(WrongSetting) as wrong:
        read()
    assert "planted" not in repr(wrong.value)


@pytest.mark.parametrize("missing", ["BOT_WEBHOOK_SECRET", "BOT_HTTP_BIND"])
def test_a_webhook_is_whole_or_not_at_all(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = {
        "BOT_WEBHOOK_URL": "https://example.org/telegram",
        "BOT_WEBHOOK_SECRET": "s" * 16,
        "BOT_HTTP_BIND": "0.0.0.0:8080",
    }
    for name, value in whole.items():
        monkeypatch.setenv(name, value)
    assert read().webhook_url == "https://example.org/telegram"
    monkeypatch.delenv(missing)
    with pytest.raises(WrongSetting, match="BOT_WEBHOOK_URL needs BOT_WEBHOOK_SECRET and BOT_HTTP_BIND"):
        read()


MAIL = {
    "BOT_SMTP_URL": "smtp://us%40example.org:planted-password@mail.example",
    "BOT_MAIL_FROM": "Us <partners@example.org>",
    "BOT_PUBLIC_URL": "https://bot.example",
    "BOT_HTTP_BIND": "127.0.0.1:8080",
}


@pytest.mark.feature("O3")
@pytest.mark.parametrize("missing", list(MAIL))
def test_letters_can_be_sent_with_all_that_takes_or_not_at_all(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not read().mail_on
    for name, value in MAIL.items():
        monkeypatch.setenv(name, value)
    found = read()
    assert found.mail_on
    assert found.mail_server == MailServer("mail.example", 587, "starttls", "us@example.org", "planted-password")
    assert found.mail_sender == ("Us", "partners@example.org")
    monkeypatch.delenv(missing)
    with pytest.raises(WrongSetting, match=r"BOT_SMTP_URL (and BOT_MAIL_FROM need each other|needs BOT_PUBLIC_URL)"):
        read()


@pytest.mark.feature("X44")
def test_nothing_that_is_printed_of_the_settings_holds_the_mail_password(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in MAIL.items():
        monkeypatch.setenv(name, value)
    assert "planted" not in repr(read()) + repr(read().mail_server)


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://localhost:2525?starttls=no", MailServer("localhost", 2525, "none")),
        ("smtps://mail.example", MailServer("mail.example", 465, "at_once")),
        ("smtps://a:b@mail.example:4650/", MailServer("mail.example", 4650, "at_once", "a", "b")),
    ],
)
def test_letters_go_in_clear_on_this_machine_alone(
    url: str, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (MAIL | {"BOT_SMTP_URL": url}).items():
        monkeypatch.setenv(name, value)
    assert read().mail_server == server


def test_without_any_setting_the_defaults_hold_and_only_the_token_is_missing() -> None:
    settings = read()
    assert (settings.timezone, settings.admins, settings.log) == ("Europe/Riga", frozenset(), "text")
    assert settings.database_file == Path("data/bot.db")
    with pytest.raises(WrongSetting, match="BOT_TOKEN is not set"):
        token_of(settings)


def test_right_values_mean_what_they_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_ADMINS", " 1234567, 7654321,")
    monkeypatch.setenv("BOT_DATABASE_URL", "sqlite+aiosqlite:////var/lib/bot/bot.db")
    monkeypatch.setenv("BOT_TOKEN", SECRET)
    settings = read()
    assert settings.admins == {1234567, 7654321}
    assert settings.database_file == Path("/var/lib/bot/bot.db")
    assert token_of(settings) == SECRET


@pytest.mark.feature("X44")
def test_settings_can_be_shown_without_their_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", SECRET)
    monkeypatch.setenv("BOT_WEBHOOK_SECRET", "s3cret-of-sixteen-letters")
    shown = repr(read()) + str(read())
    assert SECRET not in shown
    assert "s3cret" not in shown


def test_the_process_ends_with_two_and_nothing_but_the_sentence(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "bot", "run"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={"PATH": os.environ["PATH"], "BOT_TOKEN": SECRET, "BOT_TIMEZONE": "Mars/Olympus"},
    )
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == "BOT_TIMEZONE should be a time zone such as Europe/Riga.\n"


def test_ages_and_reminders_in_the_wrong_order_stop_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_AGE_JOINS", "18")
    with pytest.raises(WrongSetting, match="BOT_AGE_ALONE, BOT_AGE_JOINS, BOT_AGE_ADULT and BOT_AGE_LAST"):
        read()
    monkeypatch.setenv("BOT_AGE_JOINS", "16")
    monkeypatch.setenv("BOT_REMIND_FIRST_DAYS", "9")
    with pytest.raises(WrongSetting, match="BOT_REMIND_SECOND_DAYS should be more"):
        read()
    monkeypatch.setenv("BOT_AGE_ALONE", "thirteen")
    with pytest.raises(WrongSetting, match="BOT_AGE_ALONE should be the age from which somebody may agree alone"):
        read()
