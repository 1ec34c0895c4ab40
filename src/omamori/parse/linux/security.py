"""Products that protect the machine: what is there, whether it works now, how old its knowledge is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from omamori.model.access import SecurityProduct
from omamori.model.look import Look, Parsed
from omamori.parse.interface import Context, Parser
from omamori.parse.linux.output import answered, content_lines, files, first_line
from omamori.parse.sections import Section, read_sections

TABLES = ("security_products",)


@dataclass(frozen=True, slots=True)
class _Known:
    """How a product shows itself: a folder or program, and its processes (the kernel keeps 15 letters)."""

    name: str
    kind: str
    paths: tuple[str, ...]
    processes: tuple[str, ...] = ()


_PRODUCTS = (
    _Known("clamav", "antivirus", ("clamscan", "clamd"), ("clamd", "clamonacc")),
    _Known("deep-security", "antivirus", ("/opt/ds_agent",), ("ds_agent", "ds_am", "dsa-connect")),
    _Known("serverprotect", "antivirus", ("/opt/TrendMicro",), ("splx_vsapiapp", "vsapiapp", "entity")),
    _Known("sophos", "antivirus", ("/opt/sophos-spl", "/opt/sophos-av"), ("savd", "av", "sophos_managemen", "on_access_proce")),
    _Known("falcon", "edr", ("/opt/CrowdStrike",), ("falcon-sensor", "falcon-sensor-b")),
    _Known("defender", "edr", ("/opt/microsoft/mdatp", "mdatp"), ("wdavdaemon",)),
    _Known("eset", "antivirus", ("/opt/eset",), ("efs", "eea", "oaeventd", "startd", "scand", "esets_daemon")),
    _Known("sentinelone", "edr", ("/opt/sentinelone",), ("s1-agent", "s1-orchestrator", "s1-perf")),
    _Known("carbonblack", "edr", ("/opt/carbonblack",), ("cbagentd", "cbdaemon")),
    _Known("cybereason", "edr", ("/opt/cybereason",), ("cybereason-senso",)),
    _Known("kaspersky", "antivirus", ("/opt/kaspersky",), ("kesl",)),
    _Known("trellix", "antivirus", ("/opt/isec/ens", "/opt/McAfee"), ("mfetpd", "masvc", "macmnsvc")),
    _Known("symantec", "antivirus", ("/opt/Symantec",), ("rtvscand", "symcfgd", "cafagent")),
    _Known("withsecure", "antivirus", ("/opt/f-secure", "/opt/withsecure"), ("fsma", "fsaua", "fsoasd", "fsavd")),
    _Known("bitdefender", "antivirus", ("/opt/bitdefender-security-tools",), ("bdsecd", "epagd")),
    _Known("cortex", "edr", ("/opt/traps",), ("pmd", "analyzerd")),
    _Known("elastic", "edr", ("/opt/Elastic/Agent",), ("elastic-endpoint", "elastic-agent")),
    _Known("drweb", "antivirus", ("/opt/drweb.com", "/opt/DrWeb"), ("drweb-configd", "drweb-spider")),
    _Known("wazuh", "integrity", ("/var/ossec",), ("wazuh-agentd", "wazuh-syscheckd", "ossec-agentd", "ossec-syscheckd")),
    _Known("auditd", "audit", ("auditd",), ("auditd",)),
    _Known("fail2ban", "blocker", ("fail2ban-server",), ("fail2ban-server",)),
    _Known("crowdsec", "blocker", ("crowdsec",), ("crowdsec",)),
    _Known("sshguard", "blocker", ("sshguard",), ("sshguard",)),
    _Known("aide", "integrity", ("aide",)),
    _Known("tripwire", "integrity", ("tripwire",)),
    _Known("samhain", "integrity", ("samhain",), ("samhain",)),
    _Known("usbguard", "device-control", ("usbguard",), ("usbguard-daemon",)),
)
_DEFINITIONS = re.compile(r"(\S+) ClamAV-VDB:(\d{1,2} [A-Z][a-z]{2} \d{4})")
_BASELINE = re.compile(r"(\d{4}-\d\d-\d\d) (\S+)\Z", re.ASCII)
_VERSION = re.compile(r"ClamAV ([\w.-]+)")


def parse(data: bytes, context: Context) -> Parsed:
    """Return security_products of one machine."""
    sections = read_sections(data)
    running, paths = sections.get("running"), sections.get("paths")
    if running is None or paths is None or "searched ." not in running.lines or "searched" not in paths.lines:
        return Parsed(looks=(Look("security_products", complete=False, reason="not_collected"),))
    processes = {line.strip(): number for number, line in running.numbered()}
    there = {place: number for number, line in paths.numbered() for place in (line.strip(), line.strip().rsplit("/", 1)[-1])}
    signatures = _signatures(sections.get("signatures"))
    baselines = _baselines(sections.get("baselines"))
    rows: list[SecurityProduct] = []
    for known in _PRODUCTS:
        place = next((there[path] for path in known.paths if path in there), None)
        alive = next((processes[name] for name in known.processes if name[:15] in processes), None)
        if place is None and (alive is None or len(known.processes[0]) < 4):
            continue
        day = signatures if known.name == "clamav" else baselines.get(known.name)
        works = alive is not None if known.processes else day is not None
        version = _VERSION.search(sections["clamav"].text) if known.name == "clamav" and "clamav" in sections else None
        rows.append(
            SecurityProduct(
                name=known.name,
                kind=known.kind,
                version=version[1] if version else None,
                running=works,
                mode=_audit_mode(sections.get("auditctl")) if known.name == "auditd" else None,
                signatures=day,
                evidence=str(place if place is not None else alive),
            )
        )
    rows += _access_control(sections)
    return Parsed(tuple(rows), (_look(sections, rows, context),))


def _look(sections: Mapping[str, Section], rows: list[SecurityProduct], context: Context) -> Look:
    """Other makers' signature dates are known to their own programs only."""
    missing = []
    unread = any(line.endswith("!unreadable") for name in ("signatures", "baselines") if name in sections for line in sections[name].lines)
    undated = any(row.kind in ("antivirus", "edr") and row.signatures is None for row in rows)
    if unread or undated:
        missing.append("signatures")
    if any(row.name == "apparmor" and row.running and row.mode is None for row in rows):
        missing.append("mode")
    missing.append("tamper_protected")
    few = context.privileged is False and (unread or "mode" in missing)
    return Look("security_products", missing=tuple(missing), reason="needs_administrator" if few else "not_collected")


