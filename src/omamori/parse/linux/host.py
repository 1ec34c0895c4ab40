"""Linux: the machine itself (`linux.host`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime

from omamori.model.host import Host
from omamori.model.look import Look, Parsed
from omamori.parse.addresses import scope
from omamori.parse.interface import Context, Parser
from omamori.parse.linux.output import FileText, address, answered, files, first_line, moment
from omamori.parse.sections import Section, read_sections

Sections = Mapping[str, Section]

_RELEASE = re.compile(r"([A-Za-z ]+?)(?: Linux)? release (\d[\d.]*)")
_MAC = re.compile(r"[0-9a-f]{2}(:[0-9a-f]{2}){5}\Z")
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\Z")
_CHASSIS_CLIENT = {"8", "9", "10", "11", "13", "14", "30", "31", "32"}
_CHASSIS_DESKTOP = {"3", "4", "5", "6", "7", "15", "16", "35", "36"}
_CHASSIS_SERVER = {"17", "23", "25", "28", "29"}
_HYPERVISORS = (
    ("vmware", "vmware"),
    ("qemu", "kvm"),
    ("virtualbox", "oracle"),
    ("innotek", "oracle"),
    ("virtual machine", "microsoft"),
    ("xen", "xen"),
)
_VIRTUAL_LINKS = re.compile(r"(docker|br-|veth|virbr|cni|flannel|cali|lxc|tap|tun|wg|ifb|dummy)")


def parse(data: bytes, context: Context) -> Parsed:
    """Return one row of hosts and the identifiers of the machine."""
    sections = read_sections(data)
    named = first_line(sections.get("hostname"))
    if named is None:
        return Parsed(looks=(Look("hosts", complete=False, reason="not_collected"),))
    os_id, os_name, os_version, line = _system(sections)
    kernel, architecture = _kernel(sections)
    clock, virtual = _clock(sections), _virtual(sections)
    vendor, product = _file(sections, "dmi", "sys_vendor"), _file(sections, "dmi", "product_name")
    row = Host(
        hostname=named[1].partition(".")[0],
        platform="linux",
        os_id=os_id,
        os_name=os_name,
        os_version=os_version,
        os_build=kernel,
        architecture=architecture,
        domain=_domain(sections, named[1]),
        role=_role(sections, os_name or "", virtual),
        virtual=virtual,
        manufacturer=vendor,
        model=product,
        timezone=_timezone(sections),
        clock_synchronised=clock,
        booted=_booted(sections),
        installed=_installed(sections),
        evidence=str(line or named[0]),
    )
    unknown = {"os_id": os_id, "os_version": os_version, "os_build": kernel, "clock_synchronised": clock, "virtual": virtual}
    missing = tuple(name for name, value in unknown.items() if value is None and not (name == "os_version" and os_id))
    look = Look(
        "hosts", complete=bool(os_id or kernel), missing=missing, reason="not_collected" if missing or not (os_id or kernel) else None
    )
    return Parsed(rows=(row,), looks=(look,), identifiers=_identifiers(sections, row.hostname))


def _file(sections: Sections, section: str, name: str) -> str | None:
    for file in files(sections.get(section)):
        if file.name == name and file.readable:
            text = file.text.strip()
            return text or None
    return None


def _system(sections: Sections) -> tuple[str | None, str | None, str | None, int | None]:
    said: dict[str, str] = {}
    line = None
    for file in files(sections.get("os-release")):
        for number, text in file.lines:
            key, sign, value = text.partition("=")
            if sign:
                said.setdefault(key.strip(), value.strip().strip("\"'"))
                line = number if key == "PRETTY_NAME" or line is None else line
    os_id, name, version = said.get("ID") or None, said.get("PRETTY_NAME") or None, said.get("VERSION_ID") or None
    for file in files(sections.get("release-files")):
        found = _RELEASE.match(file.text)
        if file.name == "redhat-release" and found:
            # CentOS 7 says only `7` in os-release; 6 has no os-release at all.
            exact = ".".join(found[2].split(".")[:2])
            if version is None or exact.startswith(f"{version}."):
                version = exact
            os_id = os_id or ("rhel" if found[1].startswith("Red Hat") else found[1].split()[0].lower())
            name = name or file.text.strip()
            line = line or file.lines[0][0]
        elif file.name == "debian_version" and os_id is None and file.text.strip():
            os_id, version, line = "debian", file.text.strip().partition(".")[0], file.lines[0][0]
            name = f"Debian {file.text.strip()}"
        elif file.name == "alpine-release" and os_id is None and file.text.strip():
            os_id, version, line = "alpine", file.text.strip(), file.lines[0][0]
    return os_id, name, version, line


def _kernel(sections: Sections) -> tuple[str | None, str | None]:
    said = first_line(sections.get("uname"))
    words = said[1].split() if said else []
    return (words[1], words[-1]) if len(words) >= 3 else (None, None)


def _domain(sections: Sections, hostname: str) -> str | None:
    if "." in hostname.strip("."):
        return hostname.strip(".").partition(".")[2]
    searched = None
    for file in files(sections.get("domain")):
        for _, text in file.lines:
            words = text.split()
            if file.name == "domainname" and words and words[0] != "(none)":
                return words[0]
            if words[:1] == ["domain"] and len(words) > 1:
                return words[1]
            if words[:1] == ["search"] and len(words) > 1 and searched is None:
                searched = words[1]
    return searched


def _virtual(sections: Sections) -> str | None:
    said = first_line(sections.get("virt"))
    if said and re.fullmatch(r"[a-z0-9-]{2,30}", said[1]):
        return said[1]
    hardware = " ".join(file.text.lower() for file in files(sections.get("dmi")))
    for word, name in _HYPERVISORS:
        if word in hardware:
            return name
    if hardware.strip() and "hypervisor" in sections and sections["hypervisor"].exit_code == 1:
        return "none"
    return None


def _role(sections: Sections, os_name: str, virtual: str | None) -> str | None:
    """Server or client, judged from case, kind of edition and whether a login screen is configured."""
    chassis = _file(sections, "dmi", "chassis_type")
    edition = files(sections.get("os-release"))
    if chassis in _CHASSIS_SERVER or " Server" in os_name or any(text == "VARIANT_ID=server" for file in edition for _, text in file.lines):
        return "server"
    if chassis in _CHASSIS_CLIENT:
        return "client"
    shown = sections.get("display")
    if shown is None:
        return None
    screen = any(line.startswith(("l", "-")) for line in shown.lines)
    if chassis in _CHASSIS_DESKTOP and virtual == "none":
        return "client" if screen else "server"
    # A virtual machine with a login screen may be either.
    return None if screen or virtual is None else "server"


def _timezone(sections: Sections) -> str | None:
    for _, text in sections["timedatectl"].numbered() if "timedatectl" in sections else ():
        name, _, value = text.partition(":")
        if name.strip().lower() in ("time zone", "timezone") and value.split():
            return value.split()[0]
    said = _file(sections, "timezone", "timezone")
    link = first_line(sections.get("localtime"))
    if said is None and link and "zoneinfo/" in link[1]:
        said = link[1].partition("zoneinfo/")[2]
    return said


def _clock(sections: Sections) -> bool | None:
    """Whether the clock follows a source: timedatectl, then chrony, then ntpd; None when none answered."""
    if answered(sections.get("timedatectl")):
        for text in sections["timedatectl"].lines:
            name, _, value = text.partition(":")
            if name.strip().lower() in ("system clock synchronized", "ntp synchronized"):
                return value.strip() == "yes"
    if answered(sections.get("chrony")):
        for text in sections["chrony"].lines:
            name, _, value = text.partition(":")
            if name.strip() == "Leap status":
                return value.strip() != "Not synchronised"
    if answered(sections.get("ntpq")):
        return any(line.startswith(("*", "o")) for line in sections["ntpq"].lines)
    return None


def _seconds(text: str | None) -> float | None:
    words = (text or "").split()
    return float(words[0]) if words and re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,6})?", words[0]) else None


def _booted(sections: Sections) -> datetime | None:
    said = first_line(sections.get("date"))
    now, running = _seconds(said[1] if said else None), _seconds(_file(sections, "uptime", "uptime"))
    return None if now is None or running is None else moment(now - running)


def _installed(sections: Sections) -> date | None:
    days = []
    for text in sections["installed"].lines if "installed" in sections else ():
        found = moment(_seconds(text))
        if found:
            days.append(found.date())
    return min(days, default=None)


def _physical(sections: Sections) -> set[str] | None:
    shown = sections.get("links")
    if not answered(shown) or shown is None:
        return None
    pairs = (line.rsplit(" -> ", 1) for line in shown.lines if " -> " in line)
    return {left.split()[-1] for left, target in pairs if left.split() and "/virtual/" not in target}


def _identifiers(sections: Sections, hostname: str) -> tuple[str, ...]:
    """Strongest first. Addresses of bridges and containers are left out: many machines have the same ones."""
    found = []
    machine = next(
        (file.text.strip() for file in files(sections.get("machine-id")) if re.fullmatch(r"[0-9a-f]{32}", file.text.strip())), None
    )
    if machine:
        found.append(f"machine-id:{machine}")
    uuid = _file(sections, "dmi", "product_uuid")
    if uuid and _UUID.match(uuid) and len(set(uuid.replace("-", ""))) > 2:
        found.append(f"uuid:{uuid.lower()}")
    real = _physical(sections)
    found += [f"mac:{mac}" for mac in sorted(_macs(files(sections.get("macs")), real))]
    if hostname and hostname != "localhost":
        found.append(f"name:{hostname.lower()}")
    for text in sections["addresses"].lines if "addresses" in sections else ():
        words = text.split()
        own = address(words[3].partition("/")[0]) if len(words) > 3 and words[2] in ("inet", "inet6") else None
        usable = own is not None and scope(own) in ("private", "public")
        if (
            usable
            and not _VIRTUAL_LINKS.match(words[1])
            and (real is None or words[1].partition("@")[0].partition(".")[0] in real or "bond" in words[1])
        ):
            found.append(f"ip:{own}")
    return tuple(dict.fromkeys(found))


def _macs(addresses: tuple[FileText, ...], real: set[str] | None) -> set[str]:
    macs = set()
    for file in addresses:
        parts = file.path.split("/")
        name = parts[-2] if len(parts) > 1 else ""
        mac = file.text.strip().lower()
        if _MAC.match(mac) and mac != "00:00:00:00:00:00" and (name in real if real is not None else not _VIRTUAL_LINKS.match(name)):
            macs.add(mac)
    return macs


PARSERS = (Parser(kind="linux.host", tables=("hosts",), parse=parse),)
