"""The one way out: what is to be said waits as rows (outbox), and the gate alone hands it to Telegram.

`outbox` keeps the rows, `limits` knows how fast Telegram lets us speak, `verdicts` names what can come of a sending,
`gate` puts the four together: urgent first, in order within a chat, never twice without a crash between.
"""
