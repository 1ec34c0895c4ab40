"""The allow-list of a Linux machine: what it promises follows from what it narrows."""

from __future__ import annotations

from tests.respond.harden.linux_small import designed, found, listens, proposed

from omamori.respond.harden.changes import NftTable
from omamori.respond.harden.measures.linux_firewall import KIND

OPEN = (found("firewall.none_active"), found("network.management_port_open", "22"), found("network.database_port_open", "PostgreSQL"))


def test_a_finding_of_a_port_is_promised_only_where_the_port_is_narrowed() -> None:
    (one,), left = proposed(KIND, [*OPEN, listens(22), listens(5432), *designed(5432)])
    assert not left and [promise.check for promise in one.promises] == ["firewall.none_active", "network.database_port_open"]
    (table,) = one.changes
    assert isinstance(table, NftTable) and table.family == "inet"
    assert "policy drop" in table.text and "tcp dport 22 accept" in table.text
    assert "ip saddr { 10.1.1.0/24 } tcp dport 5432 accept" in table.text
    assert any("22/tcp" in note.en and "open to everybody" in note.en for note in one.notes)
    assert "5432/tcp ← 10.1.1.0-10.1.1.255" in one.stops.en and "5432/tcp" in one.stops.ja


def test_a_list_that_would_change_nothing_is_left() -> None:
    measures, (left,) = proposed(KIND, [OPEN[1], listens(22)])
    assert not measures and "not known" in left.why.en


def test_nothing_is_proposed_without_a_finding() -> None:
    assert proposed(KIND, [listens(22), *designed(22)]) == ([], [])


def test_the_high_ports_of_ftp_stay_with_those_who_may_use_it() -> None:
    (one,), _ = proposed(KIND, [OPEN[0], listens(21, "vsftpd"), *designed(21)])
    assert "ip saddr { 10.1.1.0/24 } tcp dport 1024-65535 accept" in one.changes[0].text
