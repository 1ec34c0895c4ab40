"""What follows from an address that is not there."""

from __future__ import annotations

from ipaddress import ip_address

from omamori.snapshot.network_state import NetworkDifference, NetworkState, SeenHost, Untold


def test_why_nothing_is_told_of_an_address() -> None:
    asked = ((ip_address("10.0.0.0"), ip_address("10.0.0.9")), (ip_address("fd00::"), ip_address("fd00::9")))
    state = NetworkState({}, asked=asked, silent=frozenset({"10.0.5.5"}))
    assert [state.why_untold(one) for one in ("10.0.0.9", "fd00::3", "10.0.5.5", "10.0.0.10", "fd00::a")] == [
        None,
        None,
        None,
        "not_asked",
        "not_asked",
    ]
    assert NetworkState({}).why_untold("10.0.0.1") == "targets_unknown"
    assert NetworkState({}, asked=asked, finished=False).why_untold("10.0.0.1") == "cut_off"


def test_what_cannot_be_told_is_no_change() -> None:
    host = SeenHost("10.0.0.1")
    assert not NetworkDifference(untold=(Untold(host, only_before=True, why="not_asked"),)).differs
    assert NetworkDifference(gone=(host,)).differs
