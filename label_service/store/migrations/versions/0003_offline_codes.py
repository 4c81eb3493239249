"""The offline code of a passport, for labels that are drawn when somebody asks for them.

Labels that were drawn before stay as they are.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "offline_codes",
        sa.Column("passport_id", sa.String(64), nullable=False),
        sa.Column("code", sa.String(1000), nullable=False),
        sa.PrimaryKeyConstraint("passport_id", name="pk_offline_codes"),
        sa.ForeignKeyConstraint(["passport_id"], ["passports.id"], name="fk_offline_codes_passport_id"),
    )
