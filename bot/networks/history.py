"""Of what today's municipalities were made: 119 until 1 July 2021, 42 since 2025 (Administratīvo teritoriju un
apdzīvoto vietu likums); the old ones stand in `bot/directory/former.csv`. Pure."""

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

_CALLED: Final = {"county": "{} novads", "city": "{}"}
"""The kinds of municipality, and how the name in the file becomes the whole one; districts were none."""


@cache
def former() -> Mapping[str, tuple[str, ...]]:
    """By the present code the Latvian names of the municipalities from before 2021 that went into it."""
    found: dict[str, list[str]] = {}
    for row in csv.DictReader(files("bot.directory").joinpath("former.csv").read_text("utf-8").splitlines()):
        if row["kind"] in _CALLED:
            for code in row["codes"].split("; "):
                found.setdefault(code, []).append(_CALLED[row["kind"]].format(row["name"]))
    return {code: tuple(names) for code, names in found.items()}
