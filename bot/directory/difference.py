"""What a file would change of the directory, by name. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.directory.entries import Directory, Organization


@dataclass(frozen=True, slots=True)
class Difference:
    """Names of what is new, changed and retired, organisations and services alike, each list by name."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.retired)


def difference(before: Directory, after: Directory) -> Difference:
    """What of the one is another in the other; nothing is ever missing in it."""
    found: dict[str, list[str]] = {"new": [], "changed": [], "retired": []}
    for code, one in after.items():
        was = before.get(code)
        if was == one:
            continue
        how = _how(was, one)
        if how is not None:
            found[how].append(one.name)
        for name, change in _of_services(was, one):
            found[change].append(name)
    return Difference(**{how: tuple(sorted(names, key=str.casefold)) for how, names in found.items()})


def _how(was: Organization | None, one: Organization) -> str | None:
    if was is None:
        return "new"
    if one.retired and not was.retired:
        return "retired"
    return "changed" if replace(was, services=()) != replace(one, services=()) else None


def _of_services(was: Organization | None, one: Organization) -> Iterable[tuple[str, str]]:
    before = {each.code: each for each in was.services} if was else {}
    for each in one.services:
        name, old = f"{one.name}: {each.name}", before.get(each.code)
        if old is None:
            yield name, "new"
        elif each.retired and not old.retired:
            yield name, "retired"
        elif each != old:
            yield name, "changed"
