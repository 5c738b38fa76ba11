"""The languages danger is heard in."""

from enum import Enum


class Language(Enum):
    """The languages young people write in; whatever the bot's own language is, all four are always heard."""

    LATVIAN = "lv"
    UKRAINIAN = "uk"
    RUSSIAN = "ru"
    ENGLISH = "en"
