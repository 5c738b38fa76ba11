"""Telegram's side of the bot: the transport, the two ways updates come in, and the sender that the gate holds."""

import warnings

# The library would have us call its own methods, which make objects of every answer: a whole batch of updates is lost
# if one of them cannot be made, and of a message sent only the number is wanted.
warnings.filterwarnings("ignore", message=r"Please use 'Bot\.")
