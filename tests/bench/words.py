"""P7: finding the words of 1,000 invitations in three languages, beside gettext and str.format alone.

The floor does what nobody can do without: look each of the eight texts of an invitation up with the standard library's
gettext and put ready-made, already escaped facts into it, in the order in which they stand within one another. Knowing
that order, and finding the facts (a date in its language, a title's translation, escapes), is ours to do.
"""

import gettext
from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Final
from zoneinfo import ZoneInfo

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from bot.events.audience import Audience, Group
from bot.events.event import Event, State
from bot.events.signup import screens_guests
from bot.texts import Texts, catalogue
from bot.words import InLanguages, Language, phrase
from tests.bench.figures import Effort, Peer, Row, at_most, median_ms

MESSAGES: Final = 1_000
GETTEXT: Final = "gettext and str.format"


async def measure(effort: Effort) -> list[Row]:
    texts = Texts(ZoneInfo("Europe/Riga"))
    said = [screens_guests.invitation(_event(), is_youth=True) for _ in range(MESSAGES)]

    def ours() -> None:
        for language in Language:
            for one in said:
                texts.html(one, language)

    translations = {language: _translations(language) for language in Language}
    facts = {language: _facts(texts, language) for language in Language}

    def floor() -> None:
        for language in Language:
            for _ in range(MESSAGES):
                _filled(translations[language], facts[language])

    for language in Language:
        assert texts.html(said[0], language) == _filled(translations[language], facts[language])
    return [
        Row(
            "P7",
            "1,000 invitations in three languages",
            "ms",
            median_ms(ours, effort.runs),
            (Peer(GETTEXT, median_ms(floor, effort.runs)),),
            (at_most(2, GETTEXT),),
            effort.runs,
        )
    ]


def _event() -> Event:
    """As it is read anew for every message that goes out."""
    return Event(
        1,
        1,
        State.SENDING,
        InLanguages({Language.LV: "Radošā diena", Language.UK: "Творчий день"}, Language.LV),
        InLanguages({Language.LV: "Nāc & paņem līdzi draugu!", Language.UK: "Приходь із другом!"}, Language.LV),
        "Jauniešu centrs, Brīvības iela 18, Ogre",
        datetime(2026, 3, 12, 16, tzinfo=UTC),
        Audience("LV-067", frozenset({Group.YOUTH})),
    )


def _translations(language: Language) -> gettext.GNUTranslations:
    """The standard library's translations with our words in them."""
    words = Catalog(locale=language.value)
    for key, forms in catalogue(language).forms.items():
        words.add(key, forms[0])
    compiled = BytesIO()
    write_mo(compiled, words)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def _facts(texts: Texts, language: Language) -> dict[str, str]:
    """What an invitation says of its event, as words of that language."""
    event = _event()
    facts = {"title": event.title, "when": event.starts_at, "place": event.place, "text": event.details}
    return {name: texts.html(phrase("people.any.remark", remark=fact), language) for name, fact in facts.items()}


def _filled(words: gettext.GNUTranslations, facts: Mapping[str, str]) -> str:
    """An invitation from the texts that it is made of."""
    when = words.gettext("events.any.fact.when").format(when=facts["when"])
    where = words.gettext("events.any.fact.where").format(place=facts["place"])
    lines = words.gettext("events.any.lines").format(lines=f"{when}\n{where}")
    told = words.gettext("events.any.paragraph").format(part=lines)
    text = words.gettext("events.any.written").format(text=facts["text"])
    written = words.gettext("events.any.paragraph").format(part=text)
    body = f"{told}\n{written}\n{words.gettext('events.youth.will_you_come')}"
    return words.gettext("events.youth.invitation").format(title=facts["title"], body=body)
