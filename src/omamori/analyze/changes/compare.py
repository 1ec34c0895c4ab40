"""What changed on the network between two pictures of it. Pure; told by machine, not by address.

A change is told only where both sides can tell: what was not asked is not closed, who did not answer is not gone, what a scan of
another day brought in late is no news. Where both cannot tell, that is told instead.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from omamori.analyze.addresses import parse_address
from omamori.analyze.changes.address_set import network_of
from omamori.analyze.changes.follow import Followed, follow
from omamori.analyze.changes.kinds import UNTOLD, NetworkChange, NetworkChanges, Uncompared
from omamori.analyze.changes.moves import moved
from omamori.analyze.changes.picture import Machine, Picture, Run, together
from omamori.analyze.changes.ports import PortComparison, compare_ports
from omamori.analyze.changes.runs import newest


def compare_pictures(before: Picture, after: Picture) -> NetworkChanges:
    """Return what changed from `before` to `after`, in the order it is told; the order of anything in them makes no difference."""
    followed = follow(before.identity, after.identity, before.machines, after.machines)
    aside: dict[str, set[str]] = defaultdict(set)
    changes = [
        *_known_ones(before, after, followed, aside),
        *_new_ones(before, after, followed, aside),
        *_conflicts(before, after, followed),
    ]
    # A machine that two earlier ones became would tell the same thing twice.
    told = {change.key: change for change in reversed(changes)}
    scanned = newest(before.runs), newest(after.runs)
    reasons = _nothing_to_compare(scanned) or [
        Uncompared(reason.code, tuple(sorted(aside[reason.code]))) for reason in UNTOLD if aside[reason.code]
    ]
    return NetworkChanges(before.moment, after.moment, tuple(told[key] for key in sorted(told)), tuple(reasons), *scanned)


def _nothing_to_compare(scanned: tuple[datetime | None, datetime | None]) -> list[Uncompared]:
    was, now = scanned
    if now is None:
        return [Uncompared("no_scan")]
    if was is None:
        return [Uncompared("no_earlier_scan")]
    return [Uncompared("no_new_scan")] if now <= was else []


def _known_ones(before: Picture, after: Picture, followed: Followed, aside: Mapping[str, set[str]]) -> Iterator[NetworkChange]:
    runs = {run.name: run for run in before.runs}, {run.name: run for run in after.runs}
    for present, names in followed.was.items():
        earlier, now = [before.machines[name] for name in names], after.machines[present]
        was = together(earlier)
        if now.places:
            yield from _presence(was, now, before, after, aside)
        yield from _names(earlier, now)
        yield from (_change(kind, now, **told) for kind, told in moved(was, now, before, after))
        yield from _ports(now, compare_ports(was, now, *runs), aside)


def _presence(was: Machine, now: Machine, before: Picture, after: Picture, aside: Mapping[str, set[str]]) -> Iterator[NetworkChange]:
    """Yield that a machine answers (again) or not; only where a scan asked it each time."""
    asked, again = _asked(was, before), _asked(now, after)
    silent = asked is not None and not _answered(was, asked)
    if again is None or (asked is not None and again.began <= asked.began):
        # No later scan asked it to the end: nothing was noticed.
        if was.places and not silent and newest(after.runs) != newest(before.runs):
            aside["not_asked"].add(now.asset)
        return
    seen, last = now.last_seen, was.last_seen
    if not _answered(now, again):
        if was.places and not silent and not _stood_there(now, again):
            aside["other_stand"].add(now.asset)
        elif was.places and not silent:
            kind = "retired" if was.declared and now.declared is False else "not_seen"
            yield _change(kind, now, since=seen.seen, evidence_before=seen.where, evidence_after=again.where)
    elif asked is not None and silent:
        kind, since, shown = ("reappeared", last.seen, last.where) if was.places else ("new", asked.began, asked.where)
        yield _change(kind, now, since=since, evidence_before=shown, evidence_after=seen.where)
    elif not was.places:
        aside["first_look"].add(now.asset)


def _asked(machine: Machine, picture: Picture) -> Run | None:
    """Return the newest run that asked any address of a machine to the end."""
    found = (picture.asked(address) for address in (machine.places or machine.own.addresses or ()))
    return max((run for run in found if run is not None), key=lambda run: (run.began, run.name), default=None)


def _answered(machine: Machine, run: Run) -> bool:
    """Return True when anything saw it since a run began: a scan, or its neighbours while the scan passed it by."""
    seen = machine.last_seen.seen
    return seen is not None and seen >= run.began


def _stood_there(machine: Machine, run: Run) -> bool:
    """Return False where the scanner once saw the hardware address and now stood outside that segment: then silence tells little."""
    return any(
        place.mac is None or network_of(place.address) in run.segments for place in machine.places.values() if run.covers(place.address)
    )


def _names(earlier: Sequence[Machine], now: Machine) -> Iterator[NetworkChange]:
    """Yield that a machine has another name: its own, or the one it is known by here."""
    shown = now.own.sign.where or now.last_seen.where
    for was in earlier:
        old, new = was.own.hostname, now.own.hostname
        if old and new and old.casefold() != new.casefold():
            yield _change("renamed", now, before=old, after=new, evidence_before=was.own.sign.where, evidence_after=shown)
        elif was.asset != now.asset and not (parse_address(was.asset) and parse_address(now.asset)):
            yield _change("known_as", now, before=was.asset, after=now.asset, evidence_before=was.last_seen.where, evidence_after=shown)


def _ports(now: Machine, found: PortComparison, aside: Mapping[str, set[str]]) -> Iterator[NetworkChange]:
    if found.elsewhere:
        aside["other_stand"].add(now.asset)
    if found.unasked:
        aside["ports_not_asked"].add(now.asset)
    for one in found.news:
        yield _change(
            one.kind,
            now,
            item=f"{one.key[1]}/{one.key[0]}",
            before=one.before,
            after=one.after,
            evidence_before=one.where_before,
            evidence_after=one.where_after,
        )


def _new_ones(before: Picture, after: Picture, followed: Followed, aside: Mapping[str, set[str]]) -> Iterator[NetworkChange]:
    """Yield the machines nobody knew, at addresses that had been asked in vain; in networks nobody had asked they are no news."""
    holders = {address: machine.asset for machine in before.machines.values() for address in machine.places}
    for name in sorted(after.machines.keys() - set(followed.now.values()) - followed.known):
        machine = after.machines[name]
        if not machine.places:
            continue
        asked = _asked(machine, before)
        scanned = machine.last_scanned
        if asked is None:
            aside["first_look"].add(name)
        elif scanned is not None and scanned > asked.began and all(place.run != asked.name for place in machine.places.values()):
            was = next((holders[address] for address in sorted(machine.places) if address in holders), "")
            address = " ".join(sorted(machine.places))
            yield _change(
                "new",
                machine,
                item=address if address != name else "",
                before=followed.now.get(was, was),
                since=asked.began,
                nameless=name in machine.places and all(place.mac is None for place in machine.places.values()),
                evidence_before=asked.where,
                evidence_after=machine.last_seen.where,
            )


def _conflicts(before: Picture, after: Picture, followed: Followed) -> Iterator[NetworkChange]:
    """Yield the addresses that two machines use now and did not before."""
    known = {(one.address, tuple(sorted(followed.now.get(name, name) for name in one.names))) for one in before.conflicts}
    for one in after.conflicts:
        if (one.address, tuple(sorted(one.names))) not in known:
            first, second = one.names
            machine = after.machines.get(first) or after.machines.get(second) or Machine(first, zone=after.zone_of(one.address))
            other = second if machine.asset == first else first
            lines = one.where if machine.asset == first else one.where[::-1]
            yield _change(
                "conflict", machine, item=one.address, before=machine.asset, after=other, evidence_before=lines[0], evidence_after=lines[1]
            )


def _change(kind: str, machine: Machine, **told: Any) -> NetworkChange:
    return NetworkChange(
        kind=kind,
        asset=machine.asset,
        zone=machine.zone,
        declared=machine.declared,
        hands_off=machine.hands_off,
        role=machine.role,
        **told,
    )
