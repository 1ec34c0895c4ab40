"""FortiOS: policies that deny, before all others, and local-in policies. Nothing is accepted, since the first policy that matches decides.

Written from the FortiOS administration guide ("Firewall policy", "Local-in policies", "Life of a packet") and CLI reference, and Fortinet's
technical tip on firewall-session-dirty (existing sessions are judged anew by default: check-all); not tried on a real device.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from omamori.analyze.reach.ranges import Ranges
from omamori.model.text import Text
from omamori.respond.bastion.parts import Facts
from omamori.respond.bastion.text_common import in_zone, numbers_of
from omamori.respond.isolate.boxes import Box, boxes
from omamori.respond.isolate.names import mark, plain
from omamori.respond.isolate.parts import Crossing, Cut, NeverBlocked, Written
from omamori.respond.isolate.write.common import port_words, services, spans, unwritable

_POLICY = "policy"
_NUMBERS = {"icmp": 1, "ipip": 4, "gre": 47, "esp": 50, "ah": 51}
_SPREAD = 1000
"""Each cut has so many numbers of its own, above those there are: `edit` of a number that is taken would overwrite it."""


def write(cut: Cut, never: Sequence[NeverBlocked], facts: Facts, slot: int = 0) -> Written:
    """Return the commands and their undo; none where its policies were not read, an interface stands in a zone, or it takes too many numbers."""
    device = cut.device or ""
    names = [one.interface for one in cut.crossings if one.interface]
    existing = list(numbers_of(facts, device, _POLICY))
    if not existing or any(in_zone(facts, device, name) for name in names):
        why = Text(
            "ポリシーの一覧を読めていないか、インターフェースが機器のゾーンに入っているため、文を書けません。ケーブルを抜くか、業者と書いてください",
            "its policies were not read, or an interface stands in a zone of the device: pull the cable, or write it with whoever keeps it",
        )
        return unwritable(cut, why)
    if not all(map(plain, names)):
        return unwritable(cut)
    writer = _Writer(mark(cut), max(existing) + _SPREAD * (slot + 1))
    for crossing in cut.crossings:
        writer.add(crossing, boxes(crossing, never, answers=False))
    if writer.number - writer.first > _SPREAD:
        return unwritable(cut, Text("止めない通信が多く、ポリシーが多くなりすぎます", "what is never blocked makes too many policies"))
    return Written(cut, writer.apply(existing[0]), writer.undo(), tried=False)


class _Writer:
    """Collects objects and policies as they are written."""

    def __init__(self, word: str, first: int) -> None:
        """`word` begins every name; `first` is a number no policy has."""
        self.word, self.first = word, first
        self.number = first
        self.policies: list[str] = []
        self.local: list[str] = []
        self.names: dict[Ranges, list[str]] = {}
        self.addresses: list[str] = []
        self.services: dict[tuple[str, Ranges, Ranges], str] = {}

    def add(self, crossing: Crossing, found: Sequence[Box]) -> None:
        """Write a policy for each box, each way round at the interface."""
        for box in found:
            for protocol, ports, senders in services(box):
                service = self._service(protocol, ports, senders)
                for into, out in self._interfaces(crossing):
                    self.policies += self._policy(into, out, box, service)
                self.local += self._local(crossing.interface or "any", box, service)

    @staticmethod
    def _interfaces(crossing: Crossing) -> list[tuple[str, str]]:
        if crossing.interface is None:
            return [("any", "any")]
        return [(crossing.interface, "any"), ("any", crossing.interface)]

    def _policy(self, into: str, out: str, box: Box, service: str) -> Iterator[str]:
        yield f"    edit {self._next()}"
        # A policy's name has at most 35 letters (CLI reference), of which the mark may take 23.
        yield f'        set name "om-{self.word}-{self.number - 1}"'
        yield f'        set srcintf "{into}"'
        yield f'        set dstintf "{out}"'
        yield f"        set srcaddr {self._named(box.sources)}"
        yield f"        set dstaddr {self._named(box.destinations)}"
        yield "        set action deny"
        yield "        set match-vip enable"
        yield '        set schedule "always"'
        yield f'        set service "{service}"'
        yield "        set logtraffic all"
        yield "    next"

    def _local(self, interface: str, box: Box, service: str) -> Iterator[str]:
        yield f"    edit {self._next()}"
        yield f'        set intf "{interface}"'
        yield f"        set srcaddr {self._named(box.sources)}"
        yield f"        set dstaddr {self._named(box.destinations)}"
        yield "        set action deny"
        yield f'        set service "{service}"'
        yield '        set schedule "always"'
        yield "    next"

    def _next(self) -> int:
        self.number += 1
        return self.number - 1

    def _named(self, ranges: Ranges) -> str:
        told = spans(ranges)
        if not told:
            return '"all"'
        if ranges not in self.names:
            self.names[ranges] = []
            for first, last in told:
                name = f"omamori-{self.word}-{sum(map(len, self.names.values())) + 1}"
                self.names[ranges].append(name)
                self.addresses += [f'    edit "{name}"', "        set type iprange", f"        set start-ip {first}"]
                self.addresses += [f"        set end-ip {last}", "    next"]
        return " ".join(f'"{name}"' for name in self.names[ranges])

    def _service(self, protocol: str | None, ports: Ranges, senders: Ranges) -> str:
        if protocol is None:
            return "ALL"
        key = (protocol, ports, senders)
        return self.services.setdefault(key, f"omamori-{self.word}-service-{len(self.services) + 1}")

    def _service_lines(self) -> Iterator[str]:
        for (protocol, ports, senders), name in self.services.items():
            yield f'    edit "{name}"'
            if protocol in ("tcp", "udp"):
                told = port_words(ports) or ["1-65535"]
                sources = port_words(senders) or [""]
                words = [f"{one}:{two}" if two else one for one in told for two in sources]
                yield f"        set {protocol}-portrange {' '.join(words)}"
            else:
                yield "        set protocol IP"
                yield f"        set protocol-number {_NUMBERS[protocol]}"
            yield "    next"

    def apply(self, before: int) -> str:
        """Return the commands; the policies are moved before the first there is."""
        edits = [line.split()[1] for line in self.policies if line.startswith("    edit ")]
        parts = [
            ("config firewall address", self.addresses),
            ("config firewall service custom", list(self._service_lines())),
            ("config firewall policy", [*self.policies, *(f"    move {number} before {before}" for number in edits)]),
            ("config firewall local-in-policy", self.local),
        ]
        return "\n".join(line for head, lines in parts if lines for line in (head, *lines, "end")) + "\n"

    def undo(self) -> str:
        """Return the commands that take all of it away."""
        parts = [
            ("config firewall policy", [line.split()[1] for line in self.policies if line.startswith("    edit ")]),
            ("config firewall local-in-policy", [line.split()[1] for line in self.local if line.startswith("    edit ")]),
            ("config firewall service custom", [f'"{name}"' for name in self.services.values()]),
            ("config firewall address", [f'"{name}"' for names in self.names.values() for name in names]),
        ]
        return "\n".join(line for head, names in parts if names for line in (head, *(f"    delete {name}" for name in names), "end")) + "\n"
