"""What a permission lets out, and what it never does."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest

from omamori.gate.approval import MOST_ADDRESSES, Pace, Permission, Refused, permit
from omamori.model.permission import ApprovalFile, Consent, Echo, Held, NamedServer, SiteFacts, Span
from omamori.parse.scan.values import read_span

NOW = datetime.now(UTC).replace(tzinfo=None)


def _span(text: str) -> Span:
    span = read_span(text)
    assert span is not None
    return span


def _held(text: str, consent: bool = False) -> Held:
    return Held(_span(text), "CT", "maker", Consent("田中", NOW.date(), "12号") if consent else None, 7)


def _file(*ranges: str, **more: object) -> ApprovalFile:
    file = ApprovalFile(
        digest="0" * 64,
        number="",
        approved_by="福井",
        position="院長",
        approved_on=NOW.date(),
        since=NOW - timedelta(hours=1),
        until=NOW + timedelta(hours=1),
        stop_contact="1234",
        profile="gentle",
        ranges=tuple((_span(text), 9) for text in ranges),
        own_public=(),
        excluded=(),
        medical=(),
        not_ours=(),
        servers=(),
        os_detection=False,
        dicom=(),
        connections_per_port=2,
        packets_per_second=100,
        minutes=60,
    )
    return replace(file, **more)  # type: ignore[arg-type]


def _permission(file: ApprovalFile, facts: SiteFacts | None = None) -> Permission:
    permission, mistakes, _ = permit(file, facts or SiteFacts())
    assert permission is not None, mistakes
    return permission


def _addresses(file: ApprovalFile, facts: SiteFacts | None = None) -> list[str]:
    return [str(address) for address in _permission(file, facts).addresses()]


def _refused(file: ApprovalFile, facts: SiteFacts | None = None) -> list[str]:
    permission, mistakes, _ = permit(file, facts or SiteFacts())
    assert permission is None
    return [one.text.en for one in mistakes]


def test_overlapping_ranges_count_once_and_ends_of_networks_are_left_out() -> None:
    assert _addresses(_file("10.1.0.0/29", "10.1.0.4-10.1.0.9", "10.1.0.2")) == [f"10.1.0.{number}" for number in range(1, 10)]


def test_exclusions_win_over_everything() -> None:
    file = _file("10.1.0.0/29", excluded=(_span("10.1.0.2"), _span("10.1.0.4-10.1.0.200")), medical=(_held("10.1.0.2", consent=True),))
    assert _addresses(file) == ["10.1.0.1", "10.1.0.3"]


def test_medical_machines_and_those_of_others_are_excluded_without_consent() -> None:
    file = _file("10.1.0.0/29", medical=(_held("10.1.0.1"), _held("10.1.0.2", consent=True)), not_ours=(_held("10.1.0.3-10.1.0.5"),))
    assert _addresses(file) == ["10.1.0.2", "10.1.0.6"]
    # Named twice, once without consent: excluded.
    assert _addresses(replace(file, not_ours=(_held("10.1.0.2-10.1.0.5"),))) == ["10.1.0.6"]


def test_the_ledgers_medical_machines_are_excluded_even_when_the_file_forgets_them() -> None:
    facts = SiteFacts(
        hands_off=((ip_address("10.1.0.1"), "CT"), (ip_address("10.1.0.2"), "MR"), (ip_address("10.9.0.1"), "far")), snapshot="s"
    )
    file = _file("10.1.0.0/30", medical=(_held("10.1.0.2", consent=True),))
    permission, _, told = permit(file, facts)
    assert permission is not None
    assert [str(address) for address in permission.addresses()] == ["10.1.0.2"]
    assert len(told) == 1
    assert "CT (10.1.0.1)" in told[0].ja
    assert "far" not in told[0].en


@pytest.mark.parametrize("text", ["8.8.8.0/24", "127.0.0.1", "169.254.0.0/24", "100.64.0.0/24", "224.0.0.1", "0.0.0.0/0", "9.255.255.255-10.0.0.1",
    "fe80::/120", "::1", "2001:db8::1", "172.32.0.0/24"])  # fmt: skip
def test_only_private_ranges(text: str) -> None:
    assert any("private address" in words for words in _refused(_file(text)))


def test_a_public_range_counts_only_where_an_interface_was_seen_in_it() -> None:
    file = _file("10.1.0.1", own_public=((_span("203.0.113.0/29"), 3),))
    assert any("on no interface" in words for words in _refused(file))
    near = SiteFacts(networks=(_span("203.0.113.0/30"),), snapshot="s")
    assert any("on no interface" in words for words in _refused(file, near))
    own = SiteFacts(networks=(_span("203.0.113.0/24"), _span("127.0.0.0/8")), snapshot="s")
    assert _addresses(file, own) == ["10.1.0.1", *(f"203.0.113.{number}" for number in range(1, 7))]
    assert any("on no interface" in words for words in _refused(replace(file, own_public=((_span("127.0.0.1"), 3),)), own))


def test_ipv6_ranges_of_ones_own() -> None:
    assert _addresses(_file("fd00:1::/126", excluded=(_span("fd00:1::2"),))) == ["fd00:1::", "fd00:1::1", "fd00:1::3"]


def test_too_much_and_nothing_are_told() -> None:
    assert any("too many addresses" in words for words in _refused(_file("10.0.0.0/8")))
    assert any("too many addresses" in words for words in _refused(_file("fd00::/64")))
    assert _permission(_file("10.0.0.0/14")).count == MOST_ADDRESSES - 2
    assert any("no address is left" in words for words in _refused(_file("10.1.0.1", excluded=(_span("10.1.0.1"),))))
    assert any("ranges" in words for words in _refused(_file()))


def test_each_port_has_its_budget_and_no_more() -> None:
    permission = _permission(_file("10.1.0.1-10.1.0.2"))
    address = ip_address("10.1.0.1")
    permission.spend(address, 80)
    permission.spend(address, 80)
    permission.spend(address, 443)
    with pytest.raises(Refused):
        permission.spend(address, 80)
    permission.close(address)
    with pytest.raises(Refused):
        permission.spend(address, 22)
    permission.already_spent(ip_address("10.1.0.2"), {80: 2, 443: 1})
    permission.spend(ip_address("10.1.0.2"), 443)
    for port in (80, 443):
        with pytest.raises(Refused):
            permission.spend(ip_address("10.1.0.2"), port)
    for other in ("10.1.0.3", "10.1.0.0", "fd00::1"):
        with pytest.raises(Refused):
            permission.spend(ip_address(other), 80)


def test_nothing_goes_out_outside_its_time_or_when_passive() -> None:
    for more in ({"since": NOW + timedelta(minutes=59)}, {"until": NOW - timedelta(minutes=5)}, {"profile": "passive"}):
        permission = _permission(_file("10.1.0.1", **more))
        with pytest.raises(Refused):
            permission.spend(ip_address("10.1.0.1"), 80)
    permission = _permission(_file("10.1.0.1"))
    permission.check_time(NOW)
    with pytest.raises(Refused):
        permission.check_time(NOW + timedelta(hours=1))
    with pytest.raises(Refused):
        permission.check_time(NOW - timedelta(hours=1, seconds=1))


def test_servers_are_named_and_asked_once() -> None:
    servers = (NamedServer(ip_address("10.1.0.1"), "", 5), NamedServer(None, "EHR01", 6))
    facts = SiteFacts(names=(("ehr01", ip_address("10.1.0.2")),), snapshot="s")
    permission = _permission(_file("10.1.0.0/29", profile="servers", servers=servers), facts)
    assert permission.servers == (ip_address("10.1.0.1"), ip_address("10.1.0.2"))
    permission.probe(ip_address("10.1.0.1"))
    for address in ("10.1.0.1", "10.1.0.3"):
        with pytest.raises(Refused):
            permission.probe(ip_address(address))
    gentle = _permission(_file("10.1.0.0/29", servers=servers), facts)
    with pytest.raises(Refused):
        gentle.probe(ip_address("10.1.0.1"))
    assert any("no address of" in words for words in _refused(_file("10.1.0.0/29", profile="servers", servers=servers)))
    outside = (NamedServer(ip_address("10.2.0.1"), "", 5),)
    assert any("outside `ranges`" in words for words in _refused(_file("10.1.0.0/29", profile="servers", servers=outside)))
    assert any("name the servers" in words for words in _refused(_file("10.1.0.0/29", profile="servers")))
    assert any("os_detection" in words for words in _refused(_file("10.1.0.0/29", os_detection=True)))


def test_one_echo_to_what_is_named() -> None:
    named = Echo(ip_address("10.1.0.1"), 104, "PACS", 5)
    permission = _permission(_file("10.1.0.0/29", dicom=(named,)))
    permission.echo(named)
    for other in (named, Echo(ip_address("10.1.0.1"), 11112, "PACS", 5)):
        with pytest.raises(Refused):
            permission.echo(other)
    assert any("outside `ranges`" in words for words in _refused(_file("10.1.0.0/29", dicom=(named,), medical=(_held("10.1.0.1"),))))
    assert any("passive sends nothing" in words for words in _refused(_file("10.1.0.0/29", profile="passive", dicom=(named,))))


def test_nobody_else_makes_a_permission() -> None:
    with pytest.raises(TypeError):
        Permission(object(), _file("10.1.0.1"), {4: [(0, 2**32)]}, ())


def test_the_pace_is_kept() -> None:
    now = [0.0]
    pace = Pace(_permission(_file("10.1.0.1", packets_per_second=10)), clock=lambda: now[0])
    sent = 0
    for tick in range(1000):
        now[0] = tick / 100
        while pace.wait() <= 0:
            pace.went()
            sent += 1
    assert 95 <= sent <= 102
    now[0] = 100.0
    pace.went()
    assert pace.wait() <= 0  # a tenth of a second is saved up, not ninety
    pace.went(3)
    assert pace.wait() > 0


@pytest.mark.parametrize("port", [2575, 9100, 9107])
def test_no_echo_goes_to_a_port_of_hl7_or_printing(port: int) -> None:
    echo = Echo(ip_address("10.1.0.31"), port, "PACS", 3)
    assert any("HL7 or printing" in said for said in _refused(_file("10.1.0.0/24", dicom=(echo,))))
