"""How staff come in: a single-use link opens a role, and the bot asks what to call them."""

from dataclasses import dataclass, replace
from typing import ClassVar

from bot.actions import Action
from bot.directory.rules import place_key
from bot.people import store as people
from bot.people.menu import ShowMenu
from bot.roles import Grant, Role
from bot.routes import Routes
from bot.staff import store
from bot.staff.rules import (
    LONGEST_NAME,
    WRONG_TRIES,
    Invite,
    Joined,
    hash_of,
    is_name,
    may_invite,
)
from bot.turn import Keyboard, Shelf, Turn, button
from bot.typed import in_one_line
from bot.words import phrase

routes = Routes()


@dataclass(frozen=True, slots=True)
class GiveName(Action):
    """The next text is the name by which colleagues and young people will know them."""

    tag: ClassVar[str] = "staff.name"


@dataclass(frozen=True, slots=True)
class ChangeName(Action):
    """They want to be called differently, or never told their name."""

    tag: ClassVar[str] = "staff.rename"


routes.offer(set(Role) - {Role.YOUTH}, 85, button("staff.staff.button.rename", ChangeName()), Shelf.SELF)


@routes.press(ChangeName)
async def change_name(turn: Turn, _: ChangeName) -> None:
    _ask_name(turn)


async def join(turn: Turn, token: str) -> None:
    """Take the invitation whose token this is. Used, expired, unknown and locked out all read the same."""
    invite = await _valid(turn, token)
    if invite is None:
        await turn.carry_on(phrase("staff.any.invite_invalid"))
    else:
        await _welcome(turn, invite.grant, invite.invited_by)


async def _valid(turn: Turn, token: str) -> Invite | None:
    """The invitation, now used up; None where it does not hold or too many wrong ones were tried."""
    if await store.wrong_tries(turn.db, turn.person.id, turn.now) >= WRONG_TRIES:
        return None
    invite = await store.find(turn.db, hash_of(token))
    if invite is None or not invite.holds_at(turn.now) or not await _stands(turn, invite):
        await store.note_wrong_try(turn.db, turn.person.id, turn.now)
        return None
    return invite if await store.use(turn.db, invite, turn.person.id, turn.now) else None


async def _stands(turn: Turn, invite: Invite) -> bool:
    """Whether the one who invited may still hand out that role: an invitation does not outlive their right."""
    inviter = None if invite.invited_by is None else await people.person(turn.db, invite.invited_by)
    return inviter is not None and may_invite(inviter, invite.grant)


async def _welcome(turn: Turn, granted: Grant, invited_by: int | None) -> None:
    if granted not in turn.person.grants:
        await people.grant(turn.db, turn.person.id, granted, turn.now)
        await people.start_digest(turn.db, turn.person.id, turn.now)
        turn.person = replace(turn.person, grants=turn.person.grants | {granted})
    await turn.note("staff.joined", "person", turn.person.id)
    await turn.happened(Joined(turn.person.id, granted))
    turn.say(
        "staff.staff.joined",
        role=phrase(f"staff.any.role.{granted.speciality or granted.role.value}"),
        place=phrase(place_key(granted.municipality) if granted.municipality else "staff.any.whole_country"),
    )
    if turn.person.name is None:
        _ask_name(turn)
    else:
        turn.say("people.staff.menu", keyboard=turn.home, name=turn.person.name)
    if invited_by is not None and invited_by != turn.person.id:
        turn.tell(
            invited_by,
            phrase(
                "staff.staff.invite_used",
                role=phrase(f"staff.any.role.{granted.speciality or granted.role.value}"),
                place=phrase(place_key(granted.municipality) if granted.municipality else "staff.any.whole_country"),
            ),
        )


def _ask_name(turn: Turn) -> None:
    turn.say("staff.staff.ask_name", keyboard=_menu())
    turn.expect(GiveName())


def _menu() -> Keyboard:
    """The way on for whoever would rather not say now."""
    return ((button("people.any.button.menu", ShowMenu()),),)


@routes.text(GiveName)
async def name_given(turn: Turn, _: GiveName, text: str) -> None:
    name = in_one_line(text)
    if not is_name(name):
        turn.say("staff.staff.name_unclear", keyboard=_menu(), longest=LONGEST_NAME)
        turn.expect(GiveName())
        return
    await people.set_name(turn.db, turn.person.id, name)
    turn.person = replace(turn.person, name=name)
    turn.say("people.staff.menu", keyboard=turn.home, name=name)
