from __future__ import annotations

from datetime import datetime

from omamori.model.look import Parsed
from omamori.parse.interface import Context
from omamori.parse.linux.usb import parse
from omamori.parse.sections import write_sections

_BUS = ("bus", b"searched\n", 0)


def _parsed(*sections: tuple[str, bytes, int], privileged: bool = True) -> Parsed:
    now = datetime(2026, 1, 15, 9)
    return parse(write_sections(list(sections)), Context("linux.usb", now, now, privileged=privileged))


def test_a_log_that_goes_over_new_year() -> None:
    text = b"==> /var/log/kern.log 2026\nDec 31 23:00:00 h kernel: usb-storage 1-1:1.0: USB Mass Storage device detected\n"
    (device,) = _parsed(_BUS, ("logs", text, 0)).rows
    assert device.last_connected == datetime(2025, 12, 31, 23)


def test_a_keyboard_is_no_storage() -> None:
    text = b"2026-01-10T00:00:00+0000 h kernel: usb 1-3: New USB device found, idVendor=046d, idProduct=c31c\n"
    assert _parsed(_BUS, ("journal", text, 0)).rows == ()


def test_the_newest_connection_of_one_device_stays() -> None:
    lines = "".join(
        f"2026-01-{day:02}T00:00:00+0900 h kernel: usb 1-2: New USB device found, idVendor=0781, idProduct=5567\n"
        f"2026-01-{day:02}T00:00:00+0900 h kernel: usb 1-2: SerialNumber: S1\n"
        f"2026-01-{day:02}T00:00:01+0900 h kernel: usb-storage 1-2:1.0: USB Mass Storage device detected\n"
        for day in (9, 3)
    )
    (device,) = _parsed(_BUS, ("journal", lines.encode(), 0)).rows
    assert (device.device, device.serial, device.last_connected) == ("0781:5567", "S1", datetime(2026, 1, 8, 15, 0, 1))


def test_how_much_was_seen() -> None:
    assert _parsed(("bus", b"no usb\n", 0)).looks[0].complete
    assert _parsed(_BUS, ("journal", b"searched\n", 0)).looks[0].complete
    assert _parsed(_BUS, ("journal", b"searched\n", 0), privileged=False).looks[0].reason == "needs_administrator"
    assert _parsed(_BUS, ("journal", b"", 127), ("logs", b"", 1)).looks[0].reason == "not_collected"
    assert not _parsed(_BUS, ("logs", b"==> /var/log/kern.log !unreadable\n", 0)).looks[0].complete
