"""What the kit's PowerShell part gets on an invented Windows machine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, time
from ipaddress import ip_address

from hospitals_windows_machine import WindowsMachine
from hospitals_windows_upkeep import LOGS

_FLAGS = {"disabled": 2, "no-password": 0x20, "never-expires": 0x10000, "no-preauth": 0x400000, "trusted": 0x80000, "reversible": 0x80}
_GROUPS = ("Domain Admins", "Domain Users", "Enterprise Admins", "Domain Computers", "PC-Kanri")
_NEVER = "9223372036854775807"


def csv(names: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a list as ConvertTo-Csv writes it; nothing at all where there are no rows."""
    return "".join(",".join('"' + str(value).replace('"', '""') + '"' for value in row) + "\n" for row in (names, *rows)) if rows else ""


def _listed(rows: Sequence[Mapping[str, object]]) -> str:
    """Return objects as Format-List writes them."""
    if not rows:
        return ""
    wide = max(len(name) for row in rows for name in row)
    blocks = ["\n".join(f"{name:<{wide}} : {value}" for name, value in row.items()) for row in rows]
    return "\n\n" + "\n\n".join(blocks) + "\n\n\n"


def _flags(words: Sequence[str]) -> int:
    return 0x200 | sum(_FLAGS[word] for word in words)


def _administrators(m: WindowsMachine) -> set[str]:
    return {one.rpartition("\\")[2] for one in m.said["groups"]["Administrators"]}


def _local_users(m: WindowsMachine) -> str:
    admins = _administrators(m)
    rows = []
    for one in m.accounts:
        age = int((m.local - one["set"]).total_seconds()) if one.get("set") else 0
        last = f"{one['last']:%Y-%m-%dT%H:%M:%S}" if one.get("last") else ""
        rows.append((one["name"], f"{m.domain_sid}-{one['id']}", _flags(one["flags"]) | 1, age, last, one["name"] in admins))
    return csv(("Name", "SID", "UserFlags", "PasswordAge", "LastLogin", "Administrator"), rows)


def _wmi_users(m: WindowsMachine) -> str:
    if m.kind == "dc":
        return ""
    names = ("Name", "SID", "Disabled", "Lockout", "PasswordRequired", "PasswordExpires", "PasswordChangeable", "LocalAccount")
    rows = []
    for one in m.accounts:
        flags = one["flags"]
        said = ("disabled" in flags, False, "no-password" not in flags, "never-expires" not in flags, True, True)
        rows.append((one["name"], f"{m.domain_sid}-{one['id']}", *said))
    return csv(names, rows)


def _groups(m: WindowsMachine) -> str:
    if m.kind == "dc":
        return ""
    rows = []
    for group, members in m.said["groups"].items():
        for member in members:
            domain, _, name = member.rpartition("\\")
            kind = "Win32_Group" if name in _GROUPS else "Win32_UserAccount"
            rows.append(
                {
                    "GroupComponent": rf'\\{m.host}\root\cimv2:Win32_Group.Domain="{m.host}",Name="{group}"',
                    "PartComponent": rf'\\{m.host}\root\cimv2:{kind}.Domain="{domain or m.host}",Name="{name}"',
                }
            )
    return _listed(rows)


def _computer(m: WindowsMachine) -> str:
    role = {"client": 0, "server": 2, "dc": 4}[m.kind] + (1 if m.domain else 0)
    where = m.domain or "WORKGROUP"
    return _listed(
        [
            {
                "Name": m.host,
                "Domain": where,
                "PartOfDomain": bool(m.domain),
                "DomainRole": role,
                "Manufacturer": m.said["made"][0],
                "Model": m.said["made"][1],
            }
        ]
    )


def _os(m: WindowsMachine) -> str:
    booted = f"{m.said['booted']:%Y%m%d%H%M%S}.500000+540"
    kind = {"client": 1, "dc": 2, "server": 3}[m.kind]
    values = {"Caption": f"Microsoft {m.system['name']}", "Version": m.system["version"], "BuildNumber": m.build}
    return _listed([{**values, "OSArchitecture": m.say("64 ビット", "64-bit"), "LastBootUpTime": booted, "ProductType": kind}])


