"""The registry of an invented Windows machine, from its description."""

from __future__ import annotations

import ipaddress
import struct
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from hospitals_windows_machine import WindowsMachine
from hospitals_windows_registry import Registry, descriptor, full

_STARTS = {"automatic": 2, "manual": 3, "disabled": 4}
_VERSION = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows NT\CurrentVersion"
_SERVICES = r"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services"
_FIREWALL = rf"{_SERVICES}\SharedAccess\Parameters\FirewallPolicy"
_NDP = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\NET Framework Setup\NDP"
_UNINSTALL = r"Microsoft\Windows\CurrentVersion\Uninstall"
_PROTOCOLS = {"tcp": 6, "udp": 17}


def registry_of(m: WindowsMachine) -> Registry:
    """Return everything that stands in a machine's registry, of what the kit asks."""
    found: Registry = {}
    known: dict[str, Registry] = m.catalogue["registry"]
    for part in (known["every"], known[m.said["manner"]], _own(m)):
        for key, values in part.items():
            found.setdefault(full(key), {}).update(values)
    for key, values in m.said.get("registry", {}).items():
        if values is None:
            for one in [one for one in found if one == full(key) or one.startswith(full(key) + "\\")]:
                del found[one]
        else:
            found.setdefault(full(key), {}).update(values)
    return found


def _own(m: WindowsMachine) -> Registry:
    return {
        **_version(m),
        **_framework(m),
        **_registered(m),
        **_shared(m),
        **_firewall(m),
        **_programs(m),
        **_usb(m),
        **_networks(m),
        **_users(m),
    }


def _version(m: WindowsMachine) -> Registry:
    major, minor, build = m.system["version"].split(".")
    kind = {"client": "WinNT", "server": "ServerNT", "dc": "LanmanNT"}[m.kind]
    values: dict[str, Any] = {
        "BuildLabEx": m.system["lab"],
        "CurrentBuild": build,
        "CurrentBuildNumber": build,
        "CurrentVersion": f"{major}.{minor}" if major == "6" else "6.3",
        "EditionID": m.system["edition"],
        "InstallationType": m.system["kind"],
        "ProductName": m.system["name"],
        "SystemRoot": r"C:\Windows",
    }
    values |= {"CurrentMajorVersionNumber": int(major), "CurrentMinorVersionNumber": int(minor)} if major == "10" else {}
    values |= {"UBR": m.said["update"]} if "update" in m.said else {}
    values |= {"CSDVersion": m.system["pack"]} if "pack" in m.system else {}
    options = r"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control\ProductOptions"
    tcpip: dict[str, Any] = {"Hostname": m.host, "Domain": m.domain, "DhcpNameServer": ""}
    return {_VERSION: values, options: {"ProductType": kind}, rf"{_SERVICES}\Tcpip\Parameters": tcpip}


def _framework(m: WindowsMachine) -> Registry:
    said = m.system["framework"]
    found: Registry = {rf"{_NDP}\CDF\v4.0": {"HttpNamespaceReservationInstalled": 1, "NetTcpPortSharingInstalled": 1}}
    if said.get("old"):
        old = (("v2.0.50727", 2, "2.0.50727.5420"), ("v3.0", 2, "3.0.30729.5420"), ("v3.5", 1, "3.5.30729.5420"))
        found |= {rf"{_NDP}\{name}": {"Install": 1, "SP": pack, "Version": version} for name, pack, version in old}
    if "four" in said:
        four = {"Install": 1, "Release": said["four"], "Servicing": 0, "TargetVersion": "4.0.0", "Version": said["version"]}
        found |= {rf"{_NDP}\v4\Client": dict(four), rf"{_NDP}\v4\Full": dict(four)}
        found |= {rf"{_NDP}\v4.0\Client": {"Install": 1, "Version": "4.0.0.0"}}
    return found


def _registered(m: WindowsMachine) -> Registry:
    found: Registry = {}
    for service in m.services:
        kind = 0x10 if "svchost" not in service.program else 0x20
        values: dict[str, Any] = {
            "DisplayName": service.title,
            "ImagePath": service.program.replace("C:\\Windows", "%SystemRoot%"),
            "ObjectName": service.account,
            "Start": _STARTS[service.start],
            "Type": kind,
        }
        found[rf"{_SERVICES}\{service.name}"] = values
    return found


def _shared(m: WindowsMachine) -> Registry:
    shares, rights = rf"{_SERVICES}\LanmanServer\Shares", rf"{_SERVICES}\LanmanServer\Shares\Security"
    found: Registry = {shares: {}, rights: {}}
    for name, share in m.said.get("shares", {}).items():
        parts = [
            "CSCFlags=0",
            "MaxUses=4294967295",
            f"Path={share['path']}",
            "Permissions=0",
            f"Remark={share.get('remark', '')}",
            "Type=0",
        ]
        found[shares][name] = parts
        found[rights][name] = descriptor(share["rights"])
    return found


