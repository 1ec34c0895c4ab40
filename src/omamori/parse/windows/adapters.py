"""Network adapters: what kind one is, by what Windows and its drivers call it, and which addresses name a machine."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from ipaddress import IPv4Interface, ip_address

from omamori.model.network import Interface, OutboundSetting
from omamori.parse.windows.values import address, scope

# Drivers' names are never translated; the words of Japanese and English Windows stand beside them.
_LOOPBACK = re.compile(r"loopback|ループバック", re.IGNORECASE)
_BRIDGE = re.compile(r"\bbridge\b|ブリッジ", re.IGNORECASE)
_TUNNEL = re.compile(
    r"tunnel|トンネル|\bPPP\b|\bPPTP|\bL2TP|\bSSTP|\bIKEv2|\bTAP\b|wintun|wireguard|nordlynx|openvpn|ovpn|tailscale|zerotier|hamachi"
    r"|\bVPN\b|anyconnect|cisco secure client|fortinet|forticlient|\bPANGP\b|juniper networks virtual|pulse secure|sonicwall"
    r"|check point virtual|softether|isatap|teredo|6to4|wan miniport|\bRAS\b",
    re.IGNORECASE,
)
_MOBILE = re.compile(
    r"mobile broadband|モバイル ?ブロードバンド|\bWWAN\b|cellular|セルラー|携帯|\bLTE\b|\b[45]G\b|apple mobile device|modem"
    # The management board of a server is a remote NDIS device too.
    r"|^(?!.*(?:\bIBM\b|lenovo|xclarity|idrac|\bilo\b)).*(?:remote ndis|\bRNDIS\b)",
    re.IGNORECASE,
)
_WIRELESS = re.compile(r"wireless|wi-?fi|\bWLAN\b|802\.11|無線|ワイヤレス|bluetooth", re.IGNORECASE)
_UNKNOWN = re.compile(r"unknown|不明", re.IGNORECASE)
_VIRTUAL = re.compile(r"vmware virtual ethernet|virtualbox host-only|virtual ethernet adapter|host-only|docker|npcap", re.IGNORECASE)
_HYPER_V = re.compile(r"hyper-v virtual (?:ethernet|switch)", re.IGNORECASE)
_PLACEHOLDER = "fec0:0:0:ffff::"
"""Name servers that Windows prints where none is set (fec0:0:0:ffff::1 to ::3); nobody answers there."""


def kind(*words: str, gateway: bool = False) -> str:
    """Return the kind of an adapter by its type, description and name; `gateway` tells that it has a default gateway."""
    text = " ".join(words)[:1000]
    if _LOOPBACK.search(text):
        return "loopback"
    # On a Hyper-V host the virtual adapter with the gateway is the machine's own connection.
    if _HYPER_V.search(text):
        return "ethernet" if gateway else "virtual"
    for pattern, name in ((_TUNNEL, "tunnel"), (_MOBILE, "mobile"), (_WIRELESS, "wireless"), (_VIRTUAL, "virtual"), (_BRIDGE, "bridge")):
        if pattern.search(text):
            return name
    # Windows has no word for the adapters of VPN programs.
    return "tunnel" if words and _UNKNOWN.match(words[0]) else "ethernet"


def rows_of(base: Interface, addresses: Sequence[tuple[int, str, int | None, bool | None]]) -> Iterator[Interface]:
    """Yield one row per address (line, address, prefix length, given by DHCP) like `base`; one without address where there is none."""
    if not addresses:
        yield base
    for line, plain, prefix, dhcp in addresses:
        first = last = None
        if ":" not in plain and prefix is not None and 0 <= prefix <= 32:
            network = IPv4Interface(f"{plain}/{prefix}").network
            first, last = int(network.network_address), int(network.broadcast_address)
        yield Interface(
            name=base.name,
            kind=base.kind,
            mac=base.mac,
            up=base.up,
            address=plain,
            prefix=prefix,
            network_first=first,
            network_last=last,
            dhcp=dhcp,
            evidence=str(line),
        )


def prefix_of(mask: str | None) -> int | None:
    """Return the prefix length of a mask such as 255.255.255.0; None when it is none."""
    try:
        return IPv4Interface(f"0.0.0.0/{mask}").network.prefixlen if mask and mask.count(".") == 3 else None
    except ValueError:
        return None


def identifiers_of(rows: Sequence[Interface], name: str = "") -> tuple[str, ...]:
    """Return what names the machine: hardware addresses of its real cards, its name, its own IPv4 addresses."""
    real = [row for row in rows if row.kind in ("ethernet", "wireless", "mobile")]
    found = [f"mac:{row.mac}" for row in real if row.mac and own_mac(row.mac)]
    found += [f"name:{name.lower()}"] if name else []
    found += [f"ip:{row.address}" for row in real if row.address and "." in row.address and scope(row.address) in ("private", "public")]
    return tuple(dict.fromkeys(found))


def own_mac(mac: str) -> bool:
    """Whether a hardware address belongs to one card in the world: given by its maker (or by QEMU), not made up by a program."""
    return mac.startswith("52:54:00:") or (not int(mac[:2], 16) & 3 and mac != "00:00:00:00:00:00")


def name_server(text: str, origin: str, line: int) -> OutboundSetting | None:
    """Return the row of a name server; None where the text is no address, or the one Windows prints where none is set."""
    plain = address(text)
    if plain is None or plain.startswith(_PLACEHOLDER):
        return None
    return OutboundSetting(kind="dns", value=plain, address_public=scope(plain) == "public", origin=origin, evidence=str(line))


def answering(plain: str) -> bool:
    """Whether an address can be one machine's: no broadcast, no multicast."""
    known = ip_address(plain)
    return not known.is_multicast and not known.is_unspecified and plain != "255.255.255.255"
