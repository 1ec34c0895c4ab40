"""A large made-up hospital, written straight into the tables of a snapshot: for what draws or counts thousands of machines.

The same seed and size give the same hospital. Names, addresses (10.x) and vendors are invented.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from omamori.model.declared import LedgerAddress, LedgerAsset, RemoteLine, Site, Vendor, Zone, ZoneNetwork
from omamori.model.derived import Asset, Deviation, Peer, RemoteAccess
from omamori.model.look import Collected, Verdict
from omamori.model.recognised import RecognisedMachine
from omamori.snapshot.database import Database

MOMENT = datetime(2026, 6, 1, 9, 0)
ZONES = (
    ("電子カルテLAN", "ehr", 0.34), ("外来LAN", "ehr", 0.12), ("検査部門LAN", "department", 0.05), ("薬剤部門LAN", "department", 0.04),
    ("リハビリ・栄養LAN", "department", 0.03), ("医事会計LAN", "department", 0.05), ("画像系LAN", "imaging", 0.06), ("放射線治療LAN", "imaging", 0.015),
    ("情報系LAN", "office", 0.2), ("来訪者Wi-Fi", "guest", 0.02), ("DMZ", "dmz", 0.005), ("モニタLAN", "medical", 0.04), ("検査機器LAN", "medical", 0.02),
    ("バックアップLAN", "backup", 0.005), ("", "", 0.005),
)  # fmt: skip
"""Zones with their kind and share of the machines; the last: no zone known."""
_KINDS = {
    "ehr": (("client", 88), ("server", 6), ("printer", 4), ("switch", 1), ("wireless", 1)),
    "department": (("client", 66), ("server", 18), ("printer", 10), ("nas", 3), ("switch", 3)),
    "imaging": (("modality", 42), ("client", 38), ("server", 14), ("nas", 4), ("switch", 2)),
    "office": (("client", 80), ("server", 5), ("printer", 9), ("wireless", 4), ("phone", 2)),
    "guest": (("wireless", 40), ("other", 60)),
    "dmz": (("server", 90), ("router", 10)),
    "medical": (("modality", 92), ("server", 6), ("switch", 2)),
    "backup": (("server", 50), ("nas", 50)),
    "": (("unknown", 60), ("camera", 20), ("client", 20)),
}
_NAMES = {
    "client": "端末", "server": "サーバ", "printer": "複合機", "switch": "スイッチ", "wireless": "無線AP", "nas": "NAS", "modality": "装置",
    "router": "ルータ", "phone": "電話", "other": "機器", "unknown": "機器", "camera": "カメラ", "hypervisor": "仮想基盤",
}  # fmt: skip
_ROLE = {
    "client": "client",
    "server": "server",
    "nas": "server",
    "modality": "medical",
    "switch": "network",
    "router": "network",
    "wireless": "network",
}
_VENDORS = (
    "カルテシステムズ",
    "画像テック",
    "検査ソリューション",
    "モニタ医科",
    "コール電工",
    "調剤情報",
    "放射線機器",
    "お守り給食",
    "ネットワーク保守",
)
_LINES = (
    ("電子カルテ保守VPN", "ssl-vpn", 0, "電子カルテLAN", "FortiGate 60F", "critical"), ("PACS保守VPN", "ipsec-vpn", 1, "画像系LAN", "RTX1210", "high"),
    ("検査システム保守", "ssl-vpn", 2, "検査部門LAN", "FortiGate 40F", "high"), ("モニタ保守", "lte", 3, "モニタLAN", "LTEルータ", "critical"),
    ("薬剤保守", "ipsec-vpn", 5, "薬剤部門LAN", "NVR510", "medium"), ("治療装置保守", "ip-vpn", 6, "放射線治療LAN", "メーカー支給", ""),
    ("給食事業者", "partner", 7, "リハビリ・栄養LAN", "VPNルータ", "medium"), ("インターネット", "internet", 8, "DMZ", "FortiGate 100F", "low"),
    ("情報系の出口", "internet", 8, "情報系LAN", "FortiGate 100F", ""), ("オンライン資格確認", "eligibility", 0, "医事会計LAN", "資格確認端末", ""),
)  # fmt: skip


def fill(database: Database, hosts: int = 2_000, seed: int = 7) -> None:
    """Write the hospital into empty tables."""
    database.insert(rows(hosts, seed))


def rows(hosts: int, seed: int = 7) -> list[Any]:
    """Return the rows of a hospital of so many machines."""
    dice = random.Random(seed)
    found: list[Any] = [Site(name="お守り中央病院", beds=620), *(Vendor(vendor=name) for name in _VENDORS)]
    found += [Collected(asset="*", table_name=table, complete=True, seen=MOMENT) for table in ("zones", "remote_lines", "ledger_assets")]
    placed: list[tuple[str, str]] = []
    for number, (zone, kind, share) in enumerate(ZONES):
        count = max(2, round(hosts * share))
        first = (10 << 24) + (number << 16)
        if zone:
            found.append(
                Zone(zone=zone, kind=kind, networks=f"10.{number}.0.0/16", internet="yes" if kind in ("dmz", "office", "guest") else "no")
            )
            found.append(ZoneNetwork(zone=zone, network=f"10.{number}.0.0/16", network_first=first, network_last=first + 65535))
        weights = _KINDS[kind]
        for place in range(count):
            what = dice.choices([one for one, _ in weights], [weight for _, weight in weights])[0]
            name = f"{zone.removesuffix('LAN') or '未確認'}{_NAMES[what]}{place + 1}"
            placed.append((name, what))
            found += _machine(dice, name, what, zone, f"10.{number}.{place // 250}.{place % 250 + 1}")
    found += _lines(dice)
    found += _peers(dice, placed)
    return found


def _machine(dice: random.Random, name: str, what: str, zone: str, address: str) -> Iterator[Any]:
    observed = dice.random() < 0.62
    declared = dice.random() > 0.03 and bool(zone)
    important = what in ("server", "nas") and dice.random() < 0.3
    vendor = dice.choice(_VENDORS) if what in ("server", "modality") else ""
    yield Asset(
        asset=name, hostname=address.replace(".", "-"), role=_ROLE.get(what, "other"),
        zone=zone or None, vendor=vendor or None, hands_off=what == "modality", medical=what == "modality", important=important,
        declared=declared, observed=observed, last_seen=MOMENT - timedelta(hours=dice.randrange(400)) if observed else None, evidence="aa:1",
    )  # fmt: skip
    yield RecognisedMachine(
        asset=name, kind=None if what == "unknown" else what, kind_certainty=dice.choice(("certain", "probable")), kind_basis="service"
    )
    if declared:
        yield LedgerAsset(asset=name, address=address, role=_ROLE.get(what, "other"), zone=zone, vendor=vendor or None)
        yield LedgerAddress(asset=name, address=address)
    else:
        yield Deviation(asset=name, kind="undeclared-machine", item=name)
    if not observed:
        for check in range(30):
            yield _verdict(f"topic.check{check}", name, "unknown", "medium")
        return
    grave = dice.random()
    worst = "critical" if grave < 0.06 else "high" if grave < 0.3 else "medium" if grave < 0.7 else "low" if grave < 0.85 else ""
    order = ("critical", "high", "medium", "low")
    for check in range(60):
        fails = worst and check < 12
        severity = order[min(3, order.index(worst) + check // 3)] if fails else "medium"
        yield _verdict(f"topic.check{check}", name, "fail" if fails else "pass", severity)


def _verdict(check: str, subject: str, verdict: str, severity: str) -> Verdict:
    return Verdict(
        check_id=check, subject=subject, verdict=verdict, severity=severity, finding_key=subject, evidence="aa:2",
        message_ja=f"{subject}: 更新が止まっています({check})", message_en=f"{subject}: updates have stopped ({check})",
    )  # fmt: skip


def _lines(dice: random.Random) -> Iterator[Any]:
    for number, (name, kind, vendor, zone, device, worst) in enumerate(_LINES):
        yield RemoteLine(
            line=name, kind=kind, vendor=_VENDORS[vendor], device=device, lands_in=zone, device_address=f"10.250.0.{number + 1}",
            firmware=f"7.{dice.randrange(4)}.{dice.randrange(9)}", last_used=date(2026, 5, 1 + number),
        )  # fmt: skip
        if worst:
            yield _verdict("lines.found", name, "fail", worst)
        yield (
            Peer(asset="", direction="in", peer=f"10.250.0.{number + 1}", peer_scope="private")
            if number % 2
            else _verdict("lines.asked", name, "unknown", "low")
        )


def _peers(dice: random.Random, placed: list[tuple[str, str]]) -> Iterator[Any]:
    servers = [name for name, what in placed if what in ("server", "nas")]
    for name, _ in placed:
        for server in dice.sample(servers, 3):
            if server != name:
                yield Peer(
                    asset=name, direction="out", peer=server, peer_asset=server, peer_scope="private", protocol="tcp",
                    port=dice.choice((443, 445, 1433, 104, 3389)), times=1, designed=dice.choice((True, True, True, None, False)),
                )  # fmt: skip
    for name, what in dice.sample(placed, max(3, len(placed) // 150)):
        yield RemoteAccess(
            asset=name,
            product=dice.choice(("anydesk", "teamviewer", "openvpn", "softether")),
            kind="vpn" if what == "server" else "remote-control",
            running=True,
            declared=False,
        )
