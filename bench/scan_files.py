"""Makes two nmap result files of an invented network, some months apart, as nmap 7.93 writes them; the same seed, the same bytes.

PYTHONPATH=src python bench/scan_files.py FOLDER HOSTS [SEED]      writes FOLDER/before.xml and FOLDER/after.xml
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

_ASKED = 10_000
_SERVICES = (
    (21, "ftp", "vsftpd", "3.0.3"),
    (22, "ssh", "OpenSSH", "8.4p1 Debian 5+deb11u1"),
    (23, "telnet", "Linux telnetd", ""),
    (53, "domain", "dnsmasq", "2.85"),
    (80, "http", "Apache httpd", "2.4.56"),
    (104, "acr-nema", "", ""),
    (111, "rpcbind", "", "2-4"),
    (135, "msrpc", "Microsoft Windows RPC", ""),
    (139, "netbios-ssn", "Microsoft Windows netbios-ssn", ""),
    (389, "ldap", "Microsoft Windows Active Directory LDAP", ""),
    (443, "https", "nginx", "1.18.0"),
    (445, "microsoft-ds", "Microsoft Windows Server 2019 microsoft-ds", ""),
    (515, "printer", "", ""),
    (631, "ipp", "CUPS", "2.3"),
    (1433, "ms-sql-s", "Microsoft SQL Server 2019", "15.00.2000"),
    (1521, "oracle-tns", "Oracle TNS listener", "12.2.0.1.0"),
    (3306, "mysql", "MySQL", "8.0.32"),
    (3389, "ms-wbt-server", "Microsoft Terminal Services", ""),
    (5432, "postgresql", "PostgreSQL DB", "13.9"),
    (5900, "vnc", "VNC", ""),
    (5985, "http", "Microsoft HTTPAPI httpd", "2.0"),
    (8080, "http-proxy", "Apache Tomcat", "9.0.71"),
    (9100, "jetdirect", "", ""),
)
_MOMENTS = (1_790_000_000, 1_795_000_000)


@dataclass(frozen=True, slots=True)
class Machine:
    """An invented machine: its number on the network, its hardware, and places in `_SERVICES` with a change of version."""

    number: int
    hardware: int
    services: tuple[tuple[int, int], ...]


def write_pair(folder: Path, hosts: int, seed: int = 1) -> tuple[Path, Path]:
    """Write both files and return their paths. About one machine in fifty changes in some way; all times differ."""
    random = Random(seed)
    before = [_machine(random, number) for number in range(hosts)]
    after = [one for machine in before if (one := _later(random, machine, hosts)) is not None]
    after += [_machine(random, hosts + number) for number in range(max(1, hosts // 200))]
    paths = folder / "before.xml", folder / "after.xml"
    for path, machines, moment in zip(paths, (before, after), _MOMENTS, strict=True):
        with path.open("w", encoding="utf-8") as stream:
            stream.writelines(_file(random, machines, moment))
    return paths


def _machine(random: Random, number: int) -> Machine:
    places = sorted(random.sample(range(len(_SERVICES)), random.randrange(10, 21)))
    return Machine(number, number, tuple((place, 0) for place in places))


def _later(random: Random, machine: Machine, hosts: int) -> Machine | None:
    """Return a machine as it is some months later; None: it is not there any more."""
    fate = random.random()
    if fate < 0.005:
        return None
    if fate < 0.010:
        return replace(machine, services=machine.services[1:])
    if fate < 0.015:
        place = next(place for place in range(len(_SERVICES)) if place not in dict(machine.services))
        return replace(machine, services=tuple(sorted((*machine.services, (place, 0)))))
    if fate < 0.018:
        return replace(machine, services=tuple((place, 1) for place, _ in machine.services))
    if fate < 0.020:
        return replace(machine, number=hosts + hosts // 100 + machine.number)
    return machine


def _file(random: Random, machines: Sequence[Machine], moment: int) -> Iterator[str]:
    arguments = f"nmap -sS -sV -p 1-{_ASKED} -oX scan.xml 10.0.0.0/14"
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE nmaprun>\n'
        '<?xml-stylesheet href="file:///usr/bin/../share/nmap/nmap.xsl" type="text/xsl"?>\n'
        f"<!-- Nmap 7.93 scan initiated as: {arguments} -->\n"
        f'<nmaprun scanner="nmap" args="{arguments}" start="{moment}" startstr="-" version="7.93" xmloutputversion="1.05">\n'
        f'<scaninfo type="syn" protocol="tcp" numservices="{_ASKED}" services="1-{_ASKED}"/>\n<verbose level="0"/>\n<debugging level="0"/>\n'
    )
    for place, machine in enumerate(machines):
        yield _host(random, machine, moment + place // 10)
    end = moment + len(machines)
    yield (
        f'<runstats><finished time="{end}" timestr="-" summary="-" elapsed="{len(machines)}.00" exit="success"/>'
        f'<hosts up="{len(machines)}" down="{2**18 - len(machines)}" total="{2**18}"/>\n</runstats>\n</nmaprun>\n'
    )


def _host(random: Random, machine: Machine, moment: int) -> str:
    number = machine.number + 256
    address = f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"
    hardware = f"00:1B:63:{machine.hardware >> 16:02X}:{machine.hardware >> 8 & 255:02X}:{machine.hardware & 255:02X}"
    ports = []
    closed, last = [], 0
    for place, newer in machine.services:
        port, name, product, version = _SERVICES[place]
        if port - 1 > last:
            closed.append(f"{last + 1}-{port - 1}" if port - 2 > last else str(port - 1))
        last = port
        said = f' product="{product}"' if product else ""
        said += f' version="{version}{".1" if newer else ""}"' if version else ""
        method = 'method="probed" conf="10"' if product else 'method="table" conf="3"'
        ports.append(
            f'<port protocol="tcp" portid="{port}"><state state="open" reason="syn-ack" reason_ttl="64"/>'
            f'<service name="{name}"{said} {method}/></port>\n'
        )
    count = _ASKED - len(ports)
    return (
        f'<host starttime="{moment}" endtime="{moment + random.randrange(5, 90)}"><status state="up" reason="arp-response" reason_ttl="0"/>\n'
        f'<address addr="{address}" addrtype="ipv4"/>\n<address addr="{hardware}" addrtype="mac" vendor="Apple"/>\n'
        f'<hostnames>\n<hostname name="pc{machine.number:05d}.hospital.example" type="PTR"/>\n</hostnames>\n'
        f'<ports><extraports state="closed" count="{count}">\n'
        f'<extrareasons reason="reset" count="{count}" proto="tcp" ports="{",".join(closed)},{last + 1}-{_ASKED}"/>\n</extraports>\n'
        f"{''.join(ports)}</ports>\n"
        f'<times srtt="{random.randrange(50, 9000)}" rttvar="{random.randrange(50, 5000)}" to="100000"/>\n</host>\n'
    )


if __name__ == "__main__":
    print(*write_pair(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1))
