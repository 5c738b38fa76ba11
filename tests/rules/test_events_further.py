"""What cost, access, travel and agenda say in the further languages of an event."""

from dataclasses import replace

import pytest

from bot.events import details, further, kept, telling
from bot.events.details import SECTIONS, Detail, Section, Why, Wrong
from bot.events.event import Event, Kind
from bot.events.writing import details_typed, drafts, further_typed
from bot.events.writing.drafts import Draft
from bot.texts import Texts
from bot.words import Language, Phrase
from tests.rules.test_events_details import DRAFT, NOW, RIGA

WRITTEN = replace(
    DRAFT,
    titles={Language.LV: "Nometne", Language.UK: "Табір"},
    details={Language.LV: "Trīs dienas pie jūras.", Language.UK: "Три дні біля моря."},
)


def first(detail: Detail, text: str, draft: Draft = WRITTEN) -> Draft:
    changed = details_typed.typed(draft, detail, text, NOW, RIGA)
    assert isinstance(changed, Draft)
    return changed


def also(draft: Draft, detail: Detail, text: str, language: Language = Language.UK) -> Draft:
    changed = further_typed.typed(draft, detail, language, text)
    assert isinstance(changed, Draft)
    return changed


def reads(draft: Draft, language: Language) -> str:
    event = drafts.whole(draft)
    assert isinstance(event, Event)
    found = [*telling.facts(event).phrases, *(one for one in [telling.agenda(event)] if one is not None)]
    return "\n".join(said(one, language) for one in found)


def said(one: Phrase, language: Language) -> str:
    return Texts(RIGA).plain(one, language)


@pytest.mark.feature("I2")
def test_each_reads_the_cost_in_their_language_and_the_first_one_where_there_is_none() -> None:
    draft = also(first(Detail.COST, "5 € par autobusu"), Detail.COST, "5 € за автобус")
    assert "5 € par autobusu" in reads(draft, Language.LV)
    assert "5 € за автобус" in reads(draft, Language.UK)
    assert "5 € par autobusu" in reads(draft, Language.EN)


@pytest.mark.feature("I2")
def test_an_agenda_has_as_many_points_in_each_language() -> None:
    draft = first(Detail.AGENDA, "Ievads\nJautājumi")
    assert further_typed.typed(draft, Detail.AGENDA, Language.UK, "Вступ") == Wrong(Why.OTHER_POINTS, 2)
    assert "• Вступ\n• Питання" in reads(also(draft, Detail.AGENDA, "Вступ\nПитання"), Language.UK)


@pytest.mark.parametrize("detail", sorted(further_typed.TRANSLATED))
def test_a_new_first_text_and_taking_it_out_leave_no_other_of_the_old_one(detail: Detail) -> None:
    draft = also(first(detail, "viens"), detail, "один")
    assert further_typed.next_language(draft, detail) is None
    assert further_typed.next_language(first(detail, "divi", draft), detail) is Language.UK
    assert details.without(draft, detail).particulars.further == {}


def test_what_costs_nothing_is_said_in_every_language_anyway() -> None:
    draft = details.for_nothing(also(first(Detail.COST, "5 €"), Detail.COST, "5 євро"))
    assert draft.particulars.further == {}
    assert further_typed.languages_of(draft, Detail.COST) == ()


def test_with_one_language_nothing_more_is_asked() -> None:
    assert further_typed.next_language(first(Detail.TRAVEL, "Autobuss", DRAFT), Detail.TRAVEL) is None


def test_texts_change_places_with_the_first_language() -> None:
    draft = also(first(Detail.AGENDA, "Ievads\nJautājumi"), Detail.AGENDA, "Вступ\nПитання")
    draft = also(first(Detail.COST, "5 €", draft), Detail.COST, "5 євро")
    turned = drafts.begun_in(draft, Language.UK)
    assert turned.particulars.agenda == ("Вступ", "Питання")
    assert "5 €" in reads(turned, Language.LV)
    assert "5 євро" in reads(turned, Language.EN)
    assert drafts.begun_in(turned, Language.LV) == draft


def test_a_language_that_is_taken_out_takes_its_texts_along() -> None:
    draft = also(first(Detail.ACCESS, "Lifts"), Detail.ACCESS, "Ліфт")
    assert drafts.without(draft, Language.UK).particulars.further == {}


def test_they_are_kept_and_come_back() -> None:
    draft = also(first(Detail.AGENDA, "Ievads\nJautājumi"), Detail.AGENDA, "Вступ\nПитання")
    told = also(first(Detail.COST, "5 €", draft), Detail.COST, "5 євро").particulars
    assert kept.particulars_from(kept.particulars_as_json(told)) == told
    assert further.text_in(told, "cost", Language.UK) == "5 євро"


@pytest.mark.parametrize("kind", Kind)
def test_every_detail_of_an_event_stands_in_one_section(kind: Kind) -> None:
    assert sorted(one for there in SECTIONS.values() for one in there) == sorted(Detail)
    assert details.sections(kind) == (() if kind is Kind.ANNOUNCEMENT else tuple(Section))
