"""Brings the tables of an opened database to the present version, at every start."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from label_service.store.engine import write_transaction

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(engine: Engine) -> None:
    """Runs the missing migrations; writes nothing when none is, so that a read-only copy opens too."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    newest = ScriptDirectory.from_config(config).get_current_head()
    with engine.connect() as connection:
        if MigrationContext.configure(connection).get_current_revision() == newest:
            return
    with write_transaction(engine, lock_log=False) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
