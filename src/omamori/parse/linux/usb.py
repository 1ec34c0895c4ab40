"""USB storage that is connected now or left a trace in the kernel's messages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from omamori.model.host import UsbDevice
from omamori.model.look import Look, Parsed
from omamori.parse.interface import Context, Parser
from omamori.parse.linux.output import answered, number
from omamori.parse.sections import Section, read_sections

TABLES = ("usb_history",)
_ISO = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:[.,]\d+)?([+-]\d\d:?\d\d|Z)?\s+(.*)\Z", re.ASCII)
_OLD = re.compile(r"([A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d)\s+(.*)\Z", re.ASCII)
_FOUND = re.compile(r"usb ([\d.-]+): New USB device found, idVendor=([0-9a-fA-F]{4}), idProduct=([0-9a-fA-F]{4})")
_SAID = re.compile(r"usb ([\d.-]+): (Product|Manufacturer|SerialNumber): (.*)\Z")
_STORAGE = re.compile(r"(?:usb-storage ([\d.-]+):[\d.]+: USB Mass Storage device detected|scsi host\d+: (?:uas|usb-storage) ?([\d.-]*))")
_HEADING = re.compile(r"==> (/\S+)(?: (\d{4}|!unreadable))?")


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the kernel said of a device at a port, so far."""

    ids: str = ""
    product: str = ""
    manufacturer: str = ""
    serial: str | None = None
    line: int = 0


def parse(data: bytes, context: Context) -> Parsed:
    """Return usb_history of one machine."""
    sections = read_sections(data)
    bus = sections.get("bus")
    if bus is None or not answered(bus):
        return Parsed(looks=(Look("usb_history", complete=False, reason="not_collected"),))
    found: dict[tuple[str, str | None], UsbDevice] = {}
    journal, logs = sections.get("journal"), sections.get("logs")
    for section in (journal, logs):
        for device in _messages(section, context) if section else ():
            _newest(found, device)
    for device in _connected(bus, context):
        _newest(found, device)
    rows = tuple(found.values())
    if any(line.strip() == "no usb" for line in bus.lines):
        return Parsed(rows, (Look("usb_history"),))
    unreadable = logs is not None and any(line.endswith(" !unreadable") for line in logs.lines)
    if context.privileged is not True or unreadable:
        return Parsed(rows, (Look("usb_history", complete=False, reason="needs_administrator"),))
    told = (journal is not None and journal.exit_code == 0) or (logs is not None and logs.exit_code == 0)
    return Parsed(rows, (Look("usb_history", complete=told, reason=None if told else "not_collected"),))


def _newest(found: dict[tuple[str, str | None], UsbDevice], device: UsbDevice) -> None:
    key = (device.device, device.serial)
    before = found.get(key)
    if before is None or (device.last_connected or datetime.min) > (before.last_connected or datetime.min):
        found[key] = device


def _messages(section: Section, context: Context) -> Iterator[UsbDevice]:
    """A storage device is told in several lines: found, its names, then that it is storage."""
    ports: dict[str, _Seen] = {}
    last, year = "", context.seen.year
    for number_, line in section.numbered():
        heading = _HEADING.match(line)
        if heading:
            year = number(heading[2], 2100) or context.seen.year
            continue
        when, text = _moment(line, year, context)
        if new := _FOUND.search(text):
            last = new[1]
            ports[last] = _Seen(ids=f"{new[2]}:{new[3]}".lower(), line=number_)
        elif said := _SAID.search(text):
            seen = ports.get(said[1], _Seen(line=number_))
            name = {"Product": "product", "Manufacturer": "manufacturer", "SerialNumber": "serial"}[said[2]]
            ports[said[1]] = replace(seen, **{name: said[3].strip()})  # type: ignore[arg-type]
        elif storage := _STORAGE.search(text):
            seen = ports.get(storage[1] or storage[2] or last, _Seen(line=number_))
            name = " ".join(part for part in (seen.manufacturer, seen.product) if part) or seen.ids or "USB storage"
            yield UsbDevice(device=name, serial=seen.serial, last_connected=when, evidence=str(seen.line))


def _moment(line: str, year: int, context: Context) -> tuple[datetime | None, str]:
    """The time at the beginning of a line, in UTC where the zone is told, and the rest."""
    try:
        if iso := _ISO.match(line):
            zone = (iso[2] or "Z").replace(":", "")
            told = datetime.strptime(iso[1] + ("+0000" if zone == "Z" else zone), "%Y-%m-%dT%H:%M:%S%z")
            return told.replace(tzinfo=None) - (told.utcoffset() or timedelta(0)), iso[3]
        if old := _OLD.match(line):
            told = datetime.strptime(f"{year} {' '.join(old[1].split())}", "%Y %b %d %H:%M:%S")
            # A log file goes over New Year: nothing was written after the look.
            later = told > context.seen + timedelta(days=2) and year > 1
            return (told - timedelta(days=365) if later else told), old[2]
    except (ValueError, OverflowError):
        pass
    return None, line


def _connected(bus: Section, context: Context) -> Iterator[UsbDevice]:
    names: dict[str, dict[str, str]] = {}
    for line_number, line in bus.numbered():
        port, _, rest = line.partition(" ")
        what, _, value = rest.partition(" ")
        if what in ("manufacturer", "product", "serial"):
            names.setdefault(port, {})[what] = value.strip()
        elif rest == "storage now":
            said = names.get(port, {})
            device = " ".join(part for part in (said.get("manufacturer"), said.get("product")) if part) or "USB storage"
            yield UsbDevice(device=device, serial=said.get("serial"), last_connected=context.seen, evidence=str(line_number))


PARSERS = (Parser(kind="linux.usb", tables=TABLES, parse=parse),)
