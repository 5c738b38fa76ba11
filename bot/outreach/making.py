"""What the workshop makes of a source: its poster and its code; see `Routes.make`."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from bot.directory.rules import place_key
from bot.outreach.actions import ShowSource
from bot.outreach.layout import Block, Sheet, composed
from bot.outreach.paper import as_pdf, as_png, code_alone
from bot.outreach.rules import Source
from bot.people.menu import ShowMenu
from bot.routes import Routes
from bot.turn import Attachment, AttachmentKind, Keyboard, Made, button
from bot.words import Language, SaidIn, phrase

routes = Routes()

_PARTS = ("headline", "offer", "how", "promise")


def poster_facts(
    source: Source, link: str, languages: Sequence[Language], publicity: str, now: datetime
) -> dict[str, Any]:
    """What `poster` needs; the source's own language stands first on the page."""
    ordered = sorted(languages, key=lambda language: language is not source.language)
    here = source.municipality
    return {
        "source": source.id,
        "code": source.code,
        "link": link,
        "language": ordered[0].value,
        "place": "" if here is None else SaidIn(ordered[0], phrase(place_key(here))),
        "blocks": [
            {part: SaidIn(language, phrase(f"outreach.youth.poster.{part}")) for part in _PARTS} for language in ordered
        ],
        "publicity": publicity,
        "on": now.date().isoformat(),
    }


@routes.make("outreach.poster")
def poster(facts: Mapping[str, Any]) -> Made:
    """An A4 poster as PDF and as a picture."""
    blocks = tuple(Block(**block) for block in facts["blocks"])
    items = composed(Sheet(facts["place"], blocks, facts["link"], facts["publicity"]))
    title = f"{blocks[0].headline} {facts['place']}".strip()
    pdf = as_pdf(items, title, facts["language"], date.fromisoformat(facts["on"]))
    file = f"poster-{facts['code']}"
    return Made(
        phrase("outreach.staff.poster_ready"),
        (
            Attachment(f"{file}.pdf", pdf),
            Attachment(f"{file}.png", as_png(items), AttachmentKind.PICTURE),
        ),
        _ways_on(facts),
    )


def code_facts(source: Source, link: str) -> dict[str, Any]:
    """What `code` needs."""
    return {"source": source.id, "code": source.code, "link": link}


@routes.make("outreach.code")
def code(facts: Mapping[str, Any]) -> Made:
    """The code alone, as a file that no messenger makes smaller."""
    file = Attachment(f"qr-{facts['code']}.png", code_alone(facts["link"]))
    return Made(phrase("outreach.staff.code_ready", link=facts["link"]), (file,), _ways_on(facts))


def _ways_on(facts: Mapping[str, Any]) -> Keyboard:
    return (
        (button("outreach.staff.button.to_source", ShowSource(facts["source"])),),
        (button("people.any.button.menu", ShowMenu()),),
    )
