from __future__ import annotations

from omamori.lab.visits import read_visits

LINES = """\
{"time": "2026-01-10T09:00:00.000+00:00", "event": "open", "connection": 1, "port": 104, "manner": "silent", "peer": "10.0.0.2:4000"}
{"time": "2026-01-10T09:00:00.100+00:00", "event": "open", "connection": 2, "port": 105, "manner": "silent", "peer": "10.0.0.3:4000"}
{"time": "2026-01-10T09:00:00.200+00:00", "event": "bytes", "connection": 1, "port": 104, "manner": "silent", "peer": "10.0.0.2:4000", "count": 2, "data": "6162"}
{"time": "2026-01-10T09:00:00.300+00:00", "event": "bytes", "connection": 1, "port": 104, "manner": "silent", "peer": "10.0.0.2:4000", "count": 1, "data": "63"}
{"time": "2026-01-10T09:00:00.400+00:00", "event": "close", "connection": 1, "port": 104, "manner": "silent", "peer": "10.0.0.2:4000"}
{"time": "2026-01-10T09:00:00.4"""


def test_every_connection_with_all_it_brought() -> None:
    first, second = read_visits(LINES.splitlines())
    assert (first.port, first.peer, first.received, first.closed) == (104, "10.0.0.2:4000", b"abc", True)
    assert (second.port, second.manner, second.received, second.closed) == (105, "silent", b"", False)
    assert second.opened.isoformat() == "2026-01-10T09:00:00.100000+00:00"


def test_no_visitor_no_visit() -> None:
    assert read_visits([]) == []
