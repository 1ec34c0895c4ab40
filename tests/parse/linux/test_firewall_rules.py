from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from omamori.parse.linux.firewall_rules import MOST_RULES, Chain, Line, Match, both, default_of, follow, port_range

_MATCHES = st.builds(
    Match,
    protocol=st.sampled_from((None, "tcp", "udp")),
    ports=st.sampled_from(((), ((22, 22),), ((20, 30), (80, 80)))),
    interface=st.sampled_from((None, "lo", "eth0")),
)


def _chain(*lines: Line, policy: str | None = None) -> Chain:
    return Chain(policy, 1, list(lines))


@given(_MATCHES)
def test_a_condition_and_itself_is_itself(match: Match) -> None:
    assert both(match, match) == match
    assert both(Match(), match) == match


@given(_MATCHES, _MATCHES)
def test_the_order_of_two_conditions_makes_no_difference(one: Match, other: Match) -> None:
    first, second = both(one, other), both(other, one)
    assert (first is None) == (second is None)
    if first and second:
        assert (first.protocol, set(first.ports), first.interface) == (second.protocol, set(second.ports), second.interface)


def test_a_jump_is_written_out_with_both_conditions() -> None:
    chains = {
        "INPUT": _chain(Line(1, Match(protocol="tcp"), "jump", "web"), Line(3, Match(), "drop"), policy="accept"),
        "web": _chain(Line(2, Match(ports=((443, 443),)), "accept")),
    }
    found, logs = follow(chains, "INPUT")
    assert [(one.decision, one.match.protocol, one.match.ports) for one in found] == [("accept", "tcp", ((443, 443),)), ("drop", None, ())]
    assert not logs
    assert default_of("accept", found) == "drop"


def test_what_follows_a_partial_return_is_no_longer_certain() -> None:
    chains = {
        "INPUT": _chain(Line(1, Match(), "jump", "a")),
        "a": _chain(Line(2, Match(sources=("10.1.0.1",)), "return"), Line(3, Match(), "drop")),
    }
    (drop,) = follow(chains, "INPUT")[0]
    assert drop.decision == "drop"
    assert drop.match.conditional


def test_everything_behind_a_full_return_is_left_out() -> None:
    chains = {"INPUT": _chain(Line(1, Match(), "jump", "a")), "a": _chain(Line(2, Match(), "return"), Line(3, Match(), "drop"))}
    assert follow(chains, "INPUT")[0] == ()


def test_chains_in_a_circle_end_as_unknown() -> None:
    found, _ = follow({"a": _chain(Line(1, Match(), "jump", "b")), "b": _chain(Line(2, Match(), "jump", "a"))}, "a")
    assert [one.decision for one in found] == ["unknown"]


def test_a_flood_of_rules_ends_as_unknown() -> None:
    chains = {f"c{at}": _chain(*[Line(1, Match(), "jump", f"c{at + 1}")] * 9) for at in range(20)}
    found, _ = follow(chains, "c0")
    assert "unknown" in {one.decision for one in found}
    assert len(found) <= MOST_RULES + 1


def test_a_missing_chain_is_unknown_and_not_nothing() -> None:
    (found,) = follow({"INPUT": _chain(Line(1, Match(), "jump", "gone"))}, "INPUT")[0]
    assert (found.decision, found.match.conditional) == ("unknown", True)


def test_ports() -> None:
    assert port_range("22") == (22, 22)
    assert port_range("20:30") == port_range("20-30") == (20, 30)
    assert port_range("30:20") is None
    assert port_range("65536") is None
    assert port_range("ssh") is None
