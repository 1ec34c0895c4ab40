"""Uses of the lines held against windows, sources and accounts."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from omamori.analyze.line_uses import ANALYZER, doubled, within
from omamori.model.access import Account
from omamori.model.declared import RemoteLine, Zone
from omamori.model.look import Collected
from omamori.model.service_window import read_window
from omamori.model.sightings import Flow
from omamori.model.traffic import LineUse
from omamori.model.ways_in import Entry, Session

LOOKS = {"gw": ("sessions",), "pacs": ("entries",), "lab": ("entries",), "*": ("zones", "remote_lines")}
BASE = [
    RemoteLine(
        line="pacs", service_window="火 13:00-17:00", opened_from="203.0.113.8/32", accounts="pacs-a, pacs-b", last_used=date(2025, 1, 1)
    ),
    RemoteLine(line="lab", service_window="都度"),
    Entry(asset="pacs", entry="pacs", line="pacs", device="gw", sources="192.168.7.0/24"),
    Entry(asset="lab", entry="lab", line="lab", device="gw2"),
    Zone(zone="EHR", networks="10.1.0.0/16"),
]
TUESDAY = datetime(2026, 5, 5)


def utc(hour, minute=0, day=0):
    """Moment in UTC of an hour on the wall of a Japanese hospital."""
    return TUESDAY + timedelta(days=day, hours=hour - 9, minutes=minute)


def login(account="pacs-a", peer="203.0.113.8", began=None, ended=None, **more):
    return Session(asset="gw", account=account, peer_address=peer, began=began or utc(13, 30), ended=ended or utc(14), **more)


def uses(run, *rows, looks=LOOKS):
    return [row for row in run(ANALYZER, [*BASE, *rows], looks) if isinstance(row, LineUse)]


def test_a_login_in_its_window_from_its_place(run) -> None:
    (use,) = uses(run, login())
    assert (use.asset, use.line, use.in_window, use.source_declared, use.account_declared) == ("pacs", "pacs", True, True, True)
    assert (use.began, use.idle_since) == (TUESDAY + timedelta(hours=13, minutes=30), date(2025, 1, 1))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"began": utc(12, 59)}, (False, True, True)),
        ({"ended": utc(17, 30)}, (False, True, True)),
        ({"began": utc(16, 50), "ended": utc(17)}, (True, True, True)),
        ({"began": utc(13, 30, 1), "ended": utc(14, 0, 1)}, (False, True, True)),
        ({"began": utc(13, 30), "ended": utc(14, 0, 7)}, (False, True, True)),
        ({"peer": "203.0.113.9"}, (True, False, True)),
        ({"peer": "192.168.7.3"}, (True, True, True)),
        ({"account": "mallory"}, (True, True, False)),
        ({"began": TUESDAY + timedelta(hours=14), "ended": TUESDAY + timedelta(hours=15), "own_clock": True}, (True, True, True)),
        ({"began": TUESDAY + timedelta(hours=4), "ended": TUESDAY + timedelta(hours=5), "own_clock": True}, (False, True, True)),
    ],
)
def test_what_is_outside_what_was_declared(run, changes, told) -> None:
    (use,) = uses(run, login(**changes))
    assert (use.in_window, use.source_declared, use.account_declared) == told


def test_a_login_from_outside_that_fits_no_line_stands_with_the_machine(run) -> None:
    other = Session(asset="srv", account="x", peer_address="198.51.100.4", began=utc(10))
    inside = Session(asset="srv", account="desk", peer_address="10.1.0.9", began=utc(10))
    refused = Session(asset="srv", account="x", peer_address="198.51.100.4", accepted=False)
    (use,) = uses(run, other, inside, refused)
    assert (use.asset, use.line, use.account, use.in_window) == ("srv", None, "x", None)


def test_the_only_line_of_a_machine_takes_its_logins_from_outside(run) -> None:
    at_lab = Session(asset="gw2", account="who", peer_address="198.51.100.4", began=utc(3))
    (use,) = uses(run, at_lab)
    assert (use.line, use.in_window, use.source_declared, use.account_declared) == ("lab", None, None, None)


def test_logons_and_packets_are_uses_too(run) -> None:
    logon = Account(asset="srv", name="PACS-A", last_login=utc(3))
    packets = Flow(
        asset="gw",
        source_address="192.168.7.5",
        destination_address="10.1.0.1",
        times=4,
        first_seen=utc(13, 10),
        last_seen=utc(23),
        action="accept",
    )
    stopped = Flow(
        asset="gw", source_address="192.168.7.6", destination_address="10.1.0.1", first_seen=utc(3), last_seen=utc(3), action="drop"
    )
    found = {use.kind: use for use in uses(run, logon, packets, stopped)}
    assert set(found) == {"logon", "packets"}
    assert (found["logon"].machine, found["logon"].in_window, found["logon"].account_declared) == ("srv", False, True)
    assert (found["packets"].in_window, found["packets"].began, found["packets"].times) == (False, TUESDAY + timedelta(hours=23), 4)


def test_one_account_from_two_places_at_once() -> None:
    one = login(began=utc(13), ended=utc(15))
    other = login(began=utc(14), ended=utc(16), peer="198.51.100.9")
    later = login(began=utc(16), ended=utc(17), peer="198.51.100.7")
    assert doubled([one, other, later]) == {0: "198.51.100.9", 1: "203.0.113.8"}
    assert doubled([one, login(began=utc(14))]) == {}


def test_looks_say_where_no_log_was_read(run) -> None:
    looks = {row.asset: (row.complete, row.reason) for row in run(ANALYZER, BASE, LOOKS) if isinstance(row, Collected)}
    assert looks["pacs"][0] and looks["gw"][0]
    assert looks["lab"] == (False, "not_collected")


def test_a_window_over_midnight_and_one_nobody_can_read() -> None:
    night = read_window("daily 22:00-6:00")
    assert within(night, datetime(2026, 5, 5, 23), datetime(2026, 5, 6, 5)) is True
    assert within(night, datetime(2026, 5, 5, 23), datetime(2026, 5, 6, 7)) is False
    assert within(None, datetime(2026, 5, 5), None) is None
    assert within(read_window("anytime"), datetime(2026, 5, 5), None) is True
    assert within(night, None, None) is None
