"""What the commands of a console print on an invented Windows machine: about its network and its firewall."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Mapping

from hospitals_windows_machine import WindowsMachine, cells

_ANY = "0.0.0.0"  # noqa: S104 - printed, not bound


def _netstat(m: WindowsMachine) -> str:
    head = m.say(
        "  プロトコル  ローカル アドレス      外部アドレス           状態            PID",
        "  Proto  Local Address          Foreign Address        State           PID",
    )
    wide = 10 if not m.english else 5
    lines = ["", m.say("アクティブな接続", "Active Connections"), "", head]
    for one in m.sockets:
        lines.append(f"  {one.protocol:<{wide}}  {one.local:<22} {one.peer:<22} {one.state:<15} {one.pid}")
        if m.said.get("privileged", True):
            lines += [f"  {one.service}"] if one.service else []
            owner = f" [{one.program}]" if one.program else m.say(" 所有者情報を取得できません", " Can not obtain ownership information")
            lines.append(owner)
    return "\n".join(lines) + "\n"


def _dotted(m: WindowsMachine, ja: str, en: str, value: str = "") -> str:
    """A line of ipconfig: every second place a dot, up to the colon."""
    text, wide, dotted = m.say(ja, en), 34 if m.english else 36, not m.english
    dots = "".join("." if place % 2 == dotted else " " for place in range(cells(text), wide))
    return f"   {text}{dots}: {value}".rstrip()


def _ipconfig(m: WindowsMachine) -> str:
    lines = ["", m.say("Windows IP 構成", "Windows IP Configuration"), ""]
    lines += [
        _dotted(m, "ホスト名", "Host Name", m.host),
        _dotted(m, "プライマリ DNS サフィックス", "Primary Dns Suffix", m.domain),
        _dotted(m, "ノード タイプ", "Node Type", m.say("ハイブリッド", "Hybrid")),
        _dotted(m, "IP ルーティング有効", "IP Routing Enabled", m.say(*(("はい", "Yes") if m.forwards else ("いいえ", "No")))),
        _dotted(m, "WINS プロキシ有効", "WINS Proxy Enabled", m.say("いいえ", "No")),
    ]
    for link in m.links:
        kind = "Wireless LAN adapter" if "Wi-Fi" in link["name"] else m.say("イーサネット アダプター", "Ethernet adapter")
        lines += ["", f"{kind} {link['name']}:", ""]
        lines += [
            _dotted(m, "接続固有の DNS サフィックス", "Connection-specific DNS Suffix"),
            _dotted(m, "説明", "Description", link["card"]),
            _dotted(m, "物理アドレス", "Physical Address", link["mac"].upper()),
            _dotted(m, "DHCP 有効", "DHCP Enabled", m.say("いいえ", "No")),
            _dotted(m, "自動構成有効", "Autoconfiguration Enabled", m.say("はい", "Yes")),
            _dotted(m, "IPv4 アドレス", "IPv4 Address", f"{m.network(link).ip}({m.say('優先', 'Preferred')})"),
            _dotted(m, "サブネット マスク", "Subnet Mask", str(m.network(link).netmask)),
            _dotted(m, "デフォルト ゲートウェイ", "Default Gateway", link.get("gateway", "")),
            *([_dotted(m, "DNS サーバー", "DNS Servers", link["dns"])] if "dns" in link else []),
            _dotted(m, "NetBIOS over TCP/IP", "NetBIOS over Tcpip", m.say("有効", "Enabled")),
        ]
    return "\n".join(lines) + "\n"


def _route(m: WindowsMachine) -> str:
    bar, on = "=" * 75, m.say("リンク上", "On-link")
    lines = [bar, m.say("インターフェイス一覧", "Interface List")]
    lines += [f" {number:>2}...{link['mac'].lower().replace('-', ' ')} ......{link['card']}" for number, link in enumerate(m.links, 12)]
    lines += [
        "  1...........................Software Loopback Interface 1",
        bar,
        "",
        m.say("IPv4 ルート テーブル", "IPv4 Route Table"),
        bar,
    ]
    heads = m.say(
        "ネットワーク宛先        ネットマスク          ゲートウェイ       インターフェイス  メトリック",
        "Network Destination        Netmask          Gateway       Interface  Metric",
    )
    lines += [m.say("アクティブ ルート:", "Active Routes:"), heads]
    for link in m.links:
        own, net = m.network(link).ip, m.network(link).network
        rows = [(_ANY, _ANY, link["gateway"])] if "gateway" in link else []
        rows += [
            (str(net.network_address), str(net.netmask), on),
            (str(own), "255.255.255.255", on),
            (str(net.broadcast_address), "255.255.255.255", on),
        ]
        lines += [f"{to:>17} {mask:>16} {by:>15} {own!s:>15}    281" for to, mask, by in rows]
    lines += [
        f"{to:>17} {mask:>16} {on:>15} {'127.0.0.1':>15}    331"
        for to, mask in (("127.0.0.0", "255.0.0.0"), ("127.0.0.1", "255.255.255.255"))
    ]
    none = m.say("  なし", "  None")
    lines += [bar, m.say("固定ルート:", "Persistent Routes:"), none, "", m.say("IPv6 ルート テーブル", "IPv6 Route Table"), bar]
    lines += [
        m.say("アクティブ ルート:", "Active Routes:"),
        m.say(" If メトリック ネットワーク宛先      ゲートウェイ", " If Metric Network Destination      Gateway"),
    ]
    return "\n".join([*lines, f"  1    331 ::1/128                  {on}", bar, m.say("固定ルート:", "Persistent Routes:"), none]) + "\n"


def _arp(m: WindowsMachine) -> str:
    lines = []
    heads = m.say("  インターネット アドレス 物理アドレス           種類", "  Internet Address      Physical Address      Type")
    for number, link in enumerate(m.links, 12):
        net = m.network(link)
        lines += ["", f"{m.say('インターフェイス', 'Interface')}: {net.ip} --- 0x{number:x}", heads]
        for address, mac in m.said.get("neighbours", {}).items():
            if ipaddress.ip_address(address) in net.network:
                lines.append(f"  {address:<22}{mac}     {m.say('動的', 'dynamic')}")
        lines.append(f"  {'224.0.0.22':<22}01-00-5e-00-00-16     {m.say('静的', 'static')}")
    return "\n".join(lines) + "\n"


def _firewall(m: WindowsMachine) -> str:
    said, lines = m.said["firewall"], []
    yes, no = m.say("有効", "Enable"), m.say("無効", "Disable")
    for profile, ja in (("Domain", "ドメイン"), ("Private", "プライベート"), ("Public", "パブリック")):
        key = "standard" if profile == "Private" else profile.lower()
        state = m.say("オフ", "OFF") if key in said.get("profiles_off", ()) else m.say("オン", "ON")
        pairs = {
            "State": state,
            "Firewall Policy": f"{'Allow' if key in said.get('lets_in', ()) else 'Block'}Inbound,AllowOutbound",
            "LocalFirewallRules": m.say("N/A (GPO ストアのみ)", "N/A (GPO-store only)"),
            "LocalConSecRules": m.say("N/A (GPO ストアのみ)", "N/A (GPO-store only)"),
            "InboundUserNotification": no,
            "RemoteManagement": no,
            "UnicastResponseToMulticast": yes,
        }
        logs = {
            "LogAllowedConnections": no,
            "LogDroppedConnections": yes if said.get("logs") else no,
            "FileName": r"%systemroot%\system32\LogFiles\Firewall\pfirewall.log",
            "MaxFileSize": "4096",
        }
        lines += ["", m.say(f"{ja} プロファイル 設定: ", f"{profile} Profile Settings: "), "-" * 70]
        lines += [f"{name:<38}{value}" for name, value in pairs.items()]
        lines += ["", m.say("ログ:", "Logging:"), *(f"{name:<38}{value}" for name, value in logs.items())]
    return "\n".join([*lines, m.say("OK", "Ok."), ""]) + "\n"


def _winhttp(m: WindowsMachine) -> str:
    proxy = m.said.get("proxy")
    head = m.say("現在の WinHTTP プロキシ設定:", "Current WinHTTP proxy settings:")
    if proxy:
        return f"\n{head}\n\n    {m.say('プロキシ サーバー', 'Proxy Server(s)')} :  {proxy}\n    {m.say('バイパス一覧', 'Bypass List')}     :  (none)\n\n"
    return f"\n{head}\n\n    {m.say('直接アクセス (プロキシ サーバーなし)。', 'Direct access (no proxy server).')}\n\n"


def _wlan(m: WindowsMachine) -> str:
    """Of wireless cards only; a machine without one has no service that could answer."""
    cards = [link for link in m.links if "Wi-Fi" in link["name"]]
    if not cards:
        return ""
    lines = ["", m.say(f"システムに {len(cards)} インターフェイスがあります:", f"There is {len(cards)} interface on the system:"), ""]
    for number, link in enumerate(cards):
        pairs = [
            (m.say("名前", "Name"), link["name"]),
            (m.say("説明", "Description"), link["card"]),
            ("GUID", f"5e00530a-0000-4000-8000-{number:012x}"),
            (m.say("物理アドレス", "Physical address"), link["mac"].lower().replace("-", ":")),
            (m.say("状態", "State"), m.say("接続されました", "connected")),
            ("SSID", link["network"]),
            ("BSSID", link["station"]),
            (m.say("認証", "Authentication"), m.say("WPA2-パーソナル", "WPA2-Personal")),
            (m.say("プロファイル", "Profile"), link["network"]),
        ]
        lines += [*(f"    {name}{' ' * (23 - cells(name))}: {value}" for name, value in pairs), ""]
    return "\n".join(lines) + "\n"


CONSOLE: Mapping[str, Callable[[WindowsMachine], str]] = {
    "netstat.txt": _netstat,
    "ipconfig.txt": _ipconfig,
    "route.txt": _route,
    "arp.txt": _arp,
    "firewall.txt": _firewall,
    "winhttp.txt": _winhttp,
    "wlan.txt": _wlan,
}
