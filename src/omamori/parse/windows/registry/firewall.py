"""The registry → firewall_profiles and firewall_rules: local settings, and the policy that wins over or adds to them."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from omamori.model.network import FirewallProfile, FirewallRule
from omamori.parse.windows.forms.firewall_rows import limited_to
from omamori.parse.windows.registry.part import Part, look
from omamori.parse.windows.registry.tree import Tree, Value

PRODUCT = "windows-firewall"
LOCAL = r"hklm\system\currentcontrolset\services\sharedaccess\parameters\firewallpolicy"
POLICY = r"hklm\software\policies\microsoft\windowsfirewall"
_PROFILES: Mapping[str, tuple[tuple[str, ...], str]] = MappingProxyType(
    {
        "domain": (("domainprofile",), "domainprofile"),
        # The policy calls it private, the local settings standard.
        "private": (("privateprofile", "standardprofile"), "standardprofile"),
        "public": (("publicprofile",), "publicprofile"),
    }
)
_PROTOCOLS: Mapping[str, str | None] = MappingProxyType({"1": "icmp", "6": "tcp", "17": "udp", "58": "icmp", "256": None, "": None})
_NARROWS = frozenset(
    {"la4", "la6", "la42", "la62", "rport", "rport2_10", "if", "security", "security2", "security2_9", "rmauth", "ruauth", "luauth"}
    | {
        "luown",
        "apppkgid",
        "icmp4",
        "icmp6",
        "ttk",
        "ttk2_22",
        "ttk2_27",
        "ttk2_28",
        "platform",
        "platform2",
        "nntype",
        "nntype2",
        "rpcproc",
    }
    | {"la4nt", "lua", "policyappid", "fqbn", "compartment", "authbypassout", "netnames", "pfn"}
)
"""Parts of a rule that narrow it and that no column holds."""
_MOST = 20_000
_MAX_ROWS = 40_000
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as it stands: its parts by name in lower case (each may come several times), and where it stands."""

    parts: Mapping[str, tuple[str, ...]]
    line: int
    name: str = ""

    def one(self, name: str) -> str:
        """Return the first of the parts of that name, empty where there is none."""
        return next(iter(self.parts.get(name, ())), "")


def read_firewall(tree: Tree) -> Part:
    """Return profiles and inbound rules that are in force; blocking rules stand first, as they are judged first."""
    found = Part()
    _profiles(tree, found)
    _rules(tree, found)
    return found


def _profiles(tree: Tree, found: Part) -> None:
    rows: list[FirewallProfile] = []
    unread: set[str] = set()
    seen = 0
    for profile, (policies, local) in _PROFILES.items():
        keys = [*(rf"{POLICY}\{name}" for name in policies), rf"{LOCAL}\{local}"]
        lines = [tree.line(key) for key in keys if tree.line(key)]
        if not lines:
            continue
        values: dict[str, Any] = {}
        for column, name, meanings, default, below in (
            ("enabled", "EnableFirewall", {0: False, 1: True}, None, ""),
            ("inbound_default", "DefaultInboundAction", {0: "accept", 1: "drop"}, "drop", ""),
            ("outbound_default", "DefaultOutboundAction", {0: "accept", 1: "drop"}, "accept", ""),
            ("logs_dropped", "LogDroppedPackets", {0: False, 1: True}, False, r"\logging"),
        ):
            known, value = _first(tree, [key + below for key in keys], name, meanings, default)
            if known:
                values[column] = value
            else:
                unread.add(column)
        seen += tree.line(rf"{LOCAL}\{local}") > 0
        rows.append(FirewallProfile(product=PRODUCT, profile=profile, **values, evidence=str(lines[-1])))
    if rows:
        found.rows += rows
        found.looks.append(look("firewall_profiles", whole=seen == len(_PROFILES), unread=sorted(unread), refused=tree.refused))


def _first(tree: Tree, keys: Sequence[str], name: str, meanings: Mapping[int, Any], default: Any) -> tuple[bool, Any]:
    """Return (known, meaning) by the first key that has the value; a key that was not looked at leaves it unknown."""
    for key in keys:
        answer = tree.find(key, name)
        if answer.value is not None:
            number = answer.value.number
            return (True, meanings[number]) if number is not None and number in meanings else (False, None)
        if not answer.known:
            return False, None
    return default is not None, default


