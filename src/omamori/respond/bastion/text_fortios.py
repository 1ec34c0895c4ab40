"""FortiOS: policies before all others and local-in policies. Written from the FortiOS administration guide ("Firewall policy", "Local-in
policies", "Life of a packet") and CLI reference; not tried on a real device.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from omamori.model.device import DeviceRule
from omamori.respond.bastion.parts import Edit, Facts
from omamori.respond.bastion.text_common import Gate, gates, in_zone, numbers_of, spans

_POLICY = "policy"
_PORTS = {"tcp": "tcp-portrange", "udp": "udp-portrange"}
_NUMBERS = {"esp": "50", "gre": "47", "ah": "51", "icmp": "1"}


def write(edits: Sequence[Edit], facts: Facts) -> tuple[str, str] | None:
    """Return the commands and their undo; None where policies stand in virtual domains or interfaces in zones."""
    device = edits[0].device
    found = gates(edits)
    existing = sorted(numbers_of(facts, device, _POLICY))
    if not found or not existing or any(in_zone(facts, device, gate.interface) for gate in found):
        return None
    first = next(numbers_of(facts, device, _POLICY))
    writer = _Writer(existing[-1] + 1)
    policies = [line for gate in found for line in writer.policies(gate)]
    local = [line for gate in found for line in writer.local(gate)]
    moves = [f"    move {number} before {first}" for number in writer.policy_numbers]
    lines = [
        "config firewall address", *writer.addresses, "end", "config firewall service custom", *writer.services, "end",
        "config firewall policy", *policies, *moves, "end", "config firewall local-in-policy", *local, "end",
    ]  # fmt: skip
    undo = [
        "config firewall policy", *(f"    delete {number}" for number in writer.policy_numbers), "end",
        "config firewall local-in-policy", *(f"    delete {number}" for number in writer.local_numbers), "end",
        "config firewall service custom", *(f'    delete "{name}"' for name in writer.service_names), "end",
        "config firewall address", *(f'    delete "{name}"' for name in writer.address_names), "end",
    ]  # fmt: skip
    return "\n".join((*lines, "")), "\n".join((*undo, ""))


class _Writer:
    """Counts objects and policies as they are written."""

    def __init__(self, first: int) -> None:
        """Begin at a number no policy has."""
        self.next = first
        self.policy_numbers: list[int] = []
        self.local_numbers: list[int] = []
        self.address_names: list[str] = []
        self.service_names: list[str] = []
        self.addresses: list[str] = []
        self.services: list[str] = []

    def policies(self, gate: Gate) -> Iterator[str]:
        """Yield a policy for each opening of an interface, and the one that denies the rest."""
        for rule in gate.passing:
            yield from self._policy(gate, self._named(rule.sources), self._named(rule.destinations), self._service(rule), "accept")
        yield from self._policy(gate, '"all"', '"all"', '"ALL"', "deny")

    def _policy(self, gate: Gate, source: str, target: str, service: str, action: str) -> Iterator[str]:
        number = self._number(self.policy_numbers)
        yield f"    edit {number}"
        yield f'        set name "omamori-door-{number}"'
        yield f'        set srcintf "{gate.interface}"'
        yield '        set dstintf "any"'
        yield f"        set srcaddr {source}"
        yield f"        set dstaddr {target}"
        yield f"        set action {action}"
        if action == "deny":
            yield "        set match-vip enable"
        yield '        set schedule "always"'
        yield f"        set service {service}"
        yield "        set logtraffic all"
        yield "    next"

    def local(self, gate: Gate) -> Iterator[str]:
        """Yield what may reach the device itself by an interface, and the rest."""
        for rule in gate.admitted:
            yield from self._local(gate, self._named(rule.sources), self._service(rule), "accept")
        yield from self._local(gate, '"all"', '"ALL"', "deny")

    def _local(self, gate: Gate, source: str, service: str, action: str) -> Iterator[str]:
        number = self._number(self.local_numbers)
        yield f"    edit {number}"
        yield f'        set intf "{gate.interface}"'
        yield f"        set srcaddr {source}"
        yield '        set dstaddr "all"'
        yield f"        set service {service}"
        yield '        set schedule "always"'
        yield f"        set action {action}"
        yield "    next"

    def _number(self, into: list[int]) -> int:
        into.append(self.next)
        self.next += 1
        return into[-1]

    def _named(self, text: str | None) -> str:
        """Make address objects; a range each."""
        names = []
        for first, last in spans(text):
            name = f"omamori-address-{len(self.address_names) + 1}"
            self.address_names.append(name)
            names.append(f'"{name}"')
            self.addresses += [f'    edit "{name}"', "        set type iprange", f"        set start-ip {first}"]
            self.addresses += [f"        set end-ip {last}", "    next"]
        return " ".join(names) or '"all"'

    def _service(self, rule: DeviceRule) -> str:
        name = f"omamori-service-{len(self.service_names) + 1}"
        if rule.protocol in _PORTS:
            ports = (rule.destination_ports or "1-65535").replace(",", " ")
            told = [f"        set {_PORTS[rule.protocol]} {ports}"]
        elif rule.protocol:
            told = ["        set protocol IP", f"        set protocol-number {_NUMBERS.get(rule.protocol, rule.protocol)}"]
        else:
            return '"ALL"'
        self.service_names.append(name)
        self.services += [f'    edit "{name}"', *told, "    next"]
        return f'"{name}"'
