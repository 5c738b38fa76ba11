"""Letters in the town: they go without a network, and are read by key, like messages on a phone."""

from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Final

from bot.bouncing import DONE, take
from bot.demo.mailbox import Letter, Mailboxes
from bot.mail.letter import Letter as Composed
from bot.mail.sender import Later, Refused, Sent, Verdict
from bot.words import Language
from tests.town.reading import pattern

if TYPE_CHECKING:
    from tests.town.town import Town

MAIL_ON: Final = {
    "smtp_url": "smtp://127.0.0.1:1?starttls=no",
    "mail_from": "PROTI un DARI! <partneri@bot.example>",
    "public_url": "https://bot.example",
    "http_bind": "127.0.0.1:8080",
}
"""The settings of a town that sends letters; nothing is at these addresses, as the town takes the letters itself."""


@dataclass(slots=True)
class Mailbox:
    """Of one partner, who reads `language`; letters count as unread until a test saw them."""

    town: "Town"
    address: str
    language: Language
    refusing: bool = False
    seen: int = 0

    @property
    def letters(self) -> list[Letter]:
        """All that ever arrived."""
        return [letter for letter in self.town.mail.letters if letter.to == self.address]

    @property
    def unread(self) -> list[Letter]:
        return self.letters[self.seen :]

    def sees(self, key: str) -> Letter:
        """One unread letter holds that key's words, in its text or as its subject; it and all before count as read."""
        wanted = pattern(key, self.language)
        for index, letter in enumerate(self.unread):
            if wanted.search(letter.text) or wanted.search(letter.subject):
                self.seen += index + 1
                return letter
        raise AssertionError(f"{self.address} does not see {key}; unread: {[one.text for one in self.unread]}")

    def sees_nothing(self) -> None:
        """Nothing new has come."""
        assert not self.unread, f"{self.address} has unread: {[one.text for one in self.unread]}"

    def reads_rest(self) -> list[Letter]:
        """Whatever else came does not matter to this test."""
        rest = self.unread
        self.seen += len(rest)
        return rest

    def refuses(self) -> None:
        """From now on its mail server says that there is no such mailbox."""
        self.refusing = True

    def takes(self) -> None:
        self.refusing = False

    async def bounces(self, letter: Letter) -> None:
        """Its mail server reports after all that it could not deliver that letter; then the bot looks at the clock."""
        await self.town.database.close()
        assert await take(self.town.settings, BytesIO(report_on(letter)), self.town.clock.now()) == DONE
        await self.town.settle()


@dataclass(slots=True)
class TownMail:
    """What the bot hands letters to: they are in their mailbox at once."""

    town: "Town"
    boxes: Mailboxes = field(default_factory=Mailboxes)
    away: bool = False
    """Whether our own mail server cannot be reached."""
    known: dict[str, Mailbox] = field(default_factory=dict)

    @property
    def letters(self) -> list[Letter]:
        return self.boxes.letters

    def mailbox(self, address: str, language: Language) -> Mailbox:
        return self.known.setdefault(address, Mailbox(self.town, address, language))

    async def __call__(self, letter: Composed) -> Verdict:
        if self.away:
            return Later("SMTPConnectError")
        if self.mailbox(letter.to, Language.LV).refusing:
            return Refused("recipient 550")
        arrived = self.boxes.receive(letter.to, letter.message, self.town.clock.now())
        self.town.transcript.letter(arrived)
        return Sent()


def report_on(letter: Letter, action: str = "failed") -> bytes:
    """What a mail server sends back (RFC 3464), with the headers of the letter it is about."""
    headers = letter.raw.partition(b"\r\n\r\n")[0]
    head = (
        "From: MAILER-DAEMON@partner.example\r\nTo: partneri@bot.example\r\nSubject: Undelivered Mail\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nI am sorry.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mail.partner.example\r\n\r\n"
        f"Final-Recipient: rfc822; {letter.to}\r\nAction: {action}\r\nStatus: 5.1.1\r\n\r\n"
        "--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
    )
    return head.encode() + headers + b"\r\n\r\n--b--\r\n"
