"""Folds the many spellings of one word into one: the step before any word is looked up.

Young people type without diacritics, stretch letters, mix Latin and Cyrillic look-alikes, and write Ukrainian and
Russian in Latin letters. The vocabulary goes through the same folds, so only equal treatment matters, not beauty.
"""

import re
import unicodedata
from typing import NamedTuple

LONGEST_WORD = 40
"""Characters of one word that are looked at; no word of the vocabulary is longer."""

_APOSTROPHES = "'\u2019\u2018\u02bc\u02b9\u00b4`\u2032\uff07"
_INVISIBLE = (
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\ufeff\ufe0f\ufe0e\u202a\u202b\u202c\u202d\u202e"
)
_REMOVED = dict.fromkeys(map(ord, _APOSTROPHES + _INVISIBLE))

_CYRILLIC = re.compile("[\u0400-\u04ff]")
_SURELY_CYRILLIC = re.compile("[бгдєжзилпфцчшщъыьэюяґ]")
_SURELY_LATIN = re.compile("[dfgjlnqrsuvwz]")
_COMBINING = re.compile("[\u0300-\u036f\u0483-\u0489]+")
_RUN = re.compile(r"(.)\1+")
_TO_CYRILLIC = str.maketrans("aeopcxyikmthb", "аеорсхуікмтнв")
_TO_LATIN = str.maketrans("аеорсхуікмтнв", "aeopcxyikmthb")
_CYRILLIC_FOLD = str.maketrans({"ґ": "г", "є": "е", "э": "е", "ь": None, "ъ": None})
_DIGITS = str.maketrans("013457@$", "oieastas")
_LETTER_NAMES = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "і": "i", "к": "k",
        "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h",
        "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ы": "i", "ю": "yu", "я": "ya",
    }
)  # fmt: skip
_SKELETON_DIGITS = str.maketrans("46", "cs")
_ONE_LETTER = (("sh", "s"), ("ch", "c"), ("zh", "z"))
_ONE_SOUND = (("shch", "s"), ("sch", "s"), *_ONE_LETTER, ("kh", "h"), ("ts", "c"), ("tz", "c"))
_SAME_SOUND = str.maketrans("wxgyqj", "vhhiki")
_SOFT_VOWELS = (("ia", "a"), ("ie", "e"), ("io", "o"), ("iu", "u"))

_PIECES = re.compile(r"[^\W_]+(?:[*@$][^\W_]+)*|[.!?;\n]+|\){2,}|[\U0001F602\U0001F923\U0001F605\U0001F606\U0001F639]")
_LAUGH = re.compile(r"\){2,}|[\U0001F602\U0001F923\U0001F605\U0001F606\U0001F639]")
_STOPS = ".!?;\n"
LAUGHTER = "haha"
"""The word that stands for a laughing picture or a row of brackets."""


class Word(NamedTuple):
    """One typed word in its folded spellings, and the number of the sentence it stands in."""

    folded: str
    skeletons: tuple[str, ...]
    sentence: int


def clean(text: str) -> str:
    """Lower case, no diacritics, no apostrophes, nothing invisible: `Dzīvot` and `DZIVOT` become `dzivot`."""
    shown = unicodedata.normalize("NFKC", text).lower().translate(_REMOVED)
    return _COMBINING.sub("", unicodedata.normalize("NFD", shown))


def fold_word(cleaned: str) -> str:
    """One cleaned word in the spelling the vocabulary is kept in: one script, single letters, `sh` as `s`."""
    word = cleaned.replace("*", "")
    if not word.isascii() and _CYRILLIC.search(word):
        if _SURELY_CYRILLIC.search(word) or not _SURELY_LATIN.search(word):
            return _RUN.sub(r"\1", word.translate(_TO_CYRILLIC).translate(_CYRILLIC_FOLD))
        word = word.translate(_TO_LATIN)
    if not word.isalpha() and not word.isdigit():
        word = word.translate(_DIGITS)
    return _fold_latin(word)


def skeleton(cleaned: str) -> str:
    """A rough Latin spelling in which `жити`, `zhyty`, `žyty` and `jiti` are the same or nearly so."""
    word = cleaned.translate(_CYRILLIC_FOLD).translate(_LETTER_NAMES)
    if not word.isalpha():
        word = word.translate(_SKELETON_DIGITS)
    return _latin_skeleton(word)


def _fold_latin(words: str) -> str:
    """Latin words, with spaces between them if there are several: folding them at once is quicker."""
    return _RUN.sub(r"\1", _replaced(words, _ONE_LETTER))


def _latin_skeleton(words: str) -> str:
    """As `_fold_latin`, to the skeletons."""
    single = _RUN.sub(r"\1", _replaced(words, _ONE_SOUND).translate(_SAME_SOUND))
    return _RUN.sub(r"\1", _replaced(single, _SOFT_VOWELS))


def _replaced(words: str, pairs: tuple[tuple[str, str], ...]) -> str:
    for typed, kept in pairs:
        words = words.replace(typed, kept)
    return words


def words_of(text: str) -> list[Word]:
    """The folded words of a message in order; full stops, question marks and new lines part its sentences."""
    pieces = _PIECES.findall(clean(text))
    spellings = _spellings({piece for piece in pieces if piece[0] not in _STOPS})
    words: list[Word] = []
    sentence = 0
    for piece in pieces:
        if (spelling := spellings.get(piece)) is None:
            sentence += 1
        else:
            words.append(Word(*spelling, sentence))
    return words


def _spellings(pieces: set[str]) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Folded spelling and skeletons of each different word; those in plain Latin letters are folded all at once."""
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    latin: list[str] = []
    for piece in pieces:
        if piece.isascii() and piece.isalpha():
            latin.append(piece)
        elif _LAUGH.match(piece):
            found[piece] = (LAUGHTER, ())
        else:
            short = piece[:LONGEST_WORD]
            found[piece] = (fold_word(short), (skeleton(short),) if short.isascii() and not short.isdigit() else ())
    joined = " ".join(piece[:LONGEST_WORD] for piece in latin)
    columns = (_fold_latin(joined), _latin_skeleton(joined), _latin_skeleton(joined.replace("j", "zh")))
    for piece, folded, first, second in zip(latin, *(column.split(" ") for column in columns), strict=False):
        found[piece] = (folded, (first,) if first == second else (first, second))
    return found
