"""The audit log of Windows' DHCP server (`DhcpSrvLog-Mon.log`): what happened to leases in one day. It also names users, who are not stored.

Microsoft: ID 10 a new lease, 11 renewed, 12 released, 16 deleted, 17 expired, 20 and 21 BOOTP; dates are month/day/year, local time.
"""

from __future__ import annotations

import re
from datetime import datetime

from omamori.model.sightings import Lease
from omamori.parse.network.leases.part import LeaseFile, LeaseForm, last_word
from omamori.parse.network.values import IPV4, mac

_HEADING = re.compile(r"^ID,Date,Time,Description,IP Address,Host Name,MAC Address", re.MULTILINE)
_LOCAL = re.compile(r"^ID,[^,\r\n]{1,20},[^,\r\n]{1,20},[^,\r\n]{1,20},IP [^,\r\n]{1,20},[^,\r\n]{1,20},MAC [^,\r\n]{1,20}", re.MULTILINE)
_EVENT = re.compile(
    rf"^(?P<id>\d{{2}}),(?P<month>\d{{2}})/(?P<day>\d{{2}})/(?P<year>\d{{2}}),(?P<time>\d{{2}}:\d{{2}}:\d{{2}}),[^,]{{0,80}},(?P<ip>{IPV4}),(?P<name>[^,]{{0,255}}),(?P<mac>[0-9A-Fa-f]{{12}})?(?:,|\s*$)"
)
_STATES = {
    "10": "active",
    "11": "active",
    "12": "released",
    "16": "deleted",
    "17": "expired",
    "18": "expired",
    "20": "active",
    "21": "active",
}
_KEPT = 7


def _recognise(head: str) -> bool:
    return _HEADING.search(head) is not None or (_LOCAL.search(head) is not None and "DHCP" in head)


def _read(text: str) -> LeaseFile:
    rows: list[Lease] = []
    for number, line in enumerate(text.split("\n"), 1):
        found = _EVENT.match(line)
        if found is None or found["id"] not in _STATES:
            continue
        state = _STATES[found["id"]]
        when = _moment(found)
        rows.append(
            Lease(
                address=found["ip"], mac=mac(found["mac"]), hostname=found["name"].split(".")[0] or None,
                starts=when if state == "active" else None, ends=None if state == "active" else when, state=state, evidence=str(number),
            )
        )  # fmt: skip
    return LeaseFile(last_word(rows), (), ended=True)


def _moment(found: re.Match[str]) -> datetime | None:
    hour, minute, second = (int(part) for part in found["time"].split(":"))
    try:
        return datetime(2000 + int(found["year"]), int(found["month"]), int(found["day"]), hour, minute, second)
    except ValueError:
        return None


def _clean(line: str) -> str:
    parts = line.rstrip("\r").split(",")
    return ",".join(parts[:_KEPT]) if len(parts) > _KEPT else line


FORM = LeaseForm("windows-audit-log", _recognise, _read, whole=False, clean=_clean)
