"""The registry → hosts, update_policy, software, usb_history."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from omamori.model.host import Host, Software, UpdatePolicy, UsbDevice
from omamori.parse.windows.registry.decide import build_of, content, part
from omamori.parse.windows.registry.framework import framework_rows
from omamori.parse.windows.registry.part import Part, columns, look
from omamori.parse.windows.registry.tree import Tree
from omamori.parse.windows.values import day, moment

_CONTROL = r"hklm\system\currentcontrolset\control"
_TCPIP = r"hklm\system\currentcontrolset\services\tcpip\parameters"
_UNINSTALL = r"hklm\software\microsoft\windows\currentversion\uninstall"
_UNINSTALL_32 = r"hklm\software\wow6432node\microsoft\windows\currentversion\uninstall"
_UNINSTALL_USER = r"\software\microsoft\windows\currentversion\uninstall"
_PERSON = re.compile(r"hku\\s-1-5-21-[\d-]{5,60}")
_USBSTOR = r"hklm\system\currentcontrolset\enum\usbstor"
_RESULTS = r"hklm\software\microsoft\windows\currentversion\windowsupdate\auto update"
_REBOOT = (rf"{_RESULTS}\rebootrequired", r"hklm\software\microsoft\windows\currentversion\component based servicing\rebootpending")
_PRODUCT = re.compile(r"Windows\S{0,3}\s+(?:Server\S{0,3}\s+(\d{4}(?:\s+R2)?)|(XP|Vista|\d{1,2}(?:\.\d)?))", re.IGNORECASE)
_ARCHITECTURE = re.compile(r"\.(amd64|x86|arm64)(?:fre|chk)\.")
_WINDOWS_11 = 22000
_AUTOMATIC = 4
_DEVICE = re.compile(r"(?:disk|cdrom|sfloppy|other)&ven_([^&]{0,60})&prod_([^&]{0,80})", re.IGNORECASE)


def _text(tree: Tree, key: str, *names: str) -> str | None:
    for name in names:
        found = tree.find(key, name)
        if found.value is not None and found.value.text:
            return found.value.text[:255]
    return None


def architecture(tree: Tree) -> str | None:
    """Return x64, x86 or arm64; None where nothing tells."""
    version = content().keys["current_version"].path
    found = _ARCHITECTURE.search(_text(tree, version, "BuildLabEx") or "")
    word = found[1] if found else (_text(tree, rf"{_CONTROL}\session manager\environment", "PROCESSOR_ARCHITECTURE") or "").lower()
    if not word and tree.exists(r"hklm\software\wow6432node"):
        return "x64"
    return {"amd64": "x64", "x86": "x86", "arm64": "arm64"}.get(word)


def read_host(tree: Tree) -> Part:
    """Return the machine: name, version with build and its last part (UBR), domain, time zone."""
    version = content().keys["current_version"].path
    name = (
        _text(tree, rf"{_CONTROL}\computername\activecomputername", "ComputerName")
        or _text(tree, rf"{_CONTROL}\computername\computername", "ComputerName")
        or _text(tree, _TCPIP, "Hostname", "NV Hostname")
    )
    values: dict[str, Any] = {"hostname": name, "domain": _text(tree, _TCPIP, "Domain", "NV Domain")}
    values["timezone"] = _text(tree, rf"{_CONTROL}\timezoneinformation", "TimeZoneKeyName")
    values["architecture"] = architecture(tree)
    values["installed"] = _installed(tree, version)
    if (_text(tree, r"hklm\system\currentcontrolset\services\w32time\parameters", "Type") or "").lower() == "nosync":
        values["clock_synchronised"] = False
    values |= _product(tree, version)
    values = {column: value for column, value in values.items() if value is not None}
    if set(values) <= {"architecture"}:
        return Part()
    key = next((one for one in (version, rf"{_CONTROL}\computername\activecomputername", _TCPIP) if tree.line(one)), "")
    line = tree.line(key) or tree.first
    unread = [column for column in columns("hosts") if column not in values and column != "platform"]
    part_ = Part([Host(**values, platform="windows", evidence=str(line))], [look("hosts", whole=True, unread=unread, refused=tree.refused)])
    if name:
        part_.identifiers.append(f"name:{name.lower()}")
    return part_


def _product(tree: Tree, version: str) -> dict[str, Any]:
    name, build = _text(tree, version, "ProductName"), build_of(tree)
    kind = (_text(tree, version, "InstallationType") or "").lower()
    if name is None:
        return {}
    server = kind.startswith("server") or "server" in name.lower()
    # Windows 11 still calls itself Windows 10 in the registry.
    if not server and build is not None and build >= _WINDOWS_11:
        name = re.sub(r"\bWindows 10\b", "Windows 11", name)
    found = _PRODUCT.search(name)
    major, minor = tree.find(version, "CurrentMajorVersionNumber").value, tree.find(version, "CurrentMinorVersionNumber").value
    number = f"{major.number}.{minor.number}" if major and minor else _text(tree, version, "CurrentVersion")
    last = tree.find(version, "UBR").value
    whole = f"{number}.{build}" + (f".{last.number}" if last is not None and last.number is not None else "")
    return {
        "os_name": name,
        "os_id": "windows-server" if server else "windows",
        "os_version": re.sub(r"\s+", " ", found[1] or found[2]) if found else None,
        "os_build": whole if number and build is not None else None,
        "role": "server" if server else "client",
    }


def _installed(tree: Tree, version: str) -> date | None:
    found = tree.find(version, "InstallDate").value
    number = found.number if found is not None else None
    return datetime.fromtimestamp(number, UTC).date() if number is not None and 0 < number < 2**32 else None


def read_updates(tree: Tree) -> Part:
    """Return how the machine updates itself. Without any policy it depends on the version, so that stays unknown."""
    values: dict[str, Any] = {}
    off, option, local = part(tree, "update_off"), part(tree, "update_option"), part(tree, "update_option_local")
    if off.known and off.meaning:
        values["automatic"] = False
    elif off.known and option.known and option.meaning:
        values["automatic"] = option.meaning == _AUTOMATIC
    elif off.known and option.known and local.known:
        values["automatic"] = local.meaning == _AUTOMATIC
    own = part(tree, "update_own_server")
    server = _text(tree, content().keys["policy_update"].path, "WUServer")
    if own.known and not own.meaning:
        values["server"] = None
    elif own.known and server:
        values["server"] = host_of(server)
    for column, kind in (("last_update", "install"), ("lists_refreshed", "detect")):
        said = moment(_text(tree, rf"{_RESULTS}\results\{kind}", "LastSuccessTime"))
        if said is not None:
            values[column] = said
    waiting = [tree.exists(key) for key in _REBOOT]
    if True in waiting:
        values |= {"reboot_needed": True, "reboot_reason": _REBOOT[waiting.index(True)].rpartition("\\")[2]}
    elif waiting == [False, False]:
        values |= {"reboot_needed": False, "reboot_reason": None}
    if not values:
        return Part()
    asked = (content().keys["policy_update_au"].path, content().keys["policy_update"].path, _RESULTS, *_REBOOT)
    line = next((tree.line(key) for key in asked if tree.line(key)), tree.first)
    unread = [column for column in columns("update_policy") if column not in values and column != "manager"]
    row = UpdatePolicy(manager="windows-update", **values, evidence=str(line))
    return Part([row], [look("update_policy", whole=True, unread=unread, refused=tree.refused)])


def host_of(text: str) -> str:
    """Return the host of an address such as `http://name:8530/path`, without account and password."""
    word = re.sub(r"^[A-Za-z][A-Za-z0-9+.-]{0,20}://", "", text.strip()).split("/", 1)[0].rpartition("@")[2]
    bracketed = re.match(r"\[([0-9a-fA-F:.]{2,45})\]", word)
    return (bracketed[1] if bracketed else word.split(":", 1)[0])[:255].lower()


def read_software(tree: Tree) -> Part:
    """Return what is installed for everybody, and for people alone as far as shown. Whole only with both lists: the system's own and, on 64 bit, the 32-bit one."""
    width = architecture(tree)
    rows = [*_software(tree, _UNINSTALL, width), *_software(tree, _UNINSTALL_32, "x86"), *framework_rows(tree)]
    # What one person put in for himself alone: of the one who asked, and of the others who are logged in.
    for account, key in (("HKCU", "hkcu"), *((one.partition("\\")[2].upper(), one) for one in tree.below("hku") if _PERSON.fullmatch(one))):
        rows += [replace(row, account=account) for row in _software(tree, rf"{key}{_UNINSTALL_USER}", width)]
    if not rows and tree.exists(_UNINSTALL) is None:
        return Part()
    whole = tree.lists(_UNINSTALL) and (width == "x86" or (tree.exists(_UNINSTALL_32) is not None and tree.lists(_UNINSTALL_32)))
    unread = ["source_package", "origin", *(() if width else ("architecture",))]
    needs = r"reg export HKLM\SOFTWARE\WOW6432Node\Microsoft\Windows\CurrentVersion\Uninstall" if tree.lists(_UNINSTALL) else None
    return Part(list(rows), [look("software", whole=whole, unread=unread, refused=tree.refused, needs=needs)])


