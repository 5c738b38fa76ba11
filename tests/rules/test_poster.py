"""The poster: whatever its languages and its place, all of it stands on the page, and its code leads to the link."""

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from io import BytesIO
from itertools import combinations, pairwise
from typing import Any, Final
from zoneinfo import ZoneInfo

import pypdfium2
import pytest
import zxingcpp
from fontTools.ttLib import TTFont
from PIL import Image

from bot import fonts, workshop
from bot.directory.rules import municipalities, place_key
from bot.outreach import layout, making, rules
from bot.outreach.layout import Box, Code, Sheet, Words
from bot.outreach.rules import Source
from bot.settings import PUBLICITY
from bot.texts import Texts, catalogue
from bot.turn import Made
from bot.words import Language, phrase

TEXTS: Final = Texts(ZoneInfo("Europe/Riga"))
SOME: Final = [some for count in (1, 2, 3) for some in combinations(Language, count)]
BOT: Final = "https://t.me/a_bot_name_of_thirty_two_letters?start="
"""A bot's name has 32 signs at most (core.telegram.org/bots/features#botfather)."""


def source(municipality: str | None, first: Language | None = None) -> Source:
    return Source(7, rules.code_for(municipality, 123_456), municipality, language=first)


def facts(one: Source, languages: tuple[Language, ...], publicity: str = PUBLICITY) -> Mapping[str, Any]:
    """As the workshop hands them over, the words found."""
    given = making.poster_facts(one, BOT + one.code, languages, publicity, datetime(2026, 3, 2, tzinfo=UTC))
    return {name: workshop._unpacked(workshop._packed(value), TEXTS, Language.LV) for name, value in given.items()}


def sheet(found: Mapping[str, Any]) -> Sheet:
    blocks = tuple(layout.Block(**block) for block in found["blocks"])
    return Sheet(found["place"], blocks, found["link"], found["publicity"])


def longest_places(language: Language) -> list[str]:
    """The municipality with the widest name, and the one with the longest slug."""
    widest = max(
        municipalities(), key=lambda one: layout.measured(TEXTS.plain(phrase(place_key(one.code)), language), 10)
    )
    return [widest.code, max(municipalities(), key=lambda one: len(one.slug)).code]


def read_codes(picture: Image.Image) -> list[str]:
    only_qr = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    return [found.text for found in zxingcpp.read_barcodes(picture, only_qr)]


@contextmanager
def opened(made: Made) -> Iterator[tuple[Image.Image, pypdfium2.PdfPage]]:
    """The picture, and the one page of the PDF."""
    pdf, picture = made.attachments
    with closing(pypdfium2.PdfDocument(pdf.content)) as document:
        assert len(document) == 1
        with closing(document[0]) as page:
            yield Image.open(BytesIO(picture.content)), page


@pytest.mark.feature("A2")
@pytest.mark.parametrize("languages", SOME, ids=lambda some: "+".join(some))
def test_everything_stands_on_the_page_and_nothing_on_anything_else(languages: tuple[Language, ...]) -> None:
    for municipality in {None, "LV-067", *longest_places(languages[0])}:
        for publicity in (PUBLICITY, "", "Projekts " * 33):
            items = layout.composed(sheet(facts(source(municipality, languages[0]), languages, publicity)))
            lines = [item for item in items if isinstance(item, Words)]
            for line in lines:
                assert line.x >= layout.MARGIN
                assert line.x + line.width <= layout.WIDTH - layout.MARGIN + 0.1
                assert line.size * layout.POINT < line.y < layout.HEIGHT - 4
                assert line.size >= 7
            in_order = sorted(lines, key=lambda line: (line.x, line.y))
            for above, below in pairwise(in_order):
                assert above.x != below.x or above.y + 0.9 * below.size * layout.POINT <= below.y + 0.01, (above, below)
            (code,) = (item for item in items if isinstance(item, Code))
            for line in lines:
                beside = line.x >= code.x + code.side
                assert beside or line.y <= code.y or line.y - line.size * layout.POINT >= code.y + code.side
            assert all(box.x >= 0 and box.x + box.width <= layout.WIDTH for box in items if isinstance(box, Box))


