"""Telegram's side of the bot: the transport, the two ways updates come in, and the sender that the gate holds."""
