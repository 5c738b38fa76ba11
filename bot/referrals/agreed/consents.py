"""The yes that a referral rests on follows every act: it is given, or taken back with all that it opened."""

from bot.people.rules import Purpose, Withdrew
from bot.referrals import rules, screens, store_shown
from bot.referrals.agreed import store_consents
from bot.referrals.referral import Circle, Ending, Referral, State, hash_of
from bot.routes import Routes
from bot.turn import Message, Priority, Tick
from bot.words import phrase

routes = Routes()


async def keep(tick: Tick, before: Circle, after: Referral) -> None:
    """Write down a yes that this act gave; where it ended the referral, nobody reads it any longer."""
    agreed = after.text_hash is not None or after.awaits_guardian
    had_agreed = before.referral.text_hash is not None or before.referral.awaits_guardian
    if agreed and not had_agreed:
        await store_consents.give(tick.db, after, hash_of(after.text), before.youth.language, tick.now)
    if after.state is State.CANCELLED:
        if after.reason is Ending.YOUTH_WITHDREW:
            await store_consents.withdraw(tick.db, after.id, tick.now)
        await take_from_chat(tick, before)


async def take_from_chat(tick: Tick, circle: Circle, instead: str = "referrals.staff.taken_from_chat") -> None:
    """What the receiver was shown is taken out of their chat, also where they may receive nothing any more; in its
    place stand the words of that key, and they are told by a message of its own."""
    shown_to = circle.referral.to.person_id
    if shown_to is None or not rules.is_passed_on(circle.referral):
        return
    await store_shown.stop_unsent(tick.db, shown_to, circle.youth.id, tick.now)
    for number in await store_shown.cards(tick.db, shown_to, circle.youth.id):
        tick.said.append(
            Message(
                shown_to,
                phrase(instead),
                screens.inbox_keyboard(),
                Priority.NOTICE,
                edits=number,
                at_night=True,
            )
        )


@routes.on(Withdrew)
async def withdrew(tick: Tick, happened: Withdrew) -> None:
    """Who may not be written to any more agrees to nothing any more; their referrals end with the case."""
    if happened.purpose in (Purpose.CONTACT, Purpose.PROGRAMME):
        await store_consents.withdraw_all(tick.db, happened.person_id, tick.now)
