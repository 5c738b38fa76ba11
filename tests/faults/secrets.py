"""Words that must be found nowhere outside of the database's own columns for them."""

import random
import string
from collections.abc import Iterable
from typing import Final

from tests.faults.process import TOKEN

_LETTERS: Final = string.ascii_lowercase + string.digits


class Secrets:
    """Makes secrets nobody could write by chance, and finds them again."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)
        self.planted: dict[str, str] = {TOKEN.split(":")[1]: "token", TOKEN: "whole token"}

    def word(self, kind: str) -> str:
        """One more, of letters and digits, as it fits into a name, a link, a button or a sentence."""
        return self._planted(kind, "zq" + "".join(self._dice.choices(_LETTERS, k=14)))

    def number(self, kind: str) -> int:
        """A Telegram id or the end of a telephone number."""
        return int(self._planted(kind, str(self._dice.randrange(2_000_000_000, 4_000_000_000))))

    def known(self, kind: str, words: str) -> str:
        """Something that others wrote already."""
        return self._planted(kind, words)

    def _planted(self, kind: str, secret: str) -> str:
        self.planted[secret] = kind
        return secret

    def found_in(self, where: str, texts: Iterable[str]) -> list[str]:
        """Each secret that stands there, by its kind alone."""
        whole = "\n".join(texts)
        return [f"{kind} in {where}" for secret, kind in self.planted.items() if secret in whole]
