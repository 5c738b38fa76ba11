"""What one capability tells the others without knowing them."""


class Happening:
    """Something that was done and that capabilities above may act on in the same transaction.

    Subclasses are frozen dataclasses in the rules.py of the capability where it happens; see `Tick.happened`.
    """

    __slots__ = ()
