"""Windows services nobody needs, stopped and no longer started. What offers a port stays while it is not known who uses that port."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from omamori.model.text import Text
from omamori.respond.harden.changes import ServiceStart
from omamori.respond.harden.facts import Facts
from omamori.respond.harden.flows import Allowed, allowed
from omamori.respond.harden.kind import Kind
from omamori.respond.harden.measures.windows_firewall import observed_notes_of, told_flow
from omamori.respond.harden.parts import Left, Machine, Measure, Menu, Promise

NAME = "windows-services"
_PRINT_ROLES = ("print-server", "printing-server-role")


@dataclass(frozen=True, slots=True)
class _Service:
    """A check, the service it is about (empty: the one its finding names), what stops with it, and the port it offers."""

    check: str
    name: str
    why: Text
    stops: Text
    offers: tuple[str, int] | None = None


_WHY_SPOOLER = Text(
    "印刷サービスには、認証サーバを乗っ取られる弱点が続けて見つかりました",
    "One flaw after another was found in the print service, with which the domain's server can be taken over",
)
_STOPS_SPOOLER = Text("このサーバからの印刷と、このサーバを通した印刷", "Printing from this server, and through it")
_PORTS = {"tlntsvr": ("tcp", 23), "ftpsvc": ("tcp", 21), "msftpsvc": ("tcp", 21)}
_SERVICES = (
    _Service("services.spooler_on_controller", "Spooler", _WHY_SPOOLER, _STOPS_SPOOLER),
    _Service("services.spooler_on_server", "Spooler", _WHY_SPOOLER, _STOPS_SPOOLER),
    _Service(
        "services.remote_registry",
        "RemoteRegistry",
        Text("離れた所からレジストリを読み書きできる入口です", "A door through which the registry is read and written from afar"),
        Text("離れた所からレジストリを読む管理ソフト", "Management software that reads the registry from afar"),
    ),
    _Service(
        "services.windows_snmp",
        "SNMP",
        Text("合い言葉だけで機器の中身が読める、暗号化のない仕組みです", "It gives away the machine's inside for one word in clear text"),
        Text("SNMPで見ている監視(UPSや機器の監視)", "Monitoring by SNMP, of the machine or its power supply"),
        ("udp", 161),
    ),
    _Service(
        "services.windows_unneeded",
        "",
        Text("使わない機能の分だけ、入口が増えます", "Every unused service is one more door"),
        Text("このサービスの機能(名前で検索して確かめてください)", "What this service does: look its name up first"),
    ),
    _Service(
        "services.windows_plain_text",
        "",
        Text("パスワードと中身が暗号化されずに流れます", "Passwords and contents pass unencrypted"),
        Text("TelnetやFTPでつないでいる機器と人", "Devices and people that connect by Telnet or FTP"),
    ),
)


def propose(facts: Facts, machine: Machine) -> Iterator[Measure | Left]:
    """Yield one measure for each service a check found running for nothing."""
    found = [(service, promise) for service in _SERVICES for promise in facts.open(machine, service.check)]
    if not found:
        return
    flows = allowed(facts, machine)
    done: dict[str, list[tuple[_Service, Promise]]] = {}
    for service, promise in found:
        name = service.name or promise.key.partition(" | ")[2]
        done.setdefault(name, []).append((service, promise))
    for name, reasons in done.items():
        left = _left(facts, machine, flows, name, reasons[0][0])
        yield Left(NAME, machine, left) if left else _measure(machine, flows, name, reasons)


def _left(facts: Facts, machine: Machine, flows: Allowed, name: str, service: _Service) -> Text | None:
    """Return why a service stays: somebody uses it, or it cannot be told."""
    if name == "Spooler" and any(role.name.lower() in _PRINT_ROLES for role in facts.rows("server_roles", machine)):
        return Text(
            f"{name}: 印刷サーバの役割があります。印刷を別のサーバに移してから止めてください",
            f"{name}: this is a print server; move printing to another one first",
        )
    offers = service.offers or _PORTS.get(name.lower())
    if offers is None:
        return None
    used = flows.to(*offers)
    if used:
        told = "; ".join(told_flow(one) for one in used[:4])
        return Text(
            f"{name}: 使われています({told})。暗号化する方法に移してから止めてください",
            f"{name}: it is used ({told}); move to an encrypted way first",
        )
    decided = any(one.port == offers[1] and one.protocol in (None, offers[0]) for one in flows.unwanted)
    if not decided and (offers[0] == "udp" or not flows.enough):
        return Text(
            f"{name}: 使う人がいないと言えるほど見ていません。監視や装置が使っていないかを確かめ、不要なら台帳の通信設計に「いいえ」と書いてください",
            f"{name}: it was not watched well enough to say that nobody uses it. Find out, and write No into the sheet of designed flows",
        )
    return None


def _measure(machine: Machine, flows: Allowed, name: str, reasons: list[tuple[_Service, Promise]]) -> Measure:
    service = reasons[0][0]
    return Measure(
        kind=NAME,
        machine=machine,
        what=Text(f"サービス {name} を止め、自動で始まらないようにする", f"Stop the service {name} and start it no more"),
        why=service.why,
        stops=service.stops,
        menu=Menu(
            Text(
                f"services.msc →「{name}」のプロパティ → 停止 → スタートアップの種類「無効」",
                f"services.msc > properties of {name} > Stop > Startup type: Disabled",
            ),
            Text(
                f"コンピューターの構成 → ポリシー → Windows の設定 → セキュリティの設定 → システム サービス → {name} → 無効",
                f"Computer Configuration > Policies > Windows Settings > Security Settings > System Services > {name} > Disabled",
            ),
        ),
        changes=(ServiceStart(name, 4),),
        promises=tuple(promise for _, promise in reasons),
        notes=observed_notes_of(flows) if service.offers or name.lower() in _PORTS else (),
        evidence=tuple(dict.fromkeys(promise.evidence for _, promise in reasons if promise.evidence)),
    )


KINDS = (Kind(name=NAME, title=Text("要らないサービスを止める", "Services nobody needs: off"), system="windows", propose=propose),)
"""The measures of this module."""