def _signatures(section: Section | None) -> date | None:
    """The day of the newest ClamAV definitions, from the head of the files."""
    days = []
    for line in section.lines if section else ():
        found = _DEFINITIONS.match(line)
        if found:
            days.append(_day(found[2], "%d %b %Y"))
    return max((day for day in days if day), default=None)


def _day(text: str, form: str) -> date | None:
    try:
        return datetime.strptime(text, form).date()
    except ValueError:
        return None


def _baselines(section: Section | None) -> dict[str, date]:
    """The day the picture of the files was made, by product."""
    found: dict[str, date] = {}
    for line in section.lines if section else ():
        told = _BASELINE.search(line.strip())
        day = _day(told[1], "%Y-%m-%d") if told else None
        if told and day:
            name = "tripwire" if "tripwire" in told[2] else "aide"
            found[name] = max(found.get(name, day), day)
    return found


def _audit_mode(section: Section | None) -> str | None:
    for line in section.lines if section and answered(section) else ():
        words = line.split()
        if words[:1] == ["enabled"] and len(words) > 1:
            return "disabled" if words[1] == "0" else "active"
    return None


def _access_control(sections: Mapping[str, Section]) -> Iterator[SecurityProduct]:
    selinux = first_line(sections.get("selinux"))
    if selinux is not None:
        said = selinux[1].split()[-1].lower()
        mode = {"1": "enforcing", "0": "permissive"}.get(said, said)
        yield SecurityProduct(name="selinux", kind="mac", running=mode in ("enforcing", "permissive"), mode=mode, evidence=str(selinux[0]))
    elif configured := [file for file in files(sections.get("selinux-config")) if file.readable]:
        for number, text in content_lines(configured[0].lines):
            if text.startswith("SELINUX="):
                yield SecurityProduct(name="selinux", kind="mac", running=False, mode="disabled", evidence=str(number))
    for file in files(sections.get("apparmor")):
        for number, line in file.lines:
            if line.strip() in ("Y", "N"):
                on = line.strip() == "Y"
                yield SecurityProduct(
                    name="apparmor", kind="mac", running=on, mode=_profiles(sections) if on else "disabled", evidence=str(number)
                )


def _profiles(sections: Mapping[str, Section]) -> str | None:
    """enforcing when a profile is enforced, complain when all only complain, disabled without profiles; None: not readable."""
    read = [file for file in files(sections.get("apparmor-profiles")) if file.readable]
    if not read:
        return None
    modes = {line.rpartition("(")[2].rstrip(")") for _, line in read[0].lines if line.strip()}
    return "enforcing" if modes & {"enforce", "kill"} else "complain" if modes else "disabled"


PARSERS = (Parser(kind="linux.security", tables=TABLES, parse=parse),)
