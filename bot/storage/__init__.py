"""The one database: its schema on one page, and the one way to open a transaction on it."""