def _firewall(m: WindowsMachine) -> Registry:
    said = m.said["firewall"]
    found: Registry = {rf"{_FIREWALL}\FirewallRules": {}}
    for profile in ("Domain", "Standard", "Public"):
        on = int(profile.lower() not in said.get("profiles_off", ()))
        found[rf"{_FIREWALL}\{profile}Profile"] = {
            "EnableFirewall": on,
            "DefaultInboundAction": int(profile.lower() not in said.get("lets_in", ())),
            "DefaultOutboundAction": 0,
            "DisableNotifications": 1,
        }
        found[rf"{_FIREWALL}\{profile}Profile\Logging"] = {"LogDroppedPackets": int(said.get("logs", False)), "LogFileSize": 4096}
    for number, rule in enumerate(said["rules"]):
        found[rf"{_FIREWALL}\FirewallRules"][f"{{5E00530A-0000-4000-8000-{number:012X}}}"] = _rule(rule)
    return found


def _programs(m: WindowsMachine) -> Registry:
    found: Registry = {}
    for entry in m.said.get("software", ()):
        name, version, maker, installed, *bits = entry
        key = "SOFTWARE\\WOW6432Node" if bits else "SOFTWARE"
        values: dict[str, Any] = {
            "DisplayName": name,
            "DisplayVersion": str(version),
            "Publisher": maker,
            "InstallDate": str(installed),
        }
        found[rf"HKEY_LOCAL_MACHINE\{key}\{_UNINSTALL}\{name.replace(chr(92), ' ')}"] = values
    return found


def _usb(m: WindowsMachine) -> Registry:
    found: Registry = {}
    for name, serial in m.said.get("usb", {}).items():
        maker, product = name.split(" ", 1)
        device = f"Disk&Ven_{maker}&Prod_{product.replace(' ', '_')}&Rev_1.00"
        key = rf"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Enum\USBSTOR\{device}\{serial}&0"
        found[key] = {"DeviceDesc": "@disk.inf,%disk_devdesc%;Disk drive", "Service": "disk", "FriendlyName": f"{name} USB Device"}
    return found


def _networks(m: WindowsMachine) -> Registry:
    """What it was connected to: name, kind (as Windows numbers them), first and last day."""
    found: Registry = {}
    for number, (name, said) in enumerate(m.said.get("networks", {}).items()):
        values: dict[str, Any] = {
            "ProfileName": name,
            "Description": name,
            "Managed": 0,
            "Category": said.get("category", 0),
            "NameType": {"wired": 6, "wireless": 71}[said["kind"]],
            "DateCreated": _system_time(said["first"]),
            "DateLastConnected": _system_time(said["last"]),
        }
        found[rf"{_VERSION}\NetworkList\Profiles\{{5E00530A-0000-4000-8000-{number:012X}}}"] = values
    return found


def _system_time(at: datetime) -> bytes:
    """A SYSTEMTIME; its week begins on Sunday."""
    return struct.pack("<8H", at.year, at.month, at.isoweekday() % 7, at.day, at.hour, at.minute, at.second, 0)


def _users(m: WindowsMachine) -> Registry:
    """Every user that is logged on has a key of its own; the services' accounts always."""
    found: Registry = {}
    person = f"{m.domain_sid}-{m.said.get('logged_on', 1001)}"
    for sid in (".DEFAULT", "S-1-5-18", "S-1-5-19", "S-1-5-20", person):
        values: dict[str, Any] = {"ProxyEnable": 0, "User Agent": "Mozilla/4.0 (compatible; MSIE 8.0; Win32)"}
        found[rf"HKEY_USERS\{sid}\Software\Microsoft\Windows\CurrentVersion\Internet Settings"] = values
        desktop: dict[str, Any] = {"ScreenSaveActive": "1", "WallPaper": r"C:\Windows\web\wallpaper\Windows\img0.jpg"}
        found[rf"HKEY_USERS\{sid}\Control Panel\Desktop"] = desktop
    return found


def _rule(rule: Mapping[str, Any]) -> str:
    parts = ["v2.30", "Action=Allow", f"Active={'FALSE' if rule.get('inactive') else 'TRUE'}", f"Dir={rule.get('dir', 'In')}"]
    parts += [f"Protocol={_PROTOCOLS[rule['protocol']]}"] if "protocol" in rule else []
    parts += [f"Profile={name}" for name in rule.get("profiles", ())]
    parts += [f"LPort={port}" for port in str(rule["port"]).split(",")] if "port" in rule else []
    parts += [f"RPort={rule['peer_port']}"] if "peer_port" in rule else []
    parts += [f"RA4={_masked(one)}" for one in rule.get("from", ())]
    parts += [f"App={rule['program']}"] if "program" in rule else []
    parts += [f"Svc={rule['service']}"] if "service" in rule else []
    return "|".join([*parts, f"Name={rule['name']}", ""])


def _masked(text: str) -> str:
    network = ipaddress.IPv4Network(text)
    return str(network.network_address) if network.prefixlen == 32 else f"{network.network_address}/{network.netmask}"
