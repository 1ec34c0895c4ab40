from __future__ import annotations

from typing import Any

from omamori.parse.linux.firewall_nft import read_ruleset
from omamori.parse.linux.firewall_rules import Line


def _lines(*expressions: Any, sets: Any = ()) -> list[Line]:
    where = {"family": "inet", "table": "t"}
    document = {
        "nftables": [
            {"table": {"family": "inet", "name": "t"}},
            *({"set": {**where, "name": name, "elem": elements}} for name, elements in sets),
            {"chain": {**where, "name": "in", "hook": "input", "prio": 0, "policy": "drop"}},
            {"rule": {**where, "chain": "in", "expr": list(expressions)}},
        ]
    }
    tables = read_ruleset(document, 7)
    assert tables is not None
    return tables[("inet", "t")].chains["in"].lines


def _match(left: Any, right: Any, op: str = "==") -> Any:
    return {"match": {"op": op, "left": left, "right": right}}


PORT = {"payload": {"protocol": "tcp", "field": "dport"}}


def test_a_set_is_written_out() -> None:
    (line,) = _lines(_match(PORT, "@web"), {"accept": None}, sets=[("web", [80, {"range": [443, 445]}])])
    assert line.match.ports == ((80, 80), (443, 445))
    assert (line.target, line.match.protocol, line.match.conditional, line.line) == ("accept", "tcp", False, 7)


def test_a_set_that_is_not_there_makes_the_rule_conditional() -> None:
    (line,) = _lines(_match(PORT, "@gone"), {"accept": None})
    assert line.match.conditional
    assert line.match.ports == ()


def test_not_equal_is_a_condition_no_column_holds() -> None:
    (line,) = _lines(_match(PORT, 22, "!="), {"accept": None})
    assert line.match.conditional


def test_a_map_of_verdicts_is_one_line_per_entry() -> None:
    entries = {"set": [[22, {"accept": None}], [23, {"drop": None}], [{"range": [80, 81]}, {"jump": {"target": "web"}}]]}
    lines = _lines({"vmap": {"key": PORT, "data": entries}})
    assert [(line.target, line.match.ports, line.chain) for line in lines] == [
        ("accept", ((22, 22),), ""),
        ("drop", ((23, 23),), ""),
        ("jump", ((80, 81),), "web"),
    ]


def test_an_iptables_target_inside_nft_is_unknown() -> None:
    (line,) = _lines({"xt": {"type": "target", "name": "DNAT"}})
    assert line.target == "unknown"


def test_hostile_forms_do_not_break_it() -> None:
    assert read_ruleset([], 1) is None
    assert (
        read_ruleset(
            {
                "nftables": [
                    1,
                    {"rule": 2},
                    {"chain": {"name": []}},
                    {"rule": {"expr": [{"match": {"op": "==", "left": {"payload": 3}, "right": {}}}]}},
                ]
            },
            1,
        )
        is not None
    )
    for left in (None, 3, {}, {"meta": None}, {"payload": {"protocol": [], "field": "saddr"}}, {"a": 1, "b": 2}):
        assert _lines(_match(left, [{}, []]), {"accept": None})[0].match.conditional
