"""What was seen of a golden hospital from the network: nmap's XML, and tables of switches and routers as they print them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import quoteattr

import yaml

from hospitals_host import mac_of
from hospitals_kit import SOURCE
from omamori.model.gentle import GENTLE_PORTS

SERVICES = {
    **{21: "ftp", 22: "ssh", 23: "telnet", 53: "domain", 80: "http", 88: "kerberos-sec", 104: "acr-nema", 111: "rpcbind", 135: "msrpc"},
    **{139: "netbios-ssn", 389: "ldap", 443: "https", 445: "microsoft-ds", 515: "printer", 554: "rtsp", 631: "ipp", 873: "rsync"},
    **{902: "iss-realsecure", 2049: "nfs", 3306: "mysql", 3389: "ms-wbt-server", 4242: "vrml-multi-use", 5432: "postgresql"},
    **{5900: "vnc", 5985: "wsman", 8000: "http-alt", 8042: "fs-agent", 8080: "http-proxy", 8443: "https-alt", 9100: "jetdirect"},
    **{11112: "dicom"},
}
"""What nmap calls a port by its number alone."""


def evidence(hospital: str, visit: str, *, dated: bool) -> dict[str, bytes]:
    """Return the files of a visit by their names; nothing when the network was not looked at then."""
    path = SOURCE / f"{hospital}_network.yaml"
    if not path.is_file():
        return {}
    found = {}
    for said in yaml.safe_load(path.read_text(encoding="utf-8"))[visit]:
        folder = f"{said['day']:%Y-%m-%d}/" if dated else ""
        found[folder + said["file"]] = scan(said).encode() if "hosts" in said else _printed(said)
    return found


def _printed(said: Mapping[str, Any]) -> bytes:
    """What a device printed: `text`, or a configuration in `source/devices` named by `saved`."""
    text = (SOURCE / "devices" / said["saved"]).read_text(encoding="utf-8") if "saved" in said else str(said["text"])
    return text.replace("\n", "\r\n").encode(said.get("encoding", "utf-8"))


def scan(said: Mapping[str, Any]) -> str:
    """Return nmap's XML of one gentle scan: `began` (UTC), `minutes`, `targets`, and `hosts` as address → its card and open ports."""
    began, ended = said["began"].replace(tzinfo=UTC), int(said["began"].replace(tzinfo=UTC).timestamp()) + 60 * said["minutes"]
    ports = ",".join(map(str, GENTLE_PORTS))
    excluded = f" --exclude {','.join(said['excluded'])}" if said.get("excluded") else ""
    command = f"nmap -n -Pn -sS --max-retries 1 --max-rate 50 -p {ports}{excluded} -oX - {' '.join(said['targets'])}"
    start = int(began.timestamp())
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<!DOCTYPE nmaprun>",
        f"<!-- Nmap 7.93 scan initiated {when(began)} as: {command.replace('--', '-&#45;')} -->",
        f'<nmaprun scanner="nmap" args={quoteattr(command)} start="{start}" startstr="{when(began)}" version="7.93" xmloutputversion="1.05">',
        f'<scaninfo type="syn" protocol="tcp" numservices="{len(GENTLE_PORTS)}" services="{ports}"/>',
        '<verbose level="0"/>',
        '<debugging level="0"/>',
    ]
    for address, host in said["hosts"].items():
        lines += _host(address, host, start, ended)
    up, asked = len(said["hosts"]), said["asked"]
    over = datetime.fromtimestamp(ended, UTC)
    summary = f"Nmap done at {when(over)}; {asked} IP addresses ({up} hosts up) scanned in {ended - start}.00 seconds"
    lines += [
        f'<runstats><finished time="{ended}" timestr="{when(over)}" summary={quoteattr(summary)} elapsed="{ended - start}.00" exit="success"/>'
        f'<hosts up="{up}" down="{asked - up}" total="{asked}"/>',
        "</runstats>",
        "</nmaprun>",
        "",
    ]
    return "\n".join(lines)


def when(moment: datetime) -> str:
    """A moment as nmap writes it."""
    return f"{moment:%a %b %d %H:%M:%S %Y}"


def _host(address: str, host: Sequence[Any], start: int, ended: int) -> Iterator[str]:
    """`[last part of the card's address or the whole, open ports, closed or filtered for the rest]`; without a card it stands behind a router."""
    card, opened, rest = host[0], host[1], host[2] if len(host) > 2 else "closed"
    yield f'<host starttime="{start}" endtime="{ended}"><status state="up" reason="{"arp-response" if card else "user-set"}" reason_ttl="0"/>'
    yield f'<address addr="{address}" addrtype="ipv4"/>'
    if card:
        yield f'<address addr="{mac_of(card).upper()}" addrtype="mac"/>'
    yield "<hostnames>"
    yield "</hostnames>"
    others = ",".join(str(port) for port in GENTLE_PORTS if port not in opened)
    count, reason = len(GENTLE_PORTS) - len(opened), "no-response" if rest == "filtered" else "reset"
    yield f'<ports><extraports state="{rest}" count="{count}">'
    yield f'<extrareasons reason="{reason}" count="{count}" proto="tcp" ports="{others}"/>'
    yield "</extraports>"
    for port in opened:
        name = f'<service name="{SERVICES[port]}" method="table" conf="3"/>' if port in SERVICES else ""
        yield f'<port protocol="tcp" portid="{port}"><state state="open" reason="syn-ack" reason_ttl="{64 if card else 63}"/>{name}</port>'
    yield "</ports>"
    yield '<times srtt="412" rttvar="201" to="100000"/>'
    yield "</host>"