def _services(m: WindowsMachine) -> str:
    starts = {"automatic": "Auto", "manual": "Manual", "disabled": "Disabled"}
    rows = [(one.name, one.title, "Running" if one.pid else "Stopped", starts[one.start], one.account, one.program) for one in m.services]
    return csv(("Name", "DisplayName", "State", "StartMode", "StartName", "PathName"), rows)


def _patches(m: WindowsMachine) -> str:
    return _listed(
        [
            {"Description": "Security Update", "HotFixID": patch, "InstalledOn": m.day(datetime.combine(day, time()))}
            for patch, day in m.said["patches"].items()
        ]
    )


def _oldest(m: WindowsMachine) -> str:
    rows = [(log, m.said["log_since"].isoformat()) for log in LOGS]
    return csv(("LogName", "OldestEvent"), rows)


def _volumes(m: WindowsMachine) -> str:
    return _listed([{"DriveLetter": "C:", "ProtectionStatus": int(m.said.get("encrypted", False))}])


def _guard(m: WindowsMachine) -> str:
    guards = "{1, 2}" if m.said["manner"] == "kept" else "{0}"
    row = {"CodeIntegrityPolicyEnforcementStatus": 2, "UsermodeCodeIntegrityPolicyEnforcementStatus": 0, "SecurityServicesRunning": guards}
    return _listed([row]) if m.build > 10000 else ""


def _antivirus(m: WindowsMachine) -> str:
    rows = m.said.get("antivirus", [["Windows Defender", 397568]])
    return _listed([{"displayName": name, "productState": state, "pathToSignedProductExe": "windowsdefender://"} for name, state in rows])


def _defender(m: WindowsMachine) -> str:
    said = m.said.get("defender")
    if said is None:
        return ""
    updated = datetime.fromisoformat(str(said["updated"]))
    on = said.get("runs", True)
    return _listed(
        [
            {
                "AMServiceEnabled": on,
                "AMRunningMode": "Normal" if on else "Not running",
                "AntivirusEnabled": on,
                "RealTimeProtectionEnabled": said.get("real_time", on),
                "BehaviorMonitorEnabled": said.get("behaviour", on),
                "IsTamperProtected": said.get("tamper", on),
                "AntivirusSignatureAge": (m.local - updated).days,
                "AntivirusSignatureLastUpdated": f"{updated:%Y%m%d%H%M%S}.000000+000",
                "AntivirusSignatureVersion": said["signatures"],
            }
        ]
    )


def _roles(m: WindowsMachine) -> str:
    names = ("DisplayName", "Name", "InstallState", "Installed", "FeatureType")
    listed = {**dict.fromkeys(m.catalogue["features"], False), **dict.fromkeys(m.said["roles"], True)}
    return csv(names, [(name, name, "Installed" if on else "Available", on, "Role") for name, on in listed.items()])


