"""/calendar: the mentor's own check-ins in the calendar they use anyway; the address can be renewed and turned off."""

from dataclasses import dataclass
from typing import ClassVar

from bot.actions import Action
from bot.calendar.addresses import hash_of, new_secret
from bot.checkins import feed, store_day
from bot.routes import Routes
from bot.turn import Turn, button

routes = Routes()


@dataclass(frozen=True, slots=True)
class NewFeed(Action):
    """Another address; the one before no longer works."""

    tag: ClassVar[str] = "checkins.new_feed"


@dataclass(frozen=True, slots=True)
class EndFeed(Action):
    """No address at all."""

    tag: ClassVar[str] = "checkins.end_feed"


@routes.command("calendar")
async def calendar(turn: Turn, _: str) -> None:
    """The address itself cannot be shown again, as it is not kept."""
    has_one = await store_day.has_feed(turn.db, turn.person.id)
    if turn.settings.public_url is None:
        rows = ((button("checkins.staff.button.end_feed", EndFeed()),), *turn.home) if has_one else turn.home
        turn.say("checkins.staff.feed_impossible", keyboard=rows)
    elif has_one:
        turn.say(
            "checkins.staff.feed_on",
            keyboard=(
                (button("checkins.staff.button.renew_feed", NewFeed()),),
                (button("checkins.staff.button.end_feed", EndFeed()),),
            ),
        )
    else:
        turn.say("checkins.staff.feed_off", keyboard=((button("checkins.staff.button.new_feed", NewFeed()),),))


@routes.press(NewFeed)
async def new_feed(turn: Turn, _: NewFeed) -> None:
    if turn.settings.public_url is None:
        turn.replace("checkins.staff.feed_impossible", keyboard=turn.home)
        return
    secret = new_secret()
    await store_day.set_feed(turn.db, turn.person.id, hash_of(secret))
    await turn.note("feed.renewed", "person", turn.person.id)
    turn.replace(
        "checkins.staff.feed_address",
        address=feed.address(turn.settings.public_url, secret),
        keyboard=((button("checkins.staff.button.end_feed", EndFeed()),),),
    )


@routes.press(EndFeed)
async def end_feed(turn: Turn, _: EndFeed) -> None:
    await store_day.set_feed(turn.db, turn.person.id, None)
    await turn.note("feed.ended", "person", turn.person.id)
    turn.replace("checkins.staff.feed_ended", keyboard=turn.home)
