"""What people export of Veeam: sessions and restore points as CSV (PowerShell), and `veeamconfig session list` of the agent for Linux.

Names of properties are the same in every language; moments are written as the culture of the server has it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from datetime import UTC

from omamori.model.backup import BackupDamage, BackupGeneration
from omamori.model.look import Look
from omamori.parse.backup.form import DAMAGE, GENERATION_COLUMNS, GENERATIONS, NAMED, Form, Gathering, Heard, Listing, looks_of
from omamori.parse.backup.values import moment, one_line, target_kind, whole

PRODUCT = "veeam"
_RESULTS: Mapping[str, bool | None] = {
    "success": True,
    "warning": True,
    "failed": False,
    "none": None,
    "成功": True,
    "警告": True,
    "失敗": False,
}
"""With a warning the restore point is there; what was warned of is told on Veeam's own page."""
_NOT_ENDED = 1950
_AGENT = re.compile(r"^Job name {2,}.*\bState {2,}", re.MULTILINE)


def _header(text: str) -> tuple[int, list[str]]:
    """Return the place of the first line of names (behind `#TYPE …`) and the names; none where there is no such line."""
    lines = text.split("\n", 3)[:3]
    for place, line in enumerate(lines):
        if line.strip() and not line.startswith("#TYPE"):
            return place, next(csv.reader([line]), [])
    return 0, []


def _records(listing: Listing) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield line and values by the lower-case name of the property; a value with line breaks counts the lines it has."""
    place, names = _header(listing.text)
    known = [name.strip().lower() for name in names]
    lines = listing.lines[place + 1 :]
    reader = csv.reader((f"{line}\n" for line in lines), strict=False)
    before = 0
    while True:
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error:
            before = reader.line_num
            yield place + 2 + before, {}
            continue
        if any(value.strip() for value in values):
            yield place + 2 + before, dict(zip(known, values, strict=False)) if len(values) == len(known) else {}
        before = reader.line_num


def _sessions(listing: Listing) -> Heard:
    """`Get-VBRBackupSession`: the runs of jobs. A job may hold several machines: the file's name says whose it is."""
    gathering = Gathering()
    rows = []
    for number, said in _records(listing):
        result = said.get("result", "").strip().lower()
        ended = moment(said.get("endtime", ""))
        begun = moment(said.get("creationtime", ""))
        job = one_line(said.get("jobname") or said.get("origjobname"))
        if result not in _RESULTS or not job or begun is None:
            gathering.wrong(number, "a session with JobName, CreationTime and Result", "JobName、CreationTime、Result のあるセッション")
            continue
        finished = ended if ended is not None and ended.year > _NOT_ENDED else None
        rows.append(
            BackupGeneration(
                asset=NAMED, job=job, generation=one_line(said.get("id"))[:64] or begun.isoformat(), finished=finished,
                ok=_RESULTS[result], evidence=str(number),
            )
        )  # fmt: skip
    look = Look(GENERATIONS, complete=False, reason="not_understood" if gathering.problems else "not_collected", asset=NAMED)
    return Heard(PRODUCT, tuple(rows), (look,), tuple(gathering.problems))


def _points(listing: Listing) -> Heard:
    """`Get-VBRRestorePoint`: what can be brought back, with the machine it is of."""
    gathering = Gathering()
    rows = []
    damages = []
    for number, said in _records(listing):
        host = one_line(said.get("vmname") or said.get("name"))[:64]
        finished = moment(said.get("completiontimeutc", ""), UTC) or moment(said.get("creationtime", ""))
        if not host or finished is None:
            gathering.wrong(number, "a restore point with VmName and CreationTime", "VmName と CreationTime のある復元ポイント")
            continue
        name = one_line(said.get("id"))[:64] or finished.isoformat()
        corrupt = "true" in (said.get("iscorrupted", "").lower(), said.get("isrecheckcorrupted", "").lower())
        consistent = said.get("isconsistent", "").strip().lower()
        row = BackupGeneration(
            asset=host, generation=name, finished=finished, ok=False if corrupt else consistent != "false", size=whole(said.get("approxsize", "")),
            recovers=one_line(said.get("type")) or None, evidence=str(number),
        )  # fmt: skip
        rows.append(row)
        if corrupt:
            damages.append(BackupDamage(asset=host, part=name, detail="altered", generations=name, evidence=str(number)))
    looks = looks_of(GENERATIONS, rows, GENERATION_COLUMNS, complete=not gathering.problems, reason="not_understood")
    looks += tuple(Look(DAMAGE, complete=False, reason="not_collected", asset=one.asset) for one in looks)
    if not rows:
        looks = (Look(GENERATIONS, complete=False, reason="not_collected", asset=NAMED),)
    return Heard(PRODUCT, (*rows, *damages), looks, tuple(gathering.problems))


def _agent(listing: Listing) -> Heard:
    """`veeamconfig session list` on the machine itself: columns parted by two blanks or more."""
    gathering = Gathering()
    rows = []
    names: list[str] = []
    for number, line in enumerate(listing.lines, 1):
        cells = re.split(r" {2,}", line.strip())
        if line.startswith("Job name"):
            names = [cell.lower() for cell in cells]
        # A session that runs has no end yet: its last column is empty.
        elif names and line.strip() and not line.startswith(("Total", "-")):
            said = dict(zip(names, cells, strict=False)) if len(names) - 1 <= len(cells) <= len(names) else {}
            state = said.get("state", "").lower()
            if state not in (*_RESULTS, "running"):
                gathering.wrong(number, "a session with job, state and moments", "ジョブ名、状態、日時のあるセッション")
                continue
            finished = moment(said.get("finished at", ""))
            rows.append(
                BackupGeneration(
                    asset=NAMED, job=one_line(said.get("job name")), generation=one_line(said.get("id")).strip("{}")[:64], finished=finished,
                    ok=_RESULTS.get(state), target_kind=target_kind(""), evidence=str(number),
                )
            )  # fmt: skip
    look = Look(GENERATIONS, complete=False, reason="not_understood" if gathering.problems else "not_collected", asset=NAMED)
    return Heard(PRODUCT, tuple(rows), (look,), tuple(gathering.problems))


def _is_sessions(text: str) -> bool:
    return _names(text) >= {"jobname", "creationtime", "endtime", "result"} and bool(
        _names(text) & {"jobtypestring", "origjobname", "jobid"}
    )


def _is_points(text: str) -> bool:
    return _names(text) >= {"creationtime", "iscorrupted", "backupid"} and bool(_names(text) & {"vmname", "name"})


def _names(text: str) -> set[str]:
    return {name.strip().lower() for name in _header(text[:20_000])[1]}


_SOURCE = "Veeam Backup & Replication PowerShell Reference: Get-VBRBackupSession, Get-VBRRestorePoint"
FORMS = (
    Form("veeam_sessions", "Get-VBRBackupSession | Export-Csv", _is_sessions, _sessions, source=_SOURCE),
    Form("veeam_points", "Get-VBRRestorePoint | Export-Csv", _is_points, _points, source=_SOURCE),
    Form(
        "veeam_agent", "veeamconfig session list", lambda text: _AGENT.search(text[:20_000]) is not None, _agent,
        source="Veeam Agent for Linux User Guide: veeamconfig session list",
    ),
)  # fmt: skip
