"""`make bench`: the figures the bot is to reach, each measured beside the same work done by others in the same run.

Each row of the table has its file: P1 `backlog`, P2 `load`, P3 `broadcast`, P4 `ticks`, P5 `start`, P6 `fanout`,
P7 `words`, P8 `slow_disk`. The bots measured are processes of their own on one core (`processes`, `our_bot`,
`contenders`, `peers/`); Telegram is a stub on another (`telegram_stub`), which all of them run against.
"""
