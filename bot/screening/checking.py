"""Looks a questionnaire's file over before anybody is asked by it: what is wrong, where, in plain sentences. Pure.

The file holds ids; the words for them are in the catalogues, whose keys are handed in. A file that leaves out,
re-orders or re-routes what is there needs no new words; for anything new the sentence names the key that is missing.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, Final

from bot.screening.ages import Band
from bot.screening.buttons import Give
from bot.screening.questionnaire import (
    LINK,
    Condition,
    OptionsFrom,
    Outcome,
    Question,
    Questionnaire,
    holds,
    read,
)
from bot.screening.walking import Walk, Walked, walk
from bot.words import Language

MOST_TAPS: Final = 10
"""From the choice of the language to the page at the end."""

Keys = Mapping[Language, Set[str]]
"""The keys that have words, by language."""


@dataclass(frozen=True, slots=True)
class Sound:
    """Nothing is wrong with it."""

    form: Questionnaire
    ways: int
    longest: int


@dataclass(frozen=True, slots=True)
class Faulty:
    """What is wrong, one sentence each, with the place where it is."""

    sentences: tuple[str, ...]


def check(text: str, words: Keys) -> Sound | Faulty:
    """What is wrong with this file, if anything; where its very shape is wrong, only that is told."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        return Faulty((f"this is not TOML: {wrong}.",))
    if found := tuple(_shape(raw)):
        return Faulty(found)
    form = read(text)
    if found := (*_names(form), *_conditions(form)):
        return Faulty(found)
    way = walk(form)
    found = (*_meanings(form), *_walked(way), *_words(form, words))
    return Faulty(found) if found else Sound(form, way.count, way.longest.taps)


# --- its shape --------------------------------------------------------------------------------------------------

_VERSION: Final = re.compile(r"[A-Za-z0-9._-]{1,20}")
_ID: Final = re.compile(r"[a-z0-9_]{1,20}")
_ID_IS: Final = "1 to 20 small letters, digits or _"
_OF_QUESTION: Final = {"id", "options", "options_from", "ends", "unless", "unless_known"}
_OF_OPTION: Final = {"id", "only_if", "instead_of"}
_OF_DECISION: Final = {"outcome", "when"}


def _shape(raw: Mapping[str, Any]) -> Iterator[str]:
    yield from _only("the file", raw, {"version", "question", "decision"})
    version = raw.get("version")
    if not isinstance(version, str) or not _VERSION.fullmatch(version):
        yield 'version should be a text of 1 to 20 letters, digits, dots or dashes, such as version = "3".'
    for kind, look in (("question", _shape_of_question), ("decision", _shape_of_decision)):
        tables = raw.get(kind)
        if not isinstance(tables, list) or not tables or not all(isinstance(one, dict) for one in tables):
            yield f"there should be at least one [[{kind}]]."
            continue
        for number, table in enumerate(tables, start=1):
            yield from look(number, table)


def _shape_of_question(number: int, raw: Mapping[str, Any]) -> Iterator[str]:
    name = raw.get("id")
    if not isinstance(name, str) or not _ID.fullmatch(name):
        yield f"question number {number}: its id should be {_ID_IS}."
        return
    where = f'question "{name}"'
    yield from _only(where, raw, _OF_QUESTION)
    options = raw.get("options")
    if not isinstance(options, list):
        yield f"{where}: options should be a list."
    else:
        for at, option in enumerate(options, start=1):
            yield from _shape_of_option(f"{where}, option number {at}", option)
    if raw.get("options_from", OptionsFrom.REGIONS) not in list(OptionsFrom):
        yield f"{where}: options_from should be one of {_listed(OptionsFrom)}."
    if raw.get("unless_known", LINK) != LINK:
        yield f'{where}: unless_known should be "{LINK}".'
    if not _is_texts(raw.get("ends", [])):
        yield f"{where}: ends should be a list of option ids."
    yield from _shape_of_condition(f"{where}: unless", raw.get("unless", {}))


def _shape_of_option(where: str, raw: Any) -> Iterator[str]:
    name = raw.get("id") if isinstance(raw, dict) else raw
    if not isinstance(name, str) or not _ID.fullmatch(name):
        yield f"{where}: its id should be {_ID_IS}."
    elif isinstance(raw, dict):
        yield from _only(where, raw, _OF_OPTION)
        yield from _shape_of_condition(f"{where}: only_if", raw.get("only_if", {}))
        if not _is_texts(raw.get("instead_of", [])):
            yield f"{where}: instead_of should be a list of option ids."


def _shape_of_decision(number: int, raw: Mapping[str, Any]) -> Iterator[str]:
    where = f"decision number {number}"
    yield from _only(where, raw, _OF_DECISION)
    if raw.get("outcome") not in list(Outcome):
        yield f"{where}: the outcome {raw.get('outcome')!r} is unknown; it should be one of {_listed(Outcome)}."
    yield from _shape_of_condition(f"{where}: when", raw.get("when"))


def _shape_of_condition(where: str, raw: Any) -> Iterator[str]:
    if not isinstance(raw, dict) or not all(_is_texts(codes) and codes for codes in raw.values()):
        yield f'{where} should say for a question which options, such as {{ status = ["study"] }}.'


def _only(where: str, raw: Mapping[str, Any], known: Set[str]) -> Iterator[str]:
    for name in raw:
        if name not in known:
            yield f'{where}: "{name}" means nothing here; known are {_listed(sorted(known))}.'


def _is_texts(raw: Any) -> bool:
    return isinstance(raw, list) and all(isinstance(one, str) for one in raw)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(str(name) for name in names)


# --- its names --------------------------------------------------------------------------------------------------


