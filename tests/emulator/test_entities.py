"""HTML parse mode, against the words and offsets that Telegram gives."""

import pytest

from bot.demo.emulator.entities import parse
from bot.demo.emulator.formatted import Entity, utf16_length, utf16_slice
from bot.demo.emulator.refusals import Refused


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("Ā😀 te&lt;<youth>", 'Unsupported start tag "youth" at byte offset 13'),
        ("Ā😀 te&lt;<b =lv>", 'Empty attribute name in the tag "b" at byte offset 13'),
        ("Ā😀 te&lt;<b lang>", 'Can\'t find end tag corresponding to start tag "b"'),
        ("Ā😀 te&lt;<b lang = ", 'Unclosed start tag "b" at byte offset 13'),
        ("Ā😀 te&lt;<b lang = lv.1,", "Unexpected end of name token at byte offset 23"),
        ('Ā😀 te&lt;<b lang = "&lt;lv>', "Unclosed start tag at byte offset 13"),
        ("Ā😀 te&lt;</b>", "Unexpected end tag at byte offset 13"),
        ("Ā😀 te&lt;<u></u></", "Unexpected end tag at byte offset 20"),
        ("Ā😀 te&lt;<u>x</u  ", "Unclosed end tag at byte offset 17"),
        ("Ā😀 te&lt;<u>x</ins>", 'Unmatched end tag at byte offset 17, expected "</u>", found "</ins>"'),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<b", "Unclosed start tag at byte offset 0"),
    ],
)
def test_bad_html_is_refused_in_telegrams_words(source: str, words: str) -> None:
    with pytest.raises(Refused) as refusal:
        parse(source, "HTML")
    assert refusal.value.description == f"Bad Request: can't parse entities: {words}"


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("&lt;&gt;&amp;&quot;&nbsp;&euro;", '<>&"&nbsp;&euro;', ()),
        ("&#60;&#x3c;", "<<", ()),
        ("ēģ<i>ķš</i>", "ēģķš", (Entity("italic", 2, 2),)),
        ("😀<b>😀</b>", "😀😀", (Entity("bold", 2, 2),)),
        ("<b>a<i>b</i></b>", "ab", (Entity("bold", 0, 2), Entity("italic", 1, 1))),
        ("<b></b>x", "x", ()),
        (
            '<a href="https://inspicions.lv/a?b=1&amp;c=2">x</a>',
            "x",
            (Entity("text_link", 0, 1, url="https://inspicions.lv/a?b=1&c=2"),),
        ),
        ("<a>inspicions.lv</a>", "inspicions.lv", (Entity("text_link", 0, 13, url="http://inspicions.lv/"),)),
        ('<a href="tg://user?id=1001">Anna</a>', "Anna", (Entity("text_mention", 0, 4, user_id=1001),)),
        ('<a href="not an address">x</a>', "x", ()),
        ("<B>x</>", "x", (Entity("bold", 0, 1),)),
        ('<pre><code class="language-py">x</code></pre>', "x", (Entity("pre", 0, 1, language="py"),)),
        ("<code><b>x</b></code>", "x", (Entity("code", 0, 1),)),
        ('<span class="tg-spoiler">x</span>', "x", (Entity("spoiler", 0, 1),)),
        ("<blockquote expandable>x</blockquote>", "x", (Entity("expandable_blockquote", 0, 1),)),
        ("  <b> x </b>\n", "x", (Entity("bold", 0, 1),)),
    ],
)
def test_good_html_becomes_plain_text_and_entities(source: str, text: str, entities: tuple[Entity, ...]) -> None:
    assert parse(source, "HTML") == (text, entities)


def test_without_a_parse_mode_tags_are_just_text() -> None:
    assert parse("<b>x", None) == ("<b>x", ())


def test_lengths_are_counted_in_utf16_units() -> None:
    assert utf16_length("ā😀") == 3
    assert utf16_slice("ā😀b", 1, 2) == "😀"
