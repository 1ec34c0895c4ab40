"""A scan file as a network state."""

from __future__ import annotations

from pathlib import Path

from omamori.parse.nmap.reader import read
from omamori.snapshot.network_state import NetworkState
from omamori.snapshot.scan_state import state_of

DATA = Path(__file__).parents[1] / "parse" / "nmap" / "data"


def _state(name: str) -> NetworkState:
    return state_of(*read((DATA / f"{name}.xml").read_bytes()))


def test_names_system_and_services_are_those_the_machine_told() -> None:
    host = _state("gentle_ports").hosts["10.20.0.5"]
    assert (host.mac, host.names, host.system) == ("00:1b:63:0a:0b:05", ("ehr-sv",), "Windows Server 2016 Standard 14393")
    assert host.ports["tcp", 443].service == "ssl/http"
    assert host.ports["tcp", 3389].probed
    assert host.asked == {"tcp": ((1, 12000),)}
    assert host.rest == {"tcp": "closed"}


def test_later_runs_take_back_what_they_asked_again() -> None:
    host = _state("one_after_another").hosts["10.20.4.7"]
    assert {number for _, number in host.ports} == {22, 80}
    assert host.ports["tcp", 80].product == "nginx"
    assert host.asked == {"tcp": ((22, 23), (80, 80))}


def test_who_is_silent_and_who_was_cut_off() -> None:
    silent = _state("without_ping")
    assert silent.silent == {"10.20.1.1", "10.20.1.3"}
    assert silent.hosts.keys() == {"10.20.1.2"}
    down = _state("all_down")
    assert down.hosts == {}
    assert len(down.silent) == 4
    assert down.why_untold("10.20.2.1") is None
    cut = _state("cut_off")
    assert not cut.finished
    assert not cut.hosts["10.20.3.10"].whole
    assert cut.why_untold("10.20.3.77") == "cut_off"


def test_masscan_writes_an_element_for_each_port_and_does_not_tell_what_it_asked() -> None:
    state = _state("masscan")
    assert {number for _, number in state.hosts["10.20.5.1"].ports} == {22, 80}
    assert state.asked is None
    assert state.hosts["10.20.5.1"].asked == {}
    assert state.why_untold("10.20.5.9") == "targets_unknown"


def test_nothing_is_no_finished_scan() -> None:
    assert not state_of(()).finished
