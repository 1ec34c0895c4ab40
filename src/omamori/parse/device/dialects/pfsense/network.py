"""Interfaces, gateways, routes, tunnels, accounts and the rest of a config.xml."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from omamori.model.device import DeviceAccess, DeviceAccount, DeviceInterface, DeviceLog, DeviceRoute, DeviceSecret, DeviceVpn
from omamori.parse.device.dialects.pfsense.names import Names
from omamori.parse.device.dialects.pfsense.redact import kinds, state_of
from omamori.parse.device.dialects.pfsense.sides import ssh_on, ssh_port
from omamori.parse.device.extent import network, written
from omamori.parse.device.markup import Node

_MOVING = ("dhcp", "pppoe", "ppp", "pptp", "l2tp")


def interfaces(root: Node, names: Names) -> Iterator[DeviceInterface]:
    """Yield the assigned interfaces by the name rules use (wan, lan, opt1), and the doors of tunnels."""
    vlans = {one.get("vlanif"): one.take() for one in root.child("vlans").all("vlan")}
    for name, node in names.interfaces.items():
        card, address = node.get("if"), node.get("ipaddr")
        vlan = vlans.get(card)
        one = network(f"{address}/{node.get('subnet') or '32'}")
        tag = vlan.get("tag") if vlan is not None else ""
        yield DeviceInterface(
            name=name, label=node.get("descr") or None, enabled=node.has("enable") and node.get("enable") != "0", parent=card or None,
            kind="vlan" if vlan is not None else "tunnel" if card.startswith(("ovpn", "gif", "gre", "tun_wg", "wg", "ipsec")) else "bridge"
            if card.startswith("bridge") else "aggregate" if card.startswith("lagg") else "ppp" if address in ("pppoe", "ppp") else "ethernet",
            role="outside" if name == "wan" or node.get("gateway") else "inside" if name == "lan" else None,
            address=address if one and "/" not in address else None, prefix=_number(node.get("subnet")) if one else None,
            network_first=one[0] if one else None, network_last=one[1] if one else None, dynamic=address in _MOVING,
            vlan=int(tag) if tag.isascii() and tag.isdigit() and len(tag) < 5 else None, evidence=str(node.line),
        )  # fmt: skip
    for name, there in (("openvpn", root.child("openvpn").children), ("enc0", root.child("ipsec").all("phase1"))):
        if there and name not in names.interfaces:
            yield DeviceInterface(name=name, kind="tunnel", enabled=True, evidence=str(there[0].line))


def routes(root: Node, names: Names) -> Iterator[DeviceRoute]:
    """Yield static routes and default gateways."""
    gateways = {
        one.get("name"): one.take()
        for one in (*root.child("gateways").all("gateway_item"), *root.child("OPNsense/Gateways").all("gateway_item"))
    }
    root.child("gateways").take()
    chosen = root.get("gateways/defaultgw4")
    default = [one for name, one in gateways.items() if (one.has("defaultgw") and one.get("defaultgw") != "0") or name == chosen]
    if not default:
        used = {node.get("gateway") for node in names.interfaces.values()}
        default = [one for name, one in gateways.items() if name in used and one.get("ipprotocol") != "inet6"][:1]
    for one in default:
        address = one.get("gateway")
        yield DeviceRoute(
            destination="0.0.0.0/0", destination_first=0, destination_last=2**32 - 1, gateway=address if network(address) else None,
            interface=one.get("interface") or None, origin="static" if network(address) else "dhcp", distance=1, evidence=str(one.line),
        )  # fmt: skip
    for name, node in names.interfaces.items():
        if node.get("ipaddr") in _MOVING and not default:
            yield DeviceRoute(
                destination="0.0.0.0/0",
                destination_first=0,
                destination_last=2**32 - 1,
                interface=name,
                origin="dhcp",
                distance=1,
                evidence=str(node.line),
            )
    for node in root.child("staticroutes").all("route"):
        found, gateway = names.addresses(node.get("network")), gateways.get(node.get("gateway"))
        off = node.has("disabled") and node.get("disabled") != "0"
        node.take()
        if off or ":" in node.get("network"):
            continue
        where = gateway.get("gateway") if gateway is not None else ""
        for low, high in found.ranges or ((0, 2**32 - 1),):
            yield DeviceRoute(
                destination=written([(low, high)]) or "0.0.0.0/0", destination_first=low, destination_last=high, origin="static", distance=1,
                gateway=where if network(where) else None, interface=(gateway.get("interface") or None) if gateway is not None else None,
                condition="; ".join([*found.doubts, *([] if gateway is not None else [f"gateway {node.get('gateway')}"])]) or None,
                discard=node.get("gateway").startswith("Null"), evidence=str(node.line),
            )  # fmt: skip


def vpns(root: Node) -> Iterator[DeviceVpn]:
    """Yield OpenVPN, IPsec and WireGuard."""
    for kind in ("openvpn-server", "openvpn-client"):
        for node in root.child("openvpn").all(kind):
            mode = node.get("mode")
            yield DeviceVpn(
                name=node.get("description") or f"{kind} {node.get('vpnid')}", kind="openvpn", dial_in=mode.startswith("server") if kind.endswith("server") else False,
                enabled=not (node.has("disable") and node.get("disable") != "0"), interface="openvpn", listens_on=node.get("interface") or None,
                port=_number(node.get("local_port")), peer=node.get("server_addr") or None, local_networks=node.get("local_network") or None,
                remote_networks=",".join(one for one in (node.get("tunnel_network"), node.get("remote_network")) if one) or None,
                authentication=_proof(mode),
                encryption=",".join(one for one in (node.get("data_ciphers") or node.get("crypto"), node.get("digest")) if one) or None, evidence=str(node.line),
            )  # fmt: skip
            node.take()
    second = root.child("ipsec").all("phase2")
    mobile = root.child("ipsec/client")
    for node in root.child("ipsec").all("phase1"):
        mine = [one for one in second if one.get("ikeid") == node.get("ikeid") and not one.has("disabled")]
        far, dial = node.get("remote-gateway"), node.has("mobile")
        pool = f"{mobile.get('pool_address')}/{mobile.get('pool_netbits')}" if dial and mobile.get("pool_address") else None
        method = node.get("authentication_method")
        yield DeviceVpn(
            name=node.get("descr") or f"ipsec {node.get('ikeid')}", kind="ipsec", dial_in=dial, enabled=not node.has("disabled"), interface="enc0",
            listens_on=node.get("interface") or None, peer=far if far and not dial else None, local_networks=_phase(mine, "localid"),
            remote_networks=pool or _phase(mine, "remoteid"), evidence=str(node.line),
            authentication=",".join(["key" if "pre_shared" in method or "psk" in method else "certificate", *(["password"] if "xauth" in method or "eap" in method else [])]),
        )  # fmt: skip
    root.child("ipsec").take()
    for node in (
        *root.child("installedpackages/wireguard/tunnels").all("item"),
        *root.child("OPNsense/wireguard/server/servers").all("server"),
    ):
        yield DeviceVpn(
            name=node.get("descr") or node.get("name"), kind="wireguard", enabled=node.get("enabled") in ("yes", "1"), port=_number(node.get("listenport") or node.get("port")),
            interface=node.get("name") if node.get("name").startswith("tun_wg") else None, authentication="key", evidence=str(node.line),
        )  # fmt: skip
        node.take()
    for path in ("installedpackages/wireguard", "OPNsense/wireguard"):
        root.child(path).take()


def _proof(mode: str) -> str:
    """How the other end of an OpenVPN proves itself, by the mode of the server or client."""
    first = "certificate" if "tls" in mode else "key" if mode.endswith("shared_key") else "password"
    return f"{first},password" if "user" in mode and "tls" in mode else first


def _phase(nodes: list[Node], tag: str) -> str | None:
    found = []
    for node in nodes:
        one = node.child(tag)
        address, bits = one.get("address"), one.get("netbits")
        if not address:
            return None if one.get("type") not in ("lan", "wan") else one.get("type")
        found.append(f"{address}/{bits}" if bits else address)
    return ",".join(found) or None


def accounts(root: Node) -> Iterator[DeviceAccount]:
    """Yield the users; those of the group admins administer."""
    groups = {one.get("name"): [member.text.strip() for member in one.all("member")] for one in root.child("system").all("group")}
    for node in root.child("system").all("user"):
        uid, name = node.get("uid"), node.get("name")
        mine = [group for group, members in groups.items() if uid in {part for member in members for part in member.split(",")}]
        hashes = [one for one in ("bcrypt-hash", "sha512-hash", "md5-hash", "password") if node.has(one)]
        state = state_of("hash", node.get(hashes[0])) if hashes else "empty"
        admin = "admins" in mine or name in ("admin", "root") or node.get("scope") == "system"
        yield DeviceAccount(
            name=name, kind="administrator" if admin else "vpn-user", rights=",".join(mine) or None, secret="hashed" if state == "plain" else state,
            two_factor=True if node.get("otp_seed") else None, enabled=not (node.has("disabled") and node.get("disabled") != "0"), evidence=str(node.line),
        )  # fmt: skip
        node.take()


def access(root: Node) -> Iterator[DeviceAccess]:
    """Yield what the device can be administered by; from where it can, its filter rules say."""
    webgui = root.child("system/webgui")
    if webgui.line:
        secure = webgui.get("protocol") != "http"
        yield DeviceAccess(
            protocol="https" if secure else "http",
            port=_number(webgui.get("port")) or (443 if secure else 80),
            enabled=True,
            evidence=str(webgui.line),
        )
    if ssh_on(root):
        yield DeviceAccess(protocol="ssh", port=_number(ssh_port(root)), enabled=True, evidence=str(root.child("system/ssh").line or ""))
    snmp = root.child("snmpd")
    if snmp.has("enable"):
        yield DeviceAccess(protocol="snmp", port=_number(snmp.get("pollport")) or 161, enabled=True, evidence=str(snmp.line))


def logs(root: Node) -> Iterator[DeviceLog]:
    """Yield the log servers; the disk is always written."""
    node = root.child("syslog")
    for tag in ("remoteserver", "remoteserver2", "remoteserver3"):
        if target := node.get(tag):
            yield DeviceLog(target=target, kind="syslog", enabled=node.has("enable"), evidence=str(node.child(tag).line))
    node.take()
    for one in root.child("OPNsense/Syslog/destinations").all("destination"):
        yield DeviceLog(
            target=one.get("hostname"),
            kind="syslog",
            enabled=one.get("enabled") != "0",
            level=one.get("level") or None,
            evidence=str(one.line),
        )
    root.child("OPNsense/Syslog").take()
    yield DeviceLog(target="disk", kind="disk", enabled=not node.has("disablelocallogging"), evidence=str(node.line or ""))


def secrets(root: Node) -> Iterator[DeviceSecret]:
    """Yield the place and state of every secret."""
    known: dict[str, str] = kinds()
    for path, leaf in root.leaves():
        kind = known.get(leaf.tag.lower())
        if kind is not None and (leaf.text.strip() or leaf.tag in ("password", "rocommunity")):
            place: Any = "snmp community" if kind == "community" else path.replace("/", " ")
            yield DeviceSecret(place=place, kind=kind, state=state_of(kind, leaf.text), evidence=str(leaf.line))


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None
