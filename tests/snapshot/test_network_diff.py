"""What is told as a change on the network, and what is not."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

from omamori.parse.nmap.reader import read
from omamori.snapshot.network_diff import difference
from omamori.snapshot.network_state import NetworkDifference, NetworkState, SeenHost, SeenPort
from omamori.snapshot.scan_state import state_of

_spec = importlib.util.spec_from_file_location("scan_writer", Path(__file__).with_name("scan_writer.py"))
assert _spec and _spec.loader
writer = importlib.util.module_from_spec(_spec)
sys.modules.setdefault("scan_writer", writer)
_spec.loader.exec_module(writer)
Machine = writer.Machine

SSH = (22, "OpenSSH", "8.4")
WEB = (80, "nginx", "1.18.0")


def changes(before: bytes, after: bytes, **more: object) -> NetworkDifference:
    return difference(state_of(*read(before)), state_of(*read(after)), **more)  # type: ignore[arg-type]


def told(found: NetworkDifference) -> dict[str, list[str]]:
    """The parts of a difference that are not empty, as short words."""
    said = {
        "new": [host.address for host in found.new],
        "gone": [host.address for host in found.gone],
        "reappeared": [host.address for host in found.reappeared],
        "moved": [f"{one.before.address}>{one.after.address}" for one in found.moved],
        "exchanged": [one.after.address for one in found.exchanged],
        "opened": [f"{one.host.address}:{one.port}" for one in found.opened],
        "closed": [f"{one.host.address}:{one.port}" for one in found.closed],
        "changed": [f"{one.host.address}:{one.port}" for one in found.changed],
        "untold": [f"{one.host.address} {one.why}" for one in found.untold],
    }
    return {name: words for name, words in said.items() if words}


def test_new_gone_opened_closed_and_changed() -> None:
    before = writer.scan([Machine(1, 1, (SSH, WEB)), Machine(2, 2, (SSH,)), Machine(3, 3)])
    after = writer.scan([Machine(1, 1, (SSH, (80, "nginx", "1.20.1"), (23, "", ""))), Machine(2, 2), Machine(4, 4, (SSH,))], seed=7)
    assert told(changes(before, after)) == {
        "new": ["10.9.0.4"],
        "gone": ["10.9.0.3"],
        "opened": ["10.9.0.1:23"],
        "closed": ["10.9.0.2:22"],
        "changed": ["10.9.0.1:80"],
    }


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Machine(1, listed=((80, "closed"),)), Machine(1)),
        (Machine(1, listed=((80, "filtered"),)), Machine(1)),
        (Machine(1), Machine(1, rest="filtered")),
        (Machine(1, ports=((80, "", ""),)), Machine(1, ports=(WEB,))),
        (Machine(1, ports=((80, "nginx", ""),)), Machine(1, ports=(WEB,))),
        (Machine(1, ports=(WEB,)), Machine(1, listed=((80, "open|filtered"),))),
        (Machine(1, ports=(WEB,)), Machine(1, rest="open|filtered")),
        (Machine(1, hardware=None), Machine(1, hardware=1)),
        (Machine(1, name="pc"), Machine(1)),
        (Machine(1, reason="arp-response"), Machine(1, reason="echo-reply")),
        (Machine(1, ports=((80, "nginx", "1.0"),), rest=""), Machine(1, ports=((80, "nginx", "1.0"),))),
    ],
)
def test_no_change_is_told_that_is_none(before: object, after: object) -> None:
    assert told(changes(writer.scan([before]), writer.scan([after], seed=1))) == {}
    assert told(changes(writer.scan([after]), writer.scan([before], seed=1))) == {}


def test_a_port_that_falls_among_the_closed_has_closed() -> None:
    for after in (Machine(1), Machine(1, rest="filtered"), Machine(1, rest=""), Machine(1, listed=((80, "filtered"),))):
        assert told(changes(writer.scan([Machine(1, ports=(WEB,))]), writer.scan([after]))) == {"closed": ["10.9.0.1:80"]}
        assert told(changes(writer.scan([after]), writer.scan([Machine(1, ports=(WEB,))]))) == {"opened": ["10.9.0.1:80"]}


def test_ports_one_side_did_not_ask_are_not_compared() -> None:
    before, fewer = writer.scan([Machine(1, ports=(SSH, WEB))]), writer.scan([Machine(1, ports=(SSH,))], asked="22")
    assert told(changes(before, fewer)) == told(changes(fewer, before)) == {}


def test_ports_of_a_host_the_file_broke_off_in_are_not_closed() -> None:
    before = writer.scan([Machine(1, ports=(SSH, WEB))])
    cut = before[: before.index(b'<port protocol="tcp" portid="80"')]
    assert told(changes(before, cut)) == {}


def test_nobody_is_gone_of_whom_the_later_scan_did_not_ask() -> None:
    network = [Machine(1, 1, (SSH,)), Machine(200, 2, (SSH,))]
    before = writer.scan(network)
    assert told(changes(before, writer.scan(network[:1], targets="10.9.0.0/25", total=128))) == {"untold": ["10.9.0.200 not_asked"]}
    assert told(changes(before, writer.scan(network[:1], ended=False))) == {"untold": ["10.9.0.200 cut_off"]}
    assert told(changes(before, writer.scan(network[:1], targets="-iL list.txt"))) == {"untold": ["10.9.0.200 targets_unknown"]}
    assert told(changes(before, writer.scan(network[:1]))) == {"gone": ["10.9.0.200"]}


def test_nobody_is_new_of_whom_the_earlier_scan_did_not_ask() -> None:
    after = writer.scan([Machine(1, 1, (SSH,)), Machine(200, 2, (SSH,))])
    before = writer.scan([Machine(1, 1, (SSH,))], targets="10.9.0.0/25", total=128)
    assert told(changes(before, after)) == {"untold": ["10.9.0.200 not_asked"]}


def test_an_address_said_to_be_down_is_gone_even_where_the_scan_was_cut_off() -> None:
    before = writer.scan([Machine(1, 1, (SSH,)), Machine(2, 2)])
    after = writer.scan([Machine(1, status="down", reason="no-response")], ended=False)
    assert told(changes(before, after)) == {"gone": ["10.9.0.1"], "untold": ["10.9.0.2 cut_off"]}


def test_up_by_order_and_silent_is_not_there() -> None:
    """Told not to look first (-Pn), nmap calls every address up."""
    before = writer.scan([Machine(1, 1, (SSH,))])
    after = writer.scan([Machine(1, rest="filtered", reason="user-set"), Machine(2, rest="filtered", reason="user-set")])
    assert told(changes(before, after)) == {"gone": ["10.9.0.1"]}


def test_a_machine_that_moved_is_one_machine() -> None:
    before, after = writer.scan([Machine(1, 1, (SSH, WEB))]), writer.scan([Machine(5, 1, (SSH,))])
    assert told(changes(before, after)) == {"moved": ["10.9.0.1>10.9.0.5"], "closed": ["10.9.0.5:80"]}


def test_two_machines_that_changed_places() -> None:
    before, after = writer.scan([Machine(1, 1, (SSH,)), Machine(2, 2, (WEB,))]), writer.scan([Machine(1, 2, (WEB,)), Machine(2, 1, (SSH,))])
    assert told(changes(before, after)) == {"moved": ["10.9.0.2>10.9.0.1", "10.9.0.1>10.9.0.2"], "exchanged": ["10.9.0.1", "10.9.0.2"]}


def test_another_machine_at_the_same_address() -> None:
    before, after = writer.scan([Machine(1, 1, (SSH,))]), writer.scan([Machine(1, 2, (SSH, WEB))])
    assert told(changes(before, after)) == {"exchanged": ["10.9.0.1"], "opened": ["10.9.0.1:80"]}


def test_a_router_that_answers_for_many_has_not_moved() -> None:
    before = writer.scan([Machine(1, 9), Machine(2, 9), Machine(3, 9)])
    after = writer.scan([Machine(1, 9), Machine(2, 9), Machine(4, 9)])
    assert told(changes(before, after)) == {"new": ["10.9.0.4"], "gone": ["10.9.0.3"]}
    apart = writer.scan([Machine(4, 9), Machine(5, 9)])
    assert "moved" not in told(changes(before, apart))


def test_moved_is_only_said_where_both_sides_asked_both_addresses() -> None:
    before = writer.scan([Machine(1, 1, (SSH,))], targets="10.9.0.0/25", total=128)
    after = writer.scan([Machine(200, 1, (SSH,))])
    assert told(changes(before, after)) == {"gone": ["10.9.0.1"], "untold": ["10.9.0.200 not_asked"]}


def test_who_was_known_earlier_reappears() -> None:
    before, after = writer.scan([]), writer.scan([Machine(1, 1), Machine(2, 2), Machine(3, 3)])
    assert told(changes(before, after, earlier={"10.9.0.1", "00:1b:63:00:00:02"})) == {
        "new": ["10.9.0.3"],
        "reappeared": ["10.9.0.1", "10.9.0.2"],
    }


def test_a_service_that_closed_the_connection_is_not_another_service() -> None:
    def state(service: str, product: str | None = None) -> NetworkState:
        port = SeenPort("open", service, product, None, probed=True)
        return NetworkState({"10.9.0.1": SeenHost("10.9.0.1", ports={("tcp", 104): port})})

    assert told(difference(state("tcpwrapped"), state("dicom"))) == {}
    assert told(difference(state("dicom"), state("ssh"))) == {"changed": ["10.9.0.1:104"]}
    assert told(difference(state("http", "Orthanc"), state("http", "nginx"))) == {"changed": ["10.9.0.1:104"]}


def test_changes_stand_in_the_order_of_addresses() -> None:
    after = writer.scan([Machine(octet, octet) for octet in (100, 20, 3)])
    assert [host.address for host in changes(writer.scan([]), after).new] == ["10.9.0.3", "10.9.0.20", "10.9.0.100"]
