"""What a coordinator sees of the sources: the list, one of them, and the poster's languages."""

from typing import Final

from bot.directory.rules import place_key
from bot.outreach.actions import (
    AskRename,
    ChoosePoster,
    ListSources,
    MakeCode,
    MakePoster,
    NewSource,
    ShowFigures,
    ShowSource,
    Switch,
)
from bot.outreach.rules import FRIEND, Kind, Source
from bot.people.menu import ShowMenu
from bot.turn import Button, Keyboard, Row, Turn, button
from bot.words import Language, Phrase, phrase

A_PAGE: Final = 8
"""Sources on one page of the list."""


def menu_row() -> Row:
    return (button("people.any.button.menu", ShowMenu()),)


def back_row(source: Source) -> Row:
    return (button("outreach.staff.button.to_source", ShowSource(source.id)),)


def name(source: Source) -> Phrase:
    """What it is called: as its coordinator named it, or what it always was."""
    if source.name is not None:
        return phrase("outreach.staff.named", name=source.name)
    if source.code == FRIEND:
        return phrase("outreach.staff.friends")
    if source.kind is Kind.PARTNER:
        return phrase("outreach.staff.partners")
    return phrase("outreach.staff.own_link", code=source.code)


def place(source: Source) -> Phrase:
    return phrase(place_key(source.municipality) if source.municipality else "staff.any.whole_country")


def listing(turn: Turn, sources: list[Source], page: int, of: int) -> None:
    """One page of them; `of` is how many there are in all."""
    rows: list[Row] = [(_list_button(source),) for source in sources]
    around: list[Button] = []
    if page > 0:
        around.append(button("outreach.staff.button.newer", ListSources(page - 1)))
    if of > (page + 1) * A_PAGE:
        around.append(button("outreach.staff.button.older", ListSources(page + 1)))
    if around:
        rows.append(tuple(around))
    rows += [(button("outreach.staff.button.new", NewSource()),), menu_row()]
    turn.replace("outreach.staff.sources" if of else "outreach.staff.no_sources", keyboard=tuple(rows))


def _list_button(source: Source) -> Button:
    if source.in_use:
        return Button(name(source), ShowSource(source.id))
    return button("outreach.staff.button.out_of_use", ShowSource(source.id), name=name(source))


def one(turn: Turn, source: Source, *, note: Phrase | None = None) -> None:
    """A source with its link and all that can be done with it."""
    first = f"people.any.language.{source.language.value}" if source.language else "outreach.staff.first_any"
    page = phrase(
        "outreach.staff.source" if source.in_use else "outreach.staff.source_out_of_use",
        name=name(source),
        kind=phrase(f"outreach.staff.kind.{source.kind.value}"),
        place=place(source),
        first=phrase(first),
        link=turn.deep_link(source.code),
    )
    what = page if note is None else phrase("outreach.staff.noted", note=note, page=page)
    turn.replace_with(what, _what_can_be_done(source))


def _what_can_be_done(source: Source) -> Keyboard:
    figures = (button("outreach.staff.button.figures", ShowFigures(source.id)),)
    ends = ((button("outreach.staff.button.to_list", ListSources(0)),), menu_row())
    if source.code == FRIEND:  # nobody's to print, name or close
        return (figures, *ends)
    if not source.in_use:
        return (figures, (button("outreach.staff.button.switch_on", Switch(source.id, on=True)),), *ends)
    return (
        (button("outreach.staff.button.poster", _suggested(source)),),
        (button("outreach.staff.button.code", MakeCode(source.id)),),
        figures,
        (
            button("outreach.staff.button.rename", AskRename(source.id)),
            button("outreach.staff.button.switch_off", Switch(source.id, on=False)),
        ),
        *ends,
    )


def _suggested(source: Source) -> ChoosePoster:
    """Latvian and the source's own language; any can be ticked off."""
    return ChoosePoster(source.id, lv=True, uk=source.language is Language.UK, en=source.language is Language.EN)


def poster(turn: Turn, source: Source, ticked: tuple[Language, ...]) -> None:
    """The three languages with ticks; the poster can be made once there is one."""
    rows: list[Row] = [(_tick(source, language, ticked),) for language in Language]
    if ticked:
        make = MakePoster(source.id, **{language.value: language in ticked for language in Language})
        rows.append((button("outreach.staff.button.make_poster", make),))
    turn.replace("outreach.staff.poster", keyboard=(*rows, back_row(source)), name=name(source))


def _tick(source: Source, language: Language, ticked: tuple[Language, ...]) -> Button:
    after = {one.value: (one in ticked) is not (one is language) for one in Language}
    label = phrase(f"people.any.button.language_{language.value}")
    if language in ticked:
        label = phrase("outreach.staff.button.ticked", language=label)
    return Button(label, ChoosePoster(source.id, **after))
