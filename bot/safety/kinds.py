"""What kinds of danger there are."""

from enum import Enum


class Kind(Enum):
    """What danger a message tells of, the most urgent first."""

    ACUTE = "acute"
    SUICIDE = "suicide"
    VIOLENCE = "violence"
    SELF_HARM = "self_harm"
    HOPELESS = "hopeless"
