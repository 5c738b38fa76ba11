"""What a letter is made of: the headers that make it a letter of a machine, and no way to slip one of one's own in."""

import re
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from hashlib import sha256

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.mail import marks
from bot.mail.letter import BadAddress, Words, compose
from bot.mail.marks import Mark
from bot.words import Language

pytestmark = pytest.mark.feature("H8")

FROM = ("PROTI un DARI!", "partneri@bot.example")
AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
LINK = "https://bot.example/r/AbC-1.x_y"
ID = marks.message_id(b"k" * 32, 7, "referral:3:mail:1", FROM[1])


def letter(subject: str = "Temats", html: str = "Sveiki", to: str = "desk@partner.example") -> EmailMessage:
    composed = compose(Words(subject, html, Language.UK), FROM, to, ID, AT)
    return message_from_bytes(composed.message, policy=policy.default)


def part(message: EmailMessage, kind: str) -> str:
    found = message.get_body((kind,))
    assert found is not None
    return str(found.get_content()).replace("\r\n", "\n")


def test_its_headers_say_who_when_and_that_a_machine_wrote() -> None:
    message = letter("Новий лист")
    assert dict(message.items()) == {
        "From": "PROTI un DARI! <partneri@bot.example>",
        "To": "desk@partner.example",
        "Subject": "Новий лист",
        "Date": "Mon, 02 Mar 2026 08:00:00 +0000",
        "Message-ID": ID,
        "Auto-Submitted": "auto-generated",
        "Content-Language": "uk",
        "MIME-Version": "1.0",
        "Content-Type": message["Content-Type"],
    }
    assert message.get_content_type() == "multipart/alternative"


def test_the_same_row_gives_the_very_same_bytes() -> None:
    again = [compose(Words("x", "y", Language.LV), FROM, "desk@partner.example", ID, AT).message for _ in range(2)]
    assert sha256(again[0]).digest() == sha256(again[1]).digest()


def test_it_reads_the_same_as_text_and_as_a_page_with_its_link_at_hand() -> None:
    message = letter(html=f"<b>Labdien</b>\nA &lt;b&gt; &amp; c\n\n{LINK}\n\nJautājumi: {LINK}?a=1&amp;b=2.")
    assert part(message, "plain") == f"Labdien\nA <b> & c\n\n{LINK}\n\nJautājumi: {LINK}?a=1&b=2.\n"
    page = part(message, "html")
    assert page.count(f'<a href="{LINK}">{LINK}</a>') == 1
    assert f'<a href="{LINK}?a=1&amp;b=2">' in page
    assert "A &lt;b&gt; &amp; c" in page
    assert '<html lang="uk">' in page
    assert not re.search(r"<(?!/?(?:html|body|p|b|br|a)\b|!DOCTYPE)", page), "nothing to load, nothing to run"


@given(subject=st.text(), words=st.text())
def test_no_subject_and_no_words_can_add_a_header(subject: str, words: str) -> None:
    assume(not re.search(r"[\ud800-\udfff]", subject + words))
    message = letter(subject, words)
    assert sorted(message.keys()) == sorted(letter().keys())
    assert message["Auto-Submitted"] == "auto-generated"
    assert len(list(message.iter_parts())) == 2


@given(
    st.one_of(
        st.text(),
        st.builds(lambda a, b, c: f"{a}@partner.example{b}{c}", st.text(), st.sampled_from("\r\n\0 ,;<>"), st.text()),
        st.builds(lambda a: f"desk@{a}.example", st.text()),
    )
)
def test_no_address_can_add_a_recipient_or_a_header(to: str) -> None:
    try:
        composed = compose(Words("x", "y", Language.LV), FROM, to, ID, AT)
    except BadAddress:
        return
    assert re.fullmatch(r"[!-~]+@[A-Za-z0-9.-]+", composed.to)
    message = message_from_bytes(composed.message, policy=policy.default)
    assert [one.addr_spec for one in message["To"].addresses] == [to]


@pytest.mark.parametrize(
    "to",
    ["", "desk", "@partner.example", "desk@", "desk@partner", "a b@partner.example", "desk@partner..example",
     "desk@partner.example\r\nBcc: x@y.zz", "desk@partner.example, other@partner.example", "<desk@partner.example>",
     '"a"@partner.example', "x" * 250 + "@a.lv", "дім@partner.example", "-desk@-.example", ".desk@partner.example"],
)  # fmt: skip
def test_what_is_no_address_gets_no_letter(to: str) -> None:
    with pytest.raises(BadAddress):
        letter(to=to)


def test_a_message_id_is_read_again_and_believed_for_its_own_occasion_alone() -> None:
    mark = Mark.read(ID)
    assert mark is not None
    assert mark.row == 7
    assert mark.is_genuine(b"k" * 32, "referral:3:mail:1")
    assert not mark.is_genuine(b"k" * 32, "referral:4:mail:1")
    assert not mark.is_genuine(b"l" * 32, "referral:3:mail:1")


@pytest.mark.parametrize(
    "forged", [ID.replace(".7.", ".8."), ID.replace("@", "0@")[:-1], ID[:-30], "<x@bot.example>", ""]
)
def test_a_forged_one_is_not(forged: str) -> None:
    mark = Mark.read(forged)
    assert mark is None or not mark.is_genuine(b"k" * 32, "referral:3:mail:1")
