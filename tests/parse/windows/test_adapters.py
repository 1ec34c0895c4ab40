"""Kinds of network adapters by their drivers' names, and which hardware addresses name a machine."""

from __future__ import annotations

import pytest

from omamori.model.network import Interface
from omamori.parse.windows.adapters import answering, identifiers_of, kind, name_server, own_mac, prefix_of


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("Ethernet", "Intel(R) 82574L Gigabit Network Connection"), "ethernet"),
        (("イーサネット", "Realtek PCIe 2.5GbE Family Controller"), "ethernet"),
        (("イーサネット", "Microsoft Hyper-V Network Adapter"), "ethernet"),
        (("Ethernet", "Microsoft Network Adapter Multiplexor Driver"), "ethernet"),
        (("Ethernet", "vmxnet3 Ethernet Adapter"), "ethernet"),
        (("Wireless LAN", "Intel(R) Wi-Fi 6 AX200 160MHz"), "wireless"),
        (("無線 LAN", ""), "wireless"),
        (("Ethernet", "Bluetooth Device (Personal Area Network)"), "wireless"),
        (("モバイル ブロードバンド", "Generic Mobile Broadband Adapter"), "mobile"),
        (("Ethernet", "Remote NDIS based Internet Sharing Device"), "mobile"),
        (("Ethernet", "IBM USB Remote NDIS Network Device"), "ethernet"),
        (("不明な", "Wintun Userspace Tunnel"), "tunnel"),
        (("不明な", "someone's adapter"), "tunnel"),
        (("Unknown", "TAP-Windows Adapter V9"), "tunnel"),
        (("Ethernet", "Fortinet SSL VPN Virtual Ethernet Adapter"), "tunnel"),
        (("Ethernet", "VPN Client Adapter - VPN"), "tunnel"),
        (("PPP", "保守用"), "tunnel"),
        (("Tunnel", "Microsoft ISATAP Adapter #2"), "tunnel"),
        (("Ethernet", "VMware Virtual Ethernet Adapter for VMnet1"), "virtual"),
        (("Ethernet", "VirtualBox Host-Only Ethernet Adapter"), "virtual"),
        (("Ethernet", "Hyper-V Virtual Ethernet Adapter #2"), "virtual"),
        (("Ethernet", "MAC Bridge Miniport"), "bridge"),
        (("Ethernet", "Microsoft KM-TEST Loopback Adapter"), "loopback"),
    ],
)
def test_kinds(words: tuple[str, ...], expected: str) -> None:
    assert kind(*words) == expected


def test_only_a_maker_s_address_names_a_machine() -> None:
    assert own_mac("00:0c:29:1a:2b:3c") and own_mac("52:54:00:12:34:56")
    assert not own_mac("02:00:4c:4f:4f:50") and not own_mac("01:00:5e:00:00:16") and not own_mac("00:00:00:00:00:00")
    rows = (
        Interface(name="a", kind="ethernet", mac="00:0c:29:1a:2b:3c", address="10.1.0.21"),
        Interface(name="a", kind="ethernet", mac="00:0c:29:1a:2b:3c", address="169.254.1.1"),
        Interface(name="b", kind="virtual", mac="00:50:56:c0:00:01", address="192.168.56.1"),
    )
    assert identifiers_of(rows, "PACS-SV") == ("mac:00:0c:29:1a:2b:3c", "name:pacs-sv", "ip:10.1.0.21")


def test_the_name_servers_of_nobody_are_none() -> None:
    assert name_server("fec0:0:0:ffff::1%1", "ipconfig", 1) is None
    assert name_server("hospital.example", "ipconfig", 1) is None
    row = name_server("8.8.8.8", "ipconfig", 1)
    assert row is not None and row.address_public


def test_masks_and_addresses_of_nobody() -> None:
    assert [prefix_of(mask) for mask in ("255.255.255.0", "255.255.255.255", "10.1.0.1", "24", "", None)] == [
        24,
        32,
        None,
        None,
        None,
        None,
    ]
    assert [answering(one) for one in ("10.1.0.1", "224.0.0.22", "255.255.255.255", "ff02::16", "::")] == [
        True,
        False,
        False,
        False,
        False,
    ]
