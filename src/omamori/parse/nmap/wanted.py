"""Which scripts of the scanner may be kept. All others are taken out before storing: they can hold passwords, files or patients."""

from __future__ import annotations

from collections.abc import Callable

from omamori.parse.nmap.records import Script

_KEPT = frozenset(
    {
        "banner",
        "clock-skew",
        "dicom-ping",
        "dns-nsid",
        "fcrdns",
        "html-title",
        "http-methods",
        "http-server-header",
        "http-title",
        "ms-sql-info",
        "nbstat",
        "ntp-info",
        "rdp-enum-encryption",
        "rdp-ntlm-info",
        "rpcinfo",
        "smb-os-discovery",
        "smb-protocols",
        "smb-security-mode",
        "smb2-capabilities",
        "smb2-security-mode",
        "smb2-time",
        "snmp-info",
        "snmp-sysdescr",
        "ssh-auth-methods",
        "ssh-hostkey",
        "ssh2-enum-algos",
        "sshv1",
        "ssl-cert",
        "ssl-date",
        "ssl-enum-ciphers",
        "sslv2",
        "tls-alpn",
        "unusual-port",
        "vnc-info",
        "vulners",
    }
)
_KEPT_FAMILIES = ("smb-vuln-", "ssl-heartbleed", "ssl-poodle", "ssl-dh-params", "ssl-ccs-injection", "rdp-vuln-")


def is_kept(name: str) -> bool:
    """Return whether the output of a script may be stored: only what is known to tell of programs, not of people or secrets."""
    return name in _KEPT or name.startswith(_KEPT_FAMILIES)


def banner_of(script: Script) -> str:
    """Return what a script says of the machine in a few words; empty where it says nothing a reader would miss."""
    tell = _BANNERS.get(script.id)
    return tell(script) if tell is not None else ""


def _whole(script: Script) -> str:
    return script.output


def _subject(script: Script) -> str:
    names = (script.values.get(f"subject.{key}", "") for key in ("commonName", "organizationName"))
    said = ", ".join(name for name in names if name)
    if not said:
        first = script.output.strip().partition("\n")[0]
        said = first.removeprefix("Subject:").strip() if first.startswith("Subject:") else ""
    return f"certificate of {said}" if said else ""


def _title(script: Script) -> str:
    title = script.values.get("title") or script.output.strip().partition("\n")[0]
    return f"title: {title}" if title.strip() else ""


def _smb_system(script: Script) -> str:
    system, name = smb_facts(script)
    return ", ".join(part for part in (system, f"name {name}" if name else "") if part)


def _protocols(script: Script) -> str:
    said = [line.strip() for line in script.output.splitlines() if line.strip() and "dialects" not in line]
    return f"dialects: {', '.join(said)}" if said else ""


def _old_algorithms(script: Script) -> str:
    offered = script.output.split()
    old = sorted({one for one in offered if one.startswith(_OLD_ALGORITHMS) or one.endswith(_OLD_ENDINGS)})
    return f"old algorithms: {', '.join(old)}" if old else ""


def smb_facts(script: Script) -> tuple[str, str]:
    """Return the system and the name a machine gave over SMB (`smb-os-discovery`); empty where it gave none."""
    lines = dict(line.strip().partition(": ")[::2] for line in script.output.splitlines())
    system = script.values.get("os") or lines.get("OS", "").partition(" (")[0]
    name = script.values.get("server") or lines.get("Computer name") or lines.get("NetBIOS computer name", "")
    return system.strip(), name.replace("\\x00", "").replace("\x00", "").strip()


_OLD_ALGORITHMS = (
    "diffie-hellman-group1-",
    "diffie-hellman-group-exchange-sha1",
    "arcfour",
    "ssh-dss",
    "hmac-md5",
    "blowfish-",
    "cast128-",
)
_OLD_ENDINGS = ("-cbc",)
_BANNERS: dict[str, Callable[[Script], str]] = {
    "banner": _whole,
    "dicom-ping": lambda script: f"DICOM: {script.output}" if script.output.strip() else "",
    "html-title": _title,
    "http-server-header": _whole,
    "http-title": _title,
    "smb-os-discovery": _smb_system,
    "smb-protocols": _protocols,
    "snmp-sysdescr": _whole,
    "ssh2-enum-algos": _old_algorithms,
    "ssl-cert": _subject,
    "vnc-info": _whole,
}