def _filetime(moment: datetime | None) -> str:
    """A moment of the machine's clock as the directory keeps it: 100 ns since 1601, UTC."""
    if moment is None:
        return ""
    seconds = int((moment.replace(tzinfo=UTC) - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) - 9 * 3600
    return f"{seconds}0000000"


_USER_ENDS = ("AdminCount", "LockoutTime", "AccountExpires", "ServiceNames")
_COMPUTER_ENDS = ("PwdLastSet", "LastLogonTimestamp", "WhenCreated")


def _domain_users(m: WindowsMachine) -> str:
    names = ("SamAccountName", "ObjectSid", "UserAccountControl", "PwdLastSet", "LastLogonTimestamp", *_USER_ENDS)
    rows = [
        (
            one["name"],
            f"{m.domain_sid}-{one['id']}",
            _flags(one["flags"]),
            _filetime(one.get("set")) or "0",
            _filetime(one.get("last")),
            "1" if one.get("privileged") else "",
            "0",
            _NEVER,
            one.get("services", 0),
        )
        for one in m.accounts
    ]
    return csv(names, rows)


def _domain_computers(m: WindowsMachine) -> str:
    names = ("SamAccountName", "DnsHostName", "OperatingSystem", "OperatingSystemVersion", "UserAccountControl", *_COMPUTER_ENDS)
    rows = []
    for host, said in m.said["computers"].items():
        system = m.catalogue["systems"][said["system"]]
        number, _, build = system["version"].rpartition(".")
        flags = {"dc": 532480, "trusted": 528384}.get(said.get("as", ""), 4096)
        seen = _filetime(said["seen"])
        rows.append(
            (f"{host}$", f"{host.lower()}.{m.domain}", system["name"], f"{number} ({build})", flags, seen, seen, "2024-04-01T09:00:00")
        )
    return csv(names, rows)


def _domain_groups(m: WindowsMachine) -> str:
    numbers = {one["name"]: one["id"] for one in m.accounts} | {"Domain Admins": 512, "Enterprise Admins": 519, "Domain Users": 513}
    rows = [
        (sid if sid.startswith("S-") else f"{m.domain_sid}-{sid}", group, member, f"{m.domain_sid}-{numbers[member]}")
        for sid, (group, members) in m.said["domain_groups"].items()
        for member in members
    ]
    return csv(("GroupSid", "GroupName", "Member", "MemberSid"), rows)


_LOOPBACK = "Loopback Pseudo-Interface 1"
_ON_LINK = "0.0.0.0"  # noqa: S104 - printed, not bound


def _routes(m: WindowsMachine) -> str:
    rows: list[tuple[object, ...]] = []
    for link in m.links if m.build >= _NETWORK_CLASSES else ():
        own, net = m.network(link).ip, m.network(link).network
        rows += [(link["name"], where, _ON_LINK, 256) for where in (net, f"{own}/32", f"{net.broadcast_address}/32", "224.0.0.0/4")]
        rows += [(link["name"], "0.0.0.0/0", link["gateway"], 256)] if "gateway" in link else []
    rows += [(_LOOPBACK, "127.0.0.0/8", _ON_LINK, 256), (_LOOPBACK, "::1/128", "::", 256)] if rows else []
    return csv(("InterfaceAlias", "DestinationPrefix", "NextHop", "RouteMetric"), rows)


def _neighbours(m: WindowsMachine) -> str:
    rows: list[tuple[object, ...]] = []
    for link in m.links if m.build >= _NETWORK_CLASSES else ():
        rows += [(link["name"], "ff02::16", "33-33-00-00-00-16", 6), (link["name"], "224.0.0.22", "01-00-5E-00-00-16", 6)]
        rows += [
            (link["name"], address, mac.upper(), 5)
            for address, mac in m.said.get("neighbours", {}).items()
            if ip_address(address) in m.network(link).network
        ]
    return csv(("InterfaceAlias", "IPAddress", "LinkLayerAddress", "State"), rows)


_NETWORK_CLASSES = 9200
"""Windows 8 and Server 2012 have these classes first."""

POWERSHELL: Mapping[str, Callable[[WindowsMachine], str]] = {
    "localuser.txt": lambda m: _local_users(m) if m.kind != "dc" else "",
    "userwmi.txt": _wmi_users,
    "groupwmi.txt": _groups,
    "computer.txt": _computer,
    "os.txt": _os,
    "svcwmi.txt": _services,
    "patchwmi.txt": _patches,
    "oldest.txt": _oldest,
    "bitvol.txt": _volumes,
    "guard.txt": _guard,
    "routewmi.txt": _routes,
    "neighwmi.txt": _neighbours,
    "fwproduct.txt": lambda m: "",
    "avwmi.txt": _antivirus,
    "defwmi.txt": _defender,
    "roleswmi.txt": _roles,
    "domusers.txt": _domain_users,
    "dompcs.txt": _domain_computers,
    "domgroups.txt": _domain_groups,
}
"""By the name of the section; what is not here, the machine does not answer."""
