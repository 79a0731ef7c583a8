"""Run by Alembic; the connection is handed over by ``xuncha.store.database.upgrade``."""

from alembic import context

from xuncha.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
