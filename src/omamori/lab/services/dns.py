"""Names and addresses: dnsmasq with DNS and, where `range` is given (FIRST,LAST), DHCP.

`records` is name → address. `leases` are addresses it has given out already: [hardware address, address, name] each; its
file is `leases` in the folder of the service, as dnsmasq writes it.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from omamori.lab.interface import Daemon, Place, Port, Service
from omamori.lab.options import settle
from omamori.lab.programs import need_program

_DEFAULTS: dict[str, Any] = {"records": {}, "range": "", "leases": []}
_WEEK = 7 * 24 * 3600


def _prepare(place: Place, options: Mapping[str, Any]) -> tuple[Daemon, ...]:
    chosen = settle("dns", options, _DEFAULTS)
    folder = place.folder / "dns"
    folder.mkdir(exist_ok=True)
    lines = ["no-resolv", "no-hosts", "bind-interfaces", "user=root", f"pid-file={folder}/pid"]
    lines += [f"host-record={name},{address}" for name, address in chosen["records"].items()]
    if chosen["range"]:
        lines += [f"dhcp-range={chosen['range']},168h", f"dhcp-leasefile={folder}/leases", "dhcp-authoritative"]
        until = int(time.time()) + _WEEK
        given = [f"{until} {mac} {address} {name or '*'} *" for mac, address, name in chosen["leases"]]
        (folder / "leases").write_text("".join(f"{line}\n" for line in given), encoding="ascii")
    config = folder / "dnsmasq.conf"
    config.write_text("\n".join(lines) + "\n", encoding="ascii")
    argv = (need_program("dnsmasq"), "--keep-in-foreground", "--log-facility=-", f"--conf-file={config}")
    return (Daemon(argv, ready=("tcp", 53)),)


def _listens(options: Mapping[str, Any]) -> tuple[Port, ...]:
    chosen = settle("dns", options, _DEFAULTS)
    dhcp = (Port("udp", 67, "names"),) if chosen["range"] else ()
    return (Port("tcp", 53, "names"), Port("udp", 53, "names"), *dhcp)


SERVICE = Service(
    name="dns",
    programs={"dnsmasq": "dnsmasq-base"},
    prepare=_prepare,
    listens=_listens,
    shows={"dnsmasq.conf": "dns/dnsmasq.conf"},
)
