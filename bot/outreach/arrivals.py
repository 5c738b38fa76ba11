"""Somebody opened a link: remember where they came from, once, from the first tap to the outcome."""

from bot.directory.rules import find_slug
from bot.outreach import store
from bot.outreach.rules import Source
from bot.people import store as people
from bot.turn import Turn


async def came_from(turn: Turn, code: str) -> str | None:
    """Keep the source with that code, and its municipality, for this person; their municipality from now on, or None.

    A code that nobody knows gets kind words, and the road goes on.
    """
    source = await _source(turn, code)
    if source is None:
        turn.say("outreach.youth.unknown_link")
        return turn.person.municipality
    await store.keep_first_source(turn.db, turn.person.id, source.id)
    if turn.person.municipality is None and source.municipality is not None:
        await people.set_municipality(turn.db, turn.person.id, source.municipality)
        return source.municipality
    return turn.person.municipality


async def _source(turn: Turn, code: str) -> Source | None:
    """The source; a municipality's slug becomes one when somebody first comes by it."""
    known = await store.source(turn.db, code)
    municipality = find_slug(code)
    if known is None and municipality is not None:
        await store.add_source(turn.db, code, municipality.code, turn.now)
        return await store.source(turn.db, code)
    return known
