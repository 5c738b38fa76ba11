"""One's own data: what is kept and why, all of it on request, consents taken back, everything erased."""

import json
from dataclasses import dataclass
from typing import ClassVar, Final

from bot.actions import Action
from bot.people import belongings, store
from bot.people.menu import ShowMenu, audience, helped
from bot.people.rules import NOTICE_VERSION, UNFINISHED_DAYS, Leaving, Purpose, Withdrew
from bot.people.screens import with_help
from bot.roles import Role
from bot.routes import Routes
from bot.turn import Attachment, Farewell, Turn, button
from bot.words import Lines, Phrase, phrase

routes = Routes()


@dataclass(frozen=True, slots=True)
class ReadPrivacy(Action):
    tag: ClassVar[str] = "people.privacy"


@dataclass(frozen=True, slots=True)
class ShowMyData(Action):
    tag: ClassVar[str] = "people.mydata"


@dataclass(frozen=True, slots=True)
class Forget(Action):
    """Erase me: asked once more unless `sure`."""

    tag: ClassVar[str] = "people.forget"
    sure: bool


@dataclass(frozen=True, slots=True)
class Withdraw(Action):
    """Take back one consent: asked once more unless `sure`."""

    tag: ClassVar[str] = "people.withdraw"
    purpose: Purpose
    sure: bool


routes.offer(Role, 80, button("people.any.button.my_data", ShowMyData()))


@routes.command("privacy")
async def privacy(turn: Turn, _: str) -> None:
    _show_privacy(turn)


@routes.press(ReadPrivacy)
async def privacy_pressed(turn: Turn, _: ReadPrivacy) -> None:
    _show_privacy(turn)


def _show_privacy(turn: Turn) -> None:
    keyboard = (
        (button("people.any.button.my_data", ShowMyData()),),
        (button("people.any.button.forget", Forget(sure=False)),),
        (button("people.any.button.menu", ShowMenu()),),
    )
    turn.say(
        f"people.{audience(turn)}.privacy",
        keyboard=helped(turn, keyboard),
        version=NOTICE_VERSION,
        days=UNFINISHED_DAYS,
    )


@routes.command("mydata")
async def my_data(turn: Turn, _: str) -> None:
    await _show_my_data(turn)


@routes.press(ShowMyData)
async def my_data_pressed(turn: Turn, _: ShowMyData) -> None:
    await _show_my_data(turn)


async def _show_my_data(turn: Turn) -> None:
    found = await belongings.collect(turn.db, turn.person.id)
    content = json.dumps(found, ensure_ascii=False, indent=2).encode()
    person = turn.person
    purposes = [Purpose(row["purpose"]) for row in found.get("consents", []) if row["withdrawn_at"] is None]
    agreed = [phrase(f"people.youth.agreed_{purpose.value}") for purpose in purposes]
    kept: list[Phrase] = [
        phrase(f"people.youth.kept_{table}", count=len(rows))
        for table, rows in found.items()
        if table in _TOLD_BY_NUMBER
    ]
    withdraw = tuple(
        (button(f"people.youth.button.withdraw_{purpose.value}", Withdraw(purpose, sure=False)),)
        for purpose in purposes
        if purpose is Purpose.CONTACT and person.is_youth
    )
    forget = (button("people.any.button.forget", Forget(sure=False)),)
    back = (button("people.any.button.menu", ShowMenu()),)
    turn.say(
        f"people.{audience(turn)}.my_data",
        keyboard=helped(turn, (*withdraw, forget, back)),
        attachment=Attachment("my-data.json", content),
        code_name=person.code_name,
        language=phrase(f"people.any.language.{person.language.value}"),
        agreed=Lines(tuple(agreed or [phrase("people.youth.agreed_nothing")])),
        kept=Lines(tuple(kept or [phrase("people.youth.kept_nothing")])),
    )


_TOLD_BY_NUMBER: Final = frozenset({"screenings", "cases", "checkins", "referrals", "invitations"})


@routes.press(Withdraw)
async def withdraw(turn: Turn, action: Withdraw) -> None:
    """What rests on the consent stops at once; as that may be a whole programme, it is said first."""
    kind = action.purpose.value
    if not action.sure:
        keyboard = (
            (button(f"people.youth.button.withdraw_{kind}", Withdraw(action.purpose, sure=True)),),
            (button("people.any.button.keep", ShowMenu()),),
        )
        turn.say(f"people.youth.withdraw_{kind}_ask", keyboard=with_help(keyboard))
        return
    await store.withdraw_consent(turn.db, turn.person.id, kind, turn.now)
    await turn.note("consent.withdrawn", "person", turn.person.id)
    await turn.happened(Withdrew(turn.person.id, action.purpose))
    turn.say(f"people.youth.withdrawn_{kind}", keyboard=with_help(turn.home))


@routes.command("forget")
async def forget(turn: Turn, _: str) -> None:
    _ask_forget(turn)


@routes.press(Forget)
async def forget_pressed(turn: Turn, action: Forget) -> None:
    if not action.sure:
        _ask_forget(turn)
        return
    person = turn.person
    await turn.happened(Leaving(person.id, person.code_name))
    await turn.note("person.erased", "person", person.id)
    await belongings.erase(turn.db, person.id)
    turn.say_farewell(f"people.{audience(turn)}.forgotten", Farewell(turn.telegram_id, person.language))


def _ask_forget(turn: Turn) -> None:
    keyboard = (
        (button("people.any.button.forget_sure", Forget(sure=True)),),
        (button("people.any.button.keep", ShowMenu()),),
    )
    turn.say(f"people.{audience(turn)}.forget_ask", keyboard=helped(turn, keyboard))
