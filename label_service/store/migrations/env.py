"""Alembic's entry: runs on the connection that `label_service.store.migrate` hands over."""

from alembic import context

from label_service.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=False,  # the transaction is the caller's
)
context.run_migrations()
