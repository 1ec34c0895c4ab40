"""Linux: tunnels and doors for tunnels (`linux.tunnels`).

Read from wg(8), the configuration of OpenVPN (openvpn(8)), of xl2tpd and pptpd, `ip tunnel` (ip-tunnel(8)), and IPsec
(`tunnels_ipsec`). The probe asks for nothing that is a key or a password.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from omamori.model.device import DeviceVpn
from omamori.model.look import Look, Parsed
from omamori.parse.interface import Context, Parser
from omamori.parse.linux.filter_spans import prefix_length
from omamori.parse.linux.output import NOT_THERE, address, first_line, moment, number
from omamori.parse.linux.tunnels_ipsec import ipsec
from omamori.parse.sections import Section, read_sections

TABLES = ("device_vpns",)
_NUMBERED = re.compile(r"(?:tun|tap)\d{1,5}\Z")
_LINK = re.compile(r"\d+: ([^:@\s]{1,32})", re.ASCII)
_TUNNEL = re.compile(r"([^:\s]{1,32}): (\S+) +remote (\S+) +local (\S+)")
_KINDS = {"gre/ip": "gre", "gre/ipv6": "gre", "ip/ip": "ipip", "ipv6/ip": "ipip", "any/ip": "ipip"}
_MANY = ("route", "push", "remote")

Sections = Mapping[str, Section]


def parse(data: bytes, context: Context) -> Parsed:
    """Return device_vpns of one machine: one row per peer, connection or door."""
    sections = read_sections(data)
    running = _running(sections.get("programs"))
    rows = [*_wireguard(sections), *_openvpn(sections.get("openvpn"), running), *_doors(sections.get("doors"), running)]
    rows += [*_plain(sections.get("tunnels")), *ipsec(sections, running, context.seen)]
    hidden = first_line(sections.get("unreadable")) is not None
    if hidden or (not _whole(sections) and context.privileged is False):
        return Parsed(tuple(rows), (Look("device_vpns", complete=False, reason="needs_administrator"),))
    if not _whole(sections):
        return Parsed(tuple(rows), (Look("device_vpns", complete=False, reason="not_collected"),))
    return Parsed(tuple(rows), (Look("device_vpns"),))


def _whole(sections: Sections) -> bool:
    """Whether everything that is there was asked and answered. A tool that is not there has nothing to tell, but for links it made."""
    links = first_line(sections.get("wg-links")) is not None
    for name in ("wg-peers", "swanctl-conns", "openvpn", "tunnels"):
        section = sections.get(name)
        if section is None or section.exit_code is None:
            return False
        if section.exit_code not in (0, NOT_THERE) and (name != "swanctl-conns" or "charon" in str(_running(sections.get("programs")))):
            return False
    return not (links and sections["wg-peers"].exit_code == NOT_THERE)


def _running(section: Section | None) -> frozenset[str] | None:
    """Names of the programs that run; None when nobody could tell."""
    return frozenset(line.strip() for line in section.lines) if section and section.exit_code == 0 else None


def _told(section: Section | None) -> Iterator[tuple[int, list[str]]]:
    for line, text in section.numbered() if section and section.exit_code == 0 else ():
        if text.strip():
            yield line, text.rstrip("\n").split("\t")


def _wireguard(sections: Sections) -> Iterator[DeviceVpn]:
    """One row per peer; anybody who holds the key may open it, from anywhere the firewall lets through."""
    ports = {words[0]: number(words[1], 65535) for _, words in _told(sections.get("wg-ports")) if len(words) > 1}
    ends = {(words[0], words[1]): words[2] for _, words in _told(sections.get("wg-endpoints")) if len(words) > 2}
    seen = {(words[0], words[1]): moment(number(words[2])) for _, words in _told(sections.get("wg-handshakes")) if len(words) > 2}
    peered = set()
    for line, words in _told(sections.get("wg-peers")):
        if len(words) < 3:
            continue
        link, key = words[0], words[1]
        peered.add(link)
        end = ends.get((link, key), "(none)")
        networks = "" if words[2] == "(none)" else words[2].replace(" ", ",")
        yield DeviceVpn(
            name=f"{link} peer {key[:8]}",
            kind="wireguard",
            dial_in=True,
            enabled=bool(networks),
            interface=link,
            port=ports.get(link),
            peer=None if end == "(none)" else end.rpartition(":")[0].strip("[]") or None,
            remote_networks=networks or None,
            authentication="key",
            two_factor=False,
            last_active=seen.get((link, key)),
            evidence=str(line),
        )
    for line, text in sections["wg-links"].numbered() if "wg-links" in sections else ():
        found = _LINK.match(text)
        if found and found[1] not in peered:
            known = sections["wg-peers"].exit_code == 0 if "wg-peers" in sections else False
            yield DeviceVpn(
                name=found[1],
                kind="wireguard",
                enabled=False if known else None,
                interface=found[1],
                port=ports.get(found[1]),
                evidence=str(line),
            )


def _openvpn(section: Section | None, running: frozenset[str] | None) -> Iterator[DeviceVpn]:
    """One row per configuration file. In: lines `PATH:option values`."""
    found: dict[str, list[tuple[int, list[str]]]] = {}
    for line, text in section.numbered() if section and section.exit_code == 0 else ():
        path, colon, said = text.partition(":")
        if colon and said.split():
            found.setdefault(path, []).append((line, said.replace('"', " ").split()))
    for path, lines in found.items():
        yield _openvpn_file(path, lines, running)


def _openvpn_file(path: str, lines: Sequence[tuple[int, list[str]]], running: frozenset[str] | None) -> DeviceVpn:
    said = {words[0]: words[1:] for _, words in lines if words[0] not in _MANY}
    server = bool({"server", "server-bridge", "tls-server"} & said.keys()) or said.get("mode") == ["server"]
    ends = [words[1:] for _, words in lines if words[0] == "remote" and len(words) > 1]
    routes = [_network(words[1:3]) for _, words in lines if words[0] == "route"]
    pushed = [_network(words[2:4]) for _, words in lines if words[:2] == ["push", "route"]]
    clients = [_network(said["server"][:2])] if "server" in said else []
    port = number((said.get("port") or said.get("lport") or ["1194"])[0], 65535)
    return DeviceVpn(
        name=path.rsplit("/", 1)[-1].removesuffix(".conf"),
        kind="openvpn",
        dial_in=server,
        enabled=None if running is None else "openvpn" in running,
        interface=next((name for name in said.get("dev", [])[:1] if _NUMBERED.match(name)), None),
        listens_on=next(iter(said.get("local", [])), None),
        port=port if server else None,
        peer=ends[0][0] if ends else None,
        local_networks=",".join(one for one in pushed if one) or None,
        remote_networks=",".join(one for one in (*clients, *routes) if one) or None,
        authentication=_proofs(said) or None,
        # A module that checks the password may ask for more: it does not say so here.
        two_factor=None if {"plugin", "auth-user-pass-verify", "auth-user-pass"} & said.keys() else False,
        encryption=",".join(said[name][0] for name in ("data-ciphers", "cipher", "auth") if said.get(name)) or None,
        evidence=str(lines[0][0]),
    )


def _proofs(said: Mapping[str, Sequence[str]]) -> str:
    tls = bool({"server", "server-bridge", "tls-server", "tls-client", "client", "cert", "pkcs12"} & said.keys())
    certificate = (
        tls and "client-cert-not-required" not in said and list(said.get("verify-client-cert", [])) not in (["none"], ["optional"])
    )
    password = bool({"plugin", "auth-user-pass-verify", "auth-user-pass"} & said.keys())
    return ",".join(name for name, asked in (("certificate", certificate), ("password", password)) if asked)


def _network(words: Sequence[str]) -> str | None:
    plain = address(words[0]) if words else None
    length = prefix_length(words[1], 32) if len(words) > 1 else 32
    return f"{plain}/{length}" if plain and length is not None else None


def _doors(section: Section | None, running: frozenset[str] | None) -> Iterator[DeviceVpn]:
    """L2TP and PPTP: one row per service that is configured; persons come in with a password."""
    files: dict[str, list[tuple[int, str]]] = {}
    for line, text in section.numbered() if section and section.exit_code == 0 else ():
        path, colon, said = text.partition(":")
        if colon:
            files.setdefault(path.rsplit("/", 1)[-1], []).append((line, said.strip()))
    for name, kind, program, port in (("xl2tpd.conf", "l2tp", "xl2tpd", 1701), ("pptpd.conf", "pptp", "pptpd", 1723)):
        lines = files.get(name, [])
        if kind == "l2tp" and not any(text.startswith("[lns") for _, text in lines):
            continue  # only a client
        if not lines:
            continue
        options = dict(_option(text) for _, text in lines)
        yield DeviceVpn(
            name=program,
            kind=kind,
            dial_in=True,
            enabled=None if running is None else program in running,
            listens_on=options.get("listen-addr") or options.get("listen"),
            port=number(options.get("port"), 65535) or port,
            remote_networks=options.get("iprange") or options.get("remoteip"),
            authentication="password",
            evidence=str(lines[0][0]),
        )


def _option(text: str) -> tuple[str, str]:
    """`ip range = 10.0.0.1-10.0.0.9` (xl2tpd) or `remoteip 10.0.0.1-9` (pptpd): the name without blanks, and the value."""
    name, _, value = text.partition("=") if "=" in text else text.partition(" ")
    return name.replace(" ", ""), value.strip()


def _plain(section: Section | None) -> Iterator[DeviceVpn]:
    """GRE and IP in IP: tunnels between two sites, without any proof of who sends."""
    for line, text in section.numbered() if section and section.exit_code == 0 else ():
        found = _TUNNEL.match(text)
        if not found or found[2] not in _KINDS or (found[3], found[4]) == ("any", "any"):
            continue
        yield DeviceVpn(
            name=found[1],
            kind=_KINDS[found[2]],
            dial_in=found[3] == "any",
            enabled=True,
            interface=found[1],
            listens_on=None if found[4] == "any" else found[4],
            peer=None if found[3] == "any" else found[3],
            allowed_from=None if found[3] == "any" else found[3],
            evidence=str(line),
        )


PARSERS = (Parser(kind="linux.tunnels", tables=TABLES, parse=parse),)
