"""`setupapi.dev.log`, or lines of it that `findstr` found: when a USB storage device was set up for the first time."""

from __future__ import annotations

import re
from datetime import datetime

from omamori.model.host import UsbDevice
from omamori.model.look import Look, Parsed, Problem
from omamori.parse.interface import Context
from omamori.parse.windows.form import Form, Piece
from omamori.parse.windows.values import moment

_DEVICE = re.compile(
    r">>>\s{1,4}\[.{1,80}?USBSTOR\\(?:disk|cdrom|sfloppy|other)&ven_([^&\\]{0,60})&prod_([^&\\]{0,80})(?:&rev_[^\\]{0,40})?\\([^\]\\]{1,200})\]\s*$",
    re.IGNORECASE,
)
_SECTION = re.compile(r">>>\s{1,4}\[")
_START = re.compile(r">>>\s{1,4}Section start (\d{4}/\d{1,2}/\d{1,2} \d{1,2}:\d{2}:\d{2})")
_MOST = 10_000


def read(piece: Piece, context: Context) -> Parsed:
    """Return the devices with the moment of their first setup. Old logs are put away, so the list is never whole."""
    rows: dict[str, UsbDevice] = {}
    problems: list[Problem] = []
    open_row: UsbDevice | None = None
    for line in piece.lines:
        found, start = _DEVICE.match(line.text), _START.match(line.text)
        if found:
            open_row = _device(found[1], found[2], found[3], str(line.number))
        elif _SECTION.match(line.text):
            open_row = None
        elif start and open_row is not None:
            _keep(rows, open_row, moment(start[1]))
            open_row = None
    if not rows:
        first = piece.lines[0].number if piece.lines else 0
        problems.append(Problem(first, "devices below USBSTOR with `Section start`", "USBSTOR のデバイスと Section start の行"))
    look = Look(
        "usb_history", complete=False, missing=("device", "last_connected"), reason="not_understood" if problems else "not_collected"
    )
    return Parsed(rows=tuple(rows.values()), looks=(look,), problems=tuple(problems))


def _device(vendor: str, product: str, instance: str, evidence: str) -> UsbDevice | None:
    """The device with its serial number; without one (Windows made it up: `&` in the second place) it cannot be told from others."""
    if instance[1:2] == "&":
        return None
    name = " ".join(part.replace("_", " ").strip() for part in (vendor, product)).strip()
    return UsbDevice(device=name, serial=instance.rpartition("&")[0] or instance, evidence=evidence)


def _keep(rows: dict[str, UsbDevice], row: UsbDevice, seen: datetime | None) -> None:
    """The first setup counts: the same device is set up again at another port."""
    key = (row.serial or "").casefold()
    before = rows.get(key)
    if seen is None or len(rows) >= _MOST or (before is not None and before.first_connected is not None and before.first_connected <= seen):
        return
    rows[key] = UsbDevice(device=row.device, serial=row.serial, first_connected=seen, evidence=row.evidence)


FORMS = (
    Form(
        name="setupapi",
        command="findstr setupapi.dev.log",
        tables=("usb_history",),
        read=read,
        heading=_DEVICE,
        again=_DEVICE,
        source="Microsoft Learn, SetupAPI text logs; USB device registry entries (instance IDs)",
    ),
)
