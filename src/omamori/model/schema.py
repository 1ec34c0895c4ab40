"""How a table of the domain is described: a frozen dataclass, and a sentence for every column.

`@table` turns a dataclass into a `Table`: the DuckDB schema, the generated docs and the
columns of the workbook all come from here, so that they cannot disagree.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, TypeVar

from omamori.model.text import Language, Text, Value

SqlType = Literal["varchar", "bigint", "boolean", "double", "timestamp", "date"]
Group = Literal["host", "network", "declared", "backup", "derived", "always", "pack"]
Keeps = Literal["state", "event", "voices", "sightings", "places"]

_SQL_TYPES: dict[type, SqlType] = {
    str: "varchar",
    int: "bigint",
    bool: "boolean",
    float: "double",
    datetime: "timestamp",
    date: "date",
}
ROW_COLUMNS = ("asset", "source", "evidence")
"""Columns every row of a host table carries; the snapshot fills them, parsers set only `evidence`."""

RowT = TypeVar("RowT")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its type in SQL and what it means.

    `heading` and `note` are set only where people fill the column in a workbook.
    """

    name: str
    type: SqlType
    nullable: bool
    doc: str
    heading: Text | None = None
    note: Text | None = None
    values: tuple[Value, ...] = ()
    example: str = ""
    example_en: str = ""

    def example_in(self, language: Language) -> str:
        """Return the example for the workbook; one text serves both languages unless `example_en` is given."""
        return self.example_en if language == "en" and self.example_en else self.example


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the model.

    `keeps`: of a *state* table one look per asset is chosen; looks of an *event* table accumulate; of a *voices* table one
    look per speaker is chosen, and what several people say stands side by side; of a *sightings* table one look per name under which
    an asset was seen (each of its addresses) is chosen, but none under a name that another asset was seen under later; of a *places*
    table one look per place (each repository of a machine's copies) is chosen, and all stand side by side.
    `lasting`: what it tells is dated and stays true; a look at it never becomes too old.
    `sources`: evidence kinds in the order in which they are preferred.
    `title`: the words for people, used in reports and as the name of a workbook sheet.
    """

    name: str
    group: Group
    keeps: Keeps
    doc: str
    title: Text
    sources: tuple[str, ...]
    columns: tuple[Column, ...]
    row: type[Any]
    lasting: bool = False

    def column(self, name: str) -> Column:
        """Return the column `name`; KeyError if the table has none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name} has no column {name}")

    @property
    def per_asset(self) -> bool:
        """True when rows of this table belong to one asset each."""
        return any(column.name == "asset" for column in self.columns)


def col(
    doc: str,
    *,
    default: Any = None,
    heading: tuple[str, str] | None = None,
    note: tuple[str, str] | None = None,
    values: tuple[Value, ...] = (),
    example: str = "",
    example_en: str = "",
) -> Any:
    """Describe a column in one English sentence.

    `heading` and `note` are (Japanese, English) and make the column part of the workbook.
    `example` is shown in its example row; `example_en` where the English workbook needs another.
    """
    meta = {
        "doc": doc,
        "heading": Text(*heading) if heading else None,
        "note": Text(*note) if note else None,
        "values": values,
        "example": example,
        "example_en": example_en,
    }
    return field(default=default, metadata=meta)


def asset_column() -> Any:
    """The subject: empty in a parser's rows of a machine, filled when the snapshot resolves identity."""
    return col("Asset the row is about.", default="")


def source_column() -> Any:
    """The evidence kind the row was parsed from."""
    return col("Kind of evidence the row was parsed from.", default="")


def evidence_column() -> Any:
    """Where the row was read: a parser gives the line number, the snapshot puts the hash before it."""
    return col(
        "Evidence that shows it: hash of the stored output and line, `hash:line`; `;column=line` where a column stands elsewhere.",
        default="",
    )


def describe(
    name: str,
    row: type[Any],
    *,
    group: Group,
    title: Text,
    sources: tuple[str, ...] = (),
    keeps: Keeps = "state",
    lasting: bool = False,
) -> Table:
    """Build the `Table` of a dataclass; TypeError when a column has no sentence or an unknown type."""
    hints = typing.get_type_hints(row)
    columns = []
    for item in dataclasses.fields(row):
        doc = item.metadata.get("doc", "")
        if not doc.endswith("."):
            raise TypeError(f"{name}.{item.name}: a column needs a sentence that ends in a full stop")
        sql_type, nullable = _sql_type(name, item.name, hints[item.name])
        meta = item.metadata
        shown = (meta["heading"], meta["note"], meta["values"], meta["example"], meta["example_en"])
        columns.append(Column(item.name, sql_type, nullable, doc, *shown))
    return Table(name, group, keeps, (row.__doc__ or "").strip(), title, sources, tuple(columns), row, lasting)


def _sql_type(table: str, column: str, hint: Any) -> tuple[SqlType, bool]:
    nullable = False
    if isinstance(hint, types.UnionType):
        inner = [part for part in typing.get_args(hint) if part is not type(None)]
        nullable, hint = len(inner) < len(typing.get_args(hint)), inner[0]
    if hint not in _SQL_TYPES:
        raise TypeError(f"{table}.{column}: type {hint} has no SQL type")
    return _SQL_TYPES[hint], nullable


def create_statement(table: Table) -> str:
    """Return the CREATE TABLE statement of a table (names come from the model, never from input)."""
    columns = ", ".join(f"{column.name} {column.type}" for column in table.columns)
    return f"create table {table.name} ({columns})"
