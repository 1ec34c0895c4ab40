"""The words of the ledger workbook that writer and reader share: hidden keys, marks and states.

A sheet of a declared table has, from the top: a banner, the state of the sheet, a hidden row of column
keys, the headings, an example row, the rows. The keys stand in the sheet itself so that they move with
their columns when somebody reorders, renames or translates the headings.
"""

from __future__ import annotations

from omamori.model.schema import Column, Table
from omamori.model.tables import TABLES
from omamori.model.text import Text, Value, values

FORMAT = 1
"""Version of the workbook's form; a reader refuses a newer one."""
KEY_SHEET = "_omamori"
"""Name of the hidden sheet that says which tables the workbook holds."""
KEY_PREFIX = "omamori:"
"""The first cell of a hidden key row is this and the table's name; the other cells are column names."""

ROW_MARK = Text("行", "Row")
"""Heading of the first column, which holds only `EXAMPLE` or nothing."""
EXAMPLE = Text("例", "example")
STATE = Text("このシートの記入", "State of this sheet")
STATES: tuple[Value, ...] = values(
    ("filling", "記入中", "being filled in"),
    ("filled", "記入済み", "filled in"),
    ("none", "該当なし", "nothing to enter"),
)
"""`filling`: rows may be missing, the look stays incomplete. `filled` and `none`: the look is complete."""

SHEETS: tuple[str, ...] = (
    "site",
    "remote_lines",
    "ledger_assets",
    "declared_backups",
    "answers",
    "contacts",
    "cut_points",
    "never_blocked",
    "recovery_needs",
    "backup_media",
    "vendors",
    "zones",
    "other_entries",
    "vendor_notices",
    "training",
    "designed_flows",
    "exceptions",
)
"""Tables of the workbook in the order of its sheets: what helps most comes first."""

REFERENCES: tuple[tuple[str, str, str], ...] = (
    ("ledger_assets", "zone", "zones"),
    ("ledger_assets", "vendor", "vendors"),
    ("remote_lines", "vendor", "vendors"),
    ("remote_lines", "lands_in", "zones"),
    ("other_entries", "vendor", "vendors"),
    ("other_entries", "zone", "zones"),
    ("other_entries", "machine", "ledger_assets"),
    ("vendor_notices", "vendor", "vendors"),
    ("declared_backups", "asset", "ledger_assets"),
    ("backup_media", "asset", "ledger_assets"),
    ("designed_flows", "asset", "ledger_assets"),
)
"""(table, column, table whose first column it names): drop-downs that refer to another sheet."""


def sheet_columns(table: Table) -> tuple[Column, ...]:
    """Return the columns people fill in, in order."""
    return tuple(column for column in table.columns if column.heading is not None)


def name_column(table: Table) -> Column:
    """Return the column that names a row: the first one people fill in."""
    return sheet_columns(table)[0]


def sheet_tables() -> tuple[Table, ...]:
    """Return the tables of the workbook in the order of its sheets."""
    return tuple(TABLES[name] for name in SHEETS)
