"""Somebody opened a link: remember where they came from, once, from the first tap to the outcome."""

from dataclasses import replace

from bot.directory.rules import find_slug
from bot.outreach import store, store_passed
from bot.outreach.rules import FRIEND, PASSED, Kind, Source, first_language
from bot.people import store as people
from bot.turn import Turn


async def came_from(turn: Turn, code: str) -> None:
    """Keep the source with that code for this person, and what it tells: their municipality, and a first language.

    A code that nobody knows gets kind words, and the road goes on.
    """
    source = await _source(turn, code)
    if source is None:
        turn.say("outreach.youth.unknown_link")
        return
    person = turn.person
    await store.keep_first_source(turn.db, person.id, source.id)
    if person.municipality is None and source.municipality is not None:
        await people.set_municipality(turn.db, person.id, source.municipality)
        turn.person = replace(turn.person, municipality=source.municipality)
    language = first_language(turn.client_language, source.language)
    if source.language is not None and await store.suggest_language(turn.db, person.id, language):
        turn.person = replace(turn.person, language=language)


async def _source(turn: Turn, code: str) -> Source | None:
    """The source; a municipality's slug and the friends' link become one when somebody first comes by them."""
    known = await store.source(turn.db, code)
    if known is not None:
        return known
    if code.startswith(PASSED):
        behind = await store_passed.source_of(turn.db, code, opens=turn.person.is_youth)
        return None if behind is None else await store.source_by_id(turn.db, behind)
    municipality = find_slug(code)
    if municipality is not None:
        await store.add_source(turn.db, code, municipality.code, turn.now)
    elif code == FRIEND:
        await store.add_source(turn.db, code, None, turn.now, Kind.FRIEND)
    else:
        return None
    return await store.source(turn.db, code)
