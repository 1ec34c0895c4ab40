"""A file is taken by the dialect it is written in, and by no other."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest

from omamori.parse.device.config import KIND, PARSERS
from omamori.parse.device.dialects.cisco_asa import DIALECT as ASA
from omamori.parse.device.dialects.cisco_ios import DIALECT as IOS
from omamori.parse.device.registry import dialects
from omamori.parse.interface import Context
from omamori.parse.network.lines import console
from omamori.parse.redact import redact_for
from omamori.parse.registry import RECOGNISE_BYTES, recognise

REAL = Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data")) / "netconfig"
NOW = datetime(2026, 6, 1, 9)
CONSOLES = Path(__file__).parents[3] / "network" / "data"


def head(data: bytes) -> list[str]:
    return [line.text for line in console(data).lines[:400]]


def claimed(data: bytes) -> list[str]:
    return [one.system for one in dialects() if one.recognise(head(data))]


def test_no_real_file_is_claimed_twice() -> None:
    files = [path for path in REAL.rglob("*") if path.is_file() and path.suffix not in (".png", ".json", ".ref", ".yml", ".md")]
    if not files:
        pytest.skip(f"real configurations are not here: {REAL}")
    assert [path for path in files if len(claimed(path.read_bytes())) > 1] == []


def test_real_configurations_of_others_are_not_taken_for_ios() -> None:
    folders = (
        "vendor-testconfigs/fortios",
        "vendor-testconfigs/palo_alto",
        "vendor-testconfigs/check_point_gateway",
        "vendor-testconfigs/cisco_asa",
    )
    files = [path for folder in folders for path in (REAL / "batfish" / folder).rglob("*") if path.is_file()]
    files += [
        path
        for name in ("arista", "nxos", "cumulus", "juniper", "ios_xr")
        for path in (REAL / "batfish/tests/parsing-tests/networks/unit-tests/configs").glob(f"{name}*")
        if path.is_file()
    ]
    if not files:
        pytest.skip(f"real configurations are not here: {REAL}")
    assert [path.name for path in files if IOS.recognise(head(path.read_bytes()))] == []


def test_routers_and_firewalls() -> None:
    routers = sorted((REAL / "batfish/networks/example/live/configs").glob("*.cfg"))
    firewalls = sorted((REAL / "batfish/vendor-testconfigs/cisco_asa/testconfigs").glob("*"))
    if not routers:
        pytest.skip(f"real configurations are not here: {REAL}")
    assert {tuple(claimed(path.read_bytes())) for path in routers} == {("cisco-ios",)}
    assert sum(claimed(path.read_bytes()) == ["cisco-asa"] for path in firewalls) >= len(firewalls) - 3


@pytest.mark.parametrize("path", sorted(CONSOLES.glob("*.txt")), ids=lambda path: path.stem)
def test_copies_of_tables_stay_with_their_reader(path: Path) -> None:
    parser = recognise(path.read_bytes()[:RECOGNISE_BYTES], path.name)
    assert parser is not None
    # A collection of outputs with a configuration in it is read as one, and its tables with it.
    assert parser.kind == ("device.config" if path.stem == "show-tech" else "network.console")


def test_a_collection_of_outputs() -> None:
    data = (CONSOLES / "show-tech.txt").read_bytes()
    parsed = PARSERS[0].parse(redact_for(PARSERS[0], data).data, Context(KIND, NOW, NOW))
    assert {type(row).__name__ for row in parsed.rows} >= {"DeviceFact", "DeviceAccount", "ForwardingEntry", "Neighbour"}
    assert not any("himitsu" in str(row) for row in parsed.rows)


def test_systems_whose_commands_look_alike() -> None:
    others = (
        "hostname sw1\ninterface port1.0.1\n switchport mode access\nip route 0.0.0.0/0 10.0.0.1\nline vty 0 4\n", "!Command: show running-config\nversion 9.3\nhostname n1\ninterface Ethernet1/1\n",  # noqa: E501
        "! NEC Portable Internetwork Core Operating System Software\nhostname ix1\nip route default 10.0.0.1\ninterface GigaEthernet0.0\n  ip address 10.0.0.1/24\n",
        "!! IOS XR Configuration 6.1\nhostname x1\ninterface Bundle-Ether1\n ipv4 address 10.0.0.1 255.0.0.0\nrouter ospf 1\n",
        "! device: a1 (vEOS, EOS-4.20)\nhostname a1\ninterface Ethernet1\n ip address 10.0.0.1/24\nip access-list standard X\n",
    )  # fmt: skip
    for text in others:
        assert not IOS.recognise(text.split("\n"))
        assert not ASA.recognise(text.split("\n"))
