"""Steps that need no open port: from an entry to where it lands, from a machine into its other networks, to its copies, in a domain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from omamori.analyze.paths.parts import (
    ADMINISTRATOR,
    DATA,
    HOSPITAL,
    USER,
    Link,
    Proposal,
    entry_node,
    machine_node,
    zone_node,
)
from omamori.model.ways_in import Entry
from omamori.snapshot.database import Database

Found = Iterator[Link | Proposal]
_LINES = ("line", "internet", "partner", "mobile")
_IN_THE_ZONE = ("wall-port", "wireless", "dual-homed", "usb", "office-mail")
"""Entries that put an intruder into the network itself."""
_ON_THE_MACHINE = ("line", "partner", "mobile", "remote-software", "office-mail", "usb")
"""Entries that put an intruder onto the machine they end on; of the others nobody can say that."""
_BASTION = Proposal(
    "bastion",
    "外部からの接続を一か所(DMZの踏み台サーバ)にまとめ、ほかの入口を閉じる",
    "Bring all lines to one door (a jump server in a DMZ) and close the others",
    "high",
    vendor=HOSPITAL,
)


def zones_of(database: Database) -> Mapping[str, tuple[str, ...]]:
    """Return asset → the zones it stands in: by the networks of its interfaces, its addresses, and the ledger."""
    found: dict[str, set[str]] = defaultdict(set)
    query = (
        "select i.asset, z.zone from interfaces i join zone_networks z on z.network_first <= i.network_first and i.network_last <= z.network_last "
        "where i.up is not false and coalesce(i.kind, '') not in ('loopback', 'virtual', 'bridge') "
        "union select d.asset, z.zone from device_interfaces d join zone_networks z on z.network_first <= d.network_first "
        "and d.network_last <= z.network_last where d.enabled is not false "
        "union select l.asset, z.zone from ledger_addresses l join zone_networks z on l.address_first between z.network_first and z.network_last "
        "union select asset, zone from assets where zone is not null order by all"
    )
    for asset, zone in database.select(query):
        found[str(asset)].add(str(zone))
    return {asset: tuple(sorted(zones)) for asset, zones in found.items()}


def in_several_networks(database: Database, zones: Mapping[str, tuple[str, ...]]) -> Found:
    """Yield the way on through machines and devices that stand in several zones."""
    devices = {
        str(a)
        for (a,) in database.select(
            "select asset from device_facts where system not in ('linux', 'windows') union select asset from assets where role = 'network'"
        )
    }
    evidence = dict(database.select("select asset, min(evidence) from interfaces where up is not false group by asset"))
    for asset, several in sorted(zones.items()):
        if len(several) < 2:
            continue
        device = asset in devices
        change = f"dual-homed:{asset}"
        for zone in several:
            kind, changes = ("through-device", ()) if device else ("dual-homed", (change,))
            yield Link(machine_node(asset, USER), zone_node(zone), kind, True, evidence.get(asset, ""), changes)
        if not device:
            ja = f"{asset} を一つのネットワークだけにつなぐ(もう一方のケーブルを抜く)"
            yield Proposal(change, ja, f"Connect {asset} to one network only", "none", asset, evidence=evidence.get(asset, ""))


def entrances(database: Database, entries: list[Entry], zones: Mapping[str, tuple[str, ...]]) -> Found:
    """Yield where each entry lands, and what a flaw of a line's device opens. The reach over a device's rules stands in reached_services."""
    known = {str(name) for (name,) in database.select("select distinct origin from reachability where origin_kind = 'entry'")}
    known |= {str(name) for (name,) in database.select("select distinct origin from reached_services where origin_kind = 'entry'")}
    flaws: dict[str, list[tuple[str, bool, str]]] = defaultdict(list)
    query = "select asset, flaw, coalesce(undecided, false), evidence from vulnerabilities where exploited order by all"
    for subject, flaw, undecided, evidence in database.select(query):
        flaws[subject].append((flaw, bool(undecided), evidence or ""))
    if any(one.kind in _LINES for one in entries):
        yield _BASTION
    for one in entries:
        changes = closing_changes(one)
        yield _closing(one, changes[0])
        landing = tuple(sorted({one.zone} if one.zone else set()) or zones.get(one.device or "", ()))
        if one.machine:
            sure = bool(one.observed) and one.kind in _ON_THE_MACHINE
            yield Link(entry_node(one.entry), machine_node(one.machine, USER), "lands-on", sure, one.evidence, changes, one.kind)
        elif one.kind in _IN_THE_ZONE or one.entry not in known:
            # Without the rules of its device nobody can say that anything stands in between.
            sure = bool(one.observed) and one.kind in _IN_THE_ZONE
            for zone in landing:
                yield Link(entry_node(one.entry), zone_node(zone), "lands", sure, one.evidence, changes)
        for flaw, undecided, evidence in (*flaws.get(one.line or "", ()), *flaws.get(one.device or "", ())):
            repair = f"update:{one.line or one.device}"
            for zone in sorted({*landing, *zones.get(one.device or "", ())}):
                yield Link(entry_node(one.entry), zone_node(zone), "line-device", not undecided, evidence, (*changes, repair), flaw)
            ja = f"{one.line or one.device} の接続機器のファームウエアを更新し、パスワードをすべて変える"
            en = f"Update the firmware of the device of {one.line or one.device} and change all its passwords"
            yield Proposal(repair, ja, en, "low", one.device or "", one.vendor, evidence)


def closing_changes(one: Entry) -> tuple[str, ...]:
    """Return the changes that close an entry: itself, and the one door for all lines."""
    return (f"entry:{one.entry}", "bastion") if one.kind in _LINES else (f"entry:{one.entry}",)


def _closing(one: Entry, change: str) -> Proposal:
    if one.kind in _LINES and one.always_open is not False:
        ja = f"{one.entry} を、病院が許した間だけつなぐ(使わないときは電源かケーブルを切る)"
        return Proposal(
            change, ja, f"Open {one.entry} only while the hospital allows it; else unplug it", "low", "", one.vendor, one.evidence
        )
    if one.declared is False and (found := _seen_only(one)):
        return Proposal(change, *found, "low", one.machine or "", one.vendor, one.evidence)
    ja, en = {
        "remote-software": (f"{one.entry} を消すか、使うときだけ起動する", f"Remove {one.entry}, or start it only for use"),
        "usb": (f"{one.entry} を使えなくする", f"Disable {one.entry}"),
        "wall-port": (f"{one.entry} をスイッチ側で止める", f"Switch {one.entry} off at the switch"),
        "wireless": (f"{one.entry} を診療のネットワークから分ける", f"Part {one.entry} from the clinical network"),
        "office-mail": (f"{one.entry} を診療のネットワークから分ける", f"Part {one.entry} from the clinical network"),
    }.get(one.kind, (f"{one.entry} をなくす", f"Give up {one.entry}"))
    return Proposal(change, ja, en, "medium" if one.kind in _LINES else "low", one.machine or "", one.vendor, one.evidence)


def _seen_only(one: Entry) -> tuple[str, str] | None:
    """Return what to do about a way in nobody wrote down, by the words of its machine or zone: its name is only made up."""
    machine, zone = one.machine, one.zone
    if one.kind == "remote-software" and machine:
        return f"{machine} の {one.method} を消すか、使うときだけ起動する", f"Remove {one.method} from {machine}, or start it only for use"
    if one.kind == "dual-homed" and machine:
        return f"{machine} が二つのネットワークにまたがるのをやめる", f"Let {machine} no longer stand in two networks"
    if one.kind == "usb" and zone:
        return f"{zone} の機器でUSBメモリを使えなくする", f"Disable USB storage on the machines of {zone}"
    if one.kind == "wireless" and zone:
        return f"{zone} の無線LANを診療のネットワークから分ける", f"Part the wireless LAN of {zone} from the clinical network"
    return None


def same_credentials(database: Database) -> Found:
    """Yield the way from a machine to copies its administrator can delete."""
    query = (
        "select b.asset, a.asset, b.job, b.same_credentials, b.evidence from declared_backups b "
        "join assets a on (a.asset = b.target or lower(a.hostname) = lower(b.target)) and a.asset <> b.asset "
        "where b.same_credentials is distinct from 'no' and b.offline is distinct from 'yes' order by all"
    )
    for asset, target, job, same, evidence in database.select(query):
        change = f"backup:{asset}:{job}"
        ends = machine_node(asset, ADMINISTRATOR), machine_node(target, DATA)
        yield Link(*ends, "backup-same-credentials", same == "yes", evidence, (change,), job)
        ja = f"{asset} の管理者では消せない控えを作る({target} のアカウントを分け、一つは切り離す)"
        en = f"Make copies that the administrator of {asset} cannot delete: an account of its own on {target}, one copy cut off"
        yield Proposal(change, ja, en, "low", target, evidence=evidence)


def domain(database: Database) -> Found:
    """Yield what governing a domain opens: every machine in it. And machines on which everybody is administrator."""
    query = (
        "select d.asset, m.asset, d.evidence from hosts d join hosts m on lower(m.domain) = lower(d.domain) and m.asset <> d.asset "
        "where d.domain_role = 'controller' and m.domain_role in ('member', 'controller') order by all"
    )
    for controller, member, evidence in database.select(query):
        ends = machine_node(controller, ADMINISTRATOR), machine_node(member, ADMINISTRATOR)
        yield Link(*ends, "domain-administrator", True, evidence)
    everybody = (
        "select asset, member, evidence from group_members where group_id = 'S-1-5-32-544' and regexp_full_match(lower(member), "
        "'(.*\\\\)?(everyone|users|domain users|authenticated users|interactive)|s-1-1-0|s-1-5-11|s-1-5-4|s-1-5-32-545|s-1-5-21-.*-513') order by all"
    )
    for asset, member, evidence in database.select(everybody):
        change = f"administrators:{asset}"
        ends = machine_node(asset, USER), machine_node(asset, ADMINISTRATOR)
        yield Link(*ends, "local-rights", True, evidence, (change,), member)
        ja = f"{asset} の管理者グループから {member} を外す"
        yield Proposal(change, ja, f"Take {member} out of the administrators of {asset}", "none", asset, evidence=evidence)
