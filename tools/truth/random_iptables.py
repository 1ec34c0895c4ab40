"""Random rule sets for `iptables-restore` (both kinds): tables filter, nat and raw, with the matches hospitals' scripts use."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from truth.random_rules import Surroundings

_MOST_PORTS = 15
"""Of one `multiport` (iptables-extensions(8)); a range counts as two."""


def iptables(random: Random, around: Surroundings) -> str:
    """Return the text of all tables."""
    return _Writer(random, around).text()


class _Writer:
    def __init__(self, random: Random, around: Surroundings) -> None:
        self.random = random
        self.around = around

    def text(self) -> str:
        chance = self.random.random
        own = [f"PART{number}" for number in range(self.random.randrange(3))]
        policy = {chain: self.random.choice(("ACCEPT", "DROP")) for chain in ("INPUT", "FORWARD")}
        lines = ["*filter", f":INPUT {policy['INPUT']} [0:0]", f":FORWARD {policy['FORWARD']} [0:0]", ":OUTPUT ACCEPT [0:0]"]
        lines += [f":{chain} - [0:0]" for chain in own]
        for number, chain in enumerate(own):
            lines += [self._rule(chain, own[number + 1 :]) for _ in range(self.random.randrange(1, 5))]
        for chain, most in (("INPUT", 6), ("FORWARD", 12)):
            if chance() < 0.75:
                state = self.random.choice(("-m conntrack --ctstate ESTABLISHED,RELATED", "-m state --state ESTABLISHED,RELATED"))
                lines.append(f"-A {chain} {state} -j ACCEPT")
            lines += [self._rule(chain, own) for _ in range(self.random.randrange(2, most))]
        lines.append("COMMIT")
        lines += ["*nat", ":PREROUTING ACCEPT [0:0]", ":INPUT ACCEPT [0:0]", ":OUTPUT ACCEPT [0:0]", ":POSTROUTING ACCEPT [0:0]"]
        lines += [self._destination_nat() for _ in range(self.random.randrange(4))]
        lines += [self._source_nat() for _ in range(self.random.randrange(3))]
        return "\n".join([*lines, "COMMIT", ""])

    def _rule(self, chain: str, own: Sequence[str]) -> str:
        words = [self._in_or_out(chain), self._address("-s"), self._address("-d"), self._port(), self._state()]
        self.random.shuffle(words)
        # A match of ports names its protocol first; where the others stand does not matter.
        kept = [word for word in words if word][: self.random.randrange(1, 4)]
        return " ".join((f"-A {chain}", *kept, self._target(own)))

    def _target(self, own: Sequence[str]) -> str:
        drawn = self.random.random()
        if own and drawn < 0.3:
            return f"{self.random.choice(('-j', '-j', '-g'))} {self.random.choice(list(own))}"
        if drawn < 0.36:
            return "-j RETURN"
        if drawn < 0.55:
            return self.random.choice(("-j DROP", "-j REJECT --reject-with icmp-port-unreachable", "-j REJECT"))
        return "-j ACCEPT"

    def _not(self) -> str:
        return "! " if self.random.random() < 0.2 else ""

    def _in_or_out(self, chain: str) -> str:
        one = self.random.choice(self.around.interfaces)
        name = f"{one[:-1]}+" if self.random.random() < 0.1 else one
        words = ("-i", "-o") if chain == "FORWARD" else ("-i",)
        # A chain of our own may be met from both.
        return "" if chain.startswith("PART") or self.random.random() < 0.5 else f"{self._not()}{self.random.choice(words)} {name}"

    def _address(self, word: str) -> str:
        drawn = self.random.random()
        network = self.random.choice(self.around.networks)
        if drawn < 0.45:
            return ""
        if drawn < 0.7:
            return f"{self._not()}{word} {network}"
        if drawn < 0.85:
            return f"{self._not()}{word} {self.random.choice(self.around.machines + self.around.own)}"
        kind = {"-s": "--src-range", "-d": "--dst-range"}[word]
        return f"-m iprange {self._not()}{kind} {network[self.random.randrange(1, 8)]}-{network[self.random.randrange(12, 30)]}"

    def _port(self) -> str:
        drawn = self.random.random()
        protocol = self.random.choice(("tcp", "udp"))
        ports = getattr(self.around, protocol)
        if drawn < 0.25:
            return ""
        if drawn < 0.35:
            return self.random.choice(("-p tcp", "-p udp", "! -p tcp", "-p tcp --syn"))
        if drawn < 0.55:
            first, last = sorted(self.random.sample(ports, 2))
            return f"-p {protocol} {self._not()}--dport {first}:{last}"
        if drawn < 0.65:
            return f"-p {protocol} {self._not()}--dport {self.random.choice(ports)}"
        if drawn < 0.7:
            return f"-p {protocol} --sport 1024:65535"
        chosen = sorted(self.random.sample(ports, self.random.randrange(2, _MOST_PORTS - 1)))
        some = [f"{chosen[0]}:{chosen[1]}", *map(str, chosen[2:])] if self.random.random() < 0.4 else list(map(str, chosen))
        return f"-p {protocol} -m multiport {self._not()}--dports {','.join(some)}"

    def _state(self) -> str:
        if self.random.random() < 0.8:
            return ""
        return f"-m conntrack {self._not()}--ctstate {self.random.choice(('NEW', 'ESTABLISHED', 'INVALID', 'NEW,RELATED'))}"

    def _destination_nat(self) -> str:
        protocol = self.random.choice(("tcp", "udp"))
        ports = getattr(self.around, protocol)
        where = self.random.choice(
            (f"-i {self.random.choice(self.around.interfaces)} ", f"-s {self.random.choice(self.around.networks)} ", "")
        )
        chosen = ",".join(map(str, sorted(self.random.sample(ports, self.random.randrange(2, 5)))))
        to = f"{self.random.choice(self.around.machines)}{self.random.choice(('', '', f':{self.random.choice(ports)}'))}"
        target = self.random.choice(
            (f"DNAT --to-destination {to}", f"DNAT --to-destination {to}", f"REDIRECT --to-ports {self.random.choice(ports)}")
        )
        own = self.random.choice(self.around.own + self.around.machines)
        return f"-A PREROUTING {where}-d {own} -p {protocol} -m multiport --dports {chosen} -j {target}"

    def _source_nat(self) -> str:
        where = self.random.choice(("", f"{self._not()}-s {self.random.choice(self.around.networks)} "))
        target = self.random.choice(("MASQUERADE", f"SNAT --to-source {self.random.choice(self.around.own)}"))
        return f"-A POSTROUTING {where}-o {self.random.choice(self.around.interfaces)} -j {target}"
