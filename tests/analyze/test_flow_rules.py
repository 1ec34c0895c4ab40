"""What the rules let through: the table is asked quickly, and only IPv4 and the protocols it has."""

from __future__ import annotations

from ipaddress import ip_address

from hypothesis import given
from hypothesis import strategies as st

from omamori.analyze.coverage import Coverage
from omamori.analyze.flow_rules import Rules
from omamori.model.look import EVERYWHERE, Collected
from omamori.model.ways_in import Reachable
from omamori.snapshot.database import Database

BASE = int(ip_address("10.1.0.0"))
RANGES = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 12), st.sampled_from([None, (1, 5), (3, 3)])), max_size=8)


def rules(ranges):
    rows = [
        Reachable(
            origin="z", address_first=BASE + first, address_last=BASE + first + size, protocol="tcp",
            port_first=ports[0] if ports else None, port_last=ports[1] if ports else None,
        )
        for first, size, ports in ranges
    ]  # fmt: skip
    with Database() as database:
        database.insert([*rows, Collected(asset=EVERYWHERE, table_name="reachability", complete=True)])
        return Rules.read(database, Coverage.read(database))


@given(RANGES, st.integers(0, 60), st.integers(1, 6))
def test_it_answers_as_looking_at_every_row_does(ranges, place, port) -> None:
    expected = any(first <= place <= first + size and (ports is None or ports[0] <= port <= ports[1]) for first, size, ports in ranges)
    assert rules(ranges).let_through("z", "10.9.0.1", str(ip_address(BASE + place)), "tcp", port) is expected


def test_what_the_table_cannot_hold_is_open() -> None:
    made = rules([(0, 5, None)])
    assert made.let_through("z", "10.9.0.1", "2001:db8::1", "tcp", 1) is None
    assert made.let_through("z", "10.9.0.1", "10.1.0.0", "50", None) is None
    assert made.let_through("z", "10.9.0.0/24", "10.1.0.0", "tcp", 1) is None
