"""A partner knows somebody: a link for one young person to hand to them, who decides alone whether to open it.

Partners help to find young people as well as to carry out measures (JSPA's article on the project in Valmiera). Nothing
about the young person is written down here; the partner sees how many of their links were opened, and no more.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final
from urllib.parse import quote

from bot.actions import Action
from bot.outreach import rules, store, store_passed
from bot.outreach.paper import code_alone
from bot.outreach.rules import LINKS, MOST_UNOPENED, Kind
from bot.people.menu import ShowMenu
from bot.roles import Person, Role
from bot.routes import Routes
from bot.turn import Attachment, AttachmentKind, Link, Made, Turn, button
from bot.words import phrase

routes = Routes()

_SHARE: Final = "https://t.me/share/url"
"""Telegram's own page for passing an address on."""


@dataclass(frozen=True, slots=True)
class PassOn(Action):
    """How it works, and how many links were opened."""

    tag: ClassVar[str] = "outreach.pass_on"


@dataclass(frozen=True, slots=True)
class MakeLink(Action):
    """A new link for one young person."""

    tag: ClassVar[str] = "outreach.make_link"


routes.offer({Role.PARTNER}, 40, button("outreach.staff.button.pass_on", PassOn()))


@routes.command("pass_on")
async def pass_on(turn: Turn, _: str) -> None:
    await _show(turn)


@routes.press(PassOn)
async def pass_on_pressed(turn: Turn, _: PassOn) -> None:
    await _show(turn)


async def _show(turn: Turn) -> None:
    so_far = await store_passed.passed(turn.db, turn.person.id)
    turn.replace(
        "outreach.staff.passing",
        keyboard=(
            (button("outreach.staff.button.make_link", MakeLink()),),
            (button("people.any.button.menu", ShowMenu()),),
        ),
        opened=so_far.opened,
        unopened=so_far.unopened,
    )


@routes.press(MakeLink)
async def make_link(turn: Turn, _: MakeLink) -> None:
    """A fresh link with the words to send along, and its code as a picture for whoever is met face to face."""
    if (await store_passed.passed(turn.db, turn.person.id)).unopened >= MOST_UNOPENED:
        menu = (button("people.any.button.menu", ShowMenu()),)
        turn.replace("outreach.staff.passing_enough", keyboard=(menu,), most=MOST_UNOPENED)
        return
    place = _place(turn.person)
    await store.add_source(turn.db, rules.partners_code(place), place, turn.now, Kind.PARTNER)
    source = await store.source(turn.db, rules.partners_code(place))
    assert source is not None
    code = rules.link_for(secrets.randbelow(LINKS))
    await store_passed.make_link(turn.db, code, source.id, turn.person.id)
    await turn.note("link.passed_on", "person", turn.person.id)
    turn.make("outreach.passed_link", {"link": turn.deep_link(code)})
    turn.say("outreach.staff.passing_making", keyboard=((button("people.any.button.menu", ShowMenu()),),))


def _place(person: Person) -> str | None:
    """Where they are a partner; of several places, or for the whole country, none is told by the link."""
    places = {grant.municipality for grant in person.grants if grant.role is Role.PARTNER}
    return places.pop() if len(places) == 1 else None


@routes.make("outreach.passed_link")
def passed_link(facts: Mapping[str, Any]) -> Made:
    """The code as a picture, with the link and the way to send it."""
    link = facts["link"]
    picture = Attachment("proti-un-dari.png", code_alone(link), AttachmentKind.PICTURE)
    words = phrase("outreach.staff.passing_words")
    share = Link(phrase("outreach.staff.button.share_link"), f"{_SHARE}?url={quote(link, safe='')}&text=", says=words)
    ways = ((share,), (button("outreach.staff.button.pass_on", PassOn()),))
    return Made(phrase("outreach.staff.passing_ready", link=link), (picture,), ways)
