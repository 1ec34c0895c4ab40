"""Every real configuration of an ASA is read; hostile input never stops the reader."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omamori.model.device import DeviceChain, DeviceRule
from omamori.parse.device.dialects.cisco_asa import DIALECT
from omamori.parse.device.interface import Device
from omamori.parse.network.lines import console

DATA = Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data")) / "netconfig" / "batfish"


def sound(device: Device, lines: int) -> None:
    """What must hold of whatever was read."""
    chains = {row.chain for row in device.rows if isinstance(row, DeviceChain)}
    placed: Counter[tuple[str, int]] = Counter()
    for row in device.rows:
        assert not row.evidence or 0 < int(row.evidence) <= lines
        if isinstance(row, DeviceRule):
            placed[row.chain, row.position] += 1
            assert row.chain in chains
            assert row.target is None or row.target in chains
    assert not placed or max(placed.values()) == 1
    assert len(device.unread) <= device.lines


def test_every_real_configuration() -> None:
    files = [path for path in sorted((DATA / "vendor-testconfigs/cisco_asa").rglob("*")) if path.is_file()]
    if not files:
        pytest.skip(f"real configurations are not here: {DATA}")
    lines = unread = rules = 0
    for path in files:
        shown = console(path.read_bytes()).lines
        device = DIALECT.read(shown)
        sound(device, len(shown))
        lines, unread = lines + device.lines, unread + len(device.unread)
        rules += sum(isinstance(row, DeviceRule) for row in device.rows)
    assert lines > 880
    assert rules > 250
    assert unread == 0


VOCABULARY = (
    "interface Gi0/0", "interface Gi0/1", " nameif outside", " nameif inside", " security-level 100", " ip address 10.0.0.1 255.255.255.0", " management-only", "object network A", " host 10.0.0.9", " subnet 10.0.0.0 255.0.0.0",  # noqa: E501
    " nat (inside,outside) static interface service tcp 80 80", " nat (any,any) dynamic pat-pool A interface", " nat", "object-group network G", " network-object object A", " group-object G", "object-group service S tcp-udp",  # noqa: E501
    " port-object eq 53", " service-object object S", "object service S", " service tcp source eq 5 destination range 9 1", "access-list X extended permit tcp any object-group G object-group S", "access-list X extended deny ip any interface outside",  # noqa: E501
    "access-list X line 5 extended permit", "access-list X", "access-group X in interface outside", "access-group X out interface inside", "access-group X global", "access-group", "nat (inside,outside) source static A G destination static G A service S S",  # noqa: E501
    "nat (inside,outside) after-auto source dynamic any interface", "nat (inside) 1 0 0", "nat (inside) 0 access-list X", "global (outside) 1 interface", "static (inside,outside) tcp interface 80 10.0.0.9 80", "static (inside,outside) 1",  # noqa: E501
    "route outside 0 0 10.0.0.2", "route", "ssh 0 0 outside", "http server enable", "http 10.0.0.0 255.0.0.0 inside", "icmp deny any outside", "icmp permit host", "username a password", "username a attributes", " service-type remote-access",  # noqa: E501
    "crypto map M 10 match address X", "crypto map M 10 set peer 10.0.0.2", "crypto map M interface outside", "crypto ikev2 enable outside", "tunnel-group T type remote-access", "tunnel-group T ipsec-attributes", " ikev1 pre-shared-key",  # noqa: E501
    "webvpn", " enable outside", "ip local pool P 10.9.0.0-10.9.255.255", "same-security-traffic permit inter-interface", "no sysopt connection permit-vpn", "policy-map P", " class C", "  inspect icmp", "name 10.0.0.9 srv", "ASA Version 8.2(1)",  # noqa: E501
    "ASA Version 9.8", "Session Type: LAN-to-LAN", " Connection   : 10.0.0.2", " Login Time   : 09:32:03 est Mon Aug 2 2004", "access-list X; 3 elements", "fw1# show run", "hostname", ": end", "",  # noqa: E501
)  # fmt: skip


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.one_of(st.sampled_from(VOCABULARY), st.text(max_size=60).map(lambda text: text.replace("\n", " "))), max_size=40))
def test_any_lines(given_lines: list[str]) -> None:
    shown = console("\n".join(given_lines).encode(errors="replace")).lines
    sound(DIALECT.read(shown), len(shown))
