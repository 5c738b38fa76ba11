"""How Alembic reaches the database: one file, one transaction for all steps, foreign keys checked at its end."""

from alembic import context
from sqlalchemy import Connection, create_engine, event
from sqlalchemy.pool import NullPool

from bot.storage.tables import metadata


def _upgrade() -> None:
    url = context.config.attributes.get("url", "sqlite:///data/bot.db")
    engine = create_engine(url, poolclass=NullPool)
    if engine.dialect.name == "sqlite":
        # SQLite's own driver commits before each change of the schema; we say BEGIN ourselves, so that a kill in the
        # middle of an upgrade leaves the old schema whole.
        event.listen(engine, "connect", lambda connection, _: setattr(connection, "isolation_level", None))
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    with engine.connect() as connection:
        # Alembic takes SQLite for a database that cannot change its schema inside a transaction, which it can.
        context.configure(connection=connection, target_metadata=metadata, render_as_batch=True, transactional_ddl=True)
        with context.begin_transaction():
            context.run_migrations()
            _check_references(connection)
    engine.dispose()


def _check_references(connection: Connection) -> None:
    """A table made anew by a step must not leave others pointing at nothing; they are not enforced meanwhile."""
    if connection.dialect.name == "sqlite":
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if lost is not None:
            raise ValueError(f"a migration left a row of {lost[0]} without the row of {lost[2]} that it belongs to")


_upgrade()
