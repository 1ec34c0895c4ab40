"""Whether a machine is at another address, in another zone or at another port of a switch than before. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from omamori.analyze.changes.picture import Machine, Picture, Place

Move = tuple[str, dict[str, Any]]
"""The kind of change, and what is told of it."""


def moved(was: Machine, now: Machine, before: Picture, after: Picture) -> Iterator[Move]:
    """Yield the moves of one machine: its address (with its zone, where that is another), and its switch port."""
    yield from _own_addresses(was, now, after) or _seen_addresses(was, now, before, after)
    old, new = was.switch_port, now.switch_port
    if old is None or new is None or (old.switch, old.port) == (new.switch, new.port):
        return
    both_read = {old.switch, new.switch} <= before.tabled & after.tabled
    if both_read and old.sign.seen is not None and new.sign.seen is not None and old.sign.seen < new.sign.seen:
        yield (
            "switch_port",
            {
                "before": f"{old.switch} {old.port}",
                "after": f"{new.switch} {new.port}",
                "evidence_before": old.sign.where,
                "evidence_after": new.sign.where,
            },
        )


def _own_addresses(was: Machine, now: Machine, after: Picture) -> list[Move]:
    """Return the move a machine tells of itself; empty when it told not everything both times, or nothing changed."""
    old, new = was.own, now.own
    if not old.addresses or not new.addresses or old.sign.seen is None or new.sign.seen is None or new.sign.seen <= old.sign.seen:
        return []
    return _told(old.addresses, new.addresses, after)


def _seen_addresses(was: Machine, now: Machine, before: Picture, after: Picture) -> list[Move]:
    """Return the move scans tell: it answers elsewhere since it was scanned last, and not any more where it did."""
    scanned = was.last_scanned
    if scanned is None:
        return []
    there = tuple(_current(was, before)) or tuple(place for place in was.places.values() if place.seen == scanned)
    old = {place.address: place.where for place in there}
    # What a scan of an earlier day brought in late is no move.
    new = {place.address: place.where for place in _current(now, after) if place.address in old or (place.seen and place.seen > scanned)}
    left = {address: where for address, where in old.items() if address not in new}
    silent = all((run := after.asked(address)) is not None and run.began > scanned for address in left)
    return _told(old, new, after) if new and left and silent else []


def _current(machine: Machine, picture: Picture) -> Iterator[Place]:
    """Yield the places of a machine where it was not looked for in vain later."""
    for address in sorted(machine.places):
        place, run = machine.places[address], picture.asked(address)
        if run is None or (place.seen is not None and place.seen >= run.began):
            yield place


def _told(old: Mapping[str, str], new: Mapping[str, str], after: Picture) -> list[Move]:
    left, came = sorted(old.keys() - new.keys()), sorted(new.keys() - old.keys())
    if not came:
        return []
    zones = {zone for address in left if (zone := after.zone_of(address))}, {zone for address in came if (zone := after.zone_of(address))}
    kind = "zone" if zones[0] and zones[1] and not zones[0] & zones[1] else "address"
    words = [
        " ".join(addresses) + (f" ({' '.join(sorted(zone))})" if kind == "zone" else "")
        for addresses, zone in ((left, zones[0]), (came, zones[1]))
    ]
    told = {
        "before": words[0] if left else "",
        "after": words[1],
        "evidence_before": old[left[0]] if left else next(iter(old.values())),
        "evidence_after": new[came[0]],
    }
    return [(kind, told)]
