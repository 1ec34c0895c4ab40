"""A file of a console: what is configuration, what an output, whose prompt it is."""

from __future__ import annotations

from omamori.parse.device.cisco.segments import heads, segments
from omamori.parse.network.lines import console

TEXT = """r1#show running-config
version 15.9
hostname r1
end
r1#show ip route
Codes: L - local, C - connected, S - static, R - RIP, M - mobile, B - BGP

S*    0.0.0.0/0 [1/0] via 10.0.0.1
r1#show clock
12:00:00.000 JST Mon Jun 1 2026
r1#show access-lists
Standard IP access list 5
    10 permit any (3 matches)
r1#exit
"""


def test_parts() -> None:
    found = segments(console(TEXT.encode()).lines)
    assert [line.text for line in found.config if line.text] == ["version 15.9", "hostname r1", "end"]
    assert [(kind, lines[0].number) for kind, lines in found.shown] == [("route", 6), ("lists", 12)]
    assert set(found.names) == {"r1"}


def test_a_file_without_prompts() -> None:
    found = segments(console(b"Standard IP access list 5\n    10 permit any\nversion 15.9\nhostname r1\n").lines)
    assert [line.number for line in found.config][:2] == [3, 4]
    assert heads(["Crypto session current status", "x"]) == {"crypto"}
