"""A warm hand-over: whoever guides introduces the young person and the receiver to each other, in one tap."""

from typing import Final

from bot.people.screens import with_help
from bot.referrals import screens, store
from bot.referrals.actions import Inbox
from bot.referrals.acts import circle_as
from bot.referrals.referral import Circle, Side
from bot.referrals.together import screens_windows, store_introductions
from bot.referrals.together.actions_hand_over import AboutMe, Introduce
from bot.referrals.together.windows import is_taken
from bot.routes import Routes
from bot.turn import Button, Turn, button
from bot.words import phrase

routes = Routes()

LONGEST: Final = 300
"""Characters of what somebody writes about themselves (people.about_me)."""


@routes.press(Introduce)
async def introduce(turn: Turn, action: Introduce) -> None:
    """Each is told who the other is, once; a receiver who reads letters learns it from those."""
    circle = await circle_as(turn, action.referral, Side.REFERRER)
    if circle is None:
        return
    if not is_taken(circle.referral):
        _answer(turn, circle, "not_now")
    elif await store_introductions.were_introduced(turn.db, circle.referral.id):
        _answer(turn, circle, "already_introduced")
    else:
        await _introduce(turn, circle)
        _answer(turn, circle, "introduced" if circle.receiver is not None else "introduced_one")


async def _introduce(turn: Turn, circle: Circle) -> None:
    referral, receiver = circle.referral, circle.receiver
    await store.add_to_history(turn.db, referral, store_introductions.INTRODUCED, Side.REFERRER, turn.now)
    await turn.note("referral.introduced", "referral", referral.id)
    words = None if receiver is None else await store_introductions.about(turn.db, receiver.id)
    turn.tell(
        circle.youth.id,
        screens_windows.introduction(circle, words),
        keyboard=with_help(((screens.mine_button(),),)),
    )
    if receiver is not None:
        asks, label = ("hello_asks", "about_me") if words is None else ("hello_known", "about_me_other")
        ask = button(f"referrals.staff.button.{label}", AboutMe(referral.id))
        turn.tell(
            receiver.id,
            phrase("referrals.staff.hello", asks=phrase(f"referrals.staff.{asks}"), **screens.facts_of(circle)),
            keyboard=((ask,), *screens.open_keyboard(referral)),
            about=circle.youth.id,
        )


def _answer(turn: Turn, circle: Circle, name: str) -> None:
    turn.replace(
        f"referrals.staff.{name}",
        keyboard=screens.referrer_keyboard(circle),
        about=circle.youth.id,
        **screens.facts_of(circle),
    )


# --- what the receiver writes about themselves ------------------------------------------------------------------


@routes.press(AboutMe)
async def ask_about(turn: Turn, action: AboutMe) -> None:
    """What is kept, and room for other words."""
    words = await store_introductions.about(turn.db, turn.person.id)
    key = "referrals.staff.about_me" if words is None else "referrals.staff.about_me_now"
    turn.replace(key, keyboard=((_to_inbox(),),), most=LONGEST, words=words or "")
    turn.expect(action)


@routes.text(AboutMe)
async def about_typed(turn: Turn, action: AboutMe, text: str) -> None:
    words = text.strip()
    if len(words) > LONGEST:
        turn.say("referrals.staff.about_me_too_long", keyboard=((_to_inbox(),),), length=len(words), most=LONGEST)
        turn.expect(action)
        return
    await store_introductions.keep_about(turn.db, turn.person.id, words)
    await turn.note("person.about_me", "person", turn.person.id)
    if action.referral is not None:
        await _pass_on(turn, action.referral, words)
    turn.say("referrals.staff.about_me_kept", keyboard=((_to_inbox(),),), words=words)


async def _pass_on(turn: Turn, referral_id: int, words: str) -> None:
    """Whom they were just introduced to reads them too; of a referral that is over or another's nothing happens."""
    circle = await store.circle(turn.db, referral_id)
    if circle is None or circle.receiver is None or circle.receiver.id != turn.person.id:
        return
    if is_taken(circle.referral) and await store_introductions.were_introduced(turn.db, referral_id):
        told = phrase("referrals.youth.about_them", receiver=screens.receiver_of(circle), words=words)
        occasion = f"referral:{referral_id}:about"
        turn.tell(circle.youth.id, told, keyboard=with_help(((screens.mine_button(),),)), once=occasion)


def _to_inbox() -> Button:
    return button("referrals.staff.button.inbox", Inbox())
