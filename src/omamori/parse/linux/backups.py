"""Scheduled backups: cron entries, timers and product jobs that start a backup program, and when they last ran."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from omamori.model.host import ScheduledBackup
from omamori.model.look import Look, Parsed
from omamori.parse.interface import Context, Parser
from omamori.parse.linux.backups_command import Command, read_command
from omamori.parse.linux.output import FileText, answered, content_lines, files
from omamori.parse.sections import Section, read_sections

TABLES = ("scheduled_backups",)
_SCHEDULE = re.compile(r"(@\w+|(?:[\d*/,A-Za-z-]+\s+){4}[\d*/,A-Za-z-]+)\s+(.*)\Z")
_LONGEST = 4000
"""A longer line of the scheduler's log is left out."""
_RUN = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d).*CMD \((.*?)\)?\s*\Z", re.ASCII)
_WHEN = re.compile(r"[A-Z][a-z]{2} (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)")
_FOLDERS = {"cron.hourly": "@hourly", "cron.daily": "@daily", "cron.weekly": "@weekly", "cron.monthly": "@monthly"}


def parse(data: bytes, context: Context) -> Parsed:
    """Return scheduled_backups of one machine. Copies a package manager keeps of its own lists are no backups."""
    sections = read_sections(data)
    units = sections.get("units")
    if "cron" not in sections or units is None or "searched" not in units.lines:
        return Parsed(looks=(Look("scheduled_backups", complete=False, reason="not_collected"),))
    network = _network_folders(sections)
    scripts = {file.path: file for file in files(sections.get("scripts"))}
    ran = _runs(sections)
    rows = [*_cron(sections, scripts, network, ran), *_folders(scripts, network), *_units(units, scripts, network), *_veeam(sections)]
    unread = any(not file.readable for name in ("cron", "scripts") for file in files(sections.get(name)))
    few = context.privileged is not True or unread
    look = Look("scheduled_backups", complete=not few, reason="needs_administrator" if few else None)
    return Parsed(tuple(rows), (look,))


def _network_folders(sections: Mapping[str, Section]) -> tuple[str, ...]:
    """Folders that lie on another machine."""
    kinds = ("nfs", "cifs", "smb3", "fuse.sshfs", "ceph", "glusterfs", "9p")
    found = []
    for file in files(sections.get("fstab")):
        for _, line in file.lines:
            parts = line.split(" ")
            if len(parts) > 2 and parts[2].startswith(kinds):
                found.append(parts[1].replace("\\040", " "))
    return tuple(found)


def _cron(
    sections: Mapping[str, Section], scripts: Mapping[str, FileText], network: Sequence[str], ran: Mapping[str, datetime]
) -> Iterator[ScheduledBackup]:
    for file in files(sections.get("cron")):
        system = file.path.startswith("/etc/")
        count = 0
        for number, text in content_lines(file.lines):
            found = _SCHEDULE.match(text)
            if found is None or re.match(r"[A-Za-z_]+\s*=", text):
                continue
            account, _, rest = found[2].partition(" ") if system and file.name != "anacrontab" else ("", "", found[2])
            command = read_command(rest, scripts, network)
            if command is None or "run-parts" in rest:
                continue
            count += 1
            name = f"{file.path}#{count}" if account or count > 1 else file.path
            last = max((ran[word] for word in rest.split() if word.startswith("/") and word in ran), default=None)
            yield replace(_row(name, command, " ".join(found[1].split()), True, number), last_run=last)


def _folders(scripts: Mapping[str, FileText], network: Sequence[str]) -> Iterator[ScheduledBackup]:
    """Scripts in /etc/cron.daily and its like."""
    for path, file in scripts.items():
        schedule = _FOLDERS.get(path.split("/")[2] if path.count("/") > 2 else "")
        if schedule is not None:
            command = read_command(path, scripts, network)
            if command is not None:
                yield _row(path, command, schedule, True, file.lines[0][0] if file.lines else 0)


def _units(section: Section, scripts: Mapping[str, FileText], network: Sequence[str]) -> Iterator[ScheduledBackup]:
    """Units that name a backup program and have a timer. Templates without an instance do not run."""
    for file in files(section):
        said: dict[str, str] = {}
        for _, text in content_lines(file.lines):
            name, _, value = text.partition("=")
            said.setdefault(name, value)
        name = file.name.removesuffix(".service")
        schedule = next((f"{key}={value}" for key, value in said.items() if key.startswith("On")), None)
        command = read_command(said.get("ExecStart", "").lstrip("-@:+!"), scripts, network)
        if command is None or schedule is None or name.endswith("@"):
            continue
        enabled = said.get("timer UnitFileState") in ("enabled", "static") if "timer UnitFileState" in said else None
        result = said.get("service Result")
        last = _moment(said.get("timer LastTriggerUSec", "")) or _moment(said.get("service ExecMainExitTimestamp", ""))
        row = _row(name, command, schedule, enabled, file.lines[0][0] if file.lines else 0)
        yield replace(row, last_run=last, last_result=("success" if result == "success" else "failed") if result and last else None)


def _moment(text: str) -> datetime | None:
    found = _WHEN.search(text)
    try:
        return datetime.strptime(found[1], "%Y-%m-%d %H:%M:%S") if found else None
    except ValueError:
        return None


def _row(job: str, command: Command, schedule: str, enabled: bool | None, line: int) -> ScheduledBackup:
    return ScheduledBackup(
        job=job,
        product=command.product,
        schedule=schedule,
        enabled=enabled,
        target=command.target,
        target_kind=command.target_kind,
        evidence=str(line),
    )


def _veeam(sections: Mapping[str, Section]) -> Iterator[ScheduledBackup]:
    """`veeamconfig job list`: name, id, type and repository in columns."""
    section = sections.get("veeam")
    if section is None or not answered(section):
        return
    for number, line in section.numbered():
        columns = re.split(r"\s{2,}", line.strip())
        if len(columns) >= 3 and columns[0] not in ("Name", "") and not line.startswith(("Total", "-")):
            yield ScheduledBackup(
                job=columns[0], product="veeam", enabled=True, target=columns[-1], target_kind="unknown", evidence=str(number)
            )


def _runs(sections: Mapping[str, Section]) -> dict[str, datetime]:
    """The last start of a cron job, by every word of its command, from the log of cron."""
    found: dict[str, datetime] = {}
    section = sections.get("runs")
    for line in section.lines if section else ():
        ran = _RUN.search(line) if len(line) <= _LONGEST else None
        if not ran:
            continue
        try:
            when = datetime.fromisoformat(ran[1])
        except ValueError:
            continue
        for word in ran[2].split():
            found[word] = max(found.get(word, when), when)
    return found


PARSERS = (Parser(kind="linux.backups", tables=TABLES, parse=parse),)
