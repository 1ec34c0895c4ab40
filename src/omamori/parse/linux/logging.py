"""Logs: which logger writes, whether the log survives a restart, how long it stays, whether a copy leaves the machine."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from omamori.model.access import LogSetting
from omamori.model.look import Look, Parsed
from omamori.parse.interface import Context, Parser
from omamori.parse.linux.output import FileText, answered, content_lines, files, number
from omamori.parse.sections import Section, read_sections

TABLES = ("log_settings",)
_PERIODS = {"hourly": 1 / 24, "daily": 1.0, "weekly": 7.0, "monthly": 30.0, "yearly": 365.0}
_UNITS = {"": 1, "K": 1024, "M": 1024**2, "G": 1024**3, "T": 1024**4, "k": 1024, "m": 1024**2}
_SIZE = re.compile(r"(\d{1,15})\s*([KMGTkm]?)B?\Z", re.ASCII)
_TIME = re.compile(r"(\d{1,9})\s*(year|month|week|day|hour|min|h|d|w|m|s|y)?\w*\Z", re.ASCII)
_DAYS = {"year": 365.0, "y": 365.0, "month": 30.0, "week": 7.0, "w": 7.0, "day": 1.0, "d": 1.0, "hour": 1 / 24, "h": 1 / 24}
_OLD_FORWARD = re.compile(r"^[^#\s]\S*\s+@{1,2}(?:\([^)]*\))?\[?([A-Za-z0-9_.:-]+?)\]?(?::\d+)?\s*(?:;.*)?$")
_NEW_FORWARD = re.compile(r"""type\s*=\s*["']omfwd["']""", re.IGNORECASE)
_TARGET = re.compile(r"""target\s*=\s*["']?\[?\s*["']?([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
_NG_FORWARD = re.compile(r"""\b(?:network|syslog|tcp|udp|tcp6|udp6)\s*\(\s*["']([A-Za-z0-9_.:-]+)["']""")
_SYSTEM_LOGS = ("/var/log/syslog", "/var/log/messages", "/var/log/auth.log", "/var/log/secure")


def parse(data: bytes, context: Context) -> Parsed:
    """Return log_settings of one machine."""
    sections = read_sections(data)
    running, programs = _names(sections.get("running")), _names(sections.get("programs"))
    if "searched" not in running or "searched" not in programs:
        return Parsed(looks=(Look("log_settings", complete=False, reason="not_collected"),))
    rotation = _rotation(files(sections.get("logrotate")))
    rows: list[LogSetting] = []
    if "rsyslogd" in programs:
        rows.append(_rsyslog(sections, running, rotation))
    if "syslog-ng" in programs:
        rows.append(_syslog_ng(sections, running, rotation))
    if any(name.startswith("systemd-journal") for name in running | programs):
        rows.append(_journald(sections, running))
    if "auditd" in programs:
        rows.append(_auditd(sections, running))
    rows += _wtmp(sections, rotation)
    unread = [
        file.path
        for name in ("rsyslog", "syslog-ng", "journald", "logrotate", "auditd", "audisp")
        for file in files(sections.get(name))
        if not file.readable or file.cut
    ]
    if unread:
        reason = "needs_administrator" if context.privileged is not True else "not_collected"
        only_audit = all("/audi" in path for path in unread)
        missing = ("kept_days", "max_bytes", "forwarded_to") if only_audit else ()
        return Parsed(tuple(rows), (Look("log_settings", complete=only_audit, missing=missing, reason=reason),))
    return Parsed(tuple(rows), (Look("log_settings"),))


def _names(section: Section | None) -> set[str]:
    return {line.strip().rsplit("/", 1)[-1] for line in section.lines} if section and answered(section) else set()


def _rotation(read: Sequence[FileText]) -> dict[str, int]:
    """Days kept by log file path: `rotate` times the period; what logrotate.conf says holds for the others."""
    found: dict[str, int] = {}
    count, period = 4.0, 7.0
    for file in sorted(read, key=lambda one: one.name != "logrotate.conf"):
        inside: list[str] = []
        waiting: list[str] = []
        block_count, block_period = count, period
        for _, text in content_lines(file.lines):
            words = text.replace("{", " { ").replace('"', "").split()
            if "{" in words:
                inside = waiting + [word for word in words[: words.index("{")] if word.startswith("/")]
                waiting, block_count, block_period = [], count, period
            elif words[0] == "}":
                for path in inside:
                    found[path] = round(block_count * block_period)
                inside = []
            elif not inside and words[0].startswith("/"):
                waiting += words
            elif words[0] in _PERIODS:
                block_period = _PERIODS[words[0]]
            elif words[0] == "rotate" and len(words) > 1:
                told = number(words[1], 100_000)
                block_count = told if told is not None else block_count
            if not inside and not waiting and file.name == "logrotate.conf":
                count, period = block_count, block_period
    return found


def _kept(rotation: Mapping[str, int], paths: Sequence[str]) -> int | None:
    """The shortest time of the logs that are rotated."""
    return min((rotation[path] for path in paths if path in rotation), default=None)


def _rsyslog(sections: Mapping[str, Section], running: set[str], rotation: Mapping[str, int]) -> LogSetting:
    read = files(sections.get("rsyslog"))
    target: tuple[int, str] | None = None
    first = read[0].lines[0][0] if read and read[0].lines else 0
    for file in read:
        if not file.path.endswith(".conf"):
            continue
        in_action = False
        for line, text in content_lines(file.lines):
            in_action = in_action or _NEW_FORWARD.search(text) is not None
            new = _TARGET.search(text) if in_action else None
            old = _OLD_FORWARD.match(text)
            if (new or old) and target is None:
                target = (line, (new or old)[1])  # type: ignore[index]
            in_action = in_action and ")" not in text
    return LogSetting(
        log="rsyslog",
        active="rsyslogd" in running,
        persistent=True,
        kept_days=_kept(rotation, _SYSTEM_LOGS),
        forwarded_to=target[1] if target else None,
        evidence=str(target[0] if target else first),
    )


def _syslog_ng(sections: Mapping[str, Section], running: set[str], rotation: Mapping[str, int]) -> LogSetting:
    read = files(sections.get("syslog-ng"))
    target = next(
        ((line, found[1]) for file in read for line, text in content_lines(file.lines) if (found := _NG_FORWARD.search(text))), None
    )
    first = read[0].lines[0][0] if read and read[0].lines else 0
    return LogSetting(
        log="syslog-ng",
        active="syslog-ng" in running,
        persistent=True,
        kept_days=_kept(rotation, _SYSTEM_LOGS),
        forwarded_to=target[1] if target else None,
        evidence=str(target[0] if target else first),
    )


def _assignments(read: Sequence[FileText]) -> dict[str, str]:
    """`Name=value` by lower-case name; the last one counts."""
    found = {}
    for file in read:
        for _, text in content_lines(file.lines, "#;"):
            name, equals, value = text.partition("=")
            if equals:
                found[name.strip().lower()] = value.strip()
    return found


def _journald(sections: Mapping[str, Section], running: set[str]) -> LogSetting:
    said = _assignments(files(sections.get("journald")))
    folder = sections.get("journal-dir")
    there = folder is not None and any("/var/log/journal" in line for line in folder.lines)
    storage = said.get("storage", "auto").lower()
    return LogSetting(
        log="journald",
        active=any(name.startswith("systemd-journal") for name in running),
        persistent=storage == "persistent" or (storage == "auto" and there),
        kept_days=_days(said.get("maxretentionsec", "")),
        max_bytes=_bytes(said.get("systemmaxuse", "")),
        forwarded_to=_upload(sections),
        evidence=str(folder.first_line if folder else 0),
    )


def _upload(sections: Mapping[str, Section]) -> str | None:
    url = _assignments(files(sections.get("journal-upload"))).get("url", "")
    return re.sub(r"^https?://", "", url).partition("/")[0].rpartition("@")[2] or None


def _auditd(sections: Mapping[str, Section], running: set[str]) -> LogSetting:
    section = sections.get("auditd")
    said = _assignments(files(section))
    size, count = number(said.get("max_log_file"), 10**9), number(said.get("num_logs"), 10**6)
    sent = _assignments([file for file in files(sections.get("audisp")) if "remote" in file.name])
    return LogSetting(
        log="auditd",
        active="auditd" in running,
        persistent=True,
        max_bytes=size * 1024**2 * count if size is not None and count is not None else None,
        forwarded_to=(sent.get("remote_server") or None) if sent.get("active", "no").lower() == "yes" else None,
        evidence=str(section.first_line if section else 0),
    )


def _wtmp(sections: Mapping[str, Section], rotation: Mapping[str, int]) -> Iterator[LogSetting]:
    section = sections.get("wtmp")
    if section is not None and answered(section):
        yield LogSetting(
            log="wtmp", active=True, persistent=True, kept_days=_kept(rotation, ("/var/log/wtmp",)), evidence=str(section.first_line)
        )


def _bytes(text: str) -> int | None:
    found = _SIZE.match(text)
    value = int(found[1]) * _UNITS[found[2]] if found else None
    return value if value is not None and value < 2**63 else None


def _days(text: str) -> int | None:
    found = _TIME.match(text)
    if not found or text == "0":
        return None
    return round(int(found[1]) * _DAYS.get(found[2] or "s", 1 / 86400))


PARSERS = (Parser(kind="linux.logging", tables=TABLES, parse=parse),)
