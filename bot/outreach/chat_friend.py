"""Passing the link on: the same one for everybody, so that it says nothing of who did, and nothing is kept of it."""

from typing import Final
from urllib.parse import quote

from bot.outreach.actions import InviteFriend
from bot.outreach.rules import FRIEND
from bot.people.menu import ShowMenu
from bot.people.screens import with_help
from bot.roles import Role
from bot.routes import Routes
from bot.turn import Link, Turn, button
from bot.words import phrase

routes = Routes()

_SHARE: Final = "https://t.me/share/url"
"""Telegram's own page for passing an address on: it asks to whom, and tells nobody else."""

routes.offer({Role.YOUTH}, 70, button("outreach.youth.button.friend", InviteFriend()))


@routes.command("invite_friend")
async def invite_friend(turn: Turn, _: str) -> None:
    _invite(turn)


@routes.press(InviteFriend)
async def invite_friend_pressed(turn: Turn, _: InviteFriend) -> None:
    _invite(turn)


def _invite(turn: Turn) -> None:
    """A message to forward, which is nothing but the invitation; below it how, and the short way."""
    link = turn.deep_link(FRIEND)
    words = phrase("outreach.youth.friend_words")
    share = Link(phrase("outreach.youth.button.share"), f"{_SHARE}?url={quote(link, safe='')}&text=", says=words)
    turn.say("outreach.youth.friend_forward", words=words, link=link)
    turn.say(
        "outreach.youth.friend",
        keyboard=with_help(((share,), (button("people.any.button.menu", ShowMenu()),))),
    )
