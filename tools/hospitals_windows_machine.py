"""An invented Windows machine of a golden hospital, from its description."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

_FIRST_PID, _LSASS = 700, 640


@dataclass(frozen=True, slots=True)
class Service:
    """A service as Windows has it registered; `pid` 0: it does not run."""

    name: str
    title: str
    program: str
    account: str
    start: str
    pid: int


@dataclass(frozen=True, slots=True)
class Socket:
    """A port somebody listens on, or a connection (`peer` not empty), with the program behind it."""

    protocol: str
    local: str
    peer: str
    state: str
    pid: int
    program: str
    service: str


@dataclass(frozen=True)
class WindowsMachine:
    """One machine at one visit. `moment` is UTC; what a console prints is nine hours later."""

    host: str
    said: Mapping[str, Any]
    catalogue: Mapping[str, Any]
    moment: datetime

    @property
    def system(self) -> Mapping[str, Any]:
        """What this version of Windows calls itself."""
        found: Mapping[str, Any] = self.catalogue["systems"][self.said["system"]]
        return found

    @property
    def english(self) -> bool:
        """Whether it speaks English, and not Japanese."""
        return bool(self.said.get("english", False))

    @property
    def kind(self) -> str:
        """One of client, server, dc."""
        return str(self.said["kind"])

    @property
    def build(self) -> int:
        """The number of the build."""
        return int(self.system["version"].split(".")[2])

    @property
    def domain(self) -> str:
        """The domain's name, empty outside one."""
        return str(self.said.get("domain", ""))

    @property
    def short_domain(self) -> str:
        """The domain's name as accounts have it."""
        return self.domain.split(".")[0].upper()

    @property
    def local(self) -> datetime:
        """The moment of the visit as its clock shows it."""
        return self.moment + timedelta(hours=9)

    def say(self, ja: str, en: str) -> str:
        """Return the words of its language."""
        return en if self.english else ja

    def day(self, moment: datetime | None, never: str = "") -> str:
        """Write a moment as this Windows does."""
        if moment is None:
            return never
        if not self.english:
            return f"{moment.year}/{moment:%m/%d} {moment.hour}:{moment:%M:%S}"
        return f"{moment.month}/{moment.day}/{moment.year} {moment.hour % 12 or 12}:{moment:%M:%S} {'PM' if moment.hour >= 12 else 'AM'}"

    def encoded(self, text: str) -> bytes:
        """Return a console's text as it is redirected into a file."""
        return text.replace("\r\n", "\n").replace("\n", "\r\n").encode("ascii" if self.english else "cp932")

    @cached_property
    def services(self) -> tuple[Service, ...]:
        """Every service, in the order of the alphabet."""
        changes: Mapping[str, Any] = self.said.get("services", {})
        listed: dict[str, list[str]] = {}
        for name, entry in self.catalogue["services"].items():
            if entry[6] in ("", self.kind) and changes.get(name, "") is not None:
                start, state = str(changes[name]).split() if isinstance(changes.get(name), str) else entry[4:6]
                listed[name] = [entry[1] if self.english else entry[0], *entry[2:4], start, state]
        listed |= {name: entry for name, entry in changes.items() if isinstance(entry, list)}
        return tuple(
            Service(name, title, program, account, start, self._pid(program, place) if state == "running" else 0)
            for place, (name, (title, program, account, start, state)) in enumerate(
                sorted(listed.items(), key=lambda pair: pair[0].lower())
            )
        )

    @staticmethod
    def _pid(program: str, place: int) -> int:
        return _LSASS if "lsass" in program else _FIRST_PID + 12 * place

    @property
    def processes(self) -> list[tuple[str, int, str]]:
        """Name of the program, its number and the services in it."""
        found: dict[int, tuple[str, list[str]]] = {}
        for service in self.services:
            if service.pid:
                found.setdefault(service.pid, (_program(service.program), []))[1].append(service.name)
        rows = [("System Idle Process", 0, "N/A"), ("System", 4, "N/A")]
        rows += [(name, pid, ",".join(inside)) for pid, (name, inside) in sorted(found.items())]
        rows += [(name, pid, "N/A") for name, pid in self.said.get("programs", {}).items()]
        return [*rows, ("tasklist.exe", 9040, "N/A")]

    @property
    def sockets(self) -> list[Socket]:
        """`tcp 0.0.0.0:445 System` and `tcp 10.1.0.2:50871 10.1.0.3:445 System`; the last word is a service, a program or System."""
        return [self._socket(*text.split()) for text in self.said.get("sockets", ())]

    def _socket(self, protocol: str, local: str, *rest: str) -> Socket:
        owner = rest[-1]
        service = next((one for one in self.services if one.name == owner), None)
        pid = 4 if owner == "System" else service.pid if service else self.said["programs"][owner]
        program = _program(service.program) if service else "" if owner == "System" else owner
        listens = "[::]:0" if local.startswith("[") else "0.0.0.0:0"
        peer = rest[0] if len(rest) > 1 else "*:*" if protocol == "udp" else listens
        state = "" if protocol == "udp" else "ESTABLISHED" if len(rest) > 1 else "LISTENING"
        return Socket(protocol.upper(), local, peer, state, pid, program, service.name if service and "svchost" in service.program else "")

    @property
    def links(self) -> Sequence[Mapping[str, Any]]:
        """Cards: name, card, mac, address (with prefix), gateway, dns."""
        found: Sequence[Mapping[str, Any]] = self.said["links"]
        return found

    @property
    def forwards(self) -> bool:
        """Whether it passes on what is not for itself, from one card to another."""
        keys: Mapping[str, Any] = self.said.get("registry", {})
        return bool((keys.get(r"HKLM\SYSTEM\CurrentControlSet\Services\Tcpip\Parameters") or {}).get("IPEnableRouter"))

    @staticmethod
    def network(link: Mapping[str, Any]) -> ipaddress.IPv4Interface:
        """Address and network of a card."""
        return ipaddress.IPv4Interface(link["address"])

    @property
    def accounts(self) -> Sequence[Mapping[str, Any]]:
        """Local accounts (a controller's are those of the domain): name, id, flags, set, last, groups."""
        found: Sequence[Mapping[str, Any]] = self.said["accounts"]
        return found

    @property
    def domain_sid(self) -> str:
        """The machine's own SID; a controller's is the domain's."""
        return f"S-1-5-21-{self.said['sid']}"


def _program(command: str) -> str:
    """The name of the program in a command line."""
    return command.strip('"').split(".exe")[0].rpartition("\\")[2] + ".exe"


def cells(text: str) -> int:
    """Return how many places of a console a text takes: a Japanese letter takes two."""
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)
