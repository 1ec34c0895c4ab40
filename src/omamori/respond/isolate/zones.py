"""Cuts of zones: the backup network, the borders between zones, each department. A zone is cut at the devices that join it to others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from omamori.analyze.reach.parts import Device, Nic
from omamori.analyze.reach.ranges import Ranges
from omamori.model.text import Text
from omamori.respond.isolate.boxes import common, minus
from omamori.respond.isolate.facts import Facts
from omamori.respond.isolate.names import typed
from omamori.respond.isolate.parts import Crossing, Cut, StageNumber
from omamori.respond.isolate.points import settled

ONLY_IPV4 = Text("IPv6はこの切り方では止まりません(アドレスで切るため)", "IPv6 is not stopped by this cut, which goes by IPv4 addresses")
SAME_WIRE = Text(
    "同じ区画の中の機器どうしの通信は、この機器を通らないので止まりません",
    "machines within the zone go on talking to each other: that passes no device",
)

LEASES = Text(
    "この区画でアドレスをDHCPで受けている機器は、期限が来るとアドレスを失い、「止めない通信」も止まります。止めない機器は固定アドレスにし、"
    "名前解決(DNS)や認証(AD)を使うなら、それも「止めない通信」に書いてください",
    "machines of the zone that get their address by DHCP lose it when it runs out, and with it what is never blocked: give those a fixed address. "
    "Where it looks up names (DNS) or logs in (AD), enter that as never blocked, too",
)
MANAGED = Text(
    "この側からは、この機器の管理画面にも入れなくなります。コンソールか別の側から操作してください",
    "the device itself can no longer be managed from this side: work at its console or from another side",
)


def backup_cuts(facts: Facts) -> list[Cut]:
    """Return the cuts of the zones of the backup network."""
    zones = [zone for zone, (kind, _) in facts.network.zones.items() if kind == "backup"]
    return [cut for zone in zones for cut in _zone_cuts(facts, zone, StageNumber.BACKUP)]


def department_cuts(facts: Facts) -> list[Cut]:
    """Return the cuts of every zone inside but the backup network, departments first."""
    kinds = {zone: kind for zone, (kind, _) in facts.network.zones.items() if kind not in ("backup", "external")}
    zones = sorted(kinds, key=lambda zone: (kinds[zone] != "department", zone))
    return [cut for zone in zones for cut in _zone_cuts(facts, zone, StageNumber.DEPARTMENTS)]


def border_cuts(facts: Facts) -> list[Cut]:
    """Return a cut for every two zones that a device joins; a zone that no known device joins to another has one nobody can do yet."""
    inside = {zone: ranges for zone, (kind, ranges) in facts.network.zones.items() if kind != "external"}
    found: list[Cut] = []
    joined_somewhere: set[str] = set()
    for device in facts.network.network.devices:
        zones = [zone for zone, ranges in inside.items() if nics_in(device, ranges)]
        for one, other in combinations(zones, 2):
            # A zone within another is no border: what lies in both would be cut off from itself.
            near, far = minus(inside[one], inside[other]), minus(inside[other], inside[one])
            if near and far:
                joined_somewhere |= {one, other}
                found.append(_border(facts, device, one, other, near, far))
    for zone, ranges in inside.items():
        if zone not in joined_somewhere and len(inside) > 1:
            cut = _unknown(StageNumber.BORDERS, zone, (Crossing(ranges, None),))
            found.append(_with_device_missing(settled(facts, cut, [zone])))
    return found


def _border(facts: Facts, device: Device, one: str, other: str, near: Ranges, far: Ranges) -> Cut:
    cut = Cut(
        stage=StageNumber.BORDERS,
        name=typed(StageNumber.BORDERS, one, other, device.name),
        subject=f"{one} ⇔ {other}",
        device=device.name,
        system=facts.network.systems.get(device.name, ""),
        crossings=(Crossing(near, far),),
        limits=(ONLY_IPV4,),
    )
    return settled(facts, cut, [cut.subject, f"{other} ⇔ {one}", one, other])


def _zone_cuts(facts: Facts, zone: str, stage: StageNumber) -> Iterator[Cut]:
    ranges = facts.network.zones[zone][1]
    joining = [device for device in facts.network.network.devices if joins(device, ranges)]
    for device in joining:
        crossings = tuple(crossings_of(device, ranges))
        by_address = any(crossing.interface is None for crossing in crossings)
        cut = Cut(
            stage=stage,
            name=typed(stage, zone, *([device.name] if len(joining) > 1 else [])),
            subject=zone,
            device=device.name,
            system=facts.network.systems.get(device.name, ""),
            crossings=crossings,
            limits=(SAME_WIRE, *([ONLY_IPV4] if by_address else []), *_other_ways(facts, zone, joining), LEASES, MANAGED),
        )
        yield settled(facts, cut, [zone], next((one.interface for one in crossings if one.interface), None))
    if not joining:
        yield _with_device_missing(settled(facts, _unknown(stage, zone, (Crossing(ranges, None),)), [zone]))


def _other_ways(facts: Facts, zone: str, joining: Sequence[Device]) -> Iterator[Text]:
    """Say which ways into a zone pass none of the devices that are known to join it."""
    known = {device.name for device in joining}
    ways = [one.entry for one in facts.network.entries if zone in (one.zone, one.declared_zone) and (one.device or "") not in known]
    if ways:
        listed = "、".join(ways[:5]) + ("…" if len(ways) > 5 else "")
        yield Text(
            f"この区画に入る次のものは、これらの機器を通らないので、ここでは止まりません(段階2で切る): {listed}",
            f"these ways into the zone pass none of these devices and are not stopped here (stage 2 cuts them): {listed}",
        )


def crossings_of(device: Device, ranges: Ranges) -> Iterator[Crossing]:
    """Yield what of a zone passes a device: whole interfaces where nothing else hangs on them, else its addresses."""
    left = ranges
    for name in dict.fromkeys(nic.name for nic in nics_in(device, ranges)):
        held = [(nic.first, nic.last) for nic in device.nics_of(name) if nic.last >= nic.first]
        if not any(minus((span,), ranges) for span in held):
            yield Crossing(None, None, name)
            for span in held:
                left = minus(left, (span,))
    if left:
        yield Crossing(left, None)


def nics_in(device: Device, ranges: Ranges) -> list[Nic]:
    """Return the interfaces of a device whose networks lie in a zone, at least in part."""
    return [nic for nic in device.nics if nic.last >= nic.first and common(((nic.first, nic.last),), ranges)]


def joins(device: Device, ranges: Ranges) -> bool:
    """Return whether a device stands in a zone with one interface and outside it with another."""
    within = {nic.name for nic in nics_in(device, ranges)}
    return bool(within) and any(nic.name not in within for nic in device.nics)


def _unknown(stage: StageNumber, zone: str, crossings: Iterable[Crossing]) -> Cut:
    """A cut of a zone of which nobody knows what joins it to the rest."""
    return Cut(stage=stage, name=typed(stage, zone), subject=zone, device=None, system="", crossings=tuple(crossings))


def _with_device_missing(cut: Cut) -> Cut:
    """Say what is missing, unless the ledger names a plug that does it."""
    if cut.cable is not None:
        return cut
    need = Text(
        f"「{cut.subject}」をほかの区画につなぐ機器の設定を見ていません。医療情報担当か、その機器の業者に設定を求めて取り込むか、"
        "抜くケーブルを「切る場所」に書いてください",
        f"the configuration of the device that joins {cut.subject} to the rest was not looked at: ask the IT desk or its vendor for it and import it, "
        "or enter its plug in the sheet of places to cut",
    )
    return replace(cut, needs=(need, *cut.needs))
