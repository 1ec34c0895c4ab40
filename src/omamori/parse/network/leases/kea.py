"""`kea-leases4.csv` of ISC Kea (memfile backend): columns named in the first line, moments in seconds since 1970; the last line of an address counts."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import timedelta

from omamori.model.sightings import Lease
from omamori.parse.network.leases.part import LeaseFile, LeaseForm, last_word
from omamori.parse.network.values import mac, since_epoch

_BEGIN = "address,hwaddr,client_id,valid_lifetime,expire,"
_NEEDED = ("address", "hwaddr", "valid_lifetime", "expire", "hostname", "state")
_STATES = {"0": "active", "1": "declined", "2": "expired", "3": "released", "4": "registered"}
_KEPT = 10
"""Columns that are stored: `user_context` behind them may hold anything."""


def _recognise(head: str) -> bool:
    return head.startswith(_BEGIN)


def _read(text: str) -> LeaseFile:
    lines = text.split("\n")
    names = lines[0].strip().split(",")
    rows: dict[str, Lease] = {}
    unread: list[int] = []
    if not set(_NEEDED) <= set(names):
        return LeaseFile((), (1,), ended=False)
    for number, line in enumerate(lines[1:], 2):
        if not line.strip() or line.startswith(_BEGIN):
            continue
        values = next(csv.reader([line]), [])
        said = dict(zip(names, values, strict=False))
        row = _lease(said, number) if len(values) > names.index("state") else None
        if row is None:
            unread.append(number)
        else:
            rows.pop(row.address, None)
            if said["valid_lifetime"] != "0":  # A lifetime of 0 takes a lease off the list.
                rows[row.address] = row
    return LeaseFile(last_word(list(rows.values())), tuple(unread), text.endswith("\n"))


def _lease(said: Mapping[str, str], number: int) -> Lease | None:
    ends, life = since_epoch(said["expire"]), said["valid_lifetime"]
    if ends is None or not life.isdecimal() or said["address"].count(".") != 3:
        return None
    # 0xffffffff stands for a lease without end.
    forever = int(life) == 0xFFFFFFFF
    starts = None if forever or int(life) > 10**9 else ends - timedelta(seconds=int(life))
    name = said["hostname"].rstrip(".").split(".")[0] or None
    state = _STATES.get(said["state"], said["state"])
    return Lease(
        address=said["address"], mac=mac(said["hwaddr"]), hostname=name, starts=starts, ends=None if forever else ends, state=state,
        evidence=str(number),
    )  # fmt: skip


def _clean(line: str) -> str:
    return ",".join(line.split(",")[:_KEPT])


FORM = LeaseForm("kea", _recognise, _read, clean=_clean)
