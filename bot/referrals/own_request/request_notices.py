"""What staff are told of a young person's own request, and the young person of what becomes of it."""

from collections.abc import Sequence

from bot.people.screens import with_help
from bot.programme.keepers import youth_of
from bot.programme.rules import Case
from bot.programme.screens import case_button
from bot.referrals import screens
from bot.referrals.actions import ChooseReceiver
from bot.referrals.own_request import asked_people
from bot.referrals.own_request.actions_request import AskFor, TalkFirst
from bot.referrals.own_request.requests import Request
from bot.roles import Person
from bot.turn import Keyboard, Tick, button
from bot.words import Fact, phrase


async def tell_staff(tick: Tick, case: Case, request: Request, those: Sequence[Person], what: str) -> None:
    """One button begins the referral with that kind of help chosen; `what` is the last word of the key."""
    youth = await youth_of(tick.db, case)
    for one in those:
        apart = "apart_" if request.without_mentor else ""
        tick.tell(
            one.id,
            phrase(
                f"referrals.staff.request.{apart}{what}",
                youth=youth.code_name,
                kind=screens.kind_of(request.kind),
            ),
            keyboard=_keyboard(case, request, one),
            about=youth.id,
            once=f"request:{request.id}:{what}:{one.id}",
        )


def _keyboard(case: Case, request: Request, person: Person) -> Keyboard:
    """Whoever stands in and may not refer can only see the case, and find somebody who may."""
    if not asked_people.may_answer(person, case, request):
        return ((case_button(case.id),),)
    begin = ChooseReceiver(case.id, request.kind)
    return (
        (button("referrals.staff.button.request", begin),),
        (button("referrals.staff.button.talk_first", TalkFirst(request.id)),),
    )


async def tell_dropped(tick: Tick, case: Case, request: Request, those: Sequence[Person]) -> None:
    """There is nothing to do any more."""
    youth = await youth_of(tick.db, case)
    for one in those:
        tick.tell(
            one.id,
            phrase("referrals.staff.request.dropped", youth=youth.code_name, kind=screens.kind_of(request.kind)),
            keyboard=((case_button(case.id),),),
            about=youth.id,
        )


async def tell_youth(tick: Tick, case: Case, request: Request, what: str, **facts: Fact) -> None:
    """The kind of help is not said: others may see it."""
    tick.tell(
        case.youth_id,
        phrase(f"referrals.youth.request.{what}", **facts),
        keyboard=with_help(((button("referrals.youth.button.ask_for", AskFor()),),)),
        once=f"request:{request.id}:{what}:youth",
    )
