"""What was closed in the last month, for receivers and for whoever guides young people."""

from bot.programme import cards
from bot.referrals import lists, screens
from bot.referrals.actions import Inbox, Sent, ShowSent
from bot.referrals.actions_lists import ClosedInbox, ClosedSent
from bot.routes import Routes
from bot.turn import Keyboard, Turn, button
from bot.words import Lines

routes = Routes()


@routes.press(ClosedInbox)
async def received(turn: Turn, action: ClosedInbox) -> None:
    """A line for each, and nothing behind it: a receiver has nothing left to do or to read there."""
    found = await lists.closed_received(turn)
    here = screens.page_of(found, action.page)
    rows: Keyboard = ((button("referrals.staff.button.inbox", Inbox()),),)
    if screens.has_more(found, action.page):
        rows = ((button("referrals.staff.button.more", ClosedInbox(action.page + 1)),), *rows)
    turn.replace(
        "referrals.staff.closed_received" if here else "referrals.staff.none_closed",
        keyboard=rows,
        lines=Lines(tuple(lists.received_line(one, one.referral.changed_at.astimezone(turn.zone)) for one in here)),
    )


@routes.press(ClosedSent)
async def sent(turn: Turn, action: ClosedSent) -> None:
    """Each with the way to it, where somebody else can be asked."""
    found = await lists.closed_sent(turn)
    here = screens.page_of(found, action.page)
    rows: Keyboard = tuple(
        (
            button(
                "referrals.staff.button.one_sent",
                ShowSent(one.referral.id),
                youth=one.youth.code_name,
                receiver=cards.shortened(screens.receiver_of(one)),
            ),
        )
        for one in here
    )
    if screens.has_more(found, action.page):
        rows = (*rows, (button("referrals.staff.button.more", ClosedSent(action.page + 1)),))
    turn.replace(
        "referrals.staff.closed_sent" if here else "referrals.staff.none_closed",
        keyboard=(*rows, (button("referrals.staff.button.sent", Sent()),)),
        lines=Lines(tuple(lists.sent_line(one, one.referral.changed_at.astimezone(turn.zone)) for one in here)),
    )
