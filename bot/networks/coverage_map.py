"""What is known of every municipality as a picture: the facts for it, and the message that brings it."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from bot.directory.rules import Region, municipalities, place_key, region_key
from bot.networks import rules
from bot.networks.actions_places import Country, CoverageMap
from bot.networks.network import Coverage, Subject, Value
from bot.routes import Routes
from bot.turn import Attachment, AttachmentKind, Made, button
from bot.words import phrase

routes = Routes()

KIND: Final = "networks.coverage_map"


def facts(coverage: Coverage, subject: Subject, today: date) -> dict[str, Any]:
    """What `make` needs."""
    codes = [one.code for one in municipalities()]
    counts = rules.counted(coverage, codes, subject)
    return {
        "day": today.isoformat(),
        "subject": subject.value,
        "title": phrase(f"networks.any.map.{subject.value}", day=today),
        "note": phrase("networks.any.map.note"),
        "places": {one: phrase(place_key(one)) for one in codes},
        "regions": {one.value: phrase(region_key(one)) for one in Region},
        "values": {one: rules.value_of(coverage, one, subject).value for one in codes},
        "legend": {
            value.value: phrase(
                "networks.any.map.legend", value=phrase(f"networks.any.value.{value.value}"), number=counts[value]
            )
            for value in Value
        },
    }


@routes.make(KIND)
def make(given: Mapping[str, Any]) -> Made:
    from bot.networks import tile_map  # Pillow: most starts of the bot never need it

    content = tile_map.draw(
        given["title"],
        given["places"],
        {code: Value(value) for code, value in given["values"].items()},
        {Region(region): name for region, name in given["regions"].items()},
        {Value(value): words for value, words in given["legend"].items()},
        given["note"],
    )
    other = next(one for one in Subject if one.value != given["subject"])
    keyboard = (
        (button(f"networks.staff.button.map.{other.value}", CoverageMap(other)),),
        (button("networks.staff.button.municipalities", Country()),),
    )
    picture = Attachment(f"coverage-{given['subject']}-{given['day']}.png", content, AttachmentKind.PICTURE)
    return Made(phrase("networks.staff.map_ready", title=given["title"]), (picture,), keyboard)
