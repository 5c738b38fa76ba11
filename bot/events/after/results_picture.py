"""The answers after an event as a picture: bars that are solid as far as a count is certain, and hatched beyond."""

from collections.abc import Mapping
from typing import Any

from bot.events.after.actions_after import ShowResults
from bot.events.after.ratings import Rating
from bot.events.after.screens_after import in_words, rating_name
from bot.events.event import Event
from bot.figures.suppression import Table
from bot.routes import Routes
from bot.turn import Attachment, AttachmentKind, Made, button
from bot.words import Phrase, phrase

routes = Routes()

KIND = "events.results"


def facts(event: Event, there: Phrase, said: Table[Rating], few: int) -> dict[str, Any]:
    """What the workshop is handed: only what may be shown, for it lies in the database until the work is done."""
    return {
        "event": event.id,
        "title": event.title,
        "question": phrase("events.staff.results_question"),
        "bars": [
            {"label": rating_name(one), "from": cell.at_least, "to": cell.at_most, "words": in_words(cell, few)}
            for one, (cell,) in said.rows.items()
        ],
        "there": there,
        "note": phrase("events.staff.results_note", few=few),
    }


@routes.make(KIND)
def picture(given: Mapping[str, Any]) -> Made:
    """The picture, with who was there below it."""
    from bot.figures import bars  # Pillow is loaded when there is something to draw

    drawn = [bars.Bar(one["label"], one["from"], one["to"], one["words"]) for one in given["bars"]]
    png = bars.draw(given["title"], [bars.Section(given["question"], tuple(drawn))], given["note"])
    return Made(
        phrase("events.any.written", text=given["there"]),
        (Attachment("answers.png", png, AttachmentKind.PICTURE),),
        ((button("events.staff.button.results", ShowResults(given["event"])),),),
    )
