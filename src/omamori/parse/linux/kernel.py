"""Settings of the running kernel and the state of modules that few machines need."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from omamori.model.device import DeviceFact
from omamori.model.host import KernelSetting
from omamori.model.look import Look, Parsed, Problem
from omamori.parse.interface import Context, Parser
from omamori.parse.linux.output import absent, answered, files
from omamori.parse.sections import Section, read_sections

TABLES = ("kernel_settings", "device_facts")
_VALUE = re.compile(r"([\w./-]+) (?:= (.*)|(\?))\Z", re.ASCII)
_BLOCKED = re.compile(r"(?:install \S*/?(?:true|false|nologin)|blacklist)\b")
_RULE = re.compile(r"(install|blacklist)\s+(\S+)(?:\s+(\S+))?")


def parse(data: bytes, context: Context) -> Parsed:
    """Return kernel_settings of one machine (sysctl names with dots, and `module.NAME`) and its row of device_facts."""
    sections = read_sections(data)
    values = sections.get("values")
    if values is None or not answered(values):
        return Parsed(looks=tuple(Look(table, complete=False, reason="not_collected") for table in TABLES))
    rows: dict[str, KernelSetting] = {}
    problems: list[Problem] = []
    hidden = False
    for line, text in values.numbered():
        found = _VALUE.match(text.rstrip())
        if not text.strip():
            continue
        if found is None:
            problems.append(Problem(line, "a kernel value: `net/ipv4/name = value`"))
        elif found[3]:
            hidden = True
        else:
            value = KernelSetting(name=_dotted(found[1]), value=" ".join(found[2].split()), evidence=str(line))
            rows.setdefault(value.name, value)
    fact, look = _device(rows, values)
    rows.update({row.name: row for row in _modules(sections)})
    whole = not hidden and not absent(sections.get("modules")) and values.exit_code == 0
    reason = None if whole else "needs_administrator" if context.privileged is False else "not_collected"
    settings = Look("kernel_settings", complete=whole, reason=reason)
    if problems:
        settings, look = (Look(table, complete=False, reason="not_understood") for table in TABLES)
    return Parsed((*rows.values(), fact), (settings, look), tuple(problems))


def _device(values: Mapping[str, KernelSetting], section: Section) -> tuple[DeviceFact, Look]:
    """The machine as a device: whether it passes packets on, at any interface.

    `net.ipv4.ip_forward` sets all interfaces at once, but each can be switched on alone afterwards (Linux, ip-sysctl.rst).
    """

    def value(name: str) -> str | None:
        return values[name].value if name in values else None

    switches = {name: one.value for name, one in values.items() if name.startswith("net.ipv4.conf.") and name.endswith(".forwarding")}
    own = [value for name, value in switches.items() if name.split(".")[3] not in ("all", "default", "lo")]
    whole = value("net.ipv4.ip_forward")
    forwards = None if whole is None and not own else "1" in (whole, *own)
    fact = DeviceFact(
        hostname=value("kernel.hostname"),
        system="linux",
        version=value("kernel.osrelease"),
        forwards=forwards,
        stateful=False,  # answers pass by rules for established connections only
        evidence=next((one.evidence for name, one in values.items() if name == "net.ipv4.ip_forward"), str(section.first_line - 1)),
    )
    if forwards is None or (not forwards and not switches) or section.exit_code != 0:
        return fact, Look("device_facts", missing=("forwards",), reason="not_collected")
    return fact, Look("device_facts")


def _dotted(name: str) -> str:
    """`net/ipv4/conf/eth0.5/rp_filter` → the name sysctl prints: dots between, a slash inside."""
    return name.replace(".", "\0").replace("/", ".").replace("\0", "/")


def _modules(sections: Mapping[str, Section]) -> Iterator[KernelSetting]:
    """loaded, blacklisted (also `install … /bin/false`), available, absent; built in counts as loaded."""
    section = sections.get("modules")
    if section is None or absent(section):
        return
    loaded = {line.split(" ")[0] for file in files(sections.get("loaded")) for _, line in file.lines}
    builtin = sections.get("builtin")
    inside = {line.rsplit("/", 1)[-1].partition(".")[0].replace("-", "_") for line in builtin.lines} if builtin else set()
    forbidden = _forbidden(sections.get("modprobe"))
    for line, text in section.numbered():
        name, colon, said = text.partition(": ")
        if not colon:
            continue
        if name in loaded or name in inside or said.strip() == "in the kernel":
            state = "loaded"
        elif name in forbidden or _BLOCKED.search(said):
            state = "blacklisted"
        elif "not found" in said:
            state = "absent"
        elif "insmod" in said or not said.strip():
            state = "available"
        else:
            state = "absent" if "FATAL" in said else "available"
        yield KernelSetting(name=f"module.{name}", value=state, evidence=str(line))


def _forbidden(section: Section | None) -> set[str]:
    found = set()
    for file in files(section):
        for _, line in file.lines:
            rule = _RULE.match(line.strip())
            if rule and (rule[1] == "blacklist" or (rule[3] or "").rsplit("/", 1)[-1] in ("true", "false")):
                found.add(rule[2].replace("-", "_"))
    return found


PARSERS = (Parser(kind="linux.kernel", tables=TABLES, parse=parse),)
