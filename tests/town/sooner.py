"""A long chat runs in one language in `make test`, another one for each chat, and in the others in `make test-long`."""

from collections.abc import Iterable
from typing import Any, Final

import pytest

GUIDED: Final = (("anna", "marta"), ("danylo", "oksana"), ("emma", "marta"))
"""A young person of each language, and who mentors them."""

NAMES: Final = tuple(youth for youth, _ in GUIDED)


def sooner(kept: object, cases: Iterable[Any]) -> list[Any]:
    """These cases, all but one of them marked slow: `kept` is it, or what it begins with."""
    cases = [case if isinstance(case, tuple) else (case,) for case in cases]
    assert [case[0] for case in cases].count(kept) == 1, f"{kept} is not one of {cases}"
    return [pytest.param(*case, marks=() if case[0] == kept else pytest.mark.slow) for case in cases]
