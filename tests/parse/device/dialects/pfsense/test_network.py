"""Routes and tunnels where the sample does not show them."""

from __future__ import annotations

from omamori.parse.device.dialects.pfsense.names import Names
from omamori.parse.device.dialects.pfsense.network import routes, vpns
from omamori.parse.device.markup import read_markup


def test_routes() -> None:
    root = read_markup(
        "<p><interfaces><wan><ipaddr>dhcp</ipaddr></wan></interfaces><staticroutes><route><network>10.9.0.0/16</network><gateway>GONE</gateway></route>"
        "<route><network>10.8.0.0/16</network><gateway>GONE</gateway><disabled/></route></staticroutes></p>"
    ).root
    told = [(row.destination, row.interface, row.origin, row.condition) for row in routes(root, Names(root))]
    assert told == [("0.0.0.0/0", "wan", "dhcp", None), ("10.9.0.0/16", None, "static", "gateway GONE")]


def test_tunnels() -> None:
    root = read_markup(
        "<p><openvpn><openvpn-client><mode>p2p_shared_key</mode><server_addr>198.51.100.3</server_addr><disable/></openvpn-client></openvpn>"
        "<ipsec><client><pool_address>10.7.0.0</pool_address><pool_netbits>24</pool_netbits></client><phase1><ikeid>2</ikeid><mobile/>"
        "<authentication_method>eap-mschapv2</authentication_method></phase1></ipsec>"
        "<OPNsense><wireguard><server><servers><server><enabled>1</enabled><name>road</name><port>51820</port></server></servers></server></wireguard></OPNsense></p>"
    ).root
    told = [(row.kind, row.dial_in, row.enabled, row.authentication, row.remote_networks, row.port) for row in vpns(root)]
    assert told == [
        ("openvpn", False, False, "key", None, None),
        ("ipsec", True, True, "certificate,password", "10.7.0.0/24", None),
        ("wireguard", None, True, "key", None, 51820),
    ]