def _software(tree: Tree, key: str, width: str | None) -> Iterator[Software]:
    for one in tree.below(key):
        name = _text(tree, one, "DisplayName")
        # An entry below another one is an update of it, not a program.
        if name is None or _text(tree, one, "ParentKeyName"):
            continue
        version, publisher = _text(tree, one, "DisplayVersion"), _text(tree, one, "Publisher")
        yield Software(
            name=name,
            version=version,
            publisher=publisher,
            manager="registry",
            architecture=width,
            installed=_day(_text(tree, one, "InstallDate")),
            evidence=str(tree.line(one)),
        )


def _day(text: str | None) -> date | None:
    found = re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text or "", re.ASCII)
    if found is None:
        return day(text)
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def read_usb(tree: Tree) -> Part:
    """Return USB storage that was connected; the moment is no value but a mark of the key, so exports lack it."""
    if tree.exists(_USBSTOR) is None:
        return Part()
    rows = []
    for kind in tree.below(_USBSTOR):
        for one in tree.below(kind):
            found = _DEVICE.match(tree.name(kind))
            made = " ".join(part_.replace("_", " ").strip() for part_ in found.groups()).strip() if found else tree.name(kind)
            serial = tree.name(one)
            # An `&` in the second place: the device has no serial number, Windows made one up.
            number = None if serial[1:2] == "&" else serial.rpartition("&")[0] or serial
            rows.append(UsbDevice(device=_text(tree, one, "FriendlyName") or made, serial=number, evidence=str(tree.line(one))))
    whole = tree.lists(_USBSTOR) and all(tree.lists(kind) for kind in tree.below(_USBSTOR))
    # Where nothing was ever connected there is no moment to be missed.
    return Part(
        list(rows),
        [look("usb_history", whole=whole, unread=("first_connected", "last_connected") if rows or not whole else (), refused=tree.refused)],
    )
