"""Traffic of each line by day."""

from __future__ import annotations

from datetime import date, datetime

from omamori.analyze.line_traffic import ANALYZER, days_of
from omamori.model.look import Collected
from omamori.model.sightings import Flow
from omamori.model.traffic import LineTraffic
from omamori.model.ways_in import Entry

LOOKS = {"fw": ("flows",), "pacs": ("entries",), "lab": ("entries",)}
BASE = [
    Entry(asset="pacs", entry="pacs", line="pacs", device="fw", interface="tun0", sources="192.168.7.0/24"),
    Entry(asset="lab", entry="lab", line="lab", device="other", interface="wan", opened_from="203.0.113.8/32"),
    Entry(asset="fw", entry="fw wan1", device="fw", interface="wan1"),
]


def flow(source, destination="10.1.0.1", **more):
    return Flow(asset="fw", source_address=source, destination_address=destination, **more)


def test_interface_and_addresses_tell_whose_it_is(run) -> None:
    first, second = datetime(2026, 5, 1, 9), datetime(2026, 5, 2, 9)
    rows = [
        flow("10.8.0.1", interface_in="tun0", times=3, bytes=100, last_seen=first),
        flow("10.1.0.1", "192.168.7.9", times=2, action="drop", last_seen=second),
        flow("203.0.113.8", times=5, first_seen=first, last_seen=second, by_day="2026-05-01=4/40 2026-05-02=1/10", bytes=50),
        flow("10.3.0.1", interface_in="wan1", times=9, last_seen=first),
    ]
    done = run(ANALYZER, [*BASE, *rows], LOOKS)
    found = {(row.line, row.day): (row.times, row.bytes, row.stopped) for row in done if isinstance(row, LineTraffic)}
    assert found == {
        ("pacs", date(2026, 5, 1)): (3, 100, 0),
        ("pacs", date(2026, 5, 2)): (2, None, 2),
        ("lab", date(2026, 5, 1)): (4, 40, 0),
        ("lab", date(2026, 5, 2)): (1, 10, 0),
    }
    looks = {row.asset: row.complete for row in done if isinstance(row, Collected)}
    assert looks == {"pacs": True, "lab": False}, "nobody read a log of the device the second line ends on"


def test_an_interface_of_two_lines_tells_of_neither(run) -> None:
    other = Entry(asset="ct", entry="ct", line="ct", device="fw", interface="tun0")
    done = run(ANALYZER, [*BASE, other, flow("10.8.0.1", interface_in="tun0", times=3, last_seen=datetime(2026, 5, 1))], LOOKS)
    assert [row for row in done if isinstance(row, LineTraffic)] == []


def test_days_nobody_told_stand_on_the_last() -> None:
    long = flow("10.8.0.1", times=7, bytes=70, last_seen=datetime(2026, 5, 9), by_day="2026-05-01=4/40 nonsense 2026-13-01=1/1")
    assert list(days_of(long)) == [(date(2026, 5, 1), 4, 40), (date(2026, 5, 9), 3, 30)]
    assert list(days_of(flow("10.8.0.1", times=2))) == [(None, 2, None)]