def _rules(tree: Tree, found: Part) -> None:
    policy, local = rf"{POLICY}\firewallrules", rf"{LOCAL}\firewallrules"
    apps = rf"{LOCAL}\restrictedservices\appiso\firewallrules"
    if not any(tree.line(key) for key in (policy, local, apps)):
        return
    closed = {profile for profile in _PROFILES if _local_rules_off(tree, profile)}
    rules: list[tuple[Rule, frozenset[str]]] = []
    understood = True
    for key, without in ((policy, frozenset[str]()), (local, frozenset(closed)), (apps, frozenset(closed))):
        for value in tree.values(key)[:_MOST]:
            rule = parse_rule(value)
            if rule is None:
                understood = False
            elif rule.one("dir").lower() == "in" and rule.one("active").lower() == "true":
                rules.append((rule, without))
    rules.sort(key=lambda one: one[0].one("action").lower() != "block")
    rows: list[FirewallRule] = []
    for position, (rule, without) in enumerate(rules):
        rows += rule_rows(rule, position, without)
    whole = understood and len(rows) <= _MAX_ROWS and tree.whole(local)
    whole = whole and all(tree.whole(key) or tree.exists(key) is False for key in (policy, apps))
    found.rows += rows[:_MAX_ROWS]
    found.looks.append(look("firewall_rules", whole=whole, refused=tree.refused, needs=r"reg export HKLM\SOFTWARE\Policies"))


def _local_rules_off(tree: Tree, profile: str) -> bool:
    """Whether the policy says that local rules do not count in this profile."""
    known, merged = _first(
        tree, [rf"{POLICY}\{name}" for name in _PROFILES[profile][0]], "AllowLocalPolicyMerge", {0: False, 1: True}, True
    )
    return known and merged is False


def parse_rule(value: Value) -> Rule | None:
    """Read `v2.30|Action=Allow|Active=TRUE|Dir=In|…|`; None when it is no rule."""
    words = value.text.split("|")
    if not re.fullmatch(r"v\d{1,3}\.\d{1,4}", words[0].strip(), re.IGNORECASE):
        return None
    parts: dict[str, list[str]] = {}
    for word in words[1:]:
        name, sign, text = word.partition("=")
        if sign:
            parts.setdefault(name.strip().lower(), []).append(text.strip())
    return (
        Rule(MappingProxyType({name: tuple(texts) for name, texts in parts.items()}), value.line, value.name) if "action" in parts else None
    )


def rule_rows(rule: Rule, position: int, without: frozenset[str]) -> Iterator[FirewallRule]:
    """Yield one row per profile and range of ports; `without` names profiles where the rule does not count."""
    named = {word.lower() for word in rule.parts.get("profile", ())} & set(_PROFILES)
    action, number = rule.one("action").lower(), rule.one("protocol")
    protocol = _PROTOCOLS.get(number, number)
    ports, special = _ports(rule)
    sources = _sources(rule)
    narrowed = bool(set(rule.parts) & _NARROWS) or special or "iftype" in rule.parts or len(sources) > _LONGEST
    program, service = rule.one("app") or None, rule.one("svc")
    name = next((word for word in (rule.one("name"), rule.one("embedctxt"), rule.name) if word and not word.startswith("@")), "")
    for profile in _PROFILES:
        if profile in without or (named and profile not in named):
            continue
        for first, last in ports:
            yield FirewallRule(
                product=PRODUCT,
                profile=profile,
                position=position,
                decision={"allow": "accept", "bypass": "accept", "block": "drop"}.get(action, "unknown"),
                protocol=protocol,
                port_first=first,
                port_last=last,
                sources=sources[:_LONGEST] or None,
                conditional=narrowed or action == "bypass",
                program=limited_to(program, service),
                rule_name=name[:300] or None,
                family=_family(rule, number),
                evidence=str(rule.line),
            )


def _family(rule: Rule, protocol: str) -> str | None:
    """ICMP comes in two kinds; everything else is for both."""
    return {"1": "ipv4", "58": "ipv6"}.get(protocol)


def _ports(rule: Rule) -> tuple[list[tuple[int | None, int | None]], bool]:
    """Return ranges of own ports (one of None for any), and whether a port is one that only Windows knows (RPC)."""
    found: list[tuple[int | None, int | None]] = []
    special = False
    for name in ("lport", "lport2_10", "lport2_20", "lport2_24", "lport2_29"):
        for text in rule.parts.get(name, ()):
            for word in text.split(","):
                match = re.fullmatch(r"(\d{1,5})(?:-(\d{1,5}))?", word.strip(), re.ASCII)
                if match and int(match[1]) <= int(match[2] or match[1]) < 65536:
                    found.append((int(match[1]), int(match[2] or match[1])))
                else:
                    special = True
    return found or [(None, None)], special


def _sources(rule: Rule) -> str:
    words: dict[str, None] = {}
    for name in ("ra4", "ra6", "ra42", "ra62"):
        for text in rule.parts.get(name, ()):
            for word in text.split(","):
                words[_network(word.strip())] = None
    return ",".join(word for word in words if word)


def _network(word: str) -> str:
    """`10.0.0.0/255.0.0.0` → `10.0.0.0/8`; words such as LocalSubnet and ranges stay."""
    try:
        if "/" in word:
            return str(ipaddress.ip_network(word, strict=False))
        first, dash, last = word.partition("-")
        # A range of one address is that address.
        return first if dash and first == last else word
    except ValueError:
        return word[:100]
