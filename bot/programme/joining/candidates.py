"""Who could be a mentor or stand in for one: in order of fit, and why they stand in that order."""

from collections.abc import Collection, Sequence
from typing import Final

from bot.people import store as people
from bot.programme import rules, store
from bot.programme.cards import shown
from bot.programme.keepers import youth_of
from bot.programme.rules import Candidate, Case
from bot.roles import Person, Role
from bot.turn import Connection
from bot.words import Lines, Listing, Phrase, phrase

MOST_SHOWN: Final = 40
"""Choices under one message; Telegram takes at most 100 buttons."""

MOST_EXPLAINED: Final = 10
"""Of how many it is said why they stand where they stand."""


async def candidates_for(
    db: Connection, case: Case, most: int, without: Collection[int | None] = ()
) -> list[Candidate]:
    """Everybody who holds the role where the case belongs, those who fit best first."""
    youth = await youth_of(db, case)
    holders = await people.holders_for(db, Role.MENTOR, case.municipality)
    mentors = [one for one in holders if one.id not in without and one.id != case.youth_id]
    loads = await store.loads(db, [mentor.id for mentor in mentors])
    return rules.by_fit(mentors, loads, case.municipality, youth.language, most)


def reasons(candidates: Sequence[Candidate], case: Case, youth: Person) -> Lines:
    """One line for each of the first: what they guide now, their language, and where they are a mentor."""
    return Lines(tuple(_line(one, case, youth) for one in candidates[:MOST_EXPLAINED]))


def _line(one: Candidate, case: Case, youth: Person) -> Phrase:
    load = [phrase("programme.staff.fit.load", load=one.load.total, most=one.most)]
    if one.load.paused:
        load.append(phrase("programme.staff.fit.paused", number=one.load.paused))
    if one.load.aftercare:
        load.append(phrase("programme.staff.fit.aftercare", number=one.load.aftercare))
    language = phrase(f"people.any.language.{one.mentor.language.value}")
    same = one.mentor.language is youth.language
    spoken = phrase("programme.staff.fit.language" if same else "programme.staff.fit.other_language", language=language)
    here = rules.is_of(one.mentor, case.municipality)
    place = phrase("programme.staff.fit.place" if here else "programme.staff.fit.country")
    return phrase("programme.staff.line.candidate", name=shown(one.mentor), because=Listing((*load, spoken, place)))
