"""How much of it: the seed that repeats a run, and whether the whole counts of the fault table are wanted."""

import os
from typing import Final

SEED: Final = int(os.environ.get("BOT_TEST_SEED", "1"))
"""Where all chance of a run comes from; every test that leaves something to chance prints it."""

FULL: Final = bool(os.environ.get("BOT_TEST_FULL"))


def full(small: int, whole: int) -> int:
    """`whole` where BOT_TEST_FULL is set, else so many that all slow proofs together fit into 25 minutes."""
    return whole if FULL else small
