"""/partners: what there is for those who work with young people: partners for projects, hours of experts, notes."""

from bot.partnerships.actions import ShowHub, ShowNotes, ShowSlots, ShowWishes
from bot.roles import Role
from bot.routes import Routes
from bot.turn import Shelf, Turn, button

routes = Routes()

STAFF = (Role.MENTOR, Role.LEAD, Role.SPECIALIST, Role.PARTNER, Role.COORDINATOR)

routes.offer(STAFF, 74, button("partnerships.staff.button.hub", ShowHub()), Shelf.PARTNERS)


@routes.command("partners")
async def partners(turn: Turn, _: str) -> None:
    _show(turn)


@routes.press(ShowHub)
async def hub(turn: Turn, _: ShowHub) -> None:
    _show(turn)


def _show(turn: Turn) -> None:
    turn.replace(
        "partnerships.staff.hub",
        keyboard=(
            (button("partnerships.staff.button.wishes", ShowWishes()),),
            (button("partnerships.staff.button.slots", ShowSlots()),),
            (button("partnerships.staff.button.notes", ShowNotes()),),
            *turn.home,
        ),
    )
