"""Whether a machine or function that is said to be switched off is: against when it was last seen, scans, and its services."""

from __future__ import annotations

from omamori.analyze.coverage import Coverage, Input, View
from omamori.analyze.notices.naming import Ours, fit
from omamori.analyze.protection.detail import Detail
from omamori.analyze.protection.found import Found, together
from omamori.model.derived import Asset
from omamori.model.host import Service
from omamori.model.look import EVERYWHERE
from omamori.model.text import Text
from omamori.snapshot.database import Database


def switched_off(asset: str, detail: Detail, database: Database, coverage: Coverage) -> Found:
    """Return whether `asset`, or the functions named in `detail`, were seen switched off."""
    if detail.words:
        return together([_function(word, asset, database, coverage) for word in detail.words])
    known = next(database.rows("assets", asset=asset), None)
    said = coverage.view("exceptions", EVERYWHERE)
    rests = (Input(coverage.view("assets", asset)),)
    if known is None:
        return Found("unreadable", Text("この名前の機器は知られていません", "no machine of this name is known"), "", rests)
    return _machine(known, said, rests)


def _machine(known: Asset, said: View, rests: tuple[Input, ...]) -> Found:
    last, silent = known.last_seen, known.unanswered
    if last is not None and (silent is None or silent <= last):
        day = last.date().isoformat()
        # The sheet speaks of the day it was read: what was seen after it shows the opposite, what was seen before shows nothing.
        if said.seen is not None and last > said.seen:
            words = Text(f"例外を書いたあと {day} に動いているのを見ました", f"seen at work on {day}, after the exception was written")
            return Found("contradicted", words, known.evidence, rests)
        words = Text(f"最後に見たのは {day}。切ったあとを見ていません", f"last seen on {day}; nobody looked since it was switched off")
        return Found("declared", words, known.evidence, rests)
    if silent is not None:
        day = silent.date().isoformat()
        return Found("seen", Text(f"{day} のスキャンに応答しません", f"did not answer the scan of {day}"), known.evidence, rests)
    return Found("declared", Text("機器もスキャンも見ていません", "neither the machine nor a scan was looked at"), "", rests)


def _function(word: str, asset: str, database: Database, coverage: Coverage) -> Found:
    view = coverage.view("services", asset)
    rests = (Input(view, ("name", "state", "start")),)
    rows = [row for row in database.rows("services", asset=asset) if _same(word, row)]
    for row in rows:
        if row.state == "running":
            return Found("contradicted", Text(f"{row.name}: 動いています", f"{row.name}: is running"), row.evidence, rests)
    for row in rows:
        if row.state is None or row.start is None:
            words = Text(f"{row.name}: 状態を読めませんでした", f"{row.name}: its state could not be read")
            return Found("unreadable", words, row.evidence, rests)
        if row.start != "disabled":
            words = Text(
                f"{row.name}: 止まっていますが、起動の設定は {row.start} です", f"{row.name}: is stopped, but set to start ({row.start})"
            )
            return Found("declared", words, row.evidence, rests)
    if not view.knows("name", "state", "start"):
        return Found("unreadable", Text(f"{word}: サービスを見ていません", f"{word}: services were not looked at"), "", rests)
    if rows:
        return Found("seen", Text(f"{rows[0].name}: 無効です", f"{rows[0].name}: is disabled"), rows[0].evidence, rests)
    return Found("declared", Text(f"{word}: この名前のサービスはありません", f"{word}: no service of this name"), view.evidence, rests)


def _same(word: str, row: Service) -> bool:
    return any(
        name and (word.casefold() == name.casefold() or fit(None, word, Ours(name)) == "same") for name in (row.name, row.display_name)
    )
