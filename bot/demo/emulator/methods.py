"""What each method of the Bot API does here: one table; the deeds are in `methods_*.py`."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from bot.demo.emulator import methods_about, methods_editing, methods_sending, methods_updates
from bot.demo.emulator.calls import Call
from bot.demo.emulator.model import Json, UploadedFile
from bot.demo.emulator.refusals import ProblemKind, bad_request

if TYPE_CHECKING:
    from bot.demo.emulator.telegram import Telegram

Deed = Callable[[Call], Any]

DEEDS: Mapping[str, Deed] = {
    **methods_sending.DEEDS,
    **methods_editing.DEEDS,
    **methods_about.DEEDS,
    **methods_updates.DEEDS,
}


def perform(telegram: "Telegram", method: str, params: Json, files: Mapping[str, UploadedFile]) -> Any:
    """The result of the call, as the Bot API writes it; raises `Refused`."""
    deed = DEEDS.get(method)
    if deed is None:
        raise bad_request(f"the emulator does not do {method} yet", ProblemKind.UNSUPPORTED)
    return deed(Call(telegram, method, params, files))
