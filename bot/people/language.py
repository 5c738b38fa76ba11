"""Choosing a language: always possible, also in the middle of something, and nothing is lost by it."""

from dataclasses import dataclass
from typing import ClassVar

from bot.actions import Action
from bot.people.rules import languages_for
from bot.turn import Keyboard, button
from bot.words import Language


@dataclass(frozen=True, slots=True)
class PickLanguage(Action):
    """Speak this language from now on."""

    tag: ClassVar[str] = "people.language"
    language: Language


def language_keyboard(client: str | None, first: Language | None = None) -> Keyboard:
    """The three languages by their own names: on top `first` if given, then the one of the person's Telegram."""
    languages = sorted(languages_for(client), key=lambda language: language is not first)
    return tuple(
        (button(f"people.any.button.language_{language.value}", PickLanguage(language)),) for language in languages
    )
