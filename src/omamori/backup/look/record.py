"""Writes the record of a look as JSON, one item of every list on a line of its own; `omamori.parse.backup.look_record` reads it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from omamori.backup.look.words import Words, as_json, hidden_words, plain_words
from omamori.parse.backup.look_record import FORMAT, MARK, LookRecord, Reading, Run
from omamori.parse.redact import redact


def write_record(record: LookRecord) -> bytes:
    """Return the JSON of a record, UTF-8. Unknown is null, never left out. What looks like a secret in a word is taken out of it first.

    The redactor that runs over whole lines before storing changes nothing more in it, so that it stays JSON.
    """
    written = _written(record, plain_words)
    return written if redact(written).data == written else _written(record, hidden_words)


def _written(record: LookRecord, words: Words) -> bytes:
    def _json(value: object) -> str:
        return as_json(value, words)

    def _lines(items: Iterable[Mapping[str, Any]]) -> str:
        written = [f"  {_json(item)}" for item in items]
        return "[\n" + ",\n".join(written) + "]" if written else "[]"

    reading = record.reading
    top: list[tuple[str, str]] = [
        (MARK, str(FORMAT)),
        ("made", _json(_moment(record.made))),
        ("version", _json(record.version)),
        ("of", _json({"machine": record.machine, "job": record.job})),
        ("repository", _json(_place(record))),
        ("opened", _json({"ok": record.opened, "code": record.code})),
        ("structure", _json({"ok": record.structure_ok, "said": list(record.said)})),
        ("locks", _lines({"since": _moment(one.since), "who": one.who, "exclusive": one.exclusive} for one in record.locks)),
        ("generations", _lines(map(_run, record.runs))),
        ("gone", _lines({"id": one.id, "finished": _moment(one.finished), "host": one.host} for one in record.gone)),
        ("reading", _json(_reading(reading))),
        (
            "damage",
            _lines(
                {"part": one.part, "detail": one.detail, "generations": _listed(one.generations), "files": one.files}
                for one in record.damage
            ),
        ),
        (
            "signs",
            _lines(
                {
                    "generation": one.generation,
                    "finished": _moment(one.finished),
                    "kind": one.kind,
                    "detail": one.detail,
                    "share": one.share,
                    "certain": one.certain,
                    "host": one.host,
                }
                for one in record.signs
            ),
        ),
        (
            "canary",
            _json({"set": record.canary_set, "states": [{"generation": one.generation, "state": one.state} for one in record.canary]}),
        ),
        ("looked_into", _json(record.looked_into)),
        ("clean", _json(None if record.clean is None else {"generation": record.clean[0], "finished": _moment(record.clean[1])})),
    ]
    lines = [f'"{key}": {value}' for key, value in top]
    return ("{" + lines[0] + ",\n " + ",\n ".join(lines[1:]) + "}\n").encode()


def _place(record: LookRecord) -> Mapping[str, Any]:
    place = record.place
    return {
        "kind": place.kind,
        "id": place.id,
        "target": place.target,
        "target_kind": place.target_kind,
        "kept_on": place.kept_on,
        "medium": place.medium,
        "format": place.format,
        "encrypted": place.encrypted,
        "append_only": place.append_only,
        "append_only_because": place.append_only_because,
        "deleters": list(place.deleters),
    }


def _run(run: Run) -> Mapping[str, Any]:
    told = run.compared
    compared = None
    if told is not None:
        compared = {"against": told.against, "same": told.same, "changed": told.changed, "added": told.added, "removed": told.removed}
    return {
        "id": run.id,
        "finished": _moment(run.finished),
        "host": run.host,
        "account": run.account,
        "files": run.files,
        "size": run.size,
        "added": run.added,
        "complete": run.complete,
        "compared": compared,
    }


def _reading(reading: Reading) -> Mapping[str, Any]:
    return {
        "parts": reading.parts,
        "parts_read": reading.parts_read,
        "bytes_total": reading.bytes_total,
        "bytes_read": reading.bytes_read,
        "whole_since": _moment(reading.whole_since),
        "buckets": [None if day is None else day.isoformat() for day in reading.buckets],
        "known": [known.hex() or None for known in reading.known],
    }


def _listed(names: tuple[str, ...] | None) -> list[str] | None:
    return None if names is None else list(names)


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.strftime("%Y-%m-%dT%H:%M:%S")
