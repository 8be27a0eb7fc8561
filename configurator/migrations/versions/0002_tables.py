"""Revision 0002: tables. As long as what it changes; drafted by alembic, then read."""
# ruff: noqa: E501, PLR0915 (drafted: a statement a table, a line a constraint)

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "attempt",
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("window_start", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("what", name=op.f("attempt_pkey")),
    )
    op.create_table(
        "batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("facility", sa.String(), nullable=False),
        sa.Column("work_centre", sa.String(), nullable=False),
        sa.Column("family", sa.String(), nullable=False),
        sa.Column("blank", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("rush", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("per_sheet", sa.Integer(), nullable=False),
        sa.Column("sheets", sa.Integer(), nullable=False),
        sa.Column("sheet_price", sa.Integer(), nullable=False),
        sa.Column("setup_cost", sa.Integer(), nullable=False),
        sa.Column("run_cost", sa.Integer(), nullable=False),
        sa.Column("changeover_min", sa.Float(), nullable=False),
        sa.Column("run_min", sa.Float(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("machine", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("pinned_machine", sa.Integer(), nullable=True),
        sa.Column("pinned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("held", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_by", sa.String(), nullable=False),
        sa.Column("frozen", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("package", sa.String(), nullable=True),
        sa.Column("package_digest", sa.String(), nullable=True),
        sa.Column("packaged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("actual_sheets", sa.Integer(), nullable=True),
        sa.Column("actual_setup_min", sa.Float(), nullable=True),
        sa.Column("actual_steps", sa.JSON(), nullable=False),
        sa.CheckConstraint("status in ('open', 'released', 'done')", name="batch_status"),
        sa.CheckConstraint("(pinned_machine is null) = (pinned_at is null)", name="batch_pin_is_whole"),
        sa.PrimaryKeyConstraint("id", name=op.f("batch_pkey")),
        sa.UniqueConstraint("number", name=op.f("batch_number_key")),
    )
    with op.batch_alter_table("batch", schema=None) as batch_op:
        batch_op.create_index("batch_status_place", ["status", "facility", "work_centre"], unique=False)

    op.create_table(
        "browser_session",
        sa.Column("id_hash", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("terminal_id", sa.Integer(), nullable=True),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id_hash", name=op.f("browser_session_pkey")),
    )
    with op.batch_alter_table("browser_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("browser_session_expires_at_idx"), ["expires_at"], unique=False)

    op.create_table(
        "clerk",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("facility", sa.String(), nullable=False),
        sa.Column("pin_hash", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("clerk_pkey")),
    )
    op.create_table(
        "consignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("facility", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("clerk", sa.String(), nullable=False),
        sa.Column("terminal", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind in ('commission', 'trial', 'inspection')", name="consignment_kind"),
        sa.PrimaryKeyConstraint("id", name=op.f("consignment_pkey")),
        sa.UniqueConstraint("key", name=op.f("consignment_key_key")),
        sa.UniqueConstraint("number", name=op.f("consignment_number_key")),
    )
    with op.batch_alter_table("consignment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("consignment_facility_idx"), ["facility"], unique=False)

    op.create_table(
        "counter",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("counter_pkey")),
    )
    op.create_table(
        "customer_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("pickup_code", sa.String(), nullable=False),
        sa.Column("checkout_key", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("fulfilment", sa.String(), nullable=False),
        sa.Column("facility", sa.String(), nullable=False),
        sa.Column("leaves", sa.String(), nullable=False),
        sa.Column("rush", sa.Boolean(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("company", sa.String(), nullable=False),
        sa.Column("street", sa.String(), nullable=False),
        sa.Column("postcode", sa.String(), nullable=False),
        sa.Column("town", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("vat", sa.Integer(), nullable=False),
        sa.Column("shipping", sa.Integer(), nullable=False),
        sa.Column("shipping_vat", sa.Integer(), nullable=False),
        sa.Column("shipping_percent", sa.String(), nullable=False),
        sa.Column("payment_method", sa.String(), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=False),
        sa.Column("rights_declared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("bin", sa.Integer(), nullable=True),
        sa.CheckConstraint("fulfilment in ('ship', 'pickup', 'counter')", name="order_fulfilment"),
        sa.CheckConstraint("leaves in ('together', 'as_ready')", name="order_leaves"),
        sa.CheckConstraint("status in ('placed', 'cancelled', 'finished')", name="order_status"),
        sa.CheckConstraint("total >= 0 and vat >= 0 and shipping >= 0", name="order_amounts"),
        sa.PrimaryKeyConstraint("id", name=op.f("customer_order_pkey")),
        sa.UniqueConstraint("checkout_key", name=op.f("customer_order_checkout_key_key")),
        sa.UniqueConstraint("number", name=op.f("customer_order_number_key")),
        sa.UniqueConstraint("pickup_code", name=op.f("customer_order_pickup_code_key")),
        sa.UniqueConstraint("token", name=op.f("customer_order_token_key")),
    )
    with op.batch_alter_table("customer_order", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("customer_order_placed_at_idx"), ["placed_at"], unique=False)

    op.create_table(
        "expected_goods",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("facility", sa.String(), nullable=False),
        sa.Column("component", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("promised", sa.Integer(), nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("count > 0", name="expected_goods_count"),
        sa.CheckConstraint("promised >= 0 and promised <= count", name="expected_goods_never_oversold"),
        sa.PrimaryKeyConstraint("id", name=op.f("expected_goods_pkey")),
    )
    with op.batch_alter_table("expected_goods", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("expected_goods_facility_idx"), ["facility"], unique=False)

    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("args", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("most_attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(), nullable=True),
        sa.Column("enqueued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("leased_by", sa.String(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("status in ('waiting', 'done', 'failed')", name="job_status"),
        sa.PrimaryKeyConstraint("id", name=op.f("job_pkey")),
        sa.UniqueConstraint("key", name=op.f("job_key_key")),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index("job_due", ["status", "due_at"], unique=False)
        batch_op.create_index("job_subject", ["subject", "status"], unique=False)

    op.create_table(
        "maker",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("facility", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("maker_pkey")),
        sa.UniqueConstraint("email", name=op.f("maker_email_key")),
    )
    op.create_table(
        "picture",
        sa.Column("asset", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("media", sa.String(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("preview", sa.String(), nullable=False),
        sa.Column("small", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("doubt", sa.String(), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind in ('raster', 'drawing')", name="picture_kind"),
        sa.CheckConstraint("width > 0 and height > 0 and bytes > 0", name="picture_size"),
        sa.PrimaryKeyConstraint("asset", name=op.f("picture_pkey")),
    )
    with op.batch_alter_table("picture", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("picture_touched_at_idx"), ["touched_at"], unique=False)

    op.create_table(
        "plan_cause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("facility", sa.String(), nullable=False),
        sa.Column("process", sa.String(), nullable=False),
        sa.Column("work_centre", sa.String(), nullable=False),
        sa.Column("machine", sa.Integer(), nullable=False),
        sa.Column("batch", sa.String(), nullable=False),
        sa.Column("sentence", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("plan_cause_pkey")),
    )
    with op.batch_alter_table("plan_cause", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("plan_cause_planned_at_idx"), ["planned_at"], unique=False)

    op.create_table(
        "plan_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("facility", sa.String(), nullable=False),
        sa.Column("batch", sa.String(), nullable=False),
        sa.Column("piece", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("plan_change_pkey")),
    )
    with op.batch_alter_table("plan_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("plan_change_at_idx"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("plan_change_batch_idx"), ["batch"], unique=False)
        batch_op.create_index(batch_op.f("plan_change_piece_idx"), ["piece"], unique=False)

    op.create_table(
        "plan_figures",
        sa.Column("facility", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column("batches", sa.Integer(), nullable=False),
        sa.Column("changeover_min", sa.Float(), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.Column("first_come_changeover_min", sa.Float(), nullable=False),
        sa.Column("first_come_late", sa.Integer(), nullable=False),
        sa.Column("sheets", sa.Integer(), nullable=False),
        sa.Column("first_come_sheets", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("facility", name=op.f("plan_figures_pkey")),
    )
    op.create_table(
        "shop_record",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("shop_record_pkey")),
    )
    op.create_table(
        "stand_still",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("facility", sa.String(), nullable=False),
        sa.Column("work_centre", sa.String(), nullable=False),
        sa.Column("machine", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("starts_at <= ends_at", name="stand_still_times"),
        sa.PrimaryKeyConstraint("id", name=op.f("stand_still_pkey")),
    )
    with op.batch_alter_table("stand_still", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("stand_still_ends_at_idx"), ["ends_at"], unique=False)
        batch_op.create_index(batch_op.f("stand_still_facility_idx"), ["facility"], unique=False)

    op.create_table(
        "stock_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("facility", sa.String(), nullable=False),
        sa.Column("component", sa.String(), nullable=False),
        sa.Column("on_hand", sa.Integer(), nullable=False),
        sa.Column("reserved", sa.Integer(), nullable=False),
        sa.CheckConstraint("on_hand >= 0 and reserved >= 0 and reserved <= on_hand", name="stock_never_oversold"),
        sa.PrimaryKeyConstraint("id", name=op.f("stock_item_pkey")),
        sa.UniqueConstraint("facility", "component", name="one_item_a_place"),
    )
    op.create_table(
        "stored_blank",
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("stored_blank_pkey")),
    )
    op.create_table(
        "stored_design",
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("blank", sa.String(), nullable=False),
        sa.Column("blank_version", sa.String(), nullable=False),
        sa.Column("canonical", sa.Text(), nullable=False),
        sa.Column("scenes", sa.LargeBinary(), nullable=False),
        sa.Column("picture", sa.LargeBinary(), nullable=False),
        sa.Column("sewn", sa.JSON(), nullable=False),
        sa.Column("cut", sa.JSON(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("warnings", sa.JSON(), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("stored_design_pkey")),
    )
    op.create_table(
        "terminal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("facility", sa.String(), nullable=False),
        sa.Column("key_hash", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("terminal_pkey")),
        sa.UniqueConstraint("name", name=op.f("terminal_name_key")),
    )
    op.create_table(
        "tool_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("facility", sa.String(), nullable=False),
        sa.Column("work_centre", sa.String(), nullable=False),
        sa.Column("machine", sa.Integer(), nullable=False),
        sa.Column("tool", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("tool_change_pkey")),
    )
    with op.batch_alter_table("tool_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("tool_change_facility_idx"), ["facility"], unique=False)

    op.create_table(
        "batch_layout",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("wanted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sought_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("sheets", sa.Integer(), nullable=False),
        sa.Column("density", sa.Float(), nullable=False),
        sa.Column("content", sa.JSON(none_as_null=True), nullable=True),
        sa.CheckConstraint("(state = 'nested') = (content is not null)", name="batch_layout_is_whole"),
        sa.CheckConstraint("state in ('wanted', 'nested', 'rectangles')", name="batch_layout_state"),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batch.id"], name=op.f("batch_layout_batch_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("batch_id", name=op.f("batch_layout_pkey")),
    )
    op.create_table(
        "batch_step",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("facility", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("work_centre", sa.String(), nullable=False),
        sa.Column("machine", sa.Integer(), nullable=False),
        sa.Column("family", sa.String(), nullable=False),
        sa.Column("changeover_min", sa.Float(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leads", sa.Boolean(), nullable=False),
        sa.Column("tool", sa.String(), nullable=False),
        sa.Column("worn", sa.Integer(), nullable=False),
        sa.Column("tool_changes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("batch_step_batch_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("batch_id", "position", name=op.f("batch_step_pkey")),
    )
    with op.batch_alter_table("batch_step", schema=None) as batch_op:
        batch_op.create_index("batch_step_place", ["facility", "ends_at"], unique=False)

    op.create_table(
        "bin_use",
        sa.Column("facility", sa.String(), nullable=False),
        sa.Column("bin", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["customer_order.id"], name=op.f("bin_use_order_id_fkey")),
        sa.PrimaryKeyConstraint("facility", "bin", name=op.f("bin_use_pkey")),
        sa.UniqueConstraint("facility", "order_id", name="one_bin_an_order"),
    )
    op.create_table(
        "cart",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["customer_order.id"], name=op.f("cart_order_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("cart_pkey")),
        sa.UniqueConstraint("token_hash", name=op.f("cart_token_hash_key")),
    )
    op.create_table(
        "consignment_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consignment_id", sa.Integer(), nullable=False),
        sa.Column("component", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("each", sa.Integer(), nullable=False),
        sa.Column("tax_percent", sa.String(), nullable=False),
        sa.Column("back", sa.Integer(), nullable=False),
        sa.Column("sold", sa.Integer(), nullable=False),
        sa.Column("lost", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "count > 0 and each >= 0 and back >= 0 and sold >= 0 and lost >= 0 and back + sold + lost <= count",
            name="never_more_than_went_out",
        ),
        sa.ForeignKeyConstraint(
            ["consignment_id"], ["consignment.id"], name=op.f("consignment_line_consignment_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("consignment_line_pkey")),
        sa.UniqueConstraint("consignment_id", "component", name="one_line_a_component"),
    )
    with op.batch_alter_table("consignment_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("consignment_line_consignment_id_idx"), ["consignment_id"], unique=False)

    op.create_table(
        "consignment_settlement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consignment_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("clerk", sa.String(), nullable=False),
        sa.Column("terminal", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("vat", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.String(), nullable=False),
        sa.Column("undone_reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consignment_id"], ["consignment.id"], name=op.f("consignment_settlement_consignment_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("consignment_settlement_pkey")),
        sa.UniqueConstraint("key", name=op.f("consignment_settlement_key_key")),
    )
    with op.batch_alter_table("consignment_settlement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("consignment_settlement_consignment_id_idx"), ["consignment_id"], unique=False)

    op.create_table(
        "design_picture",
        sa.Column("design_hash", sa.String(), nullable=False),
        sa.Column("asset", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["asset"], ["picture.asset"], name=op.f("design_picture_asset_fkey")),
        sa.ForeignKeyConstraint(["design_hash"], ["stored_design.hash"], name=op.f("design_picture_design_hash_fkey")),
        sa.PrimaryKeyConstraint("design_hash", "asset", name=op.f("design_picture_pkey")),
    )
    with op.batch_alter_table("design_picture", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("design_picture_asset_idx"), ["asset"], unique=False)

    op.create_table(
        "order_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("design_hash", sa.String(), nullable=False),
        sa.Column("blank", sa.String(), nullable=False),
        sa.Column("blank_version", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("each", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("tax", sa.String(), nullable=False),
        sa.Column("vat", sa.Integer(), nullable=False),
        sa.Column("tax_percent", sa.String(), nullable=False),
        sa.Column("uses", sa.JSON(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("facility", sa.String(), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=False),
        sa.Column("process", sa.String(), nullable=False),
        sa.Column("warnings", sa.JSON(), nullable=False),
        sa.Column("joined", sa.String(), nullable=False),
        sa.Column("saved", sa.Integer(), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("quantity > 0 and total >= 0 and vat >= 0", name="order_line_amounts"),
        sa.ForeignKeyConstraint(["design_hash"], ["stored_design.hash"], name=op.f("order_line_design_hash_fkey")),
        sa.ForeignKeyConstraint(["order_id"], ["customer_order.id"], name=op.f("order_line_order_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("order_line_pkey")),
        sa.UniqueConstraint("order_id", "position", name="order_line_position"),
    )
    with op.batch_alter_table("order_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("order_line_order_id_idx"), ["order_id"], unique=False)

    op.create_table(
        "payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("clerk_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["customer_order.id"], name=op.f("payment_order_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("payment_pkey")),
        sa.UniqueConstraint("key", name=op.f("payment_key_key")),
    )
    with op.batch_alter_table("payment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("payment_order_id_idx"), ["order_id"], unique=False)

    op.create_table(
        "rush_note",
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("facility", sa.String(), nullable=False),
        sa.Column("delays", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["customer_order.id"], name=op.f("rush_note_order_id_fkey")),
        sa.PrimaryKeyConstraint("order_id", name=op.f("rush_note_pkey")),
    )
    with op.batch_alter_table("rush_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("rush_note_at_idx"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("rush_note_facility_idx"), ["facility"], unique=False)

    op.create_table(
        "upload",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("asset", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["asset"], ["picture.asset"], name=op.f("upload_asset_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("upload_pkey")),
        sa.UniqueConstraint("owner", "asset", name="one_upload_a_picture"),
    )
    with op.batch_alter_table("upload", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("upload_asset_idx"), ["asset"], unique=False)

    op.create_table(
        "cart_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cart_id", sa.Integer(), nullable=False),
        sa.Column("design_hash", sa.String(), nullable=False),
        sa.Column("blank", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("once", sa.String(), nullable=False),
        sa.CheckConstraint("quantity > 0", name="cart_line_quantity"),
        sa.ForeignKeyConstraint(["cart_id"], ["cart.id"], name=op.f("cart_line_cart_id_fkey")),
        sa.ForeignKeyConstraint(["design_hash"], ["stored_design.hash"], name=op.f("cart_line_design_hash_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("cart_line_pkey")),
        sa.UniqueConstraint("cart_id", "design_hash", name="one_line_a_design"),
    )
    with op.batch_alter_table("cart_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("cart_line_cart_id_idx"), ["cart_id"], unique=False)

    op.create_table(
        "consignment_settled",
        sa.Column("settlement_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("back", sa.Integer(), nullable=False),
        sa.Column("sold", sa.Integer(), nullable=False),
        sa.Column("lost", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("vat", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["line_id"], ["consignment_line.id"], name=op.f("consignment_settled_line_id_fkey")),
        sa.ForeignKeyConstraint(
            ["settlement_id"], ["consignment_settlement.id"], name=op.f("consignment_settled_settlement_id_fkey")
        ),
        sa.PrimaryKeyConstraint("settlement_id", "line_id", name=op.f("consignment_settled_pkey")),
    )
    op.create_table(
        "piece",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("design_hash", sa.String(), nullable=False),
        sa.Column("blank", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("facility", sa.String(), nullable=False),
        sa.Column("process", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("rush", sa.Boolean(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("remake_of", sa.Integer(), nullable=True),
        sa.Column("remake_turn", sa.Integer(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "stage in ('waiting', 'released', 'picked', 'made', 'checked', 'stored', 'handed_over', 'rejected', 'cancelled')",
            name="piece_stage",
        ),
        sa.ForeignKeyConstraint(["design_hash"], ["stored_design.hash"], name=op.f("piece_design_hash_fkey")),
        sa.ForeignKeyConstraint(["line_id"], ["order_line.id"], name=op.f("piece_line_id_fkey")),
        sa.ForeignKeyConstraint(["order_id"], ["customer_order.id"], name=op.f("piece_order_id_fkey")),
        sa.ForeignKeyConstraint(["remake_of"], ["piece.id"], name=op.f("piece_remake_of_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("piece_pkey")),
        sa.UniqueConstraint("code", name=op.f("piece_code_key")),
        sa.UniqueConstraint("order_id", "number", name="piece_number"),
        sa.UniqueConstraint("remake_of", "remake_turn", name="piece_made_again_once"),
    )
    with op.batch_alter_table("piece", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("piece_line_id_idx"), ["line_id"], unique=False)
        batch_op.create_index(batch_op.f("piece_order_id_idx"), ["order_id"], unique=False)
        batch_op.create_index("piece_stage_facility", ["stage", "facility", "process"], unique=False)

    op.create_table(
        "batch_place",
        sa.Column("piece_id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("batch_place_batch_id_fkey")),
        sa.ForeignKeyConstraint(["piece_id"], ["piece.id"], name=op.f("batch_place_piece_id_fkey")),
        sa.PrimaryKeyConstraint("piece_id", name=op.f("batch_place_pkey")),
        sa.UniqueConstraint("batch_id", "position", name="one_piece_a_place"),
    )
    with op.batch_alter_table("batch_place", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("batch_place_batch_id_idx"), ["batch_id"], unique=False)

    op.create_table(
        "hand_over",
        sa.Column("piece_id", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("clerk", sa.String(), nullable=False),
        sa.Column("terminal", sa.String(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["customer_order.id"], name=op.f("hand_over_order_id_fkey")),
        sa.ForeignKeyConstraint(["piece_id"], ["piece.id"], name=op.f("hand_over_piece_id_fkey")),
        sa.PrimaryKeyConstraint("piece_id", "turn", name=op.f("hand_over_pkey")),
    )
    with op.batch_alter_table("hand_over", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("hand_over_at_idx"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("hand_over_order_id_idx"), ["order_id"], unique=False)

    op.create_table(
        "hold",
        sa.Column("piece_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["piece_id"], ["piece.id"], name=op.f("hold_piece_id_fkey")),
        sa.PrimaryKeyConstraint("piece_id", name=op.f("hold_pkey")),
    )
    op.create_table(
        "order_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("piece_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("sentence", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["customer_order.id"], name=op.f("order_event_order_id_fkey")),
        sa.ForeignKeyConstraint(["piece_id"], ["piece.id"], name=op.f("order_event_piece_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("order_event_pkey")),
    )
    with op.batch_alter_table("order_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("order_event_order_id_idx"), ["order_id"], unique=False)

    op.create_table(
        "scan",
        sa.Column("scan_id", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("piece_id", sa.Integer(), nullable=True),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("facility", sa.String(), nullable=False),
        sa.Column("was_stage", sa.String(), nullable=False),
        sa.Column("was_facility", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["piece_id"], ["piece.id"], name=op.f("scan_piece_id_fkey")),
        sa.PrimaryKeyConstraint("scan_id", name=op.f("scan_pkey")),
    )
    with op.batch_alter_table("scan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("scan_piece_id_idx"), ["piece_id"], unique=False)

    op.create_table(
        "stock_claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("piece_id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("facility", sa.String(), nullable=False),
        sa.Column("component", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("goods_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("count > 0", name="stock_claim_count"),
        sa.ForeignKeyConstraint(["goods_id"], ["expected_goods.id"], name=op.f("stock_claim_goods_id_fkey")),
        sa.ForeignKeyConstraint(["order_id"], ["customer_order.id"], name=op.f("stock_claim_order_id_fkey")),
        sa.ForeignKeyConstraint(["piece_id"], ["piece.id"], name=op.f("stock_claim_piece_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("stock_claim_pkey")),
    )
    with op.batch_alter_table("stock_claim", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("stock_claim_goods_id_idx"), ["goods_id"], unique=False)
        batch_op.create_index(batch_op.f("stock_claim_piece_id_idx"), ["piece_id"], unique=False)

    op.create_table(
        "stock_movement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("on_hand_change", sa.Integer(), nullable=False),
        sa.Column("reserved_change", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("piece_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["stock_item.id"], name=op.f("stock_movement_item_id_fkey")),
        sa.ForeignKeyConstraint(["order_id"], ["customer_order.id"], name=op.f("stock_movement_order_id_fkey")),
        sa.ForeignKeyConstraint(["piece_id"], ["piece.id"], name=op.f("stock_movement_piece_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("stock_movement_pkey")),
    )
    with op.batch_alter_table("stock_movement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("stock_movement_item_id_idx"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("stock_movement_order_id_idx"), ["order_id"], unique=False)
        batch_op.create_index(batch_op.f("stock_movement_piece_id_idx"), ["piece_id"], unique=False)

    op.create_table(
        "unplanned",
        sa.Column("piece_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["piece_id"], ["piece.id"], name=op.f("unplanned_piece_id_fkey")),
        sa.PrimaryKeyConstraint("piece_id", name=op.f("unplanned_pkey")),
    )
    op.create_table(
        "hand_over_taken_back",
        sa.Column("piece_id", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("clerk", sa.String(), nullable=False),
        sa.Column("terminal", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["piece_id", "turn"],
            ["hand_over.piece_id", "hand_over.turn"],
            name=op.f("hand_over_taken_back_piece_id_turn_fkey"),
        ),
        sa.PrimaryKeyConstraint("piece_id", "turn", name=op.f("hand_over_taken_back_pkey")),
    )
    op.create_table(
        "quality_check",
        sa.Column("scan_id", sa.String(), nullable=False),
        sa.Column("piece_id", sa.Integer(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("defect", sa.String(), nullable=False),
        sa.Column("remake_id", sa.Integer(), nullable=True),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["piece_id"], ["piece.id"], name=op.f("quality_check_piece_id_fkey")),
        sa.ForeignKeyConstraint(["remake_id"], ["piece.id"], name=op.f("quality_check_remake_id_fkey")),
        sa.ForeignKeyConstraint(["scan_id"], ["scan.scan_id"], name=op.f("quality_check_scan_id_fkey")),
        sa.PrimaryKeyConstraint("scan_id", name=op.f("quality_check_pkey")),
    )
    with op.batch_alter_table("quality_check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("quality_check_piece_id_idx"), ["piece_id"], unique=False)

    op.create_table(
        "scan_taken_back",
        sa.Column("scan_id", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["scan_id"], ["scan.scan_id"], name=op.f("scan_taken_back_scan_id_fkey")),
        sa.PrimaryKeyConstraint("scan_id", name=op.f("scan_taken_back_pkey")),
    )
