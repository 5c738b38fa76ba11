"""What a young person asked for, in their lists: its line, and the way to take it back."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.referrals.actions import ChooseReceiver
from bot.referrals.own_request.actions_request import AskFor, DropRequest
from bot.referrals.own_request.requests import Request
from bot.roles import Person
from bot.turn import Button, Keyboard, Row, button
from bot.words import Phrase, phrase


def ask_button() -> Button:
    return button("referrals.youth.button.ask_for", AskFor())


def line(request: Request, zone: ZoneInfo) -> Phrase:
    """One request that is not answered yet, in the young person's list; what kind of help it is, is not said there."""
    apart = "_apart" if request.without_mentor else ""
    return phrase(f"referrals.youth.line.request{apart}", asked=request.asked_at.astimezone(zone).date())


def drop_rows(standing: Sequence[Request]) -> Keyboard:
    return tuple(
        (
            button(
                "referrals.youth.button.drop_request",
                DropRequest(one.id),
                to=phrase(f"referrals.youth.to.{one.kind.value}"),
            ),
        )
        for one in standing
    )


# --- whoever may answer -----------------------------------------------------------------------------------------


def staff_line(request: Request, youth: Person) -> Phrase:
    """One request in the list of whoever may answer it."""
    kind = phrase(f"referrals.any.kind.{request.kind.value}")
    return phrase("referrals.staff.line.request", youth=youth.code_name, kind=kind)


def staff_row(request: Request, youth: Person) -> Row:
    begin = ChooseReceiver(request.case_id, request.kind)
    return (button("referrals.staff.button.one_request", begin, youth=youth.code_name),)
