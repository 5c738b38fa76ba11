"""python-telegram-bot's transport over aiohttp.

The built-in one (httpx) costs most of a request's processor time, and logs the address of each call, which holds the
bot's token. This one keeps one pool of connections, logs nothing, and never puts an address into an error.
"""

import json
from typing import Any, Final

import aiohttp
from telegram._utils.defaultvalue import DefaultValue
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

READ_TIMEOUT: Final = 20.0
CONNECT_TIMEOUT: Final = 10.0
UPLOAD_TIMEOUT: Final = 60.0


class AiohttpRequest(BaseRequest):
    """One session of `connections` at most; time-outs in seconds."""

    def __init__(self, connections: int) -> None:
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return READ_TIMEOUT

    async def initialize(self) -> None:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, ttl_dns_cache=300)
            self._session = aiohttp.ClientSession(connector=connector, headers={"User-Agent": "proti-un-dari-bot"})

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One call: the HTTP status and the body. Raises TimedOut or NetworkError, without the address in either."""
        if self._session is None:
            raise NetworkError("the transport is closed")
        read = _seconds(read_timeout, UPLOAD_TIMEOUT if request_data and request_data.contains_files else READ_TIMEOUT)
        timeout = aiohttp.ClientTimeout(sock_read=read, connect=_seconds(connect_timeout, CONNECT_TIMEOUT))
        try:
            async with self._session.request(method, url, data=_body(request_data), timeout=timeout) as answer:
                return answer.status, await answer.read()
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as broken:
            raise NetworkError(type(broken).__name__) from None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer as JSON; one that is none is an error without the payload, which may hold people's words."""
        try:
            found = json.loads(payload)
        except ValueError:
            raise TelegramError("the answer is not JSON") from None
        if not isinstance(found, dict):
            raise TelegramError("the answer is not a JSON object")
        return found


def _seconds(asked: Any, otherwise: float) -> float | None:
    if isinstance(asked, DefaultValue):
        return otherwise
    return None if asked is None else float(asked)


def _body(data: RequestData | None) -> aiohttp.FormData | dict[str, str] | None:
    if data is None:
        return None
    if not data.contains_files:
        return dict(data.json_parameters)
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in (data.multipart_data or {}).items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form
