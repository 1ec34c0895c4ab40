"""The ledger workbook: new, from an asset list somebody already has, or exported with what was observed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from omamori.model.derived import Peer
from omamori.model.text import Language, Text
from omamori.model.workbook import SHEETS
from omamori.parse.interface import EvidenceError
from omamori.parse.ledger.mapping import MappedList, map_asset_list
from omamori.pipeline.error import UserError
from omamori.pipeline.newest import read_newest
from omamori.pipeline.observer import Observer
from omamori.report.ledger import ledger_bytes
from omamori.snapshot.database import Database
from omamori.snapshot.files import write_whole


def new_ledger(path: Path, language: Language, *, source: Path | None, mapping: Mapping[str, str], replace: bool) -> list[Text]:
    """Write a new workbook, with the machines of an existing list when given; returns what a person should know."""
    refuse_existing(path, replace)
    rows: dict[str, Sequence[Any]] = {}
    told: list[Text] = []
    if source is not None:
        try:
            mapped = map_asset_list(source.read_bytes(), source.name, mapping)
        except EvidenceError as error:
            raise UserError(f"{source}: {error.text.ja}", f"{source}: {error.text.en}") from error
        rows["ledger_assets"] = mapped.rows
        told = _told(mapped)
    write_whole(path, ledger_bytes(language, rows=rows))
    return told


def export_ledger(site_path: Path, path: Path, language: Language, observer: Observer, *, replace: bool) -> None:
    """Write the present ledger, as the newest snapshot holds it, with the observed peers to tick."""
    refuse_existing(path, replace)
    observer.step(Text("台帳を書いています", "Writing the ledger"))
    _, (rows, peers) = read_newest(site_path, _declared)
    write_whole(path, ledger_bytes(language, rows=rows, peers=peers))


def _declared(database: Database) -> tuple[dict[str, tuple[Any, ...]], list[Peer]]:
    # What a vendor answered stays its own word: written into the ledger it would outlive the vendor's next answer.
    rows = {name: tuple(row for row in database.rows(name) if not _derived(row)) for name in SHEETS}
    return rows, list(database.rows("peers"))


def _derived(row: Any) -> bool:
    return str(row.source).startswith("analyze.")


def refuse_existing(path: Path, replace: bool) -> None:
    """Raise UserError where a file is there already and may not be replaced."""
    if path.exists() and not replace:
        raise UserError(
            f"「{path}」はすでにあります。別の名前にするか --force を付けてください",
            f"{path} is there already: choose another name or add --force",
        )


def _told(mapped: MappedList) -> list[Text]:
    read = "、".join(f"{heading}→{ours}" for heading, ours in mapped.used.items())
    lines = [Text(f"{len(mapped.rows)} 台。列の読み方: {read}", f"{len(mapped.rows)} machines; columns read as: {read}")]
    if mapped.unused:
        names = "、".join(mapped.unused)
        lines.append(Text(f"使わなかった列: {names}(--column で指定できます)", f"columns not used: {names} (name them with --column)"))
    lines += [
        Text(f"{problem.line}行目: {problem.expected_ja or problem.expected}", f"line {problem.line}: {problem.expected}")
        for problem in mapped.problems
    ]
    return lines
