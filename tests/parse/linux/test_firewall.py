from __future__ import annotations

from datetime import datetime

from omamori.model.look import Parsed
from omamori.model.network import FirewallProfile, FirewallRule
from omamori.parse.interface import Context
from omamori.parse.linux.firewall import parse
from omamori.parse.sections import write_sections

_EMPTY = b'{"nftables": [{"metainfo": {"version": "1.0"}}]}\n'
_NOW = datetime(2026, 1, 15)


def _parsed(*sections: tuple[str, bytes, int | None], privileged: bool = True) -> Parsed:
    return parse(write_sections(list(sections)), Context("linux.firewall", _NOW, _NOW, privileged=privileged))


def _profiles(parsed: Parsed) -> list[tuple[str, str, str | None, bool | None]]:
    return [(row.product, row.profile, row.family, row.enabled) for row in parsed.rows if isinstance(row, FirewallProfile)]


def test_an_empty_ruleset_is_a_row_that_says_so() -> None:
    parsed = _parsed(("nft", _EMPTY, 0), ("iptables", b"", 0), ("ip6tables", b"", 0))
    assert _profiles(parsed) == [("nftables", "input", None, False)]
    assert all(look.complete for look in parsed.looks)


def test_refused_is_never_no_firewall() -> None:
    for privileged in (True, False):
        parsed = _parsed(("nft", b"", 1), ("iptables", b"", 4), ("ip6tables", b"", 4), privileged=privileged)
        assert parsed.rows == ()
        assert {look.reason for look in parsed.looks} == {"needs_administrator"}


def test_ipv4_alone_leaves_ipv6_unfiltered() -> None:
    parsed = _parsed(("nft", _EMPTY, 0), ("iptables", b"*filter\n:INPUT DROP [0:0]\nCOMMIT\n", 0), ("ip6tables", b"", 0))
    assert _profiles(parsed) == [("iptables", "input", "ipv4", True), ("ip6tables", "input", "ipv6", False)]


def test_what_iptables_keeps_inside_nft_is_told_once() -> None:
    ruleset = (
        b'{"nftables": [{"table": {"family": "ip", "name": "filter"}}, {"chain": {"family": "ip", "table": "filter", "name": "INPUT", '
        b'"hook": "input", "prio": 0, "policy": "drop"}}]}'
    )
    save = b"*filter\n:INPUT DROP [0:0]\n-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT\nCOMMIT\n"
    parsed = _parsed(("nft", ruleset, 0), ("iptables", save, 0), ("ip6tables", b"", 0))
    assert [row.port_first for row in parsed.rows if isinstance(row, FirewallRule)] == [22]
    assert [profile[:2] for profile in _profiles(parsed)] == [("iptables", "input"), ("ip6tables", "input")]


def test_a_port_sent_into_a_container_is_unknown_not_blocked() -> None:
    save = b"*nat\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -p tcp -m tcp --dport 8042 -j DNAT --to-destination 172.17.0.2:8042\n"
    save += b"*filter\n:INPUT DROP [0:0]\nCOMMIT\n"
    parsed = _parsed(("nft", _EMPTY, 0), ("iptables", save, 0), ("ip6tables", b"", 0))
    (rule,) = [row for row in parsed.rows if isinstance(row, FirewallRule)]
    assert (rule.position, rule.decision, rule.port_first) == (0, "unknown", 8042)


def test_neither_tool_nor_kernel_module_is_no_firewall() -> None:
    absent = [("nft", b"", 127), ("iptables", b"", 127), ("ip6tables", b"", 127)]
    assert all(look.complete for look in _parsed(("modules", b"==> /proc/modules\next4 1 0\n", 0), *absent).looks)
    assert not any(look.complete for look in _parsed(("modules", b"==> /proc/modules\nip_tables 1 0\n", 0), *absent).looks)
    assert not any(look.complete for look in _parsed(("modules", b"", 2), *absent).looks)


def test_a_list_cut_off_is_not_complete() -> None:
    parsed = _parsed(("nft", _EMPTY[:20], None))
    assert not any(look.complete for look in parsed.looks)