def _names(form: Questionnaire) -> Iterator[str]:
    for name in _twice([one.id for one in form.questions]):
        yield f'question "{name}" is there twice.'
    for question in form.questions:
        own = [option.code for option in question.own_options]
        where = f'question "{question.id}"'
        for code in _twice(own):
            yield f'{where}: option "{code}" is there twice.'
        if not own and question.options_from is None:
            yield f"{where} has no options."
        for code in sorted(question.ends - _codes(question)):
            yield f'{where}: ends names "{code}", which is no option of it.'
        for option in question.own_options:
            for code in sorted(option.instead_of - _codes(question)):
                yield f'{where}, option "{option.code}": instead_of names "{code}", which is no option of it.'
            if not _fits(question.id, option.code):
                yield f'{where}, option "{option.code}": the two ids together are too long for a button.'


def _conditions(form: Questionnaire) -> Iterator[str]:
    """Conditions may name what is asked before; a decision, whatever is asked."""
    earlier: dict[str, Question] = {}
    for question in form.questions:
        where = f'question "{question.id}"'
        yield from _refers(f"{where}: unless", question.unless, earlier, form)
        for option in question.own_options:
            yield from _refers(f'{where}, option "{option.code}": only_if', option.only_if, earlier, form)
        if question.options_from is OptionsFrom.PLACES_OF_REGION:
            region = earlier.get("region")
            if region is None or region.options_from is not OptionsFrom.REGIONS:
                yield f'{where}: places_of_region needs an earlier question "region" with options_from = "regions".'
        earlier[question.id] = question
    for number, row in enumerate(form.decisions, start=1):
        yield from _refers(f"decision number {number}: when", row.when, earlier, form)


def _refers(where: str, condition: Condition, known: Mapping[str, Question], form: Questionnaire) -> Iterator[str]:
    for name, codes in condition.items():
        if name not in known:
            later = form.question(name) is not None
            yield f'{where} names the question "{name}", which {"is not asked before" if later else "does not exist"}.'
            continue
        for code in sorted(codes - _codes(known[name])):
            yield f'{where} names the option "{code}", which question "{name}" does not have.'


def _codes(question: Question) -> Set[str]:
    own = {option.code for option in question.own_options}
    return own | set(question.options({})) | {code for one in _regions(question) for code in one}


def _regions(question: Question) -> Iterator[Sequence[str]]:
    """What a question about places offers in each region."""
    if question.options_from is OptionsFrom.PLACES_OF_REGION:
        everywhere = Question("region", (), OptionsFrom.REGIONS, frozenset(), {}, None)
        yield from (question.options({"region": region}) for region in everywhere.options({}))


def _fits(question: str, code: str) -> bool:
    try:
        Give(10**9, question, code).pack()
    except ValueError:
        return False
    return True


def _twice(names: Sequence[str]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1})


# --- what the program relies on ---------------------------------------------------------------------------------


def _meanings(form: Questionnaire) -> Iterator[str]:
    """Ages and the consent have rules of their own, which no file can change."""
    age = form.questions[0]
    if age.id != "age":
        yield 'the first question should be "age": nothing may be asked of a child before it.'
        return
    if set(age.options({})) != set(Band):
        yield f'question "age": its options should be {_listed(Band)}.'
    for band, outcome in ((Band.CHILD, Outcome.STOP_CHILD), (Band.TEEN, Outcome.REFER_CHILD)):
        row = next((row for row in form.decisions if holds(row.when, {"age": band.value})), None)
        if band.value not in age.ends or row is None or row.outcome is not outcome:
            yield f'question "age", option "{band.value}": it should be in ends, and lead to {outcome.value}.'
    contact = form.question("contact")
    if contact is not None and not _codes(contact) <= {"yes", "parent", "no"}:
        yield 'question "contact": its options should be among yes, parent, no.'


def _walked(way: Walk) -> Iterator[str]:
    for end in way.dead_ends:
        yield f"a dead end: no decision fits after {_told(end)}."
    for question in way.form.questions:
        if question.id not in way.asked:
            yield f'question "{question.id}" is never reached.'
            continue
        for option in question.own_options:
            if (question.id, option.code) not in way.offered:
                yield f'question "{question.id}", option "{option.code}" is never offered.'
    for number, row in enumerate(way.form.decisions, start=1):
        if number - 1 not in way.decided_by:
            yield f"decision number {number} ({row.outcome.value}) is never reached."
    if way.longest.taps > MOST_TAPS:
        taps = way.longest.taps
        told = f"a way of {taps} taps, language and beginning counted, where {MOST_TAPS} are the most"
        yield f"{told}: {_told(way.longest)}."


def _told(way: Walked) -> str:
    return ", ".join(f"{question} = {code}" for question, code in way.answers.items())


# --- its words --------------------------------------------------------------------------------------------------

_LANGUAGES: Final = {Language.LV: "Latvian", Language.UK: "Ukrainian", Language.EN: "English"}


def _words(form: Questionnaire, words: Keys) -> Iterator[str]:
    for where, key in _keys(form):
        for language in Language:
            if key not in words[language]:
                yield f"{where}: no words in {_LANGUAGES[language]}; the key {key} is missing."


def _keys(form: Questionnaire) -> Iterator[tuple[str, str]]:
    for question in form.questions:
        where = f'question "{question.id}"'
        yield where, f"screening.youth.question.{question.id}"
        yield where, f"screening.youth.about.{question.id}"
        for option in question.own_options:
            own = option.code if option.instead_of else f"{question.id}.{option.code}"
            yield f'{where}, option "{option.code}"', f"screening.youth.button.{own}"
            if question.id == "wish":
                yield f'{where}, option "{option.code}"', f"programme.any.wish.{option.code}"
