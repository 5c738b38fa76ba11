"""One form for all the ways a Latvian place name is spelled: with or without diacritics, in Latin or Cyrillic letters.

What Latvian, Ukrainian, Russian and English write differently falls together here: Ķekava, Kekava and Кекава; Cēsis,
Цесис and Tsesis; Jūrmala, Юрмала and Yurmala; Liepāja, Лієпая and Лиепая. The folded form is for comparing and for
nothing else.
"""

import re
import unicodedata
from typing import Final

_CYRILLIC: Final = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "z", "з": "z", "и": "i",
    "і": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u",
    "ф": "f", "х": "g", "ц": "c", "ч": "c", "ш": "s", "щ": "s", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "iu",
    "я": "ia",
}  # fmt: skip
"""Russian and Ukrainian letters; й, ї and ё have lost their dots by then."""

_TRANSLITERATED: Final = (
    ("shch", "s"), ("sch", "s"), ("sh", "s"), ("zh", "z"), ("ch", "c"), ("kh", "g"), ("ts", "c"), ("tz", "c"),
    ("cz", "c"), ("ph", "f"), ("w", "v"), ("x", "ks"), ("q", "k"), ("y", "i"), ("j", "i"), ("h", "g"),
)  # fmt: skip
"""How Latin letters write what Latvian has a letter of its own for; the Ukrainian г is often an h."""

_TWICE: Final = re.compile(r"(.)\1+")
_GLIDE: Final = re.compile(r"i+(?=[aeou])")
"""Jelgava, Елгава and Єлгава; Liepāja, Лиепая and Лієпая: what they do not agree on."""

_LETTERS: Final = re.compile(r"[a-z]")


def fold_letters(word: str) -> str:
    """The word in a to z, with the glides that languages do not agree on: these count for slips of the finger."""
    plain = (sign for sign in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(sign))
    latin = "".join(_CYRILLIC.get(sign, sign) for sign in plain)
    for written, meant in _TRANSLITERATED:
        latin = latin.replace(written, meant)
    return _TWICE.sub(r"\1", "".join(_LETTERS.findall(latin)))


def without_glides(letters: str) -> str:
    """Folded letters as every language has them; also after they were put together anew."""
    return _GLIDE.sub("", _TWICE.sub(r"\1", letters.replace("ts", "c")))


_SLAVIC_CASES: Final = ("e", "i", "u", "a")

_BY_ENDING: Final = (
    # ending of the Latvian word, how much of it goes, what stands in its place: Latvian cases, then Slavic ones
    ("as", 2, ("a", "u", "i", "e", "oi")),  # a genitive, Pļaviņas too
    ("es", 2, ("e", "i", "u", "em")),
    ("is", 2, ("a", "i", "u", "os", "ise", "isi", "isu", "isa")),
    ("us", 2, ("u", "um", "use", "usi", "usu", "usa")),
    ("s", 1, ("a", "i", "u", "se", "si", "su", "sa", "som")),
    ("a", 1, ("as", "u", "i", "e", "oi", "s", "is", "am")),
    ("e", 1, ("es", "i", "u", "em")),
    ("i", 1, ("u", "os", "us", "em", "ag", "am", "ov", "iv")),
    ("u", 1, ("i", "as", "os", "us", "em", "ag", "a", "e", "s", "is", "es")),
)
"""Cēsis has no singular and Mārupe does not change in Ukrainian; a form too many finds nothing wrong."""

_GENITIVES: Final = (("as", ("a",)), ("es", ("e",)), ("a", ("s", "is")), ("u", ("i",)))
"""Madlienas pagasts is Madliena, Suntažu pagasts Suntaži."""

_SOFTER: Final = (("g", "zi"), ("k", "ci"))
"""Рига, у Ризі; Бауска, у Баусці."""

_ADJECTIVE: Final = ("i", "ogo", "omu", "om", "im")
"""The end of Огрський, Огрського... after its к."""


def inflected(folded: str) -> frozenset[str]:
    """The other forms of a folded Latvian name that people write: cases of Latvian, Ukrainian and Russian."""
    stem, endings = _split(folded)
    forms = {stem + ending for ending in endings}
    if folded.endswith(("a", "as")):
        forms |= {stem[:-1] + softer for hard, softer in _SOFTER if stem.endswith(hard)}
    return frozenset(form for one in forms if len(form := without_glides(one)) > _SHORTEST) - {folded}


def nominatives(folded: str) -> frozenset[str]:
    """What a folded genitive can be the genitive of."""
    found = next(((ending, others) for ending, others in _GENITIVES if folded.endswith(ending)), None)
    if found is None:
        return frozenset({folded})
    ending, others = found
    return frozenset(folded[: -len(ending)] + other for other in others)


def adjectives(folded: str) -> frozenset[str]:
    """Огре, Огрський край; Рига, Ризький район: what Ukrainian and Russian make of a municipality's name."""
    stem, _ = _split(folded)
    with_k = {f"{one}sk" for one in (stem, f"{stem}en", f"{stem}in", folded)}
    if stem.endswith("g"):
        with_k |= {f"{stem[:-1]}zsk", f"{stem[:-1]}zk"}
    if stem.endswith(("s", "z")):
        with_k.add(f"{stem}k")
    if stem.endswith("sk"):
        with_k.add(stem)
    return frozenset(without_glides(one + ending) for one in with_k for ending in _ADJECTIVE)


_SHORTEST: Final = 2


def _split(folded: str) -> tuple[str, tuple[str, ...]]:
    for ending, length, others in _BY_ENDING:
        if folded.endswith(ending):
            return folded[:-length], others
    return folded, _SLAVIC_CASES
