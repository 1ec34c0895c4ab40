"""Rule sets in text: the same rows as from the JSON form, with the lines they stand at."""

from __future__ import annotations

from typing import Any

from omamori.model.device import DeviceChain, DeviceRule, DeviceUnread
from omamori.parse.linux.filter_nft import read_nft
from omamori.parse.linux.filter_rows import device_rows
from omamori.parse.linux.filter_statement import statements
from omamori.parse.linux.filter_text import read_text

TEXT = """table inet fw {
	set near {
		type ipv4_addr
		flags interval
		elements = { 10.1.0.0/16,
			10.2.0.5-10.2.0.9 }
	}

	chain pre {
		type nat hook prerouting priority dstnat + 5; policy accept;
		iifname "eth0" ip daddr 203.0.113.1 tcp dport { 80, 443 } dnat ip to 10.0.0.1:8080
	}

	chain fwd {
		type filter hook forward priority filter; policy drop;
		ct state established,related accept
		ip saddr @near tcp dport ssh counter packets 4 bytes 240 log prefix "a { b" accept comment "for us"
		tcp dport vmap { 22 : accept, 23-25 : jump other }
		tcp flags syn tcp option maxseg size set rt mtu
		udp dport 53 limit rate 3/second burst 5 packets accept
		some thing nobody knows accept
		other thing altogether
	}

	chain other {
	}
}
"""


def read(text: str) -> tuple[object, ...]:
    document = read_text(list(enumerate(text.split("\n"), 1)))
    found = read_nft(document, 1)
    assert found is not None
    return device_rows(found)


def test_the_rows_and_their_lines() -> None:
    rows = read(TEXT)
    chains = [row for row in rows if isinstance(row, DeviceChain)]
    assert [(one.chain, one.hook, one.priority, one.policy, one.evidence) for one in chains] == [
        ("inet fw pre", "prerouting", -95, "accept", "9"),
        ("inet fw fwd", "forward", 0, "drop", "14"),
        ("inet fw other", None, 0, None, "25"),
    ]
    rules = [row for row in rows if isinstance(row, DeviceRule)]
    assert [(one.evidence, one.decision, one.destination_ports, one.unread) for one in rules] == [
        ("11", "dnat", "80,443", None),
        ("16", "accept", None, None),
        ("17", "accept", "22", None),
        ("18", "accept", "22", None),
        ("18", "jump", "23-25", None),
        ("19", "continue", None, None),
        ("19", "continue", None, "tcp flags syn"),
        ("19", "continue", None, "tcp flags syn"),
        ("20", "accept", "53", "limit rate 3/second"),
        ("21", "accept", None, '{"text":"some thing nobody knows accept"}'),
        ("22", "unknown", None, None),
    ]
    printed = rules[2]
    assert (printed.sources, printed.rule, printed.hits, printed.logs) == ("10.1.0.0/16,10.2.0.5-10.2.0.9", "for us", 4, True)
    assert (rules[0].interface_in, rules[0].destinations, rules[0].to_addresses, rules[0].to_ports) == (
        "eth0",
        "203.0.113.1",
        "10.0.0.1",
        "8080",
    )


def test_a_text_cut_off_and_what_stands_outside_are_told() -> None:
    unread = [row.text for row in read(TEXT[:-3] + "\n") if isinstance(row, DeviceUnread)]
    assert unread == ["a block without its end"]
    unread = [row.text for row in read("add rule ip x y accept\n" + TEXT) if isinstance(row, DeviceUnread)]
    assert unread == ["add rule ip x y accept"]
    assert read_text([(1, "no rules at all")]) is None


def of(text: str) -> list[Any]:
    """The statements of a rule without quotes and braces inside words."""
    return statements(text.split(" "))[0]


def test_statements_of_translation() -> None:
    assert of("snat ip prefix to ip saddr map { 10.1.0.0/24 : 10.2.0.0/24 }") == [
        {
            "snat": {
                "family": "ip",
                "type_flags": ["prefix"],
                "addr": {
                    "map": {
                        "key": {"payload": {"protocol": "ip", "field": "saddr"}},
                        "data": {"set": [[{"prefix": {"addr": "10.1.0.0", "len": 24}}, {"prefix": {"addr": "10.2.0.0", "len": 24}}]]},
                    }
                },
            }
        }
    ]
    assert of("redirect to :8080") == [{"redirect": {"port": 8080}}]
    assert of("masquerade to :1024-65535 random") == [{"masquerade": {"port": {"range": [1024, 65535]}}}]
    assert of("tcp flags & (fin | syn) == syn drop")[0]["match"]["left"] == {
        "&": [{"payload": {"protocol": "tcp", "field": "flags"}}, ["fin", "syn"]]
    }
