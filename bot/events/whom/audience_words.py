"""An audience in words: by what it is narrowed down. Pure."""

from collections.abc import Sequence

from bot.directory.countries import spoken_key
from bot.events.audience import Audience, Standing
from bot.events.whom.audience_choices import WISHES, Cut
from bot.words import Language, Phrase, phrase


def limits(audience: Audience, networks: Sequence[Phrase], attended: Sequence[Phrase]) -> dict[Cut, tuple[Phrase, ...]]:
    """What was chosen of each that narrows it down, in the order it is offered; the names of networks and of earlier
    events come from whoever asks."""
    chosen = {
        Cut.LANGUAGES: tuple(phrase(spoken_key(one.value)) for one in Language if one in audience.languages),
        Cut.STANDINGS: tuple(
            phrase(f"events.staff.standing.{one.value}") for one in Standing if one in audience.standings
        ),
        Cut.AGES: _ages(audience.youngest, audience.oldest),
        Cut.WISHES: tuple(phrase(f"programme.any.wish.{one}") for one in WISHES if one in audience.wishes),
        Cut.NETWORKS: tuple(networks) if audience.networks else (),
        Cut.ATTENDED: tuple(attended) if audience.attended else (),
    }
    return {cut: those for cut, those in chosen.items() if those}


def _ages(youngest: int | None, oldest: int | None) -> tuple[Phrase, ...]:
    if youngest is not None and oldest is not None:
        return (phrase("events.staff.ages.between", youngest=youngest, oldest=oldest),)
    if youngest is not None:
        return (phrase("events.staff.ages.from", youngest=youngest),)
    return () if oldest is None else (phrase("events.staff.ages.to", oldest=oldest),)
