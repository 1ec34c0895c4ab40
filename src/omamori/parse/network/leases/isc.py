"""`dhcpd.leases` of ISC dhcpd (dhcpd.leases(5)): blocks in the order they were written, times in UTC; the last block of an address counts."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from omamori.model.sightings import Lease
from omamori.parse.network.leases.part import LeaseFile, LeaseForm, last_word
from omamori.parse.network.values import IPV4, mac, moment, since_epoch

_BEGIN = re.compile(rf"^lease (?P<ip>{IPV4}) \{{\s*$")
_HEAD = re.compile(rf"^lease {IPV4} \{{[ \t]*\r?$", re.MULTILINE)
_TIME = re.compile(r"^\s+(?P<what>starts|ends) (?:never|\d (?P<day>\d{4}/\d{2}/\d{2} \d{2}:\d{2}:\d{2})|epoch (?P<epoch>\d{1,12}))\b")
_STATE = re.compile(r"^\s+binding state (?P<state>[a-z]{3,20});")
_HARDWARE = re.compile(r"^\s+hardware ethernet (?P<mac>[0-9a-fA-F:]{11,17});")
_HOST = re.compile(r"^\s+client-hostname \"(?P<name>(?:[^\"\\]|\\.){1,63})\";")


def _recognise(head: str) -> bool:
    return _HEAD.search(head) is not None and ("binding state" in head or "hardware ethernet" in head)


def _read(text: str) -> LeaseFile:
    rows: list[Lease] = []
    said: dict[str, Any] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if found := _BEGIN.match(line):
            said = {"address": found["ip"], "evidence": str(number)}
        elif not said:
            continue
        elif line.startswith("}"):
            rows.append(Lease(**said))
            said = {}
        elif found := _TIME.match(line):
            said[found["what"]] = _moment(found["day"], found["epoch"])
        elif found := _STATE.match(line):
            said["state"] = found["state"]
        elif found := _HARDWARE.match(line):
            said["mac"] = mac(found["mac"])
        elif found := _HOST.match(line):
            said["hostname"] = re.sub(r"\\(.)", r"\1", found["name"])
    return LeaseFile(last_word(rows), (), not said and text.endswith("\n"))


def _moment(day: str | None, epoch: str | None) -> datetime | None:
    return moment(day) if day else since_epoch(epoch)


FORM = LeaseForm("isc-dhcpd", _recognise, _read)
