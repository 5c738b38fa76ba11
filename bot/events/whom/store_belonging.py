"""Who is of an audience, in SQL: conditions on rows of `people`, each with their newest case where it is asked of."""

from typing import Any, Final

from sqlalchemy import ColumnElement, FromClause, and_, case, false, func, literal_column, not_, null, or_, select

from bot.events.audience import ROLE_OF, Audience, Group, Standing
from bot.events.whom.asking import Asking
from bot.events.whom.audience_choices import STAGES, holds_youth, is_open, municipalities_of
from bot.storage.tables import cases, grants, invitations, network_members, networks, people, screenings

IS_STAFF: Final = people.c.id.in_(select(grants.c.person_id))

_NEWEST: Final = cases.alias("newest")


def people_of(asked: Asking) -> FromClause:
    """People, each with their newest case where something is asked of it."""
    audience = asked.audience
    wanted = municipalities_of(audience) is not None or audience.standings or asked.bands is not None
    if not (holds_youth(audience) and wanted):
        return people
    older = cases.alias("older")
    newest_id = select(func.max(older.c.id)).where(older.c.youth_id == people.c.id).scalar_subquery()
    return people.outerjoin(_NEWEST, _NEWEST.c.id == newest_id)


def belonging(asked: Asking) -> ColumnElement[bool]:
    """Whether the audience holds them, as far as that is a matter of who they are."""
    audience = asked.audience
    kinds: list[ColumnElement[bool]] = []
    if holds_youth(audience):
        kinds.append(and_(not_(IS_STAFF), *_youth(asked)))
    if is_open(audience):
        kinds.append(IS_STAFF)
    kinds += [_holds(group, audience) for group in sorted(audience.groups - {Group.YOUTH})]
    conditions = [or_(false(), *kinds)]
    if audience.languages:
        conditions.append(people.c.language.in_(sorted(audience.languages)))
    if audience.networks:
        conditions.append(_in_networks(audience.networks))
    conditions += [_took_part(events) for events in (audience.attended, asked.after) if events]
    return and_(*conditions)


def _holds(group: Group, audience: Audience) -> ColumnElement[bool]:
    """Staff of that group, there."""
    held = select(grants.c.person_id).where(grants.c.role == ROLE_OF[group].value)
    there = municipalities_of(audience)
    return people.c.id.in_(held if there is None else held.where(grants.c.municipality.in_(sorted(there))))


def _youth(asked: Asking) -> list[ColumnElement[bool]]:
    """What young people have to be, beside young."""
    audience = asked.audience
    conditions = []
    if (there := municipalities_of(audience)) is not None:
        conditions.append(_lives_in(sorted(there)))
    if audience.standings:
        conditions.append(or_(*(_stands(one) for one in sorted(audience.standings))))
    if asked.bands is not None:
        known = case((_NEWEST.c.age_band != _UNKNOWN, _NEWEST.c.age_band), else_=_told("age"))
        conditions.append(known.in_(sorted(asked.bands)))
    if audience.wishes:
        conditions.append(_told("wish").in_(sorted(audience.wishes)))
    return conditions


def _lives_in(there: list[str]) -> ColumnElement[bool]:
    """As `bot.people.store.municipality_of`: by the newest case, else where they said; what it finds quickly first."""
    home = people.alias("home")
    said = select(home.c.id).where(home.c.municipality.in_(there))
    worked_with = select(cases.c.youth_id).where(cases.c.municipality.in_(there))
    either = people.c.id.in_(said.union(worked_with))
    return and_(either, func.coalesce(_NEWEST.c.municipality, people.c.municipality).in_(there))


def _stands(standing: Standing) -> ColumnElement[bool]:
    if standing is Standing.NEW:
        return _NEWEST.c.id.is_(None)
    return _NEWEST.c.stage.in_(STAGES[standing])


_UNKNOWN: Final = "unknown"


def _told(question: str) -> ColumnElement[Any]:
    """What they answered to that question of the screening the last time they answered it; NULL where that is gone."""
    answer = screenings.c.answers[question].as_string()
    last = select(answer).where(screenings.c.person_id == people.c.id, answer.is_not(None))
    return last.order_by(screenings.c.id.desc()).limit(1).scalar_subquery()


def _in_networks(wanted: frozenset[int]) -> ColumnElement[bool]:
    members = (
        select(network_members.c.person_id)
        .join(networks, networks.c.id == network_members.c.network_id)
        .where(networks.c.id.in_(sorted(wanted)), networks.c.closed_at.is_(None), network_members.c.left_at.is_(None))
    )
    return people.c.id.in_(members)


def _took_part(events: frozenset[int]) -> ColumnElement[bool]:
    came = select(invitations.c.person_id).where(
        invitations.c.event_id.in_(sorted(events)), invitations.c.came_at.is_not(None)
    )
    return people.c.id.in_(came)


def group_of(audience: Audience) -> ColumnElement[Any]:
    """The first of the chosen groups that holds them; of all groups where none was chosen."""
    groups = [group for group in Group if group in audience.groups or not audience.groups]
    held: list[tuple[ColumnElement[bool], ColumnElement[Any]]] = [
        (not_(IS_STAFF) if group is Group.YOUTH else _holds(group, audience), literal_column(f"'{group.value}'"))
        for group in groups
    ]
    return case(*held, else_=null())
