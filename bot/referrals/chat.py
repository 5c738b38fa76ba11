"""Referrals in chat: opening one, and each side's way with it."""

from bot.referrals import chat_lists, chat_receiver, chat_sent, chat_youth
from bot.referrals.actions import Inbox, Mine, Sent
from bot.referrals.agreed import chat_consent, chat_guardian, chat_override, consents
from bot.referrals.appointment import calendars, chat_describe, chat_my_times, chat_times
from bot.referrals.choosing import chat_choose, chat_refer
from bot.referrals.closed import chat_outcome
from bot.referrals.own_request import chat_request
from bot.referrals.reported import chat_report
from bot.referrals.together import chat_introductions, chat_windows
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


routes = joined(
    (
        _lists,
        chat_refer.routes,
        chat_choose.routes,
        chat_sent.routes,
        chat_youth.routes,
        chat_consent.routes,
        chat_guardian.routes,
        chat_override.routes,
        chat_request.routes,
        consents.routes,
        chat_receiver.routes,
        chat_times.routes,
        chat_my_times.routes,
        chat_describe.routes,
        calendars.routes,
        chat_outcome.routes,
        chat_introductions.routes,
        chat_windows.routes,
        chat_report.routes,
        chat_lists.routes,
    )
)
