"""Registry exports of an invented Windows PC, as `reg export` writes them: UTF-16 with a mark, CR LF, bytes broken at 80 columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

SERVICES = r"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services"
UNINSTALL = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall"
UNINSTALL_32 = r"HKEY_LOCAL_MACHINE\SOFTWARE\WOW6432Node\Microsoft\Windows\CurrentVersion\Uninstall"
FIREWALL = rf"{SERVICES}\SharedAccess\Parameters\FirewallPolicy"
_USBSTOR = r"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Enum\USBSTOR"
_COLUMNS = 78
_NAMES = (
    "AudioSrv BFE BITS BrokerInfrastructure CertPropSvc CryptSvc DcomLaunch Dhcp Dnscache DPS EventLog EventSystem gpsvc IKEEXT iphlpsvc KeyIso "
    "LanmanServer LanmanWorkstation lmhosts MpsSvc MSDTC Netlogon netprofm NlaSvc nsi PlugPlay PolicyAgent Power ProfSvc RasMan "
    "RemoteRegistry RpcEptMapper RpcSs SamSs Schedule SecurityHealthService SENS SessionEnv SharedAccess ShellHWDetection SNMP Spooler "
    "SSDPSRV SysMain TermService Themes TokenBroker TrkWks UmRdpService upnphost VSS W32Time WinDefend Winmgmt WinRM WlanSvc WSearch wuauserv"
)
_WELL_KNOWN = _NAMES.split()
_MAKERS = ("サンプル医療情報", "サンプル電機", "Example Imaging", "Beispiel Medizin", "Sample Systems", "例示計測")
_THINGS = (
    "電子カルテ",
    "画像ビューア",
    "検体検査",
    "Viewer",
    "Client",
    "Driver",
    "Report Server",
    "輸血管理",
    "Backup Agent",
    "Print Utility",
)
Key = tuple[str, Sequence[tuple[str, str]]]


def service_names(random: Random, count: int = 250) -> list[str]:
    """Return names of services: those of every Windows and some of invented makers."""
    own = [f"{random.choice(('Ex', 'Smp', 'Med', 'Rei', 'Agt'))}{random.getrandbits(28):07x}Svc" for _ in range(count)]
    return sorted({*_WELL_KNOWN, *own[: count - len(_WELL_KNOWN)]}, key=str.lower)


def export(keys: Sequence[Key]) -> bytes:
    """Return a whole export file; the first key is the one that was exported."""
    lines = ["Windows Registry Editor Version 5.00", ""]
    for key, values in keys:
        lines.append(f"[{key}]")
        lines += [_line(name, data) for name, data in values]
        lines.append("")
    return b"\xff\xfe" + ("\r\n".join(lines) + "\r\n").encode("utf-16-le")


def services(random: Random, names: Sequence[str], characters: int) -> list[Key]:
    """Return the key Services with drivers and services, filled up with bytes to about `characters` of text."""
    drivers = [f"drv{random.getrandbits(32):08x}" for _ in range(max(0, min(600, characters // 2300) - len(names)))]
    spare = max(0, characters // 600 - 2300)
    found: list[Key] = [(SERVICES, ())]
    for name in sorted([*names, *drivers], key=str.lower):
        found += _service(random, name, driver=name.startswith("drv"), spare=spare)
    return found


def _service(random: Random, name: str, *, driver: bool, spare: int) -> Iterator[Key]:
    key = rf"{SERVICES}\{name}"
    path = rf"\SystemRoot\System32\drivers\{name}.sys" if driver else _program(random, name)
    values = [
        ("DisplayName", _text(f"{random.choice(_MAKERS)} {random.choice(_THINGS)} {name}")),
        ("ErrorControl", "dword:00000001"),
        ("ImagePath", _wide(2, path)),
        ("Start", f"dword:{random.choice((2, 3, 3, 4)) if not driver else random.choice((0, 1, 3)):08x}"),
        ("Type", f"dword:{1 if driver else random.choice((16, 32)):08x}"),
        ("Description", _text(f"@%systemroot%\\system32\\{name}.dll,-{random.randrange(100, 200)}")),
    ]
    if not driver:
        account = random.choice(("LocalSystem", "NT AUTHORITY\\LocalService", "NT AUTHORITY\\NetworkService"))
        values += [
            ("ObjectName", _text(account)),
            ("DependOnService", _wide(7, "RpcSs\0Winmgmt\0")),
            ("RequiredPrivileges", _wide(7, "SeChangeNotifyPrivilege\0SeImpersonatePrivilege\0SeAuditPrivilege\0")),
            ("FailureActions", _hex(3, bytes(12) + random.randbytes(32))),
        ]
    yield key, values
    yield (
        rf"{key}\Parameters",
        [("ServiceDll", _wide(2, rf"%SystemRoot%\System32\{name}.dll")), ("ServiceDllUnloadOnStop", "dword:00000001")],
    )
    yield rf"{key}\Security", [("Security", _hex(3, b"\x01\x00\x14\x80" + random.randbytes(160)))]
    if not driver:
        yield rf"{key}\TriggerInfo", ()
        yield (
            rf"{key}\TriggerInfo\0",
            [("Type", "dword:00000006"), ("GUID", _hex(3, random.randbytes(16))), ("Data0", _hex(3, random.randbytes(64)))],
        )
    if spare:
        # Three letters of text for every byte.
        for number in range(random.randrange(1, 4)):
            yield rf"{key}\Enum{number}", [("Configuration", _hex(3, random.randbytes(spare // 6))), ("Count", "dword:00000001")]


def firewall(random: Random, count: int) -> list[Key]:
    """Return the key FirewallRules with `count` rules."""
    rules = []
    for number in range(count):
        protocol = random.choice((6, 6, 17))
        profile = random.choice(("", "Profile=Domain|", "Profile=Private|Profile=Domain|", "Profile=Public|"))
        port = f"LPort={random.choice((135, 139, 445, 3389, 5985, random.randrange(1024, 65000)))}|" if random.random() < 0.7 else ""
        source = f"RA4=10.{random.randrange(1, 250)}.0.0/255.255.0.0|" if random.random() < 0.4 else random.choice(("", "RA4=LocalSubnet|"))
        text = (
            f"v2.31|Action={random.choice(('Allow', 'Allow', 'Allow', 'Block'))}|Active={random.choice(('TRUE', 'TRUE', 'FALSE'))}"
            f"|Dir={random.choice(('In', 'In', 'Out'))}|Protocol={protocol}|{profile}{port}{source}"
            rf"App={_program(random, f'app{number:03d}')}|Name={random.choice(_THINGS)} {number}|Desc={random.choice(_MAKERS)} {random.getrandbits(40):x}|"
        )
        rules.append((f"{{{random.getrandbits(128):032X}}}", _text(text)))
    return [(rf"{FIREWALL}\FirewallRules", rules)]


def uninstall(random: Random, key: str, count: int) -> list[Key]:
    """Return a key Uninstall with `count` programs."""
    found: list[Key] = [(key, ())]
    for number in range(count):
        maker, thing = random.choice(_MAKERS), random.choice(_THINGS)
        version = f"{random.randrange(1, 20)}.{random.randrange(10)}.{random.randrange(10_000)}"
        values = [
            ("DisplayName", _text(f"{maker} {thing} {number}")),
            ("DisplayVersion", _text(version)),
            ("Publisher", _text(maker)),
            ("InstallDate", _text(f"20{random.randrange(17, 26)}{random.randrange(1, 13):02d}{random.randrange(1, 29):02d}")),
            ("InstallLocation", _text(rf"C:\Program Files\{maker}\{thing}")),
            ("UninstallString", _wide(2, rf"MsiExec.exe /X{{{random.getrandbits(128):032X}}}")),
            ("EstimatedSize", f"dword:{random.getrandbits(24):08x}"),
            ("WindowsInstaller", "dword:00000001"),
        ]
        found.append((rf"{key}\{{{random.getrandbits(128):032X}}}", values))
    return found


def usb_history(random: Random, count: int) -> list[Key]:
    """Return the USB sticks the machine has seen."""
    found: list[Key] = [(_USBSTOR, ())]
    for number in range(count):
        disk = rf"{_USBSTOR}\Disk&Ven_Sample&Prod_Stick{number}&Rev_1.00"
        found += [(disk, ()), (rf"{disk}\{random.getrandbits(48):012X}&0", [("FriendlyName", _text(f"Sample Stick {number} USB Device"))])]
    return found


def _program(random: Random, name: str) -> str:
    if random.random() < 0.5:
        return rf"%SystemRoot%\system32\svchost.exe -k netsvcs -s {name}"
    return rf"C:\Program Files\{random.choice(_MAKERS)}\{name}.exe"


def _text(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _wide(kind: int, text: str) -> str:
    return _hex(kind, f"{text}\0".encode("utf-16-le"))


def _hex(kind: int, data: bytes) -> str:
    return f"hex{'' if kind == 3 else f'({kind})'}:{data.hex(',')}"


def _line(name: str, data: str) -> str:
    """One value; bytes go on in the next line behind a backslash."""
    head = f'"{name}"='
    if not data.startswith("hex") or len(head) + len(data) <= _COLUMNS:
        return head + data
    start, _, digits = data.partition(":")
    head = f"{head}{start}:"
    first = max(1, (_COLUMNS - len(head)) // 3) * 3
    lines = [head + digits[:first]] + [f"  {digits[at : at + 75]}" for at in range(first, len(digits), 75)]
    return "\\\r\n".join(lines)
