"""What may be attached to an event, and what its buttons say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.events.files.attached import LONGEST_TITLE, Content, content_of, file_name, host_of, link_in, short, title_from


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7 ...", Content.PDF),
        (b"\xff\xd8\xff\xe0", Content.JPEG),
        (b"\x89PNG\r\n\x1a\n", Content.PNG),
        (b"MZ\x90", None),
        (b"<svg onload=alert(1)>", None),
        (b"", None),
    ],
)
def test_a_file_is_what_is_in_it(content: bytes, kind: Content | None) -> None:
    assert content_of(content) is kind


@pytest.mark.parametrize(
    ("sent_as", "kept"),
    [
        ("Programma.pdf", "Programma.pdf"),
        ("Programma.exe", "Programma.pdf"),
        ("../../bot.db", "bot.pdf"),
        ("C:\\Dokumenti\\Dienas kārtība.PDF", "Dienas kārtība.pdf"),
        ("", "file.pdf"),
        ("Програма (1).pdf", "Програма 1.pdf"),
    ],
)
def test_a_file_is_kept_by_a_plain_name_with_the_true_ending(sent_as: str, kept: str) -> None:
    assert file_name(sent_as, Content.PDF) == kept


@given(st.text(max_size=300))
def test_whatever_it_is_called_its_title_fits_on_a_button(name: str) -> None:
    kept = file_name(name, Content.JPEG)
    assert kept.endswith(".jpg")
    assert len(kept) <= 80
    assert 0 < len(title_from(kept)) <= LONGEST_TITLE
    assert len(short(name)) <= LONGEST_TITLE


def test_only_a_secure_address_is_a_link() -> None:
    assert link_in(" https://example.org/slaidi ") == "https://example.org/slaidi"
    assert link_in("http://example.org") is None
    assert link_in("https://example.org/" + "x" * 300) is None
    assert host_of("https://example.org/slaidi?x=1") == "example.org"
