"""How operating systems are called: by themselves, by packages and by people."""

from __future__ import annotations

import re

from omamori.model.host import Host

OS_PRODUCTS = {
    "raspbian": "debian",
    "ol": "oracle-linux",
    "opensuse": "opensuse-leap",
    "sled": "sles",
    "windows_server": "windows-server",
}
"""Short names that mean another product of the pack; every other name means itself."""

_REDHAT_FAMILY = ("rhel", "centos", "rocky", "almalinux", "oracle-linux")
_BUILD = re.compile(r"^\d{1,2}\.\d{1,2}\.(\d{4,5})(?:\.|$)")
_SERVER = re.compile(r"windows\s*(?:server|サーバー?)\s*(20\d\d)(\s*r2)?", re.IGNORECASE)
_LTS = re.compile(r"windows\s*(10|11).*?lts[cb]\D{0,3}(20(?:15|16|19|21|24))", re.IGNORECASE)
_LTS_BUILD = {"2015": "10-1507", "2016": "10-1607", "2019": "10-1809", "2021": "10-21h2", "2024": "11-24h2"}
_CLIENT = re.compile(r"windows\s*(xp|vista|7|8\.1|8|10|11)(?![\d.])(?:.*?\b(\d\dh\d|1[5-9]\d\d|2004)\b)?", re.IGNORECASE)
_LINUX = re.compile(
    r"(debian|ubuntu|red\s*hat[\w\s]*?|rhel|centos|rocky[\w\s]*?|alma[\w\s]*?|oracle linux|amazon linux)"
    r"[\s/_-]*(?:v|release)?\s*(\d+(?:\.\d+)?)",
    re.IGNORECASE,
)


def os_of_host(host: Host) -> tuple[str, str, str] | None:
    """Return (product, version, edition) of a machine that was looked at; None when it does not say enough."""
    product = OS_PRODUCTS.get(host.os_id or "", host.os_id or "")
    if host.platform == "windows":
        product = "windows-server" if product == "windows-server" or "server" in (host.os_name or "").lower() else "windows"
        build = windows_build(host)
        return (product, build, edition_of(host.os_name or "")) if build else os_of_text(host.os_name or "")
    if product == "centos" and "stream" in (host.os_name or "").lower():
        product = "centos-stream"
    return (product, host.os_version, "") if product and host.os_version else None


def windows_build(host: Host) -> str | None:
    """Return the build number of Windows (19045 of 10.0.19045.4412); None when not known."""
    found = _BUILD.match(host.os_build or "")
    return found[1] if found else None


def edition_of(name: str) -> str:
    """Return the edition whose support differs: ltsc, iot-ltsc, enterprise, or empty for the others."""
    lowered = name.lower()
    if "ltsc" in lowered or "ltsb" in lowered:
        return "iot-ltsc" if "iot" in lowered else "ltsc"
    return "enterprise" if "enterprise" in lowered or "education" in lowered else ""


def os_of_text(text: str) -> tuple[str, str, str] | None:
    """Return (product, version, edition) of an operating system as a person writes it; None when it is too vague."""
    server = _SERVER.search(text)
    if server:
        return ("windows-server", server[1] + ("-r2" if server[2] else ""), "")
    lts = _LTS.search(text)
    if lts:
        return ("windows", _LTS_BUILD[lts[2]], "iot-ltsc" if "iot" in text.lower() else "ltsc")
    client = _CLIENT.search(text)
    if client:
        name = client[1].lower()
        if name in ("10", "11"):
            return ("windows", f"{name}-{client[2].lower()}", edition_of(text)) if client[2] else None
        return ("windows", name, "")
    linux = _LINUX.search(text)
    if linux:
        word = re.sub(r"\s+", "", linux[1].lower())
        for start, product in (("debian", "debian"), ("ubuntu", "ubuntu"), ("redhat", "rhel"), ("rhel", "rhel"), ("centos", "centos"),
                               ("rocky", "rocky"), ("alma", "almalinux"), ("oracle", "oracle-linux"), ("amazon", "amzn")):  # fmt: skip
            if word.startswith(start):
                return (product, linux[2], "")
    return None


def release_of(host: Host) -> str:
    """Return the distribution release repairs are made for, such as `debian 12` or `rhel 8`; empty when not known."""
    named = os_of_host(host)
    if named is None or host.platform == "windows":
        return ""
    product, version, _ = named
    if product in _REDHAT_FAMILY:
        return f"rhel {version.split('.')[0]}"
    if product == "ubuntu":
        return f"ubuntu {'.'.join(version.split('.')[:2])}"
    return f"{product} {version.split('.')[0]}"


def tracker_releases(host: Host) -> tuple[str, ...]:
    """Return the releases under which trackers may speak of a machine's packages, the fullest word first; empty when not known.

    A rebuild of Red Hat's packages (Rocky, AlmaLinux) tells only what it has repaired, and not of every package; Red Hat tells also what has no
    repair, in versions that hold for the rebuild. So Red Hat's word comes first, and the rebuild's own (`rocky 9`) where a pack has no other.
    """
    named = os_of_host(host)
    if named is None or host.platform == "windows":
        return ()
    product, version, _ = named
    major = version.split(".")[0]
    if product in ("alpine", "opensuse-leap"):
        return (f"{product} {'.'.join(version.split('.')[:2])}",)
    if product in _REDHAT_FAMILY and product not in ("rhel", "centos"):
        return (f"rhel {major}", f"{product} {major}")
    return (release_of(host),)
