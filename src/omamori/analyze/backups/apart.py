"""Whether a copy is cut off or cannot be deleted, by evidence alone, and what would show it where nothing does yet."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from omamori.analyze.backups.accounts import same_account
from omamori.analyze.backups.copies import SHADOW, Copy, mount_of
from omamori.analyze.backups.domain import domain_admin, same_domain
from omamori.analyze.backups.facts import Facts
from omamori.analyze.backups.judged import Judged, lacking_look, unknown
from omamori.analyze.backups.network import Reach
from omamori.analyze.backups.places import place_of
from omamori.analyze.backups.protection import always_mounted, append_only, locked
from omamori.analyze.coverage import View

PHYSICAL = ("not-reached", "not-mounted", "medium-out")
"""Ways of being cut off in which no account helps an intruder."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Everything judged of one copy.

    `by`: how it is known that it is cut off or cannot be deleted, a code of `HOW_KNOWN`. `apart`: whether no account helps against it.
    """

    copy: Copy
    reach: Reach
    append: Judged
    lock: Judged
    mounted: Judged
    account: Judged
    domain: Judged
    admin: Judged
    offline: Judged = field(default_factory=Judged)
    by: str = "nothing"
    apart: bool = False
    fate: str = "unknown"
    fate_told: tuple[str, ...] = ()


def judge(facts: Facts, copy: Copy, reach: Reach) -> Judgement:
    """Return what evidence says about one copy."""
    append, lock, mounted = append_only(facts, copy), locked(facts, copy), always_mounted(facts, copy)
    first = Judgement(
        copy=copy,
        reach=reach,
        append=append,
        lock=lock,
        mounted=mounted,
        account=same_account(facts, copy, append=append, lock=lock, mounted=mounted),
        domain=same_domain(facts, copy),
        admin=domain_admin(facts, copy),
    )
    offline, by, apart = _offline(facts, first)
    second = replace(first, offline=offline, by=by, apart=apart)
    fate, told = _fate(second)
    return replace(second, fate=fate, fate_told=told)


def _offline(facts: Facts, one: Judgement) -> tuple[Judged, str, bool]:
    """Return whether it is cut off or cannot be deleted, how that is known, and whether it is cut off (then no account helps).

    Of several ways the one that excuses most is told: so losing one of them never makes a copy look better.
    """
    copy = one.copy
    if one.lock.value:
        return Judged(True, one.lock.told), "object-lock", True
    if copy.other_device is False:
        return Judged(False, ("shadow-copy" if copy.family == SHADOW else "same-device",)), "nothing", False
    if one.mounted.value:
        return Judged(False, one.mounted.told), "nothing", False
    out = _medium_out(facts, copy)
    cut_off = one.reach.sure and not one.reach.origins
    detached = one.mounted.value is False
    ways = {
        "append-only": one.append.told if one.append.value else (),
        "medium-out": out.told if out.value else (),
        "not-mounted": ("not-mounted",) if detached and copy.kind == "removable" and copy.place.path is not None else (),
        "not-reached": ("not-reached",) if detached and cut_off else (),
    }
    shown = {way: told for way, told in ways.items() if told and copy.observed}
    if shown:
        told = tuple(code for codes in shown.values() for code in codes)
        return Judged(True, told), next(iter(shown)), not shown.keys().isdisjoint(PHYSICAL)
    if one.reach.origins and one.append.value is False:
        return Judged(False, (*one.reach.told, *one.append.told)), "nothing", False
    return *_open(one, out, cut_off=cut_off), False


def _open(one: Judgement, out: Judged, *, cut_off: bool) -> tuple[Judged, str]:
    """Nothing shows it: what is known, what would show it, and whether at least the ledger says so."""
    copy = one.copy
    declared = copy.declared is not None and copy.declared.offline == "yes"
    told: list[str] = ["declared-not-seen"] if declared or not copy.observed else []
    if copy.taken_out:
        told += [*out.told, "read-medium"]
    elif copy.kept_on is None:
        told += ["keeper-unknown", "read-repository"]
    elif cut_off:
        told += [*one.mounted.told, "look-at-server"]
    else:
        hints = {"keeper-not-seen": "look-at-keeper", "server-not-seen": "look-at-server"}
        told += [*one.reach.told, *(one.append.told if one.append.value is not True else ())]
        told.append(hints.get(one.reach.told[0], "look-at-network" if not one.reach.origins else "look-at-keeper"))
    declared_only = View(complete=False, reason="declared_not_seen", looked=True)
    lacking = declared_only if declared or not copy.observed else one.reach.lacking if not one.reach.sure else one.append.lacking
    return unknown(tuple(told), lacking), "declared" if declared else "nothing"


def _medium_out(facts: Facts, copy: Copy) -> Judged:
    """A repository that was read on a medium, and the machine it was read on looked at later without it."""
    for row in copy.repositories:
        place = place_of(row.target).path if place_of(row.target).host is None else None
        if not row.medium or place is None or row.target_kind not in ("removable", "same-host", "unknown", None):
            continue
        machine = facts.names.machine(row.kept_on)
        if machine is None:
            # On which machine it was read nobody said: it may still be in there.
            return unknown("keeper-unknown")
        read = facts.coverage.view("backup_repositories", copy.asset)
        lacking = lacking_look(facts, ("backup_repositories", copy.asset, ()), ("mounts", machine, ("path",)))
        later = facts.coverage.view("mounts", machine).seen
        if lacking is not None:
            return unknown("keeper-not-seen", lacking)
        if read.seen is None or later is None or later <= read.seen:
            continue
        mount = mount_of(facts.of("mounts", machine), place)
        if mount is None or mount.path == "/":
            return Judged(True, (f"medium-out: {row.medium}",))
    return unknown((), None)


def _fate(one: Judgement) -> tuple[str, tuple[str, ...]]:
    """Return what becomes of it when the machine and its administrator's account are taken, and why."""
    copy = one.copy
    if one.apart:
        return "survives", one.offline.told
    if copy.other_device is False:
        return "lost", one.offline.told
    lost: list[str] = []
    if one.mounted.value:
        lost += one.mounted.told
    if one.account.value:
        lost += one.account.told
    if one.admin.value:
        lost += one.admin.told
    if one.reach.own and one.append.value is False:
        lost += [*one.reach.told, *one.append.told]
    if lost:
        return "lost", tuple(dict.fromkeys(lost))
    if one.offline.value and one.account.value is False and one.admin.value is False:
        return "survives", one.offline.told
    told = (*one.offline.told, *(judged.told[0] for judged in (one.account, one.admin) if judged.value is None and judged.told))
    return "unknown", tuple(dict.fromkeys(told))
