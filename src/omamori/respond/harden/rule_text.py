"""A rule of Windows Firewall as the registry has it (`v2.30|Action=Allow|…|`, MS-GPFAS 2.2.2): whom it lets in, and its text made narrower.

Block beats allow on Windows, whatever the order: a port is closed to the others by narrowing the rule that opens it, not by adding one.
Nothing here can widen a rule: the new text is the old one with fewer addresses, or switched off.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from omamori.analyze.addresses import Network
from omamori.parse.windows.registry.firewall import Rule, parse_rule
from omamori.parse.windows.registry.tree import Value
from omamori.respond.harden.spans import common, everything, inside, joined, network, prefix_of

_ADDRESSES = ("ra4", "ra6")
_WORDS = ("ra42", "ra62")
"""Addresses by words only Windows knows (Intranet, Internet): these cannot be compared with networks."""
_BEHIND = ("app", "svc", "name", "desc", "embedctxt", "edge", "defer", "security", "ttk")
_LOCAL = "localsubnet"
MOST = 200
"""Ranges a rule may name; above that a wider one is kept."""


def read_rule(text: str, name: str = "") -> Rule | None:
    """Return the parts of a rule's text; None when it is none."""
    return parse_rule(Value(name, text, 0))


def opens(rule: Rule) -> bool:
    """Return whether a rule lets new packets in."""
    return rule.one("dir").lower() == "in" and rule.one("active").lower() == "true" and rule.one("action").lower() == "allow"


def sources(rule: Rule, local: Sequence[Network]) -> tuple[Network, ...] | None:
    """Return whom a rule lets in; None where it says so by a word that cannot be told. `local`: what LocalSubnet means on the machine."""
    if any(rule.parts.get(name) for name in _WORDS):
        return None
    words = [word.strip() for name in _ADDRESSES for text in rule.parts.get(name, ()) for word in text.split(",") if word.strip()]
    if not words:
        return everything(4), everything(6)
    found: list[Network] = []
    for word in words:
        if word.lower() == _LOCAL:
            if not local:
                return None
            found += local
        elif word == "*":
            found += (everything(4), everything(6))
        else:
            try:
                found.append(network(word))
            except ValueError:
                return None
    return joined(found)


def narrowed(text: str, wanted: Sequence[Network], local: Sequence[Network]) -> str | None:
    """Return a rule's text that lets in only those of `wanted` it let in before, switched off where there are none.

    The text itself where it let in no others before; None where that cannot be told. In no case does the new rule let in anybody the old
    one did not.
    """
    rule = read_rule(text)
    before = sources(rule, local) if rule is not None else None
    if before is None:
        return None
    if inside(before, wanted):
        return text
    left = common(before, wanted)
    if len(left) > MOST:
        return None
    return with_sources(text, left) if left else switched_off(text)


def switched_off(text: str) -> str:
    """Return a rule's text with the rule switched off: it stays in the list, and can be switched on again."""
    return "|".join("Active=FALSE" if re.fullmatch(r"active=true", word.strip(), re.IGNORECASE) else word for word in text.split("|"))


def with_sources(text: str, networks: Iterable[Network]) -> str:
    """Return a rule's text with these addresses in place of its own."""
    words = [word for word in text.split("|") if word.partition("=")[0].strip().lower() not in (*_ADDRESSES, *_WORDS)]
    place = next((number for number, word in enumerate(words) if word.partition("=")[0].strip().lower() in _BEHIND), None)
    if place is None:
        # A text ends with a stroke, so the last word is empty.
        place = len(words) - (not words[-1])
    new = [f"RA{one.first.version}={_written(one)}" for one in networks]
    return "|".join([*words[:place], *new, *words[place:]])


def new_rule(name: str, protocol: int, ports: str, profiles: Sequence[str], networks: Sequence[Network]) -> str:
    """Return the text of a rule that lets `networks` (none: anybody) in to own ports `445` or `49152-65535` in some profiles."""
    field = "LPort2_10" if "-" in ports else "LPort"
    words = ["v2.10", "Action=Allow", "Active=TRUE", "Dir=In", f"Protocol={protocol}", *(f"Profile={one.capitalize()}" for one in profiles)]
    words += [f"{field}={ports}", *(f"RA{one.first.version}={_written(one)}" for one in networks), f"Name={name}", ""]
    return "|".join(words)


def _written(one: Network) -> str:
    """An address, a network with its mask as Windows writes it, else a range."""
    if one.first == one.last:
        return str(one.first)
    prefix = prefix_of(one)
    # A mask of nothing is no mask (MS-FASP 2.2.4).
    if not prefix:
        return f"{one.first}-{one.last}"
    if one.first.version == 6:
        return f"{one.first}/{prefix}"
    mask = (2**32 - 1) ^ (2 ** (32 - prefix) - 1)
    return f"{one.first}/{'.'.join(str(mask >> shift & 255) for shift in (24, 16, 8, 0))}"
