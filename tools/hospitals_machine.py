"""A machine of a golden hospital as its description says it, with what its system and services add."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

Words = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Port:
    """A port a service listens on."""

    address: str
    number: int
    protocol: str


@dataclass(frozen=True, slots=True)
class Running:
    """A service of a machine: its unit, its process and where it listens."""

    name: str
    title: str
    command: str
    process: str
    account: str
    pid: int
    state: str
    start: str
    ports: tuple[Port, ...]
    packages: tuple[str, ...]
    programs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine at one visit. `said` is its entry in the description, `system` that of its operating system."""

    said: Words
    system: Words
    services: tuple[Running, ...]
    moment: datetime

    @property
    def hostname(self) -> str:
        """The name the machine gives itself."""
        return str(self.said["hostname"])

    @property
    def debian(self) -> bool:
        """Whether packages are those of Debian or Ubuntu."""
        return bool(self.system["family"] == "debian")

    @property
    def stamp(self) -> int:
        """The moment of the visit in seconds since 1970."""
        return seconds(self.moment)

    def get(self, name: str, default: Any = None) -> Any:
        """Return what the description says, else what the system says."""
        return self.said.get(name, self.system.get(name, default))

    @property
    def uid(self) -> int:
        """The account that ran the collection; 0 is root."""
        return int(self.said.get("uid", 0))

    def shows(self, account: str) -> bool:
        """Whether the collecting account sees the processes of `account`."""
        return self.uid == 0 or any(item["name"] == account and item.get("uid") == self.uid for item in self.said["accounts"])

    def listening(self) -> list[tuple[Running, Port]]:
        """Return every port with its service."""
        return [(service, port) for service in self.services if service.state == "running" for port in service.ports]


def seconds(moment: datetime | date) -> int:
    """Return seconds since 1970 of a moment in UTC or of the beginning of a day."""
    when = moment if isinstance(moment, datetime) else datetime(moment.year, moment.month, moment.day)
    return int(when.replace(tzinfo=UTC).timestamp())


def machine(said: Words, systems: Words, catalogue: Words, moment: datetime) -> Machine:
    """Put a description together with its system and the catalogue of services."""
    system = systems[said["system"]]
    wanted: Sequence[Any] = [*system["services"], *said.get("services", ())]
    gone = set(said.get("without", ()))
    services = []
    for number, entry in enumerate(wanted):
        words = {"name": entry} if isinstance(entry, str) else dict(entry)
        if words["name"] in gone:
            continue
        words = {**catalogue.get(words["name"], {}), **words}
        services.append(_running(words, 401 + 37 * number))
    return Machine(said, system, tuple(services), moment)


def _running(words: Words, pid: int) -> Running:
    name = str(words["name"])
    process = words.get("process", name)
    return Running(
        name=str(words.get("unit", name)),
        title=str(words.get("title", name)),
        command=str(words.get("command", f"/usr/sbin/{process}")),
        process=str(process),
        account=str(words.get("account", "root")),
        pid=pid,
        state=str(words.get("state", "running")),
        start=str(words.get("start", "enabled")),
        ports=tuple(_port(text) for text in words.get("listen", ())),
        packages=tuple(words.get("packages", ())),
        programs=tuple(words.get("programs", ())),
    )


def _port(text: str) -> Port:
    """`0.0.0.0:22/tcp`; an IPv6 address stands in brackets."""
    place, _, protocol = text.partition("/")
    address, _, number = place.rpartition(":")
    return Port(address, int(number), protocol or "tcp")
