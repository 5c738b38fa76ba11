"""What somebody would receive in a whole programme, from the real engine on a turned clock, sending nothing.

`script` is who does what when, and runs on any stage; `casting` puts the people there; `stage` is an empty world with
the bot's own routes, schedule, workshop and gate, whose sender only writes down; `timeline` tells what came of it;
`making` has the workshop do it for somebody who asked in the chat.
"""
