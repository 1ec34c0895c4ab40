"""YAMAHA routers (RTX, NVR, FWX, SRT, vRX): `show config`, a configuration saved by TFTP or USB, `show environment`.

Members of a bridge have it as their parent. A PP is named `pp1`, the one anybody can dial in to `pp anonymous`, a tunnel `tunnel1`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from types import MappingProxyType

from omamori.model.device import DeviceFact
from omamori.parse.device.dialects.yamaha.filters import read_filters
from omamori.parse.device.dialects.yamaha.nat import read_nat
from omamori.parse.device.dialects.yamaha.places import read_interfaces, read_routes, read_tunnels
from omamori.parse.device.dialects.yamaha.secrets import redact
from omamori.parse.device.dialects.yamaha.services import read_access, read_accounts, read_logs
from omamori.parse.device.dialects.yamaha.statements import Statements
from omamori.parse.device.draft import Draft
from omamori.parse.device.interface import Device, Dialect
from omamori.parse.network.values import mac, moment, month
from omamori.parse.windows.lines import Line

_MODEL = r"(?P<model>(?:RTX?|NVR|FWX|SRT|vRX|RTA?|RTV)[A-Za-z]?\d{0,4}[A-Za-z]{0,3})"
_FIRMWARE = re.compile(
    rf"^\s*#?\s*{_MODEL}\s+Rev\.?\s*(?P<version>\d{{1,3}}\.\d\S{{0,20}})(?:\s*\((?P<built>[^)]{{4,40}})\))?", re.IGNORECASE
)
_BUILT = re.compile(r"[A-Za-z]{3} ([A-Za-z]{3})\s{1,2}(\d{1,2}) [\d:]{8} (\d{4})")
_MACS = re.compile(r"MAC[- ]Address\s?[:=]\s?((?:[0-9a-f]{2}:){5}[0-9a-f]{2}(?:,\s?(?:[0-9a-f]{2}:){5}[0-9a-f]{2}){0,8})", re.IGNORECASE)
_BOOTED = re.compile(r"^(?:起動時刻|Boot time)\s?:\s?(?P<when>\d{4}/\d{2}/\d{2} \d{2}:\d{2}:\d{2})", re.IGNORECASE)
_COMMANDS = tuple(
    re.compile(pattern)
    for pattern in (
        r"^\s*ip (?:lan\d|pp|tunnel|bridge\d|wan\d|vlan\d|loopback\d)\S{0,8} (?:address|secure filter|nat descriptor|mtu|secondary|proxyarp)\b",
        r"^\s*ip route \S{1,50} gateway ",
        r"^\s*ip(?:v6)? filter (?:dynamic )?\d{1,10} ",
        r"^\s*nat descriptor (?:type|address|masquerade|static) ",
        r"^\s*(?:pp|tunnel) (?:select|enable|disable) (?:\d{1,5}|anonymous|all)$",
        r"^\s*ipsec (?:ike (?:pre-shared-key|remote address|local address|keepalive use)|sa policy|tunnel) \d",
        r"^\s*(?:login|administrator) password(?: encrypted)?(?: \S{1,100})?$",
        r"^\s*(?:sshd|telnetd|httpd) (?:service|host) ",
        r"^\s*console (?:character|prompt|lines|columns) ",
        r"^\s*dhcp scope \d{1,5} \d",
        r"^\s*(?:pppoe use|pp always-on|pp auth (?:accept|request|myname|username)) ",
        r"^\s*syslog (?:host \S{1,60}|(?:notice|info|debug) (?:on|off))$",
        r"^\s*(?:l2tp|pptp) service (?:on|off)",
    )
)
"""Commands of this maker and no other; two different ones make a configuration of it."""
_ENOUGH = 2


def _recognise(head: Sequence[str]) -> bool:
    seen: set[int] = set()
    for text in head:
        if len(text) < 400 and (_FIRMWARE.match(text) is not None):
            return True
        seen.update(place for place, pattern in enumerate(_COMMANDS) if place not in seen and pattern.match(text))
        if len(seen) >= _ENOUGH:
            return True
    return False


def _read(lines: Sequence[Line]) -> Device:
    header, hardware = _header(lines)
    kept = [line for line in lines if not _status(line.text)]
    draft = Draft()
    commands = Statements(kept)
    if not any(_COMMAND.match(statement.line.text) for statement in commands.all):
        # A status page: it tells what the device is, and nothing of its configuration.
        told = MappingProxyType(dict.fromkeys(_TABLES, "not_collected"))
        return Device(fact=header, lines=1 if header.version else 0, not_told=told, hardware=hardware)
    whole = header.version is not None
    places = read_interfaces(commands, draft)
    read_routes(commands, draft)
    read_filters(commands, draft)
    read_nat(commands, draft, places.fixed())
    read_tunnels(commands, draft, places)
    read_accounts(commands, draft, whole)
    read_access(commands, draft, whole)
    read_logs(commands, draft)
    routing = next((rest for _, rest in commands.take("ip", "routing", least=1)), ("on",))
    names = [rest[0] for word in ("snmp", "lan-map") for _, rest in commands.take(word, "sysname", least=1)]
    commands.rest(draft)
    not_told = {} if whole else {"device_accounts": "not_collected", "device_access": "not_collected"}
    fact = DeviceFact(
        hostname=names[0][:100] if names else None, model=header.model, version=header.version, firmware_built=header.firmware_built,
        booted=header.booted, forwards=routing[0] != "off", stateful=False, evidence=header.evidence,
    )  # fmt: skip
    return Device(
        fact=fact, rows=tuple(draft.rows), unread=tuple(draft.missed), lines=len(commands.all), not_told=MappingProxyType(not_told), hardware=hardware
    )  # fmt: skip


_COMMAND = re.compile("|".join(f"(?:{pattern.pattern})" for pattern in _COMMANDS))
_TABLES = (
    "device_interfaces", "device_routes", "device_chains", "device_rules", "device_vpns", "device_accounts", "device_access",
    "device_logs", "device_secrets", "device_unread",
)  # fmt: skip
_STATUS = re.compile(
    r"^\s*(?:\S{1,20} BootROM |main:|CPU\s?:|メモリ|Memory|ファームウェア|実行中|起動|現在の時刻|Current time|Boot |Default|デフォルト|セキュリティ|Security Class|"
    r"筐体|Inside Temp|Executing|Running)"
)
"""Lines of `show environment`, and prompts at which the commands were typed."""
_TYPED = re.compile(r"^\s*\S{0,60}[#>]\s?(?:show|console|less|administrator|login|exit|quit|copy|save)\b")


def _status(text: str) -> bool:
    return bool(_STATUS.match(text) or _TYPED.match(text) or _FIRMWARE.match(text))


def _header(lines: Sequence[Line]) -> tuple[DeviceFact, tuple[str, ...]]:
    """Model, firmware, last start and hardware addresses, from the comments above a configuration or from `show environment`."""
    model = version = booted = built = None
    evidence = "1"
    hardware: list[str] = []
    for line in lines:
        if version is None and len(line.text) < 400 and (found := _FIRMWARE.match(line.text)):
            model, version, built, evidence = found["model"], f"Rev.{found['version']}", _built(found["built"]), str(line.number)
        elif booted is None and (found := _BOOTED.match(line.text)):
            booted = moment(found["when"])
        if len(hardware) < 16 and "MAC" in line.text[:400]:
            for listed in _MACS.findall(line.text[:400]):
                hardware += [known for part in listed.split(",") if (known := mac(part))]
    fact = DeviceFact(model=model, version=version, firmware_built=built, booted=booted, evidence=evidence)
    return fact, tuple(dict.fromkeys(hardware))


def _built(text: str | None) -> date | None:
    found = _BUILT.search(text or "")
    number = month(found[1]) if found else None
    if found is None or number is None:
        return None
    try:
        return datetime(int(found[3]), number, int(found[2])).date()
    except ValueError:
        return None


DIALECT = Dialect(
    system="yamaha-rtx",
    name="YAMAHA RTX / NVR",
    recognise=_recognise,
    read=_read,
    redact=redact,
    documents=(
        "YAMAHA, Command Reference for RTX5000, RTX3510, RTX3500, RTX1300, RTX1220, RTX1210, RTX840, RTX830 and vRX: chapters 4, 8, 11, 14-17, 21, 23, 33",
        "Order of translation and filters, and of dynamic and static filters: published explanations by users, which agree with the examples",
    ),
)
