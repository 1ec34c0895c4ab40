"""The lab's lines: real tunnels of WireGuard in user space, with a key pair for each end, and their vendors' use of them."""

from __future__ import annotations

import base64
import time
from collections.abc import Mapping
from ipaddress import IPv4Address, IPv4Network
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from omamori.gate.daemon import Running, alive, start
from omamori.gate.process import run
from omamori.lab.description import Hospital, Line
from omamori.lab.fields import LabError
from omamori.lab.inside import enter, root_of
from omamori.lab.routes import through_line
from omamori.lab.state import Served, State

_NETWORK = IPv4Network("10.254.0.0/16")
"""The ends of the tunnels have addresses here, four of them for each line."""
_KEEP = 5
"""Seconds between two signs of life of a tunnel, so that it stands before anybody uses it."""
_MTU = 1400
_TRAFFIC = Path(__file__).with_name("traffic.sh")
_UP = 15.0


def start_tunnels(hospital: Hospital, state: State) -> tuple[Served, ...]:
    """Start both ends of every line and what its vendor does; LabError when a tunnel does not come up."""
    served = []
    for number, line in enumerate(hospital.lines.values()):
        keys = {host: X25519PrivateKey.generate() for host in (line.source, line.target)}
        ends = dict(zip((line.source, line.target), _ends(number), strict=True))
        for host, other in ((line.target, line.source), (line.source, line.target)):
            config = state.host_folder(host) / f"{line.id}.conf"
            config.touch(mode=0o600)
            config.write_text(_config(hospital, line, host, other, keys, ends), encoding="ascii")
            # It puts itself into the background unless it is told not to.
            served.append(_start(state, host, line, ("wireguard-go", "-f", line.id)))
        served.append(_use(hospital, state, line))
    for number, line in enumerate(hospital.lines.values()):
        # Whoever is called first: a call nobody hears is repeated only after seconds.
        for host, address in reversed(tuple(zip((line.source, line.target), _ends(number), strict=True))):
            _configure(hospital, state, line, host, address)
    return tuple(served)


def wait_for_tunnels(hospital: Hospital, state: State) -> None:
    """Wait until every line has shaken hands. LabError names the one that has not."""
    until = time.monotonic() + _UP
    for line in hospital.lines.values():
        while not shaken(state, line):
            if time.monotonic() > until:
                raise LabError(f"回線 {line.id} のトンネルがつながりません", f"the tunnel of the line {line.id} does not come up")
            time.sleep(0.1)


def shaken(state: State, line: Line) -> bool:
    """Return whether the ends of a line have ever talked to each other."""
    if line.source not in state.holders:
        return False
    done = run(enter(state.holders[line.source], ["wg", "show", line.id, "latest-handshakes"]))
    words = done.stdout.split()
    return done.exit_code == 0 and len(words) == 2 and words[1] != b"0"


def _start(state: State, host: str, line: Line, argv: tuple[str, ...]) -> Served:
    log = state.host_folder(host) / f"{line.id}.log"
    return Served(host, line.id, start(enter(state.holders[host], argv), log=log), None, str(log))


def _use(hospital: Hospital, state: State, line: Line) -> Served:
    use = line.traffic
    log = state.host_folder(use.source) / "traffic.log"
    argv = ["sh", str(_TRAFFIC), str(hospital.hosts[use.target].address), str(use.port)]
    return Served(use.source, "traffic", start(enter(state.holders[use.source], argv), log=log), None, str(log))


def _configure(hospital: Hospital, state: State, line: Line, host: str, address: IPv4Address) -> None:
    holder = state.holders[host]
    _wait_for_socket(state, holder, line, host)
    batch = [f"address add {address}/30 dev {line.id}", f"link set {line.id} mtu {_MTU} up"]
    batch += [f"route add {network} dev {line.id}" for network in through_line(hospital, host, line.id)]
    config = str(state.host_folder(host) / f"{line.id}.conf")
    for argv, said in ((["wg", "setconf", line.id, config], None), (["ip", "-batch", "-"], "\n".join([*batch, ""]).encode())):
        done = run(enter(holder, argv), input=said)
        if done.exit_code != 0:
            raise _refused(line, host, done.stderr.decode("utf-8", "replace"))


def _wait_for_socket(state: State, holder: Running, line: Line, host: str) -> None:
    socket = root_of(holder) / "run" / "wireguard" / f"{line.id}.sock"
    until = time.monotonic() + _UP
    while not socket.exists():
        if time.monotonic() > until or not alive(holder):
            raise _refused(line, host, (state.host_folder(host) / f"{line.id}.log").read_text("utf-8", "replace"))
        time.sleep(0.02)


def _config(
    hospital: Hospital, line: Line, host: str, other: str, keys: Mapping[str, X25519PrivateKey], ends: Mapping[str, IPv4Address]
) -> str:
    """One end's configuration (wg(8)). Only the target listens on a known port; the source calls it and keeps the way open."""
    allowed = [f"{ends[other]}/32", *(str(network) for network in through_line(hospital, host, line.id))]
    words = ["[Interface]", f"PrivateKey = {_private(keys[host])}"]
    calls = [f"Endpoint = {_outer(hospital, other)}:{line.port}", f"PersistentKeepalive = {_KEEP}"] if host == line.source else []
    if host == line.target:
        words.append(f"ListenPort = {line.port}")
    return "\n".join([*words, "[Peer]", f"PublicKey = {_public(keys[other])}", f"AllowedIPs = {', '.join(allowed)}", *calls, ""])


def _ends(number: int) -> tuple[IPv4Address, IPv4Address]:
    first = _NETWORK.network_address + 4 * number
    return first + 1, first + 2


def _outer(hospital: Hospital, host: str) -> IPv4Address:
    return next(leg.address for leg in hospital.hosts[host].legs if hospital.zones[leg.zone].internet)


def _private(key: X25519PrivateKey) -> str:
    raw = key.private_bytes(serialization.Encoding.Raw, serialization.PrivateFormat.Raw, serialization.NoEncryption())
    return base64.b64encode(raw).decode()


def _public(key: X25519PrivateKey) -> str:
    return base64.b64encode(key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)).decode()


def _refused(line: Line, host: str, said: str) -> LabError:
    told = said.strip()[-300:]
    return LabError(f"回線 {line.id} を {host} で始められません: {told}", f"the line {line.id} cannot be started on {host}: {told}")
