"""What a permission would send and how long it takes: told before anything is sent, and again with the result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, tzinfo
from typing import Any

from omamori.gate.approval import Permission
from omamori.model.approval import PROFILES
from omamori.model.gentle import GENTLE_PORTS, NEVER_PROBED
from omamori.model.moments import shown
from omamori.model.permission import ApprovalFile, SiteFacts
from omamori.model.text import Language, Text

PROBE_CONNECTIONS = 20
"""Connections nmap's version detection (light) made to one silent port in our measurements, at most, with room (docs/decisions/0029)."""
_SECONDS_PER_SERVER = 60


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be sent. `packets` and `seconds` are upper bounds: as if every address were silent."""

    profile: str
    addresses: int
    left: int
    ports: tuple[int, ...]
    connections_per_port: int
    packets_per_second: int
    payload: int | None
    packets: int
    seconds: int
    minutes: int
    servers: tuple[str, ...]
    echoes: tuple[str, ...]
    hands_off: int

    def as_json(self) -> Mapping[str, Any]:
        """The same for programs."""
        return {name: getattr(self, name) for name in self.__slots__} | {"never_probed": sorted(NEVER_PROBED)}


def plan(permission: Permission, facts: SiteFacts, left: int) -> Plan:
    """Return the plan; `left` are the addresses an earlier run under the same approval has not ended with."""
    file = permission.file
    active = file.profile != "passive"
    packets = left * len(GENTLE_PORTS) * file.connections_per_port if active else 0
    servers = tuple(map(str, permission.servers)) if file.profile == "servers" else ()
    # Silent machines beyond the pace cost their patience, many side by side.
    seconds = round(packets / file.packets_per_second + (12 if left else 0)) + _SECONDS_PER_SERVER * len(servers)
    return Plan(
        profile=file.profile,
        addresses=permission.count if active else 0,
        left=left if active else 0,
        ports=GENTLE_PORTS if active else (),
        connections_per_port=file.connections_per_port,
        packets_per_second=file.packets_per_second,
        payload=None if servers else 0,
        packets=packets,
        seconds=seconds if active else 0,
        minutes=file.minutes,
        servers=servers,
        echoes=tuple(f"{echo.address}:{echo.port} ({echo.called_title})" for echo in file.dicom) if active else (),
        hands_off=len(facts.hands_off),
    )


def plan_lines(plan: Plan, language: Language) -> list[str]:
    """Return the plan in words, a line each."""
    profile = next((value.label for value in PROFILES if value.code == plan.profile), Text(plan.profile, plan.profile))
    if plan.profile == "passive":
        said = [Text(f"プロファイル: {profile.ja}。パケットは一つも送りません", f"Profile: {profile.en}. Not one packet is sent")]
    else:
        said = [
            Text(f"プロファイル: {profile.ja}", f"Profile: {profile.en}"),
            Text(
                f"対象: {plan.addresses} アドレス(残り {plan.left})、TCP {len(plan.ports)} ポート",
                f"Looks at: {plan.addresses} addresses ({plan.left} left), {len(plan.ports)} TCP ports",
            ),
            Text(
                f"接続: 1アドレスの1ポートにつき最大 {plan.connections_per_port} 回。接続したらすぐ閉じ、データは0バイト",
                f"Connections: at most {plan.connections_per_port} to one port of one address, closed at once, 0 bytes of data",
            ),
            Text(
                f"速さ: 毎秒 {plan.packets_per_second} パケットまで、全部で最大約 {plan.packets} パケット(それと自分のセグメントのARP)",
                f"Pace: up to {plan.packets_per_second} packets a second, about {plan.packets} in all at most (and ARP on the own segment)",
            ),
            Text(f"時間: 最大 {duration(plan.seconds).ja}", f"Time: {duration(plan.seconds).en} at most"),
        ]
    if plan.servers:
        said.append(
            Text(
                f"サーバ {', '.join(plan.servers)}: 開いているポートにサービスの版を尋ねます。ここではデータを送ります"
                f"(答えないポートでは1ポート {PROBE_CONNECTIONS} 回ほどまでの接続)。DICOM・HL7・印刷のポートには送りません",
                f"Servers {', '.join(plan.servers)}: their open ports are asked for service and version. This does send data (a silent port "
                f"gets up to about {PROBE_CONNECTIONS} connections); never to the ports of DICOM, HL7 and printers",
            )
        )
    for one in plan.echoes:
        said.append(
            Text(
                f"DICOM {one}: C-ECHOを1回(0バイトの約束とは別。HL7の電文は決して送りません)",
                f"DICOM {one}: one C-ECHO (outside the promise of 0 bytes; no HL7 message is ever sent)",
            )
        )
    if plan.seconds > plan.minutes * 60:
        said.append(
            Text(
                f"承認された {plan.minutes} 分では終わらないかもしれません。そのときは止まり、残りは新しい承認で続けます",
                f"This may take longer than the {plan.minutes} minutes that are allowed; it then stops, and the rest needs a new approval",
            )
        )
    return [text.say(language) for text in said]


def approval_lines(file: ApprovalFile, language: Language, zone: tzinfo = UTC) -> list[str]:
    """Return who allowed it and for when, and how many of the addresses it names are left alone, a line each."""
    consented = sum(held.consent is not None for held in file.held)
    since, until = shown(file.since, zone), shown(file.until, zone)
    alone = len(file.excluded) + len(file.held) - consented
    said = [
        Text(
            f"承認: {file.identifier}({file.position} {file.approved_by}、{file.approved_on})、{since} から {until} まで",
            f"Approval: {file.identifier} ({file.position} {file.approved_by}, {file.approved_on}), from {since} until {until}",
        ),
        Text(
            f"承認書にあり、何も送らないもの: {alone}(除外と、同意のない医療機器・業者の機器)。同意があり調べるもの: {consented}",
            f"Named in the approval and left alone: {alone} (excluded, or medical or a vendor's without consent); with consent: {consented}",
        ),
        Text(f"止めたいときの連絡先: {file.stop_contact}", f"To have it stopped: {file.stop_contact}"),
    ]
    return [text.say(language) for text in said]


def duration(seconds: float) -> Text:
    """Return a length of time in words."""
    if seconds < 90:
        return Text(f"{max(1, round(seconds))}秒", f"{max(1, round(seconds))} s")
    minutes = round(seconds / 60)
    if minutes < 120:
        return Text(f"{minutes}分", f"{minutes} min")
    return Text(f"{minutes // 60}時間{minutes % 60}分", f"{minutes // 60} h {minutes % 60} min")
