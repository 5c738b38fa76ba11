"""The emulator without sockets, at python-telegram-bot's transport: for tests."""

from typing import Any
from urllib.parse import unquote

from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.demo.emulator.answer import Answer, Line
from bot.demo.emulator.model import UploadedFile
from bot.demo.emulator.telegram import Telegram


class InProcessRequest(BaseRequest):
    """Every Bot API call goes straight into the model.

    getUpdates gives what is there and never waits, whatever its timeout: nothing else would run meanwhile on a clock
    that stands still. With `patient` it waits (real time) as a server would.
    """

    def __init__(self, telegram: Telegram, *, patient: bool = False) -> None:
        self._telegram = telegram
        self._patient = patient

    @property
    def read_timeout(self) -> float | None:
        return 5.0

    async def initialize(self) -> None:
        return None

    async def shutdown(self) -> None:
        return None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        if "/file/bot" in url:
            return self._download(url)
        token, _, name = unquote(url.partition("/bot")[2]).rpartition("/")
        params, files = _opened(request_data)
        answer = await self._telegram.call(name, params, files, token, patient=self._patient)
        return _travelled(answer)

    def _download(self, url: str) -> tuple[int, bytes]:
        token, _, path = unquote(url.partition("/file/bot")[2]).partition("/")
        return _travelled(self._telegram.download(path, token))


def _opened(request_data: RequestData | None) -> tuple[dict[str, Any], dict[str, UploadedFile]]:
    if request_data is None:
        return {}, {}
    files: dict[str, UploadedFile] = {}
    if request_data.contains_files:
        for field, (name, content, mime_type) in request_data.multipart_data.items():
            files[field] = UploadedFile(name, content if isinstance(content, bytes) else content.read(), mime_type)
    return dict(request_data.parameters), files


def _travelled(answer: Answer) -> tuple[int, bytes]:
    """The answer as the other end of the line gets it; a broken line is an error of python-telegram-bot."""
    match answer.line:
        case Line.WHOLE:
            return answer.status, answer.payload()
        case Line.HANGS:
            raise TimedOut
        case Line.CUT:
            raise NetworkError("Server disconnected")
        case Line.REFUSES:
            raise NetworkError("Connection refused")
