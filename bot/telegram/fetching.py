"""A file that somebody sent, from Telegram: getFile, then the download (Bot API; the link is good for an hour)."""

from telegram import Bot


class TooLarge(Exception):
    """The file has more bytes than are fetched."""


class TelegramFiles:
    """Fetches by Telegram's id of the file."""

    def __init__(self, telegram: Bot) -> None:
        self._telegram = telegram

    async def __call__(self, file_id: str, most: int) -> bytes:
        """The content. Raises TooLarge, or telegram.error.TelegramError where it cannot be had."""
        found = await self._telegram.get_file(file_id)
        if (found.file_size or 0) > most:
            raise TooLarge
        content = bytes(await found.download_as_bytearray())
        if len(content) > most:
            raise TooLarge
        return content
