"""The Windows firewall switched on where it is off, with what is used let in; refusals written to its log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from omamori.analyze.addresses import Network
from omamori.analyze.firewall_windows import reach_windows
from omamori.model.network import FirewallProfile, FirewallRule, Listener
from omamori.model.text import Text
from omamori.respond.harden.changes import Change, ProfileOpen, RegistryValue, WindowsRule
from omamori.respond.harden.facts import Facts
from omamori.respond.harden.firewall_ground import DYNAMIC, PRODUCT, SHARED, Ground, file_name, ground_of
from omamori.respond.harden.kind import Kind
from omamori.respond.harden.measures.windows_firewall import by_hand, observed_notes
from omamori.respond.harden.parts import Left, Machine, Measure, Menu
from omamori.respond.harden.rule_text import new_rule
from omamori.respond.harden.spans import joined

NAME, LOGS = "windows-firewall-on", "windows-firewall-log"
OURS = "Omamori"
_POLICY = r"HKLM\SOFTWARE\Policies\Microsoft\WindowsFirewall"
_KEYS: Mapping[str, str] = MappingProxyType({"domain": "DomainProfile", "private": "PrivateProfile", "public": "PublicProfile"})
_JAPANESE: Mapping[str, str] = MappingProxyType({"domain": "ドメイン", "private": "プライベート", "public": "パブリック"})
_NUMBERS: Mapping[str, int] = MappingProxyType({"tcp": 6, "udp": 17})
_LOG_KB, _MOST_KB = 16384, 32767
_DHCP_SERVER = ("udp", "67")
"""Who asks for an address has none yet."""


def propose_on(facts: Facts, machine: Machine) -> Iterator[Measure | Left]:
    """Yield the switching on of the profiles that are off or let in what no rule names."""
    ground = ground_of(facts, machine)
    weak = weak_profiles(ground)
    if not weak:
        if not facts.complete(machine, "firewall_profiles"):
            yield Left(NAME, machine, Text("ファイアウォールの状態を見ていません", "the state of its firewall was not seen"))
        return
    if ground.managed_by:
        yield by_hand(ground, NAME)
        return
    missing = [table for table in ("firewall_rules", "listeners") if not facts.complete(machine, table)]
    if missing:
        why = Text(
            "待ち受けているポートか規則が見えていないので、有効にすると何が止まるか分かりません。管理者として見直してください",
            "its listening ports or rules were not seen, so it cannot be told what would stop: look again as an administrator",
        )
        yield Left(NAME, machine, why)
        return
    if not ground.ledger:
        why = Text(
            "台帳のゾーンにネットワークが書かれていないので、院内の相手が分かりません",
            "no zone of the ledger names its networks, so it cannot be told who is inside",
        )
        yield Left(NAME, machine, why)
        return
    yield _measure(facts, ground, weak)


def weak_profiles(ground: Ground) -> tuple[FirewallProfile, ...]:
    """Return the profiles that are off, or let in what no rule names."""
    known = (one for one in ground.profiles if one.product == PRODUCT and one.profile in _KEYS)
    # Of a profile whose state was not seen nothing is promised.
    return tuple(one for one in known if one.enabled is False or (one.enabled and one.inbound_default == "accept"))


def _measure(facts: Facts, ground: Ground, weak: Sequence[FirewallProfile]) -> Measure:
    names = [one.profile for one in weak]
    rules, closed = rules_for(ground, weak)
    stopped = any(one.name.lower() == "mpssvc" and one.start == "disabled" for one in facts.rows("services", ground.machine))
    changes: list[Change] = [*rules, *(_service() if stopped else ()), *(value for name in names for value in _switched_on(name))]
    promises = facts.open(ground.machine, "firewall.windows_profile_off", "firewall.windows_inbound_allowed")
    notes = [*observed_notes(ground), _let_in(rules)]
    if stopped:
        notes.append(
            Text(
                "ファイアウォールのサービス(MpsSvc)が無効です。自動に戻すので、再起動してから効きます",
                "The service of the firewall (MpsSvc) is disabled: it is set back to automatic and works after a restart",
            )
        )
    return Measure(
        kind=NAME,
        machine=ground.machine,
        what=Text(
            f"Windowsファイアウォールを有効にし、規則にない受信を止める({'・'.join(_JAPANESE[name] for name in names)})",
            f"Switch the Windows firewall on and refuse what no rule lets in ({', '.join(names)})",
        ),
        why=Text(
            "院内に入った侵入者は、開いているポートから次の機器へ広がります",
            "Somebody inside spreads from machine to machine through open ports",
        ),
        stops=_stops(closed),
        menu=Menu(
            Text(
                "wf.msc →「Windows Defender ファイアウォールのプロパティ」→ プロファイルごとに「有効」「受信接続: ブロック」",
                "wf.msc > Windows Defender Firewall Properties > for each profile: On, Inbound connections: Block",
            ),
            Text(
                "コンピューターの構成 → ポリシー → Windows の設定 → セキュリティの設定 → セキュリティが強化された Windows Defender ファイアウォール →"
                " プロパティ → プロファイルごとに「有効」「受信接続: ブロック」",
                "Computer Configuration > Policies > Windows Settings > Security Settings > Windows Defender Firewall with Advanced Security > "
                "Properties > for each profile: On, Inbound connections: Block",
            ),
        ),
        changes=tuple(changes),
        promises=tuple(one for one in promises if one.key.partition(" | ")[2] in names),
        notes=tuple(notes),
        evidence=tuple(dict.fromkeys(one.evidence for one in weak if one.evidence)),
        still=still_open(weak),
    )


def still_open(weak: Sequence[FirewallProfile]) -> tuple[ProfileOpen, ...]:
    """Return what the files look at once more: where somebody switched a profile on since, rules that let in would open what he closed."""
    return tuple(ProfileOpen(profile) for profile in _KEYS if profile in {one.profile for one in weak})


def _stops(closed: Sequence[str]) -> Text:
    ports = ", ".join(closed[:12])
    more_ja = f"誰も使っていなかった次のポートも閉じます: {ports}。" if closed else ""
    more_en = f" So do those to these ports, which nobody was seen to use: {ports}." if closed else ""
    return Text(
        f"台帳にないネットワークからの接続が止まります。{more_ja}見た時に動いていなかったプログラムへの接続も止まります",
        f"Connections from networks the ledger does not name stop.{more_en} So do connections to programs that did not run when it was looked at",
    )


def _switched_on(profile: str) -> Iterator[RegistryValue]:
    key = rf"{_POLICY}\{_KEYS[profile]}"
    yield RegistryValue(key, "EnableFirewall", "dword", 1)
    yield RegistryValue(key, "DefaultInboundAction", "dword", 1)


def _service() -> Iterator[RegistryValue]:
    yield RegistryValue(r"HKLM\SYSTEM\CurrentControlSet\Services\MpsSvc", "Start", "dword", 2)


@dataclass(frozen=True, slots=True)
class _Port:
    """Ports of one protocol that are listened on and that no rule lets everybody in to, by how they are let in already."""

    protocol: str
    ports: str
    named: bool
    profiles: tuple[str, ...]


def rules_for(ground: Ground, weak: Sequence[FirewallProfile]) -> tuple[list[WindowsRule], list[str]]:
    """Return a rule for what listens and no rule lets in yet, in the profiles that let in everything; and the ports that close.

    Nothing opens by it: in these profiles everybody reached every port.
    """
    rules, closed = [], []
    for one in _uncovered(ground, weak):
        networks = _who(ground, one)
        if networks is None:
            if not one.named:
                closed.append(f"{one.protocol}/{one.ports}")
            continue
        name = f"{OURS} {one.protocol.upper()} {one.ports} ({', '.join(one.profiles)})"
        key = f"{OURS}-In-{one.protocol.upper()}-{one.ports}-{'-'.join(one.profiles)}"
        was = next((kept.text for kept in ground.rules if (kept.place, kept.name) == ("local", key)), "")
        rules.append(WindowsRule("local", key, new_rule(name, _NUMBERS[one.protocol], one.ports, one.profiles, networks), was))
    return rules, closed


def _uncovered(ground: Ground, weak: Sequence[FirewallProfile]) -> Iterator[_Port]:
    """Yield what listens and is not open to everybody; `named`: a rule for just that port says already whom it is meant for."""
    asked: dict[tuple[str, str, bool], dict[str, None]] = {}
    for one in sorted(ground.listeners, key=lambda each: (each.protocol, each.port or 0)):
        port = one.port or 0
        if one.protocol not in _NUMBERS or (one.protocol == "udp" and port >= DYNAMIC):
            continue
        ports = f"{DYNAMIC}-65535" if port >= DYNAMIC else str(port)
        for profile in weak:
            now = replace(profile, enabled=True, inbound_default="drop")
            family = "ipv6" if ":" in one.address else "ipv4"
            if reach_windows([now], ground.rows, one.protocol, port, one.process, (family,), hidden=False).inbound == "open":
                continue
            own = [rule for rule in ground.rows if profile.profile in (rule.profile or profile.profile).split(",") and _just(rule, one)]
            if any(not rule.sources for rule in own):
                continue
            asked.setdefault((one.protocol, ports, bool(own)), {})[profile.profile] = None
    for (protocol, ports, named), profiles in asked.items():
        yield _Port(protocol, ports, named, tuple(profiles))


def _just(rule: FirewallRule, one: Listener) -> bool:
    """Return whether a rule lets in to just this port, for this program or one that many services share."""
    same = rule.decision == "accept" and rule.protocol == one.protocol and rule.port_first == one.port == rule.port_last
    program = file_name((rule.program or "").partition(" [")[0])
    return same and (program in SHARED or not one.process or program == file_name(one.process))


def _who(ground: Ground, asked: _Port) -> tuple[Network, ...] | None:
    """Return who goes on reaching a port: () anybody, None nobody."""
    protocol = asked.protocol
    if (protocol, asked.ports) == _DHCP_SERVER:
        return ()
    first, _, last = asked.ports.partition("-")
    low, high = int(first), int(last or first)
    flows = [one for one in ground.allowed.inbound if one.protocol in (None, protocol) and (one.port is None or low <= one.port <= high)]
    seen = joined(network for one in flows for network in one.networks)
    if asked.named or (protocol == "tcp" and ground.allowed.enough and all(one.networks for one in flows)):
        return seen or None
    return joined((*ground.ledger, *seen))


def _let_in(rules: Iterable[WindowsRule]) -> Text:
    listed = ", ".join(rule.name.removeprefix(f"{OURS}-In-") for rule in list(rules)[:20]) or "-"
    return Text(f"待ち受けているポートのために加える規則: {listed}", f"Rules added for the ports that are listened on: {listed}")


def propose_log(facts: Facts, machine: Machine) -> Iterator[Measure | Left]:
    """Yield the log of refusals, where no profile keeps one."""
    rows = [one for one in facts.rows("firewall_profiles", machine) if one.product == PRODUCT and one.profile in _KEYS]
    silent = [one.profile for one in rows if one.logs_dropped is False]
    if not silent or any(one.managed_by and one.enabled for one in facts.rows("firewall_profiles", machine)):
        return
    keys = [rf"{_POLICY}\{_KEYS[name]}\Logging" for name in silent]
    yield Measure(
        kind=LOGS,
        machine=machine,
        what=Text("止めた通信をファイアウォールの記録に残す", "Write what the firewall refuses to its log"),
        why=Text(
            "院内の機器がポートを探し回ると、止めた記録が最初の知らせになります",
            "When a machine inside searches for ports, the refusals are the first sign",
        ),
        stops=Text(
            "止まるものはありません。記録は16MBで古いものから消えます", "Nothing stops. The log holds 16 MB, the oldest lines go first"
        ),
        menu=Menu(
            Text(
                "wf.msc → プロパティ → プロファイルごとに「ログ」→「ドロップされたパケットをログに記録する: はい」、サイズ 16384 KB",
                "wf.msc > Properties > for each profile: Logging > Log dropped packets: Yes, size limit 16384 KB",
            ),
            Text(
                "コンピューターの構成 → ポリシー → Windows の設定 → セキュリティの設定 → セキュリティが強化された Windows Defender ファイアウォール →"
                " プロパティ → ログ",
                "Computer Configuration > Policies > Windows Settings > Security Settings > Windows Defender Firewall with Advanced Security > "
                "Properties > Logging",
            ),
        ),
        changes=tuple(
            value
            for key in keys
            for value in (
                RegistryValue(key, "LogDroppedPackets", "dword", 1),
                RegistryValue(key, "LogFileSize", "dword", _LOG_KB, enough=(_LOG_KB, _MOST_KB)),
            )
        ),
        promises=facts.open(machine, "firewall.drops_not_logged"),
        evidence=tuple(dict.fromkeys(one.evidence for one in rows if one.evidence)),
    )


KINDS = (
    Kind(
        name=LOGS,
        title=Text("ファイアウォールの記録", "Firewall: refusals logged"),
        system="windows",
        propose=propose_log,
        fixes=("firewall.drops_not_logged",),
    ),
    Kind(
        name=NAME,
        title=Text("ファイアウォールを有効にする", "Firewall: on, and refusing what no rule lets in"),
        system="windows",
        propose=propose_on,
        fixes=("firewall.windows_profile_off", "firewall.windows_inbound_allowed"),
    ),
)
"""The measures of this module."""
