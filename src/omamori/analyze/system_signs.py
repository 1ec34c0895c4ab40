"""Operating systems by what services say of themselves: pure. A banner is never certain."""

from __future__ import annotations

import re

_WINDOWS = re.compile(
    r"(?:microsoft )?windows(?: server)?(?: (?:xp|vista|nt|\d[\w.]*))?(?: r2)?(?: (?:standard|enterprise|pro|professional|datacenter))?",
    re.IGNORECASE,
)
_DEBIAN = re.compile(r"\bdebian\b.*?\+?deb(\d{1,2})u?|\bdebian\b", re.IGNORECASE)


def by_ssh(product: str | None, version: str | None, banner: str | None) -> str | None:
    """Return the system an SSH banner names: Debian, Ubuntu, FreeBSD, Windows, Cisco and the like; None where it names none."""
    text = " ".join(part for part in (product, version, banner) if part)[:400]
    debian = _DEBIAN.search(text)
    if debian is not None:
        return f"Debian {debian[1]}" if debian[1] else "Debian"
    for word, name in (
        ("ubuntu", "Ubuntu"),
        ("raspbian", "Raspbian"),
        ("freebsd", "FreeBSD"),
        ("for_windows", "Windows"),
        ("cisco", "Cisco IOS"),
        ("rosssh", "MikroTik RouterOS"),
        ("yamaha", "Yamaha"),
        ("fortissh", "FortiOS"),
        ("vmware", "VMware ESXi"),
        ("dropbear", "Linux"),
    ):
        if word in text.lower():
            return name
    return None


def by_smb(product: str | None, version: str | None, banner: str | None) -> str | None:
    """Return the system a file share names: a version of Windows as it says, or Linux for Samba; None where it names none."""
    text = " ".join(part for part in (product, version, banner) if part)[:400]
    if "samba" in text.lower():
        return "Linux (Samba)"
    windows = _WINDOWS.search(text)
    if windows is None:
        return None
    return " ".join(windows[0].split()).removesuffix(" microsoft-ds").removeprefix("Microsoft ")
