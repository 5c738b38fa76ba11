"""Letters by e-mail: rows of the outbox handed to a mail server, and what comes back.

`letter` puts one together, `marks` signs its Message-ID, `smtp` tries once and gives one of the verdicts in `sender`,
`post` claims rows and settles them, `rows` is its SQL, `bounces` reads what mail servers report.
"""
