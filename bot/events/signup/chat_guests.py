"""Young people and staff who were invited, or found an event: they answer, change their answer, and see what comes."""

from bot.events.event import OFF, Event, Invitation, Reply, Seat
from bot.events.places import screens_seats
from bot.events.screens import show
from bot.events.signup import guests, screens_guests, signing, signing_up
from bot.events.signup.actions_guests import AgreeAndCome, Answer, CannotCome, ShowInvitation, ShowMine, SignUp
from bot.people import consenting
from bot.people.rules import Purpose
from bot.roles import Role
from bot.routes import Routes
from bot.turn import Turn, button

routes = Routes()

routes.offer({Role.YOUTH}, 30, button("events.youth.button.mine", ShowMine()))


@routes.press(ShowMine)
async def mine(turn: Turn, _: ShowMine) -> None:
    await guests.show_mine(turn)


@routes.press(ShowInvitation)
async def show_invitation(turn: Turn, action: ShowInvitation) -> None:
    found = await signing_up.invited_to(turn, action.event)
    if found is not None:
        await show_as_it_is(turn, *found)


async def show_as_it_is(turn: Turn, event: Event, invitation: Invitation) -> None:
    """The invitation, or that it is too late for any answer."""
    late = signing.closed(event, invitation, Reply.NO, turn.now)
    if late is None:
        await guests.show_invitation(turn, event, invitation)
    else:
        signing_up.tell_late(turn, event, invitation, late)


@routes.press(Answer)
async def answer(turn: Turn, action: Answer) -> None:
    found = await signing_up.invited_to(turn, action.event)
    if found is not None:
        await signing_up.answer(turn, *found, action.reply)


@routes.press(CannotCome)
async def cannot_come(turn: Turn, action: CannotCome) -> None:
    """Who comes is asked once more; too late it is said that nobody else can have their place any more."""
    found = await signing_up.invited_to(turn, action.event)
    if found is None:
        return
    event, invitation = found
    is_youth = turn.person.is_youth
    if event.state in OFF or invitation.seat is not Seat.HELD:
        await show_as_it_is(turn, event, invitation)
    elif event.starts_at > turn.now:
        show(turn, *screens_seats.ask_giving_back(event, is_youth=is_youth))
    else:
        keyboard = screens_guests.helped((screens_guests.mine_row(is_youth=is_youth),), is_youth=is_youth)
        turn.say(f"events.{screens_guests.voice(is_youth=is_youth)}.too_late_to_give_back", keyboard=keyboard)


@routes.press(AgreeAndCome)
async def agree_and_come(turn: Turn, action: AgreeAndCome) -> None:
    found = await signing_up.invited_to(turn, action.event)
    if found is not None:
        async with consenting.agreeing(turn, Purpose.EVENTS):
            await signing_up.answer(turn, *found, Reply.YES)


@routes.press(SignUp)
async def go_on(turn: Turn, action: SignUp) -> None:
    found = await signing_up.invited_to(turn, action.event)
    if found is not None:
        await signing_up.go_on(turn, *found, action)
