"""What a page says above everything else once something was done, or could not be."""

from enum import StrEnum


class Notice(StrEnum):
    """The last word of a key; also what stands in the address after a form was taken."""

    ACCEPTED = "accepted"
    PROPOSED = "proposed"
    APPOINTED = "appointed"
    DESCRIBED = "described"
    CALLED_OFF = "called_off"
    SAID = "said"
    GOES_ON = "goes_on"
    FULL = "full"
    NOT_FULL = "not_full"
    MOVED = "moved"
    """Done before, or overtaken by somebody else: the page shows where things stand."""
    PAST = "past"
    TOO_FAR = "too_far"
    TOO_EARLY = "too_early"
    UNREADABLE = "unreadable"
    TOO_MANY = "too_many"
    NOTHING = "nothing"
    TOO_LONG = "too_long"
    NO_SUCH_DAY = "no_such_day"
