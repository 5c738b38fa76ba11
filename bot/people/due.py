"""The round: what is over is deleted, who loses everything is told before, a changed notice is asked about once.

Four times a day, so that nothing outlasts its term by more than a fraction of the day that it may; small pages, so that
nobody's press waits for it.
"""

from typing import Final

from bot.people import belongings, consenting, notice, store, store_retention
from bot.people.actions import Forget, KeepMyData, ShowMyData
from bot.people.retention import TOLD_BEFORE, DataClass, Term, term
from bot.people.rules import Leaving
from bot.people.screens import with_help
from bot.routes import Routes
from bot.turn import Priority, Tick, button
from bot.words import phrase

routes = Routes()

AT_ONCE: Final = 100


@routes.at_tick(store_retention.ROUND_DUE)
async def go_round(tick: Tick) -> bool:
    """The next full page of anything; True while there is more, else the mark that ends the round."""
    if await _ask_about_notice(tick):
        return True
    for data_class in DataClass:
        if await let_go(tick, data_class):
            return True
    await store_retention.mark_round(tick.db, tick.now)
    return False


async def let_go(tick: Tick, data_class: DataClass) -> bool:
    """Delete a page of that kind; True while there may be more."""
    over = term(data_class, tick.settings, tick.now)
    if data_class in TOLD_BEFORE:
        return await _let_people_go(tick, over)
    gone = await store_retention.delete_past(tick.db, over, AT_ONCE)
    if gone:
        await tick.record(f"retention.{data_class.value}", subject="rows", subject_id=gone)
    return gone >= AT_ONCE


async def _let_people_go(tick: Tick, over: Term) -> bool:
    await store_retention.forget_warnings(tick.db, over)
    told = await store_retention.to_warn(tick.db, over, AT_ONCE)
    for one in told:
        keyboard = (
            (button("people.youth.button.keep_data", KeepMyData(over.data_class)),),
            (button("people.any.button.my_data", ShowMyData()),),
            (button("people.any.button.forget", Forget(sure=False)),),
        )
        tick.tell(
            one.person_id,
            phrase(f"people.youth.soon_deleted_{over.data_class.value}", on=over.delete_at.date()),
            keyboard=with_help(keyboard),
            consent=one.consent.value,
        )
    gone = await store_retention.to_erase(tick.db, over, AT_ONCE)
    for one in gone:
        await tick.happened(Leaving(one.person_id, one.code_name))
        await tick.record(f"retention.{over.data_class.value}", subject="person", subject_id=one.person_id)
        await belongings.erase(tick.db, one.person_id, tick.now)
    return len(told) == AT_ONCE or len(gone) == AT_ONCE


async def _ask_about_notice(tick: Tick) -> bool:
    """Whoever may be written to is asked now, everybody else when they are here next."""
    version = notice.version(tick.settings)
    asked = await store.ask_about_notice(tick.db, version, AT_ONCE)
    for person_id, (before, consent) in asked.items():
        what, keyboard = consenting.changed_notice(before, version)
        tick.tell(
            person_id,
            what,
            keyboard=keyboard,
            priority=Priority.BROADCAST,
            once=f"notice:{version}:{person_id}",
            consent=consent.value,
        )
    return len(asked) == AT_ONCE
