"""Linux: updates that wait and how the machine updates itself (`linux.updates`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from omamori.model.host import PendingUpdate, UpdatePolicy
from omamori.model.look import Look, Parsed, Problem
from omamori.parse.interface import Context, Parser
from omamori.parse.linux.output import absent, answered, content_lines, files, first_line, moment, number
from omamori.parse.linux.reboot import reboot
from omamori.parse.sections import Section, read_sections

Sections = Mapping[str, Section]
Found = Iterator[PendingUpdate | Problem]

_APT = re.compile(r"([^\s/]+)/(\S+) (\S+) (\S+) \[upgradable from: ([^\]]+)\]\Z")
_YUM = re.compile(r"(\S+)\.([A-Za-z0-9_]+)\s+(\S+)\s+(\S+)\Z")
_APK = re.compile(r"(\S+)-(\d[^\s-]*-r\d+)\s+<\s+(\S+)")
_URL = re.compile(r"(?:https?|ftp)://(?:[^@\s/\[]{0,100}(?:\[secret: [^\]]{0,60}\])?@)?([^\s/:,\"']+)")


def parse(data: bytes, context: Context) -> Parsed:
    """Return pending updates and one row of update_policy."""
    sections = read_sections(data)
    manager = _manager(sections)
    if manager is None:
        looks = tuple(Look(table, complete=False, reason="not_collected") for table in ("pending_updates", "update_policy"))
        return Parsed(looks=looks)
    readers = {"apt": _apt, "dnf": _dnf, "zypper": _zypper, "apk": _apk}
    found = list(readers[manager](sections[manager], sections))
    rows = [item for item in found if isinstance(item, PendingUpdate)]
    problems = [item for item in found if isinstance(item, Problem)]
    policy, missing = _policy(sections, manager)
    pending = Look("pending_updates")
    if problems:
        pending = Look("pending_updates", complete=False, reason="not_understood")
    elif not _ran(sections[manager], manager) or policy.lists_refreshed is None:
        # Without lists nothing waits, because nobody asked: that is no answer.
        pending = Look("pending_updates", complete=False, reason="not_collected")
    elif manager in ("zypper", "apk"):
        pending = Look("pending_updates", missing=("security",), reason="not_collected")
    look = Look("update_policy", missing=missing, reason="not_collected" if missing else None)
    return Parsed(rows=(*rows, policy), looks=(pending, look), problems=tuple(problems))


def _manager(sections: Sections) -> str | None:
    return next((name for name in ("apt", "dnf", "zypper", "apk") if not absent(sections.get(name))), None)


def _ran(section: Section, manager: str) -> bool:
    # dnf and yum say 100 when updates wait; an empty list with 0 is an answer of all of these commands.
    return section.exit_code == 0 or (manager == "dnf" and section.exit_code == 100)


def _apt(section: Section, _: Sections) -> Found:
    for line, text in content_lines(section.numbered(), ""):
        found = _APT.match(text)
        if found:
            name, suites, version, _arch, old = found.groups()
            security = "security" in suites or "esm" in suites
            yield PendingUpdate(name=name, installed_version=old, available_version=version, security=security, evidence=str(line))
        elif not text.startswith(("Listing", "WARNING", "N: ")):
            yield Problem(line, "a line of `apt list --upgradable`: name/suite version architecture [upgradable from: version]")


def _dnf(section: Section, sections: Sections) -> Found:
    advised = sections.get("dnf-security")
    known = advised is not None and advised.exit_code == 0
    fixes = [text.split()[-1] for _, text in content_lines(advised.numbered(), "") if text] if known and advised else []
    secure = {re.sub(r"-(?:\d+:)?[^-]+-[^-]+\Z", "", fix) for fix in fixes}
    for line, text in content_lines(section.numbered(), ""):
        if text.startswith(("Obsoleting Packages", "Security:")):
            return
        found = _YUM.match(text)
        if found and found[3][0].isalnum():
            security = found[1] in secure if known else None
            yield PendingUpdate(name=found[1], available_version=found[3], security=security, evidence=str(line))
        elif len(text.split()) in (2, 3) and "." in text and not text.endswith("."):
            yield Problem(line, "a line of `check-update`: name.architecture version repository")


def _zypper(section: Section, _: Sections) -> Found:
    for line, text in content_lines(section.numbered(), ""):
        parts = [part.strip() for part in text.split("|")]
        if len(parts) >= 5 and parts[0] == "v":
            yield PendingUpdate(name=parts[2], installed_version=parts[3], available_version=parts[4], evidence=str(line))
        elif parts[0] == "v":
            yield Problem(line, "a line of `zypper list-updates`: v | repository | name | current | available | architecture")


def _apk(section: Section, _: Sections) -> Found:
    for line, text in content_lines(section.numbered(), ""):
        found = _APK.match(text)
        if found:
            yield PendingUpdate(name=found[1], installed_version=found[2], available_version=found[3], evidence=str(line))
        elif "<" in text and not text.startswith("Installed"):
            yield Problem(line, "a line of `apk version`: name-version < version")


def _policy(sections: Sections, manager: str) -> tuple[UpdatePolicy, tuple[str, ...]]:
    needed, reason = reboot(sections)
    automatic, line = _automatic(sections, manager)
    refreshed = _refreshed(sections, manager)
    row = UpdatePolicy(
        manager=manager,
        automatic=automatic,
        lists_refreshed=refreshed,
        last_update=_last_update(sections),
        server=_server(sections),
        reboot_needed=needed,
        reboot_reason=reason,
        evidence=str(line or sections[manager].first_line - 1),
    )
    unknown = {"automatic": automatic, "reboot_needed": needed}
    return row, tuple(name for name, value in unknown.items() if value is None)


def _automatic(sections: Sections, manager: str) -> tuple[bool | None, int | None]:
    if manager == "apt":
        return _apt_automatic(sections)
    programs = set(sections["programs"].lines) if "programs" in sections else None
    wanted = "\n".join(sections["timers"].lines) if "timers" in sections else ""
    for file in files(sections.get("automatic")):
        for line, text in content_lines(file.lines, "#;"):
            name, _, value = (part.strip() for part in text.partition("="))
            if name == "apply_updates":
                return value.lower() in ("yes", "true", "1") and ("dnf-automatic" in wanted or "yum-cron" in wanted), line
        if not file.readable:
            return None, None
    if "dnf-automatic-install.timer" in wanted:
        return True, None
    return (None if programs is None or manager == "zypper" else False), None


def _apt_automatic(sections: Sections) -> tuple[bool | None, int | None]:
    settings = sections.get("apt-settings")
    if settings is None or settings.exit_code != 0:
        return None, None
    installed = "programs" in sections and "unattended-upgrade" in sections["programs"].lines
    for line, text in settings.numbered():
        name, _, value = text.partition(" ")
        if name == "APT::Periodic::Unattended-Upgrade":
            return installed and value.strip(' ";') not in ("0", ""), line
    return False, None


def _stamps(section: Section | None) -> Iterator[tuple[datetime, str]]:
    for text in section.lines if section else ():
        seconds, _, path = text.partition(" ")
        when = moment(number(seconds))
        if when:
            yield when, path


def _refreshed(sections: Sections, manager: str) -> datetime | None:
    """Newest moment a list came in; None when there is no list, whatever the folders say."""
    if manager == "apt":
        stamps = list(_stamps(sections.get("apt-lists")))
        if not any("Release" in path or "_Packages" in path for _, path in stamps):
            return None
        return max(when for when, _ in stamps)
    return max((when for when, _ in _stamps(sections.get("list-files"))), default=None)


def _last_update(sections: Sections) -> datetime | None:
    """Last upgrade in the log of dpkg (local time), else the newest moment a package was put on the machine."""
    offset = _offset(sections)
    logged = []
    for text in sections["dpkg-log"].lines if "dpkg-log" in sections else ():
        try:
            logged.append(datetime.strptime(text[:19], "%Y-%m-%d %H:%M:%S") - offset)
        except (ValueError, OverflowError):
            continue
    return max(logged or [when for when, _ in _stamps(sections.get("last-installed"))], default=None)


def _offset(sections: Sections) -> timedelta:
    said = first_line(sections.get("offset"))
    found = re.fullmatch(r"([+-])([01][0-9])([0-5][0-9])", said[1]) if said else None
    if not found:
        return timedelta()
    away = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return -away if found[1] == "-" else away


def _server(sections: Sections) -> str | None:
    source = sections.get("sources")
    if not answered(source) or source is None:
        return None
    for text in source.lines:
        path = text.partition(":")[0]
        found = _URL.search(text)
        # Files that are set aside (`.list.disabled`, `.save`) name servers nobody asks.
        if found and path.endswith((".list", ".sources", ".repo", "repositories")):
            return found[1].lower()
    return None


PARSERS = (Parser(kind="linux.updates", tables=("pending_updates", "update_policy"), parse=parse),)
