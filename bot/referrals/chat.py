"""Referrals in chat: opening one, and each side's way with it."""

from bot.referrals import chat_receiver, chat_refer, chat_sent, chat_youth
from bot.referrals.actions import Inbox, Mine, Sent
from bot.roles import Role
from bot.routes import Routes, joined
from bot.turn import Turn

_lists = Routes()


@_lists.command("referrals")
async def referrals(turn: Turn, _argument: str) -> None:
    """Their own list: received, if they receive any; else sent; a young person's own."""
    if turn.person.roles & {Role.SPECIALIST, Role.PARTNER}:
        await chat_receiver.inbox(turn, Inbox())
    elif turn.person.is_youth:
        await chat_youth.mine(turn, Mine())
    else:
        await chat_sent.sent(turn, Sent())


routes = joined((_lists, chat_refer.routes, chat_sent.routes, chat_youth.routes, chat_receiver.routes))
