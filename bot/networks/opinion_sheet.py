"""The collected answers of a network as a table: who speaks for whom, what they wrote, and who has not written."""

from collections.abc import Mapping
from typing import Any, Final

from bot.directory.rules import region_key
from bot.networks import screens, store, store_opinions
from bot.networks.actions_opinions import ShowOpinion
from bot.networks.network import Member, Network, Opinion
from bot.networks.sheets import Cell, xlsx
from bot.people import store as people
from bot.routes import Routes
from bot.turn import Attachment, Made, Tick, button
from bot.words import Phrase, phrase

routes = Routes()

KIND: Final = "networks.opinion_sheet"

_COLUMNS: Final = ("name", "whom", "organization", "region", "at", "answer")
_WIDTHS: Final = (26, 28, 32, 18, 20, 90)


async def facts(tick: Tick, opinion: Opinion, network: Network, *, unasked: bool = False) -> dict[str, Any]:
    """What `make` needs. An answer stays where somebody left the network, and goes with whoever is erased."""
    members = {one.person_id: one for one in await store.members(tick.db, network.id)}
    answers = await store_opinions.answers(tick.db, opinion.id)
    gone = await people.persons(tick.db, [one.person_id for one in answers if one.person_id not in members])
    rows = []
    for one in answers:
        member = members.pop(one.person_id, None)
        if member is None:
            left = gone[one.person_id]
            rows.append(_row(left.name or left.code_name, None) | {"at": one.at, "answer": one.text})
        else:
            rows.append(_row(member.name, member) | {"at": one.at, "answer": one.text})
    return {
        "opinion": opinion.id,
        "network": network.name,
        "question": opinion.question,
        "words": {one: phrase(f"networks.any.sheet.{one}") for one in (*_COLUMNS, "title", "silent")},
        "rows": rows,
        "silent": [_row(one.name, one) for one in members.values() if one.person_id != opinion.asked_by],
        "answers": len(rows),
        "unasked": unasked,
    }


def _row(name: str, member: Member | None) -> dict[str, Any]:
    region: Phrase | str = ""
    if member is not None and member.standing.region is not None:
        region = phrase(region_key(member.standing.region))
    return {
        "name": name,
        "whom": phrase("networks.any.sheet.left") if member is None else screens.body(member.standing),
        "organization": (member.standing.organization if member else None) or "",
        "region": region,
    }


@routes.make(KIND)
def make(given: Mapping[str, Any]) -> Made:
    """The file and the way back to the question."""
    words = given["words"]
    rows: list[list[Cell]] = [[given["question"]], []]
    rows += [[row[one] for one in _COLUMNS] for row in given["rows"]]
    if given["silent"]:
        rows += [[], [words["silent"]]]
        rows += [[row[one] for one in ("name", "whom", "organization", "region")] for row in given["silent"]]
    content = xlsx(words["title"], [words[one] for one in _COLUMNS], rows, _WIDTHS)
    return Made(
        phrase("networks.staff.sheet_ready", network=given["network"], count=given["answers"]),
        (Attachment(f"opinions-{given['opinion']}.xlsx", content),),
        ((button("networks.staff.button.opinion_open", ShowOpinion(given["opinion"])),),),
        unasked=given["unasked"],
    )
