"""Proxies, name and time servers, and what is switched off in Defender."""

from __future__ import annotations

from omamori.parse.windows.registry.outbound import read_outbound, read_protection, winhttp_proxy

SETTINGS = "HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\n"
DEFENDER = "SOFTWARE\\Microsoft\\Windows Defender"


def rows(tree) -> list[tuple[str, str, bool | None]]:
    return [(row.kind, row.value, row.address_public) for row in read_outbound(tree).rows]


def test_proxies_without_account(tree) -> None:
    server = '"ProxyServer"="http=user:word@proxy.example:8080;https=10.0.0.1:8080"'
    assert rows(tree(SETTINGS + '"ProxyEnable"=dword:00000001\n' + server)) == [
        ("proxy", "proxy.example", None),
        ("proxy", "10.0.0.1", False),
    ]
    assert rows(tree(SETTINGS + '"ProxyEnable"=dword:00000000\n' + server)) == []
    assert rows(tree(SETTINGS + '"AutoConfigURL"="http://pac.example/proxy.pac"')) == [("proxy", "pac.example", None)]
    assert not read_outbound(tree(SETTINGS)).looks[0].complete and read_outbound(tree("SOFTWARE\\A")).looks == []


def test_the_machine_wide_proxy(tree) -> None:
    data = bytes((0x28, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 15, 0, 0, 0)) + b"proxy.example:80" + b"\0" * 8
    assert winhttp_proxy(data) == "proxy.example:8"
    assert winhttp_proxy(data[:8] + b"\1" + data[9:]) == winhttp_proxy(b"") == winhttp_proxy(data[:20]) == ""
    written = ",".join(f"{byte:02x}" for byte in data)
    key = "SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\Connections"
    assert rows(tree(f'{key}\n"WinHttpSettings"=hex:{written}')) == [("proxy", "proxy.example", None)]


def test_time_and_name_servers(tree) -> None:
    time = 'SYSTEM\\CurrentControlSet\\Services\\W32Time\\Parameters\n"Type"="{}"\n"NtpServer"="ntp.example.jp,0x9 10.1.0.1,0x8"'
    assert rows(tree(time.format("NTP"))) == [("ntp", "ntp.example.jp", None), ("ntp", "10.1.0.1", False)]
    assert rows(tree(time.format("NT5DS"))) == []
    key = "SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters\\Interfaces\\{1}\n"
    assert rows(tree(key + '"NameServer"=""\n"DhcpNameServer"="10.1.0.2 8.8.8.8"')) == [
        ("dns", "10.1.0.2", False),
        ("dns", "8.8.8.8", True),
    ]
    assert rows(tree(key + '"NameServer"="10.1.0.3,10.1.0.4"\n"DhcpNameServer"="8.8.8.8"')) == [
        ("dns", "10.1.0.3", False),
        ("dns", "10.1.0.4", False),
    ]


def test_defender_is_told_only_where_it_is_off(tree) -> None:
    policy = "SOFTWARE\\Policies\\Microsoft\\Windows Defender"
    off = read_protection(tree(policy + '\n"DisableAntiSpyware"=dword:00000001'))
    assert (off.rows[0].running, off.rows[0].real_time, off.rows[0].mode) == (False, False, "disabled") and not off.looks[0].complete
    assert read_protection(tree("SOFTWARE\\Policies", DEFENDER)).rows == []
    late = read_protection(tree(policy + '\\Real-Time Protection\n"DisableRealtimeMonitoring"=dword:00000001'))
    assert late.rows[0].real_time is False and "running" in late.looks[0].missing
    for number, meaning in ((5, True), (4, False), (0, False)):
        tamper = read_protection(tree(f'{DEFENDER}\\Features\n"TamperProtection"=dword:0000000{number}'))
        assert tamper.rows[0].tamper_protected is meaning
    assert read_protection(tree(f'{DEFENDER}\\Features\n"TamperProtection"=dword:00000002')).rows == []