@pytest.mark.feature("A2")
@pytest.mark.parametrize("languages", [(Language.LV,), (Language.UK, Language.EN), tuple(Language)], ids=len)
def test_its_code_leads_to_the_link_from_the_picture_and_from_the_printed_page(languages: tuple[Language, ...]) -> None:
    one = source("LV-106", languages[0])
    with opened(making.poster(facts(one, languages))) as (picture, page):
        assert (picture.width, picture.height) == (1654, 2339)  # 200 dots an inch, A4
        assert read_codes(picture) == [BOT + one.code]
        small = picture.convert("L").resize((picture.width // 3, picture.height // 3))
        assert read_codes(small) == [BOT + one.code]  # across the room
        assert [round(side / 72 * 25.4) for side in page.get_size()] == [210, 297]
        assert read_codes(page.render(scale=2).to_pil()) == [BOT + one.code]


@pytest.mark.feature("A2", "S1.13", "S4.17")
@pytest.mark.parametrize("language", Language)
def test_the_page_says_in_that_language_whom_it_is_for_that_it_is_free_and_who_pays(language: Language) -> None:
    one = source("LV-067", language)
    with opened(making.poster(facts(one, (language,)))) as (_, page), closing(page.get_textpage()) as letters:
        read = " ".join(letters.get_text_range().split())
        title = page.pdf.get_metadata_value("Title")
    parts = ("headline", "offer", "how", "promise")
    said = [TEXTS.plain(phrase(f"outreach.youth.poster.{part}"), language) for part in parts]
    place = TEXTS.plain(phrase("directory.any.place.lv_067"), language)
    for words in (*said, place, PUBLICITY, layout.NAME, f"t.me/a_bot_name_of_thirty_two_letters?start={one.code}"):
        assert words in read
    assert "4.2.3.4/1/24/I/001" in read
    assert title == f"{said[0]} {place}"


OFFICIALESE: Final = {
    Language.LV: r"projekt|pasākum|dalībniek|pieteikum|reģistr|mērķ|īsteno|jauniet|anket",
    Language.UK: r"проєкт|захід|учасник|заявк|реєстр|цільов|анкет|молод",
    Language.EN: r"project|participant|measure|regist|apply|target|youth|young people|form\b",
}


@pytest.mark.feature("S0.6")
@pytest.mark.parametrize("language", Language)
def test_the_poster_speaks_as_a_friend_would_in_a_few_short_sentences(language: Language) -> None:
    block = sheet(facts(source(None), (language,))).blocks[0]
    whole = " ".join((block.headline, block.offer, block.how, block.promise))
    assert re.search(OFFICIALESE[language], whole, re.IGNORECASE) is None
    assert len(block.headline) <= 24
    assert len(whole.split()) <= 70
    assert max(len(sentence.split()) for sentence in re.split(r"[.?!:]", whole)) <= 22


def test_the_language_of_the_source_stands_first() -> None:
    found = facts(source("LV-067", Language.EN), (Language.LV, Language.EN))
    assert found["blocks"][0]["headline"] == TEXTS.plain(phrase("outreach.youth.poster.headline"), Language.EN)
    assert found["language"] == "en"


def test_a_torn_corner_does_no_harm_to_the_code() -> None:
    link = BOT + "dienvidkurzeme-bcdfg"
    alone = Image.open(BytesIO(making.code({"source": 7, "code": "x", "link": link}).attachments[0].content)).convert(
        "L"
    )
    assert alone.width == alone.height >= 900
    assert read_codes(alone) == [link]
    side = alone.width
    alone.paste(255, (side - side // 5, side - side // 5, side, side))
    assert read_codes(alone) == [link]


def test_every_letter_that_a_poster_can_need_is_in_its_fonts() -> None:
    on_posters = ("outreach.youth.poster.", "directory.any.place.")
    needed = set(PUBLICITY + layout.NAME + "0123456789-_?=./:")
    for language in Language:
        for key, forms in catalogue(language).forms.items():
            needed.update("".join(forms) if key.startswith(on_posters) else "")
    for path in (fonts.REGULAR, fonts.BOLD):
        letters = set(TTFont(path).getBestCmap())
        assert {sign for sign in needed if ord(sign) not in letters} == set()


def test_the_bot_starts_without_what_only_posters_need() -> None:
    heavy = "[one for one in ('fpdf', 'PIL', 'segno', 'fontTools') if one in sys.modules]"
    code = f"import sys; import bot.app; print({heavy})"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
