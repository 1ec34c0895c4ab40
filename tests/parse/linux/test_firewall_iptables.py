from __future__ import annotations

import pytest

from omamori.parse.linux.firewall_iptables import read_saved
from omamori.parse.linux.firewall_rules import Line


def _rule(text: str) -> Line:
    lines = ["*filter", ":INPUT ACCEPT [0:0]", f"-A INPUT {text}", "COMMIT"]
    return read_saved(iter(enumerate(lines, 1)))["filter"].chains["INPUT"].lines[0]


def test_policy_and_tables() -> None:
    tables = read_saved(iter(enumerate(["*filter", ":INPUT DROP [1:2]", ":own - [0:0]", "*nat", ":PREROUTING ACCEPT [0:0]"], 1)))
    assert tables["filter"].chains["INPUT"].policy == "drop"
    assert tables["filter"].chains["own"].policy is None
    assert set(tables) == {"filter", "nat"}


def test_a_usual_rule() -> None:
    line = _rule('-s 10.1.0.5/32 -p tcp -m tcp --dport 22 -m comment --comment "jump host" -j ACCEPT')
    assert (line.target, line.name, line.line) == ("accept", "jump host", 3)
    assert (line.match.protocol, line.match.ports, line.match.sources, line.match.conditional) == ("tcp", ((22, 22),), ("10.1.0.5",), False)


@pytest.mark.parametrize(
    "text",
    [
        "! -s 10.1.0.0/16 -p tcp --dport 22 -j ACCEPT",
        "-m limit --limit 3/min -j ACCEPT",
        "-m set --match-set friends src -j ACCEPT",
        "-p tcp --dport ssh -j ACCEPT",
        "-d 10.1.0.9/32 -j ACCEPT",
        "-m owner --uid-owner 0 -j ACCEPT",
        "-i eth+ -j ACCEPT",
    ],
)
def test_what_no_column_holds_makes_a_rule_conditional(text: str) -> None:
    line = _rule(text)
    assert line.target == "accept"
    assert line.match.conditional


@pytest.mark.parametrize("target", ["NFQUEUE", "TPROXY", "DNAT"])
def test_a_target_that_sends_elsewhere_is_unknown(target: str) -> None:
    assert _rule(f"-p tcp -j {target}").target == "unknown"


def test_a_mark_lets_the_packet_go_on() -> None:
    assert _rule("-j MARK --set-mark 1").target == "pass"
    assert _rule('-j LOG --log-prefix "in "').target == "log"


def test_a_line_that_is_no_rule_is_told() -> None:
    saved = read_saved(iter(enumerate(["*filter", "-A", "what is this", '-A INPUT -m comment --comment "open'], 1)))
    assert [problem.line for problem in saved["filter"].problems] == [2, 3, 4] or len(saved["filter"].problems) == 3
