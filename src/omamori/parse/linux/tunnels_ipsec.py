"""Linux: IPsec connections, from strongSwan (swanctl(8)), ipsec.conf(5) of strongSwan and Libreswan, and the kernel (`ip xfrm policy`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from omamori.model.device import DeviceVpn
from omamori.parse.linux.output import files
from omamori.parse.sections import Section

_PROOFS = {"public": "certificate", "pre-shared": "password", "EAP": "password", "XAuth": "password"}
_FILE_PROOFS = {
    "secret": "password", "psk": "password", "pubkey": "certificate", "rsasig": "certificate", "ecdsasig": "certificate", "eap": "password",
    "xauth": "password",
}  # fmt: skip
_ANYBODY = ("%any", "%any4", "%any6", "0.0.0.0", "::", "%defaultroute", "")  # noqa: S104 - compared, never listened on
_AGO = re.compile(r"(?:in|out)\s.*?(\d{1,9})s ago")
_DAEMONS = frozenset(("charon", "charon-systemd", "pluto"))


def ipsec(sections: Mapping[str, Section], running: frozenset[str] | None, seen: datetime) -> Iterator[DeviceVpn]:
    """Yield one row per connection; what only the kernel knows counts where no program told of connections."""
    enabled = None if running is None else bool(_DAEMONS & running)
    active = _active(sections.get("swanctl-sas"), seen)
    rows = [*_swanctl(sections.get("swanctl-conns"), active), *_files(sections.get("ipsec-conf"), enabled)]
    yield from rows or _kernel(sections.get("xfrm"))


def _active(section: Section | None, seen: datetime) -> dict[str, datetime]:
    """By connection, when its last packet passed."""
    found: dict[str, datetime] = {}
    name = ""
    for text in section.lines if section and section.exit_code == 0 else ():
        if text and not text[0].isspace() and ": #" in text:
            name = text.partition(": #")[0]
        ago = _AGO.match(text.strip())
        if ago and name:
            last = (seen - timedelta(seconds=int(ago[1]))).replace(tzinfo=None, microsecond=0)
            found[name] = max(last, found.get(name, last))
    return found


def _swanctl(section: Section | None, active: Mapping[str, datetime]) -> Iterator[DeviceVpn]:
    name, line = "", 0
    said: dict[str, list[str]] = {}
    for number, text in section.numbered() if section and section.exit_code == 0 else ():
        words = text.split()
        if not words:
            continue
        if not text[0].isspace() and ": IKEv" in text:
            if name:
                yield _connection(name, line, said, active)
            name, line, said = text.partition(": IKEv")[0], number, {}
        elif text.strip().startswith(("local:", "remote:")):
            key = ("net " if text.startswith("    ") else "end ") + words[0].rstrip(":")
            said.setdefault(key, []).extend(words[1:])
        elif words[:1] == ["remote"] and text.rstrip().endswith("authentication:"):
            said.setdefault("proof", []).append(_PROOFS.get(words[1], words[1]))
    if name:
        yield _connection(name, line, said, active)


def _connection(name: str, line: int, said: Mapping[str, list[str]], active: Mapping[str, datetime]) -> DeviceVpn:
    ends = [end for end in said.get("end remote", []) if end not in _ANYBODY]
    local = [end for end in said.get("end local", []) if end not in _ANYBODY]
    proofs = list(dict.fromkeys(said.get("proof", [])))
    return DeviceVpn(
        name=name,
        kind="ipsec",
        dial_in=not ends,
        enabled=True,
        listens_on=",".join(local) or None,
        port=500,
        peer=",".join(ends) or None,
        allowed_from=",".join(ends) or None,
        local_networks=_networks(said.get("net local", [])),
        remote_networks=_networks(said.get("net remote", [])),
        authentication=",".join(proofs) or None,
        two_factor=len(proofs) > 1 if proofs else None,
        last_active=active.get(name),
        evidence=str(line),
    )


def _networks(words: list[str]) -> str | None:
    plain = [word.strip(",") for word in words]
    return ",".join(dict.fromkeys(plain)) if plain and "dynamic" not in plain else None


def _files(section: Section | None, enabled: bool | None) -> Iterator[DeviceVpn]:
    """Connections of ipsec.conf, with what `%default` and `also` add."""
    conns: dict[str, tuple[int, dict[str, str]]] = {}
    current: dict[str, str] | None = None
    for file in files(section):
        for line, text in file.lines:
            words = text.partition("#")[0].split()
            if not words:
                continue
            if not text[0].isspace():
                current = conns.setdefault(words[1], (line, {}))[1] if words[0] == "conn" and len(words) > 1 else None
            elif current is not None:
                key, _, value = text.partition("#")[0].strip().partition("=")
                current.setdefault(key.strip(), value.strip().strip('"'))
    default = conns.get("%default", (0, {}))[1]
    for name, (line, own) in conns.items():
        also = conns.get(own.get("also", ""), (0, {}))[1]
        said = {**default, **also, **own}
        if name != "%default" and "right" in said:
            yield _conn(name, line, said, enabled)


def _conn(name: str, line: int, said: Mapping[str, str], enabled: bool | None) -> DeviceVpn:
    anybody = said["right"] in _ANYBODY
    words = re.split(r"[,|+\s-]", " ".join(said.get(key, "") for key in ("authby", "rightauth", "rightauth2")))
    proofs = list(dict.fromkeys(_FILE_PROOFS[word] for word in words if word in _FILE_PROOFS))
    return DeviceVpn(
        name=name,
        kind="l2tp" if said.get("type") == "transport" and "1701" in said.get("leftprotoport", "") else "ipsec",
        dial_in=anybody,
        enabled=False if said.get("auto", "ignore") == "ignore" else enabled,
        listens_on=None if said.get("left", "") in _ANYBODY else said["left"],
        port=500,
        peer=None if anybody else said["right"],
        allowed_from=None if anybody else said["right"],
        local_networks=said.get("leftsubnet") or said.get("leftsubnets"),
        remote_networks=said.get("rightsubnet") or said.get("rightsubnets") or said.get("rightsourceip"),
        authentication=",".join(proofs) or None,
        two_factor=len(proofs) > 1 if proofs else None,
        encryption=",".join(said[key] for key in ("ike", "esp", "phase2alg") if said.get(key)) or None,
        evidence=str(line),
    )


def _kernel(section: Section | None) -> Iterator[DeviceVpn]:
    """Outgoing policies with a tunnel: what goes into it, and where to."""
    above: tuple[int, str, str] | None = None
    outgoing = False
    for line, text in section.numbered() if section and section.exit_code == 0 else ():
        words = text.split()
        if text[:4] == "src " and len(words) > 3:
            above, outgoing = (line, words[1], words[3]), False
        elif words[:1] == ["dir"]:
            outgoing = words[1:2] == ["out"]
        elif words[:2] == ["tmpl", "src"] and len(words) > 4 and above and outgoing:
            yield DeviceVpn(
                name=f"{above[1]} to {above[2]}",
                kind="ipsec",
                dial_in=False,
                enabled=True,
                listens_on=words[2],
                peer=words[4],
                allowed_from=words[4],
                local_networks=above[1],
                remote_networks=above[2],
                evidence=str(above[0]),
            )
