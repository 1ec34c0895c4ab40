"""What `omamori backup verify` and `omamori backup prove` found of a golden hospital's backups, from its description."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

import yaml

from hospitals_kit import SOURCE
from omamori.backup.look.record import write_record
from omamori.backup.proof.record import Database, Proof, proof_json
from omamori.parse.backup.look_clean import clean_run
from omamori.parse.backup.look_record import (
    BUCKETS,
    CanaryState,
    Compared,
    Gone,
    Harm,
    Lock,
    LookRecord,
    Place,
    Reading,
    Run,
    Sign,
)

VERSION = "1.0"


def evidence(hospital: str, visit: str, started: datetime, *, dated: bool) -> dict[str, bytes]:
    """Return the looks and proofs of a visit by their file names; nothing where the description names none."""
    path = SOURCE / f"{hospital}_backups.yaml"
    said = yaml.safe_load(path.read_text(encoding="utf-8")).get(visit, {}) if path.is_file() else {}
    folder = f"{started:%Y-%m-%d}/" if dated else ""
    looks = {folder + str(entry["file"]): write_record(look(entry)) for entry in said.get("looks", ())}
    return looks | {folder + str(entry["file"]): proof_json(proof(entry)) for entry in said.get("proofs", ())}


def look(entry: dict[str, Any]) -> LookRecord:
    """Return the record of one look: `hosts` with their nightly `runs`, what was read, damage, signs, canary."""
    runs = [run for host in entry.get("hosts", ()) for run in _runs(host)]
    signs = tuple(_sign(runs, **one) for one in entry.get("signs", ()))
    clean = clean_run(runs, signs)
    parts, size = int(entry.get("parts", 0)), int(entry.get("bytes", 0))
    read = float(entry.get("read", 1))
    damage = entry.get("damage", ())
    looked = bool(entry.get("looked_into", True)) and bool(entry.get("opened", True))
    return LookRecord(
        made=entry["made"],
        version=VERSION,
        machine=str(entry.get("machine", "")),
        job=str(entry.get("job", "")),
        place=Place(**entry["repository"]),
        opened=bool(entry.get("opened", True)),
        code=entry.get("code"),
        structure_ok=entry.get("structure_ok", True),
        said=tuple(entry.get("said", ())),
        locks=tuple(Lock(**one) for one in entry.get("locks", ())),
        runs=tuple(runs),
        gone=tuple(Gone(**one) for one in entry.get("gone", ())),
        reading=Reading(
            parts=parts or None,
            parts_read=int(parts * read) if parts else None,
            bytes_total=size or None,
            bytes_read=int(size * read) if size else None,
            whole_since=entry.get("whole_since"),
            buckets=tuple(entry["made"].date() if number < BUCKETS * read else None for number in range(BUCKETS)),
        ),
        damage=tuple(
            Harm(one["part"], one["detail"], tuple(run.id for run in runs[-int(one["newest"]) :]), one["files"]) for one in damage
        ),
        signs=signs,
        canary_set="canary" in entry,
        canary=tuple(CanaryState(run.id, str(entry["canary"])) for run in runs) if "canary" in entry else (),
        looked_into=looked,
        clean=(clean.id, clean.finished) if looked and clean is not None else None,
    )


def _sign(runs: list[Run], *, host: str, ago: int, **told: Any) -> Sign:
    """A trace, described by its host and how many generations ago it was first seen."""
    run = [run for run in runs if run.host == host][-1 - ago]
    return Sign(run.id, run.finished, host=host, **told)


def _runs(host: dict[str, Any]) -> list[Run]:
    """Nightly runs of one host, the last at `newest`; each a little larger than the one before."""
    found: list[Run] = []
    for number in range(int(host["count"])):
        finished = host["newest"] - timedelta(days=int(host.get("every", 1)) * (int(host["count"]) - 1 - number))
        name = hashlib.sha256(f"{host['host']} {finished:%Y-%m-%d}".encode()).hexdigest()
        size = int(host["size"] * (1 + number / 1000))
        compared = Compared(found[-1].id, int(host["files"] * 0.98), int(host["files"] * 0.02), 40, 2) if found else Compared("")
        files = host["files"] + 40 * number
        found.append(Run(name, finished, host["host"], str(host.get("account", "")), files, size, size // 50, True, compared))
    return found


def proof(entry: dict[str, Any]) -> Proof:
    """Return the record of one restore; what is not said was as it should be."""
    files, size, seconds = int(entry["files"]), int(entry["bytes"]), float(entry["seconds"])
    run = _runs(entry["run"])[-1]
    database = entry.get("database")
    differ, lacking = int(entry.get("differ", 0)), int(entry.get("lacking", 0))
    return Proof(
        machine=str(entry["machine"]),
        job=str(entry["job"]),
        repository_kind=entry["repository"]["kind"],
        repository_id=entry["repository"]["id"],
        repository_target=entry["repository"]["target"],
        generation=run.id,
        generation_finished=run.finished,
        generation_host=run.host,
        began=entry["began"],
        ended=entry["began"] + timedelta(seconds=seconds),
        result=str(entry.get("result", "whole")),
        because=entry.get("because"),
        compared_with=str(entry.get("compared_with", "manifest")),
        manifest_sha256=hashlib.sha256(run.id.encode()).hexdigest() if entry.get("compared_with", "manifest") == "manifest" else None,
        scope=str(entry.get("scope", "all")),
        files=files,
        files_same=files - differ if entry.get("compared_with", "manifest") != "nothing" else None,
        files_differ=differ,
        files_lacking=lacking,
        uncompared=0,
        bytes=size,
        share=float(entry.get("share", 1)),
        seconds=seconds,
        restore_seconds=seconds * 0.8,
        whole_seconds=float(entry.get("whole_seconds", seconds)),
        whole_files=files,
        whole_bytes=size,
        begun_at=0.0,
        done_to=float(entry.get("share", 1)),
        round_began=entry["began"],
        database=Database(**database) if database else None,
        protection="on-server",
        seen="ext4, dm-crypt",
        approved_by=str(entry["by"]),
        wiped=True,
        said_by=str(entry["by"]),
    )
