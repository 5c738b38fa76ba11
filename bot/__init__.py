"""The Telegram bot of "PROTI un DARI! 2.0": the map of the house, to be read first.

**A press** comes in through `telegram/` (by long poll or webhook), is acknowledged at once, and reaches `dispatch`: who
is this, may they, what does the button say, all inside one transaction. A handler in some capability's `chat` loads
rows, asks that capability's `rules`, saves, and says things by key. What was said becomes rows of the outbox in the
same commit, for a batch of people at once (`gathered`). Only then is the update confirmed to Telegram. While the
database cannot be written, `intake` says so to whoever did something, and answers a call for help, past everything
else.

**A message** waits in the outbox until `delivery/gate` takes it: replies before notices before broadcasts, in order
within a chat, no faster than Telegram allows, never at night unless it answers somebody. The gate finds the words in
the reader's language (`texts`, `locales/`) and hands them to `telegram/sender`. Letters to partners who are not on
Telegram are rows of the same outbox, and `mail/post` takes them to a mail server; `bouncing` hears of those that came
back.

**What falls due** is a column of some row. `schedule` rings every second; each capability's `due` looks for rows whose
moment has come, claims them by a conditional update, and says what is to be said. `calendar` alone answers when
something may go out, and why.

**What takes long** (a poster, a picture of figures) is a row too: the `workshop` makes it in a thread, outside any
transaction, and what came of it goes to the outbox. So is a file that somebody sent: `receiving` fetches and reads it.

**Capabilities** are folders with the same file names, from the ground up: `people` (who is who, consent, one's own
data), `directory` (places, contacts, services, partners), `outreach` (where somebody came from, and posters),
`safety` (the help card and the watch over danger), `staff` (invitations), `blocks` (who abuses the bot, and how they
object), `accesses` (who of the staff looked at what), `programme` (cases, mentors, decisions), `referrals`, `networks`
(working groups, topics and opinions, what is known of every municipality), `events` (writing and sending invitations,
places, the door, and what comes after), and beside each other on top `screening`, `checkins`, `partnerships` (partners
for projects, hours with experts, notes on what worked). In each: `rules` are pure functions over frozen dataclasses,
`store` holds the SQL, `chat` the conversations, `due` what time brings; where there is much of one kind, each part has
a file of its own (`chat_lines`), and where there are many parts, a room (`events/door`). What happens in one and
matters to those above is a `Happening`.

**Underneath**: `words` (keys and facts), `typed` (what people type, as others may see it), `cities` (what zones of time
are called), `actions` (buttons packed to 64 bytes), `roles` (who may use what, one page), `turn` (what a handler is
handed), `routes` (which handler answers), `storage` (the schema on one page, the one way to a transaction), `clock`
(the only reader of time), `settings` (the only reader of the environment).

`rehearsal` lives through a whole programme in a world of its own, sending nothing. `app` puts it all together. Each
part tells in a `pulse` when it last got on; `web` answers from that whether the bot is well, and takes in Telegram's
posts where there is a webhook. `demo` runs the same app against an emulator of Telegram,
with a page of phones.
"""
